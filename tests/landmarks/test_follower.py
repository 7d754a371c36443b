"""Following the one who exercises: others come, stand there, and take nobody's place."""

from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from formcheck.figure.movements import bridge
from formcheck.footage.video import open_video
from formcheck.landmarks.exerciser import figure_of
from formcheck.landmarks.follower import Follower, without
from formcheck.landmarks.landmarker import Landmarker
from formcheck.pose import INDEX, Frame, Pose


@pytest.fixture(scope="module")
def bridge_frames(bridge_video: Path) -> list[Frame]:
    """The first frames of the bridge."""
    with open_video(bridge_video) as source:
        return list(islice(source, 12))


@pytest.fixture(scope="module")
def found(model_path: Path, bridge_frames: list[Frame]) -> Pose:
    """Who is found in the first frames, as of the first one."""
    with Landmarker(model_path) as landmarker:
        pose = [landmarker.detect(frame) for frame in bridge_frames[:5]][-1]
    return replace(pose, time=bridge_frames[0].time)


@pytest.fixture(scope="module")
def small(found: Pose) -> Pose:
    """The same, a fifth as large."""
    return replace(found, image=found.image / 5)


def test_who_is_alone_is_followed_as_by_the_landmarker(
    model_path: Path, bridge_frames: list[Frame]
) -> None:
    """Bit for bit: to look around changes nothing."""
    with Landmarker(model_path) as landmarker, Follower(model_path) as follower:
        for frame in bridge_frames:
            expected, pose = landmarker.detect(frame), follower.detect(frame)
            assert np.array_equal(pose.image, expected.image, equal_nan=True)
        assert not follower.warnings()


def test_it_comes_back_to_the_one_who_stayed(
    model_path: Path, bridge_frames: list[Frame], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though somebody else is followed by then, as after they have met."""
    frames = [Frame(i / 5, bridge_frames[0].image) for i in range(16)]
    with Follower(model_path) as follower:
        poses = [follower.detect(frame) for frame in frames[:8]]
        size = figure_of(poses[-1]).torso
        away = replace(poses[-1], image=poses[-1].image + np.array([0, -1.5 * size, 0]))
        with monkeypatch.context() as patch:
            patch.setattr(follower._landmarker, "detect", lambda frame: away)
            lost = follower.detect(frames[8])
        back = [follower.detect(frame) for frame in frames[9:]]
    assert not lost.is_present
    assert follower.attention.mistaken == 1
    assert "someone else" in follower.warnings()[0]
    assert all(abs(figure_of(b).place - figure_of(poses[0]).place) < 0.1 * size for b in back)


def test_the_more_prominent_of_two_is_followed(
    model_path: Path,
    bridge_frames: list[Frame],
    found: Pose,
    small: Pose,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Though MediaPipe found the other one first."""
    with Follower(model_path) as follower:
        with monkeypatch.context() as patch:
            patch.setattr(follower._landmarker, "detect", lambda frame: small)
            first = follower.detect(bridge_frames[0])
        then = [follower.detect(f) for f in bridge_frames[1:]][-1]
    assert not first.is_present
    assert abs(figure_of(then).place - figure_of(found).place) < 0.1 * figure_of(found).torso


def test_it_says_that_somebody_less_prominent_is_there_too(
    model_path: Path,
    bridge_frames: list[Frame],
    found: Pose,
    small: Pose,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """And goes on with the one it follows."""
    with Follower(model_path) as follower:
        monkeypatch.setattr(
            follower._landmarker, "detect", lambda frame: replace(found, time=frame.time)
        )
        monkeypatch.setattr(follower._landmarker, "glance", lambda frame, shown: small)
        image = bridge_frames[0].image
        poses = [follower.detect(Frame(time, image)) for time in (0.0, 2.1, 4.0, 6.2)]
    assert all(each.is_present for each in poses)
    assert "too" in follower.warnings()[0]


def test_a_body_is_blotted_out_and_nothing_far_from_it() -> None:
    """Where its landmarks are, and some way around."""
    pose = bridge(0).poses()[0]
    image = np.zeros((480, 640, 3), np.uint8)
    shown = without(image, pose)
    x, y = (pose.image[INDEX["left_hip"], :2] * 480).round().astype(int)
    assert (shown[y, x] == 127).all()
    assert not shown[0, 0].any()
    assert not image.any()
