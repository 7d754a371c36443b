"""Lifting a leg: to the side, lying or standing, and the march; drawn with the left leg working.

The main angle is that of the line hip-ankle of the raised leg from the prolonged trunk line; in the
march it is that of the thigh.
"""

import numpy as np

from formcheck.figure.anatomy import (
    BodyPoints,
    Proportions,
    place_arm,
    place_foot,
    place_head,
    stacked,
)
from formcheck.figure.movement import STANDING, Deviation, Instant, Movement, Pace, Performance
from formcheck.figure.script import Script
from formcheck.figure.upright import person, standing_foot, tipped
from formcheck.figure.vectors import (
    DOWN,
    RIGHT_NEAR,
    X,
    Y,
    Z,
    across,
    column,
    towards,
    two_link,
    unit,
)
from formcheck.pose import Array

KNEES = {"knee": 180.0, "knee_in_depth": 180.0}
"""Angles of the raised leg's knee at the top, in the plane of the picture and away from there."""


def _working_leg(points: BodyPoints, now: Instant, line: Array, outward: Array) -> None:
    """Add the left leg, so that in the picture the line from hip to ankle runs as asked.

    Args:
        points: has the left hip; gains knee, ankle and foot.
        now: the moment.
        line: (T, 3) unit vector from hip to ankle, in the plane of the picture.
        outward: (T, 3) away from the other leg, perpendicular to the trunk.
    """
    act, body = now.act, now.body
    line = towards(now.grown("leg_drifts_forward") + now.grown("leg_drifts"), line, Z)
    aside, in_depth = 180 - act["knee"], 180 - act["knee_in_depth"]
    knee_angle = 180 - now.progress @ (aside + in_depth)
    pole = np.where(column(now.progress @ in_depth) > 0, Z, outward)
    hip = points["left_hip"]
    points["left_ankle"] = hip + column(body.hip_to_ankle(knee_angle)) * line
    points["left_knee"] = two_link(hip, points["left_ankle"], body.thigh, body.shank, pole)
    shank = unit(points["left_ankle"] - points["left_knee"])
    # First the foot at right angles to the shank, then turned about the shank.
    turn = now.grown("toes_turn_up") + now.grown("toes_turn_out")
    ahead = across(Z, shank)
    place_foot(points, body, "left", towards(turn, ahead, np.cross(ahead, shank)), shank)


def _bottom_leg(points: BodyPoints, body: Proportions, bent: bool) -> None:
    """Add the right leg of someone lying on the right side; its knee is on the floor."""
    hip = points["right_hip"]
    flexion, back = (35.0, -40.0) if bent else (0.0, 0.0)
    drop = hip[..., 1:2] - body.lying
    level = np.sqrt(body.thigh**2 - drop**2)
    points["right_knee"] = hip - drop * Y + level * towards(flexion, X, Z)
    points["right_ankle"] = points["right_knee"] + body.shank * towards(back, X, Z)
    shank = unit(points["right_ankle"] - points["right_knee"])
    place_foot(points, body, "right", across(Z, shank), shank)


def _lying_tops(act: Performance) -> Array:
    return np.where(act.has("partial"), act.options["lying"] + act.of("partial"), act["top"])


def _side_lying_leg_raise(now: Instant) -> BodyPoints:
    act, body = now.act, now.body
    # On the right side, head to the left: left is up, so X points from the hips to the feet.
    feetward, headward = X, -X
    roll = now.grown("rolls_back")
    upward, chest = towards(roll, Y, -Z), towards(roll, Z, Y)
    half = body.shoulder_width / 2
    # Rolling back, the person comes to lie flatter.
    height = body.lying + half * np.cos(np.radians(roll))
    points: BodyPoints = {}
    shoulders = column(height) * Y + body.torso * headward
    points["left_shoulder"] = shoulders + half * upward
    points["right_shoulder"] = shoulders - half * upward
    # The pelvis tilts about the lower hip, which rests on the floor.
    right_hip = column(height) * Y - body.hip_width / 2 * upward
    tilted = towards(now.grown("waist_hitch"), upward, headward)
    points["right_hip"] = right_hip
    points["left_hip"] = right_hip + body.hip_width * tilted
    hips = (points["left_hip"] + points["right_hip"]) / 2

    trunk = unit(hips - shoulders)
    outward = np.cross(Z, trunk)
    lying = act.options["lying"]
    angle = lying + now.progress @ (_lying_tops(act) - lying)
    _working_leg(points, now, towards(angle, trunk, outward), outward)
    _bottom_leg(points, body, act.options["bottom_knee_bent"])

    # The head turns along half-way, to keep an eye on the screen.
    face = towards(roll / 2, Z, Y)
    place_head(points, body, shoulders + body.neck * headward, headward, face)
    in_front = points["left_shoulder"] + 0.15 * feetward + 0.22 * chest
    place_arm(points, body, "left", in_front * (1, 0, 1) + 0.06 * Y, Z + feetward, headward)
    pillow = points["right_ear"] + 0.06 * headward + 0.02 * DOWN
    place_arm(points, body, "right", pillow, chest + headward, headward)
    return points


side_lying_leg_raise = Movement(
    name="side_lying_leg_raise",
    draw=_side_lying_leg_raise,
    main=lambda act: _lying_tops(act) - act.options["lying"],
    each=True,  # the upper leg
    mirrors=True,
    view="front",
    pace=Pace(out=1.8, hold=2.4, back=1.8),
    options={
        "lying": -9.0,  # angle at rest: the hip is wider than the ankle is high
        "top": 35.0,  # angle
        "bottom_knee_bent": True,  # as most are taught; else both legs are straight
        **KNEES,
    },
    faults={
        "hold_too_short": Deviation("seconds", 0.4, "hold"),
        "lift_too_low": Deviation("degrees of abduction at the top", 18.0, "top"),
        "lift_too_high": Deviation("degrees of abduction at the top", 60.0, "top"),
        "waist_hitch": Deviation("degrees the pelvis tilts, upper hip to the shoulder", 24.0),
        "leg_drifts_forward": Deviation("degrees of hip flexion", 46.0),
        "toes_turn_up": Deviation("degrees", 45.0),
        "knee_bends": Deviation("knee angle at the top, in the picture", 140.0, "knee"),
        "knee_bends_in_depth": Deviation("the same, away from us", 140.0, "knee_in_depth"),
        "rolls_back": Deviation("degrees that trunk and pelvis roll", 55.0),
        "rushed_up": Deviation("seconds", 0.4, "out"),
        "rushed_down": Deviation("seconds", 0.4, "back"),
        "partial": Deviation("degrees from rest", 12.0),
    },
)


def _standing_leg(points: BodyPoints, now: Instant) -> None:
    """The right leg, whose knee may buckle, and the hip on it."""
    act, body = now.act, now.body
    aside, in_depth = 180 - act["standing_knee"], 180 - act["standing_knee_in_depth"]
    knee_angle = 180 - now.progress @ (aside + in_depth)
    ankle = np.zeros((len(now.times), 3)) - body.hip_width / 2 * X + body.lying * Y
    hip = ankle + column(body.hip_to_ankle(knee_angle)) * Y
    pole = np.where(column(now.progress @ in_depth) > 0, Z, X)
    points["right_ankle"], points["right_hip"] = ankle, hip
    points["right_knee"] = two_link(hip, ankle, body.thigh, body.shank, pole)
    place_foot(points, body, "right", Z, DOWN)


def _hop(now: Instant) -> Array:
    """How far (T, 3) the whole body has hopped: not changed by who works in the rest after it."""
    act = now.act
    away = now.from_hold_to_rest(0.25)
    signs = np.array([1.0 if side == "left" else -1.0 for side in act.sides])
    hop = away @ (-signs * act.of("balance_lost")) * now.body.torso
    in_the_air = 0.03 * (4 * away * (1 - away)) @ act.has("balance_lost")
    return np.asarray(column(np.where(now.as_drawn, hop, -hop)) * X + column(in_the_air) * Y)


def _standing_leg_raise(now: Instant) -> BodyPoints:
    body, points = now.body, dict[str, Array]()
    _standing_leg(points, now)
    pelvis = towards(now.grown("hip_hikes"), X, Y)
    points["left_hip"] = points["right_hip"] + body.hip_width * pelvis
    hips = points["right_hip"] + body.hip_width / 2 * pelvis

    lean = now.grown("trunk_leans")
    up, outward = towards(lean, Y, -X), towards(lean, X, Y)
    shoulders = hips + body.torso * up
    points["left_shoulder"] = shoulders + body.shoulder_width / 2 * outward
    points["right_shoulder"] = shoulders - body.shoulder_width / 2 * outward
    raised = towards(now.progress @ now.act["top"], -up, outward)
    _working_leg(points, now, raised, outward)
    place_head(points, body, shoulders + body.neck * up, up, Z)
    for side, out in (("left", outward), ("right", -outward)):
        wrist = points[f"{side}_shoulder"] - 0.50 * up + 0.10 * out + 0.05 * Z
        place_arm(points, body, "left" if side == "left" else "right", wrist, -Z + out, Z)
    shift = _hop(now)
    return {name: place + shift for name, place in points.items()}


standing_leg_raise = Movement(
    name="standing_leg_raise",
    draw=_standing_leg_raise,
    main=lambda act: act["top"],
    each=True,  # the leg that is raised
    mirrors=True,
    view="front",
    middle=STANDING,
    pace=Pace(out=1.4, hold=2.4, back=1.4),
    options={
        "top": 32.0,  # angle; at rest it is 0
        "standing_knee": 180.0,
        "standing_knee_in_depth": 180.0,
        **KNEES,
    },
    faults={
        "trunk_leans": Deviation("degrees, away from the leg", 16.0),
        "hip_hikes": Deviation("degrees of the pelvis line, the trunk stays upright", 20.0),
        "knee_bends": Deviation("knee angle at the top, in the picture", 140.0, "knee"),
        "knee_bends_in_depth": Deviation("the same, away from us", 140.0, "knee_in_depth"),
        "standing_knee_bends": Deviation(
            "knee angle at the top, buckling towards the other knee", 140.0, "standing_knee"
        ),
        "standing_knee_bends_in_depth": Deviation(
            "the same, bending forward as in a squat", 140.0, "standing_knee_in_depth"
        ),
        "leg_drifts": Deviation("degrees of hip flexion", 46.0),
        "toes_turn_out": Deviation("degrees", 45.0),
        "rushed_up": Deviation("seconds", 0.3, "out"),
        "rushed_down": Deviation("seconds", 0.3, "back"),
        "balance_lost": Deviation("torso lengths the foot hops away from the leg", 0.32),
        "hold_too_short": Deviation("seconds", 0.8, "hold"),
        "lift_too_high": Deviation("degrees of abduction at the top", 65.0, "top"),
        "lift_too_low": Deviation("degrees of abduction at the top", 20.0, "top"),
        "partial": Deviation("degrees of abduction at the top", 10.0, "top"),
    },
)


def _march(now: Instant) -> BodyPoints:
    act, body = now.act, now.body
    height = body.hip_to_ankle(176 - now.progress @ (176 - act["standing_knee"]))
    hips = column(height + body.lying) * Y
    # The thigh swings up from the 2 degrees of a knee at 176; the shin hangs from it.
    knee = hips - body.thigh * tipped(-2.0 - now.progress @ (act["top"] - 2.0))
    ankle = knee - body.shank * tipped(2.0 + 8.0 * now.gone)
    lifted = (ankle - (body.heel_back - body.foot) * X - body.heel_drop * Y, now.still())
    ground = (standing_foot(now.still(), body), now.still())
    sway = towards(now.grown("sways"), Y, Z)
    points = person(body, hips, sway, {"left": lifted, "right": ground}, "hanging")
    # The person looks towards the camera.
    return {name: place @ np.array([Z, Y, -X]) for name, place in points.items()}


march = Movement(
    name="march",
    draw=_march,
    main=lambda act: act["top"],
    each=True,  # the knee that is lifted
    mirrors=True,
    view="front",
    middle=STANDING,
    pace=Pace(out=0.7, hold=0.3, back=0.7, rest=1.0, after=1.0),
    options={
        "top": 78.0,  # degrees of the thigh from hanging
        "standing_knee": 176.0,  # angle
    },
    faults={
        "low_knee": Deviation("degrees of the thigh from hanging", 50.0, "top"),
        "sways": Deviation("degrees that the trunk leans to the standing side", 16.0),
        "standing_leg_bends": Deviation("knee angle, bending forward", 124.0, "standing_knee"),
        "partial": Deviation("degrees of the thigh from hanging", 33.0, "top"),
    },
)


def walks_away(seconds: float = 3.0, speed: float = 1.3) -> Script:
    """Walks to the right, out of the picture; there are no repetitions in it."""
    body = Proportions()

    def landmarks(times: Array) -> Array:
        hips = (0.98 * body.leg + body.lying) * Y + column(speed * times) * X
        shoulders = hips + body.torso * Y
        points: BodyPoints = {}
        for side, _, sign in RIGHT_NEAR:
            swing = sign * 24 * np.sin(2 * np.pi * 0.9 * times)
            points[f"{side}_hip"] = hips + sign * body.hip_width / 2 * Z
            points[f"{side}_shoulder"] = shoulders + sign * body.shoulder_width / 2 * Z
            thigh, shank = towards(swing + 4, DOWN, X), towards(swing - 8, DOWN, X)
            points[f"{side}_knee"] = points[f"{side}_hip"] + body.thigh * thigh
            points[f"{side}_ankle"] = points[f"{side}_knee"] + body.shank * shank
            place_foot(points, body, side, towards(swing - 8, X, Y), shank)
            wrist = points[f"{side}_shoulder"] + 0.50 * towards(-swing, DOWN, X)
            place_arm(points, body, side, wrist, -X, X)
        place_head(points, body, shoulders + body.neck * Y, Y, X)
        return stacked(points, times)

    return Script(duration=seconds, landmarks=landmarks)
