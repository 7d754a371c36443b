"""Serves the pages to this computer's own browser: until told to end, or for one session."""

import socket
import threading
import time
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from contextvars import copy_context
from dataclasses import dataclass
from pathlib import Path
from secrets import token_urlsafe

import uvicorn

from formcheck.app.desk import Desk, World
from formcheck.app.server import served
from formcheck.history.saving import SetSaver
from formcheck.language.sentences import Sentence
from formcheck.language.tongue import tr
from formcheck.live.outputs import events_log
from formcheck.live.program import Venue
from formcheck.stage.sitting import Order, Sitting
from formcheck.stage.wire import LARGEST
from formcheck.terminal.lines import note, tell_problems

LOOPBACK = "127.0.0.1"
NOBODY = 600.0
"""Seconds without an open page after which formcheck ends."""
GONE = 5.0
"""The same once the one session is over that it was started for."""
LOOK = 0.5
"""Seconds between two looks at whether a page is open."""
BEGINS_WITHIN = 10.0
"""Seconds that the pages may take to be there."""
CLOSES_WITHIN = 6
"""Seconds that pages and a session may take to end."""
Announce = Callable[[str], None]


def serve(world: World, events: Path | None = None, tell: Announce = print) -> None:
    """Serve the pages until Ctrl-C, or until no page has been open for ten minutes.

    Args:
        world: where pictures come from, and how to be heard.
        events: a file for what happens, and what is said.
        tell: is given the address.
    """
    troubles: list[Exception] = []
    with ExitStack() as stack:
        log = events_log(stack, events, troubles.append)
        desk = Desk(world, log)
        stack.enter_context(warming_up())
        with suppress(KeyboardInterrupt):  # that is how one ends it
            stack.enter_context(pages_of(desk, tell))
            stay(desk, NOBODY)
    if troubles:
        raise troubles[0]


@dataclass(eq=False)
class Lone:
    """One session that is coached elsewhere, and has its page here."""

    desk: Desk
    order: Order
    saver: SetSaver
    stack: ExitStack
    is_left: bool = False
    """Whether the whole program was asked to end."""

    def open(self) -> Venue:
        """Open the page, in the browser too if one is wanted."""
        desk = self.desk
        sitting = Sitting(self.order.title, desk.hub, self.saver, desk.choices.reports)
        desk.sitting = sitting
        self.stack.enter_context(pages_of(desk, _aside, "session"))
        self.stack.callback(self._stay)
        self.stack.enter_context(sitting.going_on())
        kept = [sitting.kept.sections, sitting.kept.tally]
        return Venue(sitting.stage, desk.ways(), kept, self._leave)

    def _leave(self) -> None:
        self.is_left = True

    def _stay(self) -> None:
        """Let the end be read: until no page is open any more, or Ctrl-C."""
        if not self.is_left:
            with suppress(KeyboardInterrupt):
                stay(self.desk, GONE)


@contextmanager
def pages_of(desk: Desk, tell: Announce, path: str = "") -> Iterator[None]:
    """Serve the pages in a thread of their own, and open one of them in the browser if wanted."""
    with listening_socket() as listening:
        port, token, begun = listening.getsockname()[1], token_urlsafe(24), threading.Event()
        server = uvicorn.Server(config_of(served(desk, token, port, begun.set)))
        thread = threading.Thread(
            target=server.run, args=[[listening]], name="formcheck pages", daemon=True
        )
        thread.start()
        try:
            begun.wait(BEGINS_WITHIN)
            _begun(f"http://{LOOPBACK}:{port}/{token}/{path}", desk.world.shows, tell)
            yield
        finally:
            desk.close()
            server.should_exit = True
            thread.join(CLOSES_WITHIN)


def listening_socket() -> socket.socket:
    """Listen on a free port of this computer alone.

    It says that it speaks TCP, as asyncio lets only such a socket send at once: with any other, the
    end of each picture waits some 30 ms for what follows it (Nagle's algorithm).
    """
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.bind((LOOPBACK, 0))
    listening.listen()
    return listening


def stay(desk: Desk, patience: float) -> None:
    """Return when nobody has had a page open for so many seconds, and no session goes on."""
    while desk.is_busy or desk.hub.seconds_alone(shows=False) < patience:
        time.sleep(LOOK)


def config_of(app: object) -> uvicorn.Config:
    """How the pages are served."""
    return uvicorn.Config(
        app,  # type: ignore[arg-type]
        log_config=None,
        log_level="critical",  # what goes wrong is told on the page, or here in one line
        access_log=False,
        server_header=False,
        lifespan="on",
        ws_max_size=2 * LARGEST,
        ws_per_message_deflate=False,  # pictures are small already, and it would take milliseconds
        timeout_graceful_shutdown=CLOSES_WITHIN,
    )


def _begun(address: str, opens: bool, tell: Announce) -> None:
    tell(tr("formcheck is at {address}\nPress Ctrl-C here to end it.", address=address))
    if opens:  # some browsers keep whoever opens them waiting, while they wait for the page
        threading.Thread(
            target=copy_context().run, args=[_open, address], name="formcheck browser", daemon=True
        ).start()


def _open(address: str) -> None:
    if not webbrowser.open(address):
        note([Sentence("No browser could be opened. Open the address above yourself.")])


def _aside(words: str) -> None:
    """Announce it beside the results, which may go to another program."""
    tell_problems(words.splitlines())


@contextmanager
def warming_up() -> Iterator[None]:
    """Load MediaPipe, which takes a second or two, while something else is done."""
    warming = threading.Thread(target=_warm_up, name="formcheck warm-up", daemon=True)
    warming.start()
    try:
        yield
    finally:
        warming.join()  # a program that ends while MediaPipe loads is aborted


def _warm_up() -> None:
    with suppress(ImportError):
        import formcheck.landmarks.follower  # noqa: F401
