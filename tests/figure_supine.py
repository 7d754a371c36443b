"""The stick figure on its back: single-leg bridge, dead bug, knee to chest, curl-up.

The head lies to the right and the left side to the camera, or turned round. Legs are placed by the
directions of thigh and shank over the floor: 0 towards the feet, 90 up, below 0 down.
"""

from typing import Literal

import numpy as np
from figure import (
    DOWN,
    LYING_MIDDLE,
    SIDES,
    both_sides,
    facing,
    resting_hip_angle,
    supine_arm,
    two_links_planted,
)
from figure_body import (
    Array,
    Body,
    Points,
    Side,
    X,
    Y,
    Z,
    column,
    place_arm,
    place_foot,
    place_head,
    stacked,
    towards,
)
from figure_script import Faults, Given, Script, Timing
from numpy.typing import ArrayLike

STRAIGHT = 178.0
"""Degrees of a knee that is called straight: not quite, so that it has a side to bend to."""


def place_leg(
    points: Points, body: Body, side: Side, thigh: ArrayLike, shank: ArrayLike, sole: ArrayLike
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


def planted_leg(body: Body, knee: float) -> tuple[float, float]:
    """Directions of thigh and shank with the foot flat beside the hip's height, by knee angle."""
    reach = float(body.hip_to_ankle(knee))
    cosine = (body.thigh**2 + reach**2 - body.shank**2) / (2 * body.thigh * reach)
    thigh = float(np.degrees(np.arccos(cosine)))
    return thigh, thigh - (180 - knee)


def place_trunk(points: Points, body: Body, hips: Array, shoulders: Array, lift: Array) -> None:
    """Add hips, shoulders and a head that lies, or is lifted (T,) torso lengths and nods along."""
    both_sides(points, "shoulder", shoulders, body.shoulder_width)
    both_sides(points, "hip", hips, body.hip_width)
    turn = np.degrees(np.arcsin(lift * body.torso / body.neck))
    ears = shoulders + body.neck * towards(turn, X, Y)
    place_head(points, body, ears, towards(turn, X, Y), towards(turn, Y, -X))


def _sides_of(reps: int, side: Side, alternate: bool) -> tuple[list[Side], Array]:
    """Which side works in each repetition, and (reps,) 1 where it is the first one."""
    other: Side = "right" if side == "left" else "left"
    sides: list[Side] = [other if alternate and k % 2 else side for k in range(reps)]
    return sides, np.array([1.0 if each == side else 0.0 for each in sides])


SINGLE_LEG_BRIDGE_FAULTS: dict[str, float] = {
    "over_arched": 200.0,  # hip angle at the top
    "hips_too_low": 148.0,  # hip angle at the top
    "upper_back_lifts": 0.15,  # rise of the shoulders, torso lengths
    "hold_too_short": 1.0,  # seconds
    "hips_sag": 15.0,  # degrees lost for 1.2 s in the middle of the hold
    "free_leg_drops": 32.0,  # degrees that the leg in the air hangs below the other thigh
    "heels_lift": 0.12,  # rise of the heel, torso lengths
    "head_lifts": 0.18,  # rise of the ears above the shoulders, torso lengths
    "rushed_up": 0.4,  # seconds
    "rushed_down": 0.4,  # seconds
    "partial": 10.0,  # degrees from rest; turns back at once
}


def single_leg_bridge(
    reps: int = 3,
    *,
    side: Side = "left",
    near: Side | None = None,
    knee: float = 75.0,
    top: float = 174.0,
    free: Literal["straight", "bent", "down"] = "straight",
    rest: float = 1.5,
    raising: float = 1.6,
    hold: float = 3.2,
    lowering: float = 1.6,
    after: float = 1.5,
    faults: Faults | None = None,
    body: Body | None = None,
) -> Script:
    """Single-leg bridge, seen from the side; the main angle is shoulder-hip-knee.

    Args:
        reps: how many repetitions.
        side: the leg one stands on.
        near: the side that the camera sees; the leg one stands on unless told otherwise.
        knee: knee angle at rest; it decides how far away the foot side.
        top: hip angle at the top, past 180 = over-arched.
        free: the other leg, in the air throughout: straight beside
            the thigh, or its hip at 90; or down on the floor as in an ordinary bridge.
        rest: seconds before each repetition.
        raising: seconds.
        hold: seconds.
        lowering: seconds.
        after: seconds of rest after the last repetition.
        faults: names out of `SINGLE_LEG_BRIDGE_FAULTS`.
        body: sizes.
    """
    size = body or Body()
    seen = near or side
    given = Given.read(faults, SINGLE_LEG_BRIDGE_FAULTS, reps)
    timing = Timing.of(
        rest,
        given.instead_of(raising, "rushed_up"),
        given.instead_of(np.where(given.has("partial"), 0.1, hold), "hold_too_short"),
        given.instead_of(lowering, "rushed_down"),
        after,
    )
    feet = size.hip_to_ankle(knee)
    resting = resting_hip_angle(feet, size)
    tops = given.instead_of(top, "hips_too_low", "over_arched")
    tops = np.where(given.has("partial"), resting + given.of("partial"), tops)
    pitch_of_foot = np.degrees(np.arcsin(given.of("heels_lift") * size.torso / size.foot))

    def motion(times: Array) -> Array:
        progress = timing.progress(times)
        angle = resting + progress @ (tops - resting)
        angle = angle - timing.while_holding(times, 1.2, 0.3) @ given.of("hips_sag")
        pitch = progress @ pitch_of_foot
        toe, sole = towards(-pitch, -X, -DOWN), towards(-pitch, DOWN, -X)
        ankle = _ankle_over_toes(size, size.lying * Y - feet * X, toe, sole)
        lift = progress @ (given.of("upper_back_lifts") * size.torso)
        shoulder = size.lying * Y + size.torso * X + column(lift) * Y
        hip, knee_joint = two_links_planted(shoulder, ankle, angle, size)
        points: Points = {}
        head = progress @ given.of("head_lifts") - lift / size.torso
        place_trunk(points, size, hip, shoulder, head)
        both_sides(points, "knee", knee_joint, size.hip_width)
        both_sides(points, "ankle", ankle, size.hip_width)
        for each, _, _ in SIDES:
            supine_arm(points, size, each, "ceiling")
            if each == side or free == "down":
                place_foot(points, size, each, toe, sole)
        if free != "down":
            line = knee_joint - hip
            thigh = np.degrees(np.arctan2(line[:, 1], -line[:, 0]))
            hanging = thigh - progress @ given.of("free_leg_drops")
            shank = hanging - (180 - STRAIGHT)
            if free == "bent":
                hanging, shank = np.full_like(thigh, 90.0), np.zeros_like(thigh)
            place_leg(points, size, "right" if side == "left" else "left", hanging, shank, shank)
        return stacked(points, times)

    return Script(
        duration=timing.duration,
        landmarks=facing(seen, motion),
        truth=timing.truth(given, tops - resting, [side] * reps),
        middle=LYING_MIDDLE,
    )


def _ankle_over_toes(body: Body, flat: Array, toe: Array, sole: Array) -> Array:
    """The ankle (T, 3) of a foot turned about its index, which stays; `flat`: where it was."""
    index = flat + body.heel_back * X + body.heel_drop * DOWN - body.foot * X
    return np.asarray(index - body.foot * toe + body.heel_back * toe - body.heel_drop * sole)


DEAD_BUG_FAULTS: dict[str, float] = {
    "back_arches": 0.16,  # rise of the hips, torso lengths
    "leg_too_low": 2.0,  # degrees of the leg over the floor; it takes an arching back
    "same_side_arm": 1.0,  # 1 = the arm on the leg's side goes overhead instead of the other
    "reach_too_short": 41.0,  # the same, too high
    "waiting_leg_drifts": 32.0,  # degrees that the other thigh goes along
    "rushed_out": 0.6,  # seconds
    "partial": 25.0,  # degrees from rest; turns back at once
}


def dead_bug(
    reps: int = 3,
    *,
    side: Side = "left",
    near: Side | None = None,
    alternate: bool = False,
    leg: float = 18.0,
    rest: float = 1.5,
    raising: float = 2.0,
    hold: float = 1.5,
    lowering: float = 2.0,
    after: float = 1.5,
    faults: Faults | None = None,
    body: Body | None = None,
) -> Script:
    """Dead bug, seen from the side; the main angle is shoulder-hip-knee.

    Args:
        reps: how many repetitions.
        side: the leg that is stretched out, the first one if they alternate.
        near: the side that the camera sees; that of the (first) leg unless told otherwise.
        alternate: whether the legs take turns.
        leg: degrees of the stretched leg over the floor.
        rest: seconds before each repetition.
        raising: seconds.
        hold: seconds.
        lowering: seconds.
        after: seconds of rest after the last repetition.
        faults: names out of `DEAD_BUG_FAULTS`.
        body: sizes.
    """
    size = body or Body()
    seen = near or side
    given = Given.read(faults, DEAD_BUG_FAULTS, reps)
    timing = Timing.of(
        rest,
        given.instead_of(raising, "rushed_out"),
        np.where(given.has("partial"), 0.1, hold),
        np.full(reps, lowering),
        after,
    )
    sides, first = _sides_of(reps, side, alternate)
    legs = given.instead_of(leg, "leg_too_low", "reach_too_short")
    bent = 180 - STRAIGHT
    thighs = np.where(given.has("partial"), 90 - given.of("partial"), legs + bent / 2) - 90
    shanks = np.where(given.has("partial"), -given.of("partial"), legs - bent / 2)
    arch = given.instead_of(given.has("leg_too_low") * 0.16, "back_arches") * size.torso

    def motion(times: Array) -> Array:
        progress = timing.progress(times)
        points: Points = {}
        hips = size.lying * Y + column(progress @ arch) * Y
        # The shoulders stay on the floor and give way to the hips.
        level = np.sqrt(size.torso**2 - (progress @ arch) ** 2)
        shoulders = size.lying * Y + column(level) * X
        place_trunk(points, size, hips, shoulders, np.zeros(len(times)))
        drift = given.of("waiting_leg_drifts")
        same = given.of("same_side_arm")
        for built, _, _ in SIDES:
            works = first if built == side else 1 - first
            thigh = 90 + progress @ (works * thighs - (1 - works) * drift)
            shank = progress @ (works * shanks - (1 - works) * drift)
            place_leg(points, size, built, thigh, shank, shank)
            overhead = progress @ np.where(works > 0, same, 1 - same)
            _swung_arm(points, size, built, 90 * overhead)
        return stacked(points, times)

    return Script(
        duration=timing.duration,
        landmarks=facing(seen, motion),
        truth=timing.truth(given, -thighs, sides),
        middle=LYING_MIDDLE,
    )


def _swung_arm(points: Points, body: Body, side: Side, overhead: Array) -> None:
    """Add an arm that points to the ceiling, or is swung overhead by (T,) degrees of 90."""
    reach = 0.985 * (body.upper_arm + body.forearm)
    out = Z if side == "left" else -Z
    wrist = points[f"{side}_shoulder"] + reach * towards(0.97 * overhead, Y, X)
    place_arm(points, body, side, wrist, towards(overhead, -X, Y) + out, towards(overhead, X, -Y))
