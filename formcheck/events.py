"""What comes out of a session: events as they happen, reps, sets and the summary.

Plain frozen records, so that a line of JSON, a row of a table and a `match` statement all work.
Times are seconds on the clock of the poses.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import nan
from typing import TYPE_CHECKING, Any, Literal

from formcheck.exercise import Measure, Phase, Severity, Side
from formcheck.fields import REP_COLUMNS, Row, counted_rows, summary_dict

if TYPE_CHECKING:
    from pandas import DataFrame

PartialCode = Literal["too_small", "too_short", "not_seen", "not_this", "cut_off"]
"""Why an attempt did not count: it did not go far enough, was not held for long enough, could not
be seen to go far enough from where the camera stood, lacked a hallmark of the exercise, or was cut
off by the recording or for want of sight."""
EventKind = Literal["ready", "lost", "phase", "rep", "hold", "partial", "fault"]


def titled(name: str) -> str:
    """A name as a title: `hold_too_short` is `Hold too short`."""
    return name.replace("_", " ").capitalize()


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, dated when it began, not when it was believed."""

    time: float
    kind: EventKind
    name: str = ""
    """The phase entered, the fault found, or why sight was lost."""
    side: Side | None = None
    number: int | None = None
    """The number of the rep or hold within its set."""
    value: float | None = None
    cue: str = ""
    code: PartialCode | None = None
    """Of a partial: why it did not count. `name` says it in words."""


@dataclass(frozen=True, slots=True)
class FaultFound:
    """A fault in one rep or hold, from the moment it began to the moment it was over."""

    name: str
    severity: Severity
    side: Side | None
    rep: int | None
    """The number of the rep or hold within its set; none in an attempt that did not count."""
    start: float
    end: float
    value: float
    """The worst value seen."""
    limit: float
    cue: str
    title: str = ""
    """What a person reads: `Hold too short`."""
    unit: str = ""
    """Of the value and the limit: degrees, torsos, s."""

    def __post_init__(self) -> None:
        """Let the name be the title, if none is given."""
        object.__setattr__(self, "title", self.title or titled(self.name))


@dataclass(frozen=True, slots=True)
class Unjudged:
    """A rule that could not be judged, and why."""

    name: str
    reason: str
    title: str = ""
    """What a person reads: `Hold too short`."""

    def __post_init__(self) -> None:
        """Let the name be the title, if none is given."""
        object.__setattr__(self, "title", self.title or titled(self.name))


@dataclass(frozen=True, slots=True)
class Rep:
    """One full round: rest, out, hold, back, rest."""

    number: int
    side: Side | None
    start: float
    peak: float
    """The middle of the time at the top."""
    end: float
    hold: float
    """Seconds held still at the top."""
    range: float
    """Range of motion: how far the rep's measure went from rest."""
    top: float
    """The rep's measure at the top."""
    out: float
    """Seconds from the start to the top."""
    back: float
    """Seconds from the top to the end."""
    faults: tuple[FaultFound, ...] = ()
    unjudged: tuple[Unjudged, ...] = ()
    clean: bool = True
    """No fault above a hint, and every rule above a hint was judged."""
    borderline: tuple[FaultFound, ...] = ()
    """Beyond their limits by less than what the measure may be off: they spoil nothing."""
    hallmarks_seen: bool = True
    """Whether all that tells it from other exercises was seen; what was not is not asked for."""


@dataclass(frozen=True, slots=True)
class Hold:
    """One hold of a timed exercise, from taking the position to leaving it."""

    number: int
    side: Side | None
    start: float
    end: float
    hold: float
    """Seconds held."""
    good: float
    """Seconds of it without a fault above a hint."""
    faults: tuple[FaultFound, ...] = ()
    unjudged: tuple[Unjudged, ...] = ()
    clean: bool = True
    """No fault above a hint, and every rule above a hint was judged."""
    borderline: tuple[FaultFound, ...] = ()
    """Beyond their limits by less than what the measure may be off: they spoil nothing."""


Counted = Rep | Hold
"""What counts: reps, or in a timed exercise holds."""


@dataclass(frozen=True, slots=True)
class Partial:
    """An attempt that turned back before it counted, or that the recording cut off."""

    side: Side | None
    start: float
    end: float
    peak: float
    """The rep's measure at its farthest; of a timed exercise, the seconds held."""
    reason: str
    """Why it did not count, in words."""
    faults: tuple[FaultFound, ...] = ()
    code: PartialCode | None = None
    """The same for programs; none in a history, which keeps only the words."""


@dataclass(frozen=True, slots=True)
class Set:
    """Reps, or holds, of one side between two rests."""

    side: Side | None
    reps: tuple[Rep, ...]
    partials: tuple[Partial, ...]
    holds: tuple[Hold, ...] = ()
    """Only of a timed exercise, which has no reps."""

    @property
    def counted(self) -> "tuple[Rep, ...] | tuple[Hold, ...]":
        """What counted: the reps, or the holds of a timed exercise."""
        return self.holds or self.reps

    @property
    def start(self) -> float:
        """When the first attempt of the set began."""
        return min(each.start for each in self._attempts)

    @property
    def end(self) -> float:
        """When the last attempt of the set was over."""
        return max(each.end for each in self._attempts)

    @property
    def _attempts(self) -> "tuple[Rep | Hold | Partial, ...]":
        return (*self.counted, *self.partials)


BESIDE_VALUES = ("time_s", "phase", "side", "reps")
"""What a table of measures says of each moment besides, so that no measure may be called so."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything known at one time."""

    time: float
    phase: Phase
    """Of the side that is moving, or the side that moved last."""
    side: Side | None
    reps: int
    """Counted so far in this set, on that side; in a timed exercise, the holds."""
    held: float
    """Seconds of the hold that is going on; 0 when there is none."""
    faults: tuple[str, ...]
    """Active now."""
    events: tuple[Event, ...]
    completed: tuple[Rep, ...] = ()
    """Reps that have just been completed, with their verdicts."""
    ended: tuple[Hold, ...] = ()
    """Holds that have just ended, with their verdicts."""
    waiting_for: str = ""
    """What to do to get into the start position, for someone who is not in it."""
    values: Mapping[str, float] = field(default_factory=dict)
    """Every measure by name (by `side.name` where each side is counted); NaN = unknown."""
    finished: tuple[Set, ...] = ()
    """Sets that a long pause has just ended; those that go on to the end are in the summary."""
    torso: float = nan
    """Length of the torso, in image heights; NaN = unknown."""
    off_view: float = nan
    """Degrees that the camera is off the view that the exercise asks for; NaN = unknown."""
    is_doubtful: bool = False
    """Whether what was found can hardly be a body, so that its form is not judged."""

    @property
    def counted(self) -> "tuple[Rep, ...] | tuple[Hold, ...]":
        """What has just been counted: reps, or holds of a timed exercise."""
        return self.ended or self.completed


@dataclass(frozen=True, slots=True)
class Summary:
    """A whole session."""

    exercise: str
    sets: tuple[Set, ...]
    unjudged: tuple[Unjudged, ...]
    """Rules that were not judged in at least one rep, or at all."""
    notes: tuple[str, ...] = ()
    """What else the user should know, in plain words."""
    ending: tuple[Event, ...] = ()
    """What the end of the session brought, after the last snapshot."""
    range_unit: str = "degrees"
    """Of the reps' range of motion: degrees or torsos."""

    @property
    def reps(self) -> tuple[Rep, ...]:
        """All reps, in the order in which they ended."""
        return tuple(sorted((r for s in self.sets for r in s.reps), key=lambda rep: rep.end))

    @property
    def holds(self) -> tuple[Hold, ...]:
        """All holds of a timed exercise, in the order in which they ended."""
        return tuple(sorted((h for s in self.sets for h in s.holds), key=lambda hold: hold.end))

    @property
    def counted(self) -> tuple[Rep, ...] | tuple[Hold, ...]:
        """What counted: the reps, or the holds of a timed exercise."""
        return self.holds or self.reps

    @property
    def partials(self) -> tuple[Partial, ...]:
        """All partials, in the order in which they ended."""
        return tuple(sorted((p for s in self.sets for p in s.partials), key=lambda p: p.end))

    @property
    def faults(self) -> tuple[FaultFound, ...]:
        """All faults, in order of time."""
        found = [f for each in self.counted for f in each.faults]
        found += [f for part in self.partials for f in part.faults]
        return tuple(sorted(found, key=lambda fault: fault.start))

    def to_dict(self) -> dict[str, Any]:
        """All of it as plain data, with the names and the roundings of the JSON."""
        return summary_dict(self)

    def to_frame(self) -> "DataFrame":
        """A pandas table with a row for each rep or hold, named as in the CSV; it needs pandas."""
        from pandas import DataFrame

        numbers: Counter[Side | None] = Counter()
        rows: list[Row] = []
        for each in self.sets:
            numbers[each.side] += 1
            number = numbers[each.side]
            rows += counted_rows(each, self.range_unit, exercise=self.exercise, set=number)
        return DataFrame(rows, columns=list(REP_COLUMNS)).drop(columns="source")


def value_of(snapshot: Snapshot, measure: Measure) -> float:
    """The measure's value now, on the side that is moving; NaN = unknown."""
    own = snapshot.values.get(f"{snapshot.side}.{measure.name}")
    return own if own is not None else snapshot.values.get(measure.name, nan)
