"""A lane that follows one side of the body (or both together) through a timed exercise.

What `Lane` does for reps, this does for holds. What is compared with rest is compared here with the
first moments of the hold.
"""

from collections import deque
from math import nan

from formcheck.counting.hold_machine import TAKEN, HoldMachine, HoldStep, Spell
from formcheck.counting.judge import Judge
from formcheck.counting.lane import (
    LaneStep,
    StartPosition,
    fault_events,
    median_values,
    partial_event,
)
from formcheck.counting.rules import Lasting
from formcheck.counting.trimming import BESIDE, trimmed
from formcheck.events import Event, FaultFound, Hold, Partial
from formcheck.exercise import Exercise, Phase, Side, spoils
from formcheck.measuring.exactness import blur, measuring_error
from formcheck.measuring.reader import MeasureReader, Reading
from formcheck.measuring.timing import Span, overlap
from formcheck.measuring.tracker import Body
from formcheck.wording import shortfall

REFERENCE = 1.0
"""Seconds at the beginning of a hold with which the rest of it is compared."""


class HoldLane:
    """One side of the body, its holds timed and judged."""

    def __init__(
        self, exercise: Exercise, reads: Side | None, side: Side | None, room: float
    ) -> None:
        """Follow a timed exercise; the sides and the room are as in `Lane`."""
        self.exercise = exercise
        self.side = side
        self._reader = MeasureReader(exercise, reads)
        self.names = self._reader.names
        self._start = StartPosition(exercise, room=0.0)
        self._nearly = StartPosition(exercise, room)
        self._machine = HoldMachine()
        self.judge = Judge(exercise, reads, side, room)
        self._first: list[Reading] = []
        self._reference = self._reader.unknown
        self._main = self.names.index(exercise.main.name)
        self._course: deque[tuple[float, float]] = deque()
        """The main measure over time, from a little before the hold that is going on."""
        self._spoilt: list[Span] = []
        """From when to when a fault above a hint was there."""
        self._last = 0.0
        self.values = [nan] * len(self.names)
        """The measures now, in the exercise's order; NaN = unknown."""
        self.waiting_for = ""
        """What to do to get into the position; empty when in it."""
        self.count = 0
        """Holds counted in this set."""

    @property
    def phase(self) -> Phase:
        """Away, or hold."""
        return self._machine.phase

    def held(self, time: float) -> float:
        """Seconds of the hold that is going on at this time; 0 when there is none."""
        return self._machine.held(time)

    def update(self, body: Body, is_quiet: bool = True) -> LaneStep:
        """Take in the body at one time; it does not matter here whether another side moves."""
        reading = self._reader.read(body)
        self.values = self._reader.compared(reading, self._reference)
        blurred = blur(body.off(self.exercise.camera.view))
        readiness = self._start.readiness(self.values, blurred)
        self.waiting_for = readiness.cue
        is_taken = readiness.is_ready if self._start.is_seen(self.values) else None
        is_nearly = (
            None if is_taken is None else self._nearly.readiness(self.values, blurred).is_ready
        )
        is_left = self._start.is_left(self.values, blurred)
        self._remember(body.time)
        step = self._machine.update(body.time, is_taken, is_nearly, is_left)
        result = LaneStep()
        if step.over is not None:
            self._close(step.over, result)
        if step.began is not None:
            self._open(step.began)
        if self.phase == "hold":
            self._judge(body, reading, result)
        self._tell_phase(body.time, step, result)
        return result

    def finish(self) -> LaneStep:
        """The recording ends here; what was held until now."""
        return self._closed(self._machine.finish())

    def begin_anew(self, time: float, why: str = "") -> LaneStep:
        """The person turned round, or is in another picture: the hold is over."""
        result = self._closed(self._machine.leave(why))
        if result.hold or result.partial:
            result.events.append(Event(time, "lost", side=self.side))
        return result

    def new_set(self) -> None:
        """Number the holds from one again."""
        self.count = 0

    def _remember(self, time: float) -> None:
        self._course.append((time, self.values[self._main]))
        while self.phase == "away" and time - self._course[0][0] > TAKEN + BESIDE:
            self._course.popleft()

    def _open(self, began: float) -> None:
        self.judge.begin()
        self._first, self._reference = [], self._reader.unknown
        self._spoilt, self._last = [], began

    def _judge(self, body: Body, reading: Reading, result: LaneStep) -> None:
        if self._machine.is_leaving:  # somebody getting up looks like many faults
            self._last = body.time
            return
        if self._machine.held(body.time) <= REFERENCE:
            self._first.append(reading)
            self._reference = median_values(self._first)
        found = self.judge.add(body, "hold", self.values)
        result.events.extend(fault_events(found, self.side, self.count + 1))
        if self.judge.is_spoilt:
            # A fault is believed late and dated early: the time until then was not good either.
            since = min([self._last, *[each.start for each in self._spoiling(found)]])
            until = self._spoilt[-1][1] if self._spoilt else since
            self._spoilt.append((max(since, until), body.time))
        self._last = body.time

    def _spoilt_within(self, spell: Spell) -> float:
        held = spell.start, spell.end
        return sum(max(0.0, overlap(held, spoilt)) for spoilt in self._spoilt)

    def _spoiling(self, found: list[FaultFound]) -> list[FaultFound]:
        return [fault for fault in found if spoils(fault.severity)]

    def _closed(self, spell: Spell | None) -> LaneStep:
        result = LaneStep()
        if spell is not None:
            self._close(spell, result)
        return result

    def _close(self, spell: Spell, result: LaneStep) -> None:
        counts = self.exercise.hold.counts
        error = measuring_error(self.exercise, self.exercise.main)
        spell = trimmed(spell, self._course, error)
        self.judge.narrow(spell.start, spell.end)
        if spell.seconds >= counts:
            self._count(spell, result)
        else:
            result.partial = Partial(
                side=self.side,
                start=spell.start,
                end=spell.end,
                peak=spell.seconds,
                reason=spell.ending or shortfall(spell.seconds, counts, "s"),
                faults=self.judge.partial(),
                code="cut_off" if spell.ending else "too_short",
            )
            result.events.append(partial_event(result.partial))
        self.judge.begin()

    def _count(self, spell: Spell, result: LaneStep) -> None:
        self.count += 1
        durations = {"hold": Lasting(spell.seconds, spell.seconds)}
        verdict = self.judge.verdict(durations, spell.start, spell.end, self.count)
        result.hold = Hold(
            number=self.count,
            side=self.side,
            start=spell.start,
            end=spell.end,
            hold=spell.seconds,
            good=max(0.0, spell.seconds - self._spoilt_within(spell)),
            faults=verdict.faults,
            unjudged=verdict.unjudged,
            clean=verdict.clean,
            borderline=verdict.borderline,
        )
        result.events.append(
            Event(spell.end, "hold", spell.ending, self.side, self.count, spell.seconds)
        )
        late = [f for f in verdict.faults if not self.exercise.fault(f.name).is_live]
        result.events.extend(fault_events(late, self.side, self.count, at_end=True))

    def _tell_phase(self, time: float, step: HoldStep, result: LaneStep) -> None:
        if step.became:
            result.events.append(Event(time, step.became, side=self.side))
        if step.began is not None:
            result.events.append(Event(step.began, "phase", "hold", self.side))
