"""A stick figure that exercises, with joint angles, repetitions, holds and faults known exactly.

    script = bridge(reps=3, faults={"over_arched": {2}})
    poses = script.poses(fps=30, camera=Camera(yaw=20), noise=Noise(sd=0.02, seed=1))
    script.truth[1].faults  # ("over_arched",)

Its geometry is its own, so that it can tell whether formcheck's is right. Each exercise has a table
of faults with their usual amounts; `Fault(reps, amount)` gives another amount. A fault grows and
shrinks with the repetition's progress unless it is about timing. A repetition is rest, raise, hold,
lower; raising and lowering are minimum-jerk, and the exercise's main angle follows them.
"""

from typing import Literal

import numpy as np
from figure_body import (
    AS_MEDIAPIPE,
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
    turned_round,
    two_link,
    unit,
)
from figure_camera import Camera, Drop, Noise
from figure_script import (
    Fault,
    Faults,
    Given,
    Rep,
    Script,
    Timing,
    concatenate,
    minimum_jerk,
    pause,
)

__all__ = [
    "AS_MEDIAPIPE",
    "BRIDGE_FAULTS",
    "CRUNCH_FAULTS",
    "SIDE_LYING_FAULTS",
    "STANDING_FAULTS",
    "Body",
    "Camera",
    "Drop",
    "Fault",
    "Noise",
    "Rep",
    "Script",
    "bridge",
    "concatenate",
    "crunch",
    "minimum_jerk",
    "pause",
    "side_lying_leg_raise",
    "standing_leg_raise",
    "walks_away",
]

DOWN = -Y
LYING_MIDDLE = (0.0, 0.45, 0.0)


# Lying on the back: the head to the right and the left side to the camera, or turned round.


def two_links_planted(
    shoulder: Array, ankle: Array, hip_angle: Array, body: Body
) -> tuple[Array, Array]:
    """Hip and knee (T, 3) between planted shoulders and feet, for a signed hip angle in degrees.

    Shoulder, hip, knee, ankle are a four-bar linkage: the hip angle alone decides. The knee lies
    above the line from shoulder to ankle; past 180 degrees the hip lies above shoulder-knee.
    """
    torso, thigh, shank = body.torso, body.thigh, body.shank
    theta = np.radians(hip_angle)
    span = ankle - shoulder
    distance = np.hypot(span[:, 0], span[:, 1])
    to_knee = np.sqrt(torso**2 + thigh**2 - 2 * torso * thigh * np.cos(theta))
    above = np.arccos((distance**2 + to_knee**2 - shank**2) / (2 * distance * to_knee))
    below = np.arctan2(thigh * np.sin(theta), torso - thigh * np.cos(theta))
    knee_direction = np.arctan2(span[:, 1], span[:, 0]) - above
    hip_direction = knee_direction + below
    knee = shoulder + column(to_knee) * towards(np.degrees(knee_direction), X, Y)
    hip = shoulder + torso * towards(np.degrees(hip_direction), X, Y)
    return hip, knee


def feet_from_hips(hip_angle: Array, knee_angle: Array, body: Body) -> Array:
    """How far from the resting hips the feet are, for hip and knee angles when raised; metres."""
    torso, thigh, shank = body.torso, body.thigh, body.shank
    hip, knee = np.radians(hip_angle), np.radians(knee_angle)
    to_knee = np.sqrt(torso**2 + thigh**2 - 2 * torso * thigh * np.cos(hip))
    at_knee = np.arctan2(torso * np.sin(hip), thigh - torso * np.cos(hip))
    squared = to_knee**2 + shank**2 - 2 * to_knee * shank * np.cos(knee + at_knee)
    return np.asarray(np.sqrt(squared) - torso, dtype=np.float64)


def resting_hip_angle(feet: Array, body: Body) -> Array:
    """Hip angle in degrees of someone lying with the feet this far from the hips."""
    cosine = (body.thigh**2 + feet**2 - body.shank**2) / (2 * body.thigh * feet)
    return np.asarray(180 - np.degrees(np.arccos(cosine)), dtype=np.float64)


def both_sides(points: Points, name: str, middle: Array, width: float) -> None:
    """Add a left and a right landmark beside a middle, for someone on the back (left = near)."""
    points[f"left_{name}"] = middle + width / 2 * Z
    points[f"right_{name}"] = middle - width / 2 * Z


def facing(near: Side, motion: Motion) -> Motion:
    """The person's given side to the camera, from a motion that has the left side there."""
    if near == "left":
        return motion
    return lambda times: turned_round(motion(times))


BRIDGE_FAULTS: dict[str, float] = {
    "hips_too_low": 150.0,  # hip angle at the top
    "over_arched": 200.0,  # hip angle at the top
    "hold_too_short": 1.0,  # seconds
    "upper_back_lifts": 0.15,  # rise of the shoulders, torso lengths
    "feet_too_far": 128.0,  # knee angle at the top
    "feet_too_near": 48.0,  # knee angle at the top
    "heels_lift": 0.12,  # rise of the heels, torso lengths
    "head_lifts": 0.18,  # rise of the ears above the shoulders, torso lengths
    "rushed_up": 0.4,  # seconds
    "rushed_down": 0.4,  # seconds
    "hips_sag": 15.0,  # degrees lost for 1.2 s in the middle of the hold
    "partial": 10.0,  # degrees from rest; turns back at once
}


def bridge(
    reps: int = 3,
    *,
    near: Side = "left",
    knee: float = 75.0,
    top: float = 176.0,
    rest: float = 1.5,
    raising: float = 1.6,
    hold: float = 3.2,
    lowering: float = 1.6,
    after: float = 1.5,
    arms: Literal["ceiling", "overhead", "alongside"] = "ceiling",
    faults: Faults | None = None,
    body: Body | None = None,
) -> Script:
    """Glute bridge, seen from the side; the main angle is shoulder-hip-knee.

    Args:
        reps: how many repetitions.
        near: the side that the camera sees.
        knee: knee angle at rest; it decides how far away the feet stand.
        top: hip angle at the top, past 180 = over-arched.
        rest: seconds before each repetition.
        raising: seconds.
        hold: seconds.
        lowering: seconds.
        after: seconds of rest after the last repetition.
        arms: where they point.
        faults: names out of `BRIDGE_FAULTS`.
        body: sizes.
    """
    size = body or Body()
    given = Given.read(faults, BRIDGE_FAULTS, reps)
    holding = given.instead_of(np.where(given.has("partial"), 0.1, hold), "hold_too_short")
    timing = Timing.of(
        rest,
        given.instead_of(raising, "rushed_up"),
        holding,
        given.instead_of(lowering, "rushed_down"),
        after,
    )
    tops = given.instead_of(top, "hips_too_low", "over_arched")
    bent = given.instead_of(np.nan, "feet_too_far", "feet_too_near")
    usual_feet = float(size.hip_to_ankle(knee))
    feet = np.where(np.isnan(bent), usual_feet, feet_from_hips(tops, bent, size))
    resting = resting_hip_angle(feet, size)
    tops = np.where(given.has("partial"), resting + given.of("partial"), tops)
    hip_range = tops - resting
    pitch_of_foot = np.degrees(np.arcsin(given.of("heels_lift") * size.torso / size.foot))
    lift_of_head = np.degrees(np.arcsin(given.of("head_lifts") * size.torso / size.neck))

    def motion(times: Array) -> Array:
        progress = timing.progress(times)
        feet_now = timing.settled(times, feet) if reps else np.full(len(times), usual_feet)
        hip_angle = resting_hip_angle(feet_now, size) + progress @ hip_range
        hip_angle = hip_angle - timing.while_holding(times, 1.2, 0.3) @ given.of("hips_sag")
        floor = size.lying * Y

        # The foot turns about its index, which stays on the floor.
        pitch = progress @ pitch_of_foot
        toe, sole = towards(-pitch, -X, -DOWN), towards(-pitch, DOWN, -X)
        index = floor - column(feet_now) * X
        index = index + size.heel_back * X + size.heel_drop * DOWN - size.foot * X
        ankle = index - size.foot * toe + size.heel_back * toe - size.heel_drop * sole

        lift = progress @ (given.of("upper_back_lifts") * size.torso)
        shoulder = floor + size.torso * X + column(lift) * Y
        hip, knee_joint = two_links_planted(shoulder, ankle, hip_angle, size)

        # The head stays on the floor when the shoulders rise, unless it is lifted itself.
        lowered = np.degrees(np.arcsin(lift / size.neck))
        turn = progress @ lift_of_head - lowered
        ears = shoulder + size.neck * towards(turn, X, Y)
        nod = progress @ lift_of_head

        points: Points = {}
        both_sides(points, "shoulder", shoulder, size.shoulder_width)
        both_sides(points, "hip", hip, size.hip_width)
        both_sides(points, "knee", knee_joint, size.hip_width)
        both_sides(points, "ankle", ankle, size.hip_width)
        place_head(points, size, ears, towards(nod, X, Y), towards(nod, Y, -X))
        for side in ("left", "right"):
            place_foot(points, size, side, toe, sole)
            supine_arm(points, size, side, arms)
        return stacked(points, times)

    return Script(
        duration=timing.duration,
        landmarks=facing(near, motion),
        truth=timing.truth(given, hip_range, [None] * reps),
        middle=LYING_MIDDLE,
    )


def supine_arm(points: Points, body: Body, side: Side, where: str) -> None:
    """Add a nearly straight arm of someone on the back."""
    shoulder = points[f"{side}_shoulder"]
    reach = 0.985 * (body.upper_arm + body.forearm)
    out = Z if side == "left" else -Z
    if where == "ceiling":
        place_arm(points, body, side, shoulder + reach * Y, -X + out, X)
    elif where == "overhead":
        place_arm(points, body, side, shoulder + reach * unit(X + 0.05 * Y), Y + out, Y)
    else:
        wrist = shoulder + reach * unit(-X + 0.15 * out)
        wrist = wrist * (1, 0, 1) + body.lying * Y
        place_arm(points, body, side, wrist, Y + out, Y)


SPINE = (0.18, 0.38, 0.44)
"""Share of pelvis, lumbar spine and thorax in the torso: they reproduce the table of postures."""

CURL = np.array(
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

CRUNCH_FAULTS: dict[str, float] = {
    "sit_up": 84.0,  # degrees of the hip-shoulder line at the top
    "coming_high": 31.0,  # the same
    "too_low": 10.0,  # the same
    "hips_push_up": 0.12,  # rise of the hips, torso lengths
    "feet_lift": 0.15,  # rise of the ankles, torso lengths
    "neck_pulled": 25.0,  # degrees of the head line beyond a neutral neck
    "gaze_drops": 25.0,  # elevation of the gaze at the top
    "head_drops_back": 30.0,  # degrees of the head line behind a neutral neck
    "jerky": 0.35,  # seconds to rise
    "hold_too_short": 0.3,  # seconds
    "arms_leave_chest": 1.0,  # 1 = the wrists reach the ears
    "knees_straighten": 140.0,  # knee angle at the top
    "partial": 6.0,  # degrees of the hip-shoulder line; turns back at once
}


def spine(thorax: Array, body: Body) -> Array:
    """From hip to shoulder (T, 3), head to the right, when the thorax has turned up by (T,)."""
    thorax = np.asarray(thorax, dtype=np.float64)
    return sum(
        (
            share * body.torso * towards(np.interp(thorax, CURL[:, 2], angles), X, Y)
            for share, angles in zip(SPINE, CURL.T, strict=True)
        ),
        start=np.zeros(3),
    )


def chord(thorax: Array, body: Body) -> Array:
    """Elevation in degrees of the line from hip to shoulder."""
    line = spine(thorax, body)
    return np.degrees(np.arctan2(line[..., 1], line[..., 0]))


def thorax_for(wanted_chord: Array, body: Body) -> Array:
    """Inverse of `chord`."""
    thorax = np.linspace(0.0, 92.0, 2000)
    return np.interp(wanted_chord, chord(thorax, body), thorax)


def crunch(
    reps: int = 3,
    *,
    near: Side = "left",
    knee: float = 90.0,
    thorax: float = 30.0,
    rest: float = 1.5,
    raising: float = 1.6,
    hold: float = 2.0,
    lowering: float = 1.6,
    after: float = 1.5,
    faults: Faults | None = None,
    body: Body | None = None,
) -> Script:
    """Crunch, seen from the side; the main angle is the elevation of the line hip-shoulder.

    The thorax turns up with the progress; the line hip-shoulder follows about half as far.

    Args:
        reps: how many repetitions.
        near: the side that the camera sees.
        knee: knee angle.
        thorax: degrees that the thorax is turned up at the top: 30 = correct, 92 = sit-up.
        rest: seconds before each repetition.
        raising: seconds.
        hold: seconds.
        lowering: seconds.
        after: seconds of rest after the last repetition.
        faults: names out of `CRUNCH_FAULTS`.
        body: sizes.
    """
    size = body or Body()
    given = Given.read(faults, CRUNCH_FAULTS, reps)
    partial = given.has("partial")
    timing = Timing.of(
        rest,
        given.instead_of(raising, "jerky"),
        given.instead_of(np.where(partial, 0.1, hold), "hold_too_short"),
        np.full(reps, lowering),
        after,
    )
    asked = given.instead_of(np.nan, "sit_up", "coming_high", "too_low", "partial")
    tops = np.where(np.isnan(asked), thorax, thorax_for(asked, size))
    chords = chord(tops, size)
    head_line = given.of("neck_pulled") - given.of("head_drops_back")
    # Pulled by the hands the head slides forward more than it nods.
    nodding = 0.4 * given.of("neck_pulled") - given.of("head_drops_back")
    gaze = given.instead_of(np.nan, "gaze_drops")
    nodding = np.where(np.isnan(gaze), nodding, 90 - gaze - tops)
    feet = float(size.hip_to_ankle(knee))
    straighter = size.hip_to_ankle(given.instead_of(knee, "knees_straighten")) - feet

    def motion(times: Array) -> Array:
        progress = timing.progress(times)
        turned = progress @ tops
        hip = size.lying * Y + column(progress @ given.of("hips_push_up") * size.torso) * Y
        shoulder = hip + spine(turned, size)

        # Lifted feet swing about the hips, so the knees keep their angle.
        out = feet + progress @ straighter
        rise = size.lying + progress @ given.of("feet_lift") * size.torso
        reach = np.sqrt(np.maximum(out**2 - (rise - size.lying) ** 2, 0.0))
        ankle = column(rise) * Y - column(reach) * X
        knee_joint = two_link(hip, ankle, size.thigh, size.shank, Y)
        toe = towards(np.degrees(np.arcsin((rise - size.lying) / out)), -X, Y)

        line = turned + progress @ head_line
        nod = turned + progress @ nodding
        ears = shoulder + size.neck * towards(line, X, Y)
        points: Points = {}
        both_sides(points, "shoulder", shoulder, size.shoulder_width)
        both_sides(points, "hip", hip, size.hip_width)
        both_sides(points, "knee", knee_joint, size.hip_width)
        both_sides(points, "ankle", ankle, size.hip_width)
        place_head(points, size, ears, towards(nod, X, Y), towards(nod, Y, -X))
        up, front = towards(turned, X, Y), towards(turned, Y, -X)
        to_head = column(progress @ given.of("arms_leave_chest"))
        for side, other, sign in SIDES:
            place_foot(points, size, side, toe, np.cross(Z, toe))
            on_chest = points[f"{other}_shoulder"] - 0.06 * up + 0.10 * front + 0.04 * sign * Z
            at_ear = points[f"{side}_ear"] + 0.03 * sign * Z
            wrist = on_chest + to_head * (at_ear - on_chest)
            elbow = -up + (0.5 + to_head) * front + 0.5 * sign * Z
            place_arm(points, size, side, wrist, elbow, up)
        return stacked(points, times)

    return Script(
        duration=timing.duration,
        landmarks=facing(near, motion),
        truth=timing.truth(given, chords, [None] * reps),
        middle=LYING_MIDDLE,
    )


SIDES: tuple[tuple[Side, Side, float], ...] = (("left", "right", 1.0), ("right", "left", -1.0))
"""Side, other side and where the side lies along z, for someone on the back."""


# Raising a leg to the side. Both are built with the left leg working and reflected for the right.

SIDE_LYING_FAULTS: dict[str, float] = {
    "hold_too_short": 0.8,  # seconds
    "lift_too_low": 21.0,  # degrees of abduction at the top, from the trunk line
    "lift_too_high": 60.0,  # the same
    "waist_hitch": 18.0,  # degrees that the pelvis tilts, the upper hip towards the shoulder
    "leg_drifts_forward": 35.0,  # degrees of hip flexion
    "toes_turn_up": 45.0,  # degrees
    "knee_bends": 140.0,  # knee angle at the top, in the plane of the picture
    "knee_bends_in_depth": 140.0,  # the same, the shank going away from the camera
    "rolls_back": 55.0,  # degrees that trunk and pelvis roll
    "rushed_up": 0.4,  # seconds
    "rushed_down": 0.4,  # seconds
    "partial": 12.0,  # degrees from rest; turns back at once
}


def side_lying_leg_raise(
    reps: int = 3,
    *,
    side: Side = "left",
    lying: float = -9.0,
    top: float = 35.0,
    rest: float = 1.5,
    raising: float = 1.8,
    hold: float = 2.4,
    lowering: float = 1.8,
    after: float = 1.5,
    bottom_knee_bent: bool = True,
    faults: Faults | None = None,
    body: Body | None = None,
) -> Script:
    """Side-lying leg raise, chest to the camera.

    The main angle is that of the line hip-ankle of the upper leg from the prolonged trunk line.

    Args:
        reps: how many repetitions.
        side: the upper leg, which works.
        lying: angle at rest; below zero because the hip is wider than the ankle is high.
        top: angle at the top.
        rest: seconds before each repetition.
        raising: seconds.
        hold: seconds.
        lowering: seconds.
        after: seconds of rest after the last repetition.
        bottom_knee_bent: as most are taught; else both legs are straight.
        faults: names out of `SIDE_LYING_FAULTS`.
        body: sizes.
    """
    size = body or Body()
    given = Given.read(faults, SIDE_LYING_FAULTS, reps)
    partial = given.has("partial")
    timing = Timing.of(
        rest,
        given.instead_of(raising, "rushed_up"),
        given.instead_of(np.where(partial, 0.1, hold), "hold_too_short"),
        given.instead_of(lowering, "rushed_down"),
        after,
    )
    tops = given.instead_of(top, "lift_too_low", "lift_too_high")
    tops = np.where(partial, lying + given.of("partial"), tops)

    def motion(times: Array) -> Array:
        progress = timing.progress(times)
        # On the right side, head to the left: left is up, so X points from the hips to the feet.
        feetward, headward = X, -X
        roll = progress @ given.of("rolls_back")
        upward, chest = towards(roll, Y, -Z), towards(roll, Z, Y)
        half = size.shoulder_width / 2
        # Rolling back, the person comes to lie flatter.
        height = size.lying + half * np.cos(np.radians(roll))
        points: Points = {}
        shoulders = column(height) * Y + size.torso * headward
        points["left_shoulder"] = shoulders + half * upward
        points["right_shoulder"] = shoulders - half * upward
        # The pelvis tilts about the lower hip, which rests on the floor.
        right_hip = column(height) * Y - size.hip_width / 2 * upward
        tilted = towards(progress @ given.of("waist_hitch"), upward, headward)
        points["right_hip"] = right_hip
        points["left_hip"] = right_hip + size.hip_width * tilted
        hips = (points["left_hip"] + points["right_hip"]) / 2

        trunk = unit(hips - shoulders)
        outward = np.cross(Z, trunk)
        angle = lying + progress @ (tops - lying)
        _working_leg(points, size, given, progress, towards(angle, trunk, outward), outward)
        _bottom_leg(points, size, feetward, bottom_knee_bent)

        # The head turns along half-way, to keep an eye on the screen.
        face = towards(roll / 2, Z, Y)
        place_head(points, size, shoulders + size.neck * headward, headward, face)
        in_front = points["left_shoulder"] + 0.15 * feetward + 0.22 * chest
        place_arm(points, size, "left", in_front * (1, 0, 1) + 0.06 * Y, Z + feetward, headward)
        pillow = points["right_ear"] + 0.06 * headward + 0.02 * DOWN
        place_arm(points, size, "right", pillow, chest + headward, headward)
        return stacked(points, times)

    return Script(
        duration=timing.duration,
        landmarks=motion if side == "left" else lambda times: reflected(motion(times)),
        truth=timing.truth(given, tops - lying, [side] * reps),
        middle=LYING_MIDDLE,
    )


def _working_leg(
    points: Points, body: Body, given: Given, progress: Array, line: Array, outward: Array
) -> None:
    """Add the left leg, so that in the picture the line from hip to ankle runs as asked.

    Args:
        points: has the left hip; gains knee, ankle and foot.
        body: sizes.
        given: the faults.
        progress: (T, reps).
        line: (T, 3) unit vector from hip to ankle, in the plane of the picture.
        outward: (T, 3) away from the other leg, perpendicular to the trunk.
    """
    forward = given.of("leg_drifts_forward") + given.of("leg_drifts")
    line = towards(progress @ forward, line, Z)
    aside = 180 - given.instead_of(180.0, "knee_bends")
    in_depth = 180 - given.instead_of(180.0, "knee_bends_in_depth")
    knee_angle = 180 - progress @ (aside + in_depth)
    pole = np.where(column(progress @ in_depth) > 0, Z, outward)
    hip = points["left_hip"]
    points["left_ankle"] = hip + column(body.hip_to_ankle(knee_angle)) * line
    points["left_knee"] = two_link(hip, points["left_ankle"], body.thigh, body.shank, pole)
    shank = unit(points["left_ankle"] - points["left_knee"])
    turn = given.of("toes_turn_up") + given.of("toes_turn_out")
    # First the foot at right angles to the shank, then turned about the shank.
    ahead = across(Z, shank)
    beside = np.cross(ahead, shank)
    place_foot(points, body, "left", towards(progress @ turn, ahead, beside), shank)


def _bottom_leg(points: Points, body: Body, feetward: Array, bent: bool) -> None:
    """Add the right leg of someone lying on the right side."""
    hip = points["right_hip"]
    flexion, back = (35.0, -40.0) if bent else (0.0, 0.0)
    floor = body.lying * Y
    points["right_knee"] = _on_the_floor(hip, towards(flexion, feetward, Z), body.thigh, floor)
    points["right_ankle"] = points["right_knee"] + body.shank * towards(back, feetward, Z)
    shank = unit(points["right_ankle"] - points["right_knee"])
    place_foot(points, body, "right", across(Z, shank), shank)


def _on_the_floor(start: Array, direction: Array, length: float, floor: Array) -> Array:
    """The end (T, 3) of a link that goes from `start` in a level direction down to the floor."""
    drop = start[..., 1:2] - floor[1]
    return np.asarray(start - drop * Y + np.sqrt(length**2 - drop**2) * direction)


STANDING_FAULTS: dict[str, float] = {
    "trunk_leans": 16.0,  # degrees, away from the leg
    "hip_hikes": 15.0,  # degrees of the pelvis line, the trunk stays upright
    "knee_bends": 140.0,  # knee angle at the top, in the plane of the picture
    "knee_bends_in_depth": 140.0,  # the same, the shank going away from the camera
    "standing_knee_bends": 140.0,  # knee angle at the top, buckling towards the other knee
    "standing_knee_bends_in_depth": 140.0,  # the same, bending forward as in a squat
    "leg_drifts": 35.0,  # degrees of hip flexion
    "toes_turn_out": 45.0,  # degrees
    "rushed_up": 0.3,  # seconds
    "rushed_down": 0.3,  # seconds
    "balance_lost": 0.25,  # torso lengths that the standing foot hops away from the raised leg
    "hold_too_short": 0.8,  # seconds
    "lift_too_high": 65.0,  # degrees of abduction at the top
    "lift_too_low": 20.0,  # the same
    "partial": 10.0,  # the same; turns back at once
}


def standing_leg_raise(
    reps: int = 3,
    *,
    side: Side = "left",
    alternate: bool = False,
    top: float = 32.0,
    rest: float = 1.5,
    raising: float = 1.4,
    hold: float = 2.4,
    lowering: float = 1.4,
    after: float = 1.5,
    faults: Faults | None = None,
    body: Body | None = None,
) -> Script:
    """Standing leg raise to the side, seen from the front.

    The main angle is that of the line hip-ankle of the raised leg from the prolonged trunk line.

    Args:
        reps: how many repetitions.
        side: the leg that is raised, the first one if they alternate.
        alternate: whether the legs take turns.
        top: angle at the top; at rest it is 0.
        rest: seconds before each repetition.
        raising: seconds.
        hold: seconds.
        lowering: seconds.
        after: seconds of rest after the last repetition.
        faults: names out of `STANDING_FAULTS`.
        body: sizes.
    """
    size = body or Body()
    given = Given.read(faults, STANDING_FAULTS, reps)
    partial = given.has("partial")
    timing = Timing.of(
        rest,
        given.instead_of(raising, "rushed_up"),
        given.instead_of(np.where(partial, 0.1, hold), "hold_too_short"),
        given.instead_of(lowering, "rushed_down"),
        after,
    )
    tops = given.instead_of(top, "lift_too_low", "lift_too_high", "partial")
    other: Side = "right" if side == "left" else "left"
    sides: list[Side] = [other if alternate and k % 2 else side for k in range(reps)]
    signs = np.array([1.0 if s == "left" else -1.0 for s in sides])

    def left_leg(times: Array) -> Array:
        progress = timing.progress(times)
        aside = 180 - given.instead_of(180.0, "standing_knee_bends")
        in_depth = 180 - given.instead_of(180.0, "standing_knee_bends_in_depth")
        knee_angle = 180 - progress @ (aside + in_depth)
        points: Points = {}
        points["right_ankle"] = np.zeros((len(times), 3)) - size.hip_width / 2 * X + size.lying * Y
        points["right_hip"] = points["right_ankle"] + column(size.hip_to_ankle(knee_angle)) * Y
        pole = np.where(column(progress @ in_depth) > 0, Z, X)
        points["right_knee"] = two_link(
            points["right_hip"], points["right_ankle"], size.thigh, size.shank, pole
        )
        place_foot(points, size, "right", Z, DOWN)
        pelvis = towards(progress @ given.of("hip_hikes"), X, Y)
        points["left_hip"] = points["right_hip"] + size.hip_width * pelvis
        hips = points["right_hip"] + size.hip_width / 2 * pelvis

        lean = progress @ given.of("trunk_leans")
        up, outward = towards(lean, Y, -X), towards(lean, X, Y)
        shoulders = hips + size.torso * up
        points["left_shoulder"] = shoulders + size.shoulder_width / 2 * outward
        points["right_shoulder"] = shoulders - size.shoulder_width / 2 * outward
        _working_leg(points, size, given, progress, towards(progress @ tops, -up, outward), outward)
        place_head(points, size, shoulders + size.neck * up, up, Z)
        for arm, out in (("left", outward), ("right", -outward)):
            wrist = points[f"{arm}_shoulder"] - 0.50 * up + 0.10 * out + 0.05 * Z
            place_arm(points, size, "left" if arm == "left" else "right", wrist, -Z + out, Z)
        return stacked(points, times)

    def motion(times: Array) -> Array:
        landmarks = left_leg(times)
        if not reps:
            return landmarks
        sign = signs[timing.number_at(times)]
        landmarks = np.where(sign[:, None, None] > 0, landmarks, reflected(landmarks))
        # The whole body hops; where to does not change with the side in the rest that follows.
        away = timing.from_hold_to_rest(times, 0.25)
        hop = away @ (-signs * given.of("balance_lost")) * size.torso
        in_the_air = 0.03 * (4 * away * (1 - away)) @ given.has("balance_lost")
        shift = column(hop) * X + column(in_the_air) * Y
        return np.asarray(landmarks + shift[:, None, :])

    return Script(
        duration=timing.duration,
        landmarks=motion,
        truth=timing.truth(given, tops, sides),
    )


def walks_away(seconds: float = 3.0, *, speed: float = 1.3, body: Body | None = None) -> Script:
    """Walks to the right, out of the picture; there are no repetitions in it."""
    size = body or Body()

    def motion(times: Array) -> Array:
        hips = (0.98 * size.leg + size.lying) * Y + column(speed * times) * X
        shoulders = hips + size.torso * Y
        points: Points = {}
        for side, sign in (("right", 1.0), ("left", -1.0)):
            which: Side = "right" if side == "right" else "left"
            swing = sign * 24 * np.sin(2 * np.pi * 0.9 * times)
            points[f"{side}_hip"] = hips + sign * size.hip_width / 2 * Z
            points[f"{side}_shoulder"] = shoulders + sign * size.shoulder_width / 2 * Z
            thigh, shank = towards(swing + 4, DOWN, X), towards(swing - 8, DOWN, X)
            points[f"{side}_knee"] = points[f"{side}_hip"] + size.thigh * thigh
            points[f"{side}_ankle"] = points[f"{side}_knee"] + size.shank * shank
            place_foot(points, size, which, towards(swing - 8, X, Y), shank)
            wrist = points[f"{side}_shoulder"] + 0.50 * towards(-swing, DOWN, X)
            place_arm(points, size, which, wrist, -X, X)
        place_head(points, size, shoulders + size.neck * Y, Y, X)
        return stacked(points, times)

    return Script(duration=seconds, landmarks=motion)
