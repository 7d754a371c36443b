"""The loop around a live coach: from frames to pictures on the screen, until it is over."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from formcheck.coaching.routine_coach import StepResult
from formcheck.coaching.scene import Scene
from formcheck.counting.session import Session
from formcheck.events import Snapshot
from formcheck.picture.overlay import draw
from formcheck.pose import Frame, Image, Pose

SPARSE = 16
"""Every so manieth pixel is enough to tell how bright a picture is."""


class Screen(Protocol):
    """Where pictures are shown and keys are pressed."""

    def show(self, image: Image) -> None:
        """Show a picture."""

    def key(self) -> str | None:
        """The key that was pressed, by name, if any."""


class Guide(Protocol):
    """Goes through exercises with someone: `LiveCoach` a routine, `FreeCoach` whatever is done."""

    is_over: bool

    @property
    def is_paused(self) -> bool:
        """Whether nothing is judged for now."""

    @property
    def results(self) -> list[StepResult]:
        """The exercises that are over, as they were done."""

    @property
    def session(self) -> Session | None:
        """The session that is going on: another one whenever an exercise begins."""

    @property
    def snapshot(self) -> Snapshot | None:
        """Of the last pose that was judged."""

    @property
    def caught_up(self) -> Sequence[tuple[Pose, Snapshot]]:
        """What was taken in before the exercise that is going on was known."""

    def update(self, pose: Pose, brightness: float, aspect: float) -> Scene:
        """Take in a pose, say what is to be said, and give what is to be shown."""

    def press(self, key: str) -> None:
        """Do what a key asks for."""

    def finish(self) -> None:
        """End here; what was done so far is kept."""


@dataclass(slots=True)
class News:
    """Gives what was judged since it was last asked: nothing in pauses, at times much at once."""

    coach: Guide
    _session: Session | None = None
    _seen: Snapshot | None = None

    def of(self, pose: Pose, snapshot: Snapshot | None) -> list[tuple[Pose, Snapshot]]:
        """What is new in this frame, and before it what was caught up on; in order of time."""
        if snapshot is None or snapshot is self._seen:
            return []
        self._seen = snapshot
        before: Sequence[tuple[Pose, Snapshot]] = ()
        if self.coach.session is not self._session:
            self._session = self.coach.session
            before = [each for each in self.coach.caught_up if each[1] is not snapshot]
        return [*before, (pose, snapshot)]


Detect = Callable[[Frame], Pose]
Watcher = Callable[[Frame, Pose, Scene, Snapshot | None], None]
"""Is given every frame with what was found in it and shown: to record it, for instance."""


def run(
    frames: Iterable[Frame],
    detect: Detect,
    coach: Guide,
    screen: Screen,
    watchers: Iterable[Watcher] = (),
) -> None:
    """Coach until the routine is over, the frames end, or `q` is pressed."""
    watchers = tuple(watchers)
    for frame in frames:
        pose = detect(frame)
        height, width = frame.image.shape[:2]
        brightness = float(frame.image[::SPARSE, ::SPARSE].mean())
        scene = coach.update(pose, brightness, width / height)
        screen.show(draw(frame.image, scene))
        for watcher in watchers:
            watcher(frame, pose, scene, coach.snapshot)
        while (key := screen.key()) is not None:
            coach.press(key)
        if coach.is_over:
            return
    coach.finish()
