"""The stick figure on all fours: bird dog and cat-cow."""

from dataclasses import dataclass

import numpy as np
from figure_body import Array, Body, Side, X, Y, stacked
from figure_plane import (
    FLOOR_KNEE,
    FLOOR_WRIST,
    SIDES,
    Arm,
    Leg,
    Posture,
    at,
    bearing,
    circles_meet,
    face_down,
    mix,
    near_side,
    opposite,
    ray,
)
from figure_script import Faults, Given, Script, Timing

MIDDLE = (0.0, 0.45, 0.0)
KNEE = at(-0.25, FLOOR_KNEE)
SHIN, FOOT = 180.0, 180.0
"""Directions of a shank that lies on the floor, and of its foot."""


@dataclass(frozen=True, slots=True)
class _Table:
    """Someone on all fours: where the planted hands are, and the joints above them."""

    hip: Array
    shoulder: Array
    wrist: Array

    @property
    def thigh(self) -> Array:
        """Direction from the hip to the planted knee."""
        return bearing(self.hip, KNEE + 0 * self.hip)

    @property
    def trunk(self) -> Array:
        """Direction from the hip to the shoulder, -180..180."""
        return (bearing(self.hip, self.shoulder) + 180) % 360 - 180


def _table(size: Body, back: Array, elbow: Array) -> _Table:
    """Hips and shoulders over planted knees and hands.

    Args:
        size: the body.
        back: (T,) metres that the hips are behind the knees.
        elbow: (T,) elbow angle.
    """
    arm = 0.999 * (size.upper_arm + size.forearm)
    rise = FLOOR_WRIST + arm - FLOOR_KNEE - size.thigh
    wrist = at(KNEE[0] + np.sqrt(size.torso**2 - rise**2), FLOOR_WRIST)
    hip = KNEE + size.thigh * ray(90 + np.degrees(np.arcsin(back / size.thigh)))
    reach = np.minimum(arm, opposite(size.upper_arm, size.forearm, elbow))
    return _Table(hip, circles_meet(hip, size.torso, wrist, reach), wrist + 0 * hip)


CAT_COW_FAULTS: dict[str, float] = {
    "rushed_up": 0.8,  # seconds
    "rushed_down": 0.8,  # seconds
    "rocking": 0.32,  # torso lengths that the hips go back
    "elbows_bend": 135.0,  # elbow angle
    "partial": 20.0,  # degrees from rest; turns back at once
}


def cat_cow(
    reps: int = 3,
    *,
    near: Side = "right",
    hanging: float = -35.0,
    top: float = 30.0,
    rest: float = 1.5,
    raising: float = 2.0,
    hold: float = 0.5,
    lowering: float = 2.0,
    after: float = 1.5,
    faults: Faults | None = None,
    body: Body | None = None,
) -> Script:
    """Cat-cow, seen from the side; the main angle is that of the head above the trunk's line.

    Args:
        reps: how many waves.
        near: the side that the camera sees.
        hanging: the angle of the head at rest, in the cat.
        top: its angle in the cow.
        rest: seconds in the cat before each wave.
        raising: seconds.
        hold: seconds in the cow.
        lowering: seconds.
        after: seconds in the cat after the last wave.
        faults: names out of `CAT_COW_FAULTS`.
        body: sizes.
    """
    size = body or Body()
    given = Given.read(faults, CAT_COW_FAULTS, reps)
    partial = given.has("partial")
    timing = Timing.of(
        rest,
        given.instead_of(raising, "rushed_up"),
        np.where(partial, 0.1, hold),
        given.instead_of(lowering, "rushed_down"),
        after,
    )
    ranges = given.instead_of(top - hanging, "partial")

    def motion(times: Array) -> Array:
        progress = timing.progress(times)
        bend = 180 - progress @ (180 - given.instead_of(180.0, "elbows_bend"))
        table = _table(size, progress @ given.of("rocking") * size.torso, bend)
        posture = Posture(
            hip=table.hip,
            trunk=table.trunk,
            head=hanging + progress @ ranges,
            legs={side: Leg(table.thigh, SHIN, FOOT) for side, _ in SIDES},
            arms={side: Arm(table.wrist, -X) for side, _ in SIDES},
        )
        return stacked(face_down(size, posture), times)

    return Script(
        duration=timing.duration,
        landmarks=near_side(near, motion),
        truth=timing.truth(given, ranges, [None] * reps),
        middle=MIDDLE,
    )


BIRD_DOG_FAULTS: dict[str, float] = {
    "leg_too_high": 157.0,  # direction of the leg; 180 = level
    "trunk_tips": 100.0,  # angle of the elbow that carries the sinking chest
    "leg_low": 192.5,  # direction of the leg
    "arm_low": -42.0,  # direction of the arm; 0 = level
    "weight_shifts": 0.40,  # torso lengths that the hips go back
    "head_moves": 38.0,  # degrees that the head is bent back
    "hold_too_short": 2.0,  # seconds
    "partial": 0.6,  # share of the way; turns back at once
}


def bird_dog(
    reps: int = 3,
    *,
    side: Side = "right",
    near: Side = "right",
    alternate: bool = False,
    leg: float = 183.0,
    arm: float = -3.0,
    rest: float = 1.5,
    raising: float = 1.6,
    hold: float = 5.2,
    lowering: float = 1.6,
    after: float = 1.5,
    faults: Faults | None = None,
    body: Body | None = None,
) -> Script:
    """Bird dog, seen from the side; the opposite arm goes with the leg.

    Args:
        reps: how many repetitions.
        side: that of the leg, of the first one if they alternate.
        near: the side that the camera sees.
        alternate: whether the sides take turns.
        leg: direction of the leg at the top; 180 = level.
        arm: direction of the arm at the top; 0 = level.
        rest: seconds before each repetition.
        raising: seconds.
        hold: seconds.
        lowering: seconds.
        after: seconds of rest after the last repetition.
        faults: names out of `BIRD_DOG_FAULTS`.
        body: sizes.
    """
    size = body or Body()
    given = Given.read(faults, BIRD_DOG_FAULTS, reps)
    partial = given.has("partial")
    timing = Timing.of(
        rest,
        np.full(reps, raising),
        given.instead_of(np.where(partial, 0.1, hold), "hold_too_short"),
        np.full(reps, lowering),
        after,
    )
    far: Side = "left" if side == "right" else "right"
    sides: list[Side] = [far if alternate and k % 2 else side for k in range(reps)]
    shares = given.instead_of(1.0, "partial")
    legs = given.instead_of(leg, "leg_too_high", "leg_low")
    arms = given.instead_of(arm, "arm_low")

    def motion(times: Array) -> Array:
        progress = timing.progress(times)
        bend = 180 - progress @ (180 - given.instead_of(180.0, "trunk_tips"))
        table = _table(size, progress @ given.of("weight_shifts") * size.torso, bend)
        planted = Leg(table.thigh, SHIN, FOOT)
        lifted: dict[Side, Leg] = {}
        raised: dict[Side, Arm] = {}
        for each, _ in SIDES:
            own = progress * np.array([s == each for s in sides])
            other = progress - own
            way = own.sum(axis=1)
            to = np.where(way > 0, own @ legs / np.maximum(way, 1e-9), leg)
            lifted[each] = planted.mixed(Leg(to, to, 200.0), own @ shares)
            way = other.sum(axis=1)
            aim = np.where(way > 0, other @ arms / np.maximum(way, 1e-9), arm)
            raised[each] = Arm(_hand(table, size, aim, other @ shares), -Y - X)
        posture = Posture(table.hip, table.trunk, progress @ given.of("head_moves"), lifted, raised)
        return stacked(face_down(size, posture), times)

    return Script(
        duration=timing.duration,
        landmarks=near_side(near, motion),
        truth=timing.truth(given, shares, sides),
        middle=MIDDLE,
    )


def _hand(table: _Table, size: Body, aim: Array, share: Array) -> Array:
    """Where a hand is that is raised, forwards, by a share of the way from the floor to its aim."""
    down = bearing(table.shoulder, table.wrist) - 360
    planted = np.linalg.norm(table.wrist - table.shoulder, axis=-1)
    reach = mix(planted, 0.99 * (size.upper_arm + size.forearm), share)
    return np.asarray(table.shoulder + reach[:, None] * ray(mix(down, aim, share)))
