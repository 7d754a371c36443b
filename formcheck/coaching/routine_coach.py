"""The live coach: goes through a routine with someone, from poses to what is shown and said.

`LiveCoach` knows no camera, window or clock, so that a whole session can be played as a test;
`live.loop` is the loop around it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from formcheck.coaching.coach import Coach, Coaching
from formcheck.coaching.placement import Placement
from formcheck.coaching.scene import Scene
from formcheck.coaching.speech import Say, Utterance, is_said
from formcheck.counting.session import Session
from formcheck.definition.routine import Routine, Step
from formcheck.events import Set, Snapshot, Summary
from formcheck.exercise import Exercise, Side
from formcheck.pose import Pose

LINGER = 4.0
"""Seconds that the end of an exercise stays on the screen."""


class Mouth(Protocol):
    """What speaks."""

    muted: bool

    def say(self, utterance: Utterance) -> None:
        """Say it when there is time, or never."""


OnSet = Callable[[Exercise, Set], None]
"""Is told of each set when it is over: when a long pause ended it, or its exercise did."""


@dataclass(frozen=True, slots=True)
class StepResult:
    """One exercise of the routine, as it was done."""

    exercise: Exercise
    summary: Summary


class LiveCoach:
    """Goes through a routine, step by step."""

    def __init__(
        self,
        routine: Routine,
        mouth: Mouth,
        say: Say = "all",
        on_set: OnSet | None = None,
        asks_back: bool = True,
    ) -> None:
        """Begin with the routine's first step; `asks_back` is that of the coach."""
        self._asks_back = asks_back
        self._on_set = on_set
        self._told: list[Set] = []
        self._routine = routine
        self._mouth = mouth
        self._say_what: Say = say
        self._place = 0
        self._rest_until: float | None = None
        self._done_since: float | None = None
        self._done: Coaching | None = None
        """What is shown from then on."""
        self._unjudged: tuple[str, ...] = ()
        self._is_announced = False
        self.results: list[StepResult] = []
        self.is_over = False
        self.is_paused = False
        self.show_help = False
        self.snapshot: Snapshot | None = None
        """Of the last pose that was judged."""
        self.caught_up: list[tuple[Pose, Snapshot]] = []
        """What was taken in before this exercise was known, for those who have to see it all."""
        self._begin(routine.steps[0])

    @property
    def exercise(self) -> Exercise:
        """The exercise that is being done."""
        return self._step.exercise

    @property
    def session(self) -> Session:
        """The session that is going on: another one whenever an exercise begins, or does again."""
        return self._session

    def update(self, pose: Pose, brightness: float, aspect: float) -> Scene:
        """Take in a pose, say what is to be said, and give what is to be shown.

        Args:
            pose: the person now.
            brightness: mean of the picture, 0..255.
            aspect: the picture's width in image heights.
        """
        if self.is_paused:
            return self._scene(pose, "Paused")
        if self._rest_until is not None:
            return self._rest(pose, self._rest_until)
        snapshot = self._session.update(pose)
        self.snapshot = snapshot
        self._tell_sets(self._session.finished_sets)
        for done in snapshot.counted:
            self._unjudged = tuple(each.name.replace("_", " ") for each in done.unjudged)
        advice = self._placement.update(pose, brightness, aspect, snapshot.waiting_for)
        # When it is done no more is found fault with: getting up looks like many faults.
        coaching = self._done or self._coach.update(snapshot, advice)
        self._say(self._announced(coaching.utterances, pose.time))
        self._follow(coaching, pose.time)
        return self._scene(pose, coaching.message, coaching, snapshot)

    def catch_up(self, poses: Sequence[Pose]) -> Scene:
        """Take in what was done before the exercise was known; then say which, and how much.

        Args:
            poses: in order of time, the last one of now; at least one.
        """
        self._is_announced = True
        for pose in poses:
            self.snapshot = self._session.update(pose)
            self.caught_up.append((pose, self.snapshot))
            self._tell_sets(self._session.finished_sets)
            coaching = self._coach.update(self.snapshot, None)
        exercise, done = self.exercise, self._coach.done
        so_far = f"{done} {exercise.counted}{'' if done == 1 else 's'} so far"
        words = f"This looks like: {exercise.title}. {so_far[:1].upper()}{so_far[1:]}."
        self._coach.show(poses[-1].time, words)
        self._say([Utterance(poses[-1].time, words, "guide")])
        return replace(self._scene(poses[-1], words, coaching, self.snapshot), tone="guide")

    def press(self, key: str) -> None:
        """Do what a key asks for."""
        actions: dict[str, Callable[[], None]] = {
            "space": self._pause,
            "r": lambda: self._begin(self._step),
            "m": self._mute,
            "s": self._switch_side,
            "h": self._help,
            "q": self.finish,
        }
        if key in actions:
            actions[key]()

    def finish(self) -> None:
        """End the routine here; what was done so far is kept."""
        if not self.is_over:
            self._keep()
            self.is_over = True

    # One step.

    def _begin(self, step: Step) -> None:
        self._step = step
        self._session = Session(step.exercise, step.side)
        self._told = []
        self._coach = Coach(step.exercise, step.reps, step.side, self._asks_back)
        self._placement = Placement(step.exercise)
        self._unjudged = ()
        self._done_since = self._done = None
        self._is_announced = False
        self.snapshot = None
        self.caught_up = []

    def _announced(self, said: Sequence[Utterance], time: float) -> Sequence[Utterance]:
        """What is said, the first time after what is to be done: one of both would be dropped."""
        if self._is_announced:
            return said
        self._is_announced = True
        exercise = self._step.exercise
        goal = f"{self._step.reps} {exercise.counted}{'' if self._step.reps == 1 else 's'}"
        if exercise.is_timed:
            goal += f" of {exercise.hold.seconds:g} seconds"
        if exercise.sides == "each" and not self._step.side:
            goal += " on each side"
        guidance = [each.text for each in said if each.kind == "guide"]
        words = " ".join([f"{_named(self._step)}. {goal}.", *guidance])
        others = [each for each in said if each.kind != "guide"]
        return [Utterance(time, words, "guide"), *others]

    def _follow(self, coaching: Coaching, time: float) -> None:
        """When the exercise is done, rest and go on to the next, or end."""
        if coaching.state != "done":
            return
        if self._done_since is None:
            self._done_since, self._done = time, replace(coaching, utterances=())
        if time - self._done_since < LINGER:
            return
        self._keep()
        self._place += 1
        if self._place == len(self._routine.steps):
            self.is_over = True
            return
        rest = self._step.rest
        following = self._routine.steps[self._place]
        self._rest_until = time + rest
        words = f"Rest for {rest:.0f} seconds. Next: {_named(following)}."
        self._say([Utterance(time, words, "guide")])

    def _rest(self, pose: Pose, until: float) -> Scene:
        following = self._routine.steps[self._place]
        left = max(0.0, until - pose.time)
        scene = self._scene(pose, f"Rest: {left:.0f} s. Next: {_named(following)}")
        if pose.time >= until:
            self._rest_until = None
            self._begin(following)
        return scene

    def _keep(self) -> None:
        summary = self._session.finish()
        self._tell_sets(summary.sets)
        if summary.sets:
            self.results.append(StepResult(self._step.exercise, summary))

    def _tell_sets(self, finished: Sequence[Set]) -> None:
        """Tell of the sets that were not told of yet."""
        for each in finished:
            if self._on_set is not None and each not in self._told:
                self._told.append(each)
                self._on_set(self._step.exercise, each)

    # Keys.

    def _pause(self) -> None:
        self.is_paused = not self.is_paused

    def _mute(self) -> None:
        self._mouth.muted = not self._mouth.muted

    def _help(self) -> None:
        self.show_help = not self.show_help

    def _switch_side(self) -> None:
        """Do the other side, where sides are counted for themselves."""
        step = self._step
        if step.exercise.sides == "both":
            return
        now = step.side or (self.snapshot.side if self.snapshot else None)
        other: Side = "right" if now == "left" else "left"
        self._keep()
        self._begin(Step(step.exercise, step.reps, other, step.rest))

    # Telling.

    def _say(self, utterances: Iterable[Utterance]) -> None:
        for utterance in utterances:
            if is_said(utterance.kind, self._say_what):
                self._mouth.say(utterance)

    def _scene(
        self,
        pose: Pose,
        message: str,
        coaching: Coaching | None = None,
        snapshot: Snapshot | None = None,
    ) -> Scene:
        is_set_up = coaching is not None and coaching.state != "setting up"
        return Scene(
            exercise=self._step.exercise,
            pose=pose,
            snapshot=snapshot if is_set_up else None,
            target=self._step.reps,
            message=message,
            tone=coaching.tone if coaching else "guide",
            not_judged=self._unjudged,
            is_paused=self.is_paused,
            is_muted=self._mouth.muted,
            show_help=self.show_help,
        )


def _named(step: Step) -> str:
    """The exercise of a step, with its side."""
    return f"{step.exercise.title}, {step.side} side" if step.side else step.exercise.title
