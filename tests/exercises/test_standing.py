"""Squat, lunge, wall sit, sit to stand and march: counted right, and not taken for each other."""

from typing import Any

import numpy as np
import pytest
from helpers.places import SAMPLES
from helpers.scenes import FPS, counted_in, fault_names, judged, judged_poses

from formcheck.definition.loading import load_exercise
from formcheck.events import Summary
from formcheck.figure.movements import MOVEMENTS, lunge, march, sit_to_stand, squat, wall_sit
from formcheck.figure.script import Script, concatenate
from formcheck.figure.viewpoint import Viewpoint
from formcheck.sources.recording import read_recording

NAMES = ["lunge", "march", "sit_to_stand", "squat", "wall_sit"]
EACH = ["lunge", "march"]
WAYS: dict[str, Script] = {
    **{name: MOVEMENTS[name](3) for name in NAMES},
    "stepping lunge": lunge(3, stepping=True),
    "standing_leg_raise": MOVEMENTS["standing_leg_raise"](3),
}
"""What people do on their feet."""


def _count(summary: Summary) -> int:
    return len(summary.counted)


@pytest.mark.parametrize("name", ["squat", "wall_sit", "sit_to_stand"])
def test_either_side_may_be_near(name: str) -> None:
    """Looking to the right of the picture or to the left of it."""
    for near in ("left", "right"):
        summary = judged(name, MOVEMENTS[name](3, near=near))
        assert _count(summary) == 3
        assert summary.faults == ()


@pytest.mark.parametrize("name", EACH)
@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("yaw", [0.0, 25.0])
def test_the_side_that_works_is_counted(name: str, side: str, yaw: float) -> None:
    """The knee that is lifted or the leg in front; the other side has nothing at all."""
    summary = judged(name, MOVEMENTS[name](3, side=side), camera=Viewpoint(yaw=yaw))
    assert [each.side for each in summary.sets] == [side]
    assert _count(summary) == 3


@pytest.mark.parametrize("quick", [False, True])
def test_marching_legs_are_counted_each_for_itself(quick: bool) -> None:
    """Eight steps are four on each side, slow or in less than a second each."""
    tempo: dict[str, Any] = {"rest": 0.05, "out": 0.4, "hold": 0.05, "back": 0.4}
    script = march(8, alternate=True, **(tempo if quick else {}))
    summary = judged("march", script)
    assert {each.side: len(each.reps) for each in summary.sets} == {"left": 4, "right": 4}
    assert summary.faults == ()


def test_a_lunge_with_a_step_is_the_same_as_one_in_the_split_stance() -> None:
    """All are clean, whether or not the feet come together in between."""
    for stepping in (False, True):
        summary = judged("lunge", lunge(3, stepping=stepping))
        assert [(rep.side, rep.clean, rep.faults) for rep in summary.reps] == [
            ("left", True, ())
        ] * 3


def test_lunges_on_both_sides_are_counted_each_for_itself() -> None:
    """Whoever turns round for the other leg has two reps on each side."""
    both = concatenate([lunge(2, side=s) for s in ("left", "right")])
    summary = judged("lunge", both)
    assert {each.side: len(each.reps) for each in summary.sets} == {"left": 2, "right": 2}


@pytest.mark.parametrize("off", [0.0, 25.0])
@pytest.mark.parametrize("view", ["side", "front"])
@pytest.mark.parametrize("done", WAYS)
def test_one_exercise_is_not_taken_for_another(done: str, view: str, off: float) -> None:
    """From the view that an exercise asks for, its definition counts it and nothing else."""
    own = done.removeprefix("stepping ")
    others = {name for name in NAMES if load_exercise(name).camera.view == view} - {own}
    yaw = 0.0 if load_exercise(own).camera.view == view else 90.0
    poses = WAYS[done].poses(FPS, camera=Viewpoint(yaw=yaw + off))
    assert counted_in(others, poses) == set()


def test_a_deep_squat_is_no_rest_on_a_chair() -> None:
    """Even who pauses at the bottom, where the knees are as bent as on a chair."""
    script = squat(3, bottom=75.0, hold=6.0)
    assert _count(judged("squat", script)) == 3
    assert _count(judged("sit_to_stand", script)) == 0
    assert _count(judged("wall_sit", script)) == 0


def test_standing_up_and_sitting_down_is_no_squat() -> None:
    """Even if the recording begins and ends with somebody standing."""
    up = sit_to_stand(1, hold=2.0)
    middle = (up.truth[0].top_start + up.truth[0].top_end) / 2
    poses = [pose for pose in concatenate([up, up, up]).poses() if pose.time > middle]
    assert _count(judged_poses("squat", poses)) == 0


def test_stretching_a_leg_on_the_chair_is_no_standing_up() -> None:
    """The knee opens as far, but the hips stay on the seat."""
    script = sit_to_stand(3)
    seated = script.landmarks(np.zeros(1))[0]

    def landmarks(times: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        points = script.landmarks(times)
        still = np.repeat(seated[None], len(times), axis=0)
        # Hips and shoulders stay; each leg hangs from them as it did from the standing hips.
        shift = still[:, 23] - points[:, 23]
        still[:, 25:] = points[:, 25:] + shift[:, None]
        return still

    moved = Script(script.duration, landmarks, middle=script.middle)
    assert _count(judged("sit_to_stand", moved)) == 0


def test_a_far_bend_does_not_lose_the_rep() -> None:
    """Who folds forward past 53 degrees, looking to either side, still squats."""
    for near in ("left", "right"):
        script = squat(3, near=near, faults={"trunk_folds": {1, 2, 3}})
        summary = judged("squat", script)
        assert [fault_names(rep) for rep in summary.reps] == [{"trunk_folds"}] * 3


def test_getting_out_of_a_wall_sit_is_no_fault() -> None:
    """Sliding up slowly at the end is neither sliding nor sitting too high."""
    for lowering in (0.8, 1.5, 2.5):
        summary = judged("wall_sit", wall_sit(2, back=lowering))
        assert [hold.clean for hold in summary.holds] == [True, True]
        assert summary.faults == ()


def test_marching_seen_a_little_from_the_side_is_no_raise_of_the_leg() -> None:
    """The knee that comes forward looks as if the foot went out, or in."""
    script = march(8, alternate=True)
    for yaw in (-25.0, 25.0):
        summary = judged("standing_leg_raise", script, camera=Viewpoint(yaw=yaw), fps=15)
        assert summary.reps == ()


def test_a_real_squat_filmed_obliquely_is_clean() -> None:
    """From three quarters, arms forward: eight reps, no fault above a hint."""
    recording = read_recording(SAMPLES / "squat_8.npz")
    summary = judged_poses("squat", recording.poses())
    assert [rep.clean for rep in summary.reps] == [True] * 8
