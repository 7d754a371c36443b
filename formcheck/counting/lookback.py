"""A lane's memory, and what it tells of a rep that is over: of the time before it, and just after.

Its rest is what was measured then; the turning points are the rest of who does not pause. It may
have begun before its own measure moved, as the trunk leans before the hips are lifted. And somebody
who is elsewhere afterwards has walked.
"""

from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import inf, nan
from typing import Self

from formcheck.counting.attempt import Attempt
from formcheck.counting.lane import Values, median_values
from formcheck.exercise import Exercise, RepRule
from formcheck.measuring.exactness import measuring_error
from formcheck.measuring.flank import Flank
from formcheck.measuring.reader import Reading
from formcheck.measuring.tracker import POINTS, Body

KEPT = 4.0
"""Seconds that are kept before an attempt, or before now."""
REST_SPAN = 1.0
"""Seconds before a rep in which its rest values are taken."""
SHORT_REST = 0.2
"""The same where the other side had only just stopped moving."""
REST_NEEDED = 0.1
"""Seconds of rest that must have been seen to compare with."""
LONGEST = 1.5
"""Seconds that it may grow before the rep's measure moves."""
CLEARLY = 2.0
"""How many times its error it must grow to tell anything."""
AT_REST = 0.2
"""Share of the time before its turn, its lowest values, at whose end it is taken to be at rest."""
FEWEST = 3
"""Samples on the way there."""
ELSEWHERE = 0.6
"""How far the trunk may be, in torsos, from where it was before a rep: further is a walk."""


@dataclass(slots=True)
class Remembered:
    """One time, kept to look back at."""

    body: Body
    reading: Reading
    rest: Values
    values: Values
    """The reading compared with that rest."""
    is_quiet: bool
    """Whether no other side was moving."""
    height: float
    """The rep's measure, growing on the way out; NaN = unknown."""


class Memory:
    """The last moments of a lane, in order of time, back to some time before its attempt."""

    def __init__(self) -> None:
        """Remember nothing yet."""
        self.moments: deque[Remembered] = deque()

    def add(self, moment: Remembered, began: float) -> None:
        """Keep one more moment; `began` is when the attempt that is going on did, or inf."""
        self.moments.append(moment)
        kept = min(moment.body.time, began) - KEPT
        while self.moments[0].body.time < kept:
            self.moments.popleft()

    def clear(self) -> None:
        """Forget them all."""
        self.moments.clear()

    def between(self, start: float, end: float) -> list[Remembered]:
        """The moments from then until then."""
        return [moment for moment in self.moments if start <= moment.body.time <= end]

    def rest_before(self, began: float, attempt: float, unknown: Values) -> Values:
        """Return each raw value's median in the moments of rest before an attempt.

        Who does not pause between reps is at rest only where he turns back: what is further from
        there than an attempt begins is movement. Where the other side was moving until just now,
        only the last moments are rest.

        Args:
            began: when the attempt began.
            attempt: how far from rest an attempt begins, in the unit of the rep's measure.
            unknown: what to return where too little rest was seen.
        """
        before = self.between(began - REST_SPAN, began)
        lowest = min([m.height for m in before if m.height == m.height], default=nan)
        before = [m for m in before if not m.height - lowest > attempt]
        quiet = [m for m in before if m.is_quiet]
        if _span(quiet) < REST_NEEDED:
            quiet = [m for m in before if m.body.time >= began - SHORT_REST]
        if _span(quiet) < REST_NEEDED:
            return unknown
        return median_values([m.reading for m in quiet])

    def rest_after(self, end: float) -> Values:
        """Return each raw value's median from the end of an attempt on."""
        back = min(end, self.moments[-1].body.time - REST_NEEDED)
        return median_values([m.reading for m in self.between(back, inf)])

    def has_moved_away(self, start: float, end: float) -> bool:
        """Whether the trunk was somewhere else afterwards; no where it was not seen."""
        first, last = self._trunk_at(start), self._trunk_at(end)
        return abs(last - first) > ELSEWHERE * self.moments[-1].body.torso

    def _trunk_at(self, time: float) -> complex:
        """The middle of the trunk; NaN where it was not seen."""
        moments = self.moments
        place = bisect_left(moments, time, key=lambda moment: moment.body.time)
        around = [moments[max(0, place - 1)], moments[min(place, len(moments) - 1)]]
        body = min(around, key=lambda moment: abs(moment.body.time - time)).body
        return (body.points[POINTS["mid_shoulder"]] + body.points[POINTS["mid_hip"]]) / 2


def _span(moments: Sequence[Remembered]) -> float:
    return moments[-1].body.time - moments[0].body.time if moments else 0.0


@dataclass(frozen=True, slots=True)
class Lead:
    """A measure that grows first."""

    place: int
    """Where it is in a moment's values."""
    least: float
    """How far it must grow, in its own unit."""

    @classmethod
    def of(cls, exercise: Exercise, rule: RepRule, names: Sequence[str]) -> Self | None:
        """The one of an exercise, if it has one."""
        if rule.begins_with is None:
            return None
        error = measuring_error(exercise, exercise.measure(rule.begins_with))
        return cls(names.index(rule.begins_with), CLEARLY * error)

    def start(self, memories: Iterable[Remembered], attempt: Attempt, since: float) -> float:
        """When the attempt began, seen by this; as it is known already if that was earlier.

        Args:
            memories: what was measured, in order of time.
            attempt: dated by the rep's measure.
            since: the end of the attempt before.
        """
        earliest = max(since, attempt.start - LONGEST)
        known = [
            (memory.body.time, memory.values[self.place])
            for memory in memories
            if earliest <= memory.body.time <= attempt.peak
        ]
        onset = self._onset([(time, value) for time, value in known if value == value])
        return min(attempt.start, max(earliest, onset))

    def _onset(self, known: Sequence[tuple[float, float]]) -> float:
        """When the values (time, value) began to grow to their highest; inf if they hardly did."""
        times, values = [time for time, _ in known], [value for _, value in known]
        turn = max(range(len(values)), key=values.__getitem__, default=0)
        if turn < FEWEST:
            return inf
        low, high = sorted(values[:turn])[int(AT_REST * turn)], values[turn]
        if high - low < self.least:
            return inf
        return Flank(times[: turn + 1], values[: turn + 1], low, high).onset
