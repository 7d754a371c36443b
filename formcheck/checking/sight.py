"""What made the person hard to see in a source, and what would help: said once, at its end.

Live, `coaching/placement` says the same while it can still be mended.
"""

from collections import Counter
from math import inf, isfinite
from statistics import median

from formcheck.coaching.placement import DARK, FAR, PARTS, cut_off, needed_parts, part_words
from formcheck.exercise import Exercise
from formcheck.language.sentences import Sentence
from formcheck.pose import INDEX, SEEN, Pose

EVERY = 0.5
"""Seconds between two looks: what is told is so for most of the time."""
MOSTLY = 0.5
"""Share of the poses from which something is worth telling."""

_SIDES = {
    part: [
        [INDEX[name] for name in names if not name.startswith(other)] for other in ("right", "left")
    ]
    for part, names in PARTS.items()
}
"""The landmarks of each part of the body, on the left and on the right."""


class SightLog:
    """Goes through the poses of one exercise."""

    def __init__(self, exercise: Exercise, size: tuple[int, int]) -> None:
        """Watch for what this exercise needs, in pictures of this width and height."""
        self._parts = needed_parts(exercise)
        self._aspect = size[0] / size[1]
        self._looked = -inf
        self._present = self._pictures = self._dark = self._far = 0
        self._outside: Counter[str] = Counter()
        self._hidden: Counter[str] = Counter()

    def add(self, pose: Pose, brightness: float, torso: float) -> None:
        """Take in the next pose, how bright its picture is, and the torso in image heights.

        Brightness is a mean, 0..255, and NaN where there is no picture.
        """
        if pose.time - self._looked < EVERY:
            return
        self._looked = pose.time
        self._pictures += isfinite(brightness)
        self._dark += brightness < DARK
        if not pose.is_present:
            return
        self._present += 1
        self._far += torso < FAR
        outside = cut_off(pose, self._parts, self._aspect)
        self._outside.update(outside)
        self._hidden.update(
            part for part in self._parts if part not in outside and _is_hidden(pose, part)
        )

    def notes(self) -> tuple[str, ...]:
        """What was so most of the time, in plain words."""
        notes: list[str] = []
        if self._dark > MOSTLY * self._pictures:
            notes.append(Sentence("It was dark. Turn on a light."))
        if self._far > MOSTLY * self._present:
            notes.append(Sentence("You were small in the picture. Move the camera closer."))
        if outside := self._mostly(self._outside):
            notes.append(
                Sentence(
                    "Your {parts} were outside the picture most of the time. Move the camera back, "
                    "or turn it.",
                    parts=part_words(outside),
                )
            )
        if hidden := self._mostly(self._hidden):
            notes.append(
                Sentence(
                    "Your {parts} were hard to see. Wear close-fitting clothes, turn on more "
                    "light, and keep things out of the camera's way.",
                    parts=part_words(hidden),
                )
            )
        return tuple(notes)

    def _mostly(self, counted: Counter[str]) -> tuple[str, ...]:
        return tuple(part for part in self._parts if counted[part] > MOSTLY * self._present)


def _is_hidden(pose: Pose, part: str) -> bool:
    """Whether it is not seen on either side: from the side, one hides the other."""
    return all(median(pose.visibility[side].tolist()) < SEEN for side in _SIDES[part])
