"""Speaks through the browser, which has the system's own voices, and plays tones there."""

import itertools
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

from formcheck.coaching.speech import SpeechKind, Utterance
from formcheck.language.sentences import Sentence
from formcheck.printable import spoken
from formcheck.stage.hub import Hub, Viewer
from formcheck.voice.failure import CannotSpeak, no_voice
from formcheck.voice.speakers import LONGEST, STEP, VoiceKind
from formcheck.voice.tones import NOTES

ANSWER_WITHIN = 5.0
"""Seconds that a page may take to tell whether it has a voice."""
BROWSER = Sentence("the browser")
NO_PAGE = Sentence("no page is open")
REFUSED = Sentence("the browser won't speak until you click on the page")


@dataclass(frozen=True, slots=True)
class PageManner:
    """How things are said."""

    language: str
    volume: Callable[[], float]
    """0 to 1."""
    asks: bool
    """Whether a page that may not speak asks for a click."""


class PageVoice:
    """What the pages tell of their voices; any thread may call it."""

    def __init__(self, hub: Hub) -> None:
        """Take the hub that the pages are joined to."""
        self._hub = hub
        self._answered = threading.Event()
        self._speaks: tuple[str, ...] = ()
        self._is_refused = False
        self._numbers = itertools.count(1)
        self._said: dict[int, threading.Event] = {}

    def answer(self, speaks: tuple[str, ...]) -> None:
        """Be told by a page for which languages it has voices."""
        self._speaks = speaks
        self._answered.set()

    def was_said(self, number: object, is_refused: bool = False) -> None:
        """Be told by a page that it has said something, or that its browser lets it not."""
        self._is_refused = is_refused
        if isinstance(number, int) and number in self._said:
            self._said[number].set()

    def speaker(
        self, language: str, volume: Callable[[], float], asks: bool = False
    ) -> "Callable[[], PageSpeaker]":
        """Makes what speaks a language.

        Args:
            language: its code.
            volume: tells how loud, 0 to 1.
            asks: whether a page that may not speak asks for the click that it needs. Else
                something else is to speak in its place.
        """
        return lambda: PageSpeaker(self, PageManner(language, volume, asks))

    def player(self, volume: Callable[[], float]) -> "Callable[[], PagePlayer]":
        """Makes what plays tones."""
        return lambda: PagePlayer(self, volume)

    def wait(self, language: str | None = None) -> None:
        """Wait until a page has told; CannotSpeak if none has, or it has no such voice."""
        if not self._answered.wait(ANSWER_WITHIN):
            raise CannotSpeak(NO_PAGE)
        if language is not None and language not in self._speaks:
            raise CannotSpeak(no_voice(BROWSER, language))

    def play(self, kind: SpeechKind, volume: float) -> float:
        """Have a tone played; the seconds that it takes."""
        notes = NOTES[kind]
        self._hub.say({"kind": "tone", "notes": [asdict(each) for each in notes], "volume": volume})
        return max(each.start + each.lasting for each in notes)

    def say(self, utterance: Utterance, manner: PageManner, interrupted: threading.Event) -> None:
        """Have it said, and wait until it is over or `interrupted` is set.

        Raises:
            CannotSpeak: the browser does not let it, and no click is to be asked for.
        """
        number = next(self._numbers)
        over = self._said[number] = threading.Event()
        message = {
            "kind": "say",
            "number": number,
            "words": spoken(utterance.text),
            "language": manner.language,
            "urgent": utterance.kind == "safety",
            "volume": manner.volume(),
            "asks": manner.asks,
        }
        try:
            if page := self._hub.say(message, manner.language):
                self._await(page, over, interrupted)
        finally:
            del self._said[number]
        if self._is_refused and not manner.asks:
            raise CannotSpeak(REFUSED)

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

    def __init__(self, pages: PageVoice, manner: PageManner) -> None:
        """Wait for a page that has a voice for the language.

        Raises:
            CannotSpeak: there is none.
        """
        pages.wait(manner.language)
        self._pages, self._manner = pages, manner

    def speak(self, utterance: Utterance, interrupted: threading.Event) -> None:
        """Say it; see `Speaker`. While no page is open nothing is said."""
        self._pages.say(utterance, self._manner, interrupted)

    def close(self) -> None:
        """Nothing is held between two utterances."""


class PagePlayer:
    """A `Speaker` that plays a tone for each kind of utterance, through the page."""

    kind: VoiceKind = "tones"

    def __init__(self, pages: PageVoice, volume: Callable[[], float]) -> None:
        """Wait for a page.

        Raises:
            CannotSpeak: there is none.
        """
        pages.wait()
        self._pages, self._volume = pages, volume

    def speak(self, utterance: Utterance, interrupted: threading.Event) -> None:
        """Play it; see `Speaker`."""
        interrupted.wait(self._pages.play(utterance.kind, self._volume()))

    def close(self) -> None:
        """Nothing is held between two tones."""
