"""On the side, the chest to the camera: clamshell and side plank; drawn with the left working."""

import numpy as np

from formcheck.exercise import Side
from formcheck.figure.anatomy import BodyPoints, Proportions, place_arm, place_foot, place_head
from formcheck.figure.movement import Deviation, Instant, Movement, Pace
from formcheck.figure.vectors import (
    DOWN,
    RIGHT_NEAR,
    X,
    Y,
    Z,
    across,
    at,
    bearing,
    bent_line,
    mix,
    opposite,
    ray,
    rise_angle,
    towards,
    two_link,
    unit,
)
from formcheck.pose import Array


def _clamshell(now: Instant) -> BodyPoints:
    act, options = now.act, now.act.options
    points = _side_lying_trunk(now.body, now.grown("rolls_back"))
    bent = options["flexion"], options["knee"]
    apart = now.grown("feet_separate") * now.body.torso
    _shell_leg(points, now.body, "left", bent, now.progress @ act["top"], apart)
    _shell_leg(points, now.body, "right", bent, now.still(), now.still())
    return points


def _side_lying_trunk(body: Proportions, roll: Array) -> BodyPoints:
    """Trunk, head and arms of someone on the right side, rolled back by (T,) degrees.

    The head lies to the left. The trunk rolls about the hip below.
    """
    upward, chest = towards(roll, Y, -Z), towards(roll, Z, Y)
    points: BodyPoints = {}
    points["right_hip"] = np.broadcast_to(body.lying * Y, upward.shape)
    points["left_hip"] = points["right_hip"] + body.hip_width * upward
    wider = (body.shoulder_width - body.hip_width) / 2
    points["right_shoulder"] = points["right_hip"] - body.torso * X - wider * upward
    points["left_shoulder"] = points["right_shoulder"] + body.shoulder_width * upward
    shoulders = (points["left_shoulder"] + points["right_shoulder"]) / 2
    place_head(points, body, shoulders - body.neck * X, -X, towards(roll / 2, Z, Y))
    in_front = points["left_shoulder"] + 0.15 * X + 0.22 * chest
    place_arm(points, body, "left", in_front * (1, 0, 1) + 0.10 * Y, Z + X, -X)
    pillow = points["right_ear"] - 0.06 * X + 0.02 * DOWN
    place_arm(points, body, "right", pillow, chest - X + Y, -X)
    return points


def _shell_leg(
    points: BodyPoints,
    body: Proportions,
    side: Side,
    bent: tuple[float, float],
    opened: Array,
    lifted: Array,
) -> None:
    """Add a bent leg of someone on the side, whose knee is turned up about the line hip-ankle.

    Args:
        points: has the hip; gains knee, ankle and foot.
        body: sizes.
        side: whose.
        bent: degrees that the hip is bent, and the knee angle.
        opened: (T,) degrees that the knee is turned up.
        lifted: (T,) metres that the ankle is lifted off the other one.
    """
    flexion, knee = bent
    hip = points[f"{side}_hip"]
    thigh = body.thigh * towards(flexion, X, Z)
    shank = body.shank * towards(flexion - (180 - knee), X, Z)
    reach = float(np.linalg.norm(thigh + shank))
    line = towards(rise_angle(lifted, reach), across(thigh + shank, Y), Y)
    ankle = hip + reach * line
    ahead = across(Z, line)
    upwards = np.cross(ahead, line)
    upwards = upwards * np.sign(upwards[:, 1:2])
    points[f"{side}_ankle"] = ankle
    pole = towards(opened, ahead, upwards)
    points[f"{side}_knee"] = two_link(hip, ankle, body.thigh, body.shank, pole)
    shin = unit(ankle - points[f"{side}_knee"])
    place_foot(points, body, side, across(Z + 0.5 * X, shin), shin)


clamshell = Movement(
    name="clamshell",
    draw=_clamshell,
    main=lambda act: act["top"],
    each=True,  # the upper leg
    mirrors=True,
    view="front",
    pace=Pace(out=1.6, hold=2.4, back=1.6),
    options={
        "flexion": 50.0,  # degrees that both hips are bent
        "knee": 90.0,  # angle
        # Degrees that the knee is turned up, about the line from hip to ankle: the heels stay
        # together. At rest it is 0.
        "top": 42.0,
    },
    faults={
        "rolls_back": Deviation("degrees that trunk and pelvis roll", 58.0),
        "opens_too_little": Deviation("degrees that the knee is turned up", 17.0, "top"),
        "feet_separate": Deviation("how far apart the ankles go, torso lengths", 0.34),
        "hold_too_short": Deviation("seconds", 0.6, "hold"),
        "rushed_open": Deviation("seconds", 0.4, "out"),
        "rushed_close": Deviation("seconds", 0.4, "back"),
        "partial": Deviation("degrees that the knee is turned up", 12.0, "top"),
    },
)


# The side plank: the left side is below.

_ELBOW = at(0.6, 0.05)
_FOOT = 0.10
"""Metres that the middle of the stacked ankles, or knees, is above the floor."""
_BESIDE = 0.05
"""Metres from there to each ankle."""


def _side_plank(now: Instant) -> BodyPoints:
    act, body, on_knees = now.act, now.body, now.act.options["on_knees"]
    lately = now.while_holding(3.0, 0.5)
    sag = 1 + lately @ (act.of("hips_drop") - act.of("hips_too_high"))
    lower = _ELBOW + body.upper_arm * ray(90 - lately @ act.of("elbow_off"))
    shoulders = lower + body.shoulder_width / 2 * ray(110.0)

    # Between lying and the plank.
    leg = body.thigh if on_knees else body.leg
    span, rise = opposite(body.torso, leg, 180 - sag), shoulders[:, 1] - _FOOT
    foot = at(shoulders[:, 0] - np.sqrt(span**2 - rise**2), _FOOT)
    hip = bent_line(shoulders, foot, body.torso, leg, np.sign(sag))
    lying = body.lying + body.hip_width / 2
    trunk_lying = rise_angle(shoulders[:, 1] - lying, body.torso)
    trunk = mix(trunk_lying, bearing(hip, shoulders), now.gone)
    legs = mix(180 + rise_angle(lying - _FOOT, leg), bearing(hip, foot), now.gone)

    points: BodyPoints = {}
    hips = shoulders - body.torso * ray(trunk)
    upwards = towards(lately @ act.of("rolls"), ray(trunk + 90), Z)
    for side, _, sign in RIGHT_NEAR:
        points[f"{side}_shoulder"] = shoulders + sign * body.shoulder_width / 2 * upwards
        points[f"{side}_hip"] = hips + sign * body.hip_width / 2 * upwards
        _stacked_leg(points, body, side, legs, on_knees)
    _propped_arms(points, body, trunk)
    ears = shoulders + body.neck * ray(trunk)
    place_head(points, body, ears, ray(trunk), Z + 0 * shoulders)
    return points


def _stacked_leg(
    points: BodyPoints, body: Proportions, side: Side, leg: Array, on_knees: bool
) -> None:
    """A straight leg whose foot lies on the other's, or a thigh whose shin points away."""
    inwards = rise_angle(body.hip_width / 2 - _BESIDE, body.leg)
    way = ray(leg - inwards if side == "left" else leg + inwards)
    points[f"{side}_knee"] = points[f"{side}_hip"] + body.thigh * way
    shank = -Z + 0 * way if on_knees else way
    points[f"{side}_ankle"] = points[f"{side}_knee"] + body.shank * shank
    place_foot(points, body, side, way if on_knees else Z + 0 * way, shank)


def _propped_arms(points: BodyPoints, body: Proportions, trunk: Array) -> None:
    """The lower forearm on the floor, pointing at the camera; the upper hand on the hip."""
    elbow = _ELBOW + 0 * points["left_shoulder"]
    lean = points["left_shoulder"] - elbow
    place_arm(points, body, "left", elbow + body.forearm * Z, -lean, ray(trunk))
    on_hip = points["right_hip"] + 0.05 * ray(trunk + 90) + 0.08 * Z
    place_arm(points, body, "right", on_hip, Y - Z, ray(trunk))


side_plank = Movement(
    name="side_plank",
    draw=_side_plank,
    main=lambda act: np.zeros(act.reps),
    each=True,  # the lower side
    mirrors=True,
    view="front",
    # Between holds the person lies on the side, propped on the elbow.
    pace=Pace(out=1.0, hold=9.0, back=1.0, rest=2.5, after=2.5),
    options={"on_knees": False},  # the knees on the floor, the shins pointing away from the camera
    faults={
        "hips_drop": Deviation("degrees that the hips hang, for 3 s", 15.0),
        "hips_too_high": Deviation("degrees that the hips are up, for 3 s", 30.0),
        "elbow_off": Deviation("degrees that the upper arm leans, for 3 s", 40.0),
        "rolls": Deviation("degrees that shoulders and hips roll, for 3 s", 60.0),
        "hold_too_short": Deviation("seconds", 4.5, "hold"),
        "partial": Deviation("seconds", 1.5, "hold"),
    },
)
