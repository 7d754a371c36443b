"""The stick figure lying: knee to chest and curl-up on its back, clamshell on its side."""

from collections.abc import Callable
from typing import Literal

import numpy as np
from figure import (
    DOWN,
    LYING_MIDDLE,
    SIDES,
    both_sides,
    chord,
    facing,
    spine,
    thorax_for,
)
from figure_body import (
    Array,
    Body,
    Points,
    Side,
    X,
    Y,
    Z,
    across,
    column,
    place_arm,
    place_foot,
    place_head,
    reflected,
    stacked,
    towards,
    two_link,
    unit,
)
from figure_script import Faults, Given, Script, Timing
from figure_supine import (
    DEAD_BUG_FAULTS,
    SINGLE_LEG_BRIDGE_FAULTS,
    STRAIGHT,
    dead_bug,
    place_leg,
    place_trunk,
    planted_leg,
    single_leg_bridge,
)

KNEE_TO_CHEST_FAULTS: dict[str, float] = {
    "hold_too_short": 6.0,  # seconds
    "knee_too_far": 76.0,  # hip angle at its smallest
    "head_lifts": 0.25,  # rise of the ears, torso lengths
    "hips_lift": 0.18,  # rise of the hips, torso lengths
    "eases_off": 25.0,  # degrees lost for 2.5 s in the middle of the hold
    "rushed_in": 0.4,  # seconds
    "partial": 22.0,  # degrees from rest; turns back at once
}


def knee_to_chest(
    reps: int = 3,
    *,
    side: Side = "left",
    near: Side | None = None,
    lying: Literal["bent", "straight"] = "bent",
    hip: float = 48.0,
    rest: float = 1.5,
    raising: float = 1.8,
    hold: float = 16.0,
    lowering: float = 1.8,
    after: float = 1.5,
    faults: Faults | None = None,
    body: Body | None = None,
) -> Script:
    """Knee-to-chest stretch, seen from the side; the main angle is shoulder-hip-knee.

    Args:
        reps: how many repetitions.
        side: the leg that is drawn up.
        near: the side that the camera sees; that of the leg unless told otherwise.
        lying: how both legs rest, with the feet flat or straight.
        hip: hip angle with the knee at the chest.
        rest: seconds before each repetition.
        raising: seconds.
        hold: seconds.
        lowering: seconds.
        after: seconds of rest after the last repetition.
        faults: names out of `KNEE_TO_CHEST_FAULTS`.
        body: sizes.
    """
    size = body or Body()
    seen = near or side
    given = Given.read(faults, KNEE_TO_CHEST_FAULTS, reps)
    timing = Timing.of(
        rest,
        given.instead_of(raising, "rushed_in"),
        given.instead_of(np.where(given.has("partial"), 0.1, hold), "hold_too_short"),
        np.full(reps, lowering),
        after,
    )
    thigh, shank = planted_leg(size, 90.0) if lying == "bent" else (1.0, -1.0)
    flat = -90.0 if lying == "bent" else shank
    tops = given.instead_of(hip, "knee_too_far")
    ranges = np.where(given.has("partial"), given.of("partial"), 180 - thigh - tops)

    def motion(times: Array) -> Array:
        progress = timing.progress(times)
        points: Points = {}
        lift = progress @ given.of("hips_lift") * size.torso
        hips = size.lying * Y + column(lift) * Y
        shoulders = size.lying * Y + column(np.sqrt(size.torso**2 - lift**2)) * X
        place_trunk(points, size, hips, shoulders, progress @ given.of("head_lifts"))
        eased = timing.while_holding(times, 2.5, 0.4) @ given.of("eases_off")
        drawn = thigh + progress @ ranges - eased
        # The knee folds to 65 degrees on the way.
        folded = shank + progress @ (ranges / (180 - thigh - hip) * (65 - hip - shank)) - eased
        for each, _, _ in SIDES:
            if each == side:
                foot = flat + progress.sum(axis=1) * (folded - flat)
                place_leg(points, size, each, drawn, folded, foot)
            else:
                place_leg(points, size, each, thigh, shank, flat)
        for each, _, _ in SIDES:
            _hand_on_shin(points, size, each, side, column(progress.sum(axis=1)))
        return stacked(points, times)

    return Script(
        duration=timing.duration,
        landmarks=facing(seen, motion),
        truth=timing.truth(given, ranges, [side] * reps),
        middle=LYING_MIDDLE,
    )


def _hand_on_shin(points: Points, body: Body, side: Side, leg: Side, reached: Array) -> None:
    """Add an arm that lies alongside, or holds the shin of a leg as far as `reached` (T, 1)."""
    out = Z if side == "left" else -Z
    resting = points[f"{side}_shoulder"] - 0.5 * X + 0.08 * out
    shin = 0.7 * points[f"{leg}_knee"] + 0.3 * points[f"{leg}_ankle"]
    place_arm(points, body, side, resting + reached * (shin - resting), Y + out, Y)


CURL_UP_FAULTS: dict[str, float] = {
    "sit_up": 40.0,  # degrees of the hip-shoulder line at the top: higher is no curl-up at all
    "coming_high": 19.0,  # the same
    "hips_push_up": 0.13,  # rise of the hips, torso lengths
    "feet_lift": 0.15,  # rise of the ankles, torso lengths
    "neck_pulled": 50.0,  # degrees of the head line beyond a neutral neck
    "gaze_drops": -10.0,  # elevation of the gaze at the top
    "jerky": 0.3,  # seconds to rise
    "hold_too_short": 3.0,  # seconds
    "partial": 3.6,  # degrees of the hip-shoulder line; turns back at once
}


def curl_up(
    reps: int = 3,
    *,
    near: Side = "left",
    legs: Literal["one bent", "both bent"] = "one bent",
    thorax: float = 15.0,
    rest: float = 1.5,
    raising: float = 1.6,
    hold: float = 8.5,
    lowering: float = 1.6,
    after: float = 1.5,
    faults: Faults | None = None,
    body: Body | None = None,
) -> Script:
    """Curl-up after McGill, the bent knee near the camera; the main angle is that of hip-shoulder.

    Args:
        reps: how many repetitions.
        near: the side that the camera sees, and whose knee is bent.
        legs: one bent as McGill teaches, or both as in a crunch.
        thorax: degrees that the thorax is turned up at the top.
        rest: seconds before each repetition.
        raising: seconds.
        hold: seconds.
        lowering: seconds.
        after: seconds of rest after the last repetition.
        faults: names out of `CURL_UP_FAULTS`.
        body: sizes.
    """
    size = body or Body()
    given = Given.read(faults, CURL_UP_FAULTS, reps)
    timing = Timing.of(
        rest,
        given.instead_of(raising, "jerky"),
        given.instead_of(np.where(given.has("partial"), 0.1, hold), "hold_too_short"),
        np.full(reps, lowering),
        after,
    )
    asked = given.instead_of(np.nan, "sit_up", "coming_high", "partial")
    tops = np.where(np.isnan(asked), thorax, thorax_for(asked, size))
    head_line = given.of("neck_pulled")
    # Pulled by the hands the head slides forward more than it nods.
    nodding = 0.4 * head_line
    gaze = given.instead_of(np.nan, "gaze_drops")
    nodding = np.where(np.isnan(gaze), nodding, 90 - gaze - tops)
    bent = (near,) if legs == "one bent" else ("left", "right")

    def motion(times: Array) -> Array:
        progress = timing.progress(times)
        turned = progress @ tops
        hip = size.lying * Y + column(progress @ given.of("hips_push_up") * size.torso) * Y
        shoulder = hip + spine(turned, size)
        points: Points = {}
        both_sides(points, "shoulder", shoulder, size.shoulder_width)
        both_sides(points, "hip", hip, size.hip_width)
        line, nod = turned + progress @ head_line, turned + progress @ nodding
        ears = shoulder + size.neck * towards(line, X, Y)
        place_head(points, size, ears, towards(nod, X, Y), towards(nod, Y, -X))
        height = size.lying + progress @ given.of("feet_lift") * size.torso
        for side, _, sign in SIDES:
            _resting_leg(points, size, side, height, 90.0 if side in bent else STRAIGHT)
            under = points[f"{side}_hip"] * (1, 0, 1) + 0.10 * X - 0.05 * sign * Z + 0.04 * Y
            place_arm(points, size, side, under, sign * Z - 0.3 * Y, sign * Z)
        return stacked(points, times)

    return Script(
        duration=timing.duration,
        landmarks=facing(near, motion),
        truth=timing.truth(given, chord(tops, size), [None] * reps),
        middle=LYING_MIDDLE,
    )


def _resting_leg(points: Points, body: Body, side: Side, height: Array, knee: float) -> None:
    """Add a leg with its ankle at a height (T,), at the distance of a knee angle."""
    hip = points[f"{side}_hip"]
    reach = float(body.hip_to_ankle(knee))
    rise = height - hip[:, 1]
    out = np.sqrt(reach**2 - rise**2)
    ankle = hip - column(out) * X + column(rise) * Y
    points[f"{side}_ankle"] = ankle
    points[f"{side}_knee"] = two_link(hip, ankle, body.thigh, body.shank, Y)
    flat = -X if knee < 150 else Y
    place_foot(points, body, side, np.broadcast_to(flat, ankle.shape), np.cross(Z, flat))


CLAMSHELL_FAULTS: dict[str, float] = {
    "rolls_back": 58.0,  # degrees that trunk and pelvis roll
    "opens_too_little": 21.0,  # degrees that the knee is turned up
    "feet_separate": 0.34,  # how far apart the ankles go, torso lengths
    "hold_too_short": 0.6,  # seconds
    "rushed_open": 0.4,  # seconds
    "rushed_close": 0.4,  # seconds
    "partial": 12.0,  # degrees that the knee is turned up; turns back at once
}


def clamshell(
    reps: int = 3,
    *,
    side: Side = "left",
    flexion: float = 50.0,
    knee: float = 90.0,
    top: float = 42.0,
    rest: float = 1.5,
    raising: float = 1.6,
    hold: float = 2.4,
    lowering: float = 1.6,
    after: float = 1.5,
    faults: Faults | None = None,
    body: Body | None = None,
) -> Script:
    """Clamshell, chest to the camera.

    The heels stay together, so the upper knee turns about the line from its hip to its ankle. The
    main angle is how far it is turned up.

    Args:
        reps: how many repetitions.
        side: the upper leg, which works.
        flexion: degrees that both hips are bent.
        knee: knee angle.
        top: degrees that the knee is turned up at the top; at rest it is 0.
        rest: seconds before each repetition.
        raising: seconds.
        hold: seconds.
        lowering: seconds.
        after: seconds of rest after the last repetition.
        faults: names out of `CLAMSHELL_FAULTS`.
        body: sizes.
    """
    size = body or Body()
    given = Given.read(faults, CLAMSHELL_FAULTS, reps)
    timing = Timing.of(
        rest,
        given.instead_of(raising, "rushed_open"),
        given.instead_of(np.where(given.has("partial"), 0.1, hold), "hold_too_short"),
        given.instead_of(lowering, "rushed_close"),
        after,
    )
    tops = given.instead_of(top, "opens_too_little", "partial")

    def left_leg(times: Array) -> Array:
        progress = timing.progress(times)
        points: Points = {}
        _side_lying_trunk(points, size, progress @ given.of("rolls_back"))
        apart = progress @ given.of("feet_separate") * size.torso
        _shell_leg(points, size, "left", (flexion, knee), progress @ tops, apart)
        still = np.zeros(len(times))
        _shell_leg(points, size, "right", (flexion, knee), still, still)
        return stacked(points, times)

    return Script(
        duration=timing.duration,
        landmarks=left_leg if side == "left" else lambda times: reflected(left_leg(times)),
        truth=timing.truth(given, tops, [side] * reps),
        middle=LYING_MIDDLE,
    )


def _side_lying_trunk(points: Points, body: Body, roll: Array) -> None:
    """Add trunk, head and arms of someone on the right side, rolled back by (T,) degrees.

    The head lies to the left. The trunk rolls about the hip below.
    """
    upward, chest = towards(roll, Y, -Z), towards(roll, Z, Y)
    points["right_hip"] = np.broadcast_to(body.lying * Y, upward.shape)
    points["left_hip"] = points["right_hip"] + body.hip_width * upward
    points["right_shoulder"] = points["right_hip"] - body.torso * X
    points["right_shoulder"] = (
        points["right_shoulder"] - (body.shoulder_width - body.hip_width) / 2 * upward
    )
    points["left_shoulder"] = points["right_shoulder"] + body.shoulder_width * upward
    shoulders = (points["left_shoulder"] + points["right_shoulder"]) / 2
    place_head(points, body, shoulders - body.neck * X, -X, towards(roll / 2, Z, Y))
    in_front = points["left_shoulder"] + 0.15 * X + 0.22 * chest
    place_arm(points, body, "left", in_front * (1, 0, 1) + 0.10 * Y, Z + X, -X)
    pillow = points["right_ear"] - 0.06 * X + 0.02 * DOWN
    place_arm(points, body, "right", pillow, chest - X + Y, -X)


def _shell_leg(
    points: Points,
    body: Body,
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
    level = across(thigh + shank, Y)
    tilt = np.degrees(np.arcsin(lifted / reach))
    line = towards(tilt, level, Y)
    ankle = hip + reach * line
    ahead = across(Z, line)
    upwards = np.cross(ahead, line)
    upwards = upwards * np.sign(upwards[:, 1:2])
    points[f"{side}_ankle"] = ankle
    pole = towards(opened, ahead, upwards)
    points[f"{side}_knee"] = two_link(hip, ankle, body.thigh, body.shank, pole)
    shin = unit(ankle - points[f"{side}_knee"])
    place_foot(points, body, side, across(Z + 0.5 * X, shin), shin)


FIGURES: dict[str, Callable[..., Script]] = {
    "single_leg_bridge": single_leg_bridge,
    "dead_bug": dead_bug,
    "knee_to_chest": knee_to_chest,
    "curl_up": curl_up,
    "clamshell": clamshell,
}
"""Each exercise's figure, doing it cleanly unless told otherwise."""

FAULTS: dict[str, dict[str, float]] = {
    "single_leg_bridge": SINGLE_LEG_BRIDGE_FAULTS,
    "dead_bug": DEAD_BUG_FAULTS,
    "knee_to_chest": KNEE_TO_CHEST_FAULTS,
    "curl_up": CURL_UP_FAULTS,
    "clamshell": CLAMSHELL_FAULTS,
}
"""By exercise, what can be asked for as a fault."""

AMOUNTS: dict[tuple[str, str], dict[str, object]] = {}

COMPANIONS: dict[tuple[str, str], set[str]] = {
    ("single_leg_bridge", "hips_sag"): {"hold_too_short"},  # a sag ends the hold
    ("dead_bug", "leg_too_low"): {"back_arches"},  # it is what makes the leg too low
    ("knee_to_chest", "eases_off"): {"hold_too_short"},
    ("curl_up", "sit_up"): {"coming_high"},
    ("curl_up", "neck_pulled"): {"coming_high"},  # the head alone
}

SEVERE: dict[str, dict[str, set[int]]] = {
    "single_leg_bridge": {"over_arched": {2}, "hold_too_short": {3}},
    "dead_bug": {"back_arches": {2}, "waiting_leg_drifts": {3}},
    "knee_to_chest": {"hold_too_short": {2}, "head_lifts": {3}},
    "curl_up": {"sit_up": {2}, "feet_lift": {3}},
    "clamshell": {"rolls_back": {2}, "hold_too_short": {3}},
}
"""A fault in the second rep and another in the third, both clear; the first is clean."""
