"""Writes a proposed exercise as a file for a person to go on with: every level with its reason.

`learnt.toml.j2` is that file, with gaps for what was found.
"""

from collections.abc import Iterator, Mapping, Sequence
from statistics import median

from formcheck.exercise import Measure
from formcheck.learning.choosing import Choice, is_upright, off_view, view_of
from formcheck.learning.clips import Clip
from formcheck.learning.proposal import Proposal, SeenNumber, change_of, rushed, too_short
from formcheck.printable import on_one_line
from formcheck.templates.rendering import render
from formcheck.wording import count, plain, spaced

COMMENT_COLUMN = 28
"""Where the comment beside a value begins."""
TOO_SMALL = "too_small"
"""The fault of a rep that is smaller than those that were shown."""


def learnt_text(name: str, clips: Sequence[Clip], proposal: Proposal) -> str:
    """The whole file, in TOML."""
    choice, view = proposal.choice, view_of(clips)
    off = off_view(view, clips)
    measures = _measures(proposal)
    text = render(
        "formcheck.learning",
        "learnt.toml.j2",
        name=name,
        title=plain(name),
        clips=clips,
        p=proposal,
        choice=choice,
        reps=count(len(choice.ranges), "rep"),
        view=view,
        off=off,
        within=max(45, round(off + 15)),
        is_upright=is_upright(clips),
        measures=measures.values(),
        name_width=max(map(len, measures)),
        change=change_of(choice.candidate.measure).name,
        way=way_of(choice),
        beside=_beside_the_reps(choice),
        ranges=_told(proposal.ranges or SeenNumber(choice.ranges), choice.unit),
        phases=list(_phases(proposal)),
        told=_told,
        spaced=spaced,
        plain=plain,
        moved=_moved,
        too_short=too_short,
        too_small=TOO_SMALL,
        printable=on_one_line,
    )
    return "\n".join(map(_aligned, text.split("\n")))


def way_of(choice: Choice) -> str:
    """How the measure goes in a rep, in words; where its places mean nothing, only how far."""
    if not choice.candidate.has_places:
        far = _shown(median(choice.ranges), choice)
        return f"{choice.direction} by {far} from rest"
    return f"from {_shown(choice.rest, choice)} to {_shown(choice.top, choice)}"


def _measures(proposal: Proposal) -> dict[str, tuple[Measure, str]]:
    """All that the file measures, by name, each with what to know of it."""
    main = proposal.choice.candidate
    told = {main.measure.name: (main.measure, main.words)}
    for posture in proposal.posture:
        told.setdefault(posture.measure.name, (posture.measure, posture.words))
    for mark in proposal.marks:
        told.setdefault(mark.measure.name, (mark.measure, mark.choice.candidate.words))
    if proposal.too_small is not None:
        change = change_of(main.measure)
        told[change.name] = change, "from rest"
    return told


def _phases(proposal: Proposal) -> Iterator[Mapping[str, object]]:
    """The ways out and back: how long they took, and below what they are rushed."""
    if proposal.tempo is None:
        return
    ways = ("down", "up") if proposal.comes_down else ("up", "down")
    times = (proposal.tempo.out, proposal.tempo.back)
    for phase, way, seen in zip(("out", "back"), ways, times, strict=True):
        yield {"name": phase, "way": way, "seen": seen, "rushed": rushed(seen)}


def _beside_the_reps(choice: Choice) -> str:
    if choice.other <= 0:
        return "nothing else moved"
    return f"next to the reps, it moved {_shown(choice.other, choice)}"


def _moved(choice: Choice) -> str:
    return _told(SeenNumber(choice.ranges), choice.unit)


def _told(seen: SeenNumber, unit: str) -> str:
    """A median and how far the values usually are from it."""
    digits = 0 if unit == "degrees" else 2
    number = f"{round(seen.middle, digits) + 0.0:.{digits}f} {unit}"  # no -0
    if len(seen.values) == 1:
        return f"{number}, once"
    return f"{number} ± {seen.spread:.{max(1, digits)}f}"


def _shown(value: float, choice: Choice) -> str:
    return f"{value:.0f} degrees" if choice.unit == "degrees" else f"{value:.2f} {choice.unit}"


def _aligned(line: str) -> str:
    """The line with its comment, if `##` sets one off, in the column for it."""
    code, mark, comment = line.partition("  ## ")
    if not mark or line.startswith("#"):
        return line
    return f"{code:{COMMENT_COLUMN}}  # {comment}"
