"""What the report page shows, in words and numbers, before it becomes HTML.

Everything here is text and numbers; the template decides how it looks. Each number is kept twice:
as it is shown, and as exact as in the result's JSON.
"""

from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from statistics import fmean

from formcheck.events import Counted, FaultFound, Partial, Set, Summary
from formcheck.exercise import Exercise, Severity
from formcheck.picture.close_up import jpeg
from formcheck.report.gallery import Gallery, Kept
from formcheck.report.gauges import Gauge, Number, exact, gauges
from formcheck.results.advice import Advice
from formcheck.wording import (
    clock,
    count,
    lowered,
    raised,
    seconds,
)


@dataclass(frozen=True, slots=True)
class Tile:
    """One of the numbers at a glance."""

    number: str
    label: str
    detail: str


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


def tiles(exercise: Exercise, summary: Summary) -> Iterator[Tile]:
    """The score at a glance."""
    what = f"{exercise.counted}s"
    for number, each in enumerate(summary.sets, 1):
        which = f", {each.side} side" if each.side else ""
        if sum(other.side == each.side for other in summary.sets) > 1:
            which += f", set {number}"
        detail = count(len(each.partials), "attempt") + " did not count" if each.partials else ""
        detail = "; ".join(filter(None, (f"goal {exercise.reps}", detail)))
        yield Tile(f"{len(each.counted)}", f"{what}{which}", detail)
    counted = summary.counted
    if not counted:
        if not summary.sets:
            yield Tile("0", what, f"goal {exercise.reps}")
        return
    clean = sum(done.clean for done in counted)
    yield Tile(f"{clean} of {len(counted)}", f"{what} clean", "no faults, all was visible")
    if exercise.hold.seconds:
        held = fmean([r.hold for r in summary.reps] + [h.seconds for h in summary.holds])
        yield Tile(seconds(held), "average hold", f"aim for {exercise.hold.seconds:g} s")
    if summary.holds:
        good = sum(hold.good for hold in summary.holds)
        whole = sum(hold.seconds for hold in summary.holds)
        yield Tile(f"{good:.0f} s", "in good form", f"of {whole:.0f} s held")


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


def _counted_line(
    exercise: Exercise, done: Counted, each: Set, numbers: Mapping[str, int]
) -> RepLine:
    remarks = ["Clean"] if done.clean else []
    if done.borderline:
        remarks.append(f"borderline: {', '.join(lowered(f.title) for f in done.borderline)}")
    if done.unjudged:
        remarks.append(f"{count(len(done.unjudged), 'check')} skipped")
    return RepLine(
        title=f"{exercise.counted.capitalize()} {done.number}",
        kind="clean" if done.clean else "flawed",
        start=Number(clock(done.start), exact(done.start, 3)),
        end=exact(done.end, 3),
        gauges=tuple(gauges(exercise, done, each)),
        faults=_fault_words(done.faults, numbers),
        remark=", ".join(remarks),
    )


def _partial_line(part: Partial, numbers: Mapping[str, int]) -> RepLine:
    return RepLine(
        title="Not counted",
        kind="partial",
        start=Number(clock(part.start), exact(part.start, 3)),
        end=exact(part.end, 3),
        gauges=(),
        faults=_fault_words(part.faults, numbers),
        remark=raised(part.reason),
    )


def _fault_words(
    faults: tuple[FaultFound, ...], numbers: Mapping[str, int]
) -> tuple[tuple[int, str, Severity], ...]:
    return tuple((numbers[f.name], f.title, f.severity) for f in faults)


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
    for number, each in enumerate(advised, 1):
        kept = gallery.worst.get(each.name)
        if kept is not None:
            picture = _picture(exercise, kept, each, each.title, each.severity, each.details)
            yield replace(picture, number=number)


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
        number=None,
        caption=f"{where}. {details[:1].upper()}{details[1:]}".strip().rstrip(".") + ".",
        alt=f"{title}: {where}. The body's lines are drawn with the angle at the joint.{ringed}",
        time=exact(kept.time, 3),
        data=b64encode(drawn).decode("ascii"),
    )
