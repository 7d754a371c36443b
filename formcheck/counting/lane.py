"""What lanes have in common: the start position, what an update brings, and how that is told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import nan
from statistics import median

from formcheck.counting.attempt import Attempt
from formcheck.events import Event, FaultFound, Hold, Partial, PartialCode, Rep
from formcheck.exercise import Exercise, RepRule, Side
from formcheck.language.sentences import Sentence
from formcheck.measuring.exactness import condition_error, floor_tilt, room_for_tilt
from formcheck.measuring.kinds import depends_on_view, measure_unit
from formcheck.measuring.reader import Reading
from formcheck.wording import shortfall

BROKEN_OFF = Sentence("turned back half-way without a hold")
SMALL_BESIDE_VIEW = {
    "side": Sentence("{why}, but not seen from the side"),
    "front": Sentence("{why}, but not seen from the front"),
}
"""Why an attempt was not counted that went less far than it takes, or looked so."""
NOT_IN_SIGHT = "Move so that your whole body is in the picture."


Values = list[float]


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether somebody is in the start position."""

    is_ready: bool | None
    """None where a part of the body that decides is hidden."""
    cue: str
    """What to say to someone who is not in it; nothing to one who is."""


READY, HIDDEN = Readiness(True, ""), Readiness(None, NOT_IN_SIGHT)


class StartPosition:
    """An exercise's conditions for beginning, over its measures in their order."""

    def __init__(self, exercise: Exercise, room: float) -> None:
        """Take the conditions, with so many times the measuring error as room beyond them."""
        places = {measure.name: i for i, measure in enumerate(exercise.measures)}
        self._starts = [
            (
                start,
                places[start.when.name],
                room * condition_error(exercise, start.when),
                room_for_tilt(exercise, start.when),
                Readiness(False, start.cue),
            )
            for start in exercise.start
        ]
        self._leaving = [each for each in self._starts if each[0].slack is not None]

    def is_seen(self, values: Sequence[float]) -> bool:
        """Whether all that it asks about is known."""
        return all(values[place] == values[place] for _, place, *_ in self._starts)

    def readiness(self, values: Sequence[float], blur: float) -> Readiness:
        """Whether somebody is in it; the first condition that is not met tells.

        Args:
            values: of the exercise's measures.
            blur: how many times their usual error they may be off.
        """
        tilted = floor_tilt(blur)
        for start, place, room, tilt, unmet in self._starts:
            if values[place] != values[place]:
                return HIDDEN
            if not start.when.holds(values[place], blur * room + min(tilt, tilted)):
                return unmet
        return READY

    def is_left(self, values: Sequence[float], blur: float) -> bool:
        """Whether a condition is missed by more than its slack, and what the view adds to that."""
        more, tilted = blur - 1, floor_tilt(blur)
        return any(
            start.is_left(values[place], more * room + min(tilt, tilted))
            for start, place, room, tilt, _ in self._leaving
        )


@dataclass(slots=True)
class LaneStep:
    """What one update of a lane brought."""

    events: list[Event] = field(default_factory=list)
    rep: Rep | None = None
    hold: Hold | None = None
    partial: Partial | None = None


def partial_event(part: Partial) -> Event:
    """A partial as an event, dated when it was over."""
    return Event(part.end, "partial", part.reason, part.side, value=part.peak, code=part.code)


def why_not(
    attempt: Attempt, missing: str, exercise: Exercise, rule: RepRule, is_beside_view: bool
) -> tuple[PartialCode, str]:
    """Why an attempt does not count: what is `missing`, if anything is, or how far it went.

    Seen from beside the view, it may have gone further.
    """
    if missing:
        return "not_this", missing
    if attempt.cut_off:
        return "cut_off", attempt.cut_off
    why = _shortfall(attempt, exercise, rule)
    if is_beside_view and depends_on_view(exercise, exercise.main):
        return "not_seen", Sentence(SMALL_BESIDE_VIEW[exercise.camera.view], why=why)
    return "too_small", why


def _shortfall(attempt: Attempt, exercise: Exercise, rule: RepRule) -> str:
    """How far an attempt went, and how far it would have had to go to count."""
    unit = measure_unit(exercise, exercise.main)
    needed, reaches = rule.needed(exercise.sign * attempt.rest), rule.reaches
    is_there = reaches is None or attempt.top >= exercise.sign * reaches
    if rule.without_hold and attempt.range >= needed and is_there:
        return BROKEN_OFF
    if attempt.range < needed or reaches is None:
        return shortfall(attempt.range, needed, unit)
    return shortfall(exercise.sign * attempt.top, reaches, unit, is_down=exercise.sign < 0)


def fault_events(
    faults: Iterable[FaultFound], side: Side | None, number: int, at_end: bool = False
) -> list[Event]:
    """Faults as events, dated when they began or, where only then they are known, at the end."""
    return [
        Event(f.end if at_end else f.start, "fault", f.name, side, number, f.value, f.cue)
        for f in faults
    ]


def rep_events(rep: Rep, exercise: Exercise) -> list[Event]:
    """A rep as an event, and those of its faults that are known only now."""
    late = [fault for fault in rep.faults if not exercise.fault(fault.name).is_live]
    return [
        Event(rep.end, "rep", "", rep.side, rep.number, rep.range),
        *fault_events(late, rep.side, rep.number, at_end=True),
    ]


def median_values(readings: Iterable[Reading]) -> Values:
    """Each raw value's median over some readings; NaN where it is known in none."""
    columns = zip(*(reading.values for reading in readings), strict=True)
    return [_median([value for value in column if value == value]) for column in columns]


def _median(values: Values) -> float:
    return median(values) if values else nan
