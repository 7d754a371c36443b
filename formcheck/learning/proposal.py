"""What an exercise could look like whose reps are those of some clips: levels with room.

Nothing is fitted. A level lies between what the reps do and what is no rep, at a share of the way
that leaves room for other people, other days and the error of landmarks.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from statistics import median

from formcheck.events import Rep
from formcheck.exercise import HoldRule, Measure, RepRule, Side
from formcheck.learning.candidates import CANDIDATES, Candidate
from formcheck.learning.choosing import Choice
from formcheck.learning.clips import Clip
from formcheck.learning.peaks import spread

DIFFERENCE = 1.4
"""A range is the difference of two readings: its error is so many times that of one."""
CLEARLY_BENT = 150.0
"""Degrees of a joint: below it is called bent, above straight."""
WELL_BENT = 120.0
"""Degrees that a bent joint of the start position may always have: it need not be bent sharply."""
JOINT_ROOM = 30.0
"""Degrees that a joint of the start position may be off what was seen."""
TILT_ROOM = 35.0
"""The same for the trunk, whose tilt also changes with the camera's."""
TILT_SLACK = 20.0
"""Degrees beyond the limits of the start position at which somebody has got up, or lain down."""
FASTER = 0.6
"""Share of the usual time below which a way out or back is called rushed."""
SHORTEST_TOLD = 0.3
"""Seconds; shorter times are too near to what smoothing leaves to be judged."""
HELD = 0.5
"""Seconds of holding still below which the reps are taken to have no hold."""
HOLD_SHARE = 0.9
"""Share of the hold to aim at that is enough."""
ENOUGH = 0.8
"""Share of the usual range below which a rep is called too small."""
MARK = 4.5
"""How many times its error another measure must move to be a hallmark of the exercise."""
MARK_SHARE = 1 / 3
"""Share of its way that it must show."""
SHORTEST = 0.8
"""Seconds of the shortest rep, as long as nothing else is said."""


@dataclass(frozen=True, slots=True)
class SeenNumber:
    """A number as it was seen in the reps, where it was."""

    values: tuple[float, ...]
    """At least one, but for times: the beginning of the only rep may not have been seen."""

    @property
    def middle(self) -> float:
        """The median."""
        return median(self.values)

    @property
    def spread(self) -> float:
        """The median distance from the median."""
        return spread(self.values)


@dataclass(frozen=True, slots=True)
class Posture:
    """A condition of the start position."""

    measure: Measure
    words: str
    seen: SeenNumber
    above: float | None
    below: float | None
    cue: str
    slack: float | None = None


@dataclass(frozen=True, slots=True)
class ProposedHallmark:
    """Another measure that must move for a rep to be of this exercise."""

    choice: Choice
    measure: Measure
    level: float


@dataclass(frozen=True, slots=True)
class Tempo:
    """How long the phases of the reps lasted, in seconds."""

    out: SeenNumber
    holding: SeenNumber
    back: SeenNumber


@dataclass(frozen=True, slots=True)
class Proposal:
    """All that is proposed, for the file to be written from."""

    choice: Choice
    rule: RepRule
    hold: HoldRule
    posture: tuple[Posture, ...] = ()
    marks: tuple[ProposedHallmark, ...] = ()
    tempo: Tempo | None = None
    too_small: float | None = None
    """Range below which a rep is called too small."""
    ranges: SeenNumber | None = None
    """Of the reps, as the engine measures them."""
    comes_down: bool = False
    """Whether the body goes down on the way out, as in a squat."""
    others: tuple[Choice, ...] = field(default=())
    """Other measures that count the same reps, the best first."""


def as_written(value: float, choice: Choice) -> float:
    """A level as a person would write it."""
    return round(value, 2 if choice.unit != "degrees" else 0 if abs(value) >= 5 else 1)


def rule_of(choice: Choice) -> RepRule:
    """What counts: half of the usual range, less the error of landmarks, but at least a third.

    More than the largest movement that is no rep, and less than the smallest that is one. Where
    places mean something, a rep must also reach what is hardly more than half of that from rest.
    """
    usual, least = median(choice.ranges), min(choice.ranges)
    counts = usual / 2 - min(DIFFERENCE * choice.error, usual / 6)
    counts = min(max(counts, 1.25 * choice.other), 0.75 * least + 0.25 * choice.other)
    counts = as_written(counts, choice)
    reaches = None
    if choice.candidate.has_places:
        lenient = counts - min(choice.error, usual / 8)
        reaches = as_written(choice.rest + choice.sign * lenient, choice)
    return RepRule(
        measure=choice.candidate.measure.name,
        direction=choice.direction,
        attempt=as_written(0.6 * counts, choice),
        counts=counts,
        reaches=reaches,
        shortest=SHORTEST / 2,
    )


def hold_of(choice: Choice) -> HoldRule:
    """How near to the top, and how slowly, holding still is."""
    within = as_written(max(0.15 * median(choice.ranges), 0.5 * choice.error), choice)
    return HoldRule(seconds=0.0, within=within, slower_than=2 * within)


def marks_of(choice: Choice, ranked: Iterable[Choice]) -> tuple[ProposedHallmark, ...]:
    """The clearest other measure that moves far in every rep: a joint or the trunk."""
    for other in ranked:
        candidate = other.candidate
        same = candidate is choice.candidate or other.sides != choice.sides
        is_plain = candidate.has_places and candidate.plain >= 1.0
        if same or min(other.ranges) < MARK * other.error:
            continue
        way = other.sign * MARK_SHARE * median(other.ranges)
        if is_plain:
            return (
                ProposedHallmark(other, candidate.measure, as_written(other.rest + way, other)),
            )
        if candidate.is_of_trunk:
            return (ProposedHallmark(other, change_of(candidate.measure), as_written(way, other)),)
    return ()


def change_of(measure: Measure) -> Measure:
    """The measure as its change since rest."""
    return replace(measure, name=f"{measure.name}_change", since_rest="change")


def tempo_of(reps: Sequence[Rep]) -> Tempo:
    """How long the phases of these reps lasted."""
    return Tempo(
        out=_known(rep.out for rep in reps),
        holding=_known(rep.hold for rep in reps),
        back=_known(rep.back for rep in reps),
    )


def _known(values: Iterable[float]) -> SeenNumber:
    return SeenNumber(tuple(value for value in values if value == value))


def held(tempo: Tempo) -> float:
    """The hold to aim at, in seconds: what is usual, down to the half second; 0 for none."""
    usual = tempo.holding.middle
    return 0.0 if usual < HELD else max(HELD, int(2 * usual) / 2)


def too_short(tempo: Tempo) -> float:
    """The hold below which it is called too short."""
    seen = tempo.holding
    return _below(min(HOLD_SHARE * held(tempo), seen.middle - 2 * seen.spread), seen)


def rushed(seen: SeenNumber) -> float | None:
    """The time below which a phase is called rushed; none where it cannot be told."""
    if not seen.values:
        return None
    limit = _below(min(FASTER * seen.middle, seen.middle - 3 * seen.spread), seen)
    return limit if limit >= SHORTEST_TOLD else None


def _below(limit: float, seen: SeenNumber) -> float:
    """A time that none of the reps that were shown is below."""
    return int(10 * min(limit, 0.9 * min(seen.values)) + 0.001) / 10


def too_small(choice: Choice, rule: RepRule, seen: SeenNumber) -> float | None:
    """The range below which a rep is called too small; none if hardly any such rep counts.

    Args:
        choice: the measure.
        rule: what counts.
        seen: the ranges of the reps that were shown, none of which is too small.
    """
    limit = min(ENOUGH * seen.middle, seen.middle - 2 * seen.spread, 0.9 * min(seen.values))
    return as_written(limit, choice) if limit > 1.1 * rule.counts else None


SeenStart = tuple[Clip, Side | None, float]
"""Where a rep began: in which clip, on which side, and when."""


def posture_of(choice: Choice, starts: Sequence[SeenStart], upright: bool) -> tuple[Posture, ...]:
    """The start position: how the trunk lies, and which joints are bent or straight."""
    by_name = {each.measure.name: each for each in CANDIDATES}
    wanted = [by_name["hip_angle"], by_name["knee_angle"]]
    if "elbow" in choice.candidate.measure.landmarks:
        wanted.append(by_name["elbow_angle"])
    found = [_trunk(choice, starts, upright)]
    for joint in wanted:
        seen = _at_starts(joint.measure, starts)
        if len(seen.values) >= 0.8 * len(starts):
            found.append(_joint(joint, seen, choice))
    return tuple(each for each in found if each is not None)


def _at_starts(measure: Measure, starts: Sequence[SeenStart]) -> SeenNumber:
    values: list[float] = []
    known: dict[tuple[str, Side | None], list[float]] = {}
    for clip, side, time in starts:
        key = clip.name, side
        if key not in known:
            known[key] = clip.courses([measure], side)[measure.name]
        values += clip.around(known[key], [time])
    return SeenNumber(tuple(values))


def _trunk(choice: Choice, starts: Sequence[SeenStart], upright: bool) -> Posture | None:
    measure = Measure("trunk_tilt", "tilt", ("mid_hip", "mid_shoulder"))
    seen = _at_starts(measure, starts)
    if not seen.values:
        return None
    moves = choice.candidate.measure.kind in ("tilt", "lean") or upright
    cue = "Stand or sit upright." if upright else "Lie down as you do to begin."
    middle = 90.0 if upright else seen.middle
    return Posture(
        measure,
        "0 = lying flat, 90 = upright",
        seen,
        above=round(middle - TILT_ROOM),
        below=round(middle + TILT_ROOM),
        cue=cue,
        slack=None if moves else TILT_SLACK,
    )


def _joint(joint: Candidate, seen: SeenNumber, choice: Choice) -> Posture:
    part = {"hip_angle": "hips", "knee_angle": "knees", "elbow_angle": "elbows"}[joint.measure.name]
    room = JOINT_ROOM
    if joint is choice.candidate:
        room = min(room, median(choice.ranges) / 2)
    if seen.middle > CLEARLY_BENT:
        level = min(seen.middle - room, CLEARLY_BENT)
        return Posture(
            joint.measure, joint.words, seen, round(level), None, f"Straighten your {part}."
        )
    level = seen.middle + room
    if joint is not choice.candidate:
        level = max(level, WELL_BENT)
    return Posture(joint.measure, joint.words, seen, None, round(level), f"Bend your {part} more.")
