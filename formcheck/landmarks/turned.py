"""Which of the bodies that MediaPipe finds in the same picture, turned this way and that, is true.

It may take hips for shoulders, or the knees for a head, and keeps to that for as long as the body
is followed. In the turned pictures it hardly ever makes the same mistake in all of them.
"""

from collections.abc import Sequence
from math import inf

import numpy as np

from formcheck.pose import INDEX, Array, Pose

SAME = 0.35
"""How far shoulders, hips, knees and ankles of one body may be from those of another, on average
and in torsos, to be the same. Right ones were up to 0.15 off, wrong ones 1.4 and more."""
OVERLAP = 0.4
"""Share of the room that two bodies take up together in which both are: they are one person's. It
was 0.5 and more between a right and a wrong body of the same person."""

FIRST_AGAIN = 1.0
"""Seconds until a body is compared again, and twice as long each time after that. A push-up seen
from beside the head was upside down in all four turns in its second second, but right in most of
them once the arms were bent; of somebody seen well, nearly all turns show the same throughout."""
FOUND_AGAIN = 5.0
"""Seconds after which somebody who is found again is compared as if for the first time."""
AT_FIRST, LATER = 2, 1
"""In how many turns who is followed must be seen to be believed. The other two of the four could
not outvote two; once believed, one is enough."""

_JOINTS = [
    INDEX[f"{side}_{name}"]
    for name in ("shoulder", "hip", "knee", "ankle")
    for side in ("left", "right")
]


class Comparing:
    """When to compare the body that is followed with those in the turned pictures."""

    def __init__(self) -> None:
        """Begin with nobody, who is to be compared once found."""
        self._first, self._next = -inf, inf
        self._pause = FIRST_AGAIN

    def begin(self, time: float, is_found_again: bool) -> int:
        """Begin to compare if it is time: in how many turns who is followed must be seen, or 0."""
        if is_found_again and time - self._first >= FOUND_AGAIN:
            self.changed(time)
            return AT_FIRST
        if time < self._next:
            return 0
        self._pause *= 2
        self._next = time + self._pause
        return LATER

    def changed(self, time: float) -> None:
        """Take note that another body is followed from now on."""
        self._pause = FIRST_AGAIN
        self._first, self._next = time, time + self._pause


def likelier_turns(pose: Pose, turned: Sequence[Pose]) -> list[int]:
    """Return which of the turned pictures to follow instead, the likeliest first.

    Args:
        pose: of the one who was found; somebody must be in it.
        turned: those found in the same picture, in each turn of it; some may be of nobody.
    """
    here = [i for i, other in enumerate(turned) if other.is_present and _overlap(pose, other)]
    found = [turned[i] for i in here]
    support = {i: like(turned[i], found) for i in here}
    likelier = [i for i in here if support[i] > max(like(pose, found), 1)]
    return sorted(likelier, key=lambda i: (-support[i], -turned[i].visibility.mean()))


def like(pose: Pose, turned: Sequence[Pose]) -> int:
    """How many of those found show the same body."""
    return sum(other.is_present and are_same(pose, other) for other in turned)


def are_same(one: Pose, other: Pose) -> bool:
    """Whether the joints of two bodies are in the same places."""
    a, b = one.image[_JOINTS, :2], other.image[_JOINTS, :2]
    torso = np.linalg.norm(a[:2].mean(axis=0) - a[2:4].mean(axis=0))
    return bool(np.linalg.norm(a - b, axis=1).mean() < SAME * torso)


def _overlap(one: Pose, other: Pose) -> bool:
    """Whether both are found in one person, and not in two."""
    (low_a, high_a), (low_b, high_b) = _box(one), _box(other)
    shared = _area(np.maximum(low_a, low_b), np.minimum(high_a, high_b))
    whole = _area(low_a, high_a) + _area(low_b, high_b) - shared
    return shared > OVERLAP * whole


def _box(pose: Pose) -> tuple[Array, Array]:
    """The corners (2,) of what the landmarks take up."""
    places = pose.image[:, :2]
    return places.min(axis=0), places.max(axis=0)


def _area(low: Array, high: Array) -> float:
    return float(np.prod(np.maximum(high - low, 0.0)))
