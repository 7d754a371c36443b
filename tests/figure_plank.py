"""The stick figure on its hands and feet: push-ups and planks."""

import numpy as np
from figure_body import Array, Body, Side, X, Y, stacked
from figure_plane import (
    FLOOR_KNEE,
    FLOOR_WRIST,
    Arm,
    Leg,
    Posture,
    at,
    bearing,
    bent_line,
    circles_meet,
    face_down,
    mix,
    near_side,
    opposite,
    ray,
)
from figure_script import Faults, Given, Script, Timing

MIDDLE = (0.0, 0.45, 0.0)
FEET = -0.65
"""Where the ankles are, or the knees of someone who is on the knees."""
TIPTOE = 0.17
"""Metres that the ankle is above the floor of someone on the toes."""
ON_TOES = 275.0
"""Direction of the foot then; of one that lies flat on its back it is `FLAT_FOOT`."""
FLAT_FOOT = 180.0


def _both(leg: Leg) -> dict[Side, Leg]:
    return {"left": leg, "right": leg}


def _planted(wrist: Array, elbow: Array) -> dict[Side, Arm]:
    return {"left": Arm(wrist, elbow), "right": Arm(wrist, elbow)}


def _support(size: Body, on_knees: bool) -> tuple[Array, float]:
    """What is planted on the floor, ankle or knee, and how far it is from the hip."""
    if on_knees:
        return at(FEET, FLOOR_KNEE), size.thigh
    return at(FEET, TIPTOE), size.leg


def _leg(hip: Array, foot: Array, on_knees: bool) -> Leg:
    """A straight leg from the hip to what is planted; shin and foot of a kneeling one lie flat."""
    way = bearing(hip, foot)
    return Leg(way, 180.0, FLAT_FOOT) if on_knees else Leg(way, way, ON_TOES)


PUSH_UP_FAULTS: dict[str, float] = {
    "hips_sag": 20.0,  # degrees that the hips hang
    "too_shallow": 118.0,  # elbow angle at the bottom
    "hips_pike": 28.0,  # degrees that the hips are up
    "arms_stay_bent": 35.0,  # degrees by which the arms stay bent afterwards
    "head_leads": -35.0,  # degrees that the head is bent back: it drops
    "rushed_down": 0.3,  # seconds
    "partial": 28.0,  # degrees from rest; turns back at once
}


def push_up(
    reps: int = 3,
    *,
    near: Side = "right",
    on_knees: bool = False,
    straight: float = 172.0,
    bottom: float = 68.0,
    rest: float = 1.5,
    raising: float = 1.2,
    hold: float = 0.3,
    lowering: float = 1.0,
    after: float = 1.5,
    faults: Faults | None = None,
    body: Body | None = None,
) -> Script:
    """Push-ups, seen from the side; the main angle is that of the elbow. A raise is the way down.

    Args:
        reps: how many repetitions.
        near: the side that the camera sees.
        on_knees: the knees on the floor instead of the toes.
        straight: elbow angle at rest.
        bottom: elbow angle at the bottom.
        rest: seconds before each repetition.
        raising: seconds of the way down.
        hold: seconds at the bottom.
        lowering: seconds of the way up.
        after: seconds of rest after the last repetition.
        faults: names out of `PUSH_UP_FAULTS`.
        body: sizes.
    """
    size = body or Body()
    given = Given.read(faults, PUSH_UP_FAULTS, reps)
    timing = Timing.of(
        rest,
        given.instead_of(raising, "rushed_down"),
        np.full(reps, hold),
        np.full(reps, lowering),
        after,
    )
    bends = straight - given.instead_of(bottom, "too_shallow")
    bends = given.instead_of(bends, "partial")
    sags = given.of("hips_sag") - given.of("hips_pike")
    foot, leg = _support(size, on_knees)
    length = size.torso + leg
    height = FLOOR_WRIST + size.upper_arm + size.forearm - foot[1]
    wrist = at(foot[0] + np.sqrt(length**2 - height**2), FLOOR_WRIST)

    def motion(times: Array) -> Array:
        progress = timing.progress(times)
        stays = timing.from_hold_to_rest(times, 0.4) * (1 - progress)
        elbow = straight - progress @ bends - stays @ given.of("arms_stay_bent")
        sag = 1 + progress @ sags
        reach = opposite(size.upper_arm, size.forearm, elbow)
        shoulder = circles_meet(foot, opposite(size.torso, leg, 180 - sag), wrist, reach)
        hip = bent_line(shoulder, foot + 0 * shoulder, size.torso, leg, np.sign(sag))
        posture = Posture(
            hip=hip,
            trunk=bearing(hip, shoulder),
            head=progress @ given.of("head_leads"),
            legs=_both(_leg(hip, foot, on_knees)),
            arms=_planted(wrist, Y - X),
        )
        return stacked(face_down(size, posture), times)

    return Script(
        duration=timing.duration,
        landmarks=near_side(near, motion),
        truth=timing.truth(given, bends, [None] * reps),
        middle=MIDDLE,
    )


PLANK_FAULTS: dict[str, float] = {
    "hips_sag": 20.0,  # degrees that the hips hang, for 3 s
    "hips_pike": 25.0,  # degrees that the hips are up, for 3 s
    "elbows_off": 38.0,  # degrees that the upper arms lean, for 3 s
    "head_drops": 35.0,  # degrees, for 3 s
    "hold_too_short": 6.0,  # seconds
    "partial": 1.5,  # seconds
}


def plank(
    reps: int = 3,
    *,
    near: Side = "right",
    on_knees: bool = False,
    on_hands: bool = False,
    rest: float = 2.5,
    raising: float = 1.0,
    hold: float = 11.0,
    lowering: float = 1.0,
    after: float = 2.5,
    faults: Faults | None = None,
    body: Body | None = None,
) -> Script:
    """Planks, seen from the side; between them the person is on elbows (or hands) and knees.

    Args:
        reps: how many planks.
        near: the side that the camera sees.
        on_knees: the knees on the floor instead of the toes.
        on_hands: the arms straight instead of the forearms on the floor.
        rest: seconds before each plank.
        raising: seconds to get into it.
        hold: seconds.
        lowering: seconds to get out of it.
        after: seconds after the last one.
        faults: names out of `PLANK_FAULTS`.
        body: sizes.
    """
    size = body or Body()
    given = Given.read(faults, PLANK_FAULTS, reps)
    timing = Timing.of(
        rest,
        np.full(reps, raising),
        given.instead_of(hold, "hold_too_short", "partial"),
        np.full(reps, lowering),
        after,
    )
    sags = given.of("hips_sag") - given.of("hips_pike")
    floor = at(0.6, FLOOR_WRIST)
    arm = size.upper_arm + (size.forearm if on_hands else 0.0)
    wrist = floor if on_hands else floor + size.forearm * X

    def motion(times: Array) -> Array:
        progress = timing.progress(times).sum(axis=1)
        lately = timing.while_holding(times, 3.0, 0.5)
        shoulder = floor + 0.9999 * arm * ray(90 - lately @ given.of("elbows_off"))
        trunk, leg = _plank_line(shoulder, 1 + lately @ sags, size, on_knees)
        turn = mix(_kneeling_trunk(arm, size), trunk, progress)
        posture = Posture(
            hip=shoulder - size.torso * ray(turn),
            trunk=turn,
            head=-(lately @ given.of("head_drops")),
            legs=_both(KNEELING.mixed(leg, progress)),
            arms=_planted(wrist, -X),
        )
        return stacked(face_down(size, posture), times)

    return Script(
        duration=timing.duration,
        landmarks=near_side(near, motion),
        truth=timing.truth(given, np.zeros(reps), [None] * reps),
        middle=MIDDLE,
    )


KNEELING = Leg(270.0, 180.0, FLAT_FOOT)


def _kneeling_trunk(arm: float, size: Body) -> float:
    """Degrees from hip to shoulder of someone on all fours, on arms of this length."""
    return float(np.degrees(np.arcsin((FLOOR_WRIST + arm - FLOOR_KNEE - size.thigh) / size.torso)))


def _plank_line(shoulder: Array, sag: Array, size: Body, on_knees: bool) -> tuple[Array, Leg]:
    """Trunk and leg between the shoulders and the toes or knees, which slide to where they fit.

    Args:
        shoulder: (T, 3).
        sag: (T,) degrees that the hips hang.
        size: the body.
        on_knees: whether the knees are on the floor.
    """
    foot, leg = _support(size, on_knees)
    span, height = opposite(size.torso, leg, 180 - sag), shoulder[:, 1] - foot[1]
    foot = at(shoulder[:, 0] - np.sqrt(span**2 - height**2), foot[1])
    hip = bent_line(shoulder, foot, size.torso, leg, np.sign(sag))
    return bearing(hip, shoulder), _leg(hip, foot, on_knees)
