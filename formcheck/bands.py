"""Which values the exercise asks for: the bands that a report shows numbers against.

They are read off the faults: a hold below 2.7 s is a fault, so the band of the hold begins at 2.7.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from formcheck.events import Rep
from formcheck.exercise import Condition, Exercise, Measure, shown_measure


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
        if self.low is None and self.high is None:
            return ""
        if self.low is not None and self.high is not None:
            return f"{self.low:.3g} to {self.high:.3g}{unit}"
        if self.low is not None:
            return f"at least {self.low:.3g}{unit}"
        return f"at most {self.high:.3g}{unit}"


@dataclass(frozen=True, slots=True)
class RepBands:
    """What is asked for of a rep."""

    range: Band
    hold: Band
    raising: Band
    lowering: Band


def top_band(exercise: Exercise) -> Band:
    """Where the shown measure should be at the top of a rep."""
    return _band(exercise, [shown_measure(exercise).name])


def rep_bands(exercise: Exercise, rep: Rep) -> RepBands:
    """What is asked for of this rep: of its range, given where it began."""
    return RepBands(
        range=_range_band(exercise, rep),
        hold=duration_band(exercise, "hold"),
        raising=duration_band(exercise, "raise"),
        lowering=duration_band(exercise, "lower"),
    )


def _range_band(exercise: Exercise, rep: Rep) -> Band:
    """The range from where the rep began to where its top should be."""
    counted = exercise.main
    sign = exercise.sign
    same = [each for each in exercise.measures if _same(each, counted)]
    changes = _band(exercise, [each.name for each in same if each.since_rest == "change"])
    ranges = _from(changes, 0.0, sign)
    if counted.kind == "swing":  # its places mean nothing, and no rest is told
        return ranges
    places = _band(exercise, [each.name for each in same if each.since_rest == "no"])
    return _both(ranges, _from(places, rep.top - sign * rep.range, sign))


def _from(band: Band, rest: float, sign: float) -> Band:
    """The band as distances from rest, in the direction of the raise."""
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
    return (fault.when[0] for fault in exercise.faults if len(fault.when) == 1)


def _limits(conditions: Iterable[Condition]) -> Band:
    """What is left when everything beyond the conditions is a fault."""
    conditions = [c for c in conditions if c.above is None or c.below is None]
    lows = [condition.below for condition in conditions if condition.below is not None]
    highs = [condition.above for condition in conditions if condition.above is not None]
    return Band(max(lows, default=None), min(highs, default=None))
