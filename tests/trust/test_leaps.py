"""Leaps: a body that is suddenly elsewhere, and what only looks like one."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from formcheck.figure.movements import MOVEMENTS, bridge
from formcheck.figure.viewpoint import Noise
from formcheck.measuring.tracker import BodyTracker
from formcheck.pose import Pose
from formcheck.trust.leaps import FASTEST, LEAP, STAYS, Leaps


def moved(pose: Pose, right: float) -> Pose:
    """The same person so many image heights further to the right."""
    return replace(pose, image=pose.image + np.array([right, 0.0, 0.0]))


def new_at(poses: list[Pose]) -> list[float]:
    """When the body was taken for a new one."""
    leaps = Leaps()
    return [pose.time for pose in poses if leaps.update(pose).is_new]


def length_of(pose: Pose) -> float:
    """The torso's, in image heights."""
    tracker = BodyTracker()
    return tracker.update(pose).torso


def test_a_body_that_stays_elsewhere_is_new_once() -> None:
    """And is not believed until it has stayed."""
    poses = bridge(1).poses()
    far = 3.0 * length_of(poses[0])
    cut = [*poses[:60], *(moved(pose, far) for pose in poses[60:])]
    (at,) = new_at(cut)
    assert at - poses[60].time == pytest.approx(STAYS, abs=0.05)
    leaps = Leaps()
    doubted = [pose.time for pose in cut if not leaps.update(pose).is_believed]
    assert doubted
    assert poses[60].time <= min(doubted)
    assert max(doubted) < at


def test_a_body_that_is_back_at_once_was_never_elsewhere() -> None:
    """Wrong landmarks of a picture or two are left out, no more."""
    poses = bridge(1).poses()
    far = 3.0 * length_of(poses[0])
    wrong = [moved(pose, far) if 60 <= i < 63 else pose for i, pose in enumerate(poses)]
    leaps = Leaps()
    places = [leaps.update(pose) for pose in wrong]
    assert [i for i, place in enumerate(places) if not place.is_believed] == [60, 61, 62]
    assert not any(place.is_new for place in places)


@pytest.mark.parametrize("name", sorted(MOVEMENTS))
@pytest.mark.parametrize("fps", [8, 30])
def test_nobody_who_exercises_leaps(name: str, fps: float) -> None:
    """In any exercise, on a slow computer too, with landmarks that waver."""
    poses = MOVEMENTS[name](2).poses(fps=fps, noise=Noise(seed=1))
    assert new_at(poses) == []


def test_who_was_away_for_long_may_be_anywhere() -> None:
    """There was time to walk."""
    poses = bridge(1).poses()
    torso = length_of(poses[0])
    seconds = (2.0 - LEAP) / FASTEST
    later = [replace(moved(pose, 2 * torso), time=pose.time + seconds) for pose in poses[60:]]
    assert new_at([*poses[:60], *later]) == []
    assert new_at([*poses[:60], *(moved(pose, 2 * torso) for pose in poses[60:])])


def test_the_body_begins_anew_where_it_leapt() -> None:
    """The tracker says so once, and knows nothing of the old place any more."""
    poses = bridge(1).poses()
    half = [replace(p, image=p.image * 0.5 + np.array([1.5, 0.4, 0.0])) for p in poses[60:]]
    tracker = BodyTracker()
    bodies = [tracker.update(pose) for pose in [*poses[:60], *half]]
    assert sum(body.is_new for body in bodies) == 1
    sizes = [body.torso for body in bodies]
    assert sizes[-1] == pytest.approx(0.5 * sizes[0], rel=0.1)
    assert all(earlier.time <= later.time for earlier, later in pairwise(bodies))
