"""What the report page shows, in words and numbers, before it becomes HTML.

Everything here is text and numbers; the template decides how it looks. Each number is kept twice:
as it is shown, and as exact as in the result's JSON.
"""

from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isfinite
from statistics import fmean

from formcheck.bands import Band, RepBands, duration_band, rep_bands
from formcheck.chart import clock
from formcheck.close_up import jpeg
from formcheck.events import Counted, FaultFound, Hold, Partial, Rep, Set, Summary
from formcheck.exercise import SEVERITIES, Exercise, Fault, Severity
from formcheck.explain import measure_unit, unit_of
from formcheck.gallery import Gallery, Kept
from formcheck.report import count, extent, short_unit, should

SEVERITY_WORDS: dict[Severity, str] = {
    "safety": "put this right first",
    "fault": "keeps it from being clean",
    "hint": "could be nicer",
}


@dataclass(frozen=True, slots=True)
class Number:
    """A measured number."""

    shown: str
    exact: str
    """As in the JSON; empty if unknown."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One of the numbers at a glance."""

    number: str
    label: str
    detail: str


@dataclass(frozen=True, slots=True)
class Advice:
    """A fault that was found, and what to do about it."""

    number: int
    name: str
    title: str
    severity: Severity
    urgency: str
    cue: str
    why: str
    times: str
    details: str


@dataclass(frozen=True, slots=True)
class Gauge:
    """A number against its band, as shares of the gauge's length."""

    name: str
    number: Number
    aim: str
    is_within: bool
    at: float
    band: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class RepLine:
    """A rep, or an attempt that did not count."""

    title: str
    kind: str
    """`clean`, `flawed` or `partial`."""
    start: Number
    end: str
    gauges: tuple[Gauge, ...]
    faults: tuple[tuple[int, str, Severity], ...]
    """Number in the list, title and severity."""
    remark: str


@dataclass(frozen=True, slots=True)
class SetPart:
    """A set with its reps."""

    title: str
    lines: tuple[RepLine, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the gallery."""

    title: str
    kind: str
    """`best` or `fewest` (faults), or the severity of the fault."""
    number: int | None
    caption: str
    alt: str
    time: str
    data: str
    """The JPEG as base64."""


def plain(name: str) -> str:
    """A fault's name as words."""
    return name.replace("_", " ").capitalize()


def tiles(exercise: Exercise, summary: Summary) -> Iterator[Tile]:
    """The score at a glance."""
    what = f"{exercise.counted}s"
    for number, each in enumerate(summary.sets, 1):
        which = f", {each.side} side" if each.side else ""
        if sum(other.side == each.side for other in summary.sets) > 1:
            which += f", set {number}"
        detail = count(len(each.partials), "attempt") + " did not count" if each.partials else ""
        yield Tile(f"{len(each.counted)} of {exercise.reps}", f"{what}{which}", detail)
    counted = summary.counted
    if not counted:
        if not summary.sets:
            yield Tile(f"0 of {exercise.reps}", what, "")
        return
    clean = sum(done.clean for done in counted)
    yield Tile(f"{clean} of {len(counted)}", f"{what} clean", "no fault, and all was seen")
    if exercise.hold.seconds:
        held = fmean([r.hold for r in summary.reps] + [h.seconds for h in summary.holds])
        yield Tile(f"{held:.1f} s", "average hold", f"aim at {exercise.hold.seconds:g} s")
    if summary.holds:
        good = sum(hold.good for hold in summary.holds)
        whole = sum(hold.seconds for hold in summary.holds)
        yield Tile(f"{good:.0f} s", "in good form", f"of {whole:.0f} s held")


def advice(exercise: Exercise, summary: Summary) -> list[Advice]:
    """Each fault that was found once, the most urgent first."""
    names = {fault.name for fault in summary.faults}
    faults = [fault for fault in exercise.faults if fault.name in names]
    faults.sort(key=lambda fault: SEVERITIES.index(fault.severity))
    return [_advice(number, f, exercise, summary) for number, f in enumerate(faults, 1)]


def _advice(number: int, fault: Fault, exercise: Exercise, summary: Summary) -> Advice:
    found = [each for each in summary.faults if each.name == fault.name]
    unit = unit_of(exercise, fault.when[0])
    values = extent([each.value for each in found], 1 if unit == " degrees" else 2)
    return Advice(
        number=number,
        name=fault.name,
        title=plain(fault.name),
        severity=fault.severity,
        urgency=SEVERITY_WORDS[fault.severity],
        cue=fault.cue,
        why=fault.why,
        times=count(len(found), "time"),
        details=f"measured {values}{unit}, {should(fault.when[0])}",
    )


def sets(exercise: Exercise, summary: Summary, numbers: Mapping[str, int]) -> Iterator[SetPart]:
    """Each set with its reps and partials in order of time."""
    for number, each in enumerate(summary.sets, 1):
        side = f", {each.side} side" if each.side else ""
        what = f"{exercise.counted.capitalize()}s"
        title = f"Set {number}{side}" if len(summary.sets) > 1 else f"{what}{side}"
        lines = [(done.end, _counted_line(exercise, done, each, numbers)) for done in each.counted]
        lines += [(partial.end, _partial_line(partial, numbers)) for partial in each.partials]
        lines.sort(key=lambda line: line[0])
        yield SetPart(title, tuple(line for _, line in lines))


def gauge_names(exercise: Exercise) -> tuple[str, ...]:
    """What is measured of each rep or hold."""
    if exercise.rep is None:
        return ("Held", "Good form")
    return ("Range", "Hold", *(way.capitalize() for way in exercise.rep.ways))


def _counted_line(
    exercise: Exercise, done: Counted, each: Set, numbers: Mapping[str, int]
) -> RepLine:
    remark = "Clean" if done.clean else ""
    if done.unjudged:
        remark += f"{', ' if remark else ''}{count(len(done.unjudged), 'rule')} not judged"
    gauges = (
        _rep_gauges(exercise, done, each)
        if isinstance(done, Rep)
        else _hold_gauges(exercise, done, each)
    )
    return RepLine(
        title=f"{exercise.counted.capitalize()} {done.number}",
        kind="clean" if done.clean else "flawed",
        start=Number(clock(done.start), _exact(done.start, 3)),
        end=_exact(done.end, 3),
        gauges=tuple(gauges),
        faults=_fault_words(done.faults, numbers),
        remark=remark,
    )


def _partial_line(part: Partial, numbers: Mapping[str, int]) -> RepLine:
    return RepLine(
        title="Not counted",
        kind="partial",
        start=Number(clock(part.start), _exact(part.start, 3)),
        end=_exact(part.end, 3),
        gauges=(),
        faults=_fault_words(part.faults, numbers),
        remark=part.reason.capitalize(),
    )


def _fault_words(
    faults: tuple[FaultFound, ...], numbers: Mapping[str, int]
) -> tuple[tuple[int, str, Severity], ...]:
    return tuple((numbers[f.name], plain(f.name), f.severity) for f in faults)


def _hold_gauges(exercise: Exercise, hold: Hold, each: Set) -> Iterator[Gauge]:
    band = duration_band(exercise, "hold")
    longest = max(each.seconds for each in each.holds)
    for name, value, aim in zip(
        gauge_names(exercise), (hold.seconds, hold.good), (band, Band(None, None)), strict=True
    ):
        number = Number(_known(value, 1, " s"), _exact(value, 3))
        yield _gauge(name, number, value, aim, longest, aim.words(" s"))


def _rep_gauges(exercise: Exercise, rep: Rep, each: Set) -> Iterator[Gauge]:
    names = gauge_names(exercise)
    bands: RepBands = rep_bands(exercise, rep)
    unit = short_unit(measure_unit(exercise, exercise.main))
    decimals = 0 if unit == "°" else 2
    number = Number(_known(rep.range, decimals, unit), _exact(rep.range, 2))
    whole = max(r.range for r in each.reps)
    band = bands.range
    rounded = Band(*(None if e is None else round(e, decimals) for e in (band.low, band.high)))
    yield _gauge(names[0], number, rep.range, band, whole, rounded.words(unit))
    for name, value, band in (
        (names[1], rep.hold, bands.hold),
        (names[2], rep.raising, bands.raising),
        (names[3], rep.lowering, bands.lowering),
    ):
        number = Number(_known(value, 1, " s"), _exact(value, 3))
        lengths = [(r.hold,) if name == names[1] else (r.raising, r.lowering) for r in each.reps]
        longest = max((t for times in lengths for t in times if isfinite(t)), default=0.0)
        yield _gauge(name, number, value, band, longest, band.words(" s"))


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


def pictures(
    exercise: Exercise, summary: Summary, gallery: Gallery, advised: list[Advice]
) -> Iterator[Picture]:
    """The best rep's top, then the worst moment of each fault in the order of the list."""
    if gallery.best is not None and gallery.best_rep is not None:
        is_clean = gallery.best_rep.clean
        what = exercise.counted
        clean = f"A clean {what}{', at its top' if exercise.rep else ''}"
        word = clean if is_clean else f"The {what} with the fewest faults"
        kind = "best" if is_clean else "fewest"
        yield _picture(exercise, gallery.best, None, word, kind, "")
    for each in advised:
        kept = gallery.worst.get(each.name)
        if kept is not None:
            yield _picture(exercise, kept, each, each.title, each.severity, each.details)


def _picture(
    exercise: Exercise, kept: Kept, about: Advice | None, title: str, kind: str, details: str
) -> Picture:
    what = exercise.counted.capitalize()
    rep = f"{what} {kept.rep}" if kept.rep is not None else "An attempt that did not count"
    side = f", {kept.side} side" if kept.side else ""
    where = f"{rep}{side}, at {clock(kept.time)}"
    drawn = jpeg(kept.view, exercise, about.name if about else None)
    ringed = " The joints it shows in are ringed." if about else ""
    return Picture(
        title=title,
        kind=kind,
        number=about.number if about else None,
        caption=f"{where}. {details[:1].upper()}{details[1:]}".strip().rstrip(".") + ".",
        alt=f"{title}: {where}. The body's lines are drawn with the angle at the joint.{ringed}",
        time=_exact(kept.time, 3),
        data=b64encode(drawn).decode("ascii"),
    )


def _exact(value: float, digits: int) -> str:
    return str(round(value, digits)) if isfinite(value) else ""


def _known(value: float, decimals: int, unit: str) -> str:
    return f"{value:.{decimals}f}{unit}" if isfinite(value) else "not seen"
