"""Notices a leg that looks little more than half as long as the other one: it is not theirs.

Seen from the side, MediaPipe may find the hidden leg in a mirror, in a picture on the wall, or in
somebody farther away. It is not sure of it then, as it is of one that points at the camera.
"""

from formcheck.pose import Pose
from formcheck.trust.leg import CLEAR, SIDES, Lengths, PairOfLegs, lengths_of, visibility_of

HALF = 0.55
"""Share of the other thigh and of the other shank that both bones of a leg must look long. A thigh
or a shank that points at the camera looks shorter still, but seldom both: in 120 rendered clips of
20 exercises and in 8 recordings of people it was so only where the camera looked along the body."""


def unlike_legs(pose: Pose, legs: PairOfLegs) -> list[int]:
    """The side of the leg that is much shorter than the other, and not clearly seen; none else.

    Args:
        pose: that they are seen in.
        legs: those of them that are seen.
    """
    lengths = [lengths_of(leg) if leg is not None else None for leg in legs]
    return [
        side
        for side in SIDES
        if _is_half(lengths[side], lengths[1 - side]) and visibility_of(pose)[side] < CLEAR
    ]


def _is_half(one: Lengths | None, other: Lengths | None) -> bool:
    if one is None or other is None:
        return False
    return one[0] < HALF * other[0] and one[1] < HALF * other[1]
