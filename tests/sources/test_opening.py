"""Videos and recordings are opened the same way, and judged the same way."""

import os
import shutil
from pathlib import Path

import pytest
from helpers.places import SAMPLES

import formcheck
from formcheck.checking.calls import check
from formcheck.checking.judge_source import judge, require_person
from formcheck.definition.loading import load_exercise
from formcheck.errors import ExerciseError, FormcheckError, ModelError, SourceError
from formcheck.observer import Judged, Observer, Outcome
from formcheck.pose import Pose, SourceInfo
from formcheck.sources.opening import open_source
from formcheck.sources.recording import RecordingWriter

BRIDGE = SAMPLES / "bridge_5.npz"


def no_model() -> Path:
    """Where no model may be asked for."""
    raise AssertionError("a recording needs no model")


def test_a_recording_gives_its_poses_without_a_model() -> None:
    """With its size and length."""
    with open_source(BRIDGE, no_model) as source:
        poses = list(source)
        info = source.info()
        assert source.length == info.duration
        assert min(source.size) > 100
        assert source.warnings() == []
    assert len(poses) == info.frames
    assert sum(pose.is_present for pose in poses) == info.frames_with_pose
    assert info.path == str(BRIDGE)


def test_a_recording_is_known_by_its_name_in_any_case(tmp_path: Path) -> None:
    """Some cameras and systems write names in capitals."""
    path = tmp_path / "IT.NPZ"
    shutil.copy(BRIDGE, path)
    with open_source(path, no_model) as source:
        assert next(iter(source)).is_present


def test_a_video_counts_what_it_has_given(bridge_video: Path, model_path: Path) -> None:
    """Duration and frames are of what was gone through, not of what the file states."""
    with open_source(bridge_video, lambda: model_path) as source:
        assert source.length == pytest.approx(17.6, abs=0.1)
        assert source.info().frames == 0
        poses = iter(source)
        times = [next(poses).time for _ in range(3)]
        info = source.info()
    assert times == pytest.approx([0.0, 0.04, 0.08])
    assert (info.frames, info.frames_with_pose) == (3, 3)
    assert info.duration == pytest.approx(0.12)


def test_a_video_that_is_none_is_refused_before_a_model_is_fetched(tmp_path: Path) -> None:
    """Nobody waits for a download to be told of a slip."""
    path = tmp_path / "it.mp4"
    path.write_bytes(b"hello")
    with pytest.raises(SourceError), open_source(path, no_model):
        pass


def test_a_model_that_cannot_be_had_is_told(bridge_video: Path) -> None:
    """The video is closed all the same."""

    def find() -> Path:
        raise ModelError("no model")

    with pytest.raises(ModelError), open_source(bridge_video, find):
        pass


class Notes(Observer):
    """Notes the times of what is judged, and what has ended."""

    def __init__(self) -> None:
        """Have seen nothing."""
        self.times: list[float] = []
        self.ended: list[Outcome] = []

    def add(self, judged: Judged) -> None:
        """Note the time; nothing comes after the end."""
        assert not self.ended
        self.times.append(judged.pose.time)

    def end(self, outcome: Outcome) -> None:
        """Note it."""
        self.ended.append(outcome)


def test_every_pose_goes_to_every_observer_and_then_the_outcome() -> None:
    """In order of time."""
    notes = [Notes(), Notes()]
    with open_source(BRIDGE, no_model) as source:
        result = judge(source, load_exercise("bridge"), None, notes)
    for each in notes:
        assert len(each.times) == result.source.frames
        assert each.times == sorted(each.times)
        assert each.ended == [result]
    assert len(result.summary.reps) == 5


def test_the_public_check_is_one_line() -> None:
    """With a name, a file or a definition; the same result."""
    by_name = formcheck.check(BRIDGE, "bridge")
    definition = formcheck.load_exercise("bridge")
    assert len(by_name.reps) == 5
    # As text, in which what is unknown, NaN, is the same as itself.
    assert repr(check(str(BRIDGE), definition)) == repr(by_name)
    assert repr(check(BRIDGE, SAMPLES.parent / "exercises" / "bridge.toml")) == repr(by_name)


def test_only_the_asked_for_side_is_watched() -> None:
    """Where each side is counted for itself."""
    left = check(SAMPLES / "standing_leg_raise_6.npz", "standing_leg_raise", "left")
    assert {each.side for each in left.sets} == {"left"}


def test_a_recording_of_nobody_is_refused(tmp_path: Path) -> None:
    """No summary says that nobody did anything wrong."""
    path = tmp_path / "nobody.npz"
    with RecordingWriter(path, (640, 480)) as writer:
        writer.add(Pose.absent(0.0))
        writer.add(Pose.absent(0.04))
    with pytest.raises(SourceError, match="Nobody was found"):
        check(path, "bridge")
    with pytest.raises(SourceError, match="clip"):
        require_person(SourceInfo("clip", 1.0, 25, 0))
    require_person(SourceInfo("clip", 1.0, 25, 1))


def test_whatever_is_wrong_is_one_kind_of_error(tmp_path: Path) -> None:
    """A program catches FormcheckError."""
    assert issubclass(SourceError, FormcheckError)
    with pytest.raises(SourceError):
        check(tmp_path / "missing.npz", "bridge")
    with pytest.raises(ExerciseError):
        check(BRIDGE, "qqq")


def test_every_public_name_is_there() -> None:
    """They are loaded at first use."""
    for name in formcheck.__all__:
        assert getattr(formcheck, name).__name__ == name
    assert dir(formcheck) == sorted(formcheck.__all__)
    with pytest.raises(AttributeError, match="no attribute 'chek'"):
        _ = formcheck.chek


def test_a_path_may_be_given_as_text(tmp_path: Path) -> None:
    """Or as anything that is a path to Python."""
    path = tmp_path / "ein Film 膝.npz"
    shutil.copy(BRIDGE, path)
    with open_source(os.fspath(path), no_model) as source:
        assert source.length
