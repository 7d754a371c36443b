"""A body with thickness: what the landmarks of the figure are clothed with.

Everything is made of balls, and of what is stretched between balls, so that one outline serves all.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from formcheck.exercise import Side
from formcheck.figure.anatomy import Proportions
from formcheck.figure.vectors import Y, across, column, mix, unit
from formcheck.pose import INDEX, Array

SIDES: tuple[Side, ...] = ("left", "right")
Ball = tuple[Array, float]
"""A centre (T, 3) and a radius, in metres."""


@dataclass(frozen=True, slots=True, eq=False)
class Solid:
    """What is stretched between some balls: their convex hull."""

    centres: Array
    """(T, n, 3) metres in the room."""
    radii: Array
    """(n,) metres."""


def stretched(*balls: Ball) -> Solid:
    """The solid between balls."""
    centres = np.stack([centre for centre, _ in balls], axis=1)
    return Solid(centres, np.array([radius for _, radius in balls]))


def chain(*balls: Ball) -> list[Solid]:
    """A limb: each ball stretched to the next."""
    return [stretched(a, b) for a, b in pairwise(balls)]


class Stance:
    """A body's landmarks by name, and what is up and in front of it: all (T, 3)."""

    def __init__(self, landmarks: Array) -> None:
        """Look at landmarks (T, 33, 3) in the room."""
        self._landmarks = landmarks
        self.shoulders, self.hips, self.ears = map(self.middle, ("shoulder", "hip", "ear"))
        self.up = unit(self.shoulders - self.hips)
        self.girdle, self.hip_line = map(self.leftward, ("shoulder", "hip"))
        self.front = np.cross(across(self.girdle, self.up), self.up)
        self.face = unit(self["nose"] - self.ears)
        self.crown = np.cross(self.face, self.leftward("ear"))

    def __getitem__(self, name: str) -> Array:
        """A landmark."""
        return np.asarray(self._landmarks[:, INDEX[name]])

    def middle(self, part: str) -> Array:
        """The middle between the left and the right one."""
        return np.asarray((self[f"left_{part}"] + self[f"right_{part}"]) / 2)

    def leftward(self, part: str) -> Array:
        """The direction from the right to the left one."""
        return unit(self[f"left_{part}"] - self[f"right_{part}"])

    @property
    def nod(self) -> Array:
        """(T,) degrees that the head is bent back from the line of the trunk."""
        neck = self.ears - self.shoulders
        ahead, along = ((neck * each).sum(axis=-1) for each in (self.front, self.up))
        return np.asarray(-np.degrees(np.arctan2(ahead, along)))


def clothed(landmarks: Array, rounds: float = 0.0) -> dict[str, list[Solid]]:
    """The parts of a body: trunk, hair, head, and each side's eye and limbs, as `left_arm`.

    Args:
        landmarks: (T, 33, 3) metres in the room.
        rounds: how far the back rounds with the head, see `Setting`.
    """
    stance = Stance(landmarks)
    parts = {"trunk": _trunk(stance, rounds), "hair": _hair(stance), "head": _head(stance)}
    for side in SIDES:
        parts[f"{side}_eye"] = _eye(stance, side)
        parts[f"{side}_arm"] = _arm(stance, side)
        parts[f"{side}_leg"] = _leg(stance, side)
    return parts


_TRUNK = ((0, 0.07, 0.1), (1 / 3, 0.058, 0.09), (2 / 3, 0.06, 0.091), (1, 0.075, 0.1))
"""From pelvis to chest: share of the way, half the distance of two balls, and their radius."""


def _trunk(stance: Stance, rounds: float) -> list[Solid]:
    """The shoulders, and a trunk whose back may be bent."""
    neck = (stance.shoulders + 0.05 * stance.up, 0.045)
    ends = [(mix(stance.shoulders, stance[f"{s}_shoulder"], 0.85), 0.045) for s in SIDES]
    bulge = column(_bulge(stance, rounds)) * stance.front
    chest = stance.shoulders - 0.06 * stance.up
    pairs = []
    for share, half, radius in _TRUNK:
        middle = mix(stance.hips, chest, share) - 4 * share * (1 - share) * bulge
        aside = half * mix(stance.hip_line, stance.girdle, share)
        pairs.append([(middle + aside, radius), (middle - aside, radius)])
    return [stretched(neck, *ends), *(stretched(*a, *b) for a, b in pairwise(pairs))]


def _bulge(stance: Stance, rounds: float) -> Array:
    """Metres (T,) by which the middle of the back is bent outwards.

    As far as the shoulders have come to the hips: the rise of a flat arc is the root of 3/16 of the
    difference between the squares of arc and chord.
    """
    chord = np.linalg.norm(stance.shoulders - stance.hips, axis=-1)
    rise = np.sqrt(np.maximum(Proportions().torso ** 2 - chord**2, 0) * 3 / 16)
    return np.asarray(rise - rounds * stance.nod / 90)


def _head(stance: Stance) -> list[Solid]:
    """Neck, skull and nose."""

    def at(ahead: float, above: float) -> Array:
        return np.asarray(stance.ears + ahead * stance.face + above * stance.crown)

    neck = (stance.shoulders - 0.02 * stance.up, 0.055), (at(-0.015, -0.02), 0.052)
    skull = (at(0.028, 0.012), 0.078), (at(0.055, -0.075), 0.036)
    nose = (at(0.085, 0.01), 0.012), (at(0.105, -0.012), 0.012)
    return [stretched(*neck), stretched(*skull), stretched(*nose)]


def _hair(stance: Stance) -> list[Solid]:
    """It shows where the head's back is."""
    back = stance.ears - 0.02 * stance.face + 0.012 * stance.crown
    crown = stance.ears + 0.03 * stance.face + 0.05 * stance.crown
    return [stretched((back, 0.092), (crown, 0.075))]


def _eye(stance: Stance, side: Side) -> list[Solid]:
    """It shows where somebody looks."""
    eye = stance[f"{side}_eye"] + 0.012 * stance.face
    return [stretched((eye, 0.011), (eye + 0.008 * stance.crown, 0.011))]


def _arm(stance: Stance, side: Side) -> list[Solid]:
    shoulder, elbow, wrist = (stance[f"{side}_{part}"] for part in ("shoulder", "elbow", "wrist"))
    fingers = unit((stance[f"{side}_index"] + stance[f"{side}_pinky"]) / 2 - wrist)
    tip = _above_floor(wrist + 0.13 * _planted(fingers, wrist, stance), 0.024)
    return chain((shoulder, 0.053), (elbow, 0.041), (wrist, 0.031), (tip, 0.024))


def _above_floor(place: Array, radius: float) -> Array:
    """What would go through the floor lies on it: the figure's feet and hands do not bend."""
    return np.asarray(np.maximum(place, (-np.inf, radius, -np.inf)))


def _planted(fingers: Array, wrist: Array, stance: Stance) -> Array:
    """Where the fingers point: along the floor, headwards, where the hand is planted on it.

    The figure prolongs the forearm, as no landmark that is measured lies further out.
    """
    headwards = unit(stance.up * (1, 0, 1) + 1e-9)
    low = np.clip((0.16 - wrist[:, 1:2]) / 0.08, 0, 1) * (fingers[:, 1:2] < -0.3)
    return unit(mix(fingers, headwards - 0.1 * Y, low))


def _leg(stance: Stance, side: Side) -> list[Solid]:
    hip, knee, ankle = (stance[f"{side}_{part}"] for part in ("hip", "knee", "ankle"))
    heel, index = stance[f"{side}_heel"], stance[f"{side}_foot_index"]
    toes, calf = _above_floor(mix(heel, index, 1.12), 0.028), mix(knee, ankle, 0.3)
    aside = 0.02 * unit(np.cross(index - heel, ankle - heel))
    foot = (ankle, 0.039), (heel, 0.033), (toes + aside, 0.028), (toes - aside, 0.028)
    return [
        *chain((hip, 0.086), (knee, 0.058), (calf, 0.056), (ankle, 0.039)),
        stretched(*foot),
    ]
