"""The landmarker: a person is found, however the picture is turned, and quietly."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from zipfile import ZipFile

import cv2
import numpy as np
import pytest

from formcheck.errors import ModelError
from formcheck.footage.video import open_video
from formcheck.landmarks import landmarker
from formcheck.landmarks.landmarker import SEARCH, Landmarker
from formcheck.pose import INDEX, Frame, Pose
from formcheck.sources.recording import RecordingWriter, read_recording

CHECKED = [INDEX[name] for name in ("nose", "right_shoulder", "right_hip", "right_knee")]


@pytest.fixture(scope="module")
def bridge_frames(bridge_video: Path) -> list[Frame]:
    """The first frames of the bridge."""
    with open_video(bridge_video) as source:
        return list(islice(source, 25))


def detect(model: Path, frames: list[Frame]) -> list[Pose]:
    """Poses of frames with a fresh landmarker."""
    with Landmarker(model) as finder:
        return [finder.detect(frame) for frame in frames]


@pytest.fixture(scope="module")
def bridge_poses(model_path: Path, bridge_frames: list[Frame]) -> list[Pose]:
    """The poses of the first frames of the bridge."""
    return detect(model_path, bridge_frames)


def empty_frames(count: int) -> Iterator[Frame]:
    """A grey wall."""
    for index in range(count):
        yield Frame(index / 25, np.full((240, 320, 3), 127, np.uint8))


def same(one: Pose, other: Pose) -> bool:
    """Whether two poses agree bit for bit."""
    return one.time == other.time and all(
        np.array_equal(getattr(one, name), getattr(other, name), equal_nan=True)
        for name in ("image", "world", "visibility", "after_cut")
    )


def test_the_person_is_found_in_every_frame(bridge_poses: list[Pose]) -> None:
    """A person on the floor, seen from the side."""
    assert all(pose.is_present for pose in bridge_poses)
    assert bridge_poses[-1].visibility[CHECKED].min() > 0.8


def test_a_pose_has_the_time_of_its_frame(
    bridge_frames: list[Frame], bridge_poses: list[Pose]
) -> None:
    """Exactly, not in whole milliseconds."""
    assert [pose.time for pose in bridge_poses] == [frame.time for frame in bridge_frames]


def test_the_same_frames_give_the_same_poses(
    model_path: Path, bridge_frames: list[Frame], bridge_poses: list[Pose]
) -> None:
    """Nothing depends on the clock or on chance."""
    assert all(map(same, detect(model_path, bridge_frames), bridge_poses))


def test_a_recording_replays_what_the_landmarker_found(
    tmp_path: Path, bridge_poses: list[Pose]
) -> None:
    """Bit for bit, so that a check of a recording is a check of the video."""
    with RecordingWriter(tmp_path / "it.npz", (640, 480)) as writer:
        for pose in bridge_poses:
            writer.add(pose)
    assert all(map(same, read_recording(tmp_path / "it.npz").poses(), bridge_poses))


def test_a_pose_tells_that_the_picture_was_cut(
    model_path: Path, bridge_frames: list[Frame], tmp_path: Path
) -> None:
    """Once, at the first picture of the new scene, and in a recording too."""
    there = np.ascontiguousarray(bridge_frames[0].image[:, ::-1])
    frames = [replace(f, image=f.image if f.time < 0.4 else there) for f in bridge_frames]
    poses = detect(model_path, frames)
    assert [pose.time for pose in poses if pose.after_cut] == [0.4]
    with RecordingWriter(tmp_path / "it.npz", (640, 480)) as writer:
        for pose in poses:
            writer.add(pose)
    assert all(map(same, read_recording(tmp_path / "it.npz").poses(), poses))


def test_nobody_in_view_is_an_absent_pose(model_path: Path) -> None:
    """Not an error, and nothing invented."""
    poses = detect(model_path, list(empty_frames(8)))
    assert not any(pose.is_present for pose in poses)
    assert all(np.isnan(pose.image).all() for pose in poses)


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_person_is_found_however_the_picture_is_turned(
    model_path: Path, bridge_frames: list[Frame], bridge_poses: list[Pose], turns: int
) -> None:
    """Within one round of the search, and in the right place."""
    turned = [
        Frame(frame.time, np.ascontiguousarray(np.rot90(frame.image, -turns)))
        for frame in bridge_frames
    ]
    poses = detect(model_path, turned)
    assert all(pose.is_present for pose in poses[len(SEARCH) :])
    x, y = poses[-1].image[CHECKED, :2].T
    width = turned[0].image.shape[1] / turned[0].image.shape[0]
    for _ in range(4 - turns):  # onwards to a whole turn: clockwise in image heights
        x, y, width = (1 - y) / width, x / width, 1 / width
    assert np.abs(bridge_poses[-1].image[CHECKED, :2] - np.stack([x, y], 1)).max() < 0.03


@pytest.mark.parametrize("turns", [1, 3])
def test_landmarks_of_a_turned_picture_are_turned_back(
    model_path: Path,
    bridge_frames: list[Frame],
    bridge_poses: list[Pose],
    turns: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Found in the turned picture, the person is where it is in the upright one, in depth too."""
    monkeypatch.setattr(landmarker, "SEARCH", (turns,))
    pose = detect(model_path, bridge_frames)[-1]
    upright = bridge_poses[-1]
    assert np.abs(pose.image - upright.image)[CHECKED, :2].max() < 0.02
    assert np.abs(pose.image - upright.image)[CHECKED, 2].max() < 0.1
    assert np.abs(pose.world - upright.world)[CHECKED].max() < 0.06


def test_frames_less_than_a_millisecond_apart_are_taken(
    model_path: Path, bridge_frames: list[Frame]
) -> None:
    """MediaPipe's clock would refuse them."""
    close = [Frame(index * 0.0001, frame.image) for index, frame in enumerate(bridge_frames[:6])]
    assert len(detect(model_path, close)) == 6


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 nothing", b"text " * 1000])
def test_a_damaged_model_is_refused_in_one_line(tmp_path: Path, content: bytes) -> None:
    """Empty, cut off, or something else."""
    path = tmp_path / "it.task"
    path.write_bytes(content)
    with pytest.raises(ModelError, match=r"it\.task") as refusal:
        Landmarker(path)
    assert "\n" not in str(refusal.value)


def test_a_model_of_exchanged_networks_is_refused(
    model_path: Path, bridge_frames: list[Frame], tmp_path: Path
) -> None:
    """That shows at the first picture only. Nobody is told to delete a file of their own."""
    path = tmp_path / "it.task"
    with ZipFile(model_path) as whole, ZipFile(path, "w") as exchanged:
        for name, other in zip(whole.namelist(), reversed(whole.namelist()), strict=True):
            exchanged.writestr(name, whole.read(other))
    with pytest.raises(ModelError, match=r"can't use .*\. Choose another") as refusal:
        detect(path, bridge_frames[:1])
    assert "Delete" not in str(refusal.value)
    assert len(str(refusal.value).splitlines()) == 1


def test_a_missing_model_is_refused(tmp_path: Path) -> None:
    """With its name."""
    with pytest.raises(ModelError, match=r"it\.task"):
        Landmarker(tmp_path / "it.task")


def test_mediapipe_says_nothing_of_its_own(
    tmp_path: Path, model_path: Path, bridge_frames: list[Frame]
) -> None:
    """In a process of its own, because MediaPipe says each thing once."""
    picture = tmp_path / "it.png"
    cv2.imwrite(str(picture), bridge_frames[0].image)
    program = (
        "import cv2, sys; from pathlib import Path\n"
        "from formcheck.landmarks.landmarker import Landmarker; from formcheck.pose import Frame\n"
        "with Landmarker(Path(sys.argv[1])) as finder:\n"
        "    poses = [finder.detect(Frame(i / 25, cv2.imread(sys.argv[2]))) for i in range(6)]\n"
        "print(any(pose.is_present for pose in poses)); print('kept', file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(model_path), str(picture)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert (done.stdout, done.stderr) == ("True\n", "kept\n")
