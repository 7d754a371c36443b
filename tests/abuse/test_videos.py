"""Videos that are damaged, or whose names are no text."""

import os
from pathlib import Path

import pytest
from helpers.abuse import Attack, held


def test_a_video_in_a_folder_whose_name_is_no_text_is_judged(
    one_bridge: Path, tmp_path: Path, model_path: Path
) -> None:
    """And its table and its session are written, with the name in escapes."""
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9"))
    try:
        folder.mkdir()
    except OSError:
        pytest.skip("file names are text here")
    (folder / "it.mp4").write_bytes(one_bridge.read_bytes())
    path = folder.relative_to(tmp_path) / "it.mp4"
    more = ["--save", "--reps", "reps.csv", "--report", "it.html", "--model", model_path]
    attack = Attack("name", lambda _: ["check", path, "-e", "bridge", *more], "1 rep", 0)
    held(attack, tmp_path)
    assert r"caf\udce9" in (tmp_path / "reps.csv").read_text("utf-8")


def test_a_hole_in_a_video_costs_only_what_is_in_it(
    one_bridge: Path, tmp_path: Path, model_path: Path
) -> None:
    """And it is told."""
    content = bytearray(one_bridge.read_bytes())
    place = len(content) * 3 // 5
    content[place : place + 3000] = bytes(3000)
    (tmp_path / "it.mp4").write_bytes(content)
    command = ["check", "it.mp4", "-e", "bridge", "--model", model_path]
    done = held(Attack("hole", lambda _: command, "Note: it.mp4 ", 0), tmp_path)
    assert "5.6 s" in done.stdout or "5.5 s" in done.stdout
