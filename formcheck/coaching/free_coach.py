"""The live coach for someone who just begins: it finds out which exercise is done, and coaches it.

Every exercise is followed at once until one is recognised. Its coach then catches up on what was
done so far. When the exercise is over, or another one is recognised, the watching begins again.
"""

from collections import deque
from collections.abc import Sequence

from formcheck.coaching.placement import Placement
from formcheck.coaching.routine_coach import LiveCoach, Mouth, OnSet, StepResult
from formcheck.coaching.scene import Scene
from formcheck.coaching.speech import Say, Utterance, is_said
from formcheck.counting.session import Session
from formcheck.definition.routine import one_exercise
from formcheck.events import Snapshot
from formcheck.exercise import Exercise, Side
from formcheck.pose import Pose
from formcheck.recognition.claims import Stretch
from formcheck.recognition.recogniser import Recogniser

KEPT = 90.0
"""Seconds of poses kept to catch up on: several slow reps with their holds."""
BEFORE = 3.0
"""Seconds before the first rep from which on is caught up: the rest that it is compared with."""
WATCHING = "Begin: I find out which exercise it is."


class FreeCoach:
    """Coaches whatever is done; a `Guide` as `LiveCoach` is."""

    def __init__(
        self,
        exercises: Sequence[Exercise],
        mouth: Mouth,
        say: Say = "all",
        on_set: OnSet | None = None,
        side: Side | None = None,
    ) -> None:
        """Begin; the exercises are those that may be found."""
        self._exercises = {exercise.name: exercise for exercise in exercises}
        self._mouth = mouth
        self._say: Say = say
        self._on_set = on_set
        self._side: Side | None = side
        self._kept: deque[Pose] = deque()
        self._coach: LiveCoach | None = None
        self._done: list[StepResult] = []
        self._is_announced = False
        self._is_paused = False
        self._show_help = False
        self.is_over = False
        self._watch()

    @property
    def results(self) -> list[StepResult]:
        """The exercises that are over, as they were done."""
        return self._done + (self._coach.results if self._coach else [])

    @property
    def session(self) -> Session | None:
        """The session that is going on, if an exercise is recognised."""
        return self._coach.session if self._coach else None

    @property
    def snapshot(self) -> Snapshot | None:
        """Of the last pose that was judged."""
        return self._coach.snapshot if self._coach else None

    @property
    def caught_up(self) -> Sequence[tuple[Pose, Snapshot]]:
        """What was taken in before the exercise that is going on was recognised."""
        return self._coach.caught_up if self._coach else ()

    @property
    def is_paused(self) -> bool:
        """Whether nothing is judged for now."""
        return self._coach.is_paused if self._coach else self._is_paused

    def update(self, pose: Pose, brightness: float, aspect: float) -> Scene:
        """Take in a pose, say what is to be said, and give what is to be shown."""
        if self.is_paused:
            return self._paused(pose, brightness, aspect)
        if not self._is_announced:
            self._tell(pose.time, WATCHING)
            self._is_announced = True
        self._keep(pose)
        stretch = self._news(pose)
        if stretch is not None:
            return self._begin(stretch)
        if self._coach is None:
            return self._watching(pose, brightness, aspect)
        scene = self._coach.update(pose, brightness, aspect)
        if self._coach.is_over:
            self._end()
        return scene

    def press(self, key: str) -> None:
        """Do what a key asks for."""
        if key == "q":
            self.finish()
        elif self._coach is not None:
            self._coach.press(key)
        elif key == "space":
            self._is_paused = not self._is_paused
        elif key == "m":
            self._mouth.muted = not self._mouth.muted
        elif key == "h":
            self._show_help = not self._show_help

    def finish(self) -> None:
        """End here; what was done so far is kept."""
        if self._coach is not None:
            self._coach.finish()
            self._end()
        self.is_over = True

    # What is being done.

    def _keep(self, pose: Pose) -> None:
        self._kept.append(pose)
        while pose.time - self._kept[0].time > KEPT:
            self._kept.popleft()

    def _news(self, pose: Pose) -> Stretch | None:
        """The exercise that has just been recognised, if it is not the one that is coached."""
        if not self._recogniser.update(pose):
            return None
        last = self._recogniser.stretches()[-1]
        now = self._coach.exercise.name if self._coach else None
        return last if last.exercise not in (None, now) else None

    def _begin(self, stretch: Stretch) -> Scene:
        """Coach an exercise, from the beginning of what was seen of it."""
        if self._coach is not None:
            self._coach.finish()
            self._done += self._coach.results
        exercise = self._exercises[stretch.exercise or ""]
        routine = one_exercise(exercise, None, self._side)
        coach = LiveCoach(routine, self._mouth, self._say, self._on_set, asks_back=False)
        self._coach = coach
        return coach.catch_up([p for p in self._kept if stretch.start - BEFORE <= p.time])

    def _end(self) -> None:
        """The exercise is over: watch for the next one, and forget this one."""
        self._done = self.results
        self._coach = None
        self._kept.clear()
        self._watch()

    def _watch(self) -> None:
        self._recogniser = Recogniser(self._exercises.values())
        self._placement = Placement(None)

    # Telling.

    def _tell(self, time: float, words: str) -> None:
        if is_said("guide", self._say):
            self._mouth.say(Utterance(time, words, "guide"))

    def _watching(self, pose: Pose, brightness: float, aspect: float) -> Scene:
        advice = self._placement.update(pose, brightness, aspect, "")
        return self._scene(pose, advice.words if advice else WATCHING)

    def _paused(self, pose: Pose, brightness: float, aspect: float) -> Scene:
        if self._coach is not None:
            return self._coach.update(pose, brightness, aspect)
        return self._scene(pose, "Paused")

    def _scene(self, pose: Pose, message: str) -> Scene:
        return Scene(
            exercise=None,
            pose=pose,
            snapshot=None,
            target=0,
            message=message,
            is_paused=self._is_paused,
            is_muted=self._mouth.muted,
            show_help=self._show_help,
        )
