"""Whether what MediaPipe says can be a body. One that trembles and whose bones stretch is none.

From views that it seldom met, such as along a lying body, MediaPipe takes hips for shoulders or
makes up limbs, and keeps to it for as long as the view stays. It does not know: the visibility
stays high. But its guesses change from picture to picture.
"""

from collections import deque

import numpy as np

from formcheck.pose import INDEX, Array, Pose

SPAN = 3.0
"""Seconds that are looked at together."""
LEAST = 15
"""Poses that must have been seen to say anything."""
STEP = 0.045
"""Seconds between two poses that are compared, at least. The more often MediaPipe looks, the less
it changes from picture to picture, so the measure is taken at about 15 a second."""
AGAIN = 1.0
"""Seconds between two looks."""
LASTING = 2.5
"""Seconds for which all looks must say the same to be believed: a sit-up that was seen well enough
looked doubtful for a moment."""
STILL = 0.2
"""Share of the time in which the body is stillest. There it tells trembling from quick movement."""
TREMBLING = 0.02
"""Second difference of the joints' places, in torsos, that is too much at rest. In rendered clips
whose joints were more than 0.2 torsos off their true places it was 0.03 to 0.05; in clips with good
joints up to 0.02 by quick movement, and below 0.01 as a rule."""
STRETCHING = 0.06
"""Standard deviation of the bones' lengths, as a share of them, that is too much. It was 0.07 to
0.1 in those clips; in good ones below 0.05 as a rule, and up to 0.08 in exercises in which limbs
point at the camera. Only both together tell that the body cannot be."""

_SIDES = ("left", "right")
_JOINTS = [
    INDEX[f"{side}_{name}"]
    for name in ("shoulder", "hip", "knee", "ankle", "elbow", "wrist")
    for side in _SIDES
]
"""The shoulders come first, then the hips, so that the middles of the trunk are easily had."""
_BONES = [
    (_JOINTS.index(INDEX[f"{side}_{one}"]), _JOINTS.index(INDEX[f"{side}_{other}"]))
    for side in _SIDES
    for one, other in (("shoulder", "hip"), ("hip", "knee"), ("knee", "ankle"))
]


class Doubt:
    """Follows the poses of one person, in order of time."""

    def __init__(self) -> None:
        self._seen: deque[Pose] = deque()
        self._looked = self._agreed = -np.inf
        self._is_doubtful = False

    def update(self, pose: Pose) -> bool:
        """Whether the body that is found cannot be one, now that this pose is known too."""
        if not pose.is_present:
            self._seen.clear()  # a body that was lost and found again jumps
        elif not self._seen or pose.time - self._seen[-1].time >= STEP:
            self._take(pose)
        return self._is_doubtful

    def _take(self, pose: Pose) -> None:
        self._seen.append(pose)
        while pose.time - self._seen[0].time > SPAN:
            self._seen.popleft()
        if pose.time - self._looked >= AGAIN:
            self._looked = pose.time
            self._look()

    def _look(self) -> None:
        """Look at what was seen of late, and change the verdict when that says so for a while."""
        now = self._seen[-1].time
        if (len(self._seen) >= LEAST and self._cannot_be()) == self._is_doubtful:
            self._agreed = now
        elif now - self._agreed >= LASTING:
            self._agreed, self._is_doubtful = now, not self._is_doubtful

    def _cannot_be(self) -> bool:
        # Nothing is known of a body without length, as files may hold it.
        with np.errstate(divide="ignore", invalid="ignore"):
            world = np.array([pose.world for pose in self._seen])[:, _JOINTS]
            if not stretching(world) > STRETCHING:
                return False
            image = np.array([pose.image for pose in self._seen])[:, _JOINTS, :2]
            return trembling(image) > TREMBLING


def trembling(joints: Array) -> float:
    """How far joints jump to and fro when the body is stillest, in torsos.

    Args:
        joints: (T, 12, 2) places in the picture, at T moments.
    """
    places = joints[..., 0] + 1j * joints[..., 1]
    torso = np.median(np.abs(places[:, :2].sum(axis=1) - places[:, 2:4].sum(axis=1))) / 2
    jumps = np.abs(places[2:] - 2 * places[1:-1] + places[:-2])
    return float(np.quantile(np.median(jumps, axis=1), STILL) / torso)


def stretching(joints: Array) -> float:
    """How much the lengths of trunk, thighs and shanks vary, as a share of them.

    Args:
        joints: (T, 12, 3) places in space, at T moments.
    """
    one, other = np.array(_BONES).T
    lengths = np.linalg.norm(joints[:, one] - joints[:, other], axis=2)
    return float(np.mean(lengths.std(axis=0) / lengths.mean(axis=0)))
