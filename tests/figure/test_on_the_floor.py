"""The stick figures that exercise lying down are right: their angles, and what stays where it is.

That their limbs keep their length and their faults their repetition, `test_figure` asks of all.
"""

import numpy as np
import pytest
from helpers.bodies import room, top_of

from formcheck.exercise import Side
from formcheck.figure.anatomy import Proportions
from formcheck.figure.movements import (
    clamshell,
    curl_up,
    dead_bug,
    knee_to_chest,
    single_leg_bridge,
)
from formcheck.figure.script import Script
from formcheck.pose import INDEX, Array

BODY = Proportions()


def _angle(a: Array, joint: Array, b: Array) -> float:
    """Degrees 0..180 at a joint, by the law of cosines."""
    u, v, w = (float(np.linalg.norm(x - y)) for x, y in ((a, joint), (b, joint), (a, b)))
    return float(np.degrees(np.arccos((u * u + v * v - w * w) / (2 * u * v))))


def _hip(points: dict[str, Array], side: str) -> float:
    """Shoulder-hip-knee, in the plane in which one is seen from the side."""
    flat = {name: place * (1, 1, 0) for name, place in points.items()}
    return _angle(flat[f"{side}_shoulder"], flat[f"{side}_hip"], flat[f"{side}_knee"])


def _lowest(script: Script) -> float:
    """Metres over the floor, over the whole script."""
    return float(script.landmarks(np.arange(0, script.duration, 0.05))[..., 1].min())


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("top", [150.0, 165.0, 174.0])
def test_the_single_leg_bridge_has_the_angle_asked_for(side: Side, top: float) -> None:
    """The foot that carries stays flat where it is, and both thighs are side by side."""
    script = single_leg_bridge(1, side=side, top=top)
    down, up = room(script, 0.0), top_of(script)
    assert _hip(up, side) == pytest.approx(top, abs=0.1)
    assert _hip(up, "right" if side == "left" else "left") == pytest.approx(top, abs=0.1)
    for part in ("ankle", "heel", "foot_index", "shoulder"):
        np.testing.assert_allclose(up[f"{side}_{part}"], down[f"{side}_{part}"], atol=1e-9)
    assert 0.15 < (up[f"{side}_hip"] - down[f"{side}_hip"])[1] / BODY.torso < 0.44


@pytest.mark.parametrize(("free", "above"), [("straight", 1.15), ("bent", 1.2), ("down", 0.0)])
def test_the_free_foot_is_as_high_as_its_leg_is_held(free: str, above: float) -> None:
    """In torsos over the foot that stands, at the top."""
    up = top_of(single_leg_bridge(1, free=free))  # type: ignore[arg-type]
    height = (up["right_ankle"] - up["left_ankle"])[1] / BODY.torso
    assert height == pytest.approx(above, abs=0.15)


@pytest.mark.parametrize("leg", [10.0, 18.0, 30.0])
def test_the_dead_bug_stretches_a_leg_and_the_opposite_arm(leg: float) -> None:
    """From right angles to a straight leg so many degrees over the floor; the others wait."""
    script = dead_bug(1, leg=leg)
    down, up = room(script, 0.0), top_of(script)
    for side in ("left", "right"):
        assert _hip(down, side) == pytest.approx(90, abs=0.1)
        knee = [down[f"{side}_{part}"] for part in ("hip", "knee", "ankle")]
        assert _angle(*knee) == pytest.approx(90, abs=0.1)
    line = up["left_ankle"] - up["left_hip"]
    assert np.degrees(np.arctan2(line[1], -line[0])) == pytest.approx(leg, abs=0.1)
    assert np.linalg.norm(line) == pytest.approx(BODY.leg, abs=0.001)
    assert up["right_wrist"][0] - up["right_shoulder"][0] > 0.9 * (BODY.upper_arm + BODY.forearm)
    for still in ("right_knee", "right_ankle", "left_wrist", "left_shoulder", "left_hip"):
        np.testing.assert_allclose(up[still], down[still], atol=1e-9)


@pytest.mark.parametrize("lying", ["bent", "straight"])
@pytest.mark.parametrize("hip", [40.0, 48.0, 65.0])
def test_the_knee_comes_as_near_to_the_chest_as_asked_for(lying: str, hip: float) -> None:
    """The other leg stays down, and both hands are at the shin."""
    script = knee_to_chest(1, lying=lying, hip=hip)  # type: ignore[arg-type]
    down, up = room(script, 0.0), top_of(script)
    assert _hip(up, "left") == pytest.approx(hip, abs=0.1)
    assert _hip(down, "left") == pytest.approx(135 if lying == "bent" else 179, abs=1)
    np.testing.assert_allclose(up["right_ankle"], down["right_ankle"], atol=1e-9)
    for side in ("left", "right"):
        gap = up[f"{side}_wrist"] - (up["left_knee"] + up["left_ankle"]) / 2
        assert np.linalg.norm(gap) < 0.3


def test_the_curl_up_lifts_head_and_shoulders_a_little_and_nothing_else() -> None:
    """Shoulders by about a tenth of a torso, the head twice as far; hips and feet stay."""
    script = curl_up(1)
    down, up = room(script, 0.0), top_of(script)
    shoulders = (up["left_shoulder"] - down["left_shoulder"])[1] / BODY.torso
    head = (up["left_ear"] - down["left_ear"])[1] / BODY.torso
    assert 0.1 < shoulders < 0.16
    assert 1.5 < head / shoulders < 2.2
    for part in ("hip", "knee", "ankle"):
        np.testing.assert_allclose(up[f"left_{part}"], down[f"left_{part}"], atol=1e-9)
    for side, knee in (("left", 90), ("right", 178)):
        places = [down[f"{side}_{part}"] for part in ("hip", "knee", "ankle")]
        assert _angle(*places) == pytest.approx(knee, abs=0.5)


@pytest.mark.parametrize("top", [20.0, 42.0, 60.0])
def test_the_clamshell_opens_about_the_line_from_hip_to_heel(top: float) -> None:
    """The knee rises by the sine of the angle, the heels stay together, the lower leg stays."""
    script = clamshell(1, top=top)
    down, up = room(script, 0.0), top_of(script)
    reach = np.linalg.norm(down["left_ankle"] - down["left_hip"])
    radius = BODY.thigh * BODY.shank / reach
    rise = (up["left_knee"] - down["left_knee"])[1]
    assert rise == pytest.approx(radius * np.sin(np.radians(top)), abs=0.002)
    np.testing.assert_allclose(up["left_ankle"], down["left_ankle"], atol=1e-9)
    np.testing.assert_allclose(up["right_knee"], down["right_knee"], atol=1e-9)
    assert down["left_knee"][2] > down["left_hip"][2] + 0.2


@pytest.mark.parametrize(
    "script",
    [single_leg_bridge(1), dead_bug(1), knee_to_chest(1), curl_up(1), clamshell(1)],
    ids=["single_leg_bridge", "dead_bug", "knee_to_chest", "curl_up", "clamshell"],
)
def test_nobody_lies_in_the_floor(script: Script) -> None:
    """No landmark comes under it."""
    assert _lowest(script) > -0.005
    assert script.landmarks(np.zeros(1))[0, INDEX["left_hip"], 1] > 0.05
