"""Every movement is sound: bodies keep their shape, faults keep to their repetition."""

import numpy as np
import pytest
from helpers.bodies import LIMBS, TORSO

from formcheck.figure.anatomy import AS_MEDIAPIPE
from formcheck.figure.movements import MOVEMENTS
from formcheck.pose import INDEX

NAMES = sorted(MOVEMENTS)
FACE_DOWN = ["bird_dog", "cat_cow", "plank", "push_up", "side_plank", "superman"]
FAULTS = [(name, fault) for name in NAMES for fault in MOVEMENTS[name].faults]
ALL = [*FAULTS, *((name, None) for name in NAMES)]


@pytest.mark.parametrize(("name", "fault"), ALL)
def test_limbs_keep_their_length(name: str, fault: str | None) -> None:
    """In every fault of every exercise, at every moment; so does the trunk unless it curls up."""
    script = MOVEMENTS[name](2, faults={fault: {2}} if fault else None)
    points = script.landmarks(np.arange(0, script.duration, 0.05))
    within = 5e-4 if name in FACE_DOWN else 3e-4
    for a, b, length in LIMBS:
        measured = np.linalg.norm(points[:, INDEX[a]] - points[:, INDEX[b]], axis=1)
        np.testing.assert_allclose(measured, length, atol=within, err_msg=f"{a} {b}")
    if name in ("crunch", "curl_up", "side_lying_leg_raise", "standing_leg_raise"):
        return
    trunk = points[:, [INDEX["left_shoulder"], INDEX["right_shoulder"]]].mean(axis=1)
    trunk = trunk - points[:, [INDEX["left_hip"], INDEX["right_hip"]]].mean(axis=1)
    np.testing.assert_allclose(np.linalg.norm(trunk, axis=1), TORSO, atol=1e-6)


@pytest.mark.parametrize(("name", "fault"), ALL)
def test_nothing_jumps_and_all_is_in_the_picture(name: str, fault: str | None) -> None:
    """No landmark is faster than a fast hand, and who stands is above the floor."""
    script = MOVEMENTS[name](2, faults={fault: {2}} if fault else None)
    points = script.landmarks(np.arange(0, script.duration, 0.01))
    assert (np.linalg.norm(np.diff(points, axis=0), axis=2) / 0.01).max() < 6.0
    if MOVEMENTS[name].middle[1] > 0.5:
        assert points[..., 1].min() > 0.0
    for pose in script.poses(fps=10):
        assert pose.visibility.min() > 0.25
        assert (pose.image[:, 1] > 0.05).all()
        assert (pose.image[:, 1] < 0.95).all()


@pytest.mark.parametrize(("name", "fault"), FAULTS)
def test_a_fault_shows_only_in_its_repetition(name: str, fault: str) -> None:
    """The one before is the same as without a fault, up to when the feet are moved."""
    plain, faulty = MOVEMENTS[name](2), MOVEMENTS[name](2, faults={fault: {2}})
    times = np.arange(0, plain.truth[0].end, 0.05)
    np.testing.assert_allclose(faulty.landmarks(times), plain.landmarks(times), atol=1e-12)
    second = faulty.truth[1]
    assert second.counted == (fault != "partial")
    assert second.faults == (() if fault == "partial" else (fault,))
    times = np.arange(second.start, max(second.end, plain.truth[1].end), 0.05)
    assert np.abs(faulty.landmarks(times) - plain.landmarks(times)).max() > 0.01


@pytest.mark.parametrize("name", NAMES)
def test_another_body_does_the_same(name: str) -> None:
    """With the proportions of real recordings all faults can be shown and nothing is undefined."""
    for fault in (None, *MOVEMENTS[name].faults):
        script = MOVEMENTS[name](1, faults=fault, body=AS_MEDIAPIPE)
        points = script.landmarks(np.arange(0, script.duration, 0.1))
        assert np.isfinite(points).all()
        thigh = np.linalg.norm(points[:, INDEX["left_hip"]] - points[:, INDEX["left_knee"]], axis=1)
        np.testing.assert_allclose(thigh, AS_MEDIAPIPE.thigh, atol=1e-9)


@pytest.mark.parametrize("name", NAMES)
def test_truth_times_are_exact(name: str) -> None:
    """Rest up to the start, still from top start to top end, rest again from the end."""
    script = MOVEMENTS[name](2, hold=2.0, rest=1.5, after=1.5)
    assert script.truth[0].start == pytest.approx(1.5)
    assert script.duration == pytest.approx(script.truth[-1].end + 1.5)
    rest = script.landmarks(np.array([0.0]))
    for rep in script.truth:
        assert rep.hold == pytest.approx(2.0)
        # Who stands up bows around the time at rest, so neither end is quite still.
        ends = (0.4, -0.4) if name == "sit_to_stand" else (0.0, 0.0)
        held = script.landmarks(np.linspace(rep.top_start + ends[0], rep.top_end + ends[1], 9))
        np.testing.assert_allclose(held, np.broadcast_to(held[0], held.shape), atol=1e-9)
        moved = script.landmarks(np.array([rep.top_start - 0.1, rep.top_end + 0.1]))
        assert (np.abs(moved - held[0]).max(axis=(1, 2)) > 1e-4).all()
        if name != "sit_to_stand":
            still = script.landmarks(np.array([rep.start, rep.end]))
            np.testing.assert_allclose(still, np.broadcast_to(rest, still.shape), atol=1e-9)
        going = script.landmarks(np.array([rep.start + 0.1, rep.end - 0.1]))
        assert (np.abs(going - rest).max(axis=(1, 2)) > 1e-4).all()


@pytest.mark.parametrize("name", NAMES)
def test_someone_can_just_lie_or_stand_there(name: str) -> None:
    """No repetitions: only rest."""
    script = MOVEMENTS[name](0)
    assert script.truth == ()
    points = script.landmarks(np.array([0.0, 1.0, script.duration]))
    np.testing.assert_allclose(points[1:], points[:-1])


def test_what_a_movement_does_not_know_is_refused() -> None:
    """An option, a working side of a movement of both sides, and a near one where that is told."""
    for name, wish in (("squat", "depth"), ("squat", "side"), ("lunge", "near")):
        with pytest.raises(TypeError, match=name):
            MOVEMENTS[name](1, **{wish: "left"})
