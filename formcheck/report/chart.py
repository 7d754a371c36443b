"""Lays out the plot of the main measure as rows of shapes; the template turns them into SVG.

A set is cut into rows as a line of text is, so that a rep stays wide enough to be seen and to be
clicked on a phone, and nothing is cut off on paper. All lengths are in units of the SVG.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor

from formcheck.definition.limits import Band
from formcheck.events import Counted, FaultFound, Partial, Summary
from formcheck.exercise import SEVERITIES, Exercise, Severity, shown_measure
from formcheck.language.tongue import number
from formcheck.measuring.kinds import measure_unit
from formcheck.report.trace import HeldTop, Trace
from formcheck.results.scales import STEPS, round_up
from formcheck.wording import clock, scale_of

WIDTH = 720.0
LEFT, RIGHT = 46.0, 708.0
"""Where time begins and ends in a row."""
MARKS = 17.0
"""Height of a line of fault marks."""
PLOT = 130.0
"""Height of the plot itself."""
BELOW = 22.0
"""Height of the times below it."""
DIGIT = 8.5
"""Width of a digit or letter, with some room."""
LONGEST = 60.0
"""Seconds in a row."""
AROUND = 1.5
"""Seconds shown before the first attempt and after the last."""
LEAST_ANGLE, LEAST = 30.0, 0.3
"""Degrees, or else torsos, that the plot of holds shows at least."""
MOST_MARKS = 4
"""Fault marks over one rep; the table below the plot names all."""

Course = Sequence[tuple[float, float]]
"""Points of time and value that belong to one line."""


@dataclass(frozen=True, slots=True)
class Area:
    """A part of a row, from one place to another."""

    x: float
    width: float
    kind: str
    """`clean`, `flawed`, `partial` or `hold`, or the severity of a fault."""
    label: str = ""


@dataclass(frozen=True, slots=True)
class FaultMark:
    """The sign of a fault over a rep."""

    x: float
    y: float
    severity: Severity
    number: int
    """In the list of faults."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A number beside the plot or below it."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class PlotRow:
    """One row of the plot."""

    start: float
    end: float
    height: float
    top: float
    """Where the plot begins, below the marks."""
    bottom: float
    attempts: tuple[Area, ...]
    holds: tuple[Area, ...]
    faults: tuple[Area, ...]
    marks: tuple[FaultMark, ...]
    lines: tuple[str, ...]
    """Points of the lines."""
    target: tuple[float, float] | None
    """Upper and lower edge of the band to reach."""
    values: tuple[Tick, ...]
    times: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class _Scale:
    """From times and values to places."""

    start: float
    end: float
    low: float
    high: float
    top: float

    def x(self, time: float) -> float:
        share = (time - self.start) / (self.end - self.start)
        return LEFT + min(1.0, max(0.0, share)) * (RIGHT - LEFT)

    def y(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return self.top + (1.0 - min(1.0, max(0.0, share))) * PLOT

    def meets(self, start: float, end: float) -> bool:
        return end > self.start and start < self.end


def rows(summary: Summary, trace: Trace, band: Band, numbers: dict[str, int]) -> list[PlotRow]:
    """Lay out everything; `numbers` are those of the faults in their list, by name."""
    spans = [part for span in _spans(summary) for part in _parts(*span)]
    courses = _courses(summary, trace)
    shown = [
        value
        for course in courses
        for time, value in course
        if any(start <= time <= end for start, end in spans)
    ]
    if not shown:
        return []
    low, high = _extent(shown, band, trace.exercise)
    factor = scale_of(measure_unit(trace.exercise, shown_measure(trace.exercise))).factor
    holds = [] if trace.exercise.is_timed else trace.holds  # there the attempts are the holds
    return [
        _row(summary, courses, holds, band, numbers, factor, _Scale(start, end, low, high, 0.0))
        for start, end in spans
    ]


def _spans(summary: Summary) -> list[tuple[float, float]]:
    """From when to when there were attempts; sets of both sides at once are one."""
    spans: list[tuple[float, float]] = []
    for each in sorted(summary.sets, key=lambda each: each.start):
        start, end = max(0.0, each.start - AROUND), each.end + AROUND
        if spans and start <= spans[-1][1]:
            spans[-1] = spans[-1][0], max(end, spans[-1][1])
        else:
            spans.append((start, end))
    return spans


def _parts(start: float, end: float) -> list[tuple[float, float]]:
    """Rows of the same length."""
    count = max(1, ceil((end - start) / LONGEST))
    length = (end - start) / count
    return [(start + i * length, start + (i + 1) * length) for i in range(count)]


def _courses(summary: Summary, trace: Trace) -> Sequence[Course]:
    """The lines to draw; of a timed exercise without how the position was left."""
    lines = [line for _, line in trace.lines()]
    if not trace.exercise.is_timed:
        return lines
    return [
        [point for point in line if attempt.start <= point[0] <= attempt.end]
        for line in lines
        for attempt in _attempts(summary)
    ]


def _extent(values: Sequence[float], band: Band, exercise: Exercise) -> tuple[float, float]:
    """From where to where the plot goes; so far that a tremor in a hold looks like one."""
    ends = [end for end in (band.low, band.high) if end is not None]
    low, high = min([*values, *ends]), max([*values, *ends])
    room = 0.06 * (high - low) or 1.0
    if exercise.is_timed:
        is_angle = measure_unit(exercise, shown_measure(exercise)) == " degrees"
        least = LEAST_ANGLE if is_angle else LEAST
        room = max(0.06 * (high - low), (least - high + low) / 2)
    return low - room, high + room


def _row(
    summary: Summary,
    courses: Sequence[Course],
    holds: Sequence[HeldTop],
    band: Band,
    numbers: dict[str, int],
    factor: float,
    scale: _Scale,
) -> PlotRow:
    attempts = [each for each in _attempts(summary) if scale.meets(each.start, each.end)]
    stack = max((len(_marked(each)) for each in attempts), default=0)
    top = 20.0 + stack * MARKS
    scale = _Scale(scale.start, scale.end, scale.low, scale.high, top)
    return PlotRow(
        start=scale.start,
        end=scale.end,
        height=top + PLOT + BELOW,
        top=top,
        bottom=top + PLOT,
        attempts=tuple(_area(scale, e.start, e.end, _kind(e), _label(e)) for e in attempts),
        holds=tuple(
            _area(scale, hold.start, hold.end, "hold")
            for hold in holds
            if scale.meets(hold.start, hold.end)
        ),
        faults=tuple(_fault_areas(scale, attempts)),
        marks=tuple(mark for each in attempts for mark in _marks(scale, each, numbers)),
        lines=tuple(_lines(scale, courses)),
        target=None if band.is_open else _target(scale, band),
        values=tuple(_values(scale, factor)),
        times=tuple(Tick(scale.x(t), clock(t)) for t in _steps(scale.start, scale.end, 8)),
    )


def _values(scale: _Scale, factor: float) -> Iterable[Tick]:
    """Round numbers of the unit in which people are told the measure."""
    for value in _steps(factor * scale.low, factor * scale.high, 4):
        yield Tick(scale.y(value / factor), number(value, "g"))


def _attempts(summary: Summary) -> list[Counted | Partial]:
    return sorted([*summary.counted, *summary.partials], key=lambda each: each.start)


def _kind(attempt: Counted | Partial) -> str:
    if isinstance(attempt, Partial):
        return "partial"
    return "clean" if attempt.clean else "flawed"


def _label(attempt: Counted | Partial) -> str:
    if isinstance(attempt, Partial):
        return ""
    side = attempt.side[0].upper() if attempt.side else ""
    return f"{side}{attempt.number}"


def _area(scale: _Scale, start: float, end: float, kind: str, label: str = "") -> Area:
    left, right = scale.x(start), scale.x(end)
    # The number is told once, in the row in which the middle of the rep is; where there is no room
    # for all, every fifth is.
    is_here = scale.start <= (start + end) / 2 < scale.end
    has_room = right - left >= DIGIT * len(label) or label.endswith(("0", "5"))
    return Area(left, right - left, kind, label if is_here and has_room else "")


def _fault_areas(scale: _Scale, attempts: Iterable[Counted | Partial]) -> Iterable[Area]:
    """From when to when a fault was seen, unless that is the whole rep."""
    for attempt in attempts:
        for fault in attempt.faults:
            is_whole = fault.start <= attempt.start and fault.end >= attempt.end
            if not is_whole and scale.meets(fault.start, fault.end):
                yield _area(scale, fault.start, fault.end, fault.severity)


def _marked(attempt: Counted | Partial) -> list[FaultFound]:
    return sorted(attempt.faults, key=lambda f: SEVERITIES.index(f.severity))[:MOST_MARKS]


def _marks(
    scale: _Scale, attempt: Counted | Partial, numbers: dict[str, int]
) -> Iterable[FaultMark]:
    middle = (attempt.start + attempt.end) / 2
    if not scale.start <= middle < scale.end:
        return
    for place, fault in enumerate(reversed(_marked(attempt))):
        y = scale.top - 20.0 - (place + 0.5) * MARKS + 2.0
        yield FaultMark(scale.x(middle), y, fault.severity, numbers[fault.name])


def _lines(scale: _Scale, courses: Iterable[Course]) -> Iterable[str]:
    for course in courses:
        points = [(t, v) for t, v in course if scale.start <= t <= scale.end]
        if len(points) > 1:
            yield " ".join(f"{scale.x(t):.1f},{scale.y(v):.1f}" for t, v in points)


def _target(scale: _Scale, band: Band) -> tuple[float, float]:
    upper = scale.top if band.high is None else scale.y(band.high)
    lower = scale.top + PLOT if band.low is None else scale.y(band.low)
    return upper, lower


def _steps(low: float, high: float, most: int) -> list[float]:
    """Round numbers from low to high, so many at most."""
    size = round_up((high - low) / most, STEPS)
    return [i * size for i in range(ceil(low / size), floor(high / size) + 1)]
