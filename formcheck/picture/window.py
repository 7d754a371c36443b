"""The window, in a process of its own, so that a session outlives it.

When the screen goes away, as when a desktop session ends, what shows a window (Qt on Linux) ends
the whole program that it runs in, without a word. Here that is not the one that counts.
"""

import contextlib
import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Iterator
from multiprocessing.connection import Connection
from typing import Any

from formcheck.closing import Closing
from formcheck.errors import DisplayError
from formcheck.picture.pane import NO_DISPLAY, Pane
from formcheck.pose import Image

OPENED, SHOWN, CLOSED = "opened", "shown", "closed"
"""What the window's process tells besides keys."""
LOOK = 0.01
"""Seconds between two looks at keys and new pictures."""
CLOSE_WITHIN = 2.0
"""Seconds that the window may take to close before it is ended."""
GONE = (
    "The window is gone: the screen it was on was closed. What you did until then is kept. Log in "
    "again, and start formcheck once more to go on."
)


class Window(Closing):
    """A window on the screen; a context manager that closes it. It keeps the pictures' shape."""

    def __init__(self, title: str) -> None:
        """Open the window.

        Raises:
            DisplayError: there is no screen, or OpenCV cannot use it.
        """
        spawn = multiprocessing.get_context("spawn")
        self._pipe, there = spawn.Pipe()
        self._process = spawn.Process(target=_show_pictures, args=(title, there), daemon=True)
        with _without_ctrl_c():
            self._process.start()
        there.close()
        self._newest: Image | None = None
        self._keys: deque[str] = deque()
        self._is_ready = self._is_closed = False
        self._await_opening()

    def show(self, image: Image) -> None:
        """Show a picture, (height, width, 3) blue, green, red, until the next one.

        A window that is slower than the pictures gets the newest one; nobody waits for it.

        Raises:
            DisplayError: the window is gone, and its user did not close it.
        """
        self._newest = image
        self._exchange()

    def key(self) -> str | None:
        """The key pressed since the last call, if any: "space" or one of r, n, o, m, s, f, h, q.

        Closing the window counts as "q". What "f" asks for, the full screen, is done already.

        Raises:
            DisplayError: the window is gone, and its user did not close it.
        """
        self._exchange()
        if self._keys:
            return self._keys.popleft()
        return "q" if self._is_closed else None

    def close(self) -> None:
        """Close the window, if the user has not."""
        with contextlib.suppress(OSError):
            self._pipe.send(None)
        self._process.join(CLOSE_WITHIN)
        self._process.kill()
        self._process.join()
        self._pipe.close()

    def _await_opening(self) -> None:
        try:
            answer = self._pipe.recv()
        except (EOFError, OSError):
            answer = DisplayError(NO_DISPLAY)
        if answer != OPENED:
            self.close()
            raise answer
        self._is_ready = True

    def _exchange(self) -> None:
        """Take what the window told, and give it the newest picture if it is ready for one."""
        if self._is_closed:
            return
        try:
            while not self._is_closed and self._pipe.poll():
                self._hear(self._pipe.recv())
            if self._is_ready and self._newest is not None and not self._is_closed:
                self._pipe.send(self._newest)
                self._newest, self._is_ready = None, False
        except (EOFError, OSError):
            raise DisplayError(GONE) from None

    def _hear(self, told: str) -> None:
        if told == SHOWN:
            self._is_ready = True
        elif told == CLOSED:
            self._is_closed = True
        else:
            self._keys.append(told)


@contextlib.contextmanager
def _without_ctrl_c() -> Iterator[None]:
    """Let a process that is begun meanwhile not hear Ctrl-C, which ends the session in good order.

    Windows has no such way; there it is deaf a moment later.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT, signal.SIGHUP])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# In the window's process.


def _show_pictures(title: str, pipe: "Connection[Any, Any]") -> None:
    """Show the pictures that come, tell the keys that are pressed, until told to end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _be_silent()
    try:
        with Pane(title) as pane:
            pipe.send(OPENED)
            _attend(pane, pipe)
    except DisplayError as error:
        pipe.send(error)
    except (EOFError, OSError):
        return  # whoever wanted it is gone


def _attend(pane: Pane, pipe: "Connection[Any, Any]") -> None:
    while True:
        is_shown = pipe.poll(LOOK)
        if is_shown:
            picture = pipe.recv()
            if picture is None:
                return
            pane.show(picture)
        key = pane.key()
        if is_shown:
            pipe.send(SHOWN)
        if pane.is_closed:
            pipe.send(CLOSED)
            return
        if key is not None:
            pipe.send(key)


def _be_silent() -> None:
    """Keep what Qt says of a screen that goes away off the terminal."""
    sys.stderr = None
    with contextlib.suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 2)
        os.close(nowhere)
