"""A session: one person doing one exercise, once. `update` with each pose, then `finish`.

The same object judges a camera and a recording; it knows no clock, no file and no picture.
"""

from collections import Counter
from dataclasses import replace
from math import nan

from formcheck.counting.hold_lane import HoldLane
from formcheck.counting.lane import LaneStep
from formcheck.counting.remarks import Remarks
from formcheck.counting.rep_lane import Lane
from formcheck.events import Hold, Partial, Rep, Set, Snapshot, Summary, Unjudged
from formcheck.exercise import MOVING, Exercise, Side
from formcheck.language.sentences import Sentence
from formcheck.measuring.kinds import measure_unit, needs_front
from formcheck.measuring.timing import overlap
from formcheck.measuring.tracker import Body, BodyTracker
from formcheck.pose import Pose

SET_PAUSE = 30.0
"""Seconds without an attempt after which the next rep begins a new set."""
TIMED_SET_PAUSE = 120.0
"""The same for timed exercises, between whose holds people rest for longer."""

MOSTLY = 0.5
"""Share of the time of a rep in which another side moved, from which on it may only go along."""

CUT = Sentence("I lost sight of you in the middle of it")
"""Why an attempt did not count in which the video, or the body found, went on elsewhere."""
NO_REP, NO_HOLD = Sentence("no rep was counted"), Sentence("no hold was counted")
"""Why no rule was judged at all."""

AnyLane = Lane | HoldLane


class Session:
    """Counts and judges one exercise.

    >>> session = Session(exercise)                # doctest: +SKIP
    >>> for pose in poses:                         # doctest: +SKIP
    ...     for event in session.update(pose).events:
    ...         print(event)
    >>> session.finish()                           # doctest: +SKIP
    """

    def __init__(self, exercise: Exercise, side: Side | None = None, room: float = 0.3) -> None:
        """Begin.

        Args:
            exercise: what the person is going to do.
            side: the only side to watch. None: both, or, where each side is counted for itself,
                whichever moves.
            room: how many times the measuring error the start position and the hallmarks of a rep
                may be missed by. None (0) where they are to tell one exercise from another.
        """
        self.exercise = exercise
        self._tracker = BodyTracker()
        self._lanes = _lanes(exercise, side, room)
        self._names = [
            [name if lane.side is None else f"{lane.side}.{name}" for name in lane.names]
            for lane in self._lanes
        ]
        self._sets: list[_OpenSet] = []
        self._leading = self._lanes[0]
        self._uses_front = any(map(needs_front, exercise.measures))
        self._way_round: list[float] = [nan, nan, nan]
        self._remarks = Remarks(exercise)

    def update(self, pose: Pose) -> Snapshot:
        """Take in the next pose and say everything known now. Poses come in order of time."""
        return self.follow(self._tracker.update(pose), pose.is_present)

    def follow(self, body: Body, is_present: bool = True) -> Snapshot:
        """As `update`, with a body that is being tracked elsewhere; whether anybody was found."""
        self._remarks.add(body, is_present)
        steps: list[LaneStep] = []
        finished: list[Set] = []
        has_turned = self._has_turned(body)
        if has_turned or body.is_new:
            for lane in self._lanes:
                step = lane.begin_anew(body.time, CUT if body.is_new else "")
                steps.append(self._taken(lane, step))
        moving = [lane for lane in self._lanes if lane.phase in MOVING]
        for lane in self._lanes:
            finished += self._finished_set(lane, body.time)
            step = lane.update(body, is_quiet=all([each is lane for each in moving]))
            if step.events:  # whatever a lane brings is an event, too
                steps.append(self._taken(lane, step))
            if lane.phase in MOVING:
                self._leading = lane
        is_away = is_present and self._leading.phase == "away"
        is_ready = any([lane.phase != "away" for lane in self._lanes])
        self._remarks.add_position(is_ready, self._leading.waiting_for if is_away else "")
        return self._snapshot(body, steps, finished)

    def _taken(self, lane: AnyLane, step: LaneStep) -> LaneStep:
        """What is believed of what a lane brought; it is kept."""
        step = self._believed(lane, step)
        self._keep(lane, step)
        return step

    def _believed(self, lane: AnyLane, step: LaneStep) -> LaneStep:
        """What a lane brought; nothing where another side is doing more, and it only goes along.

        Then it is not exercising, and can neither succeed nor fail. MediaPipe often takes the leg
        that is nearer to the camera for both, when it is lifted in front of the other.
        """
        if isinstance(lane, HoldLane) or not step.events or not self._goes_along(lane, step.rep):
            return step
        if step.rep is not None or step.partial is not None:
            lane.take_back(step.rep)
        events = [e for e in step.events if e.kind not in ("rep", "fault", "partial")]
        return replace(step, events=events, rep=None, partial=None)

    def _goes_along(self, lane: Lane, rep: Rep | None) -> bool:
        """Whether another side has got further in the time of this one's last attempt.

        Who marches lifts one leg while the other still comes down. So for most of the time of a
        rep the other must have been at it, too, and by all that is known it must be a rep itself.
        Where it has been counted, this is the same movement, whichever got further: MediaPipe may
        take one leg for the other in the middle of it.
        """
        if rep is not None and self._is_counted(lane, rep):
            return True
        own = lane.effort_since(lane.began)
        for other in self._lanes:
            if isinstance(other, HoldLane) or other.effort_since(lane.began) <= own:
                continue
            if rep is None:
                return True
            together = other.busy(rep.start, rep.end)
            if other.is_like and together > MOSTLY * (rep.end - rep.start):
                return True
        return False

    def _is_counted(self, lane: AnyLane, rep: Rep) -> bool:
        """Whether a rep of another side was counted that lies mostly in the same time."""
        others = [self._set_of(other) for other in self._lanes if other is not lane]
        last = [each.reps[-1] for each in others if each is not None and each.reps]
        return any(_together(rep, other) > MOSTLY for other in last)

    def _has_turned(self, body: Body) -> bool:
        """Whether the person now lies or stands the other way round than at the last pose.

        That is told by where the head lies; from the front only, by the chest, as from the side
        chest and back are not told apart well; and, where the exercise asks what is in front, by
        that. What was not known before has not changed: who bends far forward for the first time
        has not turned round.
        """
        before = self._way_round
        self._way_round = [
            body.heading if body.has_lain else nan,
            body.facing if self.exercise.camera.view == "front" else nan,
            body.forward if self._uses_front else nan,
        ]
        is_same = self._way_round == before
        return not is_same and any(a * b < 0 for a, b in zip(before, self._way_round, strict=True))

    def finish(self) -> Summary:
        """End the session. A rep that the end cut off is told as a partial."""
        ending = [event for body in self._tracker.finish() for event in self.follow(body).events]
        for lane in self._lanes:
            ending.extend(self._taken(lane, lane.finish()).events)
        sets = sorted((s.close() for s in self._sets), key=lambda s: s.start)
        counted = Counter(done.side for each in sets for done in each.counted)
        is_by_side = self.exercise.sides == "each" and len(self._lanes) == 2
        return Summary(
            exercise=self.exercise.name,
            sets=tuple(sets),
            unjudged=self._unjudged(sets),
            notes=tuple(self._remarks.told(counted, is_by_side)),
            ending=tuple(ending),
            range_unit=measure_unit(self.exercise, self.exercise.main).strip(),
        )

    def _finished_set(self, lane: AnyLane, time: float) -> list[Set]:
        """The set that a long pause has just ended, if so; then number from one again."""
        current = self._set_of(lane)
        is_still = lane.phase not in MOVING
        pause = TIMED_SET_PAUSE if self.exercise.is_timed else SET_PAUSE
        if not current or current.is_over or not is_still or time - current.end <= pause:
            return []
        lane.new_set()
        current.is_over = True
        return [current.close()]

    def _set_of(self, lane: AnyLane) -> "_OpenSet | None":
        for open_set in reversed(self._sets):
            if open_set.side == lane.side:
                return open_set
        return None

    def _keep(self, lane: AnyLane, step: LaneStep) -> None:
        new = step.rep or step.hold or step.partial
        if new is None:
            return
        current = self._set_of(lane)
        if current is None or current.is_over:
            current = _OpenSet(lane.side)
            self._sets.append(current)
        current.end = new.end
        if step.rep is not None:
            current.reps.append(step.rep)
        if step.hold is not None:
            current.holds.append(step.hold)
        if step.partial is not None:
            current.partials.append(step.partial)

    def _snapshot(self, body: Body, steps: list[LaneStep], finished: list[Set]) -> Snapshot:
        lane = self._leading
        phase = lane.phase
        values: dict[str, float] = {}
        for each, names in zip(self._lanes, self._names, strict=True):
            values.update(zip(names, each.values, strict=True))
        return Snapshot(
            time=body.time,
            phase=phase,
            side=lane.side,
            reps=lane.count,
            held=lane.held(body.time),
            faults=lane.judge.active,
            events=tuple([event for step in steps for event in step.events]),
            completed=tuple([step.rep for step in steps if step.rep is not None]),
            ended=tuple([step.hold for step in steps if step.hold is not None]),
            waiting_for=lane.waiting_for if phase == "away" else "",
            values=values,
            finished=tuple(finished),
            torso=body.torso,
            off_view=body.off(self.exercise.camera.view),
            is_doubtful=body.is_doubtful,
        )

    def _unjudged(self, sets: list[Set]) -> tuple[Unjudged, ...]:
        counted = [done for each in sets for done in each.counted]
        if not counted:
            nothing = NO_HOLD if self.exercise.is_timed else NO_REP
            return tuple(Unjudged(f.name, nothing, f.title) for f in self.exercise.faults)
        where: dict[str, list[Unjudged]] = {}
        for done in counted:
            for unjudged in done.unjudged:
                where.setdefault(unjudged.name, []).append(unjudged)
        return tuple(
            Unjudged(
                fault.name,
                _share(where[fault.name], len(counted), self.exercise.is_timed),
                fault.title,
            )
            for fault in self.exercise.faults
            if fault.name in where
        )


class _OpenSet:
    """A set that is still going on."""

    def __init__(self, side: Side | None) -> None:
        self.side = side
        self.reps: list[Rep] = []
        self.holds: list[Hold] = []
        self.partials: list[Partial] = []
        self.end = 0.0
        self.is_over = False

    def close(self) -> Set:
        return Set(self.side, tuple(self.reps), tuple(self.partials), tuple(self.holds))


def _together(one: Rep, other: Rep) -> float:
    """Share of the shorter of two reps that lies in the time of the other one."""
    both = overlap((one.start, one.end), (other.start, other.end))
    return both / min(one.end - one.start, other.end - other.start)


def _lanes(exercise: Exercise, side: Side | None, room: float) -> list[AnyLane]:
    if exercise.sides == "both":
        return [_lane(exercise, reads=side, side=None, room=room)]
    sides: list[Side] = ["left", "right"] if side is None else [side]
    return [_lane(exercise, reads=each, side=each, room=room) for each in sides]


def _lane(exercise: Exercise, reads: Side | None, side: Side | None, room: float) -> AnyLane:
    if exercise.rep is None:
        return HoldLane(exercise, reads, side, room)
    return Lane(exercise, exercise.rep, reads, side, room)


def _share(unjudged: list[Unjudged], counted: int, is_timed: bool) -> str:
    """The reason, and in how many of the reps or holds."""
    reason = unjudged[0].reason
    if len(unjudged) == counted:
        return reason
    parts = {"reason": Sentence.of(reason), "some": len(unjudged), "all": counted}
    if is_timed:
        return Sentence("{reason} (in {some} of {all} holds)", **parts)
    return Sentence("{reason} (in {some} of {all} reps)", **parts)
