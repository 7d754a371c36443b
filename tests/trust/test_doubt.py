"""Doubt: a body that trembles and stretches cannot be one; one that moves quickly can."""

from dataclasses import replace

import numpy as np
import pytest

from formcheck.figure.movements import bridge, squat
from formcheck.figure.viewpoint import Noise
from formcheck.pose import Array, Pose
from formcheck.trust.doubt import Doubt


def _told(poses: list[Pose]) -> list[bool]:
    doubt = Doubt()
    return [doubt.update(pose) for pose in poses]


def _guessed(seconds: float, fps: int = 30) -> list[Pose]:
    """Somebody who lies still, of whom each picture gives another guess."""
    noise = Noise(sd=0.06, correlation=0.02, seed=3)
    return bridge(0, rest=seconds).poses(fps=fps, noise=noise)


@pytest.mark.parametrize("fps", [15, 30, 60])
def test_a_body_that_trembles_and_stretches_is_doubted(fps: int) -> None:
    """At any frame rate, once it has lasted for a few seconds."""
    told = _told(_guessed(8.0, fps))
    assert not any(told[: 2 * fps])
    assert all(told[5 * fps :])


@pytest.mark.parametrize("script", [bridge(3), squat(4, out=0.4, hold=0.0, back=0.4)])
def test_a_body_that_moves_is_not_doubted(script: object) -> None:
    """Slowly or quickly, with the noise that good landmarks have."""
    noise = Noise(sd=0.01, correlation=0.2, seed=3)
    assert not any(_told(script.poses(noise=noise)))  # type: ignore[attr-defined]


def _shifted(poses: list[Pose], spread: float) -> list[Pose]:
    """The same, each whole body at another place."""
    shifts: Array = np.random.default_rng(5).normal(0.0, spread, (len(poses), 1, 3))
    return [replace(p, image=p.image + s) for p, s in zip(poses, shifts, strict=True)]


def test_a_camera_that_shakes_is_not_doubted() -> None:
    """All joints jump, but the bones keep their lengths."""
    assert not any(_told(_shifted(bridge(0, rest=8.0).poses(), 0.02)))


def test_doubt_ends_some_time_after_the_body_is_seen_well_again() -> None:
    """Not at the first good look, and not much later than what is looked at together."""
    good = [replace(pose, time=pose.time + 8.0) for pose in bridge(0, rest=8.0).poses()]
    told = _told(_guessed(8.0)[:240] + good)
    assert told[240]
    assert not told[-1]


def test_somebody_who_is_lost_and_found_is_seen_afresh() -> None:
    """Their place has jumped, and that is no trembling."""
    poses = bridge(0, rest=8.0).poses()
    gone = [Pose.absent(p.time) if i % 20 == 0 else p for i, p in enumerate(_shifted(poses, 0.1))]
    assert not any(_told(gone))
