"""On the back: dead bug and knee to chest.

The head lies to the right and the left side to the camera, or turned round. Legs are placed by the
directions of thigh and shank over the floor: 0 towards the feet, 90 up, below 0 down.
"""

import numpy as np
from numpy.typing import ArrayLike

from formcheck.exercise import Side
from formcheck.figure.anatomy import BodyPoints, Proportions, place_arm, place_foot, place_head
from formcheck.figure.movement import Deviation, Instant, Movement, Pace, Performance
from formcheck.figure.vectors import (
    DOWN,
    LEFT_NEAR,
    X,
    Y,
    Z,
    column,
    other,
    rise_angle,
    towards,
)
from formcheck.pose import Array

STRAIGHT = 178.0
"""Degrees of a knee that is called straight: not quite, so that it has a side to bend to."""


def both_sides(points: BodyPoints, name: str, middle: Array, width: float) -> None:
    """Add a left and a right landmark beside a middle, for someone on the back (left = near)."""
    points[f"left_{name}"] = middle + width / 2 * Z
    points[f"right_{name}"] = middle - width / 2 * Z


def lying_trunk(
    body: Proportions, hips: Array, shoulders: Array, neck: Array, nod: Array
) -> BodyPoints:
    """Hips, shoulders and head.

    Args:
        body: sizes.
        hips: (T, 3) their middle.
        shoulders: (T, 3) their middle.
        neck: (T,) degrees of the line from shoulders to ears over the floor.
        nod: (T,) degrees that the face is turned up from the ceiling.
    """
    points: BodyPoints = {}
    both_sides(points, "shoulder", shoulders, body.shoulder_width)
    both_sides(points, "hip", hips, body.hip_width)
    ears = shoulders + body.neck * towards(neck, X, Y)
    place_head(points, body, ears, towards(nod, X, Y), towards(nod, Y, -X))
    return points


def place_leg(
    points: BodyPoints,
    body: Proportions,
    side: Side,
    thigh: ArrayLike,
    shank: ArrayLike,
    sole: ArrayLike,
) -> None:
    """Add knee, ankle and foot to the hip that is there.

    Args:
        points: gains the landmarks.
        body: sizes.
        side: whose.
        thigh: (T,) degrees over the floor.
        shank: (T,) the same.
        sole: (T,) the same for the line from ankle to sole; -90 = flat on the floor.
    """
    points[f"{side}_knee"] = points[f"{side}_hip"] + body.thigh * towards(thigh, -X, Y)
    points[f"{side}_ankle"] = points[f"{side}_knee"] + body.shank * towards(shank, -X, Y)
    upwards = np.asarray(sole, dtype=np.float64) + 90
    place_foot(points, body, side, towards(upwards, -X, Y), towards(sole, -X, Y))


def _dead_bug_leg(act: Performance) -> tuple[Array, Array]:
    """How far thigh and shank are turned from right angles, by repetition."""
    bent = 180 - STRAIGHT
    short = act.of("partial")
    thighs = np.where(act.has("partial"), 90 - short, act["leg"] + bent / 2) - 90
    return thighs, np.where(act.has("partial"), -short, act["leg"] - bent / 2)


def _dead_bug(now: Instant) -> BodyPoints:
    act, body = now.act, now.body
    arch = act.of("back_arches") * body.torso
    lift = now.progress @ arch
    hips = body.lying * Y + column(lift) * Y
    # The shoulders stay on the floor and give way to the hips.
    shoulders = body.lying * Y + column(np.sqrt(body.torso**2 - lift**2)) * X
    points = lying_trunk(body, hips, shoulders, now.still(), now.still())
    thighs, shanks = _dead_bug_leg(act)
    drift, same = act.of("waiting_leg_drifts"), act.of("same_side_arm")
    for side, _, out in LEFT_NEAR:
        works = np.array([1.0 if each == side else 0.0 for each in act.sides])
        thigh = 90 + now.progress @ (works * thighs - (1 - works) * drift)
        shank = now.progress @ (works * shanks - (1 - works) * drift)
        place_leg(points, body, side, thigh, shank, shank)
        # The arm is swung overhead from the ceiling.
        swung = 90 * (now.progress @ np.where(works > 0, same, 1 - same))
        reach = 0.985 * (body.upper_arm + body.forearm)
        wrist = points[f"{side}_shoulder"] + reach * towards(0.97 * swung, Y, X)
        elbow, thumb = towards(swung, -X, Y) + out * Z, towards(swung, X, DOWN)
        place_arm(points, body, side, wrist, elbow, thumb)
    return points


dead_bug = Movement(
    name="dead_bug",
    draw=_dead_bug,
    main=lambda act: -_dead_bug_leg(act)[0],
    each=True,  # the leg that is stretched out
    pace=Pace(out=2.0, hold=1.5, back=2.0),
    options={"leg": 18.0},  # degrees of the stretched leg over the floor
    faults={
        "back_arches": Deviation("rise of the hips, torso lengths", 0.28),
        "same_side_arm": Deviation("1 = the arm on the leg's side goes overhead instead", 1.0),
        "reach_too_short": Deviation("degrees of the leg over the floor", 41.0, "leg"),
        "waiting_leg_drifts": Deviation("degrees that the other thigh goes along", 32.0),
        "rushed_out": Deviation("seconds", 0.6, "out"),
        "partial": Deviation("degrees from rest", 25.0),
    },
)


def _planted(act: Performance) -> tuple[float, float, float]:
    """Directions of thigh, shank and sole of a leg that lies bent or straight."""
    if act.options["lying"] == "straight":
        return 1.0, -1.0, -1.0
    body = act.body
    reach = float(body.hip_to_ankle(90.0))
    cosine = (body.thigh**2 + reach**2 - body.shank**2) / (2 * body.thigh * reach)
    thigh = float(np.degrees(np.arccos(cosine)))
    return thigh, thigh - 90.0, -90.0


def _knee_to_chest_range(act: Performance) -> Array:
    drawn_up = np.asarray(180 - _planted(act)[0] - act["hip"], dtype=np.float64)
    return act.instead(drawn_up, "partial")


def _knee_to_chest(now: Instant) -> BodyPoints:
    act, body = now.act, now.body
    thigh, shank, flat = _planted(act)
    ranges, usual = _knee_to_chest_range(act), act.options["hip"]
    lift = now.grown("hips_lift") * body.torso
    hips = body.lying * Y + column(lift) * Y
    shoulders = body.lying * Y + column(np.sqrt(body.torso**2 - lift**2)) * X
    nod = rise_angle(now.grown("head_lifts") * body.torso, body.neck)
    points = lying_trunk(body, hips, shoulders, nod, nod)
    eased = now.while_holding(2.5, 0.4) @ act.of("eases_off")
    drawn = thigh + now.progress @ ranges - eased
    # The knee folds to 65 degrees on the way.
    fold = ranges / (180 - thigh - usual) * (65 - usual - shank)
    folded = shank + now.progress @ fold - eased
    works = act.working
    place_leg(points, body, works, drawn, folded, flat + now.gone * (folded - flat))
    place_leg(points, body, other(works), thigh, shank, flat)
    shin = 0.7 * points[f"{works}_knee"] + 0.3 * points[f"{works}_ankle"]
    for side, _, out in LEFT_NEAR:
        alongside = points[f"{side}_shoulder"] - 0.5 * X + 0.08 * out * Z
        wrist = alongside + column(now.gone) * (shin - alongside)
        place_arm(points, body, side, wrist, Y + out * Z, Y)
    return points


knee_to_chest = Movement(
    name="knee_to_chest",
    draw=_knee_to_chest,
    main=_knee_to_chest_range,
    each=True,  # the leg that is drawn up
    pace=Pace(out=1.8, hold=16.0, back=1.8),
    options={
        "lying": "bent",  # how both legs rest: with the feet flat, or "straight"
        "hip": 48.0,  # angle with the knee at the chest
    },
    faults={
        "hold_too_short": Deviation("seconds", 6.0, "hold"),
        "knee_too_far": Deviation("hip angle at its smallest", 76.0, "hip"),
        "head_lifts": Deviation("rise of the ears, torso lengths", 0.25),
        "hips_lift": Deviation("rise of the hips, torso lengths", 0.18),
        "eases_off": Deviation("degrees lost for 2.5 s in the middle of the hold", 25.0),
        "rushed_in": Deviation("seconds", 0.4, "out"),
        "partial": Deviation("degrees from rest", 22.0),
    },
)
