"""Exercises that hold the body up count right from elsewhere, in noise, and only themselves."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import figure_prone
import numpy as np
import pytest
from figure import AS_MEDIAPIPE, Camera, Noise
from figure_all_fours import bird_dog
from figure_body import Array, Side
from figure_plank import plank, push_up
from figure_side_plank import side_plank
from scenes import FIGURES, fault_names, judged, judged_poses

from formcheck.events import Summary
from formcheck.pose import INDEX
from formcheck.sources.recording import read_recording

SAMPLES = Path(__file__).parent.parent / "samples"
NAMES = sorted(figure_prone.FIGURES)
VARIANTS: list[tuple[str, dict[str, Any]]] = [
    *((name, {}) for name in NAMES),
    ("push_up", {"on_knees": True}),
    ("plank", {"on_knees": True}),
    ("plank", {"on_hands": True}),
    ("side_plank", {"on_knees": True}),
    ("bird_dog", {"alternate": True}),
]
"""Each exercise, and the ways in which it can be done."""
PAIRS = [
    (exercise, done, how)
    for exercise in NAMES
    for done, how in [*VARIANTS, ("bridge", {}), ("crunch", {}), ("side_lying_leg_raise", {})]
    if exercise != done
]
OTHERS = [
    (exercise, path.stem)
    for exercise in NAMES
    for path in sorted(SAMPLES.glob("*.npz"))
    if not path.stem.startswith(exercise)
]


def _counts(summary: Summary) -> dict[Side | None, int]:
    return {each.side: len(each.counted) for each in summary.sets if each.counted}


@pytest.mark.parametrize("yaw", [-25, 25])
@pytest.mark.parametrize(("name", "how"), VARIANTS)
def test_a_camera_off_by_25_degrees_sees_a_clean_set(
    name: str, how: dict[str, Any], yaw: float
) -> None:
    """Three clean ones, and nothing else."""
    summary = judged(name, FIGURES[name](3, **how), camera=Camera(yaw=yaw))
    assert [each.clean for each in summary.counted] == [True, True, True]
    assert summary.partials == ()
    assert summary.faults == ()


@pytest.mark.parametrize("roll", [-8, 8])
@pytest.mark.parametrize(("name", "how"), VARIANTS)
def test_a_tilted_camera_sees_a_clean_set(name: str, how: dict[str, Any], roll: float) -> None:
    """As a laptop that stands on a cushion."""
    summary = judged(name, FIGURES[name](3, **how), camera=Camera(roll=roll))
    assert [each.clean for each in summary.counted] == [True, True, True]


@pytest.mark.parametrize(("name", "how"), VARIANTS)
def test_a_body_as_mediapipe_sees_it_is_clean(name: str, how: dict[str, Any]) -> None:
    """With wide hips, short arms and short feet."""
    if (name, how) == ("side_plank", {"on_knees": True}):
        pytest.skip("wide hips on the floor look as low ones do: its file says so")
    summary = judged(name, FIGURES[name](3, **how, body=AS_MEDIAPIPE))
    assert [each.clean for each in summary.counted] == [True, True, True]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("sd", [0.01, 0.02])
@pytest.mark.parametrize(("name", "how"), VARIANTS)
def test_noise_makes_no_safety_fault(name: str, how: dict[str, Any], sd: float, seed: int) -> None:
    """Landmarks that stray by 1 or 2 cm leave the count right and alarm nobody."""
    summary = judged(name, FIGURES[name](3, **how), noise=Noise(sd=sd, seed=seed))
    assert len(summary.counted) == 3
    assert not [fault for fault in summary.faults if fault.severity == "safety"]


@pytest.mark.parametrize("fps", [8, 10])
@pytest.mark.parametrize(("name", "how"), VARIANTS)
def test_ten_frames_a_second_are_enough(name: str, how: dict[str, Any], fps: float) -> None:
    """A slow computer counts and judges the same."""
    summary = judged(name, FIGURES[name](3, **how), fps=fps)
    assert [each.clean for each in summary.counted] == [True, True, True]


@pytest.mark.parametrize("name", NAMES)
def test_a_mirrored_picture_is_counted_the_same(name: str) -> None:
    """With the sides swapped, as MediaPipe swaps them."""
    plain = _counts(judged(name, FIGURES[name](3)))
    mirrored = _counts(judged(name, FIGURES[name](3), camera=Camera(mirrored=True)))
    swap: dict[Side | None, Side | None] = {"left": "right", "right": "left", None: None}
    assert mirrored == {swap[side]: count for side, count in plain.items()} != {}


@pytest.mark.parametrize("near", ["left", "right"])
@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("far_side_hidden", [True, False])
def test_the_leg_of_a_bird_dog_is_counted_near_or_far(
    side: Side, near: Side, far_side_hidden: bool
) -> None:
    """Its side has the reps, clean ones, and the other has none."""
    script = bird_dog(3, side=side, near=near)
    summary = judged("bird_dog", script, camera=Camera(far_side_hidden=far_side_hidden))
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
    summary = judged("bird_dog", script, camera=Camera(yaw=25))
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
    summary = judged(name, FIGURES[name](3, **how, faults={fault: {2}}))
    assert [fault_names(each) for each in summary.counted] == [set(), {fault}, set()]


@pytest.mark.parametrize("seconds", [4.0, 8.0, 15.0])
def test_a_plank_is_timed_to_the_second(seconds: float) -> None:
    """Getting into it and out of it adds less than one."""
    (hold,) = judged("plank", plank(1, hold=seconds)).holds
    assert seconds <= hold.seconds <= seconds + 1.0


def test_push_ups_are_no_plank() -> None:
    """A plank that is dipped out of again and again is not held, though each dip is short."""
    script = push_up(6, rest=0.3, raising=0.8, hold=0.2, lowering=0.7)
    assert len(judged("push_up", script).reps) == 6
    assert judged("plank", script).holds == ()
    assert len(judged("plank", push_up(1, rest=5.0)).holds) == 1


def test_a_sagging_plank_goes_on_and_the_time_is_not_good() -> None:
    """Three seconds of sag are three seconds less of good form."""
    first, second = judged("plank", plank(2, faults={"hips_sag": {2}})).holds
    assert second.seconds == pytest.approx(first.seconds, abs=0.2)
    assert first.good == first.seconds
    assert second.good == pytest.approx(second.seconds - 3.5, abs=1.0)


@pytest.mark.parametrize(("exercise", "done", "how"), PAIRS)
def test_another_exercise_is_not_counted(exercise: str, done: str, how: dict[str, Any]) -> None:
    """Neither those of this family nor those on the back or the side."""
    for camera in (Camera(), Camera(yaw=25)):
        assert judged(exercise, FIGURES[done](3, **how), camera=camera).counted == ()


@pytest.mark.parametrize(("exercise", "sample"), OTHERS)
def test_a_recording_of_another_exercise_is_not_counted(exercise: str, sample: str) -> None:
    """Real people who do something else."""
    recording = read_recording(SAMPLES / f"{sample}.npz")
    assert judged_poses(exercise, recording.poses()).counted == ()


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
