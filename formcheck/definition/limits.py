"""Which values the exercise asks for: the bands that a report shows numbers against.

They are read off the faults: a hold below 2.7 s is a fault, so the band of the hold begins at 2.7.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import isfinite
from typing import Literal

from formcheck.events import Rep
from formcheck.exercise import Condition, Exercise, Measure, RepRule, Severity, shown_measure
from formcheck.measuring.kinds import has_places
from formcheck.wording import bounds, scale_of

LevelKind = Literal["start", "rep", "hallmark", "safety", "fault", "hint"]
ON_MEASURE = ("measure", "peak", "trough")
"""Subjects whose limits are values of the measure itself."""


@dataclass(frozen=True, slots=True)
class Band:
    """The values from `low` to `high`; none where there is no such end."""

    low: float | None = None
    high: float | None = None

    @property
    def is_open(self) -> bool:
        """Whether any value is within."""
        return self.low is None and self.high is None

    def holds(self, value: float) -> bool:
        """Whether the value is within."""
        return not self.beyond(value) > 0

    def beyond(self, value: float) -> float:
        """How far outside the value is; 0 within."""
        below = 0.0 if self.low is None else self.low - value
        above = 0.0 if self.high is None else value - self.high
        return max(0.0, below, above)

    def words(self, unit: str) -> str:
        """The band as words for a person."""
        scale = scale_of(unit)
        low, high = (None if end is None else scale.of(end) for end in (self.low, self.high))
        return bounds(low, high, scale.unit)


@dataclass(frozen=True, slots=True)
class RepBands:
    """What is asked for of a rep."""

    range: Band
    hold: Band
    out: Band
    back: Band


def top_band(exercise: Exercise) -> Band:
    """Where the shown measure should be at the top of a rep."""
    return _band(exercise, [shown_measure(exercise).name])


def rep_bands(exercise: Exercise, rep: Rep) -> RepBands:
    """What is asked for of this rep: of its range, given where it began."""
    return RepBands(
        range=_range_band(exercise, rep),
        hold=duration_band(exercise, "hold"),
        out=duration_band(exercise, "out"),
        back=duration_band(exercise, "back"),
    )


def _range_band(exercise: Exercise, rep: Rep) -> Band:
    """The range from where the rep began to where its top should be."""
    counted = exercise.main
    sign = exercise.sign
    same = [each for each in exercise.measures if _same(each, counted)]
    changes = _band(exercise, [each.name for each in same if each.since_rest == "change"])
    ranges = _from(changes, 0.0, sign)
    if not has_places(counted):  # no rest is told of it
        return ranges
    places = _band(exercise, [each.name for each in same if each.since_rest == "no"])
    return _both(ranges, _from(places, rep.top - sign * rep.range, sign))


def _from(band: Band, rest: float, sign: float) -> Band:
    """The band as distances from rest, in the direction of the way out."""
    low, high = (None if end is None else sign * (end - rest) for end in (band.low, band.high))
    return Band(low, high) if sign > 0 else Band(high, low)


def _both(a: Band, b: Band) -> Band:
    """The values within both."""
    lows = [end for end in (a.low, b.low) if end is not None]
    highs = [end for end in (a.high, b.high) if end is not None]
    return Band(max(lows, default=None), min(highs, default=None))


def _same(a: Measure, b: Measure) -> bool:
    return (a.kind, a.landmarks, a.terms) == (b.kind, b.landmarks, b.terms)


def duration_band(exercise: Exercise, phase: str) -> Band:
    """What is asked for of the seconds of a phase."""
    return _limits(c for c in _alone(exercise) if c.subject == "duration" and c.name == phase)


def _band(exercise: Exercise, names: Iterable[str]) -> Band:
    names = set(names)
    reached = "peak" if exercise.sign > 0 else "trough"
    return _limits(
        c for c in _alone(exercise) if c.subject in ("measure", reached) and c.name in names
    )


def _alone(exercise: Exercise) -> Iterable[Condition]:
    """Conditions that make a fault by themselves: only these say what to keep within."""
    return (fault.first for fault in exercise.faults if len(fault.when) == 1)


def _limits(conditions: Iterable[Condition]) -> Band:
    """What is left when everything beyond the conditions is a fault."""
    conditions = [c for c in conditions if c.above is None or c.below is None]
    lows = [condition.below for condition in conditions if condition.below is not None]
    highs = [condition.above for condition in conditions if condition.above is not None]
    return Band(max(lows, default=None), min(highs, default=None))


@dataclass(frozen=True, slots=True)
class Level:
    """A value of the measure at which something changes."""

    value: float
    kind: LevelKind
    label: str
    """In a few words, to be followed by the value: `start: below`."""
    is_end: bool = False
    """Whether something that has begun is over here, and not begun."""


@dataclass(frozen=True, slots=True)
class FromRest:
    """A distance from each rep's rest level."""

    distance: float
    """With the sign of the way out."""
    label: str


def levels_of(exercise: Exercise, measure: Measure) -> list[Level]:
    """Every level that is a value of this measure."""
    found = [*_start_levels(exercise, measure)]
    if exercise.rep is not None:
        found += _rep_levels(exercise, exercise.rep, measure)
    for hallmark in exercise.hallmarks:
        found += _levels("hallmark", "hallmark", [hallmark.when], measure)
    for fault in exercise.faults:
        found += _levels(fault.severity, fault.name, fault.when, measure)
        for when in fault.when:
            is_here = when.name == measure.name and when.subject in ON_MEASURE
            if when.until is not None and is_here:
                found.append(Level(when.until, fault.severity, f"{fault.name}: over at", True))
    return [level for level in found if isfinite(level.value)]


def from_rest(exercise: Exercise, measure: Measure) -> list[FromRest]:
    """How far from each rep's rest it is an attempt, and counts; only on the rep's own measure."""
    rep = exercise.rep
    if rep is None or rep.measure != measure.name:
        return []
    return [
        FromRest(exercise.sign * rep.attempt, "attempt"),
        FromRest(exercise.sign * rep.counts, "counts"),
    ]


def is_change_of_main(exercise: Exercise, measure: Measure) -> bool:
    """Whether the measure is the rep's, as its change since rest."""
    same = _same(measure, exercise.main)
    return same and measure.since_rest == "change" and not measure.minus and not measure.unsigned


def _start_levels(exercise: Exercise, measure: Measure) -> Iterator[Level]:
    left = "over" if exercise.is_timed else "got up"
    for start in exercise.start:
        yield from _levels("start", "start", [start.when], measure)
        if start.slack is None or start.when.name != measure.name:
            continue
        if start.when.above is not None:
            yield Level(start.when.above - start.slack, "start", f"{left}: below", True)
        if start.when.below is not None:
            yield Level(start.when.below + start.slack, "start", f"{left}: above", True)


def _rep_levels(exercise: Exercise, rep: RepRule, measure: Measure) -> Iterator[Level]:
    if rep.measure == measure.name and rep.reaches is not None:
        yield Level(rep.reaches, "rep", "reaches")
    if is_change_of_main(exercise, measure):
        yield Level(exercise.sign * rep.attempt, "rep", "attempt")
        yield Level(exercise.sign * rep.counts, "rep", "counts")


def _levels(
    kind: LevelKind | Severity, name: str, conditions: Iterable[Condition], measure: Measure
) -> Iterator[Level]:
    for condition in conditions:
        if condition.name != measure.name or condition.subject not in ON_MEASURE:
            continue
        word = "" if condition.subject == "measure" else f"{condition.subject} "
        for side, limit in (("above", condition.above), ("below", condition.below)):
            if limit is not None:
                yield Level(limit, kind, f"{name}: {word}{side}")
