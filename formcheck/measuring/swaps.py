"""Notices that the legs have changed places, and changes them back: MediaPipe mixed them up.

Seen from the side, it may take the left leg for the right one in the next picture, and back
again a moment later. Legs can't do that: each knee and foot would jump to where the other was.
"""

from dataclasses import replace
from math import nan

import numpy as np

from formcheck.measuring.leaps import SEEN
from formcheck.measuring.legs import BELOW_HIPS
from formcheck.measuring.smoothing import Points
from formcheck.pose import INDEX, LANDMARKS, SWAPPED, Pose

APART = 0.15
"""How far knees and ankles must jump on average, in torsos, to tell: legs that are close together
may swap without harm."""
CLEARLY = 3.0
"""How many times nearer they must be to where the other leg's were. In a lunge in which MediaPipe
mixed the legs up they were 7 to 10 times nearer; the legs of somebody who runs at ten pictures a
second would be half as near."""
NEXT = 0.15
"""Seconds between two poses, at most, to compare them."""
STAYS = 2.0
"""Seconds after which another order is believed, or sooner if it has lasted for as long as the one
before: then it was that which was mixed up, as where somebody was only just found."""
_SIDES = ("left", "right")
_HIPS, _KNEES, _ANKLES = (
    [INDEX[f"{side}_{name}"] for side in _SIDES] for name in ("hip", "knee", "ankle")
)
_JOINTS = [*_HIPS, *_KNEES, *_ANKLES]
_UNSEEN: Points = np.full(len(_JOINTS), complex(nan, nan))
_MIRRORED = [1, 0, 3, 2, 5, 4]
"""The places in `_JOINTS` of those of the other side."""
_OTHER_LEG = np.arange(len(LANDMARKS))
_OTHER_LEG[BELOW_HIPS] = SWAPPED[BELOW_HIPS]
"""For each landmark which to take where the legs have changed places."""


class Swaps:
    """Follows the legs of one body, in order of time."""

    def __init__(self) -> None:
        """Begin with none."""
        self._joints = _UNSEEN
        self._time = nan
        """When these were seen."""
        self._since = nan
        """Since when each leg was where it belongs."""
        self._until = nan
        """Until when to change them back; NaN while they are where they belong."""

    def set_right(self, pose: Pose, torso: float) -> Pose:
        """The pose, each leg on its own side; the torso is in image heights."""
        if not pose.time - self._time < NEXT or pose.time > self._until:
            self._joints, self._since, self._until = _UNSEEN, pose.time, nan
        is_swapped = self._until == self._until
        if is_swapped:
            pose = _swapped(pose)
        joints = _joints_of(pose)
        if self._have_changed_places(joints, torso):
            lasted = pose.time - self._since
            self._until = nan if is_swapped else pose.time + min(lasted, STAYS)
            pose = _swapped(pose)
            joints = _joints_of(pose)
        if joints[0] == joints[0]:
            self._joints, self._time = joints, pose.time
        return pose

    def _have_changed_places(self, joints: Points, torso: float) -> bool:
        """Whether knees and ankles are where the other's just were, and the hips are not.

        Where the hips are, too, it is the whole body that is seen the other way round.
        """
        before = self._joints
        stayed = np.abs(joints - before)
        way = float(stayed[2:].mean())
        if not way > APART * torso:  # NaN where they were not seen
            return False
        changed = np.abs(joints[_MIRRORED] - before)
        are_hips_right = stayed[:2].sum() <= changed[:2].sum() + APART * torso
        return bool(are_hips_right and way > CLEARLY * changed[2:].mean())


def _joints_of(pose: Pose) -> Points:
    """(6,) places of hips, knees and ankles in image heights; unknown unless all are seen."""
    if pose.visibility[_JOINTS].min() < SEEN:
        return _UNSEEN
    places = pose.image[_JOINTS]
    return np.asarray(places[:, 0] + 1j * places[:, 1])


def _swapped(pose: Pose) -> Pose:
    """The pose with the legs below the hips exchanged."""
    return replace(
        pose,
        image=pose.image[_OTHER_LEG],
        world=pose.world[_OTHER_LEG],
        visibility=pose.visibility[_OTHER_LEG],
    )
