"""Bridges on one foot and on both.

Shoulder, hip, knee, ankle are a four-bar linkage: the hip angle alone decides. It is the main one.
"""

import numpy as np

from formcheck.exercise import Side
from formcheck.figure.anatomy import BodyPoints, Proportions, place_arm, place_foot
from formcheck.figure.movement import NAN, Deviation, Instant, Movement, Pace, Performance
from formcheck.figure.supine import STRAIGHT, both_sides, lying_trunk, place_leg
from formcheck.figure.vectors import (
    DOWN,
    LEFT_NEAR,
    X,
    Y,
    Z,
    column,
    opposite,
    other,
    rise_angle,
    towards,
    unit,
)
from formcheck.pose import Array


def _place_straight_arm(points: BodyPoints, body: Proportions, side: Side, where: str) -> None:
    """Add a nearly straight arm that points to the ceiling, overhead or lies alongside."""
    shoulder = points[f"{side}_shoulder"]
    reach = 0.985 * (body.upper_arm + body.forearm)
    out = Z if side == "left" else -Z
    if where == "ceiling":
        place_arm(points, body, side, shoulder + reach * Y, -X + out, X)
    elif where == "overhead":
        place_arm(points, body, side, shoulder + reach * unit(X + 0.05 * Y), Y + out, Y)
    else:
        wrist = shoulder + reach * unit(-X + 0.15 * out)
        place_arm(points, body, side, wrist * (1, 0, 1) + 0.05 * Y, Y + out, Y)


def _two_links_planted(
    shoulder: Array, ankle: Array, hip_angle: Array, body: Proportions
) -> tuple[Array, Array]:
    """Hip and knee (T, 3) between planted shoulders and feet, for a signed hip angle in degrees.

    The knee lies above the line from shoulder to ankle; past 180 degrees the hip lies above
    shoulder-knee.
    """
    torso, thigh, shank = body.torso, body.thigh, body.shank
    theta = np.radians(hip_angle)
    span = ankle - shoulder
    distance = np.hypot(span[:, 0], span[:, 1])
    to_knee = opposite(torso, thigh, hip_angle)
    above = np.arccos((distance**2 + to_knee**2 - shank**2) / (2 * distance * to_knee))
    below = np.arctan2(thigh * np.sin(theta), torso - thigh * np.cos(theta))
    knee_direction = np.arctan2(span[:, 1], span[:, 0]) - above
    knee = shoulder + column(to_knee) * towards(np.degrees(knee_direction), X, Y)
    hip = shoulder + torso * towards(np.degrees(knee_direction + below), X, Y)
    return hip, knee


def _feet_from_hips(hip_angle: Array, knee_angle: Array, body: Proportions) -> Array:
    """How far from the resting hips the feet are, for hip and knee angles when raised; metres."""
    hip = np.radians(hip_angle)
    to_knee = opposite(body.torso, body.thigh, hip_angle)
    at_knee = np.arctan2(body.torso * np.sin(hip), body.thigh - body.torso * np.cos(hip))
    return opposite(to_knee, body.shank, knee_angle + np.degrees(at_knee)) - body.torso


def _resting_hip_angle(feet: Array, body: Proportions) -> Array:
    """Hip angle in degrees of someone lying with the feet this far from the hips."""
    cosine = (body.thigh**2 + feet**2 - body.shank**2) / (2 * body.thigh * feet)
    return np.asarray(180 - np.degrees(np.arccos(cosine)), dtype=np.float64)


def _bridge_angles(act: Performance) -> tuple[Array, Array, Array]:
    """How far away the feet stand, and the hip angle at rest and at the top, by repetition."""
    body, tops = act.body, act["top"]
    feet = np.broadcast_to(body.hip_to_ankle(act.options["knee"]), act.reps)
    if "knee_at_top" in act.options:
        bent = act["knee_at_top"]
        feet = np.where(np.isnan(bent), feet, _feet_from_hips(tops, bent, body))
    resting = _resting_hip_angle(feet, body)
    return feet, resting, np.where(act.has("partial"), resting + act.of("partial"), tops)


def _bridge_range(act: Performance) -> Array:
    _, resting, tops = _bridge_angles(act)
    return tops - resting


def _bridged(now: Instant, neck_and_nod: tuple[Array, Array]) -> tuple[BodyPoints, Array, Array]:
    """A bridge on both feet without arms, and the directions of the toes and of the soles."""
    act, body = now.act, now.body
    feet, resting, tops = _bridge_angles(act)
    usual = float(body.hip_to_ankle(act.options["knee"]))
    feet_now = now.settled(feet, usual)
    hip_angle = _resting_hip_angle(feet_now, body) + now.progress @ (tops - resting)
    hip_angle = hip_angle - now.while_holding(1.2, 0.3) @ act.of("hips_sag")

    # The foot turns about its index, which stays on the floor.
    pitch = now.progress @ rise_angle(act.of("heels_lift") * body.torso, body.foot)
    toe, sole = towards(-pitch, -X, Y), towards(-pitch, DOWN, -X)
    flat = body.lying * Y - column(feet_now) * X
    index = flat + body.heel_back * X + body.heel_drop * DOWN - body.foot * X
    ankle = index - body.foot * toe + body.heel_back * toe - body.heel_drop * sole

    lift = now.grown("upper_back_lifts") * body.torso
    shoulders = body.lying * Y + body.torso * X + column(lift) * Y
    hips, knee = _two_links_planted(shoulders, ankle, hip_angle, body)
    points = lying_trunk(body, hips, shoulders, *neck_and_nod)
    both_sides(points, "knee", knee, body.hip_width)
    both_sides(points, "ankle", ankle, body.hip_width)
    for side, _, _ in LEFT_NEAR:
        place_foot(points, body, side, toe, sole)
        _place_straight_arm(points, body, side, act.options["arms"])
    return points, hips, knee


def _bridge(now: Instant) -> BodyPoints:
    # The head stays on the floor when the shoulders rise, unless it is lifted itself.
    body = now.body
    lowered = rise_angle(now.grown("upper_back_lifts") * body.torso, body.neck)
    nod = now.progress @ rise_angle(now.act.of("head_lifts") * body.torso, body.neck)
    return _bridged(now, (nod - lowered, nod))[0]


bridge = Movement(
    name="bridge",
    draw=_bridge,
    main=_bridge_range,
    pace=Pace(out=1.6, hold=3.2, back=1.6),
    options={
        "knee": 75.0,  # at rest; it decides how far away the feet stand
        "top": 176.0,  # hip angle; past 180 = over-arched
        "knee_at_top": NAN,  # instead of `knee`
        "arms": "ceiling",  # or "overhead", or "alongside"
    },
    faults={
        "hips_too_low": Deviation("hip angle at the top", 150.0, "top"),
        "over_arched": Deviation("hip angle at the top", 206.0, "top"),
        "hold_too_short": Deviation("seconds", 1.0, "hold"),
        "upper_back_lifts": Deviation("rise of the shoulders, torso lengths", 0.2),
        "feet_too_far": Deviation("knee angle at the top", 128.0, "knee_at_top"),
        "feet_too_near": Deviation("knee angle at the top", 48.0, "knee_at_top"),
        "heels_lift": Deviation("rise of the heels, torso lengths", 0.17),
        "head_lifts": Deviation("rise of the ears above the shoulders, torso lengths", 0.18),
        "rushed_up": Deviation("seconds", 0.4, "out"),
        "rushed_down": Deviation("seconds", 0.4, "back"),
        "hips_sag": Deviation("degrees lost for 1.2 s in the middle of the hold", 20.0),
        "partial": Deviation("degrees from rest", 10.0),
    },
)


def _single_leg_bridge(now: Instant) -> BodyPoints:
    body, side, free = now.body, now.act.working, now.act.options["free"]
    head = now.grown("head_lifts") - now.grown("upper_back_lifts")
    nod = rise_angle(head * body.torso, body.neck)
    points, hips, knee = _bridged(now, (nod, nod))
    if free == "down":
        return points
    line = knee - hips
    thigh = np.degrees(np.arctan2(line[:, 1], -line[:, 0]))
    hanging = thigh - now.grown("free_leg_drops")
    shank = hanging - (180 - STRAIGHT)
    if free == "bent":
        hanging, shank = np.full_like(thigh, 90.0), np.zeros_like(thigh)
    place_leg(points, body, other(side), hanging, shank, shank)
    return points


single_leg_bridge = Movement(
    name="single_leg_bridge",
    draw=_single_leg_bridge,
    main=_bridge_range,
    each=True,  # the leg one stands on
    pace=Pace(out=1.6, hold=3.2, back=1.6),
    options={
        "knee": 75.0,  # at rest; it decides how far away the foot stands
        "top": 174.0,  # hip angle; past 180 = over-arched
        "free": "straight",  # the other leg, beside the thigh; or "bent" to 90, or "down"
        "arms": "ceiling",
    },
    faults={
        "over_arched": Deviation("hip angle at the top", 206.0, "top"),
        "hips_too_low": Deviation("hip angle at the top", 148.0, "top"),
        "upper_back_lifts": Deviation("rise of the shoulders, torso lengths", 0.2),
        "hold_too_short": Deviation("seconds", 1.0, "hold"),
        "hips_sag": Deviation("degrees lost for 1.2 s in the middle of the hold", 20.0),
        "free_leg_drops": Deviation("degrees that the free leg hangs below the thigh", 32.0),
        "heels_lift": Deviation("rise of the heel, torso lengths", 0.17),
        "head_lifts": Deviation("rise of the ears above the shoulders, torso lengths", 0.18),
        "rushed_up": Deviation("seconds", 0.4, "out"),
        "rushed_down": Deviation("seconds", 0.4, "back"),
        "partial": Deviation("degrees from rest", 10.0),
    },
)
