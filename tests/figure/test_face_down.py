"""The figures that hold the body up are right: measured otherwise than they are built."""

from collections.abc import Callable

import numpy as np
import pytest
from helpers.bodies import TORSO, angle_at, elevation, middle_of_hold, room, shot

from formcheck.exercise import Side
from formcheck.figure.anatomy import Proportions
from formcheck.figure.movement import Flaw
from formcheck.figure.movements import (
    MOVEMENTS,
    bird_dog,
    cat_cow,
    plank,
    push_up,
    side_plank,
    superman,
)
from formcheck.figure.script import Script
from formcheck.figure.viewpoint import Viewpoint
from formcheck.pose import INDEX

NAMES = ["bird_dog", "cat_cow", "plank", "push_up", "superman"]


@pytest.mark.parametrize("near", ["left", "right"])
@pytest.mark.parametrize("name", NAMES)
def test_the_side_asked_for_is_near_and_the_face_looks_down(name: str, near: Side) -> None:
    """The other one lies behind it, and the nose is below the ears."""
    points = room(MOVEMENTS[name](1, near=near), 0.5)
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
    assert angle_at(*arm) == pytest.approx(bottom, abs=0.5)
    assert angle_at(p["right_shoulder"], p["right_hip"], p["right_knee"]) == pytest.approx(
        179, abs=1
    )
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
    assert angle_at(middle["shoulder"], middle["hip"], middle["knee"]) == pytest.approx(179, abs=1)
    upper_arm = elevation(p["left_elbow"], p["left_shoulder"])
    assert upper_arm == pytest.approx(90, abs=5)
    assert p["left_ankle"].imag < p["left_shoulder"].imag


@pytest.mark.parametrize("degrees", [10.0, 20.0])
def test_a_sag_is_as_deep_as_geometry_says(degrees: float) -> None:
    """The hips lie below the line from shoulder to ankle: 0.11 torsos for 10 degrees."""
    script = plank(1, faults={"hips_sag": Flaw(amount=degrees)})
    p = shot(script, middle_of_hold(script))
    line = p["right_ankle"] - p["right_shoulder"]
    hip = (p["right_hip"] - p["right_shoulder"]) / line
    scale = Viewpoint().image_heights_per_metre
    depth = hip.imag * abs(line) / scale / TORSO
    body = Proportions()
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
    assert rest[f"{side}_hip"][1] == pytest.approx(Proportions().lying, abs=0.02)


def test_a_far_limb_is_seen_when_it_is_apart() -> None:
    """Behind the near one it is hidden; a far arm that is raised is not."""
    script = bird_dog(1, side="right", near="right")
    rest, top = script.poses(fps=5)[0], script.poses(fps=5)[int(5 * middle_of_hold(script))]
    wrist = INDEX["left_wrist"]
    assert rest.visibility[wrist] < 0.5
    assert top.visibility[wrist] == pytest.approx(0.99)
