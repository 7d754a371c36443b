"""The one who exercises: the most prominent, then whoever stays at the usual place."""

from dataclasses import replace

import numpy as np
import pytest

from formcheck.figure.movements import bridge, sit_to_stand, squat
from formcheck.figure.script import Script
from formcheck.figure.viewpoint import Viewpoint
from formcheck.landmarks.exerciser import (
    PATIENCE,
    Exerciser,
    figure_of,
    is_meant_instead,
)
from formcheck.pose import Pose

ASPECT = 4 / 3


def _moved(pose: Pose, time: float, right: float) -> Pose:
    return replace(pose, time=time, image=pose.image + np.array([right, 0.0, 0.0]))


@pytest.mark.parametrize("script", [bridge(3), squat(3), sit_to_stand(3)])
def test_nobody_leaves_their_place_by_exercising(script: Script) -> None:
    """Lying, and in the exercises that go farthest down."""
    exerciser = Exerciser()
    assert not any(exerciser.has_left(pose) for pose in script.poses(fps=10))


def test_who_is_carried_away_little_by_little_has_left_the_place() -> None:
    """As with someone who walks past; and it is remembered where the place was."""
    pose = bridge(0).poses()[0]
    here = figure_of(pose)
    exerciser = Exerciser()
    for i in range(60):
        exerciser.has_left(_moved(pose, i / 15, 0.0))
    away = [exerciser.has_left(_moved(pose, 4 + i / 15, 0.06 * here.torso * i)) for i in range(40)]
    assert not away[0]
    assert away[-1]
    assert exerciser.is_like(_moved(pose, 7.0, 0.0))
    assert not exerciser.is_like(_moved(pose, 7.0, 2 * here.torso))
    assert not exerciser.is_like(Pose.absent(7.0))


def test_a_new_place_becomes_the_usual_one() -> None:
    """Of someone who went there, after a while."""
    pose = bridge(0).poses()[0]
    exerciser = Exerciser()
    exerciser.has_left(pose)
    shift = 2 * figure_of(pose).torso
    away = [exerciser.has_left(_moved(pose, 1 + i / 5, shift)) for i in range(60)]
    assert away[0]
    assert sum(away) / 5 <= PATIENCE + 0.2
    assert exerciser.is_like(_moved(pose, 20.0, shift))


def test_the_larger_and_the_nearer_to_the_middle_is_meant() -> None:
    """By more than a little, so that of two alike the first stays."""
    pose = bridge(0).poses()[0]
    middle = _moved(pose, 0.0, ASPECT / 2 - figure_of(pose).place.real)
    small = figure_of(bridge(0).poses(camera=Viewpoint(distance=6.0))[0])
    one, edge = figure_of(middle), figure_of(_moved(middle, 0.0, ASPECT / 2))
    assert is_meant_instead(one, small, ASPECT)
    assert is_meant_instead(one, edge, ASPECT)
    assert not is_meant_instead(edge, one, ASPECT)
    assert not is_meant_instead(one, one, ASPECT)
