"""Recordings: what is recorded comes back, and what is damaged is refused."""

import contextlib
import io
import random
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from helpers.full_disk import write_when_full
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as st_numpy

from formcheck.errors import OutputError, SourceError
from formcheck.pose import Pose, to_image_heights
from formcheck.sources import recording as recording_module
from formcheck.sources.recording import FORMAT, RecordingWriter, read_recording


def a_pose(time: float = 0.0, size: tuple[int, int] = (640, 480)) -> Pose:
    """A person somewhere in the picture."""
    rng = np.random.default_rng(round(time * 1000))
    return Pose.from_normalized(
        time,
        rng.uniform(-0.1, 1.1, (33, 3)).astype(np.float32),
        rng.normal(size=(33, 3)).astype(np.float32),
        rng.uniform(0, 1, 33).astype(np.float32),
        size,
    )


def same(one: Pose, other: Pose) -> bool:
    """Whether two poses agree bit for bit."""
    return one.time == other.time and all(
        np.array_equal(getattr(one, name), getattr(other, name), equal_nan=True)
        for name in ("image", "world", "visibility", "after_cut")
    )


def arrays(frames: int = 3, **changed: Any) -> dict[str, Any]:
    """The arrays of a good recording, with some of them changed."""
    good = {
        "time_s": np.arange(frames) / 25,
        "landmarks": np.full((frames, 33, 3), 0.5, np.float32),
        "world": np.zeros((frames, 33, 3), np.float32),
        "visibility": np.ones((frames, 33), np.float32),
        "size": np.array([640, 480]),
    }
    return {name: value for name, value in (good | changed).items() if value is not None}


def saved(folder: Path, content: dict[str, Any]) -> Path:
    """Write arrays as an `.npz` file."""
    path = folder / "it.npz"
    np.savez(path, **content)
    return path


def record(path: Path, *poses: Pose, size: tuple[int, int] = (640, 480)) -> None:
    """Write a recording of these poses."""
    with RecordingWriter(path, size) as writer:
        for pose in poses:
            writer.add(pose)


def interrupted_recording(path: Path) -> None:
    """Begin a recording and press Ctrl-C."""
    with RecordingWriter(path, (640, 480)) as writer:
        writer.add(a_pose())
        raise KeyboardInterrupt


FINITE = st.floats(-3, 3, width=32)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    landmarks=st_numpy.arrays(np.float32, (33, 3), elements=FINITE),
    world=st_numpy.arrays(np.float32, (33, 3), elements=FINITE),
    visibility=st_numpy.arrays(np.float32, (33,), elements=st.floats(0, 1, width=32)),
    size=st.tuples(st.integers(1, 8000), st.integers(1, 8000)),
    after_cut=st.booleans(),
)
def test_a_replayed_pose_is_the_recorded_one_bit_for_bit(
    tmp_path: Path,
    landmarks: Any,
    world: Any,
    visibility: Any,
    size: tuple[int, int],
    after_cut: bool,
) -> None:
    """Any picture size, also with landmarks outside the picture."""
    assume((landmarks != landmarks[0]).any())  # that is nobody
    pose = Pose.from_normalized(1.25, landmarks, world, visibility, size)
    pose = replace(pose, after_cut=after_cut)
    path = tmp_path / "it.npz"
    record(path, pose, size=size)
    recording = read_recording(path)
    assert same(next(recording.poses()), pose)
    assert np.array_equal(recording.landmarks[0], landmarks)


@pytest.mark.parametrize("place", [0.0, 0.5])
def test_landmarks_at_one_point_are_nobody(tmp_path: Path, place: float) -> None:
    """So converters from other programs write it."""
    path = tmp_path / "it.npz"
    nobody = replace(a_pose(), image=np.full((33, 3), place))
    record(path, nobody, a_pose(0.04), size=(480, 480))
    recording = read_recording(path)
    assert [pose.is_present for pose in recording.poses()] == [False, True]
    assert recording.frames_with_pose == 1


def test_an_absent_person_is_replayed_as_absent(tmp_path: Path) -> None:
    """Nobody in view is not a person at an unknown place."""
    path = tmp_path / "it.npz"
    record(path, Pose.absent(0.0), a_pose(0.04))
    recording = read_recording(path)
    assert same(next(recording.poses()), Pose.absent(0.0))
    assert (recording.frames, recording.frames_with_pose) == (2, 1)


def test_a_recording_knows_its_length(tmp_path: Path) -> None:
    """The last frame lasts as long as frames usually do."""
    recording = read_recording(saved(tmp_path, arrays(frames=50)))
    assert recording.duration == pytest.approx(2.0)
    assert recording.info.frames == 50


def test_an_older_recording_without_a_format_is_read(tmp_path: Path) -> None:
    """The first recordings had no format."""
    assert read_recording(saved(tmp_path, arrays())).frames == 3


def test_a_recording_says_its_format(tmp_path: Path) -> None:
    """So that a later format can be told apart."""
    path = tmp_path / "it.npz"
    record(path, a_pose())
    with np.load(path) as content:
        assert str(content["format"]) == FORMAT


def test_an_hour_is_replayed_many_frames_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At 30 frames a second: so it takes a second or two, without the reading of the file."""
    recording = read_recording(saved(tmp_path, arrays(frames=108_000)))
    converted: list[int] = []

    def noted(landmarks: Any, size: tuple[int, int]) -> Any:
        converted.append(len(landmarks))
        return to_image_heights(landmarks, size)

    monkeypatch.setattr(recording_module, "to_image_heights", noted)
    assert sum(1 for _ in recording.poses()) == 108_000
    assert len(converted) < 500


def test_an_error_while_recording_leaves_no_file(tmp_path: Path) -> None:
    """Half a recording is worse than none; one that was there before stays."""
    path = saved(tmp_path, arrays())
    before = path.read_bytes()
    with pytest.raises(KeyboardInterrupt):
        interrupted_recording(path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_recording_into_a_missing_folder_is_refused_at_once(tmp_path: Path) -> None:
    """Not after an hour of recording."""
    with pytest.raises(OutputError, match="there is no folder"):
        RecordingWriter(tmp_path / "nowhere" / "it.npz", (640, 480))


def test_a_failed_write_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk gives one clear error."""
    monkeypatch.setattr(np, "savez_compressed", write_when_full)
    with pytest.raises(OutputError, match=r"Can't write .*it\.npz"):
        record(tmp_path / "it.npz", a_pose())
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"world": None}, "lacks world"),
        ({"time_s": np.array([0.0, 0.2, 0.1])}, "times don't increase"),
        ({"time_s": np.array([0.0, 0.1, 0.1])}, "times don't increase"),
        ({"time_s": np.array([0.0, np.nan, 0.1])}, "times don't increase"),
        ({"time_s": np.array(1.0)}, "time_s"),
        ({"landmarks": np.zeros((3, 17, 3), np.float32)}, "landmarks"),
        ({"visibility": np.zeros((2, 33), np.float32)}, "visibility"),
        ({"world": np.zeros((3, 33, 3), complex)}, "world"),
        ({"after_cut": np.zeros(2, bool)}, "after_cut"),
        ({"after_cut": np.zeros(3)}, "after_cut"),
        ({"size": np.array([640])}, "size"),
        ({"size": np.array([640, 0])}, "size"),
        ({"format": np.array("formcheck-recording/9")}, "Update formcheck"),
        ({"landmarks": np.array([{"a": 1}], dtype=object)}, "can't be read"),
    ],
)
def test_a_recording_that_is_not_right_is_refused(
    tmp_path: Path, changed: dict[str, Any], said: str
) -> None:
    """One line says what is wrong with it."""
    with pytest.raises(SourceError, match=said) as refusal:
        read_recording(saved(tmp_path, arrays(**changed)))
    assert "\n" not in str(refusal.value)


def test_a_recording_without_frames_is_refused(tmp_path: Path) -> None:
    """There is nothing to check in it."""
    with pytest.raises(SourceError, match="no frames"):
        read_recording(saved(tmp_path, arrays(frames=0)))


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04 and then nothing"])
def test_a_file_that_is_no_recording_is_refused(tmp_path: Path, content: bytes) -> None:
    """Empty, text, or the beginning of a zip."""
    path = tmp_path / "it.npz"
    path.write_bytes(content)
    with pytest.raises(SourceError, match="isn't a recording"):
        read_recording(path)


def test_a_single_array_is_refused(tmp_path: Path) -> None:
    """A `.npy` file is not a recording."""
    np.save(tmp_path / "it.npy", np.zeros(3))
    with pytest.raises(SourceError, match="isn't a recording"):
        read_recording(tmp_path / "it.npy")


@pytest.mark.parametrize("name", ["missing.npz", "."])
def test_a_recording_that_is_not_there_is_refused(tmp_path: Path, name: str) -> None:
    """A missing file, or a folder."""
    with pytest.raises(SourceError):
        read_recording(tmp_path / name)


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_recording_is_read_or_refused_but_never_crashes(
    tmp_path: Path, seed: int
) -> None:
    """Some bytes of a good file are changed."""
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **arrays(frames=20))
    content = bytearray(buffer.getvalue())
    rng = random.Random(seed)
    for _ in range(rng.randint(1, 6)):
        content[rng.randrange(len(content))] = rng.randrange(256)
    path = tmp_path / "it.npz"
    path.write_bytes(content[: rng.choice([len(content), rng.randrange(len(content))])])
    with contextlib.suppress(SourceError):
        read_recording(path)


def test_a_member_that_needs_a_password_is_refused(tmp_path: Path) -> None:
    """A zip may say that it is encrypted."""
    path = saved(tmp_path, arrays())
    content = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.find(mark) + offset] |= 1
    path.write_bytes(content)
    assert zipfile.is_zipfile(path)
    with pytest.raises(SourceError):
        read_recording(path)
