"""What is seen of a performance: outlines of the body's parts, what is in front last."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from formcheck.demonstration.furniture import things_around
from formcheck.demonstration.outlines import outline
from formcheck.demonstration.showing import Showing
from formcheck.demonstration.solids import SIDES, Solid, clothed
from formcheck.exercise import Side
from formcheck.figure.vectors import other
from formcheck.pose import Array

Look = Literal["body", "far", "works", "works-far", "hair", "eye", "thing"]
"""How a part is coloured: what works stands out, what is far is darker."""
STILL_CORNERS, CORNERS, LIMB_CORNERS, EYE_CORNERS = 40, 18, 14, 8
"""Of an outline. What moves is written down for every moment, so it has no more than it needs."""
AHEAD = 0.1
"""Metres that a leg is in front of the trunk if it is to cover it."""


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """Something drawn in one colour."""

    look: Look
    outlines: tuple[Array, ...]
    """(T, corners, 2) metres to the right and down, each."""


def things(showing: Showing, landmarks: Array, is_unaided: bool) -> list[Shape]:
    """What stands around, behind the body.

    Args:
        showing: what is shown.
        landmarks: (T, 33, 3) of the whole performance.
        is_unaided: whether no chair is at hand.
    """
    names = [each for each in showing.setting.things if each != "chair beside" or not is_unaided]
    around = things_around(names, landmarks)
    return [Shape("thing", _outlines(solids, showing, STILL_CORNERS)) for solids in around]


def body(showing: Showing, landmarks: Array) -> list[Shape]:
    """The body's parts, what is in front last; landmarks (T, 33, 3)."""
    solids = clothed(landmarks, showing.setting.rounds)
    near = None if showing.movement.view == "front" else showing.near
    order = _from_the_front(solids) if near is None else _from_the_side(near, showing)
    works = set(_working(showing))
    return [
        Shape(
            _look(name, name in works, near),
            _outlines(solids[name], showing, _corners(name)),
        )
        for name in order
    ]


def _corners(name: str) -> int:
    if name.endswith("_eye"):
        return EYE_CORNERS
    return LIMB_CORNERS if "_" in name else CORNERS


def _outlines(solids: list[Solid], showing: Showing, corners: int) -> tuple[Array, ...]:
    return tuple(outline(solid, showing.setting.camera, corners) for solid in solids)


def _from_the_side(near: Side, showing: Showing) -> list[str]:
    """The far limbs, the trunk, the near arm; the near leg is below the trunk as trousers are."""
    far, arm = other(near), [f"{near}_arm"]
    under, over = (arm, []) if showing.setting.arms_under else ([], arm)
    limbs = [f"{far}_leg", f"{far}_arm", *under, f"{near}_leg"]
    return [*limbs, "trunk", "hair", "head", f"{near}_eye", *over]


def _from_the_front(solids: dict[str, list[Solid]]) -> list[str]:
    """What comes further forwards later; the face is never covered."""

    def ahead(name: str) -> float:
        depths = [solid.centres[..., 2] for solid in solids[name]]
        return float(np.concatenate(depths, axis=1).mean(axis=1).max())

    limbs = sorted((f"{side}_{limb}" for side in SIDES for limb in ("arm", "leg")), key=ahead)
    trunk = ahead("trunk")
    over = [name for name in limbs if ahead(name) > trunk + (AHEAD if "leg" in name else 0)]
    under = [name for name in limbs if name not in over]
    return [*under, "trunk", *over, "hair", "head", "left_eye", "right_eye"]


def _look(name: str, works: bool, near: Side | None) -> Look:
    if name == "hair":
        return "hair"
    if name.endswith("_eye"):
        return "eye"
    if near and name.startswith(other(near)):
        return "works-far" if works else "far"
    return "works" if works else "body"


def _working(showing: Showing) -> Iterator[str]:
    """The names of the parts that stand out."""
    for limb in showing.setting.works:
        bare = limb.removeprefix("other_")
        side = showing.works if bare == limb else other(showing.works)
        yield limb if limb in ("trunk", "head") else f"{side}_{bare}"
