"""The figures that hold the body up are right: measured otherwise than they are built."""

from collections.abc import Callable

import numpy as np
import pytest
from figure import Body, Camera, Fault, Script
from figure_all_fours import bird_dog, cat_cow
from figure_body import Side
from figure_plank import plank, push_up
from figure_prone import EXERCISES, superman
from figure_side_plank import side_plank
from test_figure import LIMBS, TORSO, elevation, middle_of_hold, room, shot, turn

from formcheck.pose import INDEX

NAMES = sorted(EXERCISES)
ALL_FAULTS = [(name, fault) for name, (_, faults) in EXERCISES.items() for fault in faults]


def _angle(a: complex, vertex: complex, b: complex) -> float:
    """Degrees 0..180."""
    angle = turn(a, vertex, b)
    return min(angle, 360 - angle)


@pytest.mark.parametrize(("name", "fault"), [*ALL_FAULTS, *((name, None) for name in NAMES)])
def test_limbs_keep_their_length(name: str, fault: str | None) -> None:
    """In every fault of every exercise, at every moment; so does the trunk."""
    script = EXERCISES[name][0](1, faults=fault)
    points = script.landmarks(np.arange(0, script.duration, 0.05))
    for a, b, length in LIMBS:
        measured = np.linalg.norm(points[:, INDEX[a]] - points[:, INDEX[b]], axis=1)
        np.testing.assert_allclose(measured, length, atol=5e-4, err_msg=f"{a} {b}")
    trunk = points[:, [INDEX["left_shoulder"], INDEX["right_shoulder"]]].mean(axis=1)
    trunk = trunk - points[:, [INDEX["left_hip"], INDEX["right_hip"]]].mean(axis=1)
    np.testing.assert_allclose(np.linalg.norm(trunk, axis=1), TORSO, atol=1e-6)


@pytest.mark.parametrize(("name", "fault"), ALL_FAULTS)
def test_nothing_jumps_and_all_is_in_the_picture(name: str, fault: str) -> None:
    """Faults build up smoothly: no landmark is faster than a fast hand."""
    script = EXERCISES[name][0](2, faults={fault: {2}})
    times = np.arange(0, script.duration, 0.01)
    speed = np.linalg.norm(np.diff(script.landmarks(times), axis=0), axis=2) / 0.01
    assert speed.max() < 6.0
    for pose in script.poses(fps=10):
        assert pose.visibility.min() > 0.25
        assert (pose.image[:, 1] > 0.05).all()
        assert (pose.image[:, 1] < 0.95).all()


@pytest.mark.parametrize(("name", "fault"), ALL_FAULTS)
def test_a_fault_shows_only_in_its_repetition(name: str, fault: str) -> None:
    """The one before is the same as without a fault."""
    make = EXERCISES[name][0]
    plain, faulty = make(2), make(2, faults={fault: {2}})
    times = np.arange(0, plain.truth[0].end, 0.05)
    np.testing.assert_allclose(faulty.landmarks(times), plain.landmarks(times), atol=1e-12)
    second = faulty.truth[1]
    assert second.counted == (fault != "partial")
    assert second.faults == (() if fault == "partial" else (fault,))
    times = np.arange(second.start, max(second.end, plain.truth[1].end), 0.05)
    assert np.abs(faulty.landmarks(times) - plain.landmarks(times)).max() > 0.01


@pytest.mark.parametrize("near", ["left", "right"])
@pytest.mark.parametrize("name", sorted(set(NAMES) - {"side_plank"}))
def test_the_side_asked_for_is_near_and_the_face_looks_down(name: str, near: Side) -> None:
    """The other one lies behind it, and the nose is below the ears."""
    points = room(EXERCISES[name][0](1, near=near), 0.5)
    far = "right" if near == "left" else "left"
    for joint in ("shoulder", "hip", "knee", "wrist"):
        assert points[f"{near}_{joint}"][2] > points[f"{far}_{joint}"][2]
    assert points["nose"][1] < points["left_ear"][1]


@pytest.mark.parametrize("on_knees", [False, True])
@pytest.mark.parametrize("bottom", [68.0, 80.0, 118.0])
def test_a_push_up_bends_the_elbows_and_keeps_hands_and_feet_planted(
    bottom: float, on_knees: bool
) -> None:
    """Elbows as asked, the body one straight line, nothing slides."""
    script = push_up(1, bottom=bottom, on_knees=on_knees)
    p, rest = shot(script, middle_of_hold(script)), shot(script, 0.5)
    arm = p["right_shoulder"], p["right_elbow"], p["right_wrist"]
    assert _angle(*arm) == pytest.approx(bottom, abs=0.5)
    assert _angle(p["right_shoulder"], p["right_hip"], p["right_knee"]) == pytest.approx(179, abs=1)
    foot = "right_knee" if on_knees else "right_foot_index"
    assert abs(p[foot] - rest[foot]) < 0.01
    assert abs(p["right_wrist"] - rest["right_wrist"]) < 0.002
    assert p["right_shoulder"].imag < rest["right_shoulder"].imag - 0.03


@pytest.mark.parametrize("make", [plank, side_plank])
@pytest.mark.parametrize("on_knees", [False, True])
def test_a_plank_is_a_straight_line_over_the_elbow(
    make: Callable[..., Script], on_knees: bool
) -> None:
    """Shoulders, hips and knees in line, the elbow under the shoulder that it carries."""
    script = make(1, on_knees=on_knees)
    p = shot(script, middle_of_hold(script))
    middle = {
        part: (p[f"left_{part}"] + p[f"right_{part}"]) / 2 for part in ("shoulder", "hip", "knee")
    }
    assert _angle(middle["shoulder"], middle["hip"], middle["knee"]) == pytest.approx(179, abs=1)
    upper_arm = elevation(p["left_elbow"], p["left_shoulder"])
    assert upper_arm == pytest.approx(90, abs=5)
    assert p["left_ankle"].imag < p["left_shoulder"].imag


@pytest.mark.parametrize("degrees", [10.0, 20.0])
def test_a_sag_is_as_deep_as_geometry_says(degrees: float) -> None:
    """The hips lie below the line from shoulder to ankle: 0.11 torsos for 10 degrees."""
    script = plank(1, faults={"hips_sag": Fault(amount=degrees)})
    p = shot(script, middle_of_hold(script))
    line = p["right_ankle"] - p["right_shoulder"]
    hip = (p["right_hip"] - p["right_shoulder"]) / line
    scale = Camera().image_heights_per_metre
    depth = hip.imag * abs(line) / scale / TORSO
    body = Body()
    legs = body.leg / TORSO
    chord = np.sqrt(1 + legs**2 + 2 * legs * np.cos(np.radians(degrees + 1)))
    assert depth == pytest.approx(legs * np.sin(np.radians(degrees + 1)) / chord, abs=0.005)


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("near", ["left", "right"])
def test_a_bird_dog_reaches_with_a_leg_and_the_opposite_arm(side: Side, near: Side) -> None:
    """Both level and straight; the other knee and hand stay on the floor."""
    script = bird_dog(1, side=side, near=near)
    points = room(script, middle_of_hold(script))
    other = "right" if side == "left" else "left"
    assert abs(points[f"{side}_ankle"][1] - points[f"{side}_hip"][1]) < 0.1
    assert abs(points[f"{other}_wrist"][1] - points[f"{other}_shoulder"][1]) < 0.1
    assert points[f"{other}_knee"][1] == pytest.approx(0.06, abs=0.001)
    assert points[f"{side}_wrist"][1] == pytest.approx(0.05, abs=0.001)


def test_bird_dogs_take_turns() -> None:
    """If asked to; the truth tells the sides."""
    assert [rep.side for rep in bird_dog(3, alternate=True).truth] == ["right", "left", "right"]


@pytest.mark.parametrize(("hanging", "top"), [(-35.0, 30.0), (-20.0, 10.0)])
def test_a_cat_hangs_its_head_and_a_cow_looks_up(hanging: float, top: float) -> None:
    """By the degrees asked for, from the line of the trunk."""
    script = cat_cow(1, hanging=hanging, top=top)
    for seconds, wanted in ((0.5, hanging), (middle_of_hold(script), top)):
        p = shot(script, seconds)
        ears = (p["left_ear"] + p["right_ear"]) / 2
        trunk = elevation(p["right_hip"], p["right_shoulder"])
        assert elevation(p["right_shoulder"], ears) - trunk == pytest.approx(wanted, abs=0.5)


def test_a_superman_lifts_chest_and_legs() -> None:
    """By the degrees asked for; the hips stay."""
    script = superman(1, chest=12, legs=9)
    p, rest = shot(script, middle_of_hold(script)), shot(script, 0.5)
    assert elevation(p["right_hip"], p["right_shoulder"]) == pytest.approx(12, abs=0.1)
    assert 180 - elevation(p["right_hip"], p["right_ankle"]) == pytest.approx(9, abs=0.1)
    assert p["right_hip"] == pytest.approx(rest["right_hip"])


@pytest.mark.parametrize("side", ["left", "right"])
def test_the_side_asked_for_is_below_in_a_side_plank(side: Side) -> None:
    """Its shoulder, hip and elbow; the chest looks at the camera, the hips lie down in between."""
    script = side_plank(1, side=side)
    other = "right" if side == "left" else "left"
    points, rest = room(script, middle_of_hold(script)), room(script, 0.5)
    for joint in ("shoulder", "hip", "elbow"):
        assert points[f"{side}_{joint}"][1] < points[f"{other}_{joint}"][1] - 0.1
    assert points["nose"][2] > points["left_ear"][2]
    assert rest[f"{side}_hip"][1] < points[f"{side}_hip"][1] - 0.08
    assert rest[f"{side}_hip"][1] == pytest.approx(Body().lying, abs=0.02)


def test_a_far_limb_is_seen_when_it_is_apart() -> None:
    """Behind the near one it is hidden; a far arm that is raised is not."""
    script = bird_dog(1, side="right", near="right")
    rest, top = script.poses(fps=5)[0], script.poses(fps=5)[int(5 * middle_of_hold(script))]
    wrist = INDEX["left_wrist"]
    assert rest.visibility[wrist] < 0.5
    assert top.visibility[wrist] == pytest.approx(0.99)
