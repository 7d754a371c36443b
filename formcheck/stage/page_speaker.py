"""Speaks through the browser, which has the system's own voices."""

import itertools
import threading
import time
from collections.abc import Callable

from formcheck.coaching.speech import MANNERS, Utterance
from formcheck.printable import spoken
from formcheck.stage.hub import Hub, Viewer
from formcheck.voice.speakers import LONGEST, STEP, CannotSpeak, VoiceKind

ANSWER_WITHIN = 5.0
"""Seconds that a page may take to tell whether it has a voice."""
NO_VOICE = "the browser has no voice"


class PageVoice:
    """What the pages tell of their voices; any thread may call it."""

    def __init__(self, hub: Hub) -> None:
        """Take the hub that the pages are joined to."""
        self._hub = hub
        self._answered = threading.Event()
        self._speaks = False
        self._numbers = itertools.count(1)
        self._said: dict[int, threading.Event] = {}

    def answer(self, speaks: bool) -> None:
        """Be told by a page whether it has a voice."""
        self._speaks = speaks
        self._answered.set()

    def was_said(self, number: object) -> None:
        """Be told by a page that it has said something."""
        if isinstance(number, int) and number in self._said:
            self._said[number].set()

    def maker(self, volume: Callable[[], float]) -> "Callable[[], PageSpeaker]":
        """Makes the speaker; `volume` tells how loud, 0 to 1."""
        return lambda: PageSpeaker(self, volume)

    def wait(self) -> None:
        """Wait until a page has told; CannotSpeak if it has no voice, or tells nothing."""
        self._answered.wait(ANSWER_WITHIN)
        if not self._speaks:
            raise CannotSpeak(NO_VOICE)

    def say(self, utterance: Utterance, volume: float, interrupted: threading.Event) -> None:
        """Have it said, and wait until it is over or `interrupted` is set."""
        number = next(self._numbers)
        over = self._said[number] = threading.Event()
        message = {
            "kind": "say",
            "number": number,
            "words": spoken(utterance.text),
            "urgent": utterance.kind == "safety",
            "life": MANNERS[utterance.kind].life,
            "volume": volume,
        }
        try:
            if page := self._hub.say(message):
                self._await(page, over, interrupted)
        finally:
            del self._said[number]

    def _await(self, page: Viewer, over: threading.Event, interrupted: threading.Event) -> None:
        """Wait for a page's word that it is over; one that was closed will give none."""
        end = time.monotonic() + LONGEST
        while not over.wait(STEP) and self._hub.is_open(page) and time.monotonic() < end:
            if interrupted.is_set():
                self._hub.say({"kind": "hush"})
                return


class PageSpeaker:
    """A `Speaker`: says things through the page that was opened last."""

    kind: VoiceKind = "speech"

    def __init__(self, pages: PageVoice, volume: Callable[[], float]) -> None:
        """Wait for a page that has a voice.

        Raises:
            CannotSpeak: there is none.
        """
        pages.wait()
        self._pages, self._volume = pages, volume

    def speak(self, utterance: Utterance, interrupted: threading.Event) -> None:
        """Say it; see `Speaker`. While no page is open nothing is said."""
        self._pages.say(utterance, self._volume(), interrupted)

    def close(self) -> None:
        """Nothing is held between two utterances."""
