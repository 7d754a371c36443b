"""The hold of a timed exercise: a position that is taken, kept and left, as a state machine.

The exercise's start position is what is held. It is taken when all its conditions are met, and left
when one is missed by more than its slack; both are believed late and dated early.
"""

from collections import deque
from dataclasses import dataclass
from math import nan
from typing import Literal

from formcheck.counting.rep_machine import PATIENCE
from formcheck.exercise import Phase
from formcheck.language.sentences import Sentence
from formcheck.measuring.timing import Dwell

TAKEN = 0.5
"""Seconds that the position must be kept to be believed."""
LEFT = 0.7
"""Seconds that it must be missed to be over: a wobble is not the end."""
HALF_KEPT = 1.0
"""Seconds before the end for which the position may be missed within its slack: who lets the hips
down and rests on the elbows does not hold the position any more."""
LATELY = 4.0
"""Who came back more than once within these last seconds, after missing it for as long all told, is
not holding still: push-ups are no plank."""


@dataclass(frozen=True, slots=True)
class Spell:
    """A time for which the position was held."""

    start: float
    end: float
    ending: str = ""
    """Why it ended, where that was not the person's doing."""

    @property
    def seconds(self) -> float:
        """How long it was."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class HoldStep:
    """What one update brought."""

    began: float | None = None
    """When the hold that has just been noticed began."""
    over: Spell | None = None
    became: Literal["ready", "lost"] | None = None


class HoldMachine:
    """Follows a position through taking, keeping and leaving."""

    def __init__(self) -> None:
        self._taken = Dwell(TAKEN)
        self._left = Dwell(LEFT)
        self._misses: deque[tuple[float, float]] = deque()
        self._seen = nan
        self._start = nan
        self._in_full = Dwell(TAKEN)
        self._was_full = False
        self._kept = nan
        """When the position was last taken: in full, or nearly if it never was taken in full."""
        self.phase: Phase = "away"

    def update(
        self, time: float, is_taken: bool | None, is_nearly: bool | None, is_left: bool
    ) -> HoldStep:
        """Take in the position at a time.

        Args:
            time: seconds.
            is_taken: whether it is taken; None where that was not seen.
            is_nearly: the same within what the measures may be off. It begins a hold that is not
                seen exactly; but once the position is taken in full, only that counts.
            is_left: whether it is missed by more than its slack.
        """
        if self.phase == "away":
            return self._wait(time, is_taken, is_nearly)
        if time - self._seen > PATIENCE and self._left.since is None:
            return self._end(self._seen, Sentence("lost from sight"))
        if is_taken is not None:
            self._follow_full(time, is_taken, is_nearly is True)
        if is_left:
            return self._may_end(time)
        if is_taken is None:
            return HoldStep()
        self._seen = time
        if self._came_back_again(time):
            return self._end(self._misses[0][0])
        return HoldStep()

    def _follow_full(self, time: float, is_taken: bool, is_nearly: bool) -> None:
        if self._in_full.update(time, is_taken) and not self._was_full:
            assert self._in_full.since is not None
            self._was_full, self._start = True, self._in_full.since
        if is_taken or (is_nearly and not self._was_full):
            self._kept = time

    @property
    def is_leaving(self) -> bool:
        """Whether the position is being missed just now."""
        return self._left.since is not None

    def held(self, time: float) -> float:
        """Seconds of the hold that is going on at this time; 0 when there is none."""
        return time - self._start if self.phase == "hold" else 0.0

    def finish(self) -> Spell | None:
        """The hold that was going on when the recording ended."""
        if self.phase != "hold":
            return None
        end = self._seen if self._left.since is None else self._left.since
        return self._end(end, Sentence("cut off by the end")).over

    def leave(self, why: str = "") -> Spell | None:
        """The person has turned round, or is elsewhere now: the hold that this ends, if any."""
        if self.phase != "hold":
            self._forget()
            return None
        return self._end(self._seen, why).over

    def _wait(self, time: float, is_taken: bool | None, is_nearly: bool | None) -> HoldStep:
        if is_nearly is None and time - self._seen < TAKEN:
            return HoldStep()  # a blink says nothing
        self._seen = time
        self._was_full = self._in_full.update(time, is_taken is True)
        if not self._taken.update(time, is_nearly is True):
            return HoldStep()
        since = self._in_full.since if self._was_full else self._taken.since
        assert since is not None
        self.phase, self._start, self._kept = "hold", since, time
        self._left.reset()
        self._misses.clear()
        return HoldStep(began=self._start, became="ready")

    def _may_end(self, time: float) -> HoldStep:
        if not self._left.update(time, True):
            return HoldStep()
        assert self._left.since is not None
        return self._end(self._left.since)

    def _came_back_again(self, time: float) -> bool:
        """Note that the position is kept; whether it was missed too often of late."""
        if self._left.since is not None:
            self._misses.append((self._left.since, time))
            self._left.reset()
        while self._misses and self._misses[0][0] < time - LATELY:
            self._misses.popleft()
        missed = sum([end - start for start, end in self._misses])
        return len(self._misses) > 1 and missed >= LEFT

    def _end(self, end: float, ending: str = "") -> HoldStep:
        """End the hold. Who had only half kept the position for some time had let go before."""
        if end - self._kept > HALF_KEPT:
            end = self._kept
        self.phase = "away"
        self._forget()
        return HoldStep(over=Spell(self._start, end, ending), became="lost")

    def _forget(self) -> None:
        self._taken.reset()
        self._in_full.reset()
        self._was_full = False
