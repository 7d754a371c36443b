"""Legs that are suddenly somebody else's are not believed; whoever exercises keeps their own."""

from dataclasses import replace

import numpy as np
import pytest
from helpers.bodies import torso_of

from formcheck.figure.movements import MOVEMENTS, bridge
from formcheck.figure.viewpoint import Noise
from formcheck.pose import INDEX, Pose
from formcheck.trust.borrowed import STAYS, Borrowed
from formcheck.trust.leg import BELOW_HIPS, legs_of


def with_other_legs(pose: Pose, size: float = 0.4) -> Pose:
    """The same trunk, and legs that look so many times as long, as of somebody else."""
    image, hip = pose.image.copy(), pose.image[INDEX["left_hip"]]
    image[BELOW_HIPS] = hip + size * (image[BELOW_HIPS] - hip)
    return replace(pose, image=image)


def unseen(poses: list[Pose]) -> list[int]:
    """In which poses the legs are taken for somebody else's."""
    borrowed, torso = Borrowed(), torso_of(poses[0])
    return [i for i, p in enumerate(poses) if borrowed.update(p.time, legs_of(p), torso)]


def test_another_ones_legs_are_not_believed_while_they_are_there() -> None:
    """The own legs are, as soon as they are back."""
    poses = bridge(1).poses(fps=25)
    mixed = [with_other_legs(p) if 20 <= i < 45 else p for i, p in enumerate(poses)]
    assert unseen(mixed) == list(range(20, 45))


def test_legs_that_stay_so_are_believed_in_the_end() -> None:
    """Or else a mistake at the beginning would be one for ever."""
    poses = bridge(2).poses(fps=25)
    mixed = [with_other_legs(p) if i >= 20 else p for i, p in enumerate(poses)]
    doubted = unseen(mixed)
    assert doubted == list(range(20, 20 + len(doubted)))
    assert len(doubted) / 25 == pytest.approx(STAYS, abs=0.05)


def test_the_own_legs_are_known_again_after_others_were_taken_for_them() -> None:
    """Little by little, so that nothing jumped until the own ones were back."""
    poses = bridge(2).poses(fps=25)
    sizes = np.interp(np.arange(len(poses)), [150, 175, 200], [1.0, 0.4, 0.4], right=1.0)
    mixed = [with_other_legs(pose, size) for pose, size in zip(poses, sizes, strict=True)]
    assert unseen(mixed) == []


@pytest.mark.parametrize("fps", [30, 15])
@pytest.mark.parametrize("name", sorted(MOVEMENTS))
def test_nobody_who_exercises_loses_their_legs(name: str, fps: int) -> None:
    """In any exercise, with landmarks that waver."""
    assert unseen(MOVEMENTS[name](2).poses(fps=fps, noise=Noise(seed=1))) == []
