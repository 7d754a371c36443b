"""What an overview tells of a clip, and of all clips of a person and an exercise."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from formcheck.events import Summary, titled
from formcheck.exercise import Exercise, Severity
from formcheck.results.advice import advice


@dataclass(frozen=True, slots=True)
class MainFault:
    """What to work on first in a clip."""

    name: str
    severity: Severity
    count: int
    """In how many reps, holds or attempts."""
    cue: str
    title: str = ""
    """What a person reads: `Hold too short`."""

    def __post_init__(self) -> None:
        """Let the name be the title, if none is given."""
        object.__setattr__(self, "title", self.title or titled(self.name))


@dataclass(frozen=True, slots=True)
class ClipRow:
    """One exercise in one clip, or what kept the clip from being checked."""

    clip: str
    """The clip's path within the folder that was checked."""
    person: str = ""
    """Who exercises; empty where that is not known."""
    exercise: str = ""
    """Its title; empty where it was not recognised."""
    counted: int = 0
    clean: int = 0
    partials: int = 0
    seconds: float = 0.0
    """Held in all; of a timed exercise."""
    fault: MainFault | None = None
    picture: bytes = b""
    """A JPEG of the main fault; empty where there is none."""
    unjudged: tuple[str, ...] = ()
    """The rules that were not judged, by name."""
    remark: str = ""
    """What else to say of it: why it was not checked."""
    report: str = ""
    """The address of its report, relative to the overview; empty where there is none."""


@dataclass(frozen=True, slots=True)
class Total:
    """All that a person did of an exercise."""

    person: str
    exercise: str
    clips: int
    counted: int
    clean: int
    faults: tuple[tuple[str, int], ...]
    """The main faults with the number of clips that they lead, the most frequent first."""


def clip_row(clip: str, person: str, exercise: Exercise, summary: Summary, report: str) -> ClipRow:
    """The row of an exercise that was found in a clip."""
    return ClipRow(
        clip=clip,
        person=person,
        exercise=exercise.title,
        counted=len(summary.counted),
        clean=sum(done.clean for done in summary.counted),
        partials=len(summary.partials),
        seconds=sum(each.hold for each in summary.holds),
        fault=main_fault(exercise, summary),
        unjudged=tuple(dict.fromkeys(each.title for each in summary.unjudged)),
        report=report,
    )


def main_fault(exercise: Exercise, summary: Summary) -> MainFault | None:
    """What the report tells to work on first; none if there is nothing."""
    for first in advice(exercise, summary):
        return MainFault(first.name, first.severity, first.number, first.cue, first.title)
    return None


def totals(rows: Sequence[ClipRow]) -> list[Total]:
    """What each person did of each exercise, in order of person and exercise."""
    groups: dict[tuple[str, str], list[ClipRow]] = defaultdict(list)
    for row in rows:
        if row.exercise:
            groups[row.person, row.exercise].append(row)
    return [_total(*key, groups[key]) for key in sorted(groups)]


def _total(person: str, exercise: str, rows: Sequence[ClipRow]) -> Total:
    leading = Counter(row.fault.title for row in rows if row.fault)
    return Total(
        person=person,
        exercise=exercise,
        clips=len(rows),
        counted=sum(row.counted for row in rows),
        clean=sum(row.clean for row in rows),
        faults=tuple(leading.most_common()),
    )
