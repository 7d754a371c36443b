"""Landmarks that were found are kept: the same answer without MediaPipe, and nothing for ever."""

import os
import time
from pathlib import Path

import pytest
from helpers.commands import refused, run
from helpers.videos import MakeVideo

from formcheck.errors import SourceError
from formcheck.pose import Pose
from formcheck.sources import opening
from formcheck.sources.landmark_cache import (
    MOST_DAYS,
    SUFFIX,
    cache_folder,
    cache_key,
    cache_size,
    clear_cache,
    drop_old,
    kept_landmarks,
)
from formcheck.sources.look import Looking
from formcheck.sources.opening import open_source

LOOK = Looking(keeps=True)
Row = tuple[bytes, ...]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where landmarks are kept."""
    monkeypatch.setenv("FORMCHECK_CACHE", str(tmp_path / "kept landmarks"))
    return tmp_path / "kept landmarks"


def _gone_through(video: Path, model: Path, look: Looking = LOOK) -> tuple[object, ...]:
    with open_source(video, lambda: model, look) as source:
        rows = [_row(pose, source.brightness) for pose in source]
        return rows, source.size, source.length, source.info(), source.warnings()


def _row(pose: Pose, brightness: float) -> Row:
    arrays = pose.image, pose.world, pose.visibility
    return (
        repr((pose.time, pose.after_cut, brightness)).encode(),
        *(each.tobytes() for each in arrays),
    )


@pytest.fixture(scope="module")
def plain(
    a_moment: Path, model_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[object, ...]:
    """What is seen in that video when nothing is kept."""
    folder = tmp_path_factory.mktemp("plain") / "kept landmarks"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FORMCHECK_CACHE", str(folder))
        found = _gone_through(a_moment, model_path, Looking())
    assert not folder.exists()
    return found


@pytest.fixture(scope="module")
def kept(a_moment: Path, model_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that is kept of it."""
    folder = tmp_path_factory.mktemp("kept")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FORMCHECK_CACHE", str(folder))
        _gone_through(a_moment, model_path)
    (path,) = folder.iterdir()
    return path


def _no_follower(*_: object) -> None:
    raise AssertionError("landmarks are looked for")


def test_what_was_kept_is_the_same_to_the_last_bit(
    a_moment: Path,
    model_path: Path,
    folder: Path,
    plain: tuple[object, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """And it is not looked for again, whatever the video is called now."""
    assert _gone_through(a_moment, model_path) == plain
    monkeypatch.setattr(opening, "_finder", _no_follower)
    assert _gone_through(a_moment, model_path) == plain
    moved = a_moment.with_name("moved é.mp4")
    moved.write_bytes(a_moment.read_bytes())
    assert _gone_through(moved, model_path)[0] == plain[0]
    assert [path.suffix for path in folder.iterdir()] == [SUFFIX]
    assert oct(folder.stat().st_mode)[-3:] == "700" or os.name == "nt"


def test_pictures_are_read_when_they_are_asked_for(a_moment: Path, model_path: Path) -> None:
    """Each belongs to its pose, as when it was found."""

    def pictures() -> list[bytes]:
        with open_source(a_moment, lambda: model_path, LOOK) as source:
            assert source.picture is None
            found = []
            for number, _ in enumerate(source):
                picture = source.picture if number % 7 == 3 else None
                found += [picture.tobytes()] if picture is not None else []
            return found

    first = pictures()
    assert len(first) == 4
    assert pictures() == first


@pytest.mark.parametrize("damage", ["cut", "changed", "empty"])
def test_a_damaged_file_is_found_anew(
    a_moment: Path,
    model_path: Path,
    folder: Path,
    plain: tuple[object, ...],
    kept: Path,
    damage: str,
) -> None:
    """It is never believed, and written again."""
    folder.mkdir()
    path, whole = folder / kept.name, kept.read_bytes()
    middle = len(whole) // 2
    changed = whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :]
    path.write_bytes({"cut": whole[:middle], "changed": changed, "empty": b""}[damage])
    assert kept_landmarks(folder, path.stem) is None
    assert _gone_through(a_moment, model_path) == plain
    assert path.read_bytes() == whole


def test_who_stops_half_way_keeps_nothing(a_moment: Path, model_path: Path, folder: Path) -> None:
    """Half a video would be taken for the whole."""
    with open_source(a_moment, lambda: model_path, LOOK) as source:
        poses = iter(source)
        next(poses)
        del poses
    assert list(folder.iterdir()) == []


def test_what_cannot_be_kept_is_given_all_the_same(
    a_moment: Path,
    model_path: Path,
    tmp_path: Path,
    plain: tuple[object, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is told, once."""
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("FORMCHECK_CACHE", str(tmp_path / "file"))
    *found, warnings = _gone_through(a_moment, model_path)
    assert found == list(plain[:-1])
    assert isinstance(warnings, list)
    (told,) = warnings
    assert told.startswith("formcheck can't save the landmarks for next time. Can't write ")


def test_the_key_tells_apart_what_gives_other_landmarks(tmp_path: Path) -> None:
    """Another content, another model, another rate; and nothing else."""
    video, other, model = (tmp_path / name for name in ("a.mp4", "b.mp4", "model"))
    for path in (video, other, model):
        path.write_bytes(path.name.encode())
    keys = [
        cache_key(video, model, LOOK),
        cache_key(other, model, LOOK),
        cache_key(video, other, LOOK),
        cache_key(video, model, Looking(rate=15.0)),
    ]
    assert len(set(keys)) == 4
    other.write_bytes(video.read_bytes())
    assert cache_key(other, model, LOOK) == keys[0]


@pytest.mark.parametrize("rate", ["0", "-1", "nan", "inf", "1e9", "often"])
def test_a_rate_at_which_nothing_is_seen_is_refused(rate: str) -> None:
    """Before any work."""
    assert "rate" in refused(2, "check", "any.mp4", "-e", "bridge", "--rate", rate)


def test_nothing_is_fetched_for_a_video_that_is_not_there(tmp_path: Path) -> None:
    """It would be for nothing."""

    def find() -> Path:
        raise AssertionError("a model is asked for")

    with pytest.raises(SourceError), open_source(tmp_path / "a.mp4", find, LOOK):
        pass


def test_what_was_used_longest_ago_goes_first(folder: Path) -> None:
    """While there is too much; and what was not used for a month, in any case."""
    folder.mkdir()
    now = time.time()
    for name, days in {"a": 3.0, "b": 1.0, "c": 2.0, "d": MOST_DAYS + 1}.items():
        path = folder / f"{name}{SUFFIX}"
        path.write_bytes(bytes(100))
        os.utime(path, (now, now - days * 86400))
    (folder / "not ours.txt").write_text("")
    drop_old(folder, now)
    assert cache_size(folder) == (3, 300)
    drop_old(folder, now, most=250)
    assert sorted(path.stem for path in folder.iterdir()) == ["b", "c", "not ours"]
    assert clear_cache(folder) == 2
    assert (folder / "not ours.txt").exists()


def test_the_environment_can_say_that_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """For who may not keep anything of people."""
    monkeypatch.setenv("FORMCHECK_CACHE", "off")
    assert cache_folder() is None


def test_a_video_that_is_not_there_is_told_as_ever(tmp_path: Path) -> None:
    """Though it is read for its key first."""
    model = tmp_path / "model"
    model.write_text("")
    with (
        pytest.raises(SourceError, match="doesn't exist"),
        open_source(tmp_path / "a.mp4", lambda: model, LOOK),
    ):
        pass


def test_the_command_keeps_tells_and_removes(
    a_moment: Path, model_path: Path, folder: Path
) -> None:
    """The second time is quick, with the same report; `--no-cache` neither keeps nor takes."""
    result = ["check", a_moment, "-e", "bridge", "--json", "-"]
    first = run(*result, "--no-cache")
    assert not folder.exists()
    assert first.returncode == 0, first.stderr
    assert [run(*result).stdout for _ in range(2)] == [first.stdout] * 2
    assert "of 1 video are kept" in run("doctor").stdout.replace("\n", " ")
    assert run("doctor", "--clear-cache").stdout == "The landmarks of 1 video were removed.\n"
    assert run("doctor", "--clear-cache").stdout == "No landmarks are saved.\n"


def test_fewer_pictures_are_looked_at_when_there_are_more_than_needed(
    make_video: MakeVideo, model_path: Path
) -> None:
    """Of 60 a second every other one; what is asked for is never exceeded for long."""
    video = make_video("quick.mp4", [round(n * 1000 / 60) for n in range(120)])
    for rate, expected in {30.0: 60, 60.0: 120, 15.0: 30}.items():
        with open_source(video, lambda: model_path, Looking(rate)) as source:
            assert len(list(source)) == expected
