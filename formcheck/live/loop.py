"""The loop around a live coach: from frames to pictures on the screen, until it is over."""

from collections.abc import Callable, Iterable
from typing import Protocol

from formcheck.coaching.by_gesture import Guide
from formcheck.coaching.scene import Scene
from formcheck.finding.finder import brightness_of
from formcheck.observer import Observer, hand_on
from formcheck.pose import Frame, Image, Pose


class Screen(Protocol):
    """Where scenes are shown and keys are pressed. Nobody may wait for it."""

    def show(self, image: Image, scene: Scene) -> None:
        """Show a picture as the camera gave it, and on it the scene."""

    def key(self) -> str | None:
        """The key that was pressed, by name, if any."""


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
            brightness = brightness_of(frame.image)
            guided = coach.update(pose, brightness, width / height, frame.image)
            hand_on(guided.news, observers)  # a rep that is seen to be counted is kept already
            screen.show(frame.image, guided.scene)
            for watch in watches:
                watch(frame, guided.scene)
            while (key := screen.key()) is not None:
                coach.press(key)
            if coach.is_over:
                return
    finally:
        hand_on(coach.finish(), observers)
