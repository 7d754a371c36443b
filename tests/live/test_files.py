"""Files that a live session cannot write: told before it begins, or without disturbing it."""

import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from helpers.full_disk import write_when_full
from helpers.live_session import Play, coached, poses_of

from formcheck.errors import OutputError
from formcheck.results.outputs import Outputs
from formcheck.sources.recording import read_recording

on_posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals")


@pytest.mark.parametrize("kind", ["json", "events", "record", "video"])
def test_a_file_that_cannot_be_written_is_told_before_anybody_exercises(
    kind: str, play: Play, tmp_path: Path
) -> None:
    """Not after ten minutes."""
    window = play(poses_of("bridge_5"))
    path = tmp_path / "nowhere" / "it"
    named: Any = {kind: str(path) if kind == "json" else path}
    with pytest.raises(OutputError, match="nowhere"):
        coached(Outputs(**named))
    assert window.shown == 0


def test_a_full_disk_does_not_lose_the_result(
    play: Play, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The recording stays as far as it was written; the error comes last."""
    monkeypatch.setattr(np, "savez_compressed", write_when_full)
    play(poses_of("bridge_5"))
    with pytest.raises(OutputError, match=r"Can't write .*it\.npz"):
        coached(Outputs(record=tmp_path / "it.npz"))
    told = capsys.readouterr()
    assert "5 reps, " in told.out
    assert "it.npz.part" in told.err
    assert read_recording(tmp_path / "it.npz.part").frames > 0


@on_posix
def test_a_file_for_which_there_is_no_room_does_not_end_the_session(
    play: Play, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """All that follows is coached, told and kept; the error comes last."""
    play(poses_of("bridge_5"))
    outputs = Outputs(str(tmp_path / "it.json"), Path("/dev/full"), tmp_path / "it.npz")
    with pytest.raises(OutputError, match="/dev/full: the disk is full"):
        coached(outputs)
    assert "5 reps, " in capsys.readouterr().out
    assert len(json.loads((tmp_path / "it.json").read_text())["sets"][0]["reps"]) == 5
    assert read_recording(tmp_path / "it.npz").frames == len(poses_of("bridge_5"))
