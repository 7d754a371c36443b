"""The body: what is unknown, how it lies, how smooth it is and how late."""

from dataclasses import replace
from itertools import pairwise
from math import isnan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.figure.movement import Movement
from formcheck.figure.movements import (
    bridge,
    crunch,
    side_lying_leg_raise,
    standing_leg_raise,
    superman,
)
from formcheck.figure.viewpoint import Noise, Viewpoint
from formcheck.measuring.geometry import degrees_off
from formcheck.measuring.smoothing import DELAY
from formcheck.measuring.tracker import POINTS, UNSETTLED, Body, BodyTracker
from formcheck.pose import Pose


def _last(poses: list[Pose]) -> Body:
    tracker = BodyTracker()
    bodies = [tracker.update(pose) for pose in poses]
    return bodies[-1]


def test_a_landmark_that_is_not_seen_is_unknown() -> None:
    """Below half visibility its point is NaN, and so is a middle that needs it; no other is."""
    poses = bridge(0).poses(camera=Viewpoint(hidden={"left_shoulder"}))
    body = _last(poses)
    assert isnan(body.points[POINTS["left_shoulder"]].real)
    assert isnan(body.points[POINTS["mid_shoulder"]].real)
    assert not isnan(body.points[POINTS["left_hip"]].real)
    assert body.visibility[POINTS["mid_shoulder"]] < 0.5


def test_nobody_in_view_is_a_body_of_unknown_points() -> None:
    """Absence is an ordinary input."""
    body = _last([Pose.absent(1.0)])
    assert all(isnan(point.real) for point in body.points)
    assert isnan(body.turn)
    assert isnan(body.slant)


def test_points_are_upright_image_heights() -> None:
    """To the right and up: the picture's y turned round, nothing divided."""
    pose = standing_leg_raise(0).poses()[0]
    body = _last([pose])
    nose = body.points[POINTS["nose"]]
    assert nose == pytest.approx(complex(pose.image[0, 0], -pose.image[0, 1]))


@pytest.mark.parametrize(("near", "heading"), [("left", 1.0), ("right", -1.0)])
def test_the_heading_is_where_the_head_lies(near: str, heading: float) -> None:
    """Seen from the left side of someone on the back, the head lies to the right."""
    assert _last(bridge(0, near=near).poses()).heading == heading


@pytest.mark.parametrize("movement", [bridge, superman])
@pytest.mark.parametrize("near", ["left", "right"])
def test_the_front_of_the_trunk_is_where_the_nose_is(movement: Movement, near: str) -> None:
    """On the back it is up in the picture, on the belly down, wherever the head lies."""
    body = _last(movement(0, near=near).poses())
    is_up = 1.0 if movement is bridge else -1.0
    assert body.front == -is_up * body.heading


def test_the_front_is_unknown_where_the_nose_is_straight_ahead() -> None:
    """As of somebody who faces the camera."""
    assert _last(standing_leg_raise(0).poses()).front == 0.0


def test_the_view_is_read_off_the_shoulders_and_hips() -> None:
    """From the side the body is turned by about 90 degrees, from the front by about none."""
    assert abs(_last(bridge(0).poses()).turn) > 80
    assert abs(_last(standing_leg_raise(0).poses()).turn) < 10
    oblique = _last(bridge(0).poses(camera=Viewpoint(yaw=45)))
    assert abs(oblique.turn) == pytest.approx(45, abs=6)


@pytest.mark.parametrize("yaw", [0, 30, 60, 90])
def test_a_lying_body_seen_from_its_feet_is_slanted(yaw: float) -> None:
    """Of someone on the side, the line through the shoulders stays in the picture all the same."""
    body = _last(side_lying_leg_raise(0).poses(camera=Viewpoint(yaw=yaw)))
    assert abs(body.turn) < 10
    assert abs(body.slant) == pytest.approx(yaw, abs=6)
    assert degrees_off("front", body.turn, body.slant) == pytest.approx(yaw, abs=10)


@given(yaw=st.floats(-180, 180), pitch=st.floats(-89, 89), roll=st.floats(-180, 180))
def test_off_a_view_is_the_angle_to_the_body_s_own_directions(
    yaw: float, pitch: float, roll: float
) -> None:
    """To where the chest points from the front, to where a side points from the side."""
    a, b, c = np.radians([yaw, pitch, roll])
    about_y = np.array([[np.cos(a), 0, np.sin(a)], [0, 1, 0], [-np.sin(a), 0, np.cos(a)]])
    about_x = np.array([[1, 0, 0], [0, np.cos(b), -np.sin(b)], [0, np.sin(b), np.cos(b)]])
    about_z = np.array([[np.cos(c), -np.sin(c), 0], [np.sin(c), np.cos(c), 0], [0, 0, 1]])
    left, head, chest = (about_z @ about_x @ about_y).T
    turn, slant = np.degrees(np.arcsin(np.clip([left[2], head[2]], -1, 1)))
    ahead, aside = np.degrees(np.arccos(np.clip(np.abs([chest[2], left[2]]), 0, 1)))
    assert degrees_off("front", turn, slant) == pytest.approx(ahead, abs=1e-3)
    assert degrees_off("side", turn, slant) == pytest.approx(aside, abs=1e-3)


def test_the_chest_or_the_back_towards_the_camera() -> None:
    """Told by which side of the trunk the left shoulder and hip are."""
    assert _last(side_lying_leg_raise(0).poses()).facing == 1.0
    assert _last(side_lying_leg_raise(0).poses(camera=Viewpoint(yaw=180))).facing == -1.0


@settings(max_examples=15)
@given(st.floats(-50, 50))
def test_the_torso_keeps_its_length_when_seen_obliquely(yaw: float) -> None:
    """Its depth is taken into account, so that lengths divided by it hold."""
    square = _last(crunch(0).poses()).torso
    assert _last(crunch(0).poses(camera=Viewpoint(yaw=yaw))).torso == pytest.approx(
        square, rel=0.05
    )


@settings(max_examples=15)
@given(st.integers(10, 60))
def test_a_body_is_where_the_person_was_at_its_time(fps: int) -> None:
    """At any frame rate: told with the delay, but of the moment that it says."""
    pose = standing_leg_raise(0).poses()[0]
    tracker, start = BodyTracker(), pose.image[0, 0]
    for i in range(4 * fps):
        moved = replace(pose, time=i / fps, image=pose.image + np.array([0.1 * i / fps, 0, 0]))
        body = tracker.update(moved)
        assert body.points[0].real == pytest.approx(start + 0.1 * body.time, abs=1e-6)
    assert i / fps - body.time == pytest.approx(DELAY, abs=1e-6)


def test_what_is_left_at_the_end_is_told() -> None:
    """As many bodies as poses were taken in since, up to the time of the last one."""
    tracker = BodyTracker()
    poses = bridge(1).poses()
    told = [tracker.update(pose).time for pose in poses]
    last = [body.time for body in tracker.finish()]
    assert last[-1] == poses[-1].time
    assert len(last) == len([pose for pose in poses if pose.time > told[-1]])
    assert all(later > earlier for earlier, later in pairwise(told + last))
    assert list(BodyTracker().finish()) == []


def test_a_body_knows_how_well_it_was_seen_at_its_time() -> None:
    """Not how well it is seen now, a moment later."""
    seen = standing_leg_raise(0).poses()[:60]
    tracker = BodyTracker()
    for pose in seen[:30]:
        tracker.update(pose)
    nobody = [Pose.absent(pose.time) for pose in seen[30:]]
    bodies = [tracker.update(pose) for pose in nobody]
    for body in bodies:
        assert isnan(body.points[0].real) == (body.visibility[0] < 0.5)
    gone = min(body.time for body in bodies if isnan(body.points[0].real))
    assert gone == pytest.approx(nobody[0].time, abs=1 / 30)


def test_somebody_who_is_found_again_is_not_believed_at_once() -> None:
    """The first landmarks after that are off; then all is as before."""
    seen = standing_leg_raise(0).poses()[:60]
    poses = [Pose.absent(p.time) if 20 <= i < 24 else p for i, p in enumerate(seen)]
    tracker = BodyTracker()
    bodies = [tracker.update(pose) for pose in poses] + list(tracker.finish())
    unknown = [body.time for body in bodies if isnan(body.points[0].real)]
    assert min(unknown) == pytest.approx(seen[20].time, abs=1 / 30)
    assert max(unknown) == pytest.approx(seen[23].time + UNSETTLED, abs=1 / 30)


def test_the_first_body_is_not_late() -> None:
    """Before there is anything to smooth there is no delay, and time never runs backwards."""
    tracker = BodyTracker()
    times = [tracker.update(pose).time for pose in bridge(1).poses(start_time=7.0)]
    assert times[0] == 7.0
    assert all(later > earlier for earlier, later in pairwise(times))


def test_after_a_long_gap_smoothing_starts_afresh() -> None:
    """Where the person was a while ago says nothing about where they are."""
    pose = standing_leg_raise(0).poses()[0]
    moved = replace(pose, time=pose.time + 3, image=pose.image + np.array([0.5, 0.0, 0.0]))
    assert _last([pose, moved]).points[0].real == pytest.approx(moved.image[0, 0])


def test_noise_is_halved_where_it_changes_quickly() -> None:
    """Noise that is new in each frame loses well over half of its size."""
    script = standing_leg_raise(0)
    noise = Noise(sd=0.02, correlation=0.001, seed=1)
    tracker = BodyTracker()
    smoothed = [tracker.update(pose).points[0] for pose in script.poses(fps=60, noise=noise)]
    raw = [
        complex(pose.image[0, 0], -pose.image[0, 1]) for pose in script.poses(fps=60, noise=noise)
    ]
    assert np.std(smoothed[30:]) < 0.45 * np.std(raw[30:])
