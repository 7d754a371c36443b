"""The stick figure on its feet: squat, lunge, wall sit, sit to stand and march.

All are built in one frame: the person looks along X, up is Y, and the right side is the nearer one,
towards +Z. A *lean* is how far, in degrees, a line is tipped forward from upright. The trunk stands
on the middle of the hips, each leg on a foot whose index keeps its place when the heel rises; the
knee follows from where hip and ankle are.
"""

from collections.abc import Mapping
from typing import Literal

import numpy as np
from figure_body import (
    Array,
    Body,
    Motion,
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
)
from figure_script import Faults, Given, Script, Timing, minimum_jerk
from numpy.typing import ArrayLike

Arms = Literal["crossed", "forward", "hanging"]
Foot = tuple[Array, Array]
"""Where the foot index is (T, 3), in the plane of the movement, and how far the heel is raised, in
degrees (T,)."""

SIDES: tuple[tuple[Side, Side, float], ...] = (("left", "right", -1.0), ("right", "left", 1.0))
"""Side, other side and where the side lies along Z."""


def tipped(lean: ArrayLike) -> Array:
    """(T, 3) the direction that is tipped forward from upright by so many degrees."""
    return towards(lean, Y, X)


def leg_up(ankle: Array, shin: ArrayLike, thigh: ArrayLike, body: Body) -> Array:
    """The hip (T, 3) over an ankle, for the leans of shin and thigh; a thigh leans back, below 0.

    The knee angle is 180 degrees less the difference of the two.
    """
    return np.asarray(ankle + body.shank * tipped(shin) + body.thigh * tipped(thigh))


def standing_foot(ahead: ArrayLike, body: Body) -> Array:
    """The foot index (T, 3) of a flat foot whose ankle is so many metres ahead of the origin."""
    toes = np.asarray(ahead) + body.foot - body.heel_back
    return np.asarray(column(toes) * X + (body.lying - body.heel_drop) * Y)


def on_its_toes(foot: Foot, body: Body) -> tuple[Array, Array, Array]:
    """Ankle, direction of the toes and of the sole of a foot whose heel is raised."""
    index, raised = foot
    toe, sole = towards(raised, X, -Y), towards(raised, -Y, -X)
    return index + (body.heel_back - body.foot) * toe - body.heel_drop * sole, toe, sole


def person(
    body: Body,
    hips: Array,
    up: Array,
    feet: Mapping[Side, Foot],
    arms: Arms = "crossed",
    on_knees: ArrayLike = 0.0,
) -> Points:
    """All landmarks of somebody upright.

    Args:
        body: sizes.
        hips: (T, 3) the middle of the hips.
        up: (T, 3) the direction of the trunk.
        feet: each side's, at the side's own place across.
        arms: where they are.
        on_knees: (T,) how far the hands have gone from there to the knees, 0..1.
    """
    points: Points = {}
    right = across(Z, up)
    front = np.cross(up, right)
    shoulders = hips + body.torso * up
    for side, _, out in SIDES:
        points[f"{side}_hip"] = hips + out * body.hip_width / 2 * Z
        points[f"{side}_shoulder"] = shoulders + out * body.shoulder_width / 2 * right
        _leg(points, body, side, feet[side], out)
    place_head(points, body, shoulders + body.neck * up, up, front)
    for side, other, out in SIDES:
        wrist, elbow = _arm(points, body, arms, (side, other, out), up, front)
        knee = points[f"{side}_knee"] + 0.04 * Y
        place_arm(points, body, side, wrist + column(on_knees) * (knee - wrist), elbow, up + 0.1)
    return points


def _leg(points: Points, body: Body, side: Side, foot: Foot, out: float) -> None:
    """Add knee, ankle and foot to the hip that is there; the knee points forward."""
    ankle, toe, sole = on_its_toes(foot, body)
    points[f"{side}_ankle"] = ankle + out * body.hip_width / 2 * Z
    points[f"{side}_knee"] = two_link(
        points[f"{side}_hip"], points[f"{side}_ankle"], body.thigh, body.shank, X
    )
    place_foot(points, body, side, toe, sole)


def _arm(
    points: Points, body: Body, arms: Arms, which: tuple[Side, Side, float], up: Array, front: Array
) -> tuple[Array, Array]:
    """Where a wrist is, and the direction in which the elbow points."""
    side, other, out = which
    reach = 0.985 * (body.upper_arm + body.forearm)
    if arms == "forward":
        return points[f"{side}_shoulder"] + reach * X, out * Z - Y
    if arms == "hanging":
        return points[f"{side}_shoulder"] - 0.50 * up + 0.05 * front + 0.08 * out * Z, -front
    on_chest = points[f"{other}_shoulder"] - 0.06 * up + 0.10 * front + 0.04 * out * Z
    return on_chest, 0.5 * front - up + 0.5 * out * Z


def near_side(near: Side, motion: Motion) -> Motion:
    """The person's given side to the camera, from a motion that has the right side there."""
    return motion if near == "right" else lambda times: reflected(motion(times))


def to_the_camera(landmarks: Array) -> Array:
    """The same person turned to look towards the camera, along Z."""
    x, y, z = np.moveaxis(landmarks, -1, 0)
    return np.stack([-z, y, x], axis=-1)


SQUAT_FAULTS: dict[str, float] = {
    "too_shallow": 122.0,  # knee angle at the bottom
    "trunk_folds": 62.0,  # lean of the trunk at the bottom
    "heels_lift": 0.18,  # rise of the heels, torso lengths
    "rushed_down": 0.4,  # seconds
    "partial": 152.0,  # knee angle; turns back at once
}


def squat(
    reps: int = 3,
    *,
    near: Side = "left",
    standing: float = 176.0,
    bottom: float = 92.0,
    lean: float = 38.0,
    rest: float = 1.5,
    raising: float = 1.6,
    hold: float = 0.6,
    lowering: float = 1.4,
    after: float = 1.5,
    arms: Arms = "forward",
    faults: Faults | None = None,
    body: Body | None = None,
) -> Script:
    """Squat, seen from the side; the main angle is that of the knee. Down is the raise.

    Args:
        reps: how many repetitions.
        near: the side that the camera sees.
        standing: knee angle at rest.
        bottom: knee angle at the bottom.
        lean: lean of the trunk at the bottom.
        rest: seconds before each repetition.
        raising: seconds of the way down.
        hold: seconds at the bottom.
        lowering: seconds of the way up.
        after: seconds of rest after the last repetition.
        arms: where they are.
        faults: names out of `SQUAT_FAULTS`.
        body: sizes.
    """
    size = body or Body()
    given = Given.read(faults, SQUAT_FAULTS, reps)
    timing = Timing.of(
        rest,
        given.instead_of(raising, "rushed_down"),
        np.where(given.has("partial"), 0.1, hold),
        np.full(reps, lowering),
        after,
    )
    bend = standing - given.instead_of(bottom, "too_shallow", "partial")
    deep = np.minimum(bend / (standing - bottom), 1.0)
    leans = given.instead_of(lean * deep, "trunk_folds")
    raised = np.degrees(np.arcsin(given.of("heels_lift") * size.torso / size.foot))

    def motion(times: Array) -> Array:
        progress = timing.progress(times)
        bent = 180 - standing + progress @ bend
        foot = (standing_foot(np.zeros(len(times)), size), progress @ raised)
        ankle, _, _ = on_its_toes(foot, size)
        # The shins take a quarter of the bend: so the body stays over the feet.
        hips = leg_up(ankle, 0.26 * bent, -0.74 * bent, size)
        up = tipped(progress @ leans)
        return stacked(person(size, hips, up, {"left": foot, "right": foot}, arms), times)

    return Script(
        duration=timing.duration,
        landmarks=near_side(near, motion),
        truth=timing.truth(given, bend, [None] * reps),
    )


LUNGE_FAULTS: dict[str, float] = {
    "too_shallow": 115.0,  # knee angle of the front leg at the bottom
    "knee_past_toes": 36.0,  # lean of the front shin at the bottom
    "leans_forward": 36.0,  # lean of the trunk at the bottom
    "leans_back": -20.0,  # the same
    "front_heel_lifts": 0.14,  # rise of the front heel, torso lengths
    "partial": 50.0,  # degrees of the front thigh; turns back at once
}


def lunge(
    reps: int = 3,
    *,
    side: Side = "left",
    step: float = 0.84,
    stepping: bool = False,
    bottom: float = 92.0,
    shin: float = 6.0,
    rest: float = 1.5,
    raising: float = 1.6,
    hold: float = 0.6,
    lowering: float = 1.4,
    after: float = 1.5,
    faults: Faults | None = None,
    body: Body | None = None,
) -> Script:
    """Lunge, seen from the side; the main angle is that of the front thigh from upright.

    Args:
        reps: how many repetitions.
        side: the leg in front, next to the camera.
        step: metres from ankle to ankle.
        stepping: whether each repetition begins and ends with the feet together.
        bottom: knee angle of the front leg at the bottom.
        shin: lean of the front shin at the bottom.
        rest: seconds before each repetition.
        raising: seconds of the way down.
        hold: seconds at the bottom.
        lowering: seconds of the way up.
        after: seconds of rest after the last repetition.
        faults: names out of `LUNGE_FAULTS`.
        body: sizes.
    """
    size = body or Body()
    given = Given.read(faults, LUNGE_FAULTS, reps)
    timing = Timing.of(
        rest,
        np.full(reps, raising),
        np.where(given.has("partial"), 0.1, hold),
        np.full(reps, lowering),
        after,
    )
    bottoms = given.instead_of(bottom, "too_shallow")
    shins = given.instead_of(shin, "knee_past_toes")
    thighs = given.instead_of(180.0 - bottoms - shins, "partial")
    shins = np.where(given.has("partial"), -8.0, shins)
    leans = given.instead_of(5.0, "leans_forward", "leans_back")
    raised = np.degrees(np.arcsin(given.of("front_heel_lifts") * size.torso / size.foot))
    # At rest in the split stance both legs are nearly straight.
    stance = np.degrees(np.arcsin(step / 2 / (0.995 * size.leg)))
    rest_thigh, rest_shin = (5.0, -3.0) if stepping else (stance + 4.0, 4.0 - stance)

    def motion(times: Array) -> Array:
        progress = timing.progress(times)
        gone = progress.sum(axis=1)
        stepped = minimum_jerk(gone / 0.7) if stepping else np.ones(len(times))
        index = standing_foot(step * (stepped - 1), size)
        index = index + column(0.4 * stepped * (1 - stepped)) * Y
        front = (index, progress @ raised)
        ankle, _, _ = on_its_toes(front, size)
        thigh = rest_thigh + progress @ (thighs - rest_thigh)
        lean = rest_shin + progress @ (shins - rest_shin)
        hips = leg_up(ankle, lean, -thigh, size)
        back = (standing_foot(np.full(len(times), -step), size), _back_heel(gone, stepping))
        feet: dict[Side, Foot] = {"right": front, "left": back}
        up = tipped(progress @ leans)
        return stacked(person(size, hips, up, feet, "hanging"), times)

    return Script(
        duration=timing.duration,
        landmarks=near_side(side, motion),
        truth=timing.truth(given, thighs - rest_thigh, [side] * reps),
    )


def _back_heel(gone: Array, stepping: bool) -> Array:
    """How far the heel of the leg behind is raised, in degrees."""
    return np.asarray(60 * gone if stepping else 35 + 25 * gone, dtype=np.float64)


WALL_SIT_FAULTS: dict[str, float] = {
    "too_deep": 71.0,  # knee angle
    "too_high": 123.0,  # the same
    "slides": 17.0,  # degrees that the knee opens in the second half of the hold
    "back_leaves_wall": 20.0,  # lean of the trunk in the second half of the hold
    "knees_past_toes": 32.0,  # lean of the shins
    "hold_too_short": 7.0,  # seconds
    "partial": 2.5,  # seconds
}


def wall_sit(
    reps: int = 3,
    *,
    near: Side = "left",
    knee: float = 92.0,
    rest: float = 2.0,
    raising: float = 1.5,
    hold: float = 10.5,
    lowering: float = 1.5,
    after: float = 2.0,
    faults: Faults | None = None,
    body: Body | None = None,
) -> Script:
    """Wall sit, seen from the side; at rest the person stands leaning against the wall.

    Args:
        reps: how many holds.
        near: the side that the camera sees.
        knee: knee angle while holding.
        rest: seconds before each hold.
        raising: seconds of sliding down.
        hold: seconds.
        lowering: seconds of sliding up.
        after: seconds of rest after the last hold.
        faults: names out of `WALL_SIT_FAULTS`.
        body: sizes.
    """
    size = body or Body()
    given = Given.read(faults, WALL_SIT_FAULTS, reps)
    timing = Timing.of(
        rest,
        np.full(reps, raising),
        given.instead_of(hold, "hold_too_short", "partial"),
        np.full(reps, lowering),
        after,
    )
    standing = 170.0
    near_feet = np.where(given.has("knees_past_toes"), 80.0, knee)
    knees = given.instead_of(near_feet, "too_deep", "too_high")
    shins = np.radians(given.instead_of(0.0, "knees_past_toes"))
    out = size.thigh * np.sin(np.radians(180.0 - near_feet) - shins) - size.shank * np.sin(shins)

    def motion(times: Array) -> Array:
        progress = timing.progress(times)
        feet = timing.settled(times, out) if reps else np.full(len(times), size.thigh)
        late = _second_half(timing, times)
        angle = standing + progress @ (knees - standing) + late @ given.of("slides")
        height = np.sqrt(size.hip_to_ankle(angle) ** 2 - feet**2) + size.lying
        hips = column(-0.3 * np.ones(len(times))) * X + column(height) * Y
        foot = (standing_foot(feet - 0.3, size), np.zeros(len(times)))
        up = tipped(late @ given.of("back_leaves_wall"))
        return stacked(person(size, hips, up, {"left": foot, "right": foot}), times)

    return Script(
        duration=timing.duration,
        landmarks=near_side(near, motion),
        truth=timing.truth(given, standing - knees, [None] * reps),
    )


def _second_half(timing: Timing, times: Array) -> Array:
    """(T, reps) 0, but 1 from the middle of the hold until shortly before its end."""
    middle = (timing.top_start + timing.top_end) / 2
    on = minimum_jerk((times[:, None] - middle) / 0.6)
    return np.asarray(on * (1 - minimum_jerk((times[:, None] - timing.top_end + 1.0) / 0.6)))


SIT_TO_STAND_FAULTS: dict[str, float] = {
    "knees_stay_bent": 148.0,  # knee angle at the top
    "hips_stay_bent": 148.0,  # hip angle at the top
    "leans_far": 74.0,  # lean of the trunk when leaving the seat
    "plops_down": 0.4,  # seconds
    "hands_push": 1.0,  # 1 = the hands are on the knees
    "partial": 118.0,  # knee angle; sits down again at once
}

SEAT = (8.0, 77.0)
"""Lean of the shins and of the thighs, backwards, of somebody sitting."""


def sit_to_stand(
    reps: int = 3,
    *,
    near: Side = "left",
    lean: float = 42.0,
    rest: float = 2.0,
    raising: float = 1.6,
    hold: float = 0.8,
    lowering: float = 1.8,
    after: float = 2.0,
    faults: Faults | None = None,
    body: Body | None = None,
) -> Script:
    """Standing up from a chair, seen from the side; the main angle is that of the knee.

    Args:
        reps: how many repetitions.
        near: the side that the camera sees.
        lean: lean of the trunk when leaving the seat, and when sitting down.
        rest: seconds before each repetition.
        raising: seconds.
        hold: seconds of standing.
        lowering: seconds.
        after: seconds of rest after the last repetition.
        faults: names out of `SIT_TO_STAND_FAULTS`.
        body: sizes.
    """
    size = body or Body()
    given = Given.read(faults, SIT_TO_STAND_FAULTS, reps)
    timing = Timing.of(
        rest,
        np.full(reps, raising),
        np.where(given.has("partial"), 0.1, hold),
        given.instead_of(lowering, "plops_down"),
        after,
    )
    top_bend = 180 - given.instead_of(176.0, "knees_stay_bent", "partial")
    shins = 0.45 * top_bend
    thighs = top_bend - shins
    top_leans = 180 - given.instead_of(177.0, "hips_stay_bent") - thighs
    top_leans = np.where(given.has("partial"), 25.0, np.maximum(top_leans, 0.0))
    leans = given.instead_of(lean, "leans_far")

    def motion(times: Array) -> Array:
        progress = timing.progress(times)
        foot = (standing_foot(np.zeros(len(times)), size), np.zeros(len(times)))
        ankle, _, _ = on_its_toes(foot, size)
        shin = SEAT[0] + progress @ (shins - SEAT[0])
        thigh = SEAT[1] + progress @ (thighs - SEAT[1])
        hips = leg_up(ankle, shin, -thigh, size)
        bow = _bow(timing, times)
        trunk = 4.0 + progress @ (top_leans - 4.0)
        trunk = trunk * (1 - bow.sum(axis=1)) + bow @ leans
        pushing = _rising(timing, times) @ given.of("hands_push")
        feet: dict[Side, Foot] = {"left": foot, "right": foot}
        return stacked(person(size, hips, tipped(trunk), feet, "crossed", pushing), times)

    return Script(
        duration=timing.duration,
        landmarks=near_side(near, motion),
        truth=timing.truth(given, 85.0 - top_bend, [None] * reps),
        middle=(-0.15, 0.87, 0.0),
    )


def _rising(timing: Timing, times: Array) -> Array:
    """(T, reps) 0, but 1 from before the seat is left until nearly upright."""
    raising = timing.top_start - timing.start
    on = minimum_jerk((times[:, None] - timing.start + 0.7) / 0.8)
    off = minimum_jerk((times[:, None] - timing.start - 0.6 * raising) / (0.4 * raising + 0.3))
    return np.asarray(on * (1 - off), dtype=np.float64)


def _bow(timing: Timing, times: Array) -> Array:
    """(T, reps) 1 where the trunk bows: while the seat is left, and while it is reached again."""
    lowering = timing.end - timing.top_end
    on = minimum_jerk((times[:, None] - timing.top_end) / (0.6 * lowering))
    off = minimum_jerk((times[:, None] - timing.end + 0.1) / 0.7)
    return np.asarray(_rising(timing, times) + on * (1 - off), dtype=np.float64)


MARCH_FAULTS: dict[str, float] = {
    "low_knee": 55.0,  # degrees of the thigh from hanging
    "sways": 16.0,  # degrees that the trunk leans to the standing side
    "standing_leg_bends": 132.0,  # knee angle of the standing leg, bending forward
    "partial": 33.0,  # degrees of the thigh; turns back at once
}


def march(
    reps: int = 3,
    *,
    side: Side = "left",
    alternate: bool = False,
    top: float = 78.0,
    rest: float = 1.0,
    raising: float = 0.7,
    hold: float = 0.3,
    lowering: float = 0.7,
    after: float = 1.0,
    faults: Faults | None = None,
    body: Body | None = None,
) -> Script:
    """March on the spot, seen from the front; the main angle is the thigh's from hanging.

    Args:
        reps: how many repetitions.
        side: the knee that is lifted, the first one if they alternate.
        alternate: whether the legs take turns.
        top: degrees of the thigh from hanging.
        rest: seconds before each repetition.
        raising: seconds.
        hold: seconds.
        lowering: seconds.
        after: seconds of rest after the last repetition.
        faults: names out of `MARCH_FAULTS`.
        body: sizes.
    """
    size = body or Body()
    given = Given.read(faults, MARCH_FAULTS, reps)
    timing = Timing.of(
        rest,
        np.full(reps, raising),
        np.where(given.has("partial"), 0.1, hold),
        np.full(reps, lowering),
        after,
    )
    tops = given.instead_of(top, "low_knee", "partial")
    bend = 176 - given.instead_of(176.0, "standing_leg_bends")
    other: Side = "right" if side == "left" else "left"
    sides: list[Side] = [other if alternate and k % 2 else side for k in range(reps)]
    is_left = np.array([each == "left" for each in sides])

    def left_leg(times: Array) -> Array:
        progress = timing.progress(times)
        ground = (standing_foot(np.zeros(len(times)), size), np.zeros(len(times)))
        height = size.hip_to_ankle(176 - progress @ bend)
        hips = column(height + size.lying) * Y
        # The thigh swings up from the 2 degrees of a knee at 176; the shin hangs from it.
        knee = hips - size.thigh * tipped(-2.0 - progress @ (tops - 2.0))
        ankle = knee - size.shank * tipped(2.0 + 8.0 * progress.sum(axis=1))
        lifted = (ankle - (size.heel_back - size.foot) * X - size.heel_drop * Y, ground[1])
        sway = towards(progress @ given.of("sways"), Y, Z)
        feet: dict[Side, Foot] = {"left": lifted, "right": ground}
        return to_the_camera(stacked(person(size, hips, sway, feet, "hanging"), times))

    def motion(times: Array) -> Array:
        landmarks = left_leg(times)
        if not reps:
            return landmarks
        left = is_left[timing.number_at(times)]
        return np.where(left[:, None, None], landmarks, reflected(landmarks))

    return Script(
        duration=timing.duration,
        landmarks=motion,
        truth=timing.truth(given, tops, sides),
    )


FIGURES = {
    "squat": squat,
    "lunge": lunge,
    "wall_sit": wall_sit,
    "sit_to_stand": sit_to_stand,
    "march": march,
}
"""Each exercise's figure."""

FAULTS = {
    "squat": SQUAT_FAULTS,
    "lunge": LUNGE_FAULTS,
    "wall_sit": WALL_SIT_FAULTS,
    "sit_to_stand": SIT_TO_STAND_FAULTS,
    "march": MARCH_FAULTS,
}

AMOUNTS: dict[tuple[str, str], dict[str, object]] = {}

COMPANIONS: dict[tuple[str, str], set[str]] = {}

SEVERE: dict[str, dict[str, set[int]]] = {
    "squat": {"trunk_folds": {2}, "too_shallow": {3}},
    "lunge": {"leans_forward": {2}, "too_shallow": {3}},
    "wall_sit": {"too_deep": {2}, "back_leaves_wall": {3}},
    "sit_to_stand": {"knees_stay_bent": {2}, "hips_stay_bent": {3}},
    "march": {"sways": {2}, "standing_leg_bends": {3}},
}
"""A fault in the second repetition and another in the third."""
