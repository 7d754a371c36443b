"""Counts the seconds of a hold aloud; those in which it is not safe are no part of it."""

from math import isfinite

from formcheck.coaching.speech import Utterance
from formcheck.coaching.spoken import after_hold, number
from formcheck.events import Snapshot
from formcheck.exercise import Exercise
from formcheck.language.sentences import Sentence

SPARSE_FROM, SPARSE_STEP = 10, 5
"""From so many seconds to hold on, only every so manieth is said."""


class HoldCount:
    """The seconds of the hold that is going on."""

    def __init__(self, exercise: Exercise) -> None:
        """Count for an exercise, up to the seconds that it asks for."""
        self._exercise = exercise
        self._goal = exercise.hold.seconds
        self.held = 0.0
        """Seconds to show."""
        self._unsafe = 0.0
        self._last: float | None = None
        self._said = 0

    def begin_anew(self) -> None:
        """Wait for another hold."""
        self.held = self._unsafe = 0.0
        self._last = None
        self._said = 0

    def update(self, snapshot: Snapshot) -> Utterance | None:
        """Take in what is known now; say a second that has passed, or that it was long enough."""
        if snapshot.phase != "hold":
            if snapshot.phase != "back":
                self.begin_anew()
            return None
        self._clock(snapshot)
        seconds = int(self.held)
        if seconds <= self._said or self._said >= self._goal:
            return None
        is_first, self._said = self._said == 0, seconds
        if seconds >= self._goal:
            return Utterance(snapshot.time, after_hold(self._exercise), "hold")
        if self._goal > SPARSE_FROM and seconds % SPARSE_STEP:
            return None
        # Of a position that is only held, "hold" was said when it began.
        words = number(seconds)
        if is_first and not self._exercise.is_timed:
            words = Sentence("Hold: {count}", count=words)
        return Utterance(snapshot.time, words, "hold")

    @property
    def is_enough(self) -> bool:
        """Whether it was held for as long as the exercise asks."""
        return 0 < self._goal <= self._said

    def _clock(self, snapshot: Snapshot) -> None:
        is_unsafe = any(self._exercise.fault(name).severity == "safety" for name in snapshot.faults)
        if is_unsafe and self._last is not None:
            self._unsafe += max(0.0, snapshot.time - self._last)
        self._last = snapshot.time
        held = snapshot.held if isfinite(snapshot.held) else 0.0
        self.held = max(0.0, held - self._unsafe)
