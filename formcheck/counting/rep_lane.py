"""A lane follows one side of the body (or both together) through one exercise.

It joins the pieces: reads the measures, runs the rep machine, compares with rest, has the attempts
judged. A session has one lane, or two where each side is counted for itself.
"""

from dataclasses import replace
from math import inf, nan

from formcheck.counting.attempt import SPEED_WINDOW, Attempt, MachineStep
from formcheck.counting.judge import Judge, Likeness
from formcheck.counting.lane import (
    LaneStep,
    StartPosition,
    Values,
    fault_events,
    partial_event,
    rep_events,
    why_not,
)
from formcheck.counting.lookback import Lead, Memory, Remembered
from formcheck.counting.rep_machine import UNREADY, RepMachine
from formcheck.counting.rules import Lasting
from formcheck.events import Event, FaultFound, Partial, Rep
from formcheck.exercise import MOVING, Exercise, Phase, RepRule, Side
from formcheck.language.sentences import Sentence
from formcheck.measuring.exactness import blur
from formcheck.measuring.kinds import has_places
from formcheck.measuring.reader import MeasureReader
from formcheck.measuring.timing import Dwell, Slope, overlap
from formcheck.measuring.tracker import Body

MOVED_AWAY = Sentence("the body was somewhere else afterwards, as after a step")
LOST = 0.5
"""Seconds without sight after which speed is measured afresh."""


class Lane:
    """One side of the body, counted and judged."""

    def __init__(
        self,
        exercise: Exercise,
        rule: RepRule,
        reads: Side | None,
        side: Side | None,
        room: float,
    ) -> None:
        """Follow an exercise.

        Args:
            exercise: the definition.
            rule: its rule of a rep.
            reads: the side whose landmarks are read; none for both.
            side: the side that the reps are reported for; none where sides are not counted apart.
            room: how many times the measuring error the start position and the hallmarks may be
                missed by.
        """
        self.exercise = exercise
        self.side = side
        self._rule = rule
        self._reader = MeasureReader(exercise, reads)
        self.names = self._reader.names
        self._main = self.names.index(rule.measure)
        self._sign = exercise.sign
        self._start = StartPosition(exercise, room)
        self._slope = Slope(SPEED_WINDOW)
        self._machine = RepMachine(rule, exercise.hold)
        self._lead = Lead.of(exercise, rule, self.names)
        self.judge = Judge(exercise, reads, side, room)
        self._memory = Memory()
        self._rest = self._reader.unknown
        self._began = inf
        """When the attempt that is going on began."""
        self._opened = inf
        """The same as it was believed when it was opened, and `_rest` was taken."""
        self._last: Attempt | None = None
        """The last attempt that is over."""
        self._was_like = False
        """Whether that showed all that makes it this exercise."""
        self._effort = 0.0
        """How far that got, of what it takes to count; 0 where it only went along."""
        self._last_known = nan
        self._left = Dwell(UNREADY)
        self.values: Values = [nan] * len(self.names)
        """The measures now, in the exercise's order; NaN = unknown."""
        self.waiting_for = ""
        """What to do to get into the start position; empty when in it."""
        self.count = 0
        """Reps counted in this set."""

    @property
    def phase(self) -> Phase:
        """Where in a rep the person is."""
        return self._machine.phase

    def effort_since(self, time: float) -> float:
        """How far the person has got since then, of what it takes to count; 0 = has not moved."""
        last = self._last
        before = self._effort if last is not None and last.end > time else 0.0
        return max(before, self._machine.progress)

    @property
    def is_like(self) -> bool:
        """Whether what goes on, or has just ended, shows all that makes it this exercise."""
        return self._was_like if self._began == inf else not self.judge.likeness().missing

    def busy(self, start: float, end: float) -> float:
        """Seconds of that time in which its last attempts went on."""
        spans = [(self._began, inf)]
        if self._last is not None:
            spans.append((self._last.start, self._last.end))
        return sum(max(0.0, overlap((start, end), span)) for span in spans)

    @property
    def began(self) -> float:
        """When the attempt began that is going on, or that has just come to its end."""
        return self._began if self._began < inf or self._last is None else self._last.start

    def held(self, time: float) -> float:
        """Seconds of the hold that is going on at this time; 0 when there is none."""
        return self._machine.clock.held(time) if self.phase == "hold" else 0.0

    def update(self, body: Body, is_quiet: bool = True) -> LaneStep:
        """Take in the body at one time; `is_quiet` says that no other side is moving."""
        reading = self._reader.read(body)
        self.values = self._reader.compared(reading, self._rest)
        value = self.values[self._main]
        blurred = blur(body.off(self.exercise.camera.view))
        readiness = self._start.readiness(self.values, blurred)
        self.waiting_for = readiness.cue
        before = self.phase
        speed = self._speed(body.time, value)
        if self._left.update(body.time, self._start.is_left(self.values, blurred)):
            return self.leave(body.time, LaneStep())
        has_moved = self.phase == "back" and self._memory.has_moved_away(self._began, inf)
        step = self._machine.update(body.time, value, speed, readiness.is_ready, has_moved)
        moment = Remembered(body, reading, self._rest, self.values, is_quiet, self._sign * value)
        self._memory.add(moment, self._began)
        result = LaneStep()
        if step.over is not None:
            self._began = step.over.start if step.reopened else self._began
            self._close(step.over, result)
        if step.began is not None:
            self._open(step.began, result)
        elif self.phase in MOVING:
            self._tell_faults(self.judge.add(body, self.phase, self.values), result)
        self._tell_phase(body.time, before, step, result)
        return result

    def finish(self) -> LaneStep:
        """The recording ends here; what it cut off."""
        result = LaneStep()
        if (attempt := self._machine.finish()) is not None:
            self._close(attempt, result)
        return result

    def begin_anew(self, time: float, why: str = "") -> LaneStep:
        """The person turned round or is in another picture; a rep that was nearly over counts.

        Of another attempt `why` is told, if it is given.
        """
        result = LaneStep()
        attempt = self._machine.ended(why or Sentence("turned round"))
        if attempt is not None and (why or attempt.counted):
            self._close(attempt, result)
        self.leave(time, result)
        self._memory.clear()
        self._slope.reset()
        self._machine.begin_anew()
        return result

    def leave(self, time: float, result: LaneStep) -> LaneStep:
        """The person got up: drop what was going on, and wait for the start."""
        if self._machine.leave():
            self.judge.begin()
            self._began = inf
            result.events.append(Event(time, "lost", side=self.side))
        return result

    def take_back(self, rep: Rep | None) -> None:
        """The last attempt, and its rep, only went along: no other side goes along with it."""
        self.count -= rep is not None
        self._effort = 0.0

    def new_set(self) -> None:
        """Number the reps from one again."""
        self.count = 0

    def _speed(self, time: float, value: float) -> float:
        if value != value:
            return nan
        if time - self._last_known > LOST:
            self._slope.reset()
        self._last_known = time
        return self._slope.update(time, value)

    def _open(self, began: float, result: LaneStep) -> None:
        """Begin an attempt, and judge it from its first moment on."""
        self._began = self._opened = began
        self._rest = self._rest_before(began)
        self.judge.begin()
        for moment in self._memory.between(began, inf):
            values = self._compared(moment, self._rest)
            self._tell_faults(self.judge.add(moment.body, "out", values), result)

    def _judge_anew(self, attempt: Attempt) -> None:
        """Judge an attempt that is over, now that its rest and phases are known: this stands."""
        began = min(self._began, attempt.end)
        rest = self._rest if began == self._opened else self._rest_before(began)
        if attempt.rested_later:
            rest = self._memory.rest_after(attempt.end)
        self.judge.begin()
        for moment in self._memory.between(attempt.start, attempt.end):
            values = self._compared(moment, rest)
            self.judge.add(moment.body, attempt.phase_at(moment.body.time), values)

    def _compared(self, moment: Remembered, rest: Values) -> Values:
        """The measures then, compared with a rest that may have been learned only later."""
        if moment.rest is rest:
            return moment.values
        return self._reader.compared(moment.reading, rest)

    def _rest_before(self, began: float) -> Values:
        return self._memory.rest_before(began, self._rule.attempt, self._reader.unknown)

    def _close(self, measured: Attempt, result: LaneStep) -> None:
        self._last = attempt = self._led(measured)
        self._effort = self._rule.share(attempt.range)
        self._judge_anew(attempt)
        attempt = self._timed(attempt)
        likeness = self._likeness(measured)
        self._was_like = not likeness.missing
        if attempt.counted and not likeness.missing:
            self.count += 1
            result.rep = self._rep(attempt, likeness)
            result.events.extend(rep_events(result.rep, self.exercise))
        else:
            result.partial = self._partial(attempt, likeness.missing if attempt.counted else "")
            result.events.append(partial_event(result.partial))
        self.judge.begin()
        self._began = inf

    def _led(self, attempt: Attempt) -> Attempt:
        """The attempt, begun with what moves first."""
        if self._lead is None:
            return attempt
        since = -inf if self._last is None else self._last.end
        return replace(attempt, start=self._lead.start(self._memory.moments, attempt, since))

    def _timed(self, attempt: Attempt) -> Attempt:
        """The attempt; how long a way took that a hidden limb went is not known."""
        out = nan if self.judge.is_guessed("out") else attempt.out
        back = nan if self.judge.is_guessed("back") else attempt.back
        return replace(attempt, out=out, back=back)

    def _likeness(self, attempt: Attempt) -> Likeness:
        """Whether the movement was this exercise, of somebody who stayed where he was."""
        likeness = self.judge.likeness()
        if self._memory.has_moved_away(attempt.start, attempt.end):
            return replace(likeness, missing=MOVED_AWAY)
        return likeness

    def _partial(self, attempt: Attempt, missing: str) -> Partial:
        """An attempt that does not count; `missing` is what its hallmark says, if that lacks."""
        is_beside_view = self.judge.is_beside_view
        code, reason = why_not(attempt, missing, self.exercise, self._rule, is_beside_view)
        return Partial(
            side=self.side,
            start=attempt.start,
            end=attempt.end,
            peak=self._told(attempt),
            reason=reason,
            faults=() if code in ("not_this", "not_seen") else self.judge.partial(),
            code=code,
        )

    def _rep(self, attempt: Attempt, likeness: Likeness) -> Rep:
        durations = {
            "out": Lasting(attempt.out, attempt.out),
            "hold": Lasting(attempt.hold, attempt.hold_at_most),
            "back": Lasting(attempt.back, attempt.back),
        }
        verdict = self.judge.verdict(durations, attempt.start, attempt.end, self.count)
        return Rep(
            number=self.count,
            side=self.side,
            start=attempt.start,
            peak=attempt.peak,
            end=attempt.end,
            hold=attempt.hold,
            range=attempt.range,
            top=self._told(attempt),
            out=attempt.out,
            back=attempt.back,
            faults=verdict.faults,
            unjudged=verdict.unjudged,
            clean=verdict.clean,
            borderline=verdict.borderline,
            hallmarks_seen=likeness.is_whole,
        )

    def _told(self, attempt: Attempt) -> float:
        """The top as a number that means something: a direction does so only from rest."""
        if has_places(self.exercise.main):
            return self.exercise.sign * attempt.top
        return attempt.range

    # What happened, as events.

    def _tell_faults(self, faults: list[FaultFound], result: LaneStep) -> None:
        result.events.extend(fault_events(faults, self.side, self.count + 1))

    def _tell_phase(self, time: float, before: str, step: MachineStep, result: LaneStep) -> None:
        if step.became:
            result.events.append(Event(time, step.became, side=self.side))
        if self.phase not in (before, "away"):
            when = time if step.began is None else step.began
            result.events.append(Event(when, "phase", self.phase, self.side))
