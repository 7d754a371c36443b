"""A lane follows one side of the body (or both together) through one exercise.

It joins the pieces: reads the measures, runs the rep machine, compares with rest, judges the
faults. A session has one lane, or two where each side is counted for itself.
"""

from collections import deque
from dataclasses import dataclass, field
from math import nan
from statistics import median

from formcheck.body import POINTS, SEEN, Body
from formcheck.events import Event, FaultFound, Partial, Rep, Unjudged
from formcheck.exercise import SEVERITIES, Exercise, Fault, Measure, Side
from formcheck.faults import Judgement, LiveRule, Moment, judge_rep
from formcheck.measures import MeasureReader, Reading, landmarks_of
from formcheck.reps import SPEED_WINDOW, Attempt, RepMachine, Step
from formcheck.timing import Slope

MEMORY = 4.0
"""Seconds of measures kept, to look back from where a rep is noticed to where it began."""
REST_SPAN = 1.0
"""Seconds before a rep in which its rest values are taken."""
SHORT_REST = 0.2
"""The same where the other side had only just stopped moving."""
REST_NEEDED = 0.05
"""Seconds of rest that must have been seen to compare with."""
LOST = 0.5
"""Seconds without sight after which speed is measured afresh."""

Values = list[float]


@dataclass(frozen=True, slots=True)
class _Memory:
    """One time, kept to look back at."""

    body: Body
    reading: Reading
    is_quiet: bool
    """Whether no other side was moving."""


@dataclass(slots=True)
class LaneStep:
    """What one update of a lane brought."""

    events: list[Event] = field(default_factory=list)
    rep: Rep | None = None
    partial: Partial | None = None


class Lane:
    """One side of the body, counted and judged."""

    def __init__(self, exercise: Exercise, reads: Side | None, side: Side | None) -> None:
        """Follow an exercise.

        Args:
            exercise: the definition.
            reads: the side whose landmarks are read; none for both.
            side: the side that the reps are reported for; none where sides are not counted apart.
        """
        self.exercise = exercise
        self.side = side
        self._reads = reads
        self._reader = MeasureReader(exercise, reads)
        self.names = self._reader.names
        self._places = {name: i for i, name in enumerate(self.names)}
        self._main = self._places[exercise.rep.measure]
        self._sign = 1.0 if exercise.rep.direction == "up" else -1.0
        self._slope = Slope(SPEED_WINDOW)
        self.machine = RepMachine(exercise.rep, exercise.hold)
        self._start = [(s.when, self._places[s.when.name]) for s in exercise.start]
        self._rest: list[float] = []
        self._memory: deque[_Memory] = deque()
        self._moments: list[Moment] = []
        self._bodies = 0
        self._visibility: list[float] = []
        self._off = nan
        self.rules = [
            LiveRule(fault, self._places, self._main, self._sign)
            for fault in exercise.faults
            if fault.is_live
        ]
        self._last_known = nan
        self.values: Values = [nan] * len(self.names)
        self.reps = 0

    def update(self, body: Body, is_quiet: bool = True) -> LaneStep:
        """Take in the body at one time; `is_quiet` says that no other side is moving."""
        reading = self._reader.read(body)
        self.values = self._reader.compared(reading, self._rest or [nan] * len(reading.values))
        value = self.values[self._main]
        before = self.machine.phase
        speed = self._speed(body.time, value)
        step = self.machine.update(body.time, value, speed, self._is_ready())
        self._remember(_Memory(body, reading, is_quiet))
        result = LaneStep()
        if step.over is not None:
            self._close(step.over, result)
        if step.began is not None:
            self._open(step.began, result)
        elif self.machine.phase in ("raise", "hold", "lower"):
            self._judge(body, self.values, result)
        self._report(body.time, before, step, result)
        return result

    def finish(self, time: float) -> LaneStep:
        """The recording ends here; what it cut off."""
        result = LaneStep()
        attempt = self.machine.finish(time)
        if attempt is not None:
            self._close(attempt, result)
        return result

    def unmet(self) -> str | None:
        """What to say to someone who is not in the start position; none who is."""
        for start, (condition, place) in zip(self.exercise.start, self._start, strict=True):
            if not condition.holds(self.values[place]):
                return start.cue
        return None

    def new_set(self) -> None:
        """Number the reps from one again."""
        self.reps = 0

    def _speed(self, time: float, value: float) -> float:
        if value != value:
            return nan
        if time - self._last_known > LOST:
            self._slope.reset()
        self._last_known = time
        return self._slope.update(time, value)

    def _is_ready(self) -> bool:
        return all(condition.holds(self.values[place]) for condition, place in self._start)

    def _remember(self, memory: _Memory) -> None:
        self._memory.append(memory)
        while memory.body.time - self._memory[0].body.time > MEMORY:
            self._memory.popleft()

    # --- one attempt -----------------------------------------------------------------------------

    def _open(self, began: float, result: LaneStep) -> None:
        """Begin to judge an attempt, from its first moment on."""
        self._rest = self._rest_values(began)
        self._moments = []
        self._visibility, self._bodies = [0.0] * len(POINTS), 0
        for rule in self.rules:
            rule.reset()
        for memory in list(self._memory):
            if memory.body.time >= began:
                values = self._reader.compared(memory.reading, self._rest)
                self._judge(memory.body, values, result)

    def _rest_values(self, began: float) -> Values:
        """Each raw value's median in the moments of rest before the attempt.

        Where the other side was moving until just now, only the last moments are rest.
        """
        before = [m for m in self._memory if began - REST_SPAN <= m.body.time <= began]
        quiet = [m for m in before if m.is_quiet]
        if _span(quiet) < REST_NEEDED:
            quiet = [m for m in before if m.body.time >= began - SHORT_REST]
        if _span(quiet) < REST_NEEDED:
            return [nan] * len(before[-1].reading.values) if before else []
        columns = zip(*(m.reading.values for m in quiet), strict=True)
        return [_median([v for v in column if v == v]) for column in columns]

    def _judge(self, body: Body, values: Values, result: LaneStep) -> None:
        off = self._off_view(body)
        moment = Moment(
            time=body.time,
            phase=self.machine.phase,
            values=values,
            square=off <= self.exercise.camera.within,
            facing=body.facing > 0,
        )
        self._moments.append(moment)
        self._visibility = [a + b for a, b in zip(self._visibility, body.visibility, strict=True)]
        self._bodies += 1
        self._off = off
        for rule in self.rules:
            if rule.update(moment):
                found = rule.judgement()
                result.events.append(
                    Event(
                        found.start, "fault", rule.fault.name, self.side, None, found.value,
                        rule.fault.cue,
                    )
                )

    def _off_view(self, body: Body) -> float:
        """How far, in degrees, the camera is from the view that the exercise asks for."""
        turn = abs(body.turn)
        return turn if self.exercise.camera.view == "front" else 90.0 - turn

    def _close(self, attempt: Attempt, result: LaneStep) -> None:
        if attempt.counted:
            result.rep = self._rep(attempt)
        else:
            faults = self._live_faults(None) if self._moments else []
            result.partial = Partial(
                side=self.side,
                start=attempt.start,
                end=attempt.end,
                peak=self._told(attempt),
                reason=attempt.cut_off or "did not go far enough to count",
                faults=tuple(faults),
            )
        self._moments = []

    def _rep(self, attempt: Attempt) -> Rep:
        self.reps += 1
        faults, unjudged = self._live_faults(self.reps), []
        for rule in self.rules:
            if not rule.judgement().judged:
                unjudged.append(self._unjudged(rule.fault))
        durations = {
            "raise": attempt.raising, "hold": attempt.hold, "lower": attempt.lowering,
        }
        for fault in self.exercise.faults:
            if fault.is_live:
                continue
            found = judge_rep(fault, self._places, self._moments, durations)
            if not found.judged:
                unjudged.append(self._unjudged(fault))
            elif found.found:
                found.start, found.end = attempt.start, attempt.end
                faults.append(self._fault(fault, found, self.reps))
        faults.sort(key=lambda f: SEVERITIES.index(f.severity))
        spoils = {f.name for f in self.exercise.faults if f.severity != "hint"}
        return Rep(
            number=self.reps,
            side=self.side,
            start=attempt.start,
            peak=attempt.peak,
            end=attempt.end,
            hold=attempt.hold,
            range=attempt.range,
            top=self._told(attempt),
            raising=attempt.raising,
            lowering=attempt.lowering,
            faults=tuple(faults),
            unjudged=tuple(unjudged),
            clean=not spoils & {part.name for part in (*faults, *unjudged)},
        )

    def _told(self, attempt: Attempt) -> float:
        """The top as a number that means something: a direction does so only from rest."""
        if self.exercise.measure(self.exercise.rep.measure).kind == "swing":
            return attempt.range
        return self._sign * attempt.top

    def _live_faults(self, rep: int | None) -> list[FaultFound]:
        found = [(rule.fault, rule.judgement()) for rule in self.rules]
        return [self._fault(fault, judgement, rep) for fault, judgement in found if judgement.found]

    def _fault(self, fault: Fault, found: Judgement, rep: int | None) -> FaultFound:
        return FaultFound(
            name=fault.name,
            severity=fault.severity,
            side=self.side,
            rep=rep,
            start=found.start,
            end=found.end,
            value=found.value,
            limit=fault.when[0].limit,
            cue=fault.cue,
        )

    # --- why not ---------------------------------------------------------------------------------

    def _unjudged(self, fault: Fault) -> Unjudged:
        return Unjudged(fault.name, self._reason(fault))

    def _reason(self, fault: Fault) -> str:
        """Why a rule could not be judged in this rep, in plain words."""
        measures = self._measures_of(fault)
        hidden = self._hidden(measures)
        if hidden:
            return f"cannot see the {' and the '.join(hidden)} well enough"
        if fault.seen != "any":
            if not sum(m.square for m in self._moments) > len(self._moments) / 2:
                return self._view_reason()
            if fault.seen == "facing" and not any(m.facing for m in self._moments):
                return "sees the back, needs the chest towards the camera"
        if any(m.since_rest != "no" for m in measures) and not any(
            moment.values[self._places[m.name]] == moment.values[self._places[m.name]]
            for m in measures
            for moment in self._moments
        ):
            return "did not see the start position before the movement, to compare with"
        return f"there was no {' or '.join(fault.during)} long enough to judge"

    def _view_reason(self) -> str:
        view = self.exercise.camera.view
        if self._off != self._off:
            return "cannot tell from where the camera looks"
        return f"needs a view from the {view}; the camera is about {self._off:.0f} degrees off it"

    def _measures_of(self, fault: Fault) -> list[Measure]:
        names = [c.name for c in fault.when if c.subject != "duration"]
        measures = []
        while names:
            measure = self.exercise.measure(names.pop())
            measures.append(measure)
            names.extend(name for name, _ in measure.terms)
        return measures

    def _hidden(self, measures: list[Measure]) -> list[str]:
        """The landmarks that were not seen, on the side that was seen better."""
        sides: list[Side] = ["left", "right"] if self._reads is None else [self._reads]
        hidden = [
            [name for measure in measures for name in landmarks_of(measure, side)
             if self._bodies and self._visibility[POINTS[name]] / self._bodies < SEEN]
            for side in sides
        ]
        fewest = min(hidden, key=len)
        return [name.replace("_", " ") for name in dict.fromkeys(fewest)]

    # --- telling ---------------------------------------------------------------------------------

    def _report(self, time: float, before: str, step: Step, result: LaneStep) -> None:
        """Add the events of this step that the rules did not."""
        events = result.events
        if step.became == "ready":
            events.append(Event(time, "ready", side=self.side))
        elif step.became == "lost":
            events.append(Event(time, "lost", side=self.side))
        if self.machine.phase != before and self.machine.phase != "away":
            when = time if step.began is None else step.began
            events.append(Event(when, "phase", self.machine.phase, self.side))
        self.add_outcome(result)

    def add_outcome(self, result: LaneStep) -> None:
        """Add the event of a rep or partial that has just been completed."""
        if result.rep is not None:
            rep = result.rep
            result.events.append(Event(rep.end, "rep", "", self.side, rep.number, rep.range))
            result.events.extend(
                Event(f.end, "fault", f.name, self.side, rep.number, f.value, f.cue)
                for f in rep.faults
                if not self.exercise.fault(f.name).is_live
            )
        elif result.partial is not None:
            part = result.partial
            result.events.append(Event(part.end, "partial", part.reason, self.side, None, part.peak))


def _span(memories: list[_Memory]) -> float:
    return memories[-1].body.time - memories[0].body.time if memories else 0.0


def _median(values: Values) -> float:
    return median(values) if values else nan
