"""The live coach for someone who just begins: it finds out which exercise is done, and coaches it.

Every exercise is followed at once until one is recognised. Its coach then catches up on what was
done so far. When the exercise is over, or another one is recognised, the watching begins again.
"""

from collections import deque
from collections.abc import Sequence
from math import nan

from formcheck.coaching.placement import Placement, Sight
from formcheck.coaching.routine_coach import Guided, LiveCoach, Mouth, Outbox
from formcheck.coaching.scene import Scene
from formcheck.coaching.speech import Say, Utterance, is_said
from formcheck.definition.routine import one_exercise
from formcheck.exercise import Exercise, Side
from formcheck.language.sentences import Sentence
from formcheck.language.tongue import tr
from formcheck.measuring.tracker import Body
from formcheck.observer import Judged, Outcome, Stretch
from formcheck.pose import Image, Pose
from formcheck.recognition.recogniser import Recogniser

KEPT = 90.0
"""Seconds of poses kept to catch up on: several slow reps with their holds."""
AFRESH = 300.0
"""Seconds after which what was done before them tells nothing any more of what is done now."""
BEFORE = 3.0
"""Seconds before the first rep from which on is caught up: the rest that it is compared with."""
WATCHING = Sentence("Start any exercise. I'll recognise it.")


class FreeCoach:
    """Coaches whatever is done; a `Guide` as `LiveCoach` is."""

    def __init__(
        self,
        exercises: Sequence[Exercise],
        mouth: Mouth,
        say: Say = "all",
        source: str = "",
        side: Side | None = None,
    ) -> None:
        """Begin; the exercises are those that may be found."""
        self._exercises = {exercise.name: exercise for exercise in exercises}
        self._mouth = mouth
        self._say: Say = say
        self._source = source
        self._side: Side | None = side
        self._kept: deque[tuple[Pose, Body]] = deque()
        self._coach: LiveCoach | None = None
        self._done: list[Outcome] = []
        self._idle: Outcome | None = None
        self._outbox = Outbox()
        self._number = 0
        """That of the part that is going on; of what nobody knows yet, too."""
        self._watched_since = nan
        """When the recogniser began anew."""
        self._is_announced = False
        self._is_paused = False
        self.is_over = False
        self._watch()

    @property
    def results(self) -> list[Outcome]:
        """The exercises that are over, as they were done."""
        return self._done + (self._coach.results if self._coach else [])

    @property
    def idle(self) -> Outcome | None:
        """Once all is over: the last exercise, where nothing was done in any."""
        return None if self.results else self._idle

    @property
    def is_paused(self) -> bool:
        """Whether nothing is judged for now."""
        return self._coach.is_paused if self._coach else self._is_paused

    def update(
        self, pose: Pose, brightness: float, aspect: float, picture: Image | None = None
    ) -> Guided:
        """Take in a pose, say what is to be said, and give what to show and to hand on."""
        if self.is_paused:
            return self._paused(pose, brightness, aspect)
        if not self._is_announced:
            self._tell(pose.time, WATCHING)
            self._is_announced = True
        stretch = self._recognised(pose)
        if stretch is not None:
            return self._begin(stretch, picture)
        if self._coach is None:
            self._outbox.append(Judged(self._number, None, pose, picture, None))
            return Guided(self._watching(pose, brightness, aspect), self._outbox.take())
        guided = self._coach.update(pose, brightness, aspect, picture, self._kept[-1][1])
        self._outbox += guided.news
        if self._coach.is_over:
            self._end()
        return Guided(guided.scene, self._outbox.take())

    def press(self, key: str) -> None:
        """Do what a key asks for."""
        if key == "q":
            self._quit()
        elif self._coach is not None:
            self._coach.press(key)
            if self._coach.is_over:
                self._end()
        elif key == "space":
            self._is_paused = not self._is_paused
        elif key == "o":  # of what is not known nothing can be left out; but it stops
            self._is_paused = True
        elif key == "m":
            self._mouth.muted = not self._mouth.muted

    def finish(self) -> tuple[Judged | Outcome, ...]:
        """End here; what was done so far is kept, and what is new is to be handed on."""
        self._quit()
        return self._outbox.take()

    def _quit(self) -> None:
        if self._coach is not None:
            self._end()
        self.is_over = True

    # What is being done.

    def _recognised(self, pose: Pose) -> Stretch | None:
        """The exercise that has just been recognised, if it is not the one that is coached."""
        if not pose.time - self._watched_since <= AFRESH:
            self._recogniser.forget()
            self._watched_since = pose.time
        is_news = self._recogniser.update(pose)
        self._keep(pose)
        if not is_news:
            return None
        last = self._recogniser.stretches()[-1]
        now = self._coach.exercise.name if self._coach else None
        return last if last.exercise not in (None, now) else None

    def _keep(self, pose: Pose) -> None:
        body = self._recogniser.body
        assert body is not None  # it has just been seen
        self._kept.append((pose, body))
        while pose.time - self._kept[0][0].time > KEPT:
            self._kept.popleft()

    def _begin(self, stretch: Stretch, picture: Image | None) -> Guided:
        """Coach an exercise, from the beginning of what was seen of it."""
        self._finish_coach()
        exercise = self._exercises[stretch.exercise or ""]
        routine = one_exercise(exercise, None, self._side)
        coach = LiveCoach(
            routine, self._mouth, self._say, self._source, self._number, asks_back=False
        )
        self._coach = coach
        seen = [each for each in self._kept if stretch.start - BEFORE <= each[0].time]
        guided = coach.catch_up(seen, picture)
        self._outbox += guided.news
        return Guided(guided.scene, self._outbox.take())

    def _end(self) -> None:
        """The exercise is over: watch for the next one, and forget this one."""
        self._finish_coach()
        self._kept.clear()
        self._watch()

    def _finish_coach(self) -> None:
        if self._coach is None:
            return
        self._outbox += self._coach.finish()
        self._done += self._coach.results
        self._idle = self._coach.idle
        self._number = self._coach.next_number
        self._coach = None

    def _watch(self) -> None:
        self._recogniser = Recogniser(self._exercises.values())
        self._placement = Placement(None)

    # Telling.

    def _tell(self, time: float, words: str) -> None:
        if is_said("guide", self._say):
            self._mouth.say(Utterance(time, tr(words), "guide"))

    def _watching(self, pose: Pose, brightness: float, aspect: float) -> Scene:
        body = self._kept[-1][1]
        sight = Sight(pose, brightness, aspect, body.torso, is_doubtful=body.is_doubtful)
        advice = self._placement.update(sight, "")
        return self._scene(pose, advice.words if advice else WATCHING)

    def _paused(self, pose: Pose, brightness: float, aspect: float) -> Guided:
        if self._coach is not None:
            return self._coach.update(pose, brightness, aspect)
        return Guided(self._scene(pose, Sentence("Paused")), self._outbox.take())

    def _scene(self, pose: Pose, message: str) -> Scene:
        return Scene(
            exercise=None,
            pose=pose,
            snapshot=None,
            target=0,
            message=tr(message),
            is_paused=self._is_paused,
            is_muted=self._mouth.muted,
        )
