"""Face down: bird dog, cat-cow and the prone back extension.

The head is to the right, and the right side is near the camera, or turned round. All is built in
one plane: 0 degrees towards the head's side of the picture, 90 up, 180 towards the feet.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from formcheck.exercise import Side
from formcheck.figure.anatomy import BodyPoints, Proportions, place_arm, place_foot, place_head
from formcheck.figure.movement import Deviation, Instant, Movement, Pace, Performance
from formcheck.figure.vectors import (
    RIGHT_NEAR,
    X,
    Y,
    Z,
    at,
    bearing,
    circles_meet,
    column,
    mix,
    opposite,
    ray,
)
from formcheck.pose import Array

FLOOR_WRIST = 0.05
"""Metres that the wrist of a planted hand is above the floor, and an elbow that rests on it."""
FLOOR_KNEE = 0.06
FLAT = 180.0
"""Direction of a shank, or of a foot, that lies on the floor."""


@dataclass(frozen=True, slots=True)
class PlaneLeg:
    """(T,) or single directions in degrees."""

    thigh: ArrayLike
    shank: ArrayLike
    foot: ArrayLike
    """From the heel to the toes."""

    def mixed(self, to: "PlaneLeg", share: Array) -> "PlaneLeg":
        """Part of the way, (T,), to another posture of the leg."""
        return PlaneLeg(
            mix(self.thigh, to.thigh, share),
            mix(self.shank, to.shank, share),
            mix(self.foot, to.foot, share),
        )


@dataclass(frozen=True, slots=True)
class PlaneArm:
    """Where a hand is, in the plane, and to where the elbow points."""

    wrist: Array
    elbow: Array


def face_down(
    body: Proportions,
    hip: Array,
    trunk: Array,
    head: Array,
    legs: PlaneLeg | Mapping[Side, PlaneLeg],
    arms: PlaneArm | Mapping[Side, PlaneArm],
) -> BodyPoints:
    """All landmarks of a person face down.

    Args:
        body: sizes.
        hip: (T, 3) in the plane.
        trunk: (T,) degrees from the hip to the shoulder.
        head: (T,) degrees that the head is bent back from the line of the trunk.
        legs: one for both, or each side's.
        arms: one for both, or each side's.
    """
    points: BodyPoints = {}
    shoulder = hip + body.torso * ray(trunk)
    for side, _, sign in RIGHT_NEAR:
        points[f"{side}_shoulder"] = shoulder + sign * body.shoulder_width / 2 * Z
        points[f"{side}_hip"] = hip + sign * body.hip_width / 2 * Z
        leg = legs if isinstance(legs, PlaneLeg) else legs[side]
        points[f"{side}_knee"] = points[f"{side}_hip"] + body.thigh * ray(leg.thigh)
        points[f"{side}_ankle"] = points[f"{side}_knee"] + body.shank * ray(leg.shank)
        foot = np.asarray(leg.foot, dtype=np.float64)
        place_foot(points, body, side, ray(foot), ray(foot - 90))
        arm = arms if isinstance(arms, PlaneArm) else arms[side]
        wrist = arm.wrist + sign * body.shoulder_width / 2 * Z
        place_arm(points, body, side, wrist, arm.elbow, -sign * Z)
    line = trunk + head
    place_head(points, body, shoulder + body.neck * ray(line), ray(line), ray(line - 90))
    return points


# On all fours.

_KNEE = at(-0.25, FLOOR_KNEE)


@dataclass(frozen=True, slots=True)
class _AllFours:
    """Where the planted hands are, and the joints above hands and knees."""

    hip: Array
    shoulder: Array
    wrist: Array

    @property
    def leg(self) -> PlaneLeg:
        """One whose knee is planted."""
        return PlaneLeg(bearing(self.hip, _KNEE + 0 * self.hip), FLAT, FLAT)

    @property
    def trunk(self) -> Array:
        """Direction from the hip to the shoulder, -180..180."""
        return (bearing(self.hip, self.shoulder) + 180) % 360 - 180


def _all_fours(now: Instant, goes_back: str, elbow: Array) -> _AllFours:
    """Hips and shoulders over planted knees and hands.

    Args:
        now: the moment.
        goes_back: the fault in which the hips move back, by torso lengths.
        elbow: (reps,) elbow angle at the top.
    """
    body, back = now.body, now.grown(goes_back) * now.body.torso
    arm = 0.999 * (body.upper_arm + body.forearm)
    rise = FLOOR_WRIST + arm - FLOOR_KNEE - body.thigh
    wrist = at(_KNEE[0] + np.sqrt(body.torso**2 - rise**2), FLOOR_WRIST)
    hip = _KNEE + body.thigh * ray(90 + np.degrees(np.arcsin(back / body.thigh)))
    bend = 180 - now.progress @ (180 - elbow)
    reach = np.minimum(arm, opposite(body.upper_arm, body.forearm, bend))
    return _AllFours(hip, circles_meet(hip, body.torso, wrist, reach), wrist + 0 * hip)


def _wave(act: Performance) -> Array:
    """How far the head goes from the cat into the cow."""
    return act.instead(act["top"] - act.options["hanging"], "partial")


def _cat_cow(now: Instant) -> BodyPoints:
    act = now.act
    base = _all_fours(now, "rocking", act["elbow"])
    head = act.options["hanging"] + now.progress @ _wave(act)
    return face_down(now.body, base.hip, base.trunk, head, base.leg, PlaneArm(base.wrist, -X))


cat_cow = Movement(
    name="cat_cow",
    draw=_cat_cow,
    main=_wave,
    side="right",
    drawn="right",
    # Rest is in the cat, the hold in the cow.
    pace=Pace(out=2.0, hold=0.5, back=2.0),
    options={
        "hanging": -35.0,  # the angle of the head above the trunk's line, in the cat
        "top": 30.0,  # its angle in the cow
        "elbow": 180.0,  # angle
    },
    faults={
        "rushed_up": Deviation("seconds", 0.8, "out"),
        "rushed_down": Deviation("seconds", 0.8, "back"),
        "rocking": Deviation("torso lengths that the hips go back", 0.32),
        "elbows_bend": Deviation("elbow angle", 135.0, "elbow"),
        "partial": Deviation("degrees from rest", 20.0),
    },
)


def _bird_dog(now: Instant) -> BodyPoints:
    act = now.act
    base = _all_fours(now, "weight_shifts", act["elbow"])
    lifted: dict[Side, PlaneLeg] = {}
    raised: dict[Side, PlaneArm] = {}
    for side, _, _ in RIGHT_NEAR:
        own = now.progress * np.array([each == side for each in act.sides])
        leg = _aim(own, act["leg"], act.options["leg"])
        lifted[side] = base.leg.mixed(PlaneLeg(leg, leg, 200.0), own @ act["share"])
        far = now.progress - own
        arm = _aim(far, act["arm"], act.options["arm"])
        raised[side] = PlaneArm(_hand(base, now.body, arm, far @ act["share"]), -Y - X)
    return face_down(now.body, base.hip, base.trunk, now.grown("head_moves"), lifted, raised)


def _aim(progress: Array, tops: Array, usual: float) -> Array:
    """Where a limb goes: what is asked of it by the repetition that is on."""
    way = progress.sum(axis=1)
    return np.where(way > 0, progress @ tops / np.maximum(way, 1e-9), usual)


def _hand(base: _AllFours, body: Proportions, aim: Array, share: Array) -> Array:
    """Where a hand is that is raised, forwards, by a share of the way from the floor to its aim."""
    down = bearing(base.shoulder, base.wrist) - 360
    planted = np.linalg.norm(base.wrist - base.shoulder, axis=-1)
    reach = mix(planted, 0.99 * (body.upper_arm + body.forearm), share)
    return np.asarray(base.shoulder + column(reach) * ray(mix(down, aim, share)))


bird_dog = Movement(
    name="bird_dog",
    draw=_bird_dog,
    main=lambda act: act["share"],
    each=True,  # the leg; the opposite arm goes with it
    side="right",
    near="right",
    drawn="right",
    pace=Pace(out=1.6, hold=5.2, back=1.6),
    options={
        "leg": 183.0,  # its direction at the top; 180 = level
        "arm": -3.0,  # its direction at the top; 0 = level
        "share": 1.0,  # of the way there
        "elbow": 180.0,  # angle of the one that carries
    },
    faults={
        "leg_too_high": Deviation("direction of the leg", 157.0, "leg"),
        "trunk_tips": Deviation("angle of the elbow that carries the chest", 100.0, "elbow"),
        "leg_low": Deviation("direction of the leg", 195.0, "leg"),
        "arm_low": Deviation("direction of the arm", -42.0, "arm"),
        "weight_shifts": Deviation("torso lengths that the hips go back", 0.40),
        "head_moves": Deviation("degrees that the head is bent back", 38.0),
        "hold_too_short": Deviation("seconds", 2.0, "hold"),
        "partial": Deviation("share of the way", 0.6, "share"),
    },
)


# Lying.


def _superman(now: Instant) -> BodyPoints:
    act, body = now.act, now.body
    trunk = now.progress @ (act["share"] * act["chest"])
    way = 180 - now.progress @ (act["share"] * act["legs"])
    hip = at(now.still(), body.lying)
    reach = 0.99 * (body.upper_arm + body.forearm)
    wrist = hip + (body.torso + reach) * ray(trunk)
    head, leg = now.grown("head_cranes"), PlaneLeg(way, way, way)
    return face_down(body, hip, trunk, head, leg, PlaneArm(wrist, Y))


superman = Movement(
    name="superman",
    draw=_superman,
    main=lambda act: act["share"] * (act["chest"] + act["legs"]),
    side="right",
    drawn="right",
    pace=Pace(out=1.2, hold=3.2, back=1.2),
    options={
        "chest": 12.0,  # degrees that the trunk is lifted at the top
        "legs": 10.0,  # degrees that the legs are lifted
        "share": 1.0,  # of the way there
    },
    faults={
        "chest_too_high": Deviation("degrees of the trunk", 26.0, "chest"),
        "legs_too_high": Deviation("degrees of the legs", 26.0, "legs"),
        "head_cranes": Deviation("degrees that the head is bent back", 38.0),
        "jerky": Deviation("seconds to rise", 0.4, "out"),
        "hold_too_short": Deviation("seconds", 0.8, "hold"),
        "partial": Deviation("share of the way", 0.42, "share"),
    },
)
