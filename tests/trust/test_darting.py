"""A leg that goes farther at once than anybody's can is not believed until it is calm again."""

from dataclasses import replace

import pytest
from helpers.bodies import torso_of

from formcheck.figure.movements import MOVEMENTS, bridge, knee_to_chest
from formcheck.figure.viewpoint import Noise
from formcheck.pose import INDEX, Pose
from formcheck.trust.darting import CALM, Darting
from formcheck.trust.leg import LEFT, legs_of
from formcheck.trust.legs import Legs

FPS = 25
KNEES = [INDEX["left_knee"], INDEX["right_knee"]]


def strayed(pose: Pose, torsos: float) -> Pose:
    """The same pose, but for the left knee, which is so far from its place."""
    image = pose.image.copy()
    image[KNEES[LEFT], 0] += torsos * torso_of(pose)
    return replace(pose, image=image)


def doubted(poses: list[Pose]) -> list[tuple[int, int]]:
    """In which poses the leg of which side is taken to dart."""
    darting, torso = Darting(), torso_of(poses[0])
    return [
        (i, side) for i, p in enumerate(poses) for side in darting.update(p.time, legs_of(p), torso)
    ]


def test_a_leg_that_darts_is_doubted_until_it_was_calm() -> None:
    """The other one never."""
    poses = bridge(1).poses(fps=FPS, noise=Noise(seed=1))
    shown = [strayed(p, 0.6) if i in (20, 22, 23) else p for i, p in enumerate(poses)]
    doubts = doubted(shown)
    assert doubts == [(i, LEFT) for i in range(20, 20 + len(doubts))]
    assert (20 + len(doubts) - 24) / FPS == pytest.approx(CALM, abs=1 / FPS)


def test_a_step_by_the_error_of_a_landmark_is_none() -> None:
    """Landmarks waver, and feet are quick."""
    poses = bridge(1).poses(fps=FPS, noise=Noise(seed=1))
    shown = [strayed(p, 0.3) if i in (20, 22, 23) else p for i, p in enumerate(poses)]
    assert doubted(shown) == []


def test_whoever_was_out_of_sight_may_be_far_away() -> None:
    """The longer, the farther."""
    poses = [
        strayed(p, 2.0 * (i > 30))
        for i, p in enumerate(bridge(1).poses(fps=FPS, noise=Noise(seed=1)))
    ]
    assert doubted(poses[:20] + poses[40:]) == []
    assert doubted(poses) != []


def test_pictures_that_come_again_are_no_rest() -> None:
    """A camera in the dark gives ten a second, each three times: a quick leg is still one."""
    poses = knee_to_chest(3, out=0.5, hold=0.3, back=0.5).poses(fps=30)
    shown = [replace(poses[i - i % 3], time=pose.time) for i, pose in enumerate(poses)]
    assert doubted(shown) == []


def test_only_the_leg_that_darts_is_hidden() -> None:
    """The other one still tells how the hips are bent."""
    poses = bridge(1).poses(fps=FPS, noise=Noise(seed=1))
    shown = [strayed(p, 0.6) if i in (20, 22, 23) else p for i, p in enumerate(poses)]
    legs, torso = Legs(), torso_of(poses[0])
    seen = [legs.believed(pose, torso).visibility[KNEES] > 0 for pose in shown]
    assert not any(is_left_seen for is_left_seen, _ in seen[20:28])
    assert all(is_right_seen for _, is_right_seen in seen)


@pytest.mark.parametrize("fps", [60, 30, 15])
@pytest.mark.parametrize("name", sorted(MOVEMENTS))
def test_nobody_who_exercises_darts(name: str, fps: int) -> None:
    """In any exercise, with landmarks that waver."""
    assert doubted(MOVEMENTS[name](2).poses(fps=fps, noise=Noise(seed=1))) == []
