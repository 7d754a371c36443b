"""Exercises lying down count right from elsewhere, in noise, on each side, and only themselves."""

from pathlib import Path

import figure_lying
import pytest
from figure import Camera, Noise
from figure_body import Side
from figure_lying import curl_up, knee_to_chest
from figure_supine import dead_bug, single_leg_bridge
from scenes import FIGURES, judged, judged_poses

from formcheck.definition.loading import load_exercise
from formcheck.evaluation.label_files import LabelledClip, find_label_files, read_clips
from formcheck.events import Summary
from formcheck.sources.recording import read_recording

NAMES = sorted(figure_lying.FIGURES)
SIDED = [name for name in NAMES if load_exercise(name).sides == "each"]
FIRST = ["bridge", "crunch", "side_lying_leg_raise", "standing_leg_raise"]
ALL = [*FIRST, *NAMES]
PAIRS = [(exercise, done) for exercise in ALL for done in ALL if exercise != done]
CAMERAS = {
    "square": Camera(),
    "far side seen": Camera(far_side_hidden=False),
    "from 30 degrees": Camera(yaw=30),
}
SAMPLES = Path(__file__).parent.parent / "samples"
CLIPS = [clip for clip in read_clips(find_label_files([SAMPLES]))[0] if clip.clip.suffix == ".npz"]


def _counts(summary: Summary) -> dict[Side | None, int]:
    return {each.side: len(each.reps) for each in summary.sets if each.reps}


@pytest.mark.parametrize("yaw", [-25, 25])
@pytest.mark.parametrize("name", NAMES)
def test_a_camera_off_by_25_degrees_sees_a_clean_set(name: str, yaw: float) -> None:
    """Three clean reps, and nothing else."""
    summary = judged(name, FIGURES[name](3), camera=Camera(yaw=yaw))
    assert [rep.clean for rep in summary.reps] == [True, True, True]
    assert summary.partials == ()


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("sd", [0.01, 0.02])
@pytest.mark.parametrize("name", NAMES)
def test_noise_makes_no_safety_fault(name: str, sd: float, seed: int) -> None:
    """Landmarks that stray by 1 or 2 cm leave the count right and alarm nobody."""
    summary = judged(name, FIGURES[name](3), noise=Noise(sd=sd, seed=seed))
    assert len(summary.reps) == 3
    assert not [fault for fault in summary.faults if fault.severity == "safety"]


@pytest.mark.parametrize("name", NAMES)
def test_ten_frames_a_second_are_enough(name: str) -> None:
    """A slow computer counts and judges the same."""
    summary = judged(name, FIGURES[name](3), fps=10)
    assert [rep.clean for rep in summary.reps] == [True, True, True]


@pytest.mark.parametrize("name", NAMES)
def test_a_mirrored_picture_is_counted_the_same(name: str) -> None:
    """With the sides swapped, as MediaPipe swaps them."""
    plain = _counts(judged(name, FIGURES[name](3)))
    mirrored = _counts(judged(name, FIGURES[name](3), camera=Camera(mirrored=True)))
    swap: dict[Side | None, Side | None] = {"left": "right", "right": "left", None: None}
    assert mirrored == {swap[side]: count for side, count in plain.items()} != {}


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("name", SIDED)
def test_the_side_that_works_is_counted(name: str, side: Side) -> None:
    """The other one has neither reps nor partials, though the camera sees it as well."""
    script = FIGURES[name](3, side=side)
    summary = judged(name, script, camera=Camera(far_side_hidden=False))
    assert _counts(summary) == {side: 3}
    assert summary.partials == ()


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize(
    "make", [single_leg_bridge, dead_bug, knee_to_chest], ids=lambda make: make.__name__
)
def test_the_far_leg_is_counted_where_it_is_seen(make: object, side: Side) -> None:
    """Nobody has to turn round between the legs, as long as MediaPipe sees both."""
    name, near = make.__name__, "right" if side == "left" else "left"  # type: ignore[attr-defined]
    script = FIGURES[name](3, side=side, near=near)
    assert _counts(judged(name, script, camera=Camera(far_side_hidden=False))) == {side: 3}


def test_legs_that_take_turns_in_the_dead_bug_are_counted_each_for_itself() -> None:
    """Four reps, left and right in turn, are two clean ones on each side."""
    summary = judged("dead_bug", dead_bug(4, alternate=True), camera=Camera(far_side_hidden=False))
    assert _counts(summary) == {"left": 2, "right": 2}
    assert all(rep.clean for rep in summary.reps)
    assert summary.partials == ()


def test_the_free_leg_may_be_bent_to_a_right_angle() -> None:
    """That is a known variant of the single-leg bridge, and no fault."""
    summary = judged("single_leg_bridge", single_leg_bridge(3, free="bent"))
    assert [rep.clean for rep in summary.reps] == [True, True, True]
    assert summary.faults == ()


def test_the_knee_is_drawn_up_from_a_straight_leg_as_well() -> None:
    """Whether the legs rest bent or straight."""
    summary = judged("knee_to_chest", knee_to_chest(3, lying="straight"))
    assert [rep.clean for rep in summary.reps] == [True, True, True]


def test_a_bridge_on_two_legs_is_none_on_one() -> None:
    """And the reason is told."""
    summary = judged("single_leg_bridge", single_leg_bridge(3, free="down"))
    assert summary.reps == ()
    assert {each.reason for each in summary.partials} == {"the other foot did not leave the floor"}


def test_a_bridge_on_one_leg_is_none_on_two() -> None:
    """And the reason names the exercise that it is."""
    summary = judged("bridge", single_leg_bridge(3))
    assert summary.reps == ()
    assert all("single-leg bridge" in each.reason for each in summary.partials)


def test_a_small_crunch_is_no_curl_up() -> None:
    """With both knees bent it does not count, as one leg has to be straight."""
    summary = judged("curl_up", curl_up(3, legs="both bent"))
    assert summary.reps == ()
    assert {each.reason for each in summary.partials} == {"both knees were bent alike"}


@pytest.mark.parametrize("where", CAMERAS)
@pytest.mark.parametrize(("exercise", "done"), PAIRS)
def test_one_exercise_is_not_counted_as_another(exercise: str, done: str, where: str) -> None:
    """Each of these keeps out what the figures of all the others do."""
    script = FIGURES[done](2, hold=2.0)
    assert judged(exercise, script, camera=CAMERAS[where]).reps == ()


@pytest.mark.parametrize("clip", CLIPS, ids=lambda clip: clip.clip.stem)
@pytest.mark.parametrize("exercise", ALL)
def test_real_people_are_counted_in_their_own_exercise_alone(
    exercise: str, clip: LabelledClip
) -> None:
    """Squats, push-ups, sit-ups and the others are not taken for any of these."""
    summary = judged_poses(exercise, read_recording(clip.clip).poses())
    assert bool(summary.reps) == (exercise == clip.labels.exercise)
