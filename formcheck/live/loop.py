"""The loop around a live coach: from frames to pictures on the screen, until it is over."""

from collections.abc import Callable, Iterable
from typing import Protocol

from formcheck.coaching.routine_coach import Guided
from formcheck.coaching.scene import Scene
from formcheck.observer import Judged, Observer, Outcome, hand_on
from formcheck.pose import Frame, Image, Pose

SPARSE = 16
"""Every so manieth pixel is enough to tell how bright a picture is."""


class Screen(Protocol):
    """Where scenes are shown and keys are pressed. Nobody may wait for it."""

    def show(self, image: Image, scene: Scene) -> None:
        """Show a picture as the camera gave it, and on it the scene."""

    def key(self) -> str | None:
        """The key that was pressed, by name, if any."""


class Guide(Protocol):
    """Goes through exercises with someone: `LiveCoach` a routine, `FreeCoach` whatever is done."""

    is_over: bool

    @property
    def results(self) -> list[Outcome]:
        """The exercises that are over, as they were done."""

    @property
    def idle(self) -> Outcome | None:
        """Once all is over: an exercise in which nothing was done."""

    def update(
        self, pose: Pose, brightness: float, aspect: float, picture: Image | None = None
    ) -> Guided:
        """Take in a pose, say what is to be said, and give what to show and to hand on."""

    def press(self, key: str) -> None:
        """Do what a key asks for."""

    def finish(self) -> tuple[Judged | Outcome, ...]:
        """End here; what was done so far is kept, and what is new is to be handed on."""


Detect = Callable[[Frame], Pose]
Watch = Callable[[Frame, Scene], None]
"""Is given every frame with what is shown on it, in pauses too: to film it, for instance."""


def run(
    frames: Iterable[Frame],
    detect: Detect,
    coach: Guide,
    screen: Screen,
    observers: Iterable[Observer] = (),
    watches: Iterable[Watch] = (),
) -> None:
    """Coach until the routine is over, the frames end, or `q` is pressed."""
    observers, watches = tuple(observers), tuple(watches)
    try:
        for frame in frames:
            pose = detect(frame)
            height, width = frame.image.shape[:2]
            brightness = float(frame.image[::SPARSE, ::SPARSE].mean())
            guided = coach.update(pose, brightness, width / height, frame.image)
            screen.show(frame.image, guided.scene)
            hand_on(guided.news, observers)
            for watch in watches:
                watch(frame, guided.scene)
            while (key := screen.key()) is not None:
                coach.press(key)
            if coach.is_over:
                return
    finally:
        hand_on(coach.finish(), observers)
