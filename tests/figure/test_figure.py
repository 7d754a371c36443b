"""The stick figure itself is right: measured here with other means than it is built with."""

from dataclasses import replace

import numpy as np
import pytest
from helpers.bodies import TORSO, elevation, middle_of_hold, pictured, room, shot, turn

from formcheck.figure.anatomy import Proportions
from formcheck.figure.legs import walks_away
from formcheck.figure.movement import Flaw
from formcheck.figure.movements import (
    bridge,
    crunch,
    side_lying_leg_raise,
    standing_leg_raise,
)
from formcheck.figure.script import Script, concatenate, minimum_jerk, pause
from formcheck.figure.viewpoint import Drop, Noise, Viewpoint
from formcheck.pose import INDEX, SWAPPED, Array


def abduction(p: dict[str, complex], side: str) -> float:
    """Angle of hip-ankle from the prolonged trunk line, positive towards the leg's own side."""
    hips = (p["left_hip"] + p["right_hip"]) / 2
    trunk = hips - (p["left_shoulder"] + p["right_shoulder"]) / 2
    leg = np.degrees(np.angle((p[f"{side}_ankle"] - p[f"{side}_hip"]) / trunk))
    return float(leg if side == "left" else -leg)


@pytest.mark.parametrize("near", ["left", "right"])
@pytest.mark.parametrize("top", [150.0, 165.0, 176.0, 180.0, 190.0, 200.0])
def test_the_bridge_has_the_hip_angle_asked_for(near: str, top: float) -> None:
    """Measured in the picture, also past straight."""
    script = bridge(1, near="left" if near == "left" else "right", top=top)
    p = shot(script, middle_of_hold(script))
    angle = turn(p[f"{near}_knee"], p[f"{near}_hip"], p[f"{near}_shoulder"])
    assert (360 - angle if near == "left" else angle) == pytest.approx(top, abs=0.1)


@pytest.mark.parametrize("knee", [45.0, 60.0, 75.0, 90.0, 100.0])
def test_a_bridge_rises_as_far_as_geometry_says(knee: float) -> None:
    """Hips rise by 0.31 to 0.44 torso, knees open by 8 to 18 degrees, and feet stay put."""
    script = bridge(1, knee=knee)
    down, up = room(script, 0.0), room(script, middle_of_hold(script))
    assert 0.31 < (up["left_hip"] - down["left_hip"])[1] / TORSO < 0.44
    for part in ("shoulder", "ankle", "heel", "foot_index", "ear"):
        np.testing.assert_allclose(up[f"left_{part}"], down[f"left_{part}"], atol=1e-9)
    p, q = shot(script, 0.0), shot(script, middle_of_hold(script))
    at_rest = turn(p["left_hip"], p["left_knee"], p["left_ankle"])
    at_rest = min(at_rest, 360 - at_rest)
    at_top = turn(q["left_hip"], q["left_knee"], q["left_ankle"])
    at_top = min(at_top, 360 - at_top)
    assert at_rest == pytest.approx(knee, abs=0.1)
    assert 8 < at_top - at_rest < 18
    rest_angle = 360 - turn(p["left_knee"], p["left_hip"], p["left_shoulder"])
    assert 176 - script.truth[0].range_deg == pytest.approx(rest_angle, abs=0.1)
    assert 111 < rest_angle < 144


def test_the_faults_of_the_bridge_are_as_large_as_the_table_says() -> None:
    """Rises are in torso lengths, feet are measured by the knee angle at the top."""

    def change(fault: str, landmark: str) -> float:
        script = bridge(1, faults=fault)
        up, down = room(script, middle_of_hold(script)), room(script, 0.0)
        return float((up[landmark] - down[landmark])[1] / TORSO)

    assert change("upper_back_lifts", "left_shoulder") == pytest.approx(0.2)
    assert change("upper_back_lifts", "left_ear") == pytest.approx(0.0)
    assert change("heels_lift", "left_heel") == pytest.approx(0.17)
    assert change("heels_lift", "left_foot_index") == pytest.approx(0.0)
    assert change("head_lifts", "left_ear") == pytest.approx(0.18)
    for fault in ("feet_too_far", "feet_too_near"):
        script = bridge(1, faults=fault)
        p = shot(script, middle_of_hold(script))
        knee = turn(p["left_hip"], p["left_knee"], p["left_ankle"])
        assert min(knee, 360 - knee) == pytest.approx(bridge.faults[fault].amount, abs=0.1)
        hip = 360 - turn(p["left_knee"], p["left_hip"], p["left_shoulder"])
        assert hip == pytest.approx(176.0, abs=0.1)


@pytest.mark.parametrize("script", [bridge(1), crunch(1), standing_leg_raise(1)])
def test_soles_are_flat_on_the_floor_at_rest(script: Script) -> None:
    """The heel is below the ankle and the toes are level with the heel."""
    p = room(script, 0.0)
    for side in ("left", "right"):
        assert p[f"{side}_ankle"][1] == pytest.approx(Proportions().lying)
        assert p[f"{side}_heel"][1] == pytest.approx(Proportions().lying - Proportions().heel_drop)
        assert p[f"{side}_foot_index"][1] == pytest.approx(p[f"{side}_heel"][1])


def test_sagging_hips_come_back_within_the_hold() -> None:
    """15 degrees for 1.2 seconds in the middle; the top is reached before and after."""
    script = bridge(1, faults="hips_sag")
    rep = script.truth[0]
    angles = {}
    for seconds in (rep.top_start, middle_of_hold(script), rep.top_end):
        p = shot(script, round(seconds, 2))
        angles[seconds] = 360 - turn(p["left_knee"], p["left_hip"], p["left_shoulder"])
    assert list(angles.values()) == pytest.approx([176.0, 156.0, 176.0], abs=0.1)


@pytest.mark.parametrize(
    ("thorax", "elevated", "rise", "along"),
    [
        (12, 6, 0.11, 0.99),
        (22, 11, 0.19, 0.97),
        (30, 16, 0.26, 0.94),
        (40, 23, 0.37, 0.89),
        (50, 31, 0.48, 0.82),
        (55, 37, 0.57, 0.76),
        (65, 50, 0.74, 0.62),
        (92, 84, 0.98, 0.10),
    ],
)
def test_the_spine_curls_as_the_table_says(
    thorax: float, elevated: float, rise: float, along: float
) -> None:
    """A correct crunch lifts the line hip-shoulder by about 16 degrees, a sit-up by 84."""
    script = crunch(1, thorax=thorax)
    p = shot(script, middle_of_hold(script))
    line = p["left_shoulder"] - p["left_hip"]
    torso = abs(shot(script, 0.0)["left_shoulder"] - shot(script, 0.0)["left_hip"])
    assert np.degrees(np.angle(line)) == pytest.approx(elevated, abs=1.0)
    assert script.truth[0].range_deg == pytest.approx(np.degrees(np.angle(line)), abs=0.01)
    assert line.imag / torso == pytest.approx(rise, abs=0.015)
    assert line.real / torso == pytest.approx(along, abs=0.015)


def test_a_neutral_neck_turns_nearly_twice_as_far_as_the_trunk_line() -> None:
    """The gaze goes from the ceiling, 90 degrees, to 60."""
    script = crunch(1)
    p, q = shot(script, 0.0), shot(script, middle_of_hold(script))
    head = elevation(q["left_shoulder"], q["left_ear"])
    trunk = elevation(q["left_hip"], q["left_shoulder"])
    assert elevation(p["left_shoulder"], p["left_ear"]) == pytest.approx(0.0, abs=0.01)
    assert head / trunk == pytest.approx(1.9, abs=0.05)
    assert elevation(p["left_ear"], p["nose"]) == pytest.approx(90.0)
    assert 180 - elevation(q["left_ear"], q["nose"]) == pytest.approx(60.0)


def test_the_faults_of_the_crunch_are_as_large_as_the_table_says() -> None:
    """Each measured in the picture at the top, against a correct crunch."""
    plain = crunch(1)
    good, rest = shot(plain, middle_of_hold(plain)), shot(plain, 0.0)
    torso = abs(rest["left_shoulder"] - rest["left_hip"])

    def top(fault: str) -> dict[str, complex]:
        script = crunch(1, faults=fault)
        return shot(script, middle_of_hold(script))

    def head(p: dict[str, complex]) -> float:
        return elevation(p["left_shoulder"], p["left_ear"])

    for fault in ("sit_up", "coming_high", "too_low", "partial"):
        p = top(fault)
        trunk = elevation(p["left_hip"], p["left_shoulder"])
        assert trunk == pytest.approx(crunch.faults[fault].amount, abs=0.3)
    assert head(top("neck_pulled")) - head(good) == pytest.approx(50.0)
    assert head(top("head_drops_back")) - head(good) == pytest.approx(-30.0)
    p = top("gaze_drops")
    assert head(p) == pytest.approx(head(good))
    assert 180 - elevation(p["left_ear"], p["nose"]) - 360 == pytest.approx(-25.0)
    p = top("hips_push_up")
    assert (p["left_hip"] - good["left_hip"]).imag / torso == pytest.approx(0.17)
    p = top("feet_lift")
    assert (p["left_ankle"] - good["left_ankle"]).imag / torso == pytest.approx(0.2)
    p = top("knees_straighten")
    knee = turn(p["left_hip"], p["left_knee"], p["left_ankle"])
    assert min(knee, 360 - knee) == pytest.approx(140.0)
    for side in ("left", "right"):
        p = top("arms_leave_chest")
        assert abs(p[f"{side}_wrist"] - p[f"{side}_ear"]) / torso < 0.1


@pytest.mark.parametrize("side", ["left", "right"])
def test_lying_on_the_side_the_upper_leg_rests_below_the_trunk_line(side: str) -> None:
    """It reads -8 to -13 degrees, and what was asked for at the top."""
    script = side_lying_leg_raise(1, side="left" if side == "left" else "right", top=35.0)
    other = "right" if side == "left" else "left"
    p, q = shot(script, 0.0), shot(script, middle_of_hold(script))
    assert p[f"{side}_hip"].imag > p[f"{other}_hip"].imag
    assert -13 <= abduction(p, side) <= -8
    assert abduction(q, side) == pytest.approx(35.0, abs=0.01)
    assert script.truth[0].range_deg == pytest.approx(abduction(q, side) - abduction(p, side))
    assert script.truth[0].side == side


@pytest.mark.parametrize("fault", sorted(side_lying_leg_raise.faults))
def test_a_fault_leaves_the_angle_of_the_lying_leg_as_asked(fault: str) -> None:
    """So the repetition counts whatever else is wrong with it."""
    script = side_lying_leg_raise(1, faults=fault)
    wanted = {"lift_too_low": 18.0, "lift_too_high": 60.0, "partial": 3.0}.get(fault, 35.0)
    p = shot(script, middle_of_hold(script))
    assert abduction(p, "left") == pytest.approx(wanted, abs=0.01)


@pytest.mark.parametrize("fault", sorted(standing_leg_raise.faults))
def test_a_fault_leaves_the_angle_of_the_standing_leg_as_asked(fault: str) -> None:
    """So the repetition counts whatever else is wrong with it."""
    script = standing_leg_raise(1, faults=fault)
    wanted = {"lift_too_low": 20.0, "lift_too_high": 65.0, "partial": 10.0}.get(fault, 32.0)
    p = shot(script, middle_of_hold(script))
    assert abduction(p, "left") == pytest.approx(wanted, abs=0.01)


def test_a_hitched_waist_gets_shorter_as_the_table_says() -> None:
    """12 degrees <-> 0.928 and 14 degrees <-> 0.917 of the length at rest."""
    for tilt, ratio in ((12.0, 0.928), (14.0, 0.917)):
        script = side_lying_leg_raise(1, faults={"waist_hitch": Flaw(amount=tilt)})
        p, q = shot(script, 0.0), shot(script, middle_of_hold(script))
        waist = abs(q["left_shoulder"] - q["left_hip"]) / abs(p["left_shoulder"] - p["left_hip"])
        assert waist == pytest.approx(ratio, abs=0.005)


def test_a_leg_that_drifts_forward_looks_shorter() -> None:
    """By the cosine of the drift, and the ankle comes towards the camera."""
    for script in (
        side_lying_leg_raise(1, faults="leg_drifts_forward"),
        standing_leg_raise(1, faults="leg_drifts"),
    ):
        p, q = shot(script, 0.0), shot(script, middle_of_hold(script))
        ratio = abs(q["left_hip"] - q["left_ankle"]) / abs(p["left_hip"] - p["left_ankle"])
        assert ratio == pytest.approx(np.cos(np.radians(46)))
        top = room(script, middle_of_hold(script))
        assert top["left_ankle"][2] > top["left_hip"][2] + 0.4


@pytest.mark.parametrize(
    ("script", "joint"),
    [
        (side_lying_leg_raise(1, faults="knee_bends"), "left"),
        (standing_leg_raise(1, faults="knee_bends"), "left"),
        (standing_leg_raise(1, faults="standing_knee_bends"), "right"),
    ],
)
def test_a_bent_knee_shows_in_the_picture(script: Script, joint: str) -> None:
    """140 degrees at the top."""
    p = shot(script, middle_of_hold(script))
    knee = turn(p[f"{joint}_hip"], p[f"{joint}_knee"], p[f"{joint}_ankle"])
    assert min(knee, 360 - knee) == pytest.approx(140.0)


def test_a_knee_bent_in_depth_does_not_show_in_the_picture() -> None:
    """Only in the world landmarks: the limit of one camera."""
    script = standing_leg_raise(1, faults="knee_bends_in_depth")
    pose = min(script.poses(fps=100), key=lambda pose: abs(pose.time - middle_of_hold(script)))
    p = pictured(pose)
    assert turn(p["left_hip"], p["left_knee"], p["left_ankle"]) == pytest.approx(180.0)
    hip, knee, ankle = (pose.world[INDEX[f"left_{part}"]] for part in ("hip", "knee", "ankle"))
    cosine = (hip - knee) @ (ankle - knee) / (0.417 * 0.418)
    assert np.degrees(np.arccos(cosine)) == pytest.approx(140.0)


def test_turned_toes_shift_sideways() -> None:
    """Beyond the threshold of 0.2 shank lengths, as seen in the picture."""
    for script, part in (
        (side_lying_leg_raise(1, faults="toes_turn_up"), 1j),
        (standing_leg_raise(1, faults="toes_turn_out"), 1),
    ):
        p, q = shot(script, 0.0), shot(script, middle_of_hold(script))
        shank = abs(p["left_knee"] - p["left_ankle"])
        shift = (q["left_foot_index"] - q["left_heel"]) / part / shank
        at_rest = (p["left_foot_index"] - p["left_heel"]) / part / shank
        assert abs((shift - at_rest).real) > 0.24


def test_rolling_back_takes_the_upper_hip_away_from_the_camera() -> None:
    """The hip line turns by 55 degrees about the trunk."""
    script = side_lying_leg_raise(1, faults="rolls_back")
    p = room(script, middle_of_hold(script))
    depth = (p["right_hip"] - p["left_hip"])[2] / Proportions().hip_width
    assert depth == pytest.approx(np.sin(np.radians(55)))


def test_leaning_hiking_and_hopping_are_as_large_as_the_table_says() -> None:
    """Each changes its own measure and leaves the others."""
    script = standing_leg_raise(1, faults="trunk_leans")
    p = shot(script, middle_of_hold(script))
    hips = (p["left_hip"] + p["right_hip"]) / 2
    shoulders = (p["left_shoulder"] + p["right_shoulder"]) / 2
    assert elevation(hips, shoulders) == pytest.approx(90 + 16)
    assert elevation(p["right_hip"], p["left_hip"]) == pytest.approx(0.0)
    script = standing_leg_raise(1, faults="hip_hikes")
    p = shot(script, middle_of_hold(script))
    hips = (p["left_hip"] + p["right_hip"]) / 2
    shoulders = (p["left_shoulder"] + p["right_shoulder"]) / 2
    assert elevation(hips, shoulders) == pytest.approx(90.0)
    assert elevation(p["right_hip"], p["left_hip"]) == pytest.approx(20.0)
    script = standing_leg_raise(1, faults="balance_lost")
    hop = room(script, script.truth[0].top_end)["right_ankle"] - room(script, 0.0)["right_ankle"]
    assert hop[0] / TORSO == pytest.approx(-0.32)
    end = room(script, script.duration)["right_ankle"]
    np.testing.assert_allclose(end, room(script, 0.0)["right_ankle"], atol=1e-9)


def test_legs_alternate() -> None:
    """The truth names the leg, and that leg is raised."""
    script = standing_leg_raise(4, alternate=True)
    assert [rep.side for rep in script.truth] == ["left", "right", "left", "right"]
    for k, rep in enumerate(script.truth):
        p = shot(script, middle_of_hold(script, k))
        assert abduction(p, str(rep.side)) == pytest.approx(32.0, abs=0.01)
        assert abduction(p, "right" if rep.side == "left" else "left") == pytest.approx(0.0)


def test_minimum_jerk_starts_and_stops_smoothly() -> None:
    """Half-way in the middle, 1.875 times the mean speed there, clipped outside."""
    assert minimum_jerk([-1, 0, 0.5, 1, 2]).tolist() == [0, 0, 0.5, 1, 1]
    speed = np.diff(minimum_jerk([0.4999, 0.5001]))[0] / 0.0002
    assert speed == pytest.approx(1.875, abs=1e-4)


def test_frame_times_are_exact() -> None:
    """Frame k is at start time + k / fps, whatever the rate, and the end is not included."""
    script = bridge(1)
    for fps in (10.0, 29.97, 60.0):
        poses = script.poses(fps=fps, start_time=100.0)
        times = np.array([pose.time for pose in poses])
        np.testing.assert_allclose(times, 100 + np.arange(len(poses)) / fps, atol=1e-9)
        assert times[-1] < 100 + script.duration <= times[-1] + 1 / fps + 1e-9


def test_the_same_moment_looks_the_same_at_any_frame_rate() -> None:
    """The movement is a function of time, not of frames."""
    script = crunch(1)
    slow, fast = script.poses(fps=10), script.poses(fps=50)
    for k, pose in enumerate(slow):
        np.testing.assert_allclose(pose.image, fast[5 * k].image, atol=1e-9)


@pytest.mark.parametrize(
    ("yaw", "seen"),
    [
        (10, (15.2, 30.4, 45.4)),
        (20, (15.9, 31.6, 46.8)),
        (30, (17.2, 33.7, 49.1)),
        (40, (19.3, 37.0, 52.5)),
        (50, (22.6, 41.9, 57.3)),
    ],
)
def test_yaw_makes_lines_look_steeper_as_the_table_says(
    yaw: float, seen: tuple[float, float, float]
) -> None:
    """Elevation = atan(tan(true) / cos(yaw)), for trunk lines of 15, 30 and 45 degrees."""
    for true, expected in zip((15.0, 30.0, 45.0), seen, strict=True):
        script = crunch(1, faults={"sit_up": Flaw(amount=true)})
        for turned in (yaw, -yaw):
            p = shot(script, middle_of_hold(script), Viewpoint(yaw=turned))
            # Hip and shoulder are not equally wide; their middles lie in one plane.
            hips = (p["left_hip"] + p["right_hip"]) / 2
            trunk = elevation(hips, (p["left_shoulder"] + p["right_shoulder"]) / 2)
            assert trunk == pytest.approx(expected, abs=0.15)


def test_roll_turns_the_picture_clockwise() -> None:
    """All lines by the same angle."""
    script = crunch(1)
    p, q = shot(script, 0.0), shot(script, 0.0, Viewpoint(roll=8))
    for a, b in (("left_hip", "left_shoulder"), ("left_knee", "left_ankle")):
        change = np.angle((q[b] - q[a]) / (p[b] - p[a]), deg=True)
        assert change == pytest.approx(-8.0)
    assert abs(q["left_hip"] - q["left_knee"]) == pytest.approx(abs(p["left_hip"] - p["left_knee"]))


def test_pitch_looks_down() -> None:
    """From above, what is nearer to the camera is lower in the picture."""
    p = shot(bridge(1), 0.0, Viewpoint(pitch=30))
    assert p["left_hip"].imag < p["right_hip"].imag
    p = shot(bridge(1), 0.0, Viewpoint(pitch=90))
    assert abs(p["left_hip"] - p["right_hip"]) * 2.0711 == pytest.approx(0.17, abs=1e-3)


def test_perspective_enlarges_what_is_near() -> None:
    """The nearer foot looks bigger; at the distance of the scene the scale is the same."""
    script = bridge(1)
    p = shot(script, 0.0, Viewpoint(perspective=True))
    q = shot(script, 0.0)
    near = abs(p["left_heel"] - p["left_foot_index"])
    far = abs(p["right_heel"] - p["right_foot_index"])
    plain = abs(q["left_heel"] - q["left_foot_index"])
    assert far < plain < near
    assert near / plain == pytest.approx(2.5 / (2.5 - 0.085))


@pytest.mark.parametrize("size", [(1280, 720), (640, 480), (720, 1280)])
def test_angles_do_not_depend_on_the_shape_of_the_picture(size: tuple[int, int]) -> None:
    """The image is in one unit for x and y, and the shorter side shows the same width."""
    script = bridge(1)
    p = shot(script, middle_of_hold(script), Viewpoint(size=size))
    angle = 360 - turn(p["left_knee"], p["left_hip"], p["left_shoulder"])
    assert angle == pytest.approx(176.0, abs=0.1)
    for pose in script.poses(fps=5, camera=Viewpoint(size=size)):
        assert pose.visibility.min() > 0.25


def test_world_landmarks_are_metres_from_mid_hip_in_the_cameras_axes() -> None:
    """The axes: x as in the picture, y down, z away from the camera."""
    script = bridge(1)
    pose = script.poses(fps=5)[0]
    left, right = INDEX["left_hip"], INDEX["right_hip"]
    np.testing.assert_allclose(pose.world[left] + pose.world[right], 0, atol=1e-12)
    assert pose.world[left, 2] < 0 < pose.world[right, 2]
    assert pose.world[INDEX["left_knee"], 1] < 0
    scale = Viewpoint().image_heights_per_metre
    shift = pose.image[:, :2] - scale * pose.world[:, :2]
    np.testing.assert_allclose(shift, np.broadcast_to(shift[0], shift.shape), atol=1e-12)


def test_a_mirrored_picture_swaps_left_and_right() -> None:
    """The x axis is turned round in the picture, and MediaPipe names the sides by what it sees."""
    script = standing_leg_raise(1)
    plain = script.poses(fps=5, camera=Viewpoint(yaw=20))
    mirrored = script.poses(fps=5, camera=Viewpoint(yaw=20, mirrored=True))
    for a, b in zip(plain, mirrored, strict=True):
        np.testing.assert_allclose(b.image[SWAPPED, 0], 1280 / 720 - a.image[:, 0], atol=1e-12)
        np.testing.assert_allclose(b.image[SWAPPED, 1:], a.image[:, 1:], atol=1e-12)
        np.testing.assert_allclose(b.world[SWAPPED], a.world * (-1, 1, 1), atol=1e-12)
        np.testing.assert_allclose(b.visibility[SWAPPED], a.visibility)


def test_left_is_right_in_the_picture_of_someone_facing_the_camera() -> None:
    """Not mirrored: the person's left is on the picture's right."""
    p = shot(standing_leg_raise(1), 0.0)
    assert p["left_hip"].real > p["right_hip"].real
    assert p["nose"].imag > p["left_shoulder"].imag


@pytest.mark.parametrize("near", ["left", "right"])
def test_far_limbs_are_half_hidden_in_a_side_view(near: str) -> None:
    """Far shoulder and hip are still reported as visible; a front view hides nothing."""
    far = "right" if near == "left" else "left"
    script = bridge(1, near="left" if near == "left" else "right")
    visibility = script.poses(fps=5)[0].visibility
    for part in ("shoulder", "hip", "knee", "ankle", "elbow"):
        assert visibility[INDEX[f"{near}_{part}"]] == pytest.approx(0.99)
    assert visibility[INDEX[f"{far}_hip"]] == pytest.approx(0.99)
    for part in ("knee", "ankle", "elbow", "heel"):
        assert 0.29 < visibility[INDEX[f"{far}_{part}"]] < 0.61
    all_seen = script.poses(fps=5, camera=Viewpoint(far_side_hidden=False))[0]
    assert all_seen.visibility.min() == pytest.approx(0.99)
    assert standing_leg_raise(1).poses(fps=5)[0].visibility.min() == pytest.approx(0.99)


def test_landmarks_can_be_hidden_by_name() -> None:
    """Names as in the picture that is delivered."""
    pose = bridge(1).poses(fps=5, camera=Viewpoint(hidden={"left_ankle"}))[0]
    assert pose.visibility[INDEX["left_ankle"]] == pytest.approx(0.1)
    assert pose.visibility[INDEX["left_knee"]] == pytest.approx(0.99)


@pytest.mark.parametrize("fps", [10.0, 30.0, 60.0])
def test_noise_is_the_same_process_at_any_frame_rate(fps: float) -> None:
    """Standard deviation as asked; after the correlation time 37 % is left."""
    times = np.arange(0, 40, 1 / fps)
    error = Noise(sd=0.02, correlation=0.2, seed=3).along(times)
    assert error.std() == pytest.approx(0.02, rel=0.03)
    lag = round(0.2 * fps)
    kept = (error[lag:] * error[:-lag]).mean() / error.var()
    assert kept == pytest.approx(np.exp(-1), abs=0.04)


def test_noise_moves_picture_and_world_alike() -> None:
    """In metres on the body, repeatable by its seed."""
    script = bridge(1)
    clean = np.array([pose.image for pose in script.poses()])
    noisy = script.poses(noise=Noise(sd=0.01, seed=1))
    again = script.poses(noise=Noise(sd=0.01, seed=1))
    error = np.array([pose.image for pose in noisy]) - clean
    scale = Viewpoint().image_heights_per_metre
    assert (error[..., :2] / scale).std() == pytest.approx(0.01, rel=0.05)
    np.testing.assert_array_equal(noisy[7].image, again[7].image)
    picture = noisy[7].image[:, :2] - noisy[7].image[0, :2]
    body = noisy[7].world[:, :2] - noisy[7].world[0, :2]
    np.testing.assert_allclose(picture, scale * body, atol=1e-12)


def test_frames_can_be_lost() -> None:
    """At random by a share, or in gaps, in which there are no frames or nobody is in view."""
    script = bridge(3)
    every = script.poses()
    assert len(script.poses(drop=0.3)) / len(every) == pytest.approx(0.7, abs=0.06)
    gap = script.poses(drop=[(2.0, 3.0)], start_time=10.0)
    assert len(every) - len(gap) == 30
    assert not any(12.0 <= pose.time < 13.0 for pose in gap)
    absent = script.poses(drop=Drop(gaps=[(2.0, 3.0)], absent=True))
    assert len(absent) == len(every)
    assert all(pose.is_present != (2.0 <= pose.time < 3.0) for pose in absent)


def test_frames_can_come_at_uneven_times() -> None:
    """The movement is sampled where the frame is, and time never goes back."""
    script = bridge(1)
    poses = script.poses(jitter=0.4)
    times = np.array([pose.time for pose in poses])
    steps = np.diff(times)
    assert (steps > 0).all()
    assert steps.std() > 0.1 / 30
    assert np.abs(times - np.arange(len(times)) / 30).max() <= 0.4 / 30 + 1e-9
    scale = Viewpoint().image_heights_per_metre
    at_frame = script.landmarks(times[100:101])[0]
    shift = poses[100].image[:, 0] - scale * at_frame[:, 0]
    np.testing.assert_allclose(shift, 1280 / 720 / 2, atol=1e-9)


def test_scripts_follow_each_other() -> None:
    """Truth, absence and movement are shifted; nobody is in view in a pause."""
    first, second = bridge(1), side_lying_leg_raise(2)
    both = concatenate([first, pause(2.0), second])
    assert both.duration == pytest.approx(first.duration + 2.0 + second.duration)
    assert len(both.truth) == 3
    offset = first.duration + 2.0
    assert both.truth[1].start == pytest.approx(second.truth[0].start + offset)
    assert replace(both.truth[1], start=0, top_start=0, top_end=0, end=0) == replace(
        second.truth[0], start=0, top_start=0, top_end=0, end=0
    )
    np.testing.assert_allclose(
        both.landmarks(np.array([offset + 1.0])), second.landmarks(np.array([1.0]))
    )
    assert both.middle == first.middle
    for pose in both.poses(fps=10):
        present = not first.duration <= pose.time < offset
        assert pose.is_present == present


def test_someone_walks_out_of_the_picture() -> None:
    """Landmarks lose their visibility at the edge, and in the end nobody is in view."""
    poses = walks_away().poses()
    visible = [int((pose.visibility > 0).sum()) for pose in poses]
    assert visible[0] == 33
    assert any(0 < count < 33 for count in visible)
    assert not poses[-1].is_present
    assert np.isnan(poses[-1].image).all()


def test_a_fault_that_does_not_exist_is_refused() -> None:
    """So is one in a repetition that does not exist."""
    with pytest.raises(ValueError, match="no fault 'hips_to_low'"):
        bridge(faults="hips_to_low")
    with pytest.raises(ValueError, match="no repetition 4"):
        bridge(3, faults={"over_arched": {4}})


def test_half_a_minute_is_made_in_one_go() -> None:
    """All frames at once, not one after the other: so it takes no time worth speaking of."""
    script = bridge(4, faults=["heels_lift", "upper_back_lifts"])
    assert script.duration > 30
    asked: list[int] = []

    def noted(times: Array) -> Array:
        asked.append(len(times))
        return script.landmarks(times)

    made = replace(script, landmarks=noted).poses(noise=Noise(), camera=Viewpoint(perspective=True))
    assert asked == [len(made)]
