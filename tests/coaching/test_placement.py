"""Setting up: one thing at a time, the most basic first, and only what lasts."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from formcheck.coaching.placement import (
    LASTING,
    Placement,
    SetUpAdvice,
    Sight,
    cut_off,
    needed_parts,
)
from formcheck.definition.loading import load_exercise
from formcheck.figure.movements import bridge, side_lying_leg_raise
from formcheck.figure.viewpoint import Viewpoint
from formcheck.measuring.tracker import BodyTracker
from formcheck.pose import INDEX, Pose

ASPECT = 16 / 9
BRIGHT = 120.0


def _advice(
    name: str, poses: list[Pose], brightness: float = BRIGHT, waiting_for: str = ""
) -> SetUpAdvice | None:
    """The advice after two seconds of poses."""
    placement = Placement(load_exercise(name))
    return [placement.update(each, waiting_for) for each in _sights(name, poses, brightness)][-1]


def _sights(name: str, poses: list[Pose], brightness: float) -> Iterator[Sight]:
    """What is seen at each pose."""
    tracker, exercise = BodyTracker(), load_exercise(name)
    for pose in poses:
        body = tracker.update(pose)
        off = body.off(exercise.camera.view)
        yield Sight(pose, brightness, ASPECT, body.torso, off)


def _poses(camera: Viewpoint | None = None) -> list[Pose]:
    return bridge(0, rest=2.0).poses(camera=camera)


def _problem(advice: SetUpAdvice | None) -> str | None:
    return advice.problem if advice else None


def test_a_good_set_up_needs_no_advice() -> None:
    """Whole body in the picture, from the side, bright enough, in the start position."""
    assert _advice("bridge", _poses()) is None


def test_darkness_comes_before_all_else() -> None:
    """Nothing that is seen in the dark is worth telling."""
    assert _problem(_advice("bridge", [Pose.absent(t / 10) for t in range(20)], 10.0)) == "dark"


def test_nobody_in_view_is_asked_to_come() -> None:
    """Head included, or MediaPipe finds nobody."""
    advice = _advice("bridge", [Pose.absent(t / 10) for t in range(20)])
    assert _problem(advice) == "nobody"
    assert advice is not None
    assert "head" in advice.words


@pytest.mark.parametrize(("distance", "problem"), [(7.0, "far"), (2.5, None), (0.9, "near")])
def test_too_far_and_too_near_are_told(distance: float, problem: str | None) -> None:
    """By how large the torso looks."""
    poses = _poses(Viewpoint(distance=distance))
    believed = [replace(pose, visibility=np.maximum(pose.visibility, 0.9)) for pose in poses]
    assert _problem(_advice("bridge", believed)) == problem


def test_who_cannot_be_made_out_is_asked_to_move_the_camera() -> None:
    """Before anything is asked of the body: what is seen of it is not to be trusted."""
    placement = Placement(load_exercise("bridge"))
    for sight in _sights("bridge", _poses(), BRIGHT):
        advice = placement.update(replace(sight, is_doubtful=True), "Bend your knees.")
    assert advice is not None
    assert advice.words == "I can't see you well from here. Move the laptop to your side."


def test_feet_out_of_the_picture_are_asked_for_by_name() -> None:
    """The user is told what cannot be seen, not that something cannot."""
    moved = []
    for pose in _poses():
        feet = [INDEX[f"{side}_{name}"] for side in ("left", "right") for name in ("ankle", "heel")]
        image, visibility = pose.image.copy(), pose.visibility.copy()
        image[feet, 0], visibility[feet] = -0.2, 0.0
        moved.append(replace(pose, image=image, visibility=visibility))
    advice = _advice("bridge", moved)
    assert advice == SetUpAdvice("cut_off", "Move the laptop so I can see your feet.")


def test_the_start_position_is_asked_for_before_the_view() -> None:
    """Someone who still stands before the camera is asked to lie down, not to turn the laptop."""
    assert _advice("bridge", _poses(Viewpoint(yaw=80)), waiting_for="Lie down.") == SetUpAdvice(
        "start", "Lie down."
    )


def test_the_wrong_view_is_told() -> None:
    """Each exercise asks for its own."""
    assert _problem(_advice("bridge", _poses(Viewpoint(yaw=80)))) == "view"
    assert _problem(_advice("side_lying_leg_raise", _poses())) == "view"
    lying = side_lying_leg_raise(0, rest=2.0).poses()
    assert _advice("side_lying_leg_raise", lying) is None


def test_what_lasts_only_a_moment_is_not_told() -> None:
    """Neither a problem nor its end."""
    placement = Placement(load_exercise("bridge"))
    seen = []
    for sight in _sights("bridge", _poses(), BRIGHT):
        dark = 0.5 < sight.pose.time < 0.5 + LASTING / 2
        seen.append(placement.update(replace(sight, brightness=10.0) if dark else sight, ""))
    assert set(seen) == {None}


def test_what_is_put_right_is_told_no_more() -> None:
    """After it has been right for a while."""
    placement = Placement(load_exercise("bridge"))
    seen = [
        placement.update(replace(each, brightness=10.0) if each.pose.time < 1.5 else each, "")
        for each in _sights("bridge", bridge(0, rest=4.0).poses(), BRIGHT)
    ]
    problems = [_problem(advice) for advice in seen]
    assert problems.index("dark") > 20
    assert problems[-1] is None


def test_parts_are_those_that_the_exercise_measures() -> None:
    """And the head, without which nobody is found."""
    assert needed_parts(load_exercise("bridge")) == ("head", "shoulders", "hips", "knees", "feet")
    assert "hands" in needed_parts(load_exercise("crunch"))


def test_nothing_is_cut_off_in_the_middle_of_the_picture() -> None:
    """All parts of the figure lie within it."""
    assert cut_off(_poses()[0], needed_parts(load_exercise("crunch")), ASPECT) == ()
