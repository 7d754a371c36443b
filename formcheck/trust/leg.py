"""A leg as MediaPipe shows it, and the pose without one that is not to be believed."""

from collections.abc import Iterable
from dataclasses import replace

from formcheck.pose import INDEX, SEEN, Pose

CLEAR = 0.7
"""Visibility of knee and ankle from which a leg is clearly there."""

LEFT, RIGHT = SIDES = (0, 1)
"""Where each leg is in a pair of legs."""

_JOINTS = [
    INDEX[f"{side}_{name}"] for side in ("left", "right") for name in ("hip", "knee", "ankle")
]
KNEES_AND_ANKLES = [*_JOINTS[1:3], *_JOINTS[4:6]]
"""Those of the left leg, then those of the right one."""
BELOW_HIPS = [
    INDEX[f"{side}_{name}"]
    for name in ("knee", "ankle", "heel", "foot_index")
    for side in ("left", "right")
]
"""All landmarks of the legs but the hips, the left one and the right one in turn."""

Leg = tuple[complex, complex, complex]
"""Hip, knee and ankle in the picture."""
Lengths = tuple[float, float]
"""How long the thigh and the shank look."""
PairOfLegs = tuple[Leg | None, Leg | None]
"""The left and the right leg; none that is not seen."""


def legs_of(pose: Pose, least: float = SEEN) -> PairOfLegs:
    """The legs in a pose; none of which a joint is less visible than `least`."""
    a, b, c, d, e, f = [complex(x, y) for x, y, _ in pose.image[_JOINTS].tolist()]
    seen = pose.visibility[_JOINTS].tolist()
    left = (a, b, c) if min(seen[:3]) >= least else None
    right = (d, e, f) if min(seen[3:]) >= least else None
    return left, right


def lengths_of(leg: Leg) -> Lengths:
    """How long its thigh and its shank look."""
    hip, knee, ankle = leg
    return abs(knee - hip), abs(ankle - knee)


def visibility_of(pose: Pose) -> tuple[float, float]:
    """How visible the knee and the ankle of the left and the right leg are: the lesser of both."""
    a, b, c, d = pose.visibility[KNEES_AND_ANKLES].tolist()
    return min(a, b), min(c, d)


def without_legs(pose: Pose, sides: Iterable[int] = SIDES) -> Pose:
    """The pose with the legs of these sides unseen."""
    visibility = pose.visibility.copy()
    for side in sides:
        visibility[BELOW_HIPS[side::2]] = 0.0
    return replace(pose, visibility=visibility)
