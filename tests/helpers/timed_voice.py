"""A voice in the time of a recording: what is said when does not depend on the machine."""

import threading
import time
from collections.abc import Iterator

from formcheck.coaching.speech import Utterance
from formcheck.pose import Frame
from formcheck.voice.speakers import VoiceKind
from formcheck.voice.voice import Voice

from .staged import Camera

A_WORD = 0.35
"""Seconds that a word takes."""
MOMENT = 0.0005
"""Seconds between two looks at another thread."""
PATIENCE = 20.0
"""Seconds after which a thread is taken to hang."""


class TimedSpeaker:
    """A `Speaker` that takes its time on the clock of the recording; its own maker, too."""

    kind: VoiceKind = "speech"

    def __init__(self) -> None:
        """Begin at the recording's beginning."""
        self.now = 0.0
        self._until: float | None = None
        self._interrupted = threading.Event()

    def __call__(self) -> "TimedSpeaker":
        """Make nothing new."""
        return self

    def clock(self) -> float:
        """The time of the recording."""
        return self.now

    @property
    def is_busy(self) -> bool:
        """Whether it speaks, and goes on doing so."""
        until = self._until
        return until is not None and until > self.now and not self._interrupted.is_set()

    def speak(self, utterance: Utterance, interrupted: threading.Event) -> None:
        """Take as long as the words are."""
        self._interrupted = interrupted
        self._until = self.now + A_WORD * len(utterance.text.split())
        while self.is_busy:
            time.sleep(MOMENT)
        self._until = None

    def close(self) -> None:
        """End what is being said."""
        self._interrupted.set()


class TimedCamera(Camera):
    """Gives a picture only once the voice has heard all of the last one."""

    speaker: TimedSpeaker
    voice: Voice

    def __iter__(self) -> Iterator[Frame]:
        """Give the frames."""
        for frame in super().__iter__():
            self._settle()
            self.speaker.now = frame.time
            self._settle()
            yield frame
        self._settle()

    def _settle(self) -> None:
        """Wait until the voice speaks, or has nothing to say."""
        end = time.monotonic() + PATIENCE
        while not (self.speaker.is_busy or self.voice.wait_until_quiet(0.0)):
            assert time.monotonic() < end
            time.sleep(MOMENT)
