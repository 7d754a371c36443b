"""The live coach: goes through a routine with someone, from poses to what is shown and said.

`LiveCoach` knows no camera, window or clock, so that a whole session can be played as a test;
`live.loop` is the loop around it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from formcheck.coaching import spoken
from formcheck.coaching.scene import Rest, Scene
from formcheck.coaching.speech import Say, Utterance, is_said
from formcheck.coaching.step_coach import Sighting, StepCoach
from formcheck.definition.routine import Routine, RoutineStep
from formcheck.exercise import Exercise, Side
from formcheck.language.sentences import Sentence
from formcheck.language.tongue import tr
from formcheck.measuring.tracker import Body
from formcheck.observer import Judged, Outcome
from formcheck.pose import Image, Pose


class Mouth(Protocol):
    """What speaks."""

    muted: bool

    def say(self, utterance: Utterance) -> None:
        """Say it when there is time, or never."""


class Outbox(list[Judged | Outcome]):
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
        self._steps = routine.steps
        self._left = list(routine.steps[1:])
        """The steps that are still to come."""
        self._mouth = mouth
        self._say_what: Say = say
        self._source = source
        self._rest_until: float | None = None
        self._outbox = Outbox()
        self._idle: Outcome | None = None
        self._is_hurt = self._is_kept = False
        """Whether the step was stopped because it hurts; whether its outcome was handed on."""
        self._to_say: list[str] = []
        """What a key brought, to be said with the next pose."""
        self.results: list[Outcome] = []
        self.is_over = False
        self.is_paused = False
        self.next_number = number
        """That of the next part."""
        self._begin(routine.steps[0])

    @property
    def exercise(self) -> Exercise:
        """The exercise that is being done."""
        return self._coach.exercise

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
        scene = self._update(Sighting(pose, brightness, aspect, picture, body))
        return Guided(scene, self._outbox.take())

    def _update(self, sighting: Sighting) -> Scene:
        pose = sighting.pose
        self._say(Utterance(pose.time, words, "safety") for words in self._to_say)
        self._to_say.clear()
        if self.is_paused:
            return self._shown(self._coach.still(pose, Sentence("Paused")))
        if self._rest_until is not None:
            return self._rest(pose, self._rest_until)
        coached = self._coach.update(sighting)
        self._outbox.append(coached.judged)
        self._say(coached.said)
        if self._coach.is_over:
            self._keep()
            self._go_on(pose.time)
        return self._shown(coached.scene)

    def catch_up(self, seen: Sequence[tuple[Pose, Body]], picture: Image | None = None) -> Guided:
        """Take in what was done before the exercise was known; see `StepCoach.catch_up`."""
        coached, earlier = self._coach.catch_up(seen, picture)
        self._outbox += [*earlier, coached.judged]
        self._say(coached.said)
        return Guided(self._shown(coached.scene), self._outbox.take())

    def press(self, key: str) -> None:
        """Do what a key asks for."""
        actions: dict[str, Callable[[], None]] = {
            "space": self._pause,
            "n": self._skip,
            "o": self._hurts,
            "m": self._mute,
            "s": self._switch_side,
            "q": self._quit,
        }
        if key in actions and not self.is_over:
            actions[key]()

    def finish(self) -> tuple[Judged | Outcome, ...]:
        """End the routine here; what was done so far is kept, and what is new is handed on."""
        self._quit()
        return self._outbox.take()

    # From step to step.

    def _begin(self, step: RoutineStep) -> None:
        self._coach = StepCoach(step, self._new_number(), self._source, self._asks_back)
        self._rest_until = None
        self._is_hurt = self._is_kept = False

    def _new_number(self) -> int:
        self.next_number += 1
        return self.next_number - 1

    def _go_on(self, time: float) -> None:
        """Rest before the next step, or end."""
        if not self._left:
            self.is_over = True
            return
        rest = self._coach.step.rest
        self._rest_until = time + rest
        words = Sentence(
            "Rest for {seconds:.0f} seconds. Next: {exercise}.",
            seconds=rest,
            exercise=self._left[0].title,
        )
        self._say([Utterance(time, words, "guide")])

    def _rest(self, pose: Pose, until: float) -> Scene:
        following, left = self._left[0], max(0.0, until - pose.time)
        words = Sentence(
            "Rest: {seconds:.0f} s. Next: {exercise}", seconds=left, exercise=following.title
        )
        rest = Rest(following, left, self._coach.step.rest)
        scene = replace(self._shown(self._coach.still(pose, words)), rest=rest)
        if pose.time >= until:
            self._begin(self._left.pop(0))
        return scene

    def _next(self) -> None:
        """Go on to the next step at once, or end."""
        if self._left:
            self._begin(self._left.pop(0))
        else:
            self.is_over = True

    def _keep(self, hurt: bool = False) -> None:
        outcome = self._coach.outcome(hurt)
        self._is_kept = True
        if outcome.summary.sets:
            self.results.append(outcome)
        else:
            self._idle = outcome
        if outcome.summary.sets or hurt:
            self._outbox.append(outcome)

    # Keys.

    def _quit(self) -> None:
        if not self.is_over:
            if not self._is_kept:
                self._keep()
            self.is_over = True

    def _pause(self) -> None:
        self.is_paused = not self.is_paused
        if self._is_hurt and not self.is_paused:
            self._next()

    def _skip(self) -> None:
        """Leave the step, or the rest before the next one."""
        if not self._is_kept:
            self._keep()
        self.is_paused = False
        self._next()

    def _hurts(self) -> None:
        """Stop the exercise at once, and leave it out from now on; what follows waits."""
        if self._is_hurt:
            return
        if self._is_kept:  # it is told in the rest after it
            self._begin(self._coach.step)
        self._keep(hurt=True)
        self._left = [step for step in self._left if step.exercise.name != self.exercise.name]
        self._rest_until = None
        self._is_hurt = self.is_paused = True
        self._to_say.append(spoken.HURTS)

    def _mute(self) -> None:
        self._mouth.muted = not self._mouth.muted

    def _switch_side(self) -> None:
        """Do the other side, where sides are counted for themselves."""
        step = self._coach.step
        if step.exercise.sides == "both" or self._is_kept:
            return
        other: Side = "right" if self._coach.side == "left" else "left"
        self._keep()
        self._begin(replace(step, side=other))

    # Telling.

    def _say(self, utterances: Iterable[Utterance]) -> None:
        for utterance in utterances:
            if is_said(utterance.kind, self._say_what):
                self._mouth.say(replace(utterance, text=tr(utterance.text)))

    def _shown(self, scene: Scene) -> Scene:
        return replace(
            scene,
            message=tr(spoken.HURTS if self._is_hurt else scene.message),
            tone="safety" if self._is_hurt else scene.tone,
            place=(len(self._steps) - len(self._left), len(self._steps)),
            is_hurt=self._is_hurt,
            is_paused=self.is_paused,
            is_muted=self._mouth.muted,
        )
