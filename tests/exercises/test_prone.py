"""Exercises that hold the body up count right from elsewhere, and only themselves."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from helpers.places import SAMPLES
from helpers.scenes import FPS, VARIANTS, counted_in, fault_names, judged, judged_poses

from formcheck.events import Summary
from formcheck.exercise import Side
from formcheck.figure.movements import MOVEMENTS, bird_dog, plank, push_up, side_plank
from formcheck.figure.viewpoint import Viewpoint
from formcheck.pose import INDEX, Array
from formcheck.sources.recording import read_recording

NAMES = ["bird_dog", "cat_cow", "plank", "push_up", "side_plank", "superman"]
WAYS = [each for each in VARIANTS if each[0] in NAMES]
DONE = [*WAYS, ("bridge", {}), ("crunch", {}), ("side_lying_leg_raise", {})]
"""These, and others on the back or the side."""


def _counts(summary: Summary) -> dict[Side | None, int]:
    return {each.side: len(each.counted) for each in summary.sets if each.counted}


@pytest.mark.parametrize("near", ["left", "right"])
@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("far_side_hidden", [True, False])
def test_the_leg_of_a_bird_dog_is_counted_near_or_far(
    side: Side, near: Side, far_side_hidden: bool
) -> None:
    """Its side has the reps, clean ones, and the other has none."""
    script = bird_dog(3, side=side, near=near)
    summary = judged("bird_dog", script, camera=Viewpoint(far_side_hidden=far_side_hidden))
    assert _counts(summary) == {side: 3}
    assert all(rep.clean for rep in summary.reps)
    assert summary.partials == ()


def test_bird_dogs_that_take_turns_are_counted_each_for_itself() -> None:
    """Four reps are two on each side."""
    assert _counts(judged("bird_dog", bird_dog(4, alternate=True))) == {"left": 2, "right": 2}


@pytest.mark.parametrize("limbs", ["arm", "leg"])
def test_an_arm_alone_is_no_bird_dog_and_a_leg_alone_is_a_poor_one(limbs: str) -> None:
    """There, the arm that stays down is told."""
    script = bird_dog(3, arm=-80.0) if limbs == "leg" else bird_dog(3, leg=255.0)
    summary = judged("bird_dog", script, camera=Viewpoint(yaw=25))
    assert len(summary.reps) == (3 if limbs == "leg" else 0)
    if limbs == "leg":
        assert all("arm_low" in fault_names(rep) for rep in summary.reps)


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_side_plank_is_timed_for_the_lower_side(side: Side) -> None:
    """And the other one has no hold."""
    assert _counts(judged("side_plank", side_plank(2, side=side))) == {side: 2}


@pytest.mark.parametrize("fault", ["hips_sag", "hips_pike"])
@pytest.mark.parametrize(
    ("name", "how"),
    [
        ("push_up", {"on_knees": True}),
        ("plank", {"on_knees": True}),
        ("plank", {"on_hands": True}),
    ],
)
def test_the_line_is_judged_on_the_knees_and_on_the_hands(
    name: str, how: dict[str, Any], fault: str
) -> None:
    """As on the toes and the forearms."""
    summary = judged(name, MOVEMENTS[name](3, **how, faults={fault: {2}}))
    assert [fault_names(each) for each in summary.counted] == [set(), {fault}, set()]


@pytest.mark.parametrize("seconds", [4.0, 8.0, 15.0])
def test_a_plank_is_timed_to_the_second(seconds: float) -> None:
    """Getting into it and out of it adds less than one."""
    (hold,) = judged("plank", plank(1, hold=seconds)).holds
    assert seconds <= hold.hold <= seconds + 1.0


def test_push_ups_are_no_plank() -> None:
    """A plank that is dipped out of again and again is not held, though each dip is short."""
    script = push_up(6, rest=0.3, out=0.8, hold=0.2, back=0.7)
    assert len(judged("push_up", script).reps) == 6
    assert judged("plank", script).holds == ()
    assert len(judged("plank", push_up(1, rest=5.0)).holds) == 1


def test_a_sagging_plank_goes_on_and_the_time_is_not_good() -> None:
    """Three seconds of sag are three seconds less of good form."""
    first, second = judged("plank", plank(2, faults={"hips_sag": {2}})).holds
    assert second.hold == pytest.approx(first.hold, abs=0.2)
    assert first.good == first.hold
    assert second.good == pytest.approx(second.hold - 3.5, abs=1.0)


@pytest.mark.parametrize("yaw", [0.0, 25.0])
@pytest.mark.parametrize(("done", "how"), DONE)
def test_another_exercise_is_not_counted(done: str, how: dict[str, Any], yaw: float) -> None:
    """Neither those of this family nor those on the back or the side."""
    poses = MOVEMENTS[done](3, **how).poses(FPS, camera=Viewpoint(yaw=yaw))
    assert counted_in(set(NAMES) - {done}, poses) == set()


@pytest.mark.parametrize("share", [1, 2, 3])
def test_quick_push_ups_are_counted_at_any_frame_rate(share: int) -> None:
    """Six real ones, most of them over in a second, with each frame, each other, each third."""
    poses = list(read_recording(SAMPLES / "push_up_6.npz").poses())
    for first in range(share):
        summary = judged_poses("push_up", poses[first::share])
        assert len(summary.reps) == 6
        assert summary.partials == ()


def test_a_hand_to_the_shoulder_is_no_push_up() -> None:
    """The elbow bends, too, but the hand comes up instead of the chest going down."""
    script = plank(1, on_hands=True, hold=12.0)

    def tapping(times: Array) -> Array:
        points = script.landmarks(times)
        wrist, elbow = INDEX["right_wrist"], INDEX["right_elbow"]
        up = np.clip(np.sin(2 * np.pi * times / 3.0), 0, 1)[:, None]
        shoulder = points[:, INDEX["right_shoulder"]]
        points[:, wrist] += up * (shoulder - points[:, wrist])
        points[:, elbow] += up * (0.25, 0.1, 0.0)
        return points

    summary = judged("push_up", replace(script, landmarks=tapping))
    assert summary.reps == ()
    assert {partial.reason for partial in summary.partials} == {"a hand left the floor"}
