"""The gauges of the report page: each number of a rep or hold against its band."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite

from formcheck.definition.limits import Band, RepBands, duration_band, rep_bands
from formcheck.events import Counted, Hold, Rep, Set
from formcheck.exercise import Exercise
from formcheck.language.sentences import Sentence
from formcheck.language.tongue import tr
from formcheck.measuring.kinds import measure_unit
from formcheck.wording import amount, raised, seconds

NOT_SEEN = Sentence("not seen")
"""What stands for a number that is unknown."""


@dataclass(frozen=True, slots=True)
class Number:
    """A measured number."""

    shown: str
    exact: str
    """As in the JSON; empty if unknown."""


@dataclass(frozen=True, slots=True)
class Gauge:
    """A number against its band, as shares of the gauge's length."""

    name: str
    number: Number
    aim: str
    is_within: bool
    at: float
    band: tuple[float, float] | None


def gauge_names(exercise: Exercise) -> tuple[str, ...]:
    """What is measured of each rep or hold."""
    if exercise.rep is None:
        return (tr("Held"), tr("Good form"))
    return (tr("Range"), tr("Hold"), *(raised(tr(way)) for way in exercise.rep.ways))


def gauges(exercise: Exercise, done: Counted, each: Set) -> Iterator[Gauge]:
    """The gauges of a rep or hold of this set."""
    if isinstance(done, Rep):
        return _rep_gauges(exercise, done, each)
    return _hold_gauges(exercise, done, each)


def _hold_gauges(exercise: Exercise, hold: Hold, each: Set) -> Iterator[Gauge]:
    band = duration_band(exercise, "hold")
    longest = max(other.hold for other in each.holds)
    for name, value, aim in zip(
        gauge_names(exercise), (hold.hold, hold.good), (band, Band(None, None)), strict=True
    ):
        number = Number(seconds(value, tr(NOT_SEEN)), exact(value, 3))
        yield _gauge(name, number, value, aim, longest, aim.words("s"))


def _rep_gauges(exercise: Exercise, rep: Rep, each: Set) -> Iterator[Gauge]:
    names = gauge_names(exercise)
    bands: RepBands = rep_bands(exercise, rep)
    unit = measure_unit(exercise, exercise.main)
    number = Number(amount(rep.range, unit, tr(NOT_SEEN)), exact(rep.range, 2))
    whole = max(r.range for r in each.reps)
    band = bands.range
    yield _gauge(names[0], number, rep.range, band, whole, band.words(unit))
    for name, value, band in (
        (names[1], rep.hold, bands.hold),
        (names[2], rep.out, bands.out),
        (names[3], rep.back, bands.back),
    ):
        number = Number(seconds(value, tr(NOT_SEEN)), exact(value, 3))
        lengths = [(r.hold,) if name == names[1] else (r.out, r.back) for r in each.reps]
        longest = max((t for times in lengths for t in times if isfinite(t)), default=0.0)
        yield _gauge(name, number, value, band, longest, band.words("s"))


def _gauge(name: str, number: Number, value: float, band: Band, largest: float, aim: str) -> Gauge:
    """Show a value from 0 to somewhat more than the largest of its kind, and than its band."""
    ends = [end for end in (band.low, band.high) if end is not None]
    whole = 1.1 * max([largest, *ends, 1e-6])
    low = 0.0 if band.low is None else max(0.0, band.low / whole)
    high = 1.0 if band.high is None else min(1.0, band.high / whole)
    return Gauge(
        name=name,
        number=number,
        aim=aim,
        is_within=band.holds(value),
        at=min(1.0, max(0.0, value / whole)) if isfinite(value) else 0.0,
        band=None if band.is_open else (low, max(low, high)),
    )


def exact(value: float, digits: int) -> str:
    """The number as it stands in the JSON; empty if unknown."""
    return str(round(value, digits)) if isfinite(value) else ""
