"""A leg behind the other one is believed to be there; one that is hidden elsewhere is not."""

from dataclasses import replace

import numpy as np
import pytest
from helpers.bodies import torso_of

from formcheck.figure.movements import MOVEMENTS, dead_bug
from formcheck.pose import INDEX, SEEN, Pose
from formcheck.trust.hidden import with_hidden_leg
from formcheck.trust.leg import BELOW_HIPS

KNEE, ANKLE = INDEX["right_knee"], INDEX["right_ankle"]
RIGHT = [place for place in BELOW_HIPS if place % 2 == 0]


def hidden(pose: Pose, places: list[int], visibility: float = 0.3) -> Pose:
    """The same pose with these landmarks hardly visible."""
    seen = pose.visibility.copy()
    seen[places] = visibility
    return replace(pose, visibility=seen)


def knee_seen(pose: Pose) -> float:
    """How visible the right knee is to formcheck."""
    return float(with_hidden_leg(pose, torso_of(pose)).visibility[KNEE])


def test_a_leg_behind_the_other_is_just_about_seen() -> None:
    """And so is its foot, but nothing else is changed."""
    pose = hidden(dead_bug(1).poses()[0], RIGHT)
    believed = with_hidden_leg(pose, torso_of(pose))
    assert believed.visibility[RIGHT].tolist() == [SEEN] * len(RIGHT)
    assert np.array_equal(np.delete(believed.visibility, RIGHT), np.delete(pose.visibility, RIGHT))


def test_a_knee_alone_may_be_hidden() -> None:
    """The foot below it is seen as well as it was."""
    pose = hidden(dead_bug(1).poses()[0], [KNEE])
    believed = with_hidden_leg(pose, torso_of(pose)).visibility
    assert (believed[KNEE], believed[ANKLE]) == (SEEN, pose.visibility[ANKLE])


def test_a_leg_that_is_elsewhere_stays_hidden() -> None:
    """It is not behind the other one, but behind a chair or outside the picture."""
    poses = dead_bug(1).poses(fps=10)
    apart = [abs(p.image[KNEE, 0] - p.image[INDEX["left_knee"], 0]) / torso_of(p) for p in poses]
    furthest = poses[int(np.argmax(apart))]
    assert knee_seen(hidden(furthest, RIGHT)) == pytest.approx(0.3)


def test_a_leg_that_is_hardly_seen_hides_nothing() -> None:
    """Both are guesses then."""
    pose = dead_bug(1).poses()[0]
    assert knee_seen(hidden(hidden(pose, BELOW_HIPS, 0.6), RIGHT)) == pytest.approx(0.3)


@pytest.mark.parametrize("name", sorted(MOVEMENTS))
def test_legs_that_are_seen_stay_as_they_are(name: str) -> None:
    """In any exercise."""
    assert all(with_hidden_leg(p, torso_of(p)) is p for p in MOVEMENTS[name](1).poses(fps=10))
