"""The stick figure's body: its sizes, and how hands, feet and face follow from a posture."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from formcheck.exercise import Side
from formcheck.figure.vectors import across, opposite, two_link, unit
from formcheck.pose import LANDMARKS, Array

BodyPoints = dict[str, Array]
"""Landmark name -> (T, 3) metres in the room."""


@dataclass(frozen=True, slots=True)
class Proportions:
    """Sizes in metres of a person 1.70 m tall."""

    torso: float = 0.49
    thigh: float = 0.417
    shank: float = 0.418
    shoulder_width: float = 0.34
    hip_width: float = 0.17
    upper_arm: float = 0.28
    forearm: float = 0.25
    neck: float = 0.20
    """From the middle of the shoulders to the middle of the ears."""
    ear_width: float = 0.15
    nose: float = 0.10
    """How far the nose is in front of the ears."""
    heel_back: float = 0.025
    heel_drop: float = 0.055
    """How far the heel lies behind and below the ankle."""
    foot: float = 0.20
    """From the heel to the foot index."""
    lying: float = 0.09
    """Height of the joint centres above the floor of someone lying; also of the ankle, standing."""

    @property
    def leg(self) -> float:
        """From hip to ankle with the knee straight."""
        return self.thigh + self.shank

    def hip_to_ankle(self, knee: ArrayLike) -> Array:
        """Distance for a knee angle in degrees (180 = straight)."""
        return opposite(self.thigh, self.shank, knee)

    def knee_angle(self, distance: ArrayLike) -> Array:
        """Knee angle in degrees for a distance from hip to ankle: inverse of `hip_to_ankle`."""
        squared = self.thigh**2 + self.shank**2 - np.square(distance)
        cosine = np.clip(squared / (2 * self.thigh * self.shank), -1, 1)
        return np.asarray(np.degrees(np.arccos(cosine)), dtype=np.float64)


AS_MEDIAPIPE = Proportions(
    thigh=0.40,
    shank=0.38,
    shoulder_width=0.30,
    hip_width=0.21,
    upper_arm=0.24,
    forearm=0.22,
    heel_back=0.02,
    heel_drop=0.045,
    foot=0.14,
)
"""The proportions of MediaPipe's world landmarks in recordings of people: wide hips, short feet."""


def place_arm(
    points: BodyPoints, body: Proportions, side: Side, wrist: Array, elbow: Array, thumb: Array
) -> None:
    """Add elbow, wrist and hand to the shoulder that is there.

    Args:
        points: gains the landmarks.
        body: sizes.
        side: whose.
        wrist: (T, 3) where the wrist should be; it stops at the arm's reach.
        elbow: the direction in which the elbow points.
        thumb: roughly the direction in which the thumb points.
    """
    shoulder = points[f"{side}_shoulder"]
    reach = wrist - shoulder
    length = np.linalg.norm(reach, axis=-1, keepdims=True)
    longest = 0.9999 * (body.upper_arm + body.forearm)
    wrist = shoulder + reach * np.minimum(1.0, longest / length)
    joint = two_link(shoulder, wrist, body.upper_arm, body.forearm, elbow)
    along = unit(wrist - joint)
    aside = across(thumb, along)
    points[f"{side}_elbow"] = joint
    points[f"{side}_wrist"] = wrist
    points[f"{side}_pinky"] = wrist + 0.075 * along - 0.03 * aside
    points[f"{side}_index"] = wrist + 0.085 * along + 0.02 * aside
    points[f"{side}_thumb"] = wrist + 0.03 * along + 0.035 * aside


def place_foot(points: BodyPoints, body: Proportions, side: Side, toe: Array, sole: Array) -> None:
    """Add heel and foot index to the ankle that is there.

    Args:
        points: gains the landmarks.
        body: sizes.
        side: whose.
        toe: unit vector from the heel to the foot index.
        sole: unit vector from the ankle to the sole.
    """
    heel = points[f"{side}_ankle"] - body.heel_back * toe + body.heel_drop * sole
    points[f"{side}_heel"] = heel
    points[f"{side}_foot_index"] = heel + body.foot * toe


def place_head(points: BodyPoints, body: Proportions, ears: Array, up: Array, front: Array) -> None:
    """Add ears, eyes, nose and mouth around the middle of the ears.

    Args:
        points: gains the landmarks.
        body: sizes.
        ears: (T, 3) the middle between the ears.
        up: unit vector towards the crown.
        front: unit vector from the ears to the nose.
    """
    left = np.cross(up, front)

    def at(forward: float, above: float, aside: float) -> Array:
        return np.asarray(ears + forward * front + above * up + aside * left)

    points["nose"] = at(body.nose, 0.0, 0.0)
    sides: tuple[tuple[Side, float], ...] = (("left", 1.0), ("right", -1.0))
    for side, sign in sides:
        points[f"{side}_ear"] = at(0.0, 0.0, sign * body.ear_width / 2)
        points[f"{side}_eye_inner"] = at(0.085, 0.035, sign * 0.015)
        points[f"{side}_eye"] = at(0.083, 0.035, sign * 0.030)
        points[f"{side}_eye_outer"] = at(0.078, 0.035, sign * 0.045)
        points[f"mouth_{side}"] = at(0.085, -0.045, sign * 0.025)


def stacked(points: Mapping[str, Array], times: Array) -> Array:
    """All landmarks (T, 33, 3) in MediaPipe's order; those that do not move are repeated."""
    shape = (len(times), 3)
    return np.stack([np.broadcast_to(points[name], shape) for name in LANDMARKS], axis=1)
