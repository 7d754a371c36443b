"""On the hands or forearms and the feet, face down: push-up and plank."""

import numpy as np

from formcheck.figure.anatomy import BodyPoints, Proportions
from formcheck.figure.face_down import (
    FLAT,
    FLOOR_KNEE,
    FLOOR_WRIST,
    PlaneArm,
    PlaneLeg,
    face_down,
)
from formcheck.figure.movement import Deviation, Instant, Movement, Pace, Performance
from formcheck.figure.vectors import (
    X,
    Y,
    at,
    bearing,
    bent_line,
    circles_meet,
    mix,
    opposite,
    ray,
    rise_angle,
)
from formcheck.pose import Array

_FEET = -0.65
"""Where the ankles are, or the knees of someone who is on the knees."""
_TIPTOE = 0.17
"""Metres that the ankle is above the floor of someone on the toes."""
_ON_TOES = 275.0
"""Direction of the foot then."""
_KNEELING = PlaneLeg(270.0, FLAT, FLAT)


def _support(body: Proportions, on_knees: bool) -> tuple[Array, float]:
    """What is planted on the floor, ankle or knee, and how far it is from the hip."""
    if on_knees:
        return at(_FEET, FLOOR_KNEE), body.thigh
    return at(_FEET, _TIPTOE), body.leg


def _leg(hip: Array, foot: Array, on_knees: bool) -> PlaneLeg:
    """A straight leg from the hip to what is planted; shin and foot of a kneeling one lie flat."""
    way = bearing(hip, foot)
    return PlaneLeg(way, FLAT, FLAT) if on_knees else PlaneLeg(way, way, _ON_TOES)


def _bends(act: Performance) -> Array:
    return act.instead(act.options["straight"] - act["bottom"], "partial")


def _push_up(now: Instant) -> BodyPoints:
    act, body, on_knees = now.act, now.body, now.act.options["on_knees"]
    foot, leg = _support(body, on_knees)
    height = FLOOR_WRIST + body.upper_arm + body.forearm - foot[1]
    wrist = at(foot[0] + np.sqrt((body.torso + leg) ** 2 - height**2), FLOOR_WRIST)

    bent = now.progress @ _bends(act)
    sag = 1 + now.progress @ (act.of("hips_sag") - act.of("hips_pike"))
    reach = opposite(body.upper_arm, body.forearm, act.options["straight"] - bent)
    shoulder = circles_meet(foot, opposite(body.torso, leg, 180 - sag), wrist, reach)
    hip = bent_line(shoulder, foot + 0 * shoulder, body.torso, leg, np.sign(sag))
    trunk, legs = bearing(hip, shoulder), _leg(hip, foot, on_knees)
    return face_down(body, hip, trunk, now.grown("head_leads"), legs, PlaneArm(wrist, Y - X))


push_up = Movement(
    name="push_up",
    draw=_push_up,
    main=_bends,
    side="right",
    drawn="right",
    turns_back=None,
    # Down is the way out.
    pace=Pace(out=1.2, hold=0.3, back=1.0),
    options={
        "on_knees": False,  # the knees on the floor instead of the toes
        "straight": 172.0,  # elbow angle at rest
        "bottom": 68.0,  # elbow angle at the bottom
    },
    faults={
        "hips_sag": Deviation("degrees that the hips hang", 20.0),
        "too_shallow": Deviation("elbow angle at the bottom", 118.0, "bottom"),
        "hips_pike": Deviation("degrees that the hips are up", 33.0),
        "head_leads": Deviation("degrees that the head is bent back: it drops", -35.0),
        "rushed_down": Deviation("seconds", 0.3, "out"),
        "partial": Deviation("degrees from rest", 28.0),
    },
)


def _plank(now: Instant) -> BodyPoints:
    act, body = now.act, now.body
    on_knees, on_hands = act.options["on_knees"], act.options["on_hands"]
    lately = now.while_holding(3.0, 0.5)
    floor = at(0.6, FLOOR_WRIST)
    arm = body.upper_arm + (body.forearm if on_hands else 0.0)
    wrist = floor if on_hands else floor + body.forearm * X
    shoulder = floor + 0.9999 * arm * ray(90 - lately @ act.of("elbows_off"))

    # The toes or knees slide to where they fit.
    sag = 1 + lately @ (act.of("hips_sag") - act.of("hips_pike"))
    foot, leg = _support(body, on_knees)
    span, height = opposite(body.torso, leg, 180 - sag), shoulder[:, 1] - foot[1]
    foot = at(shoulder[:, 0] - np.sqrt(span**2 - height**2), foot[1])
    hip = bent_line(shoulder, foot, body.torso, leg, np.sign(sag))

    kneeling = rise_angle(FLOOR_WRIST + arm - FLOOR_KNEE - body.thigh, body.torso)
    trunk = mix(kneeling, bearing(hip, shoulder), now.gone)
    legs = _KNEELING.mixed(_leg(hip, foot, on_knees), now.gone)
    head = -(lately @ act.of("head_drops"))
    hip = shoulder - body.torso * ray(trunk)
    return face_down(body, hip, trunk, head, legs, PlaneArm(wrist, -X))


plank = Movement(
    name="plank",
    draw=_plank,
    main=lambda act: np.zeros(act.reps),
    side="right",
    drawn="right",
    # Between holds the person is on elbows (or hands) and knees.
    pace=Pace(out=1.0, hold=11.0, back=1.0, rest=2.5, after=2.5),
    options={
        "on_knees": False,  # the knees on the floor instead of the toes
        "on_hands": False,  # the arms straight instead of the forearms on the floor
    },
    faults={
        "hips_sag": Deviation("degrees that the hips hang, for 3 s", 20.0),
        "hips_pike": Deviation("degrees that the hips are up, for 3 s", 30.0),
        "elbows_off": Deviation("degrees that the upper arms lean, for 3 s", 46.0),
        "head_drops": Deviation("degrees, for 3 s", 35.0),
        "hold_too_short": Deviation("seconds", 6.0, "hold"),
        "partial": Deviation("seconds", 1.5, "hold"),
    },
)
