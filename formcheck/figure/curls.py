"""Curling up from the back: crunch and curl-up. The main angle is that of the line hip-shoulder."""

import numpy as np

from formcheck.exercise import Side
from formcheck.figure.anatomy import BodyPoints, Proportions, place_arm, place_foot
from formcheck.figure.movement import NAN, Deviation, Instant, Movement, Pace, Performance
from formcheck.figure.supine import STRAIGHT, both_sides, lying_trunk
from formcheck.figure.vectors import LEFT_NEAR, X, Y, Z, column, towards, two_link
from formcheck.pose import Array

_SPINE = (0.18, 0.38, 0.44)
"""Share of pelvis, lumbar spine and thorax in the torso: they reproduce the table of postures."""

_CURL = np.array(
    [
        (0, 0, 0),
        (0, 2, 12),
        (0, 4, 22),
        (0, 6, 30),
        (2, 12, 40),
        (5, 20, 50),
        (10, 28, 55),
        (25, 45, 65),
        (70, 82, 92),
    ],
    dtype=np.float64,
)
"""How someone curls up: degrees that pelvis, lumbar spine and thorax are turned up together."""


def _spine(thorax: Array, body: Proportions) -> Array:
    """From hip to shoulder (T, 3), head to the right, when the thorax has turned up by (T,)."""
    return sum(
        (
            share * body.torso * towards(np.interp(thorax, _CURL[:, 2], angles), X, Y)
            for share, angles in zip(_SPINE, _CURL.T, strict=True)
        ),
        start=np.zeros(3),
    )


def _chord(thorax: Array, body: Proportions) -> Array:
    """Elevation in degrees of the line from hip to shoulder."""
    line = _spine(thorax, body)
    return np.degrees(np.arctan2(line[..., 1], line[..., 0]))


def _tops(act: Performance) -> Array:
    """How far the thorax is turned up at the top, by repetition."""
    thorax, asked = np.linspace(0.0, 92.0, 2000), act["chord"]
    wanted = np.interp(asked, _chord(thorax, act.body), thorax)
    return np.where(np.isnan(asked), act.options["thorax"], wanted)


def _range(act: Performance) -> Array:
    return _chord(_tops(act), act.body)


def _curled(now: Instant) -> tuple[BodyPoints, Array]:
    """Trunk and head, and (T,) how far the thorax is turned up."""
    act, body, tops = now.act, now.body, _tops(now.act)
    turned = now.progress @ tops
    pulled, back = act.of("neck_pulled"), act.of("head_drops_back")
    gaze = act["gaze"]
    nodding = np.where(np.isnan(gaze), pulled - back, 90 - gaze - tops)
    hips = body.lying * Y + column(now.grown("hips_push_up") * body.torso) * Y
    neck, nod = turned + now.progress @ (pulled - back), turned + now.progress @ nodding
    return lying_trunk(body, hips, hips + _spine(turned, body), neck, nod), turned


def _crunch(now: Instant) -> BodyPoints:
    act, body = now.act, now.body
    points, turned = _curled(now)
    hips = (points["left_hip"] + points["right_hip"]) / 2

    # Lifted feet swing about the hips, so the knees keep their angle.
    feet = float(body.hip_to_ankle(act.options["knee"]))
    out = feet + now.progress @ (body.hip_to_ankle(act["knee"]) - feet)
    lift = now.grown("feet_lift") * body.torso
    reach = np.sqrt(np.maximum(out**2 - lift**2, 0.0))
    ankle = column(body.lying + lift) * Y - column(reach) * X
    both_sides(points, "knee", two_link(hips, ankle, body.thigh, body.shank, Y), body.hip_width)
    both_sides(points, "ankle", ankle, body.hip_width)
    toe = towards(np.degrees(np.arcsin(lift / out)), -X, Y)

    up, front = towards(turned, X, Y), towards(turned, Y, -X)
    to_head = column(now.grown("arms_leave_chest"))
    for side, far, sign in LEFT_NEAR:
        place_foot(points, body, side, toe, np.cross(Z, toe))
        on_chest = points[f"{far}_shoulder"] - 0.06 * up + 0.10 * front + 0.04 * sign * Z
        at_ear = points[f"{side}_ear"] + 0.03 * sign * Z
        wrist = on_chest + to_head * (at_ear - on_chest)
        place_arm(points, body, side, wrist, -up + (0.5 + to_head) * front + 0.5 * sign * Z, up)
    return points


crunch = Movement(
    name="crunch",
    draw=_crunch,
    main=_range,
    pace=Pace(out=1.6, hold=2.0, back=1.6),
    options={
        "knee": 90.0,  # angle
        "thorax": 30.0,  # degrees that it is turned up at the top: 30 = correct, 92 = sit-up
        "chord": NAN,  # instead of `thorax`, degrees of the line hip-shoulder: about half as many
        "gaze": NAN,  # its elevation at the top, else as the head turns
    },
    faults={
        "sit_up": Deviation("degrees of the line hip-shoulder at the top", 84.0, "chord"),
        "coming_high": Deviation("degrees of the line hip-shoulder at the top", 34.5, "chord"),
        "too_low": Deviation("degrees of the line hip-shoulder at the top", 8.8, "chord"),
        "hips_push_up": Deviation("rise of the hips, torso lengths", 0.17),
        "feet_lift": Deviation("rise of the ankles, torso lengths", 0.2),
        "neck_pulled": Deviation("degrees of the head line beyond a neutral neck", 50.0),
        "gaze_drops": Deviation("elevation of the gaze at the top", -25.0, "gaze"),
        "head_drops_back": Deviation("degrees of the head line behind a neutral neck", 30.0),
        "jerky": Deviation("seconds to rise", 0.35, "out"),
        "hold_too_short": Deviation("seconds", 0.0, "hold"),
        "arms_leave_chest": Deviation("1 = the wrists reach the ears", 1.0),
        "knees_straighten": Deviation("knee angle at the top", 140.0, "knee"),
        "partial": Deviation("degrees of the line hip-shoulder", 6.0, "chord"),
    },
)


def _curl_up(now: Instant) -> BodyPoints:
    points, _ = _curled(now)
    height = now.body.lying + now.grown("feet_lift") * now.body.torso
    for side, _, sign in LEFT_NEAR:
        bent = side == now.act.near or now.act.options["legs"] == "both bent"
        _resting_leg(points, now.body, side, height, 90.0 if bent else STRAIGHT)
        under = points[f"{side}_hip"] * (1, 0, 1) + 0.10 * X - 0.05 * sign * Z + 0.04 * Y
        place_arm(points, now.body, side, under, sign * Z - 0.3 * Y, sign * Z)
    return points


def _resting_leg(
    points: BodyPoints, body: Proportions, side: Side, height: Array, knee: float
) -> None:
    """Add a leg with its ankle at a height (T,), at the distance of a knee angle."""
    hip = points[f"{side}_hip"]
    reach = float(body.hip_to_ankle(knee))
    rise = height - hip[:, 1]
    ankle = hip - column(np.sqrt(reach**2 - rise**2)) * X + column(rise) * Y
    points[f"{side}_ankle"] = ankle
    points[f"{side}_knee"] = two_link(hip, ankle, body.thigh, body.shank, Y)
    flat = -X if knee < 150 else Y
    place_foot(points, body, side, np.broadcast_to(flat, ankle.shape), np.cross(Z, flat))


curl_up = Movement(
    name="curl_up",
    draw=_curl_up,
    main=_range,
    pace=Pace(out=1.6, hold=8.5, back=1.6),
    options={
        "legs": "one bent",  # the near one, as McGill teaches; or "both bent" as in a crunch
        "thorax": 15.0,  # degrees that it is turned up at the top
        "chord": NAN,
        "gaze": NAN,
    },
    faults={
        "sit_up": Deviation("degrees of the line hip-shoulder: no curl-up at all", 40.0, "chord"),
        "coming_high": Deviation("degrees of the line hip-shoulder at the top", 19.0, "chord"),
        "hips_push_up": Deviation("rise of the hips, torso lengths", 0.18),
        "feet_lift": Deviation("rise of the ankles, torso lengths", 0.2),
        "neck_pulled": Deviation("degrees of the head line beyond a neutral neck", 50.0),
        "gaze_drops": Deviation("elevation of the gaze at the top", -10.0, "gaze"),
        "jerky": Deviation("seconds to rise", 0.3, "out"),
        "hold_too_short": Deviation("seconds", 3.0, "hold"),
        "partial": Deviation("degrees of the line hip-shoulder", 3.6, "chord"),
    },
)
