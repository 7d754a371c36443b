"""Directions, joints and mirror images of the stick figure.

Everything is a function of time, computed for all times at once. The room's axes: x to the right
as a camera at yaw 0 sees it, y up from the floor, z towards that camera. Metres and degrees.

What is built in one plane uses directions in it: 0 to the right, 90 up, 180 to the left.
"""

import numpy as np
from numpy.typing import ArrayLike

from formcheck.exercise import Side
from formcheck.pose import SWAPPED, Array

X = np.array([1.0, 0.0, 0.0])
Y = np.array([0.0, 1.0, 0.0])
Z = np.array([0.0, 0.0, 1.0])
DOWN = -Y

LEFT_NEAR: tuple[tuple[Side, Side, float], ...] = (("left", "right", 1.0), ("right", "left", -1.0))
"""Side, other side and where the side lies along z, for someone whose left is near the camera."""
RIGHT_NEAR: tuple[tuple[Side, Side, float], ...] = (("left", "right", -1.0), ("right", "left", 1.0))


def other(side: Side) -> Side:
    """The person's other side."""
    return "right" if side == "left" else "left"


def unit(vector: Array) -> Array:
    """(..., 3) vectors, brought to length 1."""
    return np.asarray(vector / np.linalg.norm(vector, axis=-1, keepdims=True), dtype=np.float64)


def column(values: ArrayLike) -> Array:
    """(T,) numbers as (T, 1), to multiply directions with."""
    return np.asarray(values, dtype=np.float64)[..., None]


def towards(angle: ArrayLike, zero: Array, ninety: Array) -> Array:
    """Unit vector at an angle (T,) in degrees in the plane of two (perpendicular) directions."""
    radians = np.radians(column(angle))
    return np.asarray(np.cos(radians) * zero + np.sin(radians) * ninety, dtype=np.float64)


def across(vector: Array, direction: Array) -> Array:
    """The part of `vector` perpendicular to `direction`, brought to length 1."""
    along = np.sum(vector * direction, axis=-1, keepdims=True) * direction
    return unit(vector - along)


def rise_angle(rise: ArrayLike, length: float) -> Array:
    """Degrees by which a link of this length is turned when its end rises by so much."""
    return np.asarray(np.degrees(np.arcsin(np.asarray(rise) / length)), dtype=np.float64)


def opposite(a: ArrayLike, b: ArrayLike, degrees: ArrayLike) -> Array:
    """The third side of a triangle, over the angle between two sides."""
    first, second = np.asarray(a), np.asarray(b)
    cosine = np.cos(np.radians(degrees))
    return np.asarray(np.sqrt(first**2 + second**2 - 2 * first * second * cosine))


def two_link(start: Array, end: Array, first: float, second: float, pole: Array) -> Array:
    """Where the joint between two links lies, bent towards `pole`.

    Args:
        start: (T, 3).
        end: (T, 3) within reach of both links.
        first: metres from start to the joint.
        second: metres from the joint to the end.
        pole: (3,) or (T, 3) the side to which the joint points.
    """
    span = end - start
    distance = np.linalg.norm(span, axis=-1, keepdims=True)
    direction = span / distance
    along = (distance**2 + first**2 - second**2) / (2 * distance)
    aside = np.sqrt(np.maximum(first**2 - along**2, 0.0))
    return np.asarray(start + along * direction + aside * across(pole, direction))


# In one plane.


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


def bent_line(start: Array, end: Array, first: float, second: float, below: ArrayLike) -> Array:
    """The joint between two links from start to end; `below` says on which side, +1 or -1."""
    span = np.linalg.norm(end - start, axis=-1)
    cosine = np.clip((span**2 + first**2 - second**2) / (2 * span * first), -1.0, 1.0)
    turned = np.asarray(below) * np.degrees(np.arccos(cosine))
    return np.asarray(start + first * ray(bearing(start, end) + turned))


# The other way round.


def reflected(landmarks: Array) -> Array:
    """The mirror image (..., 33, 3): x turned round, left and right swapped."""
    return np.asarray(landmarks[..., SWAPPED, :] * (-1.0, 1.0, 1.0), dtype=np.float64)


def turned_round(landmarks: Array) -> Array:
    """The same person turned by half a turn about the vertical."""
    return np.asarray(landmarks * (-1.0, 1.0, -1.0), dtype=np.float64)
