"""Measuring the stick figure with other means than it is built with."""

import numpy as np

from formcheck.figure.anatomy import Proportions
from formcheck.figure.script import Script
from formcheck.figure.viewpoint import Viewpoint
from formcheck.pose import INDEX, LANDMARKS, Array, Pose

TORSO = Proportions().torso
LIMBS = [
    (f"{side}_{a}", f"{side}_{b}", length)
    for side in ("left", "right")
    for a, b, length in (
        ("hip", "knee", Proportions().thigh),
        ("knee", "ankle", Proportions().shank),
        ("shoulder", "elbow", Proportions().upper_arm),
        ("elbow", "wrist", Proportions().forearm),
        ("heel", "foot_index", Proportions().foot),
        ("ankle", "heel", np.hypot(Proportions().heel_back, Proportions().heel_drop)),
    )
] + [
    ("left_shoulder", "right_shoulder", Proportions().shoulder_width),
    ("left_hip", "right_hip", Proportions().hip_width),
    ("left_ear", "right_ear", Proportions().ear_width),
]


def torso_of(pose: Pose) -> float:
    """The trunk's length in the picture."""
    return float(
        np.hypot(*(pose.image[INDEX["left_shoulder"]] - pose.image[INDEX["left_hip"]])[:2])
    )


def middle_of_hold(script: Script, rep: int = 0) -> float:
    """Seconds."""
    return (script.truth[rep].top_start + script.truth[rep].top_end) / 2


def room(script: Script, seconds: float) -> dict[str, Array]:
    """Name -> (3,) in the room at one moment."""
    return dict(zip(LANDMARKS, script.landmarks(np.array([seconds]))[0], strict=True))


def pictured(pose: Pose) -> dict[str, complex]:
    """Name -> x + iy with y up, in image heights: another arithmetic than the figure's."""
    return {name: complex(x, -y) for name, (x, y, _) in zip(LANDMARKS, pose.image, strict=True)}


def shot(script: Script, seconds: float, camera: Viewpoint | None = None) -> dict[str, complex]:
    """The picture at one moment."""
    poses = script.poses(fps=100, camera=camera)
    return pictured(min(poses, key=lambda pose: abs(pose.time - seconds)))


def turn(a: complex, vertex: complex, b: complex) -> float:
    """Degrees 0..360 by which b is turned counter-clockwise from a about the vertex."""
    return float(np.degrees(np.angle((b - vertex) / (a - vertex))) % 360)


def elevation(a: complex, b: complex) -> float:
    """Degrees of the line from a to b above the picture's horizontal."""
    return float(np.degrees(np.angle(b - a)))


def angle_at(a: complex, vertex: complex, b: complex) -> float:
    """Degrees 0..180 between two lines in the picture."""
    angle = turn(a, vertex, b)
    return min(angle, 360 - angle)


def top_of(script: Script) -> dict[str, Array]:
    """Name -> (3,) in the room in the middle of the first repetition's hold."""
    return room(script, middle_of_hold(script))
