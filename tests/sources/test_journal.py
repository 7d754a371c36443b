"""The journal: a recording that is cut off is read up to its last whole row."""

import os
from pathlib import Path

import numpy as np
import pytest
from helpers.commands import killed_after
from helpers.full_disk import write_when_full
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from formcheck.errors import OutputError, SourceError
from formcheck.pose import Pose
from formcheck.sources.journal import (
    HEAD,
    OLD_FIRST_LINE,
    OLD_ROW,
    ROW,
    SAVE_EVERY,
    Journal,
    read_journal,
)
from formcheck.sources.recording import RecordingWriter, read_recording

ROWS = 7

WRITE_UNTIL_KILLED = """
import sys, time
import numpy as np
from formcheck.pose import Pose
from formcheck.sources.recording import RecordingWriter
with RecordingWriter(sys.argv[1], (640, 480)) as writer:
    start = time.monotonic()
    while True:
        now = time.monotonic() - start
        writer.add(Pose(now, np.full((33, 3), now), np.zeros((33, 3)), np.ones(33)))
        print(now, flush=True)
        time.sleep(0.02)
"""


def written(path: Path, rows: int = ROWS) -> bytes:
    """A journal of so many rows, the landmarks of each full of its number."""
    with path.open("wb") as file:
        journal = Journal(file, (640, 480))
        for number in range(rows):
            landmarks = np.full((33, 3), number)
            journal.add(time_s=number / 25, landmarks=landmarks, visibility=np.ones(33))
    return path.read_bytes()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(length=st.integers(0, HEAD + ROWS * ROW.itemsize))
def test_a_journal_cut_at_any_byte_has_its_whole_rows(tmp_path: Path, length: int) -> None:
    """And no others; without its whole head it is refused."""
    path = tmp_path / "it.npz.part"
    path.write_bytes(written(tmp_path / "whole")[:length])
    if length < HEAD:
        with pytest.raises(SourceError, match="not the beginning"):
            read_journal(path)
        return
    rows, size = read_journal(path)
    whole = (length - HEAD) // ROW.itemsize
    assert size == (640, 480)
    assert rows["time_s"].tolist() == [number / 25 for number in range(whole)]
    assert [row["landmarks"].max() for row in rows] == list(range(whole))


def test_what_a_killed_session_left_is_kept(tmp_path: Path) -> None:
    """Under a name of its own, by which it is read; the next does not mix with it."""
    path = tmp_path / "it.npz"
    for number in (1, 2):
        written(tmp_path / "it.npz.part", rows=100 * number)
        with RecordingWriter(path, (64, 48)) as writer:
            writer.add(Pose.absent(0.0))
        assert read_recording(path).frames == 1
        assert read_recording(tmp_path / f"it.rescued-{number}.npz.part").frames == 100 * number
    assert len(list(tmp_path.iterdir())) == 3


def test_what_is_no_journal_is_refused(tmp_path: Path) -> None:
    """Another file, a missing one, one without a row."""
    path = tmp_path / "it.npz.part"
    for content in (b"Dear diary", b"x" * 5000):
        path.write_bytes(content)
        with pytest.raises(SourceError, match="not the beginning"):
            read_recording(path)
    path.write_bytes(written(path, rows=1)[:HEAD])
    with pytest.raises(SourceError, match="no frames"):
        read_recording(path)
    with pytest.raises(SourceError, match="doesn't exist"):
        read_recording(tmp_path / "missing.npz.part")


def test_rows_are_handed_over_as_time_goes_by(tmp_path: Path) -> None:
    """What a killed program loses is bounded by time, not by number."""
    now = 0.0
    with (tmp_path / "it").open("wb") as file:
        journal = Journal(file, (640, 480), clock=lambda: now)
        journal.add(time_s=0.0)
        assert (tmp_path / "it").stat().st_size == 0
        now = SAVE_EVERY + 0.1
        journal.add(time_s=1.0)
        assert len(read_journal(tmp_path / "it")[0]) == 2


def test_an_older_journal_is_read(tmp_path: Path) -> None:
    """As if there was no cut; such a file may have been left behind by an older formcheck."""
    rows = np.zeros(2, OLD_ROW)
    rows["time_s"], rows["landmarks"] = [0.0, 0.04], np.arange(99).reshape(33, 3) / 99
    path = tmp_path / "it.npz.part"
    path.write_bytes(OLD_FIRST_LINE + np.array([640, 480], "<i8").tobytes() + rows.tobytes())
    recording = read_recording(path)
    assert recording.frames == 2
    assert np.array_equal(recording.landmarks, rows["landmarks"])
    assert not recording.after_cut.any()


def test_a_recording_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """With its path."""
    with pytest.raises(OutputError, match="nowhere"):
        RecordingWriter(tmp_path / "nowhere" / "it.npz", (640, 480))


@pytest.mark.skipif(os.name != "posix", reason="needs the signal KILL")
def test_a_killed_recording_has_all_but_the_last_second(tmp_path: Path) -> None:
    """The file beside it remains, and is read like a recording."""
    path = tmp_path / "it.npz"
    last = killed_after(1.3, WRITE_UNTIL_KILLED, path)
    assert [each.name for each in tmp_path.iterdir()] == ["it.npz.part"]
    recording = read_recording(tmp_path / "it.npz.part")
    assert recording.size == (640, 480)
    assert recording.time_s[-1] > last - 1.0
    assert recording.frames > 20


def broken_off(path: Path, *, keep: bool) -> None:
    """A recording that an error breaks off."""
    with RecordingWriter(path, (640, 480), keep=keep) as writer:
        writer.add(Pose.absent(0.0))
        raise ZeroDivisionError


@pytest.mark.parametrize("keep", [True, False])
def test_what_cannot_be_had_again_is_kept_after_an_error(tmp_path: Path, keep: bool) -> None:
    """A live session, but not the recording of a video."""
    with pytest.raises(ZeroDivisionError):
        broken_off(tmp_path / "it.npz", keep=keep)
    assert [each.name for each in tmp_path.iterdir()] == (["it.npz.part"] if keep else [])


def test_a_recording_that_cannot_be_finished_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk is no reason to lose what is there."""
    monkeypatch.setattr(np, "savez_compressed", write_when_full)
    writer = RecordingWriter(tmp_path / "it.npz", (640, 480), keep=True)
    with pytest.raises(OutputError, match=r"Can't write .*it\.npz"), writer:
        writer.add(Pose.absent(0.0))
    assert [each.name for each in tmp_path.iterdir()] == ["it.npz.part"]
    assert read_recording(tmp_path / "it.npz.part").frames == 1


def test_a_recording_without_a_frame_is_none(tmp_path: Path) -> None:
    """What was there under its name stays."""
    (tmp_path / "it.npz").write_bytes(b"old")
    with RecordingWriter(tmp_path / "it.npz", (640, 480), keep=True):
        pass
    assert [each.read_bytes() for each in tmp_path.iterdir()] == [b"old"]
