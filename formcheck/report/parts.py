"""What the report page shows, in words and numbers, before it becomes HTML.

Everything here is text and numbers; the template decides how it looks. Each number is kept twice:
as it is shown, and as exact as in the result's JSON.
"""

from base64 import b64encode
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from statistics import fmean

from formcheck.events import Counted, FaultFound, Partial, Set, Summary
from formcheck.exercise import Exercise, Severity, Side
from formcheck.language.sentences import Sentence
from formcheck.language.tongue import tr, trn
from formcheck.report.gallery import Album, Chosen
from formcheck.report.gauges import Gauge, Number, exact, gauges
from formcheck.results.advice import Advice
from formcheck.wording import ON_SIDE, clock, lowered_titles, raised, seconds


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
    """A picture of the album."""

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
    what = _either(exercise, Sentence("reps"), Sentence("holds"))
    goal = tr("goal {reps}", reps=exercise.reps)
    if not summary.sets:
        yield Tile("0", what, goal)
    sides = Counter(each.side for each in summary.sets)
    for number, each in enumerate(summary.sets, 1):
        which = tr(", set {number}", number=number) if sides[each.side] > 1 else ""
        label = f"{what}{_on_side(each.side)}{which}"
        yield Tile(f"{len(each.counted)}", label, _with_partials(goal, len(each.partials)))
    if summary.counted:
        yield from _quality(exercise, summary)


def _with_partials(goal: str, number: int) -> str:
    """The goal of a set, and how many attempts did not count if there were any."""
    if not number:
        return goal
    told = trn("{number} attempt did not count", "{number} attempts did not count", number)
    return f"{goal}; {told}"


def _quality(exercise: Exercise, summary: Summary) -> Iterator[Tile]:
    """How good was what counted."""
    counted = summary.counted
    clean = sum(done.clean for done in counted)
    share = tr("{some} of {all}", some=clean, all=len(counted))
    label = _either(exercise, Sentence("reps clean"), Sentence("holds clean"))
    yield Tile(share, label, tr("no faults, all was visible"))
    if exercise.hold.seconds:
        held = fmean(each.hold for each in counted)
        aim = tr("aim for {seconds:g} s", seconds=exercise.hold.seconds)
        yield Tile(seconds(held), tr("average hold"), aim)
    if summary.holds:
        good = sum(hold.good for hold in summary.holds)
        whole = sum(hold.hold for hold in summary.holds)
        yield Tile(f"{good:.0f} s", tr("in good form"), tr("of {whole:.0f} s held", whole=whole))


def _either(exercise: Exercise, of_reps: Sentence, of_holds: Sentence) -> str:
    """What to say of an exercise in which reps are counted, or of one that is held."""
    return tr(of_holds if exercise.is_timed else of_reps)


def _on_side(side: Side | None) -> str:
    return f", {tr(ON_SIDE[side])}" if side else ""


def sets(exercise: Exercise, summary: Summary, numbers: Mapping[str, int]) -> Iterator[SetPart]:
    """Each set with its reps and partials in order of time."""
    for number, each in enumerate(summary.sets, 1):
        title = _either(exercise, Sentence("Reps"), Sentence("Holds"))
        if len(summary.sets) > 1:
            title = tr("Set {number}", number=number)
        lines = [(done.end, _counted_line(exercise, done, each, numbers)) for done in each.counted]
        lines += [(partial.end, _partial_line(partial, numbers)) for partial in each.partials]
        lines.sort(key=lambda line: line[0])
        yield SetPart(title + _on_side(each.side), tuple(line for _, line in lines))


def _counted_line(
    exercise: Exercise, done: Counted, each: Set, numbers: Mapping[str, int]
) -> RepLine:
    remarks = [tr("Clean")] if done.clean else []
    if done.borderline:
        faults = ", ".join(lowered_titles(done.borderline))
        remarks.append(tr("borderline: {faults}", faults=faults))
    if done.unjudged:
        skipped = trn("{number} check skipped", "{number} checks skipped", len(done.unjudged))
        remarks.append(skipped)
    return RepLine(
        title=_numbered(exercise, done.number),
        kind="clean" if done.clean else "flawed",
        start=Number(clock(done.start), exact(done.start, 3)),
        end=exact(done.end, 3),
        gauges=tuple(gauges(exercise, done, each)),
        faults=_fault_words(done.faults, numbers),
        remark=", ".join(remarks),
    )


def _numbered(exercise: Exercise, number: int) -> str:
    if exercise.is_timed:
        return tr("Hold {number}", number=number)
    return tr("Rep {number}", number=number)


def _partial_line(part: Partial, numbers: Mapping[str, int]) -> RepLine:
    return RepLine(
        title=tr("Not counted"),
        kind="partial",
        start=Number(clock(part.start), exact(part.start, 3)),
        end=exact(part.end, 3),
        gauges=(),
        faults=_fault_words(part.faults, numbers),
        remark=raised(tr(part.reason)),
    )


def _fault_words(
    faults: tuple[FaultFound, ...], numbers: Mapping[str, int]
) -> tuple[tuple[int, str, Severity], ...]:
    return tuple((numbers[f.name], tr(f.title), f.severity) for f in faults)


def pictures(
    exercise: Exercise, summary: Summary, album: Album, advised: list[Advice]
) -> Iterator[Picture]:
    """The best rep's top, then the worst moment of each fault in the order of the list."""
    if album.best is not None and album.best_rep is not None:
        if album.best_rep.clean:
            words, kind = (Sentence("A clean rep, at its top"), Sentence("A clean hold")), "best"
        else:
            rep = Sentence("The rep with the fewest faults")
            words, kind = (rep, Sentence("The hold with the fewest faults")), "fewest"
        yield _picture(exercise, album.best, None, _either(exercise, *words), kind, "")
    for number, each in enumerate(advised, 1):
        chosen = album.worst.get(each.name)
        if chosen is not None:
            picture = _picture(exercise, chosen, each, each.title, each.severity, each.details)
            yield replace(picture, number=number)


def _picture(
    exercise: Exercise, chosen: Chosen, about: Advice | None, title: str, kind: str, details: str
) -> Picture:
    rep = tr("An attempt that did not count")
    if chosen.rep is not None:
        rep = _numbered(exercise, chosen.rep)
    where = rep + _on_side(chosen.side) + tr(", at {time}", time=clock(chosen.time))
    lines = tr("The body's lines are drawn with the angle at the joint.")
    ringed = tr("The joints it shows in are ringed.") if about else ""
    return Picture(
        title=title,
        kind=kind,
        number=None,
        caption=f"{where}. {details[:1].upper()}{details[1:]}".strip().rstrip(".") + ".",
        alt=f"{title}: {where}. {lines} {ringed}".rstrip(),
        time=exact(chosen.time, 3),
        data=b64encode(chosen.jpeg).decode("ascii"),
    )
