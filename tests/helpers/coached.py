"""The live coach without a camera, a window or a voice."""

from collections.abc import Iterable

from formcheck.coaching.routine_coach import LiveCoach
from formcheck.coaching.scene import Scene
from formcheck.coaching.speech import Utterance
from formcheck.pose import Image, Pose


class Mouth:
    """Remembers what it was to say."""

    def __init__(self) -> None:
        """Begin in silence."""
        self.muted = False
        self.said: list[Utterance] = []

    def say(self, utterance: Utterance) -> None:
        """Remember it."""
        self.said.append(utterance)

    def texts(self) -> list[str]:
        """All that was to be said."""
        return [utterance.text for utterance in self.said]


class Screen:
    """Shows nothing, and presses keys at given pictures."""

    def __init__(self, keys: dict[int, str] | None = None) -> None:
        """Press these keys after so many pictures."""
        self._keys = dict(keys or {})
        self.shown: list[tuple[int, ...]] = []

    def show(self, image: Image, scene: Scene) -> None:
        """Count the picture."""
        self.shown.append(image.shape)

    def key(self) -> str | None:
        """The key that is due, once."""
        return self._keys.pop(len(self.shown), None)


def played(coach: LiveCoach, poses: Iterable[Pose]) -> list[Scene]:
    """What is shown while the coach sees these poses, to the end."""
    scenes = []
    for pose in poses:
        scenes.append(coach.update(pose, 120.0, 16 / 9).scene)
        if coach.is_over:
            break
    coach.finish()
    return scenes
