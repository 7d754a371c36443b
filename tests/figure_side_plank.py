"""The stick figure in the side plank, its chest to the camera."""

import numpy as np
from figure_body import (
    Array,
    Body,
    Points,
    Side,
    Y,
    Z,
    place_arm,
    place_foot,
    place_head,
    reflected,
    stacked,
    towards,
)
from figure_plane import (
    FLOOR_WRIST,
    at,
    bearing,
    bent_line,
    mix,
    opposite,
    ray,
)
from figure_script import Faults, Given, Script, Timing

ELBOW = at(0.6, FLOOR_WRIST)
FOOT = 0.10
"""Metres that the middle of the stacked ankles, or knees, is above the floor."""
BESIDE = 0.05
"""Metres from there to each ankle."""

SIDE_PLANK_FAULTS: dict[str, float] = {
    "hips_drop": 15.0,  # degrees that the hips hang, for 3 s
    "hips_too_high": 25.0,  # degrees that the hips are up, for 3 s
    "elbow_off": 40.0,  # degrees that the upper arm leans, for 3 s
    "rolls": 50.0,  # degrees that shoulders and hips roll, for 3 s
    "hold_too_short": 4.5,  # seconds
    "partial": 1.5,  # seconds
}


def side_plank(
    reps: int = 3,
    *,
    side: Side = "left",
    on_knees: bool = False,
    rest: float = 2.5,
    raising: float = 1.0,
    hold: float = 9.0,
    lowering: float = 1.0,
    after: float = 2.5,
    faults: Faults | None = None,
    body: Body | None = None,
) -> Script:
    """Side planks; between them the person lies on the side, propped on the elbow.

    Args:
        reps: how many side planks.
        side: the lower side.
        on_knees: the knees on the floor, the shins pointing away from the camera.
        rest: seconds before each.
        raising: seconds to get into it.
        hold: seconds.
        lowering: seconds to get out of it.
        after: seconds after the last one.
        faults: names out of `SIDE_PLANK_FAULTS`.
        body: sizes.
    """
    size = body or Body()
    given = Given.read(faults, SIDE_PLANK_FAULTS, reps)
    timing = Timing.of(
        rest,
        np.full(reps, raising),
        given.instead_of(hold, "hold_too_short", "partial"),
        np.full(reps, lowering),
        after,
    )
    sags = given.of("hips_drop") - given.of("hips_too_high")

    def motion(times: Array) -> Array:
        progress = timing.progress(times).sum(axis=1)
        lately = timing.while_holding(times, 3.0, 0.5)
        lower = ELBOW + size.upper_arm * ray(90 - lately @ given.of("elbow_off"))
        shoulder = lower + size.shoulder_width / 2 * ray(110.0)
        trunk, leg = _line(shoulder, 1 + lately @ sags, size, on_knees, progress)
        points = _trunk(size, shoulder, trunk, lately @ given.of("rolls"))
        _legs(points, size, leg, on_knees)
        _arms(points, size, trunk)
        place_head(points, size, shoulder + size.neck * ray(trunk), ray(trunk), Z + 0 * shoulder)
        return stacked(points, times)

    return Script(
        duration=timing.duration,
        landmarks=motion if side == "left" else lambda times: reflected(motion(times)),
        truth=timing.truth(given, np.zeros(reps), [side] * reps),
        middle=(0.0, 0.45, 0.0),
    )


def _line(
    shoulder: Array, sag: Array, size: Body, on_knees: bool, progress: Array
) -> tuple[Array, Array]:
    """Directions from hip to shoulder and from hip to foot, between lying and the plank.

    Args:
        shoulder: (T, 3) the middle of the shoulders.
        sag: (T,) degrees that the hips hang.
        size: the body.
        on_knees: whether the knees are on the floor.
        progress: (T,) 0 lying, 1 in the plank.
    """
    leg = size.thigh if on_knees else size.leg
    span, rise = opposite(size.torso, leg, 180 - sag), shoulder[:, 1] - FOOT
    foot = at(shoulder[:, 0] - np.sqrt(span**2 - rise**2), FOOT)
    hip = bent_line(shoulder, foot, size.torso, leg, np.sign(sag))
    lying = size.lying + size.hip_width / 2
    lying_trunk = np.degrees(np.arcsin((shoulder[:, 1] - lying) / size.torso))
    lying_leg = 180 + np.degrees(np.arcsin((lying - FOOT) / leg))
    return (
        mix(lying_trunk, bearing(hip, shoulder), progress),
        mix(lying_leg, bearing(hip, foot), progress),
    )


def _trunk(size: Body, shoulder: Array, trunk: Array, roll: Array) -> Points:
    """Shoulders and hips, the left ones below, rolled forwards about the trunk."""
    hip = shoulder - size.torso * ray(trunk)
    upwards = towards(roll, ray(trunk + 90), Z)
    points: Points = {}
    for name, middle, width in (
        ("shoulder", shoulder, size.shoulder_width),
        ("hip", hip, size.hip_width),
    ):
        points[f"right_{name}"] = middle + width / 2 * upwards
        points[f"left_{name}"] = middle - width / 2 * upwards
    return points


def _legs(points: Points, size: Body, leg: Array, on_knees: bool) -> None:
    """Straight legs whose feet lie on each other, or thighs whose shins point away."""
    inwards = np.degrees(np.arcsin((size.hip_width / 2 - BESIDE) / size.leg))
    sides: tuple[tuple[Side, float], ...] = (("left", -1.0), ("right", 1.0))
    for side, sign in sides:
        way = ray(leg + sign * inwards)
        points[f"{side}_knee"] = points[f"{side}_hip"] + size.thigh * way
        shank = -Z + 0 * way if on_knees else way
        points[f"{side}_ankle"] = points[f"{side}_knee"] + size.shank * shank
        place_foot(points, size, side, way if on_knees else Z + 0 * way, shank)


def _arms(points: Points, size: Body, trunk: Array) -> None:
    """The lower forearm on the floor, pointing at the camera; the upper hand on the hip."""
    elbow = ELBOW + 0 * points["left_shoulder"]
    lean = points["left_shoulder"] - elbow
    wrist = elbow + size.forearm * Z
    place_arm(points, size, "left", wrist, -lean, ray(trunk))
    on_hip = points["right_hip"] + 0.05 * ray(trunk + 90) + 0.08 * Z
    place_arm(points, size, "right", on_hip, Y - Z, ray(trunk))
