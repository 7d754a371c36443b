"""Notices that the legs are suddenly somebody else's: their bones change length at once.

Where somebody passes in front, MediaPipe may keep the trunk of the one who exercises and take the
other's legs for theirs, for as long as these are in the way. It does not know: the visibility stays
high.
"""

from dataclasses import replace
from math import nan

import numpy as np

from formcheck.pose import INDEX, Array, Pose

_SIDES = ("left", "right")

JUMP, FASTEST = 0.2, 1.5
"""By how much thighs or shanks may look longer or shorter than they did, in torsos: by so much, and
so much more for each second in between. In recordings of people it was at most 0.13 within 0.05 s
and 0.21 within 0.09 s; where MediaPipe took another's legs, 0.3 to 0.4 within 0.04 s."""
STAYS = 2.0
"""Seconds for which legs that have changed so are not believed, unless they change back."""
SEEN = 0.5
"""Visibility that a hip, knee and ankle must have to tell."""

_JOINTS = [[INDEX[f"{side}_{name}"] for name in ("hip", "knee", "ankle")] for side in _SIDES]
_BELOW_HIPS = [
    INDEX[f"{side}_{name}"] for name in ("knee", "ankle", "heel", "foot_index") for side in _SIDES
]


class Legs:
    """Follows the legs of one body, in order of time."""

    def __init__(self) -> None:
        """Begin with none."""
        self._joints = np.full((2, 3, 2), nan)
        self._time = self._since = nan

    def believed(self, pose: Pose, torso: float) -> Pose:
        """The pose, without legs that cannot be the same; the torso is in image heights."""
        joints = pose.image[_JOINTS, :2]
        joints[pose.visibility[_JOINTS].min(axis=1) < SEEN] = nan
        if self._has_jumped(joints, pose.time, torso):
            visibility = pose.visibility.copy()
            visibility[_BELOW_HIPS] = 0.0
            return replace(pose, visibility=visibility)
        self._joints, self._time, self._since = joints, pose.time, nan
        return pose

    def _has_jumped(self, joints: Array, time: float, torso: float) -> bool:
        """Whether the middle of the legs that were seen, and are, has another length at once.

        One leg alone may be a guess behind the other.
        """
        both = ~np.isnan(joints + self._joints).any(axis=(1, 2))
        if not both.any():
            return False
        since = time if self._since != self._since else self._since
        change = np.abs(_lengths(joints[both]) - _lengths(self._joints[both])).max()
        room = JUMP + FASTEST * (since - self._time)
        has_jumped = bool(change > room * torso) and time - since < STAYS
        self._since = since if has_jumped else nan
        return has_jumped


def _lengths(joints: Array) -> Array:
    """(2,) how long the thigh and the shank look in the middle of legs (legs, 3, 2)."""
    return np.asarray(np.linalg.norm(np.diff(joints.mean(axis=0), axis=0), axis=1))
