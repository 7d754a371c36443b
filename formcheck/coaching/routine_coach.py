"""The live coach: goes through a routine with someone, from poses to what is shown and said.

`LiveCoach` knows no camera, window or clock, so that a whole session can be played as a test;
`live.loop` is the loop around it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from formcheck.coaching.coach import Coach
from formcheck.coaching.placement import Placement, Sight
from formcheck.coaching.scene import Coaching, Scene, coached_scene
from formcheck.coaching.speech import Say, Utterance, is_said
from formcheck.counting.session import Session
from formcheck.definition.routine import Routine, RoutineStep
from formcheck.events import Snapshot
from formcheck.exercise import Exercise, Side
from formcheck.measuring.tracker import Body
from formcheck.observer import Judged, Outcome
from formcheck.pose import Image, Pose, PoseCount
from formcheck.wording import count

LINGER = 4.0
"""Seconds that the end of an exercise stays on the screen."""


class Mouth(Protocol):
    """What speaks."""

    muted: bool

    def say(self, utterance: Utterance) -> None:
        """Say it when there is time, or never."""


class News(list[Judged | Outcome]):
    """What was judged and what is over, until it is handed on."""

    def take(self) -> tuple[Judged | Outcome, ...]:
        """All of it, in order; nothing is left."""
        news = tuple(self)
        self.clear()
        return news


@dataclass(frozen=True, slots=True)
class Guided:
    """What one frame brought."""

    scene: Scene
    news: tuple[Judged | Outcome, ...] = ()
    """What was judged and what is over, in order, to be handed on. Nothing in pauses and rests;
    much at once where somebody is caught up with."""


class LiveCoach:
    """Goes through a routine, step by step."""

    def __init__(
        self,
        routine: Routine,
        mouth: Mouth,
        say: Say = "all",
        source: str = "",
        number: int = 0,
        asks_back: bool = True,
    ) -> None:
        """Begin with the routine's first step.

        Args:
            routine: what to go through.
            mouth: what speaks.
            say: what is said.
            source: the name of where poses come from.
            number: that of the first part that is judged.
            asks_back: as in `Coach`.
        """
        self._asks_back = asks_back
        self._routine = routine
        self._mouth = mouth
        self._say_what: Say = say
        self._source = source
        self._place = 0
        self._rest_until: float | None = None
        self._done_since: float | None = None
        self._done: Coaching | None = None
        """What is shown from then on."""
        self._snapshot: Snapshot | None = None
        """Of the last pose that was judged."""
        self._news = News()
        self._idle: Outcome | None = None
        self.results: list[Outcome] = []
        self.is_over = False
        self.is_paused = False
        self.show_help = False
        self.next_number = number
        """That of the next part."""
        self._begin(routine.steps[0])

    @property
    def exercise(self) -> Exercise:
        """The exercise that is being done."""
        return self._step.exercise

    @property
    def idle(self) -> Outcome | None:
        """Once all is over: the last exercise, where nothing was done in any."""
        return None if self.results else self._idle

    def update(
        self,
        pose: Pose,
        brightness: float,
        aspect: float,
        picture: Image | None = None,
        body: Body | None = None,
    ) -> Guided:
        """Take in a pose, say what is to be said, and give what to show and to hand on.

        Args:
            pose: the person now.
            brightness: mean of the picture, 0..255.
            aspect: the picture's width in image heights.
            picture: in which the pose was found, for those who look at what is judged.
            body: of this pose, where it is being tracked already.
        """
        return Guided(self._update(pose, brightness, aspect, picture, body), self._news.take())

    def _update(
        self,
        pose: Pose,
        brightness: float,
        aspect: float,
        picture: Image | None,
        body: Body | None,
    ) -> Scene:
        if self.is_paused:
            return self._scene(pose, "Paused")
        if self._rest_until is not None:
            return self._rest(pose, self._rest_until)
        snapshot = self._judge(pose, picture, body)
        sight = Sight(
            pose, brightness, aspect, snapshot.torso, snapshot.off_view, snapshot.is_doubtful
        )
        advice = self._placement.update(sight, snapshot.waiting_for)
        # When it is done no more is found fault with: getting up looks like many faults.
        coaching = self._coaching = self._done or self._coach.update(snapshot, advice)
        self._say(self._announced(coaching.utterances, pose.time))
        self._follow(coaching, pose.time)
        return self._coached(pose, snapshot, coaching)

    def catch_up(self, seen: Sequence[tuple[Pose, Body]], picture: Image | None = None) -> Guided:
        """Take in what was done before the exercise was known; then say which, and how much.

        Args:
            seen: in order of time, the last of now; at least one.
            picture: that of now.
        """
        self._is_announced = True
        for earlier, tracked in seen[:-1]:
            self._coach.update(self._judge(earlier, None, tracked), None)
        pose, body = seen[-1]
        snapshot = self._judge(pose, picture, body)
        self._coaching = self._coach.update(snapshot, None)
        exercise, done = self.exercise, self._coach.done
        so_far = count(done, exercise.counted)
        words = f"This looks like: {exercise.title}. {so_far} so far."
        self._coach.show(pose.time, words)
        self._say([Utterance(pose.time, words, "guide")])
        coaching = replace(self._coaching, message=words, tone="guide")
        return Guided(self._coached(pose, snapshot, coaching), self._news.take())

    def _judge(self, pose: Pose, picture: Image | None, body: Body | None) -> Snapshot:
        if body is None:
            snapshot = self._session.update(pose)
        else:
            snapshot = self._session.follow(body, pose.is_present)
        self._snapshot = snapshot
        self._count.add(pose)
        self._news.append(Judged(self._number, self.exercise, pose, picture, snapshot))
        return snapshot

    def press(self, key: str) -> None:
        """Do what a key asks for."""
        actions: dict[str, Callable[[], None]] = {
            "space": self._pause,
            "r": lambda: self._begin(self._step),
            "m": self._mute,
            "s": self._switch_side,
            "h": self._help,
            "q": self._quit,
        }
        if key in actions:
            actions[key]()

    def finish(self) -> tuple[Judged | Outcome, ...]:
        """End the routine here; what was done so far is kept, and what is new is handed on."""
        self._quit()
        return self._news.take()

    # One step.

    def _begin(self, step: RoutineStep) -> None:
        self._step = step
        self._session = Session(step.exercise, step.side)
        self._snapshot = None
        self._number = self.next_number
        self.next_number += 1
        self._count = PoseCount()
        self._coach = Coach(step.exercise, step.reps, step.side, self._asks_back)
        self._coaching = Coaching("setting up", "")
        """The last that the coach said and showed."""
        self._placement: Placement = Placement(step.exercise)
        self._done_since = self._done = None
        self._is_announced = False

    def _announced(self, said: Sequence[Utterance], time: float) -> Sequence[Utterance]:
        """What is said, the first time after what is to be done: one of both would be dropped."""
        if self._is_announced:
            return said
        self._is_announced = True
        exercise = self._step.exercise
        goal = count(self._step.reps, exercise.counted)
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
        info = self._count.info(self._source)
        outcome = Outcome(self._number, self.exercise, summary, info)
        if summary.sets:
            self.results.append(outcome)
            self._news.append(outcome)
        else:
            self._idle = outcome

    # Keys.

    def _quit(self) -> None:
        if not self.is_over:
            self._keep()
            self.is_over = True

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
        now = step.side or (self._snapshot.side if self._snapshot else None)
        other: Side = "right" if now == "left" else "left"
        self._keep()
        self._begin(RoutineStep(step.exercise, step.reps, other, step.rest))

    # Telling.

    def _say(self, utterances: Iterable[Utterance]) -> None:
        for utterance in utterances:
            if is_said(utterance.kind, self._say_what):
                self._mouth.say(utterance)

    def _scene(self, pose: Pose, message: str) -> Scene:
        """What is shown in a pause or a rest."""
        return self._coached(pose, None, replace(self._coaching, message=message, tone="guide"))

    def _coached(self, pose: Pose, snapshot: Snapshot | None, coaching: Coaching) -> Scene:
        return replace(
            coached_scene(self._step.exercise, pose, snapshot, coaching, self._step.reps),
            is_paused=self.is_paused,
            is_muted=self._mouth.muted,
            show_help=self.show_help,
        )


def _named(step: RoutineStep) -> str:
    """The exercise of a step, with its side."""
    return f"{step.exercise.title}, {step.side} side" if step.side else step.exercise.title
