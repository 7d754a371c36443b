"""A leg that looks little more than half as long as the other one is not believed."""

from dataclasses import replace

import pytest
from helpers.bodies import torso_of

from formcheck.figure.movements import MOVEMENTS, bridge
from formcheck.figure.viewpoint import Noise, Viewpoint
from formcheck.pose import INDEX, Pose
from formcheck.trust.leg import BELOW_HIPS, LEFT, RIGHT, PairOfLegs, legs_of
from formcheck.trust.legs import Legs
from formcheck.trust.unlike import unlike_legs


def with_a_leg_from_the_mirror(pose: Pose, size: float, visible: float = 0.6) -> Pose:
    """The same pose, whose left leg looks so many times as long, and is so visible."""
    image, hip = pose.image.copy(), pose.image[INDEX["left_hip"]]
    image[BELOW_HIPS[LEFT::2]] = hip + size * (image[BELOW_HIPS[LEFT::2]] - hip)
    visibility = pose.visibility.copy()
    visibility[BELOW_HIPS[LEFT::2]] = visible
    return replace(pose, image=image, visibility=visibility)


@pytest.mark.parametrize(("size", "told"), [(0.45, [LEFT]), (0.7, []), (1.4, [])])
def test_the_leg_that_is_much_shorter_is_told(size: float, told: list[int]) -> None:
    """One a little shorter may be farther away, or turned."""
    for pose in bridge(1).poses(fps=5):
        shown = with_a_leg_from_the_mirror(pose, size)
        assert unlike_legs(shown, legs_of(shown)) == told


def test_a_leg_that_is_clearly_seen_may_point_at_the_camera() -> None:
    """However short it looks then."""
    for pose in bridge(1).poses(fps=5):
        shown = with_a_leg_from_the_mirror(pose, 0.3, visible=0.9)
        assert unlike_legs(shown, legs_of(shown)) == []


def test_of_a_leg_that_is_not_seen_nothing_is_told() -> None:
    """There is nothing to compare with."""
    pose, leg = bridge(1).poses(fps=5)[0], (0j, 1j, 2j)
    pairs: list[PairOfLegs] = [(leg, None), (None, leg), (None, None)]
    assert [unlike_legs(pose, pair) for pair in pairs] == [[], [], []]


def test_the_other_leg_is_still_believed() -> None:
    """It tells how the hips are bent."""
    poses = [with_a_leg_from_the_mirror(pose, 0.45) for pose in bridge(1).poses(fps=15)]
    legs, torso = Legs(), torso_of(poses[0])
    seen = [legs.believed(p, torso).visibility[BELOW_HIPS].tolist() for p in poses]
    assert {v > 0 for each in seen for v in each[LEFT::2]} == {False}
    assert {v > 0 for each in seen for v in each[RIGHT::2]} == {True}


@pytest.mark.parametrize("name", sorted(MOVEMENTS))
@pytest.mark.parametrize("yaw", [0, 30, 60])
def test_nobody_who_exercises_has_such_a_leg(name: str, yaw: float) -> None:
    """In any exercise, with landmarks that waver, also where a leg points at the camera."""
    poses = MOVEMENTS[name](2).poses(fps=10, camera=Viewpoint(yaw=yaw), noise=Noise(seed=1))
    assert [pose.time for pose in poses if unlike_legs(pose, legs_of(pose))] == []
