"""The definition of an exercise, as loaded from its file or built in code.

Nothing here looks at a pose. `definition` makes these from TOML and says them back in words,
`measuring` and `counting` carry them out. Angles are in degrees, times in seconds, lengths in
torsos (the distance from the middle of the shoulders to the middle of the hips).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import inf
from typing import Literal

from formcheck.language.sentences import Sentence

Side = Literal["left", "right"]
View = Literal["side", "front"]
Kind = Literal[
    "angle", "bend", "tilt", "lean", "swing", "rise", "ahead",
    "offset", "distance", "along", "sideways", "turn", "chest", "sum", "mean",
]  # fmt: skip
SinceRest = Literal["no", "change", "ratio"]
Phase = Literal["away", "rest", "out", "hold", "back"]
"""Out is the way from rest to the top, whatever its direction, and back the way to rest again. In
most exercises these are the concentric and the eccentric part; where the body goes down first, as
in a squat, it is the other way round."""
MOVING: tuple[Phase, ...] = ("out", "hold", "back")
"""The phases of a rep; in the others nothing is being done."""
Subject = Literal["measure", "fall", "peak", "trough", "duration"]
Severity = Literal["safety", "fault", "hint"]
Seen = Literal["any", "square", "facing"]

SEVERITIES: tuple[Severity, ...] = ("safety", "fault", "hint")
"""Most urgent first. A rep with a safety fault or a fault is not clean; a hint only coaches."""


def spoils(severity: Severity) -> bool:
    """Whether a fault of this severity keeps a rep or hold from being clean."""
    return severity != "hint"


HALF = 0.5
"""Share of the whole way that is a rep where the way is short."""
HELD = 1 / 3
"""Share of the hold to aim at from which somebody has held at all."""

LIVE_SUBJECTS: tuple[Subject, ...] = ("measure", "fall")
"""Known at every moment; the others only when the rep is over."""


@dataclass(frozen=True, slots=True)
class Camera:
    """Where the camera should stand."""

    view: View
    place: str
    """One sentence for the user."""
    within: float = 45.0
    """How far, in degrees, the view may be off before the rules that need it are not judged."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A named number that can be seen in a pose. `measuring.kinds` says what each kind means."""

    name: str
    kind: Kind
    landmarks: tuple[str, ...] = ()
    terms: tuple[tuple[str, float], ...] = ()
    """Only for `sum` and `mean`: the measures it is made of, each with its factor."""
    since_rest: SinceRest = "no"
    """Whether the value is compared with what it was at rest, just before the rep began."""
    minus: float = 0.0
    """Taken away from the value: the place from which it is measured."""
    unsigned: bool = False
    """Whether only the size of the value matters, not its direction."""
    says: str = ""
    """What a person calls it, as `hip angle`, or how a value of it is said, as `trunk lifted
    {value}`; where it is empty, its kind says it."""


@dataclass(frozen=True, slots=True)
class Condition:
    """A subject, and the limits (thresholds) it must be beyond: above, below or between."""

    subject: Subject
    name: str
    """The measure; for `duration`, the phase."""
    above: float | None = None
    below: float | None = None
    lasting: float = 0.0
    """Seconds it must hold without a break to be believed."""
    until: float | None = None
    """The level at which what has begun is over; where it no longer holds, if none is given."""

    @property
    def limit(self) -> float:
        """The one number to show beside a value."""
        return self.above if self.above is not None else self.below or 0.0

    def holds(self, value: float, room: float = 0.0) -> bool:
        """Whether the value is beyond the limits, or within `room` of them. Never for NaN."""
        if self.above is not None and not value > self.above - room:
            return False
        return self.below is None or value < self.below + room

    def is_missed(self, value: float, by: float) -> bool:
        """Whether the value is beyond the limits by more than so much. Never for NaN."""
        is_under = self.above is not None and value < self.above - by
        return is_under or (self.below is not None and value > self.below + by)

    def is_over(self, value: float) -> bool:
        """Whether what has begun is over: past `until`, or no longer beyond the limits."""
        if self.until is None:
            return not self.holds(value)
        return value < self.until if self.above is not None else value > self.until


@dataclass(frozen=True, slots=True)
class Start:
    """A condition of the start position, and what to say to someone who is not in it."""

    when: Condition
    cue: str
    slack: float | None = None
    """How far beyond the limits the person may be in the middle of a rep; further is no rep but
    somebody getting up. Without it, anything goes once a rep has begun."""

    def is_left(self, value: float, room: float = 0.0) -> bool:
        """Whether the value is beyond the limits, the slack and some room. Never for NaN."""
        return self.slack is not None and self.when.is_missed(value, self.slack + room)


@dataclass(frozen=True, slots=True)
class RepRule:
    """What a rep is: one measure that leaves its rest level, and comes back."""

    measure: str
    direction: Literal["up", "down"]
    """Whether the measure grows or shrinks on the way out."""
    attempt: float
    """How far from rest an attempt begins; one that does not count is a partial."""
    counts: float
    """How far from rest a rep counts."""
    reaches: float | None = None
    """A level the measure must also pass for the rep to count, if any."""
    full: float | None = None
    """Where the way ends, if it has an end: of somebody who rests so near to it that there is
    little way to go, half of that counts."""
    without_hold: float | None = None
    """Share of the way to `full` that counts without a hold, if that is asked for: who turns back
    sooner has broken off."""
    shortest: float = 0.8
    """Seconds from edge to edge; an attempt that is over sooner is noise. It is a movement of about
    a second, the shortest that form guides admit for slow exercises."""
    begins_with: str | None = None
    """A measure that grows before the other moves, if there is one: with it the rep begins."""
    hangs: bool = False
    """Whether it is how high a limb is that hangs straight down at rest, and so rises late."""
    ways: tuple[str, str] = (Sentence("up"), Sentence("down"))
    """What a report calls the way out and the way back: a squat goes down first."""

    def share(self, rise: float) -> float:
        """How much a rise from rest is of what it takes to count; 1 or more counts."""
        return rise / self.counts if self.counts else inf

    def needed(self, rest: float, is_held: bool = True) -> float:
        """How far from rest a rep of somebody who rests at this value counts."""
        if self.full is None:
            return self.counts
        way = abs(self.full - rest)
        least = min(self.counts, max(self.attempt, HALF * way))
        return least if is_held else max(least, (self.without_hold or 0.0) * way)


@dataclass(frozen=True, slots=True)
class HoldRule:
    """When somebody is holding still: at the top of a rep, or throughout a timed exercise."""

    seconds: float
    """The hold to aim at."""
    within: float = 0.0
    """How far the measure may be from the rep's highest value."""
    slower_than: float = 0.0
    """How fast, per second, the measure may change."""
    counts: float = 0.0
    """Only in a timed exercise: the shortest hold, in seconds, that counts."""

    def is_held(self, seconds: float) -> bool:
        """Whether this was a hold, if a short one."""
        return seconds >= HELD * self.seconds


@dataclass(frozen=True, slots=True)
class Hallmark:
    """What a movement must show to be this exercise and no other."""

    when: Condition
    """Over the whole rep: `peak` or `trough`."""
    otherwise: str
    """Why a movement without it is not counted."""
    must_be_seen: bool = False
    """Whether it is missing, too, where too little was seen of it to tell."""


@dataclass(frozen=True, slots=True)
class Fault:
    """A named, correctable departure from good form."""

    name: str
    severity: Severity
    during: tuple[Phase, ...]
    when: tuple[Condition, ...]
    """All of them must hold."""
    cue: str
    why: str
    seen: Seen = "square"
    """From where the rule can be judged: anywhere; square on to the plane of the movement, that is
    from the exercise's view or straight opposite; or only with the chest towards the camera."""
    within: float | None = None
    """Degrees that the view may be off for this rule; as far as the camera's, where it is None."""
    also_called: tuple[str, ...] = ()
    """Other words under which labels name it."""
    title: str = ""
    """What a person reads: `Hold too short`."""
    family: str = ""
    """Faults of one family are one mistake, of which only the worst is told for a rep."""

    @property
    def first(self) -> Condition:
        """The condition whose limit and value are told."""
        return self.when[0]

    @property
    def is_live(self) -> bool:
        """Whether the rule can be judged while the rep goes on, not only when it is over."""
        return all(condition.subject in LIVE_SUBJECTS for condition in self.when)


@dataclass(frozen=True, slots=True)
class Exercise:
    """One exercise, complete."""

    name: str
    title: str
    summary: str
    camera: Camera
    sides: Literal["both", "each"]
    """`both`: the two sides move together. `each`: each side is counted for itself."""
    reps: int
    """The reps to aim at, in a set (on each side); of a timed exercise, the holds."""
    measures: tuple[Measure, ...]
    start: tuple[Start, ...]
    rep: RepRule | None
    """None in a timed exercise: there the start position itself is held."""
    hold: HoldRule
    faults: tuple[Fault, ...]
    """Most important first within a severity."""
    hallmarks: tuple[Hallmark, ...] = ()
    not_seen: tuple[str, ...] = ()
    """What no camera can judge in this exercise, for an honest report."""
    also_called: tuple[str, ...] = ()
    """Other names under which people look for it."""
    variant_of: str = ""
    """The exercise from which it differs so little that it may not be told from it."""
    caution: str = ""
    """Why a routine leaves it out unless it says otherwise; empty where there is no reason."""
    translations: Mapping[str, Mapping[str, str]] = field(
        default_factory=dict, compare=False, repr=False
    )
    """Its texts in other languages: by the language's code, and then by the English."""
    called_in: Mapping[str, tuple[str, ...]] = field(
        default_factory=dict, compare=False, repr=False
    )
    """Its other names in other languages, by the language's code."""

    @property
    def is_timed(self) -> bool:
        """Whether a position is held for a time, and no reps are counted."""
        return self.rep is None

    @property
    def counted(self) -> Literal["rep", "hold"]:
        """What is counted."""
        return "hold" if self.is_timed else "rep"

    @property
    def main(self) -> Measure:
        """The measure to show: that of the rep, or of the first condition of the start position."""
        return self.measure(self.rep.measure if self.rep else self.start[0].when.name)

    @property
    def sign(self) -> float:
        """+1 where the main measure grows on the way out, -1 where it shrinks."""
        return -1.0 if self.rep and self.rep.direction == "down" else 1.0

    def measure(self, name: str) -> Measure:
        """The measure of that name; KeyError if there is none."""
        return {measure.name: measure for measure in self.measures}[name]

    def made_of(self, names: Iterable[str]) -> list[Measure]:
        """The measures of those names, and all that those are made of."""
        found = [self.measure(name) for name in names]
        terms = [name for measure in found for name, _ in measure.terms]
        return [*found, *self.made_of(terms)] if terms else found

    def fault(self, name: str) -> Fault:
        """The fault of that name; KeyError if there is none."""
        return {fault.name: fault for fault in self.faults}[name]


def shown_measure(exercise: Exercise) -> Measure:
    """The rep's measure or, easier to understand, the same one as a change since rest."""
    counted = exercise.main
    if exercise.is_timed:  # there the change is only a drift, and near 0 in any good hold
        return counted
    for measure in exercise.measures:
        is_same = (measure.kind, measure.landmarks) == (counted.kind, counted.landmarks)
        if is_same and measure.since_rest == "change":
            return measure
    return counted
