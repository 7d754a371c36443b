"""The coach of one step of a routine: from poses to what is said and shown, until it is done."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from formcheck.coaching.coach import Coach
from formcheck.coaching.placement import Placement, Sight
from formcheck.coaching.scene import Coaching, Scene, coached_scene
from formcheck.coaching.speech import Utterance
from formcheck.counting.session import Session
from formcheck.definition.routine import RoutineStep
from formcheck.events import Snapshot
from formcheck.exercise import Exercise, Side
from formcheck.language.sentences import Sentence
from formcheck.measuring.tracker import Body
from formcheck.observer import Judged, Outcome
from formcheck.pose import Image, Pose, PoseCount
from formcheck.wording import COUNTS

LINGER = 4.0
"""Seconds that the end of an exercise stays on the screen."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """One pose, and what is known of where it was seen."""

    pose: Pose
    brightness: float
    """Mean of the picture, 0..255."""
    aspect: float
    """The picture's width in image heights."""
    picture: Image | None = None
    body: Body | None = None
    """Of this pose, where it is being tracked already."""


@dataclass(frozen=True, slots=True)
class Coached:
    """What one pose brought."""

    scene: Scene
    judged: Judged
    said: tuple[Utterance, ...]


class StepCoach:
    """Coaches one step."""

    def __init__(self, step: RoutineStep, number: int, source: str, asks_back: bool) -> None:
        """Begin.

        Args:
            step: what is to be done.
            number: that of the part, for whoever is told what was judged.
            source: the name of where poses come from.
            asks_back: as in `Coach`.
        """
        self.step = step
        self.number = number
        self._source = source
        self._session = Session(step.exercise, step.side)
        self._count = PoseCount()
        self._coach = Coach(step.exercise, step.reps, step.side, asks_back)
        self._placement = Placement(step.exercise)
        self._coaching = Coaching("setting up", "")
        """The last that the coach said and showed."""
        self._side: Side | None = None
        self._done_since: float | None = None
        self._is_announced = False
        self.is_over = False

    @property
    def exercise(self) -> Exercise:
        """The exercise that is being done."""
        return self.step.exercise

    @property
    def side(self) -> Side | None:
        """The side that is being done, as far as it is known."""
        return self.step.side or self._side

    def update(self, sighting: Sighting) -> Coached:
        """Take in a pose."""
        pose = sighting.pose
        judged = self._judge(pose, sighting.picture, sighting.body)
        snapshot = judged.snapshot
        assert snapshot is not None  # the exercise is known
        sight = Sight(
            pose,
            sighting.brightness,
            sighting.aspect,
            snapshot.torso,
            snapshot.off_view,
            snapshot.is_doubtful,
        )
        advice = self._placement.update(sight, snapshot.waiting_for)
        # When it is done no more is found fault with: getting up looks like many faults.
        if self._done_since is None:
            self._coaching = self._coach.update(snapshot, advice)
        said = self._announced(self._coaching.utterances, pose.time)
        self._follow(pose.time)
        return Coached(self._scene(pose, snapshot, self._coaching), judged, said)

    def catch_up(
        self, seen: Sequence[tuple[Pose, Body]], picture: Image | None
    ) -> tuple[Coached, list[Judged]]:
        """Take in what was done before the exercise was known; then say which, and how much.

        Args:
            seen: in order of time, the last of now; at least one.
            picture: that of now.
        """
        self._is_announced = True
        earlier = []
        for pose, tracked in seen[:-1]:
            earlier.append(judged := self._judge(pose, None, tracked))
            self._catch(judged)
        pose, body = seen[-1]
        judged = self._judge(pose, picture, body)
        snapshot = self._catch(judged)
        words = Sentence(
            "Looks like: {exercise}. {reps} so far.",
            exercise=Sentence(self.exercise.title),
            reps=COUNTS[self.exercise.counted](self._coach.done),
        )
        self._coach.show(pose.time, words)
        scene = self._scene(pose, snapshot, replace(self._coaching, message=words, tone="guide"))
        return Coached(scene, judged, (Utterance(pose.time, words, "guide"),)), earlier

    def still(self, pose: Pose, message: str) -> Scene:
        """What is shown while nothing is judged."""
        return self._scene(pose, None, replace(self._coaching, message=message, tone="guide"))

    def outcome(self, hurt: bool = False) -> Outcome:
        """What was found in it; it is over."""
        info = self._count.info(self._source)
        return Outcome(self.number, self.exercise, self._session.finish(), info, hurt=hurt)

    def _catch(self, judged: Judged) -> Snapshot:
        assert judged.snapshot is not None
        self._coaching = self._coach.update(judged.snapshot, None)
        return judged.snapshot

    def _judge(self, pose: Pose, picture: Image | None, body: Body | None) -> Judged:
        if body is None:
            snapshot = self._session.update(pose)
        else:
            snapshot = self._session.follow(body, pose.is_present)
        self._side = snapshot.side
        self._count.add(pose)
        return Judged(self.number, self.exercise, pose, picture, snapshot)

    def _announced(self, said: tuple[Utterance, ...], time: float) -> tuple[Utterance, ...]:
        """What is said, the first time after what is to be done: one of both would be dropped."""
        if self._is_announced:
            return said
        self._is_announced = True
        exercise = self.exercise
        goal = COUNTS[exercise.counted](self.step.reps)
        if exercise.is_timed:
            seconds = exercise.hold.seconds
            goal = Sentence("{holds} of {seconds:g} seconds", holds=goal, seconds=seconds)
        if exercise.sides == "each" and not self.step.side:
            goal = Sentence("{amount} on each side", amount=goal)
        words = Sentence("{exercise}. {amount}.", exercise=self.step.title, amount=goal)
        for each in said:
            if each.kind == "guide":
                words = Sentence("{words} {more}", words=words, more=Sentence.of(each.text))
        others = [each for each in said if each.kind != "guide"]
        return Utterance(time, words, "guide"), *others

    def _follow(self, time: float) -> None:
        """When the exercise is done, let that be seen for a while."""
        if self._coaching.state != "done":
            return
        if self._done_since is None:
            self._done_since = time
            self._coaching = replace(self._coaching, utterances=())
        self.is_over = time - self._done_since >= LINGER

    def _scene(self, pose: Pose, snapshot: Snapshot | None, coaching: Coaching) -> Scene:
        return coached_scene(self.exercise, pose, snapshot, coaching, self.step.reps)
