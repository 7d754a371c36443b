"""From where a body was seen, and whether it can have been one, at each moment."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from math import nan
from operator import attrgetter
from statistics import median

from formcheck.exercise import View
from formcheck.measuring.geometry import degrees_off
from formcheck.measuring.majority import mostly
from formcheck.measuring.tracker import Body
from formcheck.trust.doubt import AGAIN, LASTING

DOUBTED_LATE = LASTING + AGAIN
"""Seconds after which a body that can hardly be one is noticed."""
_TIME = attrgetter("time")


@dataclass(frozen=True, slots=True)
class Viewed:
    """How a body was seen at a moment."""

    time: float
    turn: float
    slant: float
    """How far it was turned and slanted out of the picture's plane, in degrees, either way."""
    is_doubtful: bool
    """Whether what was found can hardly be a body."""


class Views:
    """All of them, in order of time."""

    def __init__(self) -> None:
        self._all: list[Viewed] = []

    def add(self, body: Body) -> None:
        """Take in how the body is seen now, if it can be told."""
        if body.turn == body.turn:
            seen = Viewed(body.time, abs(body.turn), abs(body.slant), body.is_doubtful)
            self._all.append(seen)

    @property
    def seconds(self) -> float:
        """From the first to the last."""
        return self._all[-1].time - self._all[0].time if self._all else 0.0

    @property
    def are_doubtful(self) -> bool:
        """Whether for most of the time what was found can hardly have been a body."""
        return _are_doubtful(self._all)

    def off(self, view: View, start: float, end: float) -> float:
        """How many degrees the camera was off a view in that time; NaN = unknown."""
        seen = self._all[self._first(start) : self._after(end)]
        if not seen:
            return nan
        turn, slant = median([each.turn for each in seen]), median([each.slant for each in seen])
        return degrees_off(view, turn, slant)

    def were_doubtful(self, start: float, end: float) -> bool:
        """Whether it can hardly have been a body for most of that time, as far as is known yet."""
        after = self._after(end + DOUBTED_LATE)
        first = min(self._first(start + DOUBTED_LATE), after - 1)
        return _are_doubtful(self._all[max(0, first) : after])

    def _first(self, time: float) -> int:
        return bisect_left(self._all, time, key=_TIME)

    def _after(self, time: float) -> int:
        return bisect_right(self._all, time, key=_TIME)


def _are_doubtful(views: Sequence[Viewed]) -> bool:
    return mostly([each.is_doubtful for each in views])
