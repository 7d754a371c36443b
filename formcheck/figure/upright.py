"""On the feet: squat, lunge, wall sit and sit to stand.

All are built in one frame: the person looks along X, up is Y, and the right side is the nearer one,
towards +Z. A *lean* is how far, in degrees, a line is tipped forward from upright. The trunk stands
on the middle of the hips, each leg on a foot whose index keeps its place when the heel rises; the
knee follows from where hip and ankle are.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from formcheck.exercise import Side
from formcheck.figure.anatomy import BodyPoints, Proportions, place_arm, place_foot, place_head
from formcheck.figure.movement import (
    STANDING,
    Deviation,
    Instant,
    Movement,
    Pace,
    Performance,
)
from formcheck.figure.script import minimum_jerk
from formcheck.figure.vectors import (
    RIGHT_NEAR,
    X,
    Y,
    Z,
    across,
    column,
    rise_angle,
    towards,
    two_link,
)
from formcheck.pose import Array

Foot = tuple[Array, Array]
"""Where the foot index is (T, 3), in the plane of the movement, and how far the heel is raised, in
degrees (T,)."""


def tipped(lean: ArrayLike) -> Array:
    """(T, 3) the direction that is tipped forward from upright by so many degrees."""
    return towards(lean, Y, X)


def leg_up(ankle: Array, shin: ArrayLike, thigh: ArrayLike, body: Proportions) -> Array:
    """The hip (T, 3) over an ankle, for the leans of shin and thigh; a thigh leans back, below 0.

    The knee angle is 180 degrees less the difference of the two.
    """
    return np.asarray(ankle + body.shank * tipped(shin) + body.thigh * tipped(thigh))


def standing_foot(ahead: ArrayLike, body: Proportions) -> Array:
    """The foot index (T, 3) of a flat foot whose ankle is so many metres ahead of the origin."""
    toes = np.asarray(ahead) + body.foot - body.heel_back
    return np.asarray(column(toes) * X + (body.lying - body.heel_drop) * Y)


def on_its_toes(foot: Foot, body: Proportions) -> tuple[Array, Array, Array]:
    """Ankle, direction of the toes and of the sole of a foot whose heel is raised."""
    index, raised = foot
    toe, sole = towards(raised, X, -Y), towards(raised, -Y, -X)
    return index + (body.heel_back - body.foot) * toe - body.heel_drop * sole, toe, sole


def person(
    body: Proportions,
    hips: Array,
    up: Array,
    feet: Mapping[Side, Foot],
    arms: str = "crossed",
    on_knees: ArrayLike = 0.0,
) -> BodyPoints:
    """All landmarks of somebody upright.

    Args:
        body: sizes.
        hips: (T, 3) the middle of the hips.
        up: (T, 3) the direction of the trunk.
        feet: each side's, at the side's own place across.
        arms: where they are.
        on_knees: (T,) how far the hands have gone from there to the knees, 0..1.
    """
    points: BodyPoints = {}
    right = across(Z, up)
    front = np.cross(up, right)
    shoulders = hips + body.torso * up
    for side, _, out in RIGHT_NEAR:
        points[f"{side}_hip"] = hips + out * body.hip_width / 2 * Z
        points[f"{side}_shoulder"] = shoulders + out * body.shoulder_width / 2 * right
        _leg(points, body, side, feet[side], out)
    place_head(points, body, shoulders + body.neck * up, up, front)
    for side, far, out in RIGHT_NEAR:
        wrist, elbow = _arm(points, body, arms, (side, far, out), up, front)
        knee = points[f"{side}_knee"] + 0.04 * Y
        place_arm(points, body, side, wrist + column(on_knees) * (knee - wrist), elbow, up + 0.1)
    return points


def _leg(points: BodyPoints, body: Proportions, side: Side, foot: Foot, out: float) -> None:
    """Add knee, ankle and foot to the hip that is there; the knee points forward."""
    ankle, toe, sole = on_its_toes(foot, body)
    points[f"{side}_ankle"] = ankle + out * body.hip_width / 2 * Z
    points[f"{side}_knee"] = two_link(
        points[f"{side}_hip"], points[f"{side}_ankle"], body.thigh, body.shank, X
    )
    place_foot(points, body, side, toe, sole)


def _arm(
    points: BodyPoints,
    body: Proportions,
    arms: str,
    which: tuple[Side, Side, float],
    up: Array,
    front: Array,
) -> tuple[Array, Array]:
    """Where a wrist is, and the direction in which the elbow points."""
    side, far, out = which
    reach = 0.985 * (body.upper_arm + body.forearm)
    if arms == "forward":
        return points[f"{side}_shoulder"] + reach * X, out * Z - Y
    if arms == "hanging":
        return points[f"{side}_shoulder"] - 0.50 * up + 0.05 * front + 0.08 * out * Z, -front
    on_chest = points[f"{far}_shoulder"] - 0.06 * up + 0.10 * front + 0.04 * out * Z
    return on_chest, 0.5 * front - up + 0.5 * out * Z


FROM_THE_SIDE: dict[str, Any] = {"drawn": "right", "mirrors": True, "middle": STANDING}


def _squat(now: Instant) -> BodyPoints:
    act, body = now.act, now.body
    bent = 180 - act.options["standing"] + now.progress @ _squat_bend(act)
    raised = now.progress @ rise_angle(act.of("heels_lift") * body.torso, body.foot)
    foot = (standing_foot(now.still(), body), raised)
    # The shins take a quarter of the bend: so the body stays over the feet.
    hips = leg_up(on_its_toes(foot, body)[0], 0.26 * bent, -0.74 * bent, body)
    deep = np.minimum(_squat_bend(act) / (act.options["standing"] - act.options["bottom"]), 1.0)
    up = tipped(now.progress @ act.instead(act.options["lean"] * deep, "trunk_folds"))
    return person(body, hips, up, {"left": foot, "right": foot}, act.options["arms"])


def _squat_bend(act: Performance) -> Array:
    return np.asarray(act.options["standing"] - act["bottom"], dtype=np.float64)


squat = Movement(
    name="squat",
    draw=_squat,
    main=_squat_bend,
    **FROM_THE_SIDE,
    # Down is the way out.
    pace=Pace(out=1.6, hold=0.6, back=1.4),
    # Knee angles at rest and at the bottom, lean of the trunk there; arms also crossed or hanging.
    options={"standing": 176.0, "bottom": 92.0, "lean": 38.0, "arms": "forward"},
    faults={
        "too_shallow": Deviation("knee angle at the bottom", 116.0, "bottom"),
        "trunk_folds": Deviation("lean of the trunk at the bottom", 62.0),
        "heels_lift": Deviation("rise of the heels, torso lengths", 0.18),
        "rushed_down": Deviation("seconds", 0.4, "out"),
        "partial": Deviation("knee angle", 152.0, "bottom"),
    },
)


def _lunge_rest(act: Performance) -> tuple[float, float]:
    """Lean of front thigh (backwards) and shin at rest."""
    if act.options["stepping"]:
        return 5.0, -3.0
    # In the split stance both legs are nearly straight.
    stance = float(rise_angle(act.options["step"] / 2, 0.995 * act.body.leg))
    return stance + 4.0, 4.0 - stance


def _lunge_thigh(act: Performance) -> Array:
    """How far the front thigh goes from upright, by repetition.

    Who lets the knee go ahead bends it the more, and gets down nearly as far.
    """
    ahead = np.where(act.has("knee_past_toes"), act["shin"] - act.options["shin"], 0.0)
    return act.instead(180.0 - act["bottom"] - act["shin"] + 0.6 * ahead, "partial")


def _lunge(now: Instant) -> BodyPoints:
    act, body = now.act, now.body
    step, stepping = act.options["step"], act.options["stepping"]
    rest_thigh, rest_shin = _lunge_rest(act)
    shins = np.where(act.has("partial"), -8.0, act["shin"])
    stepped = minimum_jerk(now.gone / 0.7) if stepping else now.still(1.0)
    index = standing_foot(step * (stepped - 1), body)
    index = index + column(0.4 * stepped * (1 - stepped)) * Y
    raised = rise_angle(act.of("front_heel_lifts") * body.torso, body.foot)
    front = (index, now.progress @ raised)
    thigh = rest_thigh + now.progress @ (_lunge_thigh(act) - rest_thigh)
    shin = rest_shin + now.progress @ (shins - rest_shin)
    hips = leg_up(on_its_toes(front, body)[0], shin, -thigh, body)
    heel = 60 * now.gone if stepping else 35 + 25 * now.gone
    back = (standing_foot(now.still(-step), body), heel)
    up = tipped(now.progress @ act["lean"])
    return person(body, hips, up, {"right": front, "left": back}, "hanging")


lunge = Movement(
    name="lunge",
    draw=_lunge,
    main=lambda act: _lunge_thigh(act) - _lunge_rest(act)[0],
    each=True,  # the leg in front, next to the camera
    **FROM_THE_SIDE,
    # Down is the way out.
    pace=Pace(out=1.6, hold=0.6, back=1.4),
    options={
        "step": 0.84,  # metres from ankle to ankle
        "stepping": False,  # whether each repetition begins and ends with the feet together
        "bottom": 92.0,  # angle of the front knee
        "shin": 6.0,  # lean of the front shin at the bottom
        "lean": 5.0,  # of the trunk at the bottom
    },
    faults={
        "too_shallow": Deviation("angle of the front knee at the bottom", 120.0, "bottom"),
        "knee_past_toes": Deviation("lean of the front shin at the bottom", 46.0, "shin"),
        "leans_forward": Deviation("lean of the trunk at the bottom", 36.0, "lean"),
        "leans_back": Deviation("lean of the trunk at the bottom", -20.0, "lean"),
        "front_heel_lifts": Deviation("rise of the front heel, torso lengths", 0.20),
        "partial": Deviation("degrees of the front thigh", 50.0),
    },
)


def _wall_sit_knees(act: Performance) -> tuple[Array, Array]:
    """The knee angle that the feet are placed for, and the one of the hold."""
    placed = np.where(act.has("knees_past_toes"), 80.0, act.options["knee"])
    return placed, act.instead(placed, "too_deep", "too_high")


def _wall_sit(now: Instant) -> BodyPoints:
    act, body = now.act, now.body
    placed, knees = _wall_sit_knees(act)
    shins = np.radians(act.of("knees_past_toes"))
    out = body.thigh * np.sin(np.radians(180.0 - placed) - shins) - body.shank * np.sin(shins)
    feet, late = now.settled(out, body.thigh), now.second_half()
    angle = 170.0 + now.progress @ (knees - 170.0) + late @ act.of("slides")
    height = np.sqrt(body.hip_to_ankle(angle) ** 2 - feet**2) + body.lying
    hips = column(now.still(-0.3)) * X + column(height) * Y
    foot = (standing_foot(feet - 0.3, body), now.still())
    up = tipped(late @ act.of("back_leaves_wall"))
    return person(body, hips, up, {"left": foot, "right": foot})


wall_sit = Movement(
    name="wall_sit",
    draw=_wall_sit,
    main=lambda act: 170.0 - _wall_sit_knees(act)[1],
    **FROM_THE_SIDE,
    # At rest the person stands leaning against the wall; down is the way out.
    pace=Pace(out=1.5, hold=10.5, back=1.5, rest=2.0, after=2.0),
    options={"knee": 92.0},  # angle while holding
    faults={
        "too_deep": Deviation("knee angle", 65.0),
        "too_high": Deviation("knee angle", 123.0),
        "slides": Deviation("degrees that the knee opens in the hold's second half", 17.0),
        "back_leaves_wall": Deviation("lean of the trunk in the hold's second half", 20.0),
        "knees_past_toes": Deviation("lean of the shins", 39.0),
        "hold_too_short": Deviation("seconds", 7.0, "hold"),
        "partial": Deviation("seconds", 2.5, "hold"),
    },
)


_SEAT = (8.0, 77.0)
"""Lean of the shins and of the thighs, backwards, of somebody sitting."""


def _risen(act: Performance) -> tuple[Array, Array, Array]:
    """How far the knees are bent at the top, and the leans of shins and trunk there."""
    bend = 180 - act["knee"]
    leans = 180 - act["hip"] - (bend - 0.45 * bend)
    return bend, 0.45 * bend, np.where(act.has("partial"), 25.0, np.maximum(leans, 0.0))


def _sit_to_stand(now: Instant) -> BodyPoints:
    act, body = now.act, now.body
    bend, shins, top_leans = _risen(act)
    foot = (standing_foot(now.still(), body), now.still())
    shin = _SEAT[0] + now.progress @ (shins - _SEAT[0])
    thigh = _SEAT[1] + now.progress @ (bend - shins - _SEAT[1])
    hips = leg_up(on_its_toes(foot, body)[0], shin, -thigh, body)
    # The trunk bows while the seat is left, and while it is reached again.
    bow = now.leaving() + now.coming_back()
    trunk = 4.0 + now.progress @ (top_leans - 4.0)
    trunk = trunk * (1 - bow.sum(axis=1)) + bow @ act["lean"]
    pushing = now.leaving() @ act.of("hands_push")
    feet: dict[Side, Foot] = {"left": foot, "right": foot}
    return person(body, hips, tipped(trunk), feet, "crossed", pushing)


sit_to_stand = Movement(
    name="sit_to_stand",
    draw=_sit_to_stand,
    main=lambda act: 85.0 - _risen(act)[0],
    **FROM_THE_SIDE | {"middle": (-0.15, 0.87, 0.0)},
    pace=Pace(out=1.6, hold=0.8, back=1.8, rest=2.0, after=2.0),
    # Lean of the trunk on leaving the seat and sitting down; the angles at the top.
    options={"lean": 42.0, "knee": 176.0, "hip": 177.0},
    faults={
        "knees_stay_bent": Deviation("knee angle at the top", 148.0, "knee"),
        "hips_stay_bent": Deviation("hip angle at the top", 148.0, "hip"),
        "leans_far": Deviation("lean of the trunk when leaving the seat", 74.0, "lean"),
        "plops_down": Deviation("seconds", 0.4, "back"),
        "hands_push": Deviation("1 = the hands are on the knees", 1.0),
        "partial": Deviation("knee angle", 118.0, "knee"),
    },
)
