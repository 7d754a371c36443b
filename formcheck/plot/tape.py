"""The course of chosen measures through a session, kept whole: to be drawn when it is over."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import nan

from formcheck.exercise import Exercise, Side
from formcheck.observer import Judged, Observer


@dataclass(slots=True)
class Tape(Observer):
    """What `Session.update` said, of a few measures."""

    exercise: Exercise
    measures: tuple[str, ...]
    times: list[float] = field(default_factory=list)
    courses: dict[tuple[str, Side | None], list[float]] = field(default_factory=dict)
    """By measure and side, NaN where unknown; no side where both sides move together."""
    away: list[tuple[float, float]] = field(default_factory=list)
    """From when to when nobody was in the start position, nor in a rep."""

    def add(self, judged: Judged) -> None:
        """Take in what is known at a time. Times come in order."""
        snapshot = judged.snapshot
        if snapshot is None:
            return
        before = self.times[-1] if self.times else snapshot.time
        self.times.append(snapshot.time)
        for name in self.measures:
            for side in self._sides():
                key = name if side is None else f"{side}.{name}"
                self.courses.setdefault((name, side), []).append(snapshot.values[key])
        if snapshot.phase == "away":
            self._away(before, snapshot.time)

    def value(self, measure: str, side: Side | None, time: float) -> float:
        """The measure at the last pose up to a time; NaN = unknown."""
        place = bisect_right(self.times, time)
        return self.courses[measure, side][place - 1] if place else nan

    def _sides(self) -> Iterable[Side | None]:
        return (None,) if self.exercise.sides == "both" else ("left", "right")

    def _away(self, start: float, end: float) -> None:
        if self.away and start <= self.away[-1][1]:
            self.away[-1] = self.away[-1][0], end
        else:
            self.away.append((start, end))
