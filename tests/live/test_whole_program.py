"""`formcheck live` as a program of its own: signals, kills, and no network."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from helpers.commands import COMMAND, PATIENCE, refused, run
from helpers.places import ROOT

from formcheck.sources.recording import read_recording

UNHURRIED = [sys.executable, str(ROOT / "tests" / "helpers" / "unhurried.py")]
on_posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals")


def started(
    *arguments: object,
    room: dict[str, str],
    model: Path,
    clip: Path,
    command: Sequence[str] = COMMAND,
) -> "subprocess.Popen[str]":
    """Begin `formcheck live bridge` with a clip as its camera."""
    words = ["live", "bridge", "--camera", clip, "--mute", "--no-browser", *arguments]
    return subprocess.Popen(
        [*command, *map(str, words)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **room, "FORMCHECK_MODEL": str(model), "COLUMNS": "80"},
    )


@pytest.fixture
def room(tmp_path: Path) -> dict[str, str]:
    """Settings that remember the notice."""
    (tmp_path / "settings" / "formcheck").mkdir(parents=True)
    (tmp_path / "settings" / "formcheck" / "notice-read").touch()
    return {"XDG_CONFIG_HOME": str(tmp_path / "settings")}


def kept(folder: Path) -> dict[str, Path]:
    """The options for everything that can be kept, and their files."""
    return {
        "--record": folder / "it.npz",
        "--events": folder / "it.jsonl",
        "--video": folder / "it.mp4",
    }


def words_for(files: dict[str, Path]) -> list[object]:
    """The options as they stand on the command line."""
    return [word for pair in files.items() for word in pair]


def growing(path: Path) -> Path:
    """Where a file is until it is whole."""
    return path.with_name(f"{path.name}.part")


def aside(err: str) -> list[str]:
    """What is told beside the results, but where the page is."""
    first, second, *others = err.splitlines()
    assert first.startswith("formcheck is at http://127.0.0.1:")
    assert second == "Press Ctrl-C here to end it."
    return others


def wait_for_a_rep(events: Path) -> None:
    """Wait until the growing file of events tells a rep."""
    part = growing(events)
    for _ in range(PATIENCE * 20):
        if part.exists() and '"rep"' in part.read_text():
            return
        time.sleep(0.05)
    pytest.fail("no rep was told")


def video_length(path: Path) -> float:
    """When the last picture of a video is to be shown."""
    av = pytest.importorskip("av", reason="videos are written with PyAV: pip install av")
    with av.open(str(path)) as file:
        return float(max(frame.time for frame in file.decode(video=0)))


def without_path(table: dict[str, Any]) -> dict[str, Any]:
    """A result but for where it comes from."""
    return {**table, "source": {k: v for k, v in table["source"].items() if k != "path"}}


@on_posix
def test_a_clip_in_front_of_the_camera_gives_what_check_gives(
    room: dict[str, str],
    tmp_path: Path,
    model_path: Path,
    half_bridge_video: Path,
    bridge_recording: Path,
) -> None:
    """Whatever the pace; the recording gives it, too."""
    files = kept(tmp_path)
    words = ("--reps", 3, "--json", "-", *words_for(files))
    process = started(
        *words, room=room, model=model_path, command=UNHURRIED, clip=half_bridge_video
    )
    out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, aside(err)) == (0, [])
    live = json.loads(out)
    clip, recorded = (
        json.loads(run("check", path, "-e", "bridge", "--json", "-").stdout)
        for path in (bridge_recording, files["--record"])
    )
    assert without_path(recorded) == without_path(live)
    assert [len(each["reps"]) for each in live["sets"]] == [3]
    for rep, other in zip(live["sets"][0]["reps"], clip["sets"][0]["reps"], strict=True):
        assert rep["hold_s"] == pytest.approx(other["hold_s"], abs=0.2)
        assert rep["faults"] == other["faults"]
    assert video_length(files["--video"]) == pytest.approx(live["source"]["duration_s"], abs=0.3)
    kinds = [json.loads(line)["kind"] for line in files["--events"].read_text().splitlines()]
    assert kinds.count("rep") == 3


@on_posix
def test_ctrl_c_in_the_terminal_keeps_everything(
    room: dict[str, str], tmp_path: Path, model_path: Path, half_bridge_video: Path
) -> None:
    """The result is told, every file is whole, and the exit code is 0."""
    files = kept(tmp_path)
    process = started(*words_for(files), room=room, model=model_path, clip=half_bridge_video)
    wait_for_a_rep(files["--events"])
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, aside(err)) == (0, [])
    assert "1 rep, " in out
    assert not (tmp_path / "it.npz.part").exists()
    assert read_recording(files["--record"]).duration > 4
    assert video_length(files["--video"]) > 4


@on_posix
def test_a_killed_session_leaves_what_can_be_judged(
    room: dict[str, str], tmp_path: Path, model_path: Path, half_bridge_video: Path
) -> None:
    """Landmarks and video up to the last second, events up to the last line."""
    files = kept(tmp_path)
    process = started(*words_for(files), room=room, model=model_path, clip=half_bridge_video)
    wait_for_a_rep(files["--events"])
    process.kill()
    process.communicate(timeout=PATIENCE)
    text = growing(files["--events"]).read_text()
    assert text.endswith("\n")
    happened = [json.loads(line)["time_s"] for line in text.splitlines()]
    part = tmp_path / "it.npz.part"
    assert read_recording(part).time_s[-1] > max(happened) - 1.0
    assert video_length(growing(files["--video"])) > max(happened) - 1.0
    assert not any(file.exists() for file in files.values())
    done = run("check", part, "-e", "bridge")
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 rep, " in done.stdout


@on_posix
def test_without_a_network_it_coaches_all_the_same(
    room: dict[str, str], model_path: Path, without_network: list[str], one_bridge: Path
) -> None:
    """To the target, after which it ends by itself."""
    process = started(
        *("--reps", 1, "--json", "-"),
        room=room,
        model=model_path,
        command=[*without_network, *UNHURRIED],
        clip=one_bridge,
    )
    out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, aside(err)) == (0, [])
    assert [len(each["reps"]) for each in json.loads(out)["sets"]] == [1]


def test_without_a_camera_there_is_one_line() -> None:
    """Of both verbs that need one."""
    if list(Path("/dev").glob("video*")) or sys.platform != "linux":
        pytest.skip("there may be a camera here")
    assert "Camera 0 sends no picture" in refused(3, "live", "bridge")
    assert "No camera works" in refused(3, "cameras")
