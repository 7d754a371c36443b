"""`formcheck check` of single sources."""

import json
import os
import re
import shutil
import signal
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from helpers.commands import BRIDGE, COMMAND, refused, run
from helpers.places import EXERCISES, SAMPLES

CUT = 45_000
"""Bytes of the rendered bridge, less than half of it."""
BRIEFLY = ("-e", "bridge", "--rate", 12.5)
"""How to look at it: at every other picture, which is enough."""
on_posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals and terminals")


@pytest.fixture
def empty_room(tmp_path: Path) -> Path:
    """A short video with nobody in it."""
    path = tmp_path / "empty room.mp4"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), 25, (160, 120))
    for _ in range(20):
        writer.write(np.full((120, 160, 3), 128, np.uint8))
    writer.release()
    return path


def test_every_option_of_check_is_explained() -> None:
    """By more than its name."""
    options = run("check", "--help").stdout.partition("Options:")[2].partition("Examples:")[0]
    for name in ("exercise", "side", "json", "events", "values", "strict", "model"):
        assert len(options.partition(f"--{name}")[2].partition("  --")[0].split()) > 6, name


# Errors: one line, the right exit code, nothing left behind.


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("missing.mp4", None, "doesn't exist"),
        ("missing.npz", None, "doesn't exist"),
        ("empty.mp4", b"", "is empty"),
        ("text.mp4", b"Dear diary.\n" * 100, "is not a video"),
        ("text.npz", b"Dear diary.\n" * 100, "isn't a recording"),
    ],
)
def test_a_source_that_cannot_be_used_is_refused(
    tmp_path: Path, name: str, content: bytes | None, said: str
) -> None:
    """Missing, empty or something else; no file of results appears."""
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    before = list(tmp_path.iterdir())
    results = [f"--{kind}={tmp_path / kind}" for kind in ("json", "events", "values")]
    assert said in refused(2, "check", path, "-e", "bridge", *results)
    assert list(tmp_path.iterdir()) == before


def test_a_folder_without_clips_is_refused_as_a_source(tmp_path: Path) -> None:
    """With what is missing; `record` takes no folder at all."""
    assert "holds no video or recording." in refused(2, "check", tmp_path, "-e", "bridge")
    assert "is a folder" in refused(2, "record", tmp_path, "-o", tmp_path / "out.npz")


@pytest.mark.parametrize("verb", ["check", "record"])
def test_a_video_with_nobody_in_it_is_refused(
    verb: str, empty_room: Path, tmp_path: Path, model_path: Path
) -> None:
    """With what to do about it, and without a result."""
    result = tmp_path / "result.npz"
    options = ["-o", result] if verb == "record" else ["-e", "bridge", "--json", result]
    line = refused(2, verb, empty_room, *options, FORMCHECK_MODEL=str(model_path))
    assert "Nobody was found" in line
    assert not result.exists()


def test_an_unknown_exercise_comes_with_a_suggestion() -> None:
    """A slip of the finger is the usual reason."""
    line = refused(2, "check", BRIDGE, "-e", "bridg")
    assert "Did you mean 'bridge'?" in line
    assert "formcheck list" in line


def test_an_exercise_that_cannot_be_used_costs_no_other(tmp_path: Path) -> None:
    """Somebody may still be writing it; it is told, and so is a pipe of that name."""
    (tmp_path / "exercises").mkdir()
    (tmp_path / "exercises" / "mine.toml").write_text("[[start]")
    if os.name == "posix":
        os.mkfifo(tmp_path / "exercises" / "pipe.toml")
    done = run("check", BRIDGE, cwd=tmp_path)
    assert done.returncode == 0
    assert "ridge (5 matches" in done.stdout
    notes = done.stderr.splitlines()
    assert notes[0].startswith(f"Note: formcheck skips {Path('exercises', 'mine.toml')}")
    assert len(notes) == (2 if os.name == "posix" else 1)
    assert "mistakes" in run("list", cwd=tmp_path).stdout


def test_a_bad_definition_is_refused_with_every_problem(tmp_path: Path) -> None:
    """As `lint` tells them."""
    path = tmp_path / "bridge.toml"
    text = (EXERCISES / "bridge.toml").read_text(encoding="utf-8")
    text = text.replace("seconds ", "secnds ").replace('"hint"', '"hnt"', 1)
    path.write_text(text, encoding="utf-8")
    done = run("check", BRIDGE, "-e", path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "hold: unknown key 'secnds', did you mean 'seconds'?" in done.stderr
    assert "hold: 'seconds' is missing" in done.stderr
    assert "did you mean 'hint'?" in done.stderr


@pytest.mark.parametrize("name", ["missing.task", "corrupt.task"])
def test_a_model_that_cannot_be_used_is_refused(
    name: str, bridge_video: Path, tmp_path: Path
) -> None:
    """By name in the option or in the environment, with exit code 3."""
    (tmp_path / "corrupt.task").write_bytes(b"PK\x03\x04 and no more")
    path = tmp_path / name
    assert name in refused(3, "check", bridge_video, "-e", "bridge", "--model", path)
    assert name in refused(3, "check", bridge_video, "-e", "bridge", FORMCHECK_MODEL=str(path))


@pytest.mark.parametrize("option", ["--json", "--events", "--values"])
def test_a_result_that_cannot_be_written_is_refused(option: str, tmp_path: Path) -> None:
    """Where there is no such folder, and where the file is a folder."""
    missing = tmp_path / "nowhere" / "it.json"
    line = refused(2, "check", BRIDGE, "-e", "bridge", option, missing)
    assert "there is no folder" in line
    assert "it is a folder" in refused(2, "check", BRIDGE, "-e", "bridge", option, tmp_path)
    assert not list(tmp_path.iterdir())


def test_no_file_is_written_over_a_source_or_another_result(tmp_path: Path) -> None:
    """A video that took an hour to film is not lost by a slip."""
    path = tmp_path / "it.npz"
    shutil.copy(BRIDGE, path)
    content = path.read_bytes()
    line = refused(2, "check", path, "-e", "bridge", "--json", path)
    assert "would be overwritten" in line
    assert path.read_bytes() == content
    refused(
        2, "check", path, "-e", "bridge", "--events", tmp_path / "a", "--values", tmp_path / "a"
    )


# Results.


def test_a_cut_off_video_is_judged_as_far_as_it_goes(
    bridge_video: Path, tmp_path: Path, model_path: Path
) -> None:
    """With a note on stderr; the name may hold spaces and any letters."""
    path = tmp_path / "schräg gefilmt 膝 [red].mp4"
    path.write_bytes(bridge_video.read_bytes()[:CUT])
    words = ("check", path, *BRIEFLY, "--workers", 2, "--json", "-")
    done = run(*words, FORMCHECK_MODEL=str(model_path))
    assert done.returncode == 0
    (note,) = done.stderr.splitlines()
    assert note.startswith("Note: ")
    assert "is cut short" in note
    result = json.loads(done.stdout)
    assert result["source"]["path"] == str(path)
    assert 50 < result["source"]["frames"] < 200
    assert result["sets"]


def test_strict_fails_unless_every_rep_is_clean() -> None:
    """One exercise here has only hints, one has faults, one is never done."""
    clean = run("check", SAMPLES / "crunch_4.npz", "-e", "crunch", "--strict")
    assert clean.returncode == 0, clean.stdout
    assert run("check", BRIDGE, "-e", "bridge", "--strict").returncode == 1
    assert run("check", BRIDGE, "-e", "bridge").returncode == 0
    assert run("check", SAMPLES / "push_up_6.npz", "-e", "bridge", "--strict").returncode == 1


def test_one_bad_source_does_not_keep_the_others_from_being_judged(tmp_path: Path) -> None:
    """Their results are whole, and the exit code is the worst."""
    results = tmp_path / "results.jsonl"
    sources = [BRIDGE, tmp_path / "missing.npz", BRIDGE]
    done = run("check", *sources, "-e", "bridge", "--strict", "--json", results)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert done.stdout.count("Glute bridge: ") == 2
    lines = results.read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["exercise"] for line in lines] == ["bridge", "bridge"]


def test_a_video_without_a_model_does_not_keep_a_recording_from_being_judged(
    bridge_video: Path, tmp_path: Path
) -> None:
    """The recording needs no model; the exit code says that something is missing."""
    model = tmp_path / "missing.task"
    done = run("check", bridge_video, BRIDGE, "-e", "bridge", "--model", model)
    assert done.returncode == 3
    assert "5 reps, " in done.stdout


def test_json_on_stdout_is_all_there_is_on_stdout() -> None:
    """One object a line, for one source and for several."""
    done = run("check", BRIDGE, BRIDGE, "-e", "bridge", "--json", "-")
    assert done.stderr == ""
    assert [len(json.loads(line)["sets"]) for line in done.stdout.splitlines()] == [1, 1]


def test_files_of_results_have_what_the_options_promise(tmp_path: Path) -> None:
    """JSON of the whole, events one a line, measures one row a frame."""
    paths = {name: tmp_path / name for name in ("json", "events", "values")}
    options = [word for name, path in paths.items() for word in (f"--{name}", path)]
    done = run("check", SAMPLES / "bridge_5.npz", "-e", "bridge", *options)
    assert done.returncode == 0
    assert sorted(tmp_path.iterdir()) == sorted(paths.values())
    frames = json.loads(paths["json"].read_text(encoding="utf-8"))["source"]["frames"]
    kinds = [json.loads(line)["kind"] for line in paths["events"].read_bytes().splitlines()]
    assert kinds.count("rep") == 5  # the last is only complete when the recording ends
    assert len(paths["values"].read_bytes().splitlines()) == frames + 1


# Stopping.


@on_posix
def test_ctrl_c_ends_with_one_line_and_leaves_no_file(
    bridge_video: Path, tmp_path: Path, model_path: Path
) -> None:
    """In the middle of a check, once the first files have been begun."""
    options = [f"--{name}={tmp_path / name}" for name in ("json", "events", "values")]
    process = subprocess.Popen(
        [*COMMAND, "check", str(bridge_video), "-e", "bridge", "--workers", "1", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "FORMCHECK_MODEL": str(model_path)},
    )
    when_begun(lambda: any(path.stat().st_size for path in tmp_path.iterdir()))
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (130, "")
    assert err == "formcheck: stopped; no file was written.\n"
    assert not list(tmp_path.iterdir())


def when_begun(has_begun: Callable[[], bool]) -> None:
    """Wait until something has begun, for half a minute at most."""
    pause = threading.Event()
    for _ in range(3000):
        if has_begun():
            return
        pause.wait(0.01)
    pytest.fail("it did not begin")


# The terminal.


def in_a_terminal(*arguments: object, **environment: str) -> str:
    """Run formcheck in a pseudo-terminal of 80 columns; everything that it showed."""
    import pty

    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, *map(str, arguments)],
        stdin=follower,
        stdout=follower,
        stderr=follower,
        env={**os.environ, "COLUMNS": "80", "TERM": "xterm", **environment},
    )
    os.close(follower)
    shown = bytearray()
    try:
        while chunk := os.read(leader, 4096):
            shown += chunk
    except OSError:  # how Linux says that the other end is closed
        pass
    finally:
        os.close(leader)
    assert process.wait(timeout=30) == 0
    return shown.decode()


@on_posix
def test_a_terminal_sees_a_bar_with_the_time_left(
    bridge_video: Path, tmp_path: Path, model_path: Path
) -> None:
    """The name of the file is shown as it is, though it looks like rich's markup."""
    path = tmp_path / "[red]it.mp4"
    path.write_bytes(bridge_video.read_bytes()[:CUT])
    words = ("check", path, *BRIEFLY, "--workers", 1)
    shown = in_a_terminal(*words, FORMCHECK_MODEL=str(model_path))
    bar, _, report = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown).rpartition("left")
    assert re.search(r"\[red\]it\.mp4 \S+ +[1-9][0-9]% 0:00:[0-9][0-9] left", bar)
    assert "[red]it.mp4" in report
    assert "Work on this" in report


@on_posix
def test_a_recording_on_a_terminal_gives_a_summary_in_colour() -> None:
    """And the same words as in a pipe."""
    assert "\x1b[" in in_a_terminal("check", BRIDGE, "-e", "bridge")
    assert "\x1b[" not in run("check", BRIDGE, "-e", "bridge").stdout
