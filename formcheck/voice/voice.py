"""Say things aloud, one at a time, in a thread of its own.

What is said, and what is dropped because it would come too late, is decided in `speech`; by what
means, in `speakers`.
"""

import threading
import time
from collections.abc import Callable, Iterable
from functools import reduce

from formcheck.closing import Closing
from formcheck.coaching.speech import SpeechQueue, Utterance
from formcheck.language.sentences import Sentence
from formcheck.voice.failure import CannotSpeak
from formcheck.voice.speakers import Maker, Speaker, VoiceKind

CLOSE_WITHIN = 1.0
"""Seconds to wait for the thread to end. It does not keep the program from ending."""

Heard = Callable[[float, Utterance], None]
"""Is told what is said, and when: seconds on the clock of the session."""


class Voice(Closing):
    """A mouth; a context manager."""

    def __init__(
        self,
        ways: Iterable[Maker],
        *,
        muted: bool = False,
        clock: Callable[[], float] = time.monotonic,
        heard: Heard = lambda time, utterance: None,
    ) -> None:
        """Begin to look for a means to be heard.

        Args:
            ways: The means to try, the best first.
            muted: Whether to say nothing at first.
            clock: Seconds that go on while an utterance waits.
            heard: Told of each utterance as it begins to be said, in the voice's own thread.
        """
        self._ways = ways
        self._muted = muted
        self._clock = clock
        self._heard = heard
        self._ahead = 0.0
        """By how much the clock of the session is ahead of ours."""
        self._queue = SpeechQueue()
        self._current: Utterance | None = None
        self._kind: VoiceKind = "silent"
        self._reasons: list[Sentence] = []
        self._is_closed = False
        self._changed = threading.Condition()
        """Held whenever one of the above is read or written."""
        self._interrupted = threading.Event()
        self._is_decided = threading.Event()
        self._thread = threading.Thread(target=self._run, name="formcheck voice", daemon=True)
        self._thread.start()

    @property
    def kind(self) -> VoiceKind:
        """By what means it is heard: "speech", "tones" or "silent"."""
        return self._kind

    @property
    def is_decided(self) -> bool:
        """Whether `kind` is known."""
        return self._is_decided.is_set()

    @property
    def reason(self) -> str:
        """Why not by a better means; empty if it speaks."""
        if not self.is_decided:
            return Sentence("still looking for a way to be heard")
        if self._kind == "speech" or not self._reasons:
            return ""
        return reduce(_and_then, dict.fromkeys(self._reasons))

    @property
    def muted(self) -> bool:
        """Whether nothing is said. What is given meanwhile is forgotten."""
        return self._muted

    @muted.setter
    def muted(self, muted: bool) -> None:
        with self._changed:
            self._muted = muted
            if muted:
                self._queue.clear()
                self._interrupted.set()

    def say(self, utterance: Utterance) -> None:
        """Say it as soon as nothing more urgent is being said; returns at once."""
        with self._changed:
            self._ahead = utterance.time - self._clock()
            if self._muted or self._is_closed or not self._thread.is_alive():
                return
            if self._interrupts(utterance):
                self._interrupted.set()
            self._queue.add(utterance)
            self._changed.notify_all()

    def wait_until_quiet(self, timeout: float) -> bool:
        """Wait until all has been said, or for `timeout` seconds; whether it has."""

        def is_quiet() -> bool:
            return self._current is None and not len(self._queue)

        with self._changed:
            return self._changed.wait_for(is_quiet, timeout)

    def wait_until_decided(self, timeout: float) -> bool:
        """Wait until `kind` is known; whether it is."""
        return self._is_decided.wait(timeout)

    def close(self) -> None:
        """Say no more, and end; never takes longer than about `CLOSE_WITHIN`."""
        with self._changed:
            self._is_closed = True
            self._queue.clear()
            self._interrupted.set()
            self._changed.notify_all()
        self._thread.join(CLOSE_WITHIN)

    def _interrupts(self, utterance: Utterance) -> bool:
        if utterance.kind != "safety" or self._current is None or self._current.kind == "safety":
            return False
        return self._queue.is_worth_saying(utterance, utterance.time)

    def _run(self) -> None:
        """Speak by the best means that works; when it stops working, by the next."""
        for make in self._ways:
            try:
                self._use(make())
            except CannotSpeak as why:
                self._reasons.append(why.sentence)
            if self._is_closed:
                break
        self._decide("silent")

    def _use(self, speaker: Speaker) -> None:
        try:
            self._decide(speaker.kind)
            while (utterance := self._take()) is not None:
                self._heard(self._clock() + self._ahead, utterance)
                speaker.speak(utterance, self._interrupted)
        finally:
            speaker.close()

    def _decide(self, kind: VoiceKind) -> None:
        with self._changed:
            self._kind = kind
            self._current = None
            if kind == "silent":
                self._queue.clear()
            self._changed.notify_all()
        self._is_decided.set()

    def _take(self) -> Utterance | None:
        """Wait for the next utterance; none when the voice is closed."""
        with self._changed:
            self._current = None
            while not self._is_closed:
                self._current = self._queue.next(self._clock() + self._ahead)
                self._changed.notify_all()
                if self._current is not None:
                    self._interrupted.clear()
                    break
                self._changed.wait()
            return self._current


def _and_then(some: Sentence, following: Sentence) -> Sentence:
    return Sentence("{some}; {following}", some=some, following=following)
