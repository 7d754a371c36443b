"""A stick figure built in one plane: a person face down, from the directions of the segments.

The head is to the right and the right side is near the camera at yaw 0; `near_side` turns it round.
Directions are in degrees: 0 towards the head's side of the picture, 90 up, 180 towards the feet.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from figure_body import (
    Array,
    Body,
    Motion,
    Points,
    Side,
    X,
    Y,
    Z,
    column,
    place_arm,
    place_foot,
    place_head,
    towards,
    turned_round,
)
from numpy.typing import ArrayLike

SIDES: tuple[tuple[Side, Array], ...] = (("left", -Z), ("right", Z))
"""Each side, and the direction in which it lies."""
FLOOR_WRIST = 0.05
"""Metres that the wrist of a planted hand is above the floor, and an elbow that rests on it."""
FLOOR_KNEE = 0.06


@dataclass(frozen=True, slots=True)
class Leg:
    """(T,) or single directions in degrees."""

    thigh: ArrayLike
    shank: ArrayLike
    foot: ArrayLike
    """From the heel to the toes."""

    def mixed(self, other: "Leg", share: Array) -> "Leg":
        """Part of the way, (T,), to another posture of the leg."""
        return Leg(
            mix(self.thigh, other.thigh, share),
            mix(self.shank, other.shank, share),
            mix(self.foot, other.foot, share),
        )


@dataclass(frozen=True, slots=True)
class Arm:
    """Where a hand is, in the plane, and to where the elbow points."""

    wrist: Array
    elbow: Array


@dataclass(frozen=True, slots=True)
class Posture:
    """A person face down, in the plane."""

    hip: Array
    """(T, 3)"""
    trunk: Array
    """(T,) degrees from the hip to the shoulder."""
    head: Array
    """(T,) degrees that the head is bent back from the line of the trunk."""
    legs: Mapping[Side, Leg]
    arms: Mapping[Side, Arm]


def mix(a: ArrayLike, b: ArrayLike, share: ArrayLike) -> Array:
    """`a` where the share is 0, `b` where it is 1."""
    first = np.asarray(a, dtype=np.float64)
    return np.asarray(first + np.asarray(share) * (np.asarray(b) - first))


def at(x: ArrayLike, y: ArrayLike) -> Array:
    """A place in the plane."""
    return np.asarray(column(x) * X + column(y) * Y)


def ray(degrees: ArrayLike) -> Array:
    """(T, 3) unit vector of a direction in the plane."""
    return towards(degrees, X, Y)


def bearing(start: Array, end: Array) -> Array:
    """Degrees 0..360 of the way from start to end."""
    line = end - start
    return np.asarray(np.degrees(np.arctan2(line[..., 1], line[..., 0])) % 360)


def circles_meet(a: Array, first: ArrayLike, b: Array, second: ArrayLike) -> Array:
    """The upper of the points as far from `a` as `first` says, and from `b` as `second` says."""
    span = np.linalg.norm(b - a, axis=-1)
    first, second = np.asarray(first), np.asarray(second)
    angle = np.degrees(np.arccos((span**2 + first**2 - second**2) / (2 * span * first)))
    way = (bearing(a, b) + 180) % 360 - 180
    up = np.where(np.abs(way) < 90, angle, -angle)
    return np.asarray(a + column(first) * ray(way + up))


def opposite(a: ArrayLike, b: ArrayLike, degrees: ArrayLike) -> Array:
    """The third side of a triangle, over the angle between two sides."""
    first, second = np.asarray(a), np.asarray(b)
    cosine = np.cos(np.radians(degrees))
    return np.asarray(np.sqrt(first**2 + second**2 - 2 * first * second * cosine))


def bent_line(start: Array, end: Array, first: float, second: float, below: ArrayLike) -> Array:
    """The joint between two links from start to end; `below` says on which side, +1 or -1."""
    span = np.linalg.norm(end - start, axis=-1)
    cosine = np.clip((span**2 + first**2 - second**2) / (2 * span * first), -1.0, 1.0)
    return np.asarray(
        start + first * ray(bearing(start, end) + np.asarray(below) * np.degrees(np.arccos(cosine)))
    )


def face_down(body: Body, posture: Posture) -> Points:
    """All landmarks of a posture."""
    points: Points = {}
    shoulder = posture.hip + body.torso * ray(posture.trunk)
    for side, aside in SIDES:
        points[f"{side}_shoulder"] = shoulder + body.shoulder_width / 2 * aside
        points[f"{side}_hip"] = posture.hip + body.hip_width / 2 * aside
        _place_leg(points, body, side, posture.legs[side])
        arm = posture.arms[side]
        wrist = arm.wrist + body.shoulder_width / 2 * aside
        place_arm(points, body, side, wrist, arm.elbow, -aside)
    line = posture.trunk + posture.head
    place_head(points, body, shoulder + body.neck * ray(line), ray(line), ray(line - 90))
    return points


def _place_leg(points: Points, body: Body, side: Side, leg: Leg) -> None:
    knee = points[f"{side}_hip"] + body.thigh * ray(leg.thigh)
    points[f"{side}_knee"] = knee
    points[f"{side}_ankle"] = knee + body.shank * ray(leg.shank)
    foot = np.asarray(leg.foot, dtype=np.float64)
    place_foot(points, body, side, ray(foot), ray(foot - 90))


def near_side(near: Side, motion: Motion) -> Motion:
    """The person's given side to the camera, from a motion that has the right side there."""
    if near == "right":
        return motion
    return lambda times: turned_round(motion(times))
