"""`formcheck app`: serves the pages to this computer's own browser until it is told to end."""

import socket
import threading
import webbrowser
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path
from secrets import token_urlsafe
from typing import TYPE_CHECKING

import uvicorn

from formcheck.app.desk import Desk, World
from formcheck.app.server import served
from formcheck.files.outlet import Outlet
from formcheck.live.outputs import growing_events
from formcheck.sources.opening import FindModel
from formcheck.stage.said_log import SaidLog
from formcheck.stage.wire import LARGEST
from formcheck.terminal import note
from formcheck.voice.speakers import makers

if TYPE_CHECKING:
    from formcheck.landmarks.follower import Follower

LOOPBACK = "127.0.0.1"
NOBODY = 600.0
"""Seconds without an open page after which formcheck ends."""
LOOK = 2.0
"""Seconds between two looks at whether a page is open."""
CLOSES_WITHIN = 6
"""Seconds that pages and a session may take to end."""


def serve(
    camera: str | None,
    find_model: FindModel,
    events: Path | None = None,
    opens: bool = True,
    tell: Callable[[str], None] = print,
) -> None:
    """Serve the pages, and open them in the browser.

    Args:
        camera: to look through; none for the one that was chosen on the page.
        find_model: finds the pose model; it is fetched before any page is opened.
        events: a file for what happens, and what is said.
        opens: whether to open the browser.
        tell: is given the address.
    """
    model = find_model()
    troubles: list[Exception] = []
    with ExitStack() as stack, socket.create_server((LOOPBACK, 0)) as listening:
        log = _log(stack, events, troubles)
        world = World(
            follower=lambda: _follower(model),
            voices=makers(),
            heard=log.heard if log else lambda time, utterance: None,
            observers=[log] if log else [],
            camera=camera,
        )
        desk = Desk(world)
        warming = threading.Thread(target=_warm_up, name="formcheck warm-up", daemon=True)
        warming.start()
        stack.callback(warming.join)  # a program that ends while MediaPipe loads is aborted
        port, token = listening.getsockname()[1], token_urlsafe(24)
        address = f"http://{LOOPBACK}:{port}/{token}/"
        _run(desk, listening, token, lambda: _begun(address, opens, tell))
    if troubles:
        raise troubles[0]


def _run(desk: Desk, listening: socket.socket, token: str, begun: Callable[[], None]) -> None:
    app = served(desk, token, listening.getsockname()[1], begun)
    config = uvicorn.Config(
        app,
        log_config=None,
        log_level="critical",  # what goes wrong is told on the page, or here in one line
        access_log=False,
        server_header=False,
        lifespan="on",
        ws_max_size=2 * LARGEST,
        timeout_graceful_shutdown=CLOSES_WITHIN,
    )
    server = uvicorn.Server(config)
    over = threading.Event()

    def look() -> None:
        while not over.wait(LOOK):
            if desk.hub.seconds_alone(shows=False) > NOBODY and not desk.is_busy:
                server.should_exit = True

    threading.Thread(target=look, name="formcheck lookout", daemon=True).start()
    try:
        server.run(sockets=[listening])
    except KeyboardInterrupt:
        return  # that is how one ends it
    finally:
        over.set()
        desk.close()


def _begun(address: str, opens: bool, tell: Callable[[str], None]) -> None:
    tell(f"formcheck is at {address}\nPress Ctrl-C here to end it.")
    if opens:  # some browsers keep whoever opens them waiting, while they wait for the page
        threading.Thread(
            target=_open, args=[address], name="formcheck browser", daemon=True
        ).start()


def _open(address: str) -> None:
    if not webbrowser.open(address):
        note(["no browser could be opened. Open the address above yourself."])


def _follower(model: Path) -> "Follower":
    from formcheck.landmarks.follower import Follower

    return Follower(model)


def _warm_up() -> None:
    """Load MediaPipe while somebody still reads the first page: it takes a second or two."""
    with suppress(ImportError):
        import formcheck.landmarks.follower  # noqa: F401


def _log(stack: ExitStack, events: Path | None, troubles: list[Exception]) -> SaidLog | None:
    if events is None:
        return None
    outlet = stack.enter_context(Outlet(growing_events(events), troubles.append))
    return SaidLog(outlet)
