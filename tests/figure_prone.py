"""The stick figure in the prone back extension; beside it all figures that hold the body up."""

from collections.abc import Callable

import figure_all_fours
import figure_plank
import figure_side_plank
import numpy as np
from figure_body import Array, Body, Side, Y, stacked
from figure_plane import SIDES, Arm, Leg, Posture, at, face_down, near_side, ray
from figure_script import Faults, Given, Script, Timing

SUPERMAN_FAULTS: dict[str, float] = {
    "chest_too_high": 26.0,  # degrees of the trunk
    "legs_too_high": 26.0,  # degrees of the legs
    "head_cranes": 38.0,  # degrees that the head is bent back
    "jerky": 0.4,  # seconds to rise
    "hold_too_short": 1.2,  # seconds
    "partial": 0.42,  # share of the way; turns back at once
}


def superman(
    reps: int = 3,
    *,
    near: Side = "right",
    chest: float = 12.0,
    legs: float = 10.0,
    rest: float = 1.5,
    raising: float = 1.2,
    hold: float = 3.2,
    lowering: float = 1.2,
    after: float = 1.5,
    faults: Faults | None = None,
    body: Body | None = None,
) -> Script:
    """Lifting chest, arms and legs from lying face down; the main angle is that of both together.

    Args:
        reps: how many repetitions.
        near: the side that the camera sees.
        chest: degrees that the trunk is lifted at the top.
        legs: degrees that the legs are lifted.
        rest: seconds before each repetition.
        raising: seconds.
        hold: seconds.
        lowering: seconds.
        after: seconds of rest after the last repetition.
        faults: names out of `SUPERMAN_FAULTS`.
        body: sizes.
    """
    size = body or Body()
    given = Given.read(faults, SUPERMAN_FAULTS, reps)
    partial = given.has("partial")
    timing = Timing.of(
        rest,
        given.instead_of(raising, "jerky"),
        given.instead_of(np.where(partial, 0.1, hold), "hold_too_short"),
        np.full(reps, lowering),
        after,
    )
    share = given.instead_of(1.0, "partial")
    chests = share * given.instead_of(chest, "chest_too_high")
    lifts = share * given.instead_of(legs, "legs_too_high")

    def motion(times: Array) -> Array:
        progress = timing.progress(times)
        trunk, way = progress @ chests, 180 - progress @ lifts
        hip = at(0 * times, size.lying)
        reach = 0.99 * (size.upper_arm + size.forearm)
        wrist = hip + (size.torso + reach) * ray(trunk)
        posture = Posture(
            hip=hip,
            trunk=trunk,
            head=progress @ given.of("head_cranes"),
            legs={side: Leg(way, way, way) for side, _ in SIDES},
            arms={side: Arm(wrist, Y) for side, _ in SIDES},
        )
        return stacked(face_down(size, posture), times)

    return Script(
        duration=timing.duration,
        landmarks=near_side(near, motion),
        truth=timing.truth(given, chests + lifts, [None] * reps),
        middle=(0.0, 0.45, 0.0),
    )


Exercise = tuple[Callable[..., Script], dict[str, float]]
EXERCISES: dict[str, Exercise] = {
    "bird_dog": (figure_all_fours.bird_dog, figure_all_fours.BIRD_DOG_FAULTS),
    "cat_cow": (figure_all_fours.cat_cow, figure_all_fours.CAT_COW_FAULTS),
    "plank": (figure_plank.plank, figure_plank.PLANK_FAULTS),
    "push_up": (figure_plank.push_up, figure_plank.PUSH_UP_FAULTS),
    "side_plank": (figure_side_plank.side_plank, figure_side_plank.SIDE_PLANK_FAULTS),
    "superman": (superman, SUPERMAN_FAULTS),
}
"""Each figure with its table of faults."""
FIGURES: dict[str, Callable[..., Script]] = {name: make for name, (make, _) in EXERCISES.items()}
AMOUNTS: dict[tuple[str, str], dict[str, object]] = {}
COMPANIONS: dict[tuple[str, str], set[str]] = {}
SEVERE: dict[str, dict[str, set[int]]] = {
    "bird_dog": {"leg_too_high": {2}, "trunk_tips": {3}},
    "cat_cow": {"rocking": {2}, "elbows_bend": {3}},
    "plank": {"hips_sag": {2}, "hips_pike": {3}},
    "push_up": {"hips_sag": {2}, "too_shallow": {3}},
    "side_plank": {"hips_too_high": {2}, "rolls": {3}},
    "superman": {"chest_too_high": {2}, "head_cranes": {3}},
}
"""A fault in the second repetition and another in the third; the first is clean."""
