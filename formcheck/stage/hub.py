"""Between the thread that coaches and the pages that are open.

Nobody who coaches waits for a page: a page that is slower than the camera gets the newest picture
and misses the others.
"""

import asyncio
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from math import inf
from typing import Any

import cv2

from formcheck.pose import Image

QUALITY = 80
"""Of the pictures, as JPEG counts it."""
PATIENCE = 1.0
"""Seconds that a page may take to draw a picture, until it is sent another one all the same."""
MOST_ON_THE_WAY = 2
"""Pictures that are sent before the first of them is drawn: with one, each would wait for the way
there and back, and every second one would be missed."""

AsJson = dict[str, Any]
"""What a page is to show, as JSON holds it."""


@dataclass(eq=False)
class Shown:
    """What is to be shown now."""

    number: int
    state: AsJson
    image: Image | None = None
    _jpeg: bytes | None = None
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def jpeg(self) -> bytes:
        """The picture, made small once however many pages show it; empty if there is none."""
        with self._turn:
            if self._jpeg is None:
                self._jpeg = b"" if self.image is None else _as_jpeg(self.image)
            return self._jpeg


class Viewer:
    """A page that is open; it belongs to the event loop."""

    def __init__(self, shows: bool) -> None:
        """Take whether it shows the session, or is only there."""
        self.shows = shows
        self.speaks: tuple[str, ...] = ()
        """The languages that it has voices for."""
        self.number = 0
        """Of what it was sent last."""
        self.messages: deque[AsJson] = deque()
        """What must not be missed."""
        self.fresh = asyncio.Event()
        self._on_the_way: set[int] = set()
        """The pictures that were sent, and are not drawn yet."""

    @property
    def is_ready(self) -> bool:
        """Whether it may be sent another picture."""
        return len(self._on_the_way) < MOST_ON_THE_WAY

    def sent(self, number: int) -> None:
        """Remember that a picture is on its way."""
        self._on_the_way.add(number)

    def drew(self, number: int) -> None:
        """Be told that a picture was drawn, or will hardly be; so are those before it."""
        self._on_the_way = {each for each in self._on_the_way if each > number}
        self.fresh.set()


class Hub:
    """Knows the pages, and what they are to show. Any thread may call it."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin without any page."""
        self._clock = clock
        self._loop: asyncio.AbstractEventLoop | None = None
        self._viewers: list[Viewer] = []
        self._left = {True: inf, False: clock()}
        """When the last page was there, of those that show the session and of the others. Nobody
        is missed who is not expected."""
        self.newest = Shown(0, {"screen": "none"})

    def attach(self, loop: asyncio.AbstractEventLoop) -> None:
        """Take the event loop in which the pages are served."""
        self._loop = loop

    def show(self, state: AsJson, image: Image | None = None) -> None:
        """Let all pages show this from now on."""
        self.newest = Shown(self.newest.number + 1, state, image)
        self._call(self._wake)

    def say(self, message: AsJson, language: str | None = None) -> Viewer | None:
        """Give a message to the newest page that shows the session; that page, if there is one.

        With a language, to one that has a voice for it.
        """
        able = [v for v in self._viewers if v.shows and (not language or language in v.speaks)]
        if not able:
            return None
        self._call(lambda: self._give(able[-1], message))
        return able[-1]

    def is_open(self, viewer: Viewer) -> bool:
        """Whether a page is still open."""
        return viewer in self._viewers

    def seconds_alone(self, shows: bool) -> float:
        """For how long no page has been open: none that shows the session, or none at all."""
        is_there = any(viewer.shows or not shows for viewer in self._viewers)
        last = (
            self._left[True] if shows else max(each for each in self._left.values() if each < inf)
        )
        return 0.0 if is_there else self._clock() - last

    def be_with(self) -> None:
        """Count from now on how long no page is open that shows the session."""
        self._left[True] = self._clock()

    # In the event loop.

    def join(self, viewer: Viewer) -> None:
        """Take in a page that was opened."""
        self._viewers.append(viewer)
        viewer.fresh.set()

    def leave(self, viewer: Viewer) -> None:
        """Forget a page that was closed."""
        self._viewers.remove(viewer)
        self._left[viewer.shows] = self._clock()

    def _call(self, act: Callable[[], None]) -> None:
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(act)

    def _wake(self) -> None:
        for viewer in self._viewers:
            viewer.fresh.set()

    def _give(self, viewer: Viewer, message: AsJson) -> None:
        viewer.messages.append(message)
        viewer.fresh.set()


def _as_jpeg(image: Image) -> bytes:
    _, data = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    return data.tobytes()
