"""Faults: live ones while the rep goes on, the others when it is over.

A rule that was not seen for long enough is *not judged*, never good. A fault begins beyond its
limit and is over past its `until`, which may lie nearer to good form: that is hysteresis.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf, nan
from statistics import median
from typing import Self

from formcheck.exercise import Condition, Exercise, Fault, Phase
from formcheck.measuring.exactness import blur, condition_error, raised_limit, steepening
from formcheck.measuring.timing import Dwell, sustained_high, sustained_low

ENOUGH = 0.5
"""Share of the time a rule applies to in which its measures must be seen, to call it judged."""
USUAL_SHARE = 0.5
"""Share of the measuring error by which a value must be beyond its limit to be a sure fault.
For a safety fault it is all of it: an alarm has to be right. The view adds less than that to it.
So it is for the time that a way took, which looks too short much more often than too long."""
LONGEST_STEP = 0.25
"""Seconds for which a moment stands at most, where nothing was seen before it."""


@dataclass(slots=True)
class Moment:
    """What the rules look at, at one time of a rep."""

    time: float
    phase: Phase
    values: Sequence[float]
    """In the order of the exercise's measures; compared with rest where the measure says so."""
    off: float
    """Degrees that the camera is off the view that the exercise asks for; NaN = unknown."""
    facing: bool
    """Whether it sees the person's chest."""
    is_doubtful: bool = False
    """Whether what was found can hardly be a body."""

    @property
    def blur(self) -> float:
        """How many times its usual error a measure may be off, seen from there."""
        return blur(self.off)


@dataclass(frozen=True, slots=True)
class Sharpness:
    """How exactly a rule can be judged."""

    error: float
    """How far the value of its first condition may be off, seen from the view asked for."""
    within: float
    """Degrees that the view may be off."""
    raised: float = 0.0
    """The degrees by which a limb may be raised from the floor; 0 = it is about something else."""

    @classmethod
    def of(cls, exercise: Exercise, fault: Fault) -> Self:
        """That of the rule of a fault."""
        within = exercise.camera.within if fault.within is None else fault.within
        error = condition_error(exercise, fault.first)
        if fault.severity == "safety" or _is_way(fault.first):
            return cls(error, within)
        return cls(USUAL_SHARE * error, within, raised_limit(exercise, fault.first))

    def margin(self, seen: float) -> float:
        """By how much a value must be beyond its limit to be a sure fault.

        From beside the view, angles are read less exactly, and those over the floor look larger.

        Args:
            seen: the `blur` of where the camera looks from.
        """
        return self.error * seen + steepening(self.raised, seen)


def _is_way(condition: Condition) -> bool:
    """Whether it is about how long the way out or back took."""
    return condition.subject == "duration" and condition.name != "hold"


@dataclass(slots=True)
class Judgement:
    """What a rule found in one rep."""

    judged: bool
    found: bool = False
    sure: bool = False
    """Whether the value was beyond the limit by more than its error; or else it is borderline."""
    start: float = nan
    end: float = nan
    value: float = nan


@dataclass(frozen=True, slots=True)
class Lasting:
    """How long a phase lasted, in seconds; NaN = unknown."""

    seconds: float
    at_most: float
    """If noise cut it short."""


def _is_enough(seen: Sequence[tuple[float, bool]]) -> bool:
    """Whether a rule could be applied for enough of the time that matters.

    Args:
        seen: the times that matter, in order, each with whether it could be applied then.
    """
    known = whole = 0.0
    for (before, _), (time, is_known) in pairwise(seen):
        step = min(time - before, LONGEST_STEP)
        whole += step
        known += step if is_known else 0.0
    return known > 0 and known >= ENOUGH * whole


class LiveRule:
    """Judges one live fault through one rep."""

    def __init__(
        self,
        fault: Fault,
        places: dict[str, int],
        rep_place: int,
        sign: float,
        sharpness: Sharpness,
    ) -> None:
        self.fault = fault
        self._first, self._during = fault.first, fault.during
        self._sharpness = sharpness
        self._falls = [i for i, each in enumerate(fault.when) if each.subject == "fall"]
        self._places = [
            rep_place if i in self._falls else places[each.name]
            for i, each in enumerate(fault.when)
        ]
        self._dwells = [(condition, Dwell(condition.lasting)) for condition in fault.when]
        # Of conditions beside the first, only those end a fault that say from when on.
        every = enumerate(fault.when)
        self._ends = [(i, each) for i, each in every if i == 0 or each.until is not None]
        self._sure = Dwell(fault.first.lasting / 2)
        self._sign = sign
        self._is_on = self._is_applied = False
        self.reset()

    def reset(self) -> None:
        """Begin a new rep."""
        self._over()
        self._seen: list[tuple[float, bool]] = []
        self._highest = -inf
        self._worst = nan
        self._found: Judgement = Judgement(judged=False)

    @property
    def active(self) -> bool:
        """Whether the fault is there now, for sure."""
        return self._is_on and self._found.sure

    def update(self, moment: Moment) -> bool:
        """Take in a moment; whether the fault has just become sure for the first time."""
        if moment.phase not in self._during:
            if self._is_applied:
                self._over()
            return False
        self._is_applied = True
        values = [moment.values[place] for place in self._places]
        for i in self._falls:
            values[i] = self._fall(values[i])
        total = sum(values)  # NaN where any of them is
        known = total == total and _is_seen(self.fault, moment, self._sharpness.within)
        self._seen.append((moment.time, known))
        if not known:
            return False
        first, value = self._first, values[0]
        holds = first.holds(value)
        if not holds and not self._is_on and len(values) == 1:  # as it is most of the time
            self._worst = value
            if self._dwells[0][1].since is not None:
                self._wait()
            return False
        clearly = holds and first.holds(value, -self._sharpness.margin(moment.blur))
        is_sure = self._sure.update(moment.time, clearly)
        if not self._is_on:
            self._worst = _worse(first, self._worst, value) if holds else value
            self._begin(moment.time, values)
        if self._is_on:
            self._go_on(moment.time, values)
        was_sure = self._found.sure
        self._found.sure |= self._is_on and is_sure
        return self._found.sure and not was_sure

    def judgement(self) -> Judgement:
        """What was found in this rep."""
        self._found.judged = self._found.found or _is_enough(self._seen)
        return self._found

    def _fall(self, value: float) -> float:
        """How far the rep's measure is below its highest value so far."""
        if value == value:
            self._highest = max(self._highest, self._sign * value)
        return self._highest - self._sign * value

    def _begin(self, time: float, values: list[float]) -> None:
        has_lasted = True
        for (condition, dwell), value in zip(self._dwells, values, strict=True):
            has_lasted &= dwell.update(time, condition.holds(value))
        if not has_lasted:
            return
        self._is_on = True
        if not self._found.found:
            began = max(d.since for _, d in self._dwells if d.since is not None)
            self._found = Judgement(True, True, False, began, time, self._worst)

    def _go_on(self, time: float, values: list[float]) -> None:
        if any(ends.is_over(values[place]) for place, ends in self._ends):
            self._over()
            return
        self._found.end = time
        self._found.value = _worse(self._first, self._found.value, values[0])

    def _over(self) -> None:
        self._is_on = False
        self._is_applied = False
        self._wait()

    def _wait(self) -> None:
        """Begin anew to see whether it lasts."""
        self._sure.reset()
        for _, dwell in self._dwells:
            dwell.reset()


def judge_rep(
    fault: Fault,
    places: dict[str, int],
    moments: Sequence[Moment],
    durations: Mapping[str, Lasting],
    sharpness: Sharpness,
) -> Judgement:
    """Judge, when the rep is over, a fault that needs the whole of it.

    Args:
        fault: a fault that is not live.
        places: where each measure is in a moment's values.
        moments: the whole rep.
        durations: of the phases out, hold and back.
        sharpness: how exactly it can be judged.
    """
    within = sharpness.within
    values = [_rep_subject(fault, c, places, moments, durations, within) for c in fault.when]
    if any(value != value for value in values):
        return Judgement(judged=False)
    if not all(c.holds(value) for c, value in zip(fault.when, values, strict=True)):
        return Judgement(judged=True)
    first, value = fault.first, values[0]
    if first.subject == "duration":
        at_most = durations[first.name].at_most
        sure = first.holds(value, -sharpness.error) and first.holds(at_most)
    else:
        seen = median([moment.blur for moment in moments])
        sure = first.holds(value, -sharpness.margin(seen))
    return Judgement(True, True, sure, moments[0].time, moments[-1].time, value)


def _rep_subject(
    fault: Fault,
    condition: Condition,
    places: dict[str, int],
    moments: Sequence[Moment],
    durations: Mapping[str, Lasting],
    within: float,
) -> float:
    if condition.subject == "duration":
        return durations[condition.name].seconds
    applied = [moment for moment in moments if moment.phase in fault.during]
    return extreme(condition, places, applied, lambda moment: _is_seen(fault, moment, within))


def extreme(
    condition: Condition,
    places: dict[str, int],
    moments: Sequence[Moment],
    is_seen: Callable[[Moment], bool] = lambda moment: True,
) -> float:
    """The peak or trough of a measure over some moments; NaN where too little of it was seen.

    Args:
        condition: its subject is `peak` or `trough`.
        places: where each measure is in a moment's values.
        moments: those that matter.
        is_seen: whether it can be seen from where the camera is at a moment.
    """
    place = places[condition.name]
    seen = [(m.time, m.values[place] == m.values[place] and is_seen(m)) for m in moments]
    if not _is_enough(seen):
        return nan
    known = [m for m, (_, is_known) in zip(moments, seen, strict=True) if is_known]
    find = sustained_high if condition.subject == "peak" else sustained_low
    return find([moment.time for moment in known], [moment.values[place] for moment in known])


def _is_seen(fault: Fault, moment: Moment, within: float) -> bool:
    if fault.seen == "any" and fault.within is None:
        return True
    return moment.off <= within and (fault.seen != "facing" or moment.facing)


def _worse(condition: Condition, a: float, b: float) -> float:
    if a != a:
        return b
    return max(a, b) if condition.above is not None else min(a, b)
