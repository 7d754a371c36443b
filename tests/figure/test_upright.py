"""The stick figure on its feet is right: measured here with other means than it is built with."""

import numpy as np
import pytest
from helpers.bodies import room, top_of

from formcheck.figure.anatomy import Proportions
from formcheck.figure.movements import MOVEMENTS, lunge, march, sit_to_stand, squat, wall_sit
from formcheck.pose import Array

BODY = Proportions()
TURNED = {"lunge": "side", "march": "side"}
"""Figures that are told which leg works, instead of which side is near."""


def angle(p: dict[str, Array], a: str, joint: str, b: str) -> float:
    """Degrees between two limbs seen from the side, by the law of cosines."""
    flat = {name: p[name][:2] for name in (a, joint, b)}
    near, far = np.linalg.norm(flat[a] - flat[joint]), np.linalg.norm(flat[b] - flat[joint])
    across = np.linalg.norm(flat[a] - flat[b])
    return float(np.degrees(np.arccos((near**2 + far**2 - across**2) / (2 * near * far))))


def knee(p: dict[str, Array], side: str) -> float:
    """Degrees of someone seen from the side; 180 is straight."""
    return angle(p, f"{side}_hip", f"{side}_knee", f"{side}_ankle")


@pytest.mark.parametrize("name", ["squat", "lunge", "wall_sit", "sit_to_stand", "march"])
@pytest.mark.parametrize("side", ["left", "right"])
def test_the_side_asked_for_is_next_to_the_camera_or_works(name: str, side: str) -> None:
    """The near hip is the nearer one; the knee that marches is the higher one."""
    script = MOVEMENTS[name](1, **{TURNED.get(name, "near"): side})
    p = top_of(script)
    other = "right" if side == "left" else "left"
    if name == "march":
        assert p[f"{side}_knee"][1] > p[f"{other}_knee"][1] + 0.2
        assert p["nose"][2] > p["left_ear"][2]
    else:
        assert p[f"{side}_hip"][2] > p[f"{other}_hip"][2]
        forward = p[f"{side}_foot_index"] - p[f"{side}_heel"]
        # Who shows the right side looks to the right.
        assert (forward[0] > 0) == (side == "right")
    if name == "lunge":
        assert abs(p[f"{side}_foot_index"][0] - p[f"{other}_foot_index"][0]) > 0.6


@pytest.mark.parametrize("bottom", [70.0, 92.0, 115.0])
def test_a_squat_has_the_knee_asked_for_and_stays_over_its_feet(bottom: float) -> None:
    """The middle of the trunk is above the foot, or not far behind the ankle."""
    p = top_of(squat(1, near="right", bottom=bottom))
    assert knee(p, "left") == pytest.approx(bottom, abs=0.1)
    middle = (p["right_hip"][0] + p["right_shoulder"][0]) / 2
    assert -0.1 < middle - p["right_ankle"][0] < 0.2


def test_a_raised_heel_leaves_the_toes_where_they_are() -> None:
    """It rises by the share of the torso that was asked for."""
    flat, raised = squat(1, near="right"), squat(1, near="right", faults="heels_lift")
    a, b = top_of(flat), top_of(raised)
    np.testing.assert_allclose(a["right_foot_index"], b["right_foot_index"], atol=1e-9)
    rise = (b["right_heel"] - a["right_heel"])[1] / BODY.torso
    assert rise == pytest.approx(squat.faults["heels_lift"].amount, abs=1e-6)


@pytest.mark.parametrize("stepping", [False, True])
def test_a_lunge_has_the_front_knee_asked_for_and_a_knee_bent_behind(stepping: bool) -> None:
    """The feet are one step apart; where the person steps, they are together at rest."""
    script = lunge(1, side="right", stepping=stepping, bottom=95.0)
    p = top_of(script)
    assert knee(p, "right") == pytest.approx(95.0, abs=0.1)
    assert 60 < knee(p, "left") < 140
    # The index of the foot behind keeps its place, and its heel rises.
    assert p["right_foot_index"][0] - p["left_foot_index"][0] == pytest.approx(0.84, abs=0.01)
    rest = room(script, 0.5)
    apart = rest["right_foot_index"][0] - rest["left_foot_index"][0]
    assert apart == pytest.approx(0.0 if stepping else 0.84, abs=0.01)
    assert knee(rest, "right") > 165


def test_who_sits_on_a_wall_or_chair_is_behind_the_feet() -> None:
    """Trunk upright, thighs about level, and the hips a thigh's length behind the ankles."""
    sitting = room(sit_to_stand(1, near="right"), 0.5)
    for p in (top_of(wall_sit(1, near="right")), sitting):
        assert knee(p, "right") == pytest.approx(93.5, abs=2.0)
        trunk = p["right_shoulder"] - p["right_hip"]
        assert abs(np.degrees(np.arctan2(trunk[0], trunk[1]))) < 6
        assert p["right_ankle"][0] - p["right_hip"][0] > 0.3


def test_who_has_got_up_stands_and_leaned_forward_on_the_way() -> None:
    """The trunk bows as far as asked for while the seat is left."""
    script = sit_to_stand(1, near="right", lean=42.0)
    p = top_of(script)
    assert knee(p, "right") == pytest.approx(176.0, abs=0.1)
    assert angle(p, "right_shoulder", "right_hip", "right_knee") > 174
    times = np.arange(script.truth[0].start - 0.5, script.truth[0].top_start, 0.02)
    moments = [room(script, t) for t in times]
    trunks = [p["right_shoulder"] - p["right_hip"] for p in moments]
    leans = [float(np.degrees(np.arctan2(x, y))) for x, y, _ in trunks]
    assert max(leans) == pytest.approx(42.0, abs=3.0)


@pytest.mark.parametrize("top", [40.0, 60.0, 78.0, 90.0])
def test_a_march_lifts_the_thigh_as_far_as_asked_for(top: float) -> None:
    """And the standing leg stays straight."""
    p = top_of(march(1, side="left", top=top))
    thigh = p["left_knee"] - p["left_hip"]
    assert np.degrees(np.arctan2(thigh[2], -thigh[1])) == pytest.approx(top, abs=0.1)
    standing = np.linalg.norm(p["right_hip"] - p["right_ankle"])
    assert BODY.knee_angle(standing) == pytest.approx(176.0, abs=0.1)


def test_marching_legs_take_turns() -> None:
    """Left, right, left."""
    assert [rep.side for rep in march(3, alternate=True).truth] == ["left", "right", "left"]
