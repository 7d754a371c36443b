"""A session: one person doing one exercise, once. `update` with each pose, then `finish`.

The same object judges a camera and a recording; it knows no clock, no file and no picture.
"""

from collections import Counter

from formcheck.body import Body, BodyTracker
from formcheck.events import Event, Partial, Rep, Set, Snapshot, Summary, Unjudged
from formcheck.exercise import Exercise, Side
from formcheck.lane import Lane, LaneStep
from formcheck.pose import Pose

SET_PAUSE = 30.0
"""Seconds without an attempt after which the next rep begins a new set."""


class Session:
    """Counts and judges one exercise.

    >>> session = Session(exercise)                # doctest: +SKIP
    >>> for pose in poses:                         # doctest: +SKIP
    ...     for event in session.update(pose).events:
    ...         print(event)
    >>> session.finish()                           # doctest: +SKIP
    """

    def __init__(self, exercise: Exercise, side: Side | None = None) -> None:
        """Begin.

        Args:
            exercise: what the person is going to do.
            side: the only side to watch. None: both, or, where each side is counted for itself,
                whichever moves.
        """
        self.exercise = exercise
        self._tracker = BodyTracker()
        self._lanes = _lanes(exercise, side)
        self._sets: list[_OpenSet] = []
        self._leading = self._lanes[0]
        self._way_round: tuple[float, float] | None = None
        self._unmet: Counter[str] = Counter()

    def update(self, pose: Pose) -> Snapshot:
        """Take in the next pose and say everything known now. Poses come in order of time."""
        body = self._tracker.update(pose)
        events: list[Event] = []
        completed: list[Rep] = []
        if self._has_turned(body):
            for lane in self._lanes:
                events.extend(lane.leave(body.time).events)
        for lane in self._lanes:
            self._open_set(lane, body.time)
            others = (each.machine.phase for each in self._lanes if each is not lane)
            step = lane.update(body, is_quiet=all(phase in ("away", "rest") for phase in others))
            self._keep(lane, step)
            events.extend(step.events)
            completed += [step.rep] if step.rep is not None else []
            if lane.machine.phase not in ("away", "rest"):
                self._leading = lane
        if pose.is_present and self._leading.machine.phase == "away":
            self._unmet[self._leading.waiting_for] += 1
        return self._snapshot(body.time, events, completed)

    def _has_turned(self, body: Body) -> bool:
        """Whether the person now lies or stands the other way round than at the last pose.

        That is told by where the head lies and, from the front only, by the chest: from the side
        chest and back are not told apart well.
        """
        before = self._way_round
        is_front = self.exercise.camera.view == "front"
        self._way_round = body.heading, body.facing if is_front else 0.0
        return before is not None and before != self._way_round

    @property
    def finished_sets(self) -> tuple[Set, ...]:
        """The sets that are over, in the order in which they began; nothing changes in them."""
        return tuple(each.close() for each in self._sets if each.is_over)

    def finish(self) -> Summary:
        """End the session. A rep that the end cut off is told as a partial."""
        ending: list[Event] = []
        for lane in self._lanes:
            step = lane.finish()
            self._keep(lane, step)
            ending.extend(step.events)
        sets = sorted((s.close() for s in self._sets), key=lambda s: s.start)
        return Summary(
            exercise=self.exercise.name,
            sets=tuple(sets),
            unjudged=self._unjudged(sets),
            notes=tuple(self._notes(sets)),
            ending=tuple(ending),
        )

    def _open_set(self, lane: Lane, time: float) -> None:
        """Number from one again after a long pause."""
        current = self._set_of(lane)
        is_still = lane.machine.phase in ("away", "rest")
        if current and is_still and time - current.end > SET_PAUSE:
            lane.new_set()
            current.is_over = True

    def _set_of(self, lane: Lane) -> "_OpenSet | None":
        for open_set in reversed(self._sets):
            if open_set.side == lane.side:
                return open_set
        return None

    def _keep(self, lane: Lane, step: LaneStep) -> None:
        if step.rep is None and step.partial is None:
            return
        current = self._set_of(lane)
        if current is None or current.is_over:
            current = _OpenSet(lane.side)
            self._sets.append(current)
        if step.rep is not None:
            current.reps.append(step.rep)
            current.end = step.rep.end
        if step.partial is not None:
            current.partials.append(step.partial)
            current.end = step.partial.end

    def _snapshot(self, time: float, events: list[Event], completed: list[Rep]) -> Snapshot:
        lane = self._leading
        phase = lane.machine.phase
        values: dict[str, float] = {}
        for each in self._lanes:
            names = each.names if each.side is None else [f"{each.side}.{n}" for n in each.names]
            values.update(zip(names, each.values, strict=True))
        return Snapshot(
            time=time,
            phase=phase,
            side=lane.side,
            reps=lane.reps,
            held=lane.machine.clock.held(time) if phase == "hold" else 0.0,
            faults=lane.judge.active,
            events=tuple(events),
            completed=tuple(completed),
            waiting_for=lane.waiting_for if phase == "away" else "",
            values=values,
        )

    def _unjudged(self, sets: list[Set]) -> tuple[Unjudged, ...]:
        reps = [rep for each in sets for rep in each.reps]
        if not reps:
            return tuple(Unjudged(f.name, "no rep was counted") for f in self.exercise.faults)
        where: dict[str, list[Unjudged]] = {}
        for rep in reps:
            for unjudged in rep.unjudged:
                where.setdefault(unjudged.name, []).append(unjudged)
        return tuple(
            Unjudged(fault.name, _share(where[fault.name], len(reps)))
            for fault in self.exercise.faults
            if fault.name in where
        )

    def _notes(self, sets: list[Set]) -> list[str]:
        reps = Counter(rep.side for each in sets for rep in each.reps)
        notes = []
        if not reps and self._unmet:
            cue, _ = self._unmet.most_common(1)[0]
            never = "The start position was never seen." if not sets else "No rep was counted."
            notes.append(f"{never} {cue}".strip())
        if self.exercise.sides == "each" and reps and len(self._lanes) == 2:
            left, right = reps["left"], reps["right"]
            if abs(left - right) > 2:
                notes.append(f"Left {left}, right {right}: now turn to the other side.")
        return notes


class _OpenSet:
    """A set that is still going on."""

    def __init__(self, side: Side | None) -> None:
        self.side = side
        self.reps: list[Rep] = []
        self.partials: list[Partial] = []
        self.end = 0.0
        self.is_over = False

    def close(self) -> Set:
        return Set(self.side, tuple(self.reps), tuple(self.partials))


def _lanes(exercise: Exercise, side: Side | None) -> list[Lane]:
    if exercise.sides == "both":
        return [Lane(exercise, reads=side, side=None)]
    sides: list[Side] = ["left", "right"] if side is None else [side]
    return [Lane(exercise, reads=each, side=each) for each in sides]


def _share(unjudged: list[Unjudged], reps: int) -> str:
    """The reason, and in how many of the reps."""
    reason = unjudged[0].reason
    return reason if len(unjudged) == reps else f"{reason} (in {len(unjudged)} of {reps} reps)"
