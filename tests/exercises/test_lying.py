"""Exercises lying down count right from elsewhere, on each side, and only themselves."""

import pytest
from helpers.scenes import FPS, counted_in, judged

from formcheck.definition.loading import load_exercise
from formcheck.events import Summary
from formcheck.exercise import Side
from formcheck.figure.movement import Movement
from formcheck.figure.movements import (
    MOVEMENTS,
    curl_up,
    dead_bug,
    knee_to_chest,
    single_leg_bridge,
)
from formcheck.figure.vectors import other
from formcheck.figure.viewpoint import Viewpoint

NAMES = ["clamshell", "curl_up", "dead_bug", "knee_to_chest", "single_leg_bridge"]
SIDED = [name for name in NAMES if load_exercise(name).sides == "each"]
FIRST = ["bridge", "crunch", "side_lying_leg_raise", "standing_leg_raise"]
ALL = [*FIRST, *NAMES]
CAMERAS = {
    "square": Viewpoint(),
    "far side seen": Viewpoint(far_side_hidden=False),
    "from 30 degrees": Viewpoint(yaw=30),
}


def _counts(summary: Summary) -> dict[Side | None, int]:
    return {each.side: len(each.reps) for each in summary.sets if each.reps}


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("name", SIDED)
def test_the_side_that_works_is_counted(name: str, side: Side) -> None:
    """The other one has neither reps nor partials, though the camera sees it as well."""
    script = MOVEMENTS[name](3, side=side)
    summary = judged(name, script, camera=Viewpoint(far_side_hidden=False))
    assert _counts(summary) == {side: 3}
    assert summary.partials == ()


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize(
    "make", [single_leg_bridge, dead_bug, knee_to_chest], ids=lambda make: make.name
)
def test_the_far_leg_is_counted_where_it_is_seen(make: Movement, side: Side) -> None:
    """Nobody has to turn round between the legs, as long as MediaPipe sees both."""
    script = make(3, side=side, near=other(side))
    assert _counts(judged(make.name, script, camera=Viewpoint(far_side_hidden=False))) == {side: 3}


def test_legs_that_take_turns_in_the_dead_bug_are_counted_each_for_itself() -> None:
    """Four reps, left and right in turn, are two clean ones on each side."""
    summary = judged(
        "dead_bug", dead_bug(4, alternate=True), camera=Viewpoint(far_side_hidden=False)
    )
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
    assert {each.reason for each in summary.partials} == {"your other foot did not leave the floor"}


def test_a_bridge_on_one_leg_is_none_on_two() -> None:
    """And the reason names the exercise that it is."""
    summary = judged("bridge", single_leg_bridge(3))
    assert summary.reps == ()
    assert all("single-leg bridge" in each.reason for each in summary.partials)


def test_a_small_crunch_is_no_curl_up() -> None:
    """With both knees bent it does not count, as one leg has to be straight."""
    summary = judged("curl_up", curl_up(3, legs="both bent"))
    assert summary.reps == ()
    assert {each.reason for each in summary.partials} == {"both knees were bent the same way"}


@pytest.mark.parametrize("where", CAMERAS)
@pytest.mark.parametrize("done", ALL)
def test_one_exercise_is_not_counted_as_another(done: str, where: str) -> None:
    """Each of these keeps out what the figures of all the others do."""
    poses = MOVEMENTS[done](2, hold=2.0).poses(FPS, camera=CAMERAS[where])
    assert counted_in(set(ALL) - {done}, poses) == set()
