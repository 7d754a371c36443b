"""`formcheck check` of a folder."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from helpers.abuse import not_for_ever
from helpers.commands import BRIDGE, COMMAND, run
from helpers.places import SAMPLES, closed_folder

from formcheck.batch.writing import write_all


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A patient's clip, and something that is no video, in a path with a space."""
    clips = tmp_path / "my clips"
    (clips / "anna").mkdir(parents=True)
    shutil.copy(SAMPLES / "bridge_5.npz", clips / "anna")
    (clips / "broken.mp4").write_text("no video")
    return clips


def test_each_clip_is_told_in_a_line_and_what_is_wrong_with_one_costs_only_it(folder: Path) -> None:
    """Then all of a person and an exercise together."""
    out = folder.parent / "out"
    done = run("check", folder, "-e", "bridge", "--out", out, "--workers", 1)
    assert done.returncode == 2
    lines = done.stdout.splitlines()
    assert "anna/bridge_5.npz: Glute bridge, 5 reps, 0 clean; hold too short" in lines
    assert any(line.startswith("broken.mp4: ") for line in lines)
    assert "anna, Glute bridge: 1 clip, 5 reps, 0 clean" in lines
    assert (out / "index.html").is_file()
    assert (out / "anna" / "bridge_5.npz" / "report.html").is_file()
    again = run("check", folder, "-e", "bridge", "--out", out, "--workers", 1)
    assert "1 clip had not changed since the last check" in again.stdout


def test_without_a_place_for_files_none_is_written(folder: Path) -> None:
    """Nor anything into the folder of the clips."""
    (folder / "broken.mp4").unlink()
    before = sorted(folder.rglob("*"))
    done = run("check", folder, "-e", "bridge", "--strict", cwd=folder.parent)
    assert done.returncode == 1
    assert "5 reps, 0 clean" in done.stdout
    assert sorted(folder.rglob("*")) == before


def test_each_clip_goes_into_the_history_of_whose_folder_it_is_in(folder: Path) -> None:
    """Once, though it is checked twice; one that can't be read costs the others nothing."""
    shutil.copy(SAMPLES / "standing_leg_raise_6.npz", folder)
    for words in (["--out", folder.parent / "out"], [], ["--out", folder.parent / "out"]):
        done = run("check", folder, "--save", "--on", "2026-03-04", "--workers", 1, *words)
        assert done.returncode == 2
        assert done.stderr.count("Saved as session") == 2
    own, hers = (
        json.loads(run("history", "--json", "-", *whose).stdout)["sessions"]
        for whose in ([], ["--person", "anna"])
    )
    done_in = [{each["exercise"] for each in session["sets"]} for session in (*own, *hers)]
    assert done_in == [{"standing_leg_raise"}, {"bridge"}]
    assert hers[0]["started_at"].startswith("2026-03-04")


def test_a_history_that_cannot_be_used_is_told_before_any_work(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is checked in vain."""
    (tmp_path / "history").mkdir()
    monkeypatch.setenv("FORMCHECK_HISTORY", str(tmp_path / "history"))
    done = run("check", folder, "--save")
    assert done.returncode == 2
    assert "bridge" not in done.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--report", "x.html"], "--report doesn't work with a folder"),
        (["--events", "x", "--json", "-"], "--json, --events doesn't work with a folder"),
        (["--save", "--scheduler", "tcp://x:1"], "--save doesn't work with --scheduler"),
        (["--on", "2026-03-04"], "--on only works with --save"),
        (["--out", "occupied"], "Can't write to occupied"),
    ],
)
def test_what_is_about_one_clip_does_not_go_with_a_folder(
    folder: Path, arguments: list[str], words: str
) -> None:
    """The error says what does."""
    (folder.parent / "occupied").write_text("")
    done = run("check", folder.name, *arguments, cwd=folder.parent)
    assert done.returncode == 2
    assert words in done.stderr


@pytest.mark.parametrize(
    "name", ["index.html", "reps.parquet" if find_spec("pyarrow") else "reps.csv"]
)
def test_a_file_that_is_not_our_own_is_not_replaced(name: str, folder: Path) -> None:
    """Somebody's page or table that lies in the folder given: nothing is written beside it."""
    out = folder.parent / "site"
    out.mkdir()
    (out / name).write_text("<title>My pages</title>")
    done = run("check", folder, "-e", "bridge", "--out", out)
    assert done.returncode == 2
    assert f"formcheck didn't write {out / name}, and would replace it" in done.stderr
    assert [path.name for path in out.iterdir()] == [name]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal there")
def test_what_was_finished_before_a_kill_is_in_the_tables_after_the_next_run(folder: Path) -> None:
    """And need not be checked again."""
    (folder / "broken.mp4").unlink()
    for number in range(9):
        shutil.copy(SAMPLES / "bridge_5.npz", folder / f"z{number}.npz")
    words = ["check", folder.name, "-e", "bridge", "--out", "out", "--workers", "1"]
    started = subprocess.Popen(
        [*COMMAND, *words], cwd=folder.parent, stdout=subprocess.PIPE, text=True
    )
    with started:
        assert started.stdout is not None
        started.stdout.readline()
        started.kill()
    out = folder.parent / "out"
    assert not (out / "index.html").exists()
    done = run(*words, cwd=folder.parent)
    (before,) = re.findall(r"^(\d+) clips? had not changed", done.stdout, re.M)
    assert 1 <= int(before) < 10
    assert "bridge: 9 clips, 45 reps" in done.stdout
    assert (out / "index.html").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is another thing there")
def test_ctrl_c_keeps_what_was_found(folder: Path) -> None:
    """The overview tells of the clips that are done, and the rest ends at once."""
    (folder / "broken.mp4").unlink()
    for number in range(40):
        shutil.copy(SAMPLES / "situp_10.npz", folder / "anna" / f"z{number}.npz")
    command = [*COMMAND, "check", folder, "--out", "out", "--workers", "1"]
    started = subprocess.Popen(
        command, cwd=folder.parent, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    with started:
        assert started.stdout is not None
        first = started.stdout.readline()
        started.send_signal(signal.SIGINT)
        _, told = started.communicate(timeout=120)
    assert "bridge_5" in first, told
    assert started.returncode == 130
    assert "stopped after" in told
    assert "Traceback" not in told
    assert "bridge_5" in (folder.parent / "out" / "index.html").read_text("utf-8")
    assert not [each for each in (folder.parent / "out").rglob(".*") if each.is_file()]


@pytest.mark.parametrize(("times", "told"), [(1, "index.html shows those."), (2, "are saved.")])
def test_ctrl_c_while_the_overview_is_written_is_told_as_it_is(
    times: int, told: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once, it waits for the overview; twice, the clips' own folders are there all the same."""
    out = folder.parent / "out"

    def asked(*arguments: Any) -> None:
        for _ in range(times):
            signal.raise_signal(signal.SIGINT)
        write_all(*arguments)

    monkeypatch.setattr("formcheck.batch.check_folders.write_all", asked)
    done = run("check", folder / "anna", "--out", out, "--workers", 1)
    assert done.returncode == 130
    assert "stopped after 1 of 1" in done.stderr
    assert done.stderr.replace("\n", " ").strip().endswith(told)
    assert (out / "index.html").exists() == (times == 1)
    assert (out / "bridge_5.npz" / "report.html").is_file()


def test_ctrl_c_before_a_clip_is_told_does_not_say_that_no_file_was_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process may have written some."""

    def asked(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("formcheck.batch.check_folders.check_clips", asked)
    done = run("check", folder, "--out", folder.parent / "out")
    assert (done.returncode, done.stderr) == (130, "formcheck: stopped after 0 of 2 clips.\n")


def test_clips_of_one_name_are_two_clips(tmp_path: Path) -> None:
    """In what is told, in files, and when they are checked again."""
    for name, sample in (("a", "bridge_5"), ("b", "squat_8")):
        (tmp_path / name).mkdir()
        shutil.copy(SAMPLES / f"{sample}.npz", tmp_path / name / "x.npz")
    words = ("check", "a", "b", "--out", "o", "--workers", 1)
    for _ in range(2):
        done = run(*words, cwd=tmp_path)
        assert "a/x.npz: Glute bridge, 5 reps" in done.stdout
        assert "\nGlute bridge: 1 clip, 5 reps" in done.stdout
        assert "\nSquat: 1 clip, 8 reps" in done.stdout
    assert "2 clips had not changed" in done.stdout
    assert all((tmp_path / "o" / name / "x.npz" / "report.html").is_file() for name in "ab")
    page = (tmp_path / "o" / "index.html").read_text("utf-8")
    assert all(f'href="{name}/x.npz/report.html"' in page for name in "ab")


@pytest.mark.skipif(os.name != "posix", reason="needs pipes with names")
def test_an_exercise_that_cannot_be_read_is_told_and_costs_no_clip(tmp_path: Path) -> None:
    """Nobody waits for a pipe or reads a device to its end."""
    own = tmp_path / "exercises"
    own.mkdir()
    os.mkfifo(own / "pipe.toml")
    (own / "zero.toml").symlink_to("/dev/zero")
    (own / "gone.toml").symlink_to("nowhere")
    with not_for_ever():
        done = run("check", BRIDGE, "--out", "o", "--workers", 1, cwd=tmp_path)
    assert done.returncode == 0
    assert "Glute bridge: 1 clip, 5 reps" in done.stdout
    for name in ("pipe", "zero", "gone"):
        assert f"formcheck skips exercises/{name}.toml" in done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="needs names that are no text")
def test_a_name_that_is_no_text_is_a_name(tmp_path: Path) -> None:
    """The overview leads to the clip's report all the same."""
    name = os.fsdecode(b"caf\xe9.npz")
    (tmp_path / "p").mkdir()
    shutil.copy(BRIDGE, tmp_path / "p" / name)
    done = run("check", "p", "-e", "bridge", "--out", "o", "--workers", 1, cwd=tmp_path)
    assert done.returncode == 0
    assert 'href="caf%E9.npz/report.html"' in (tmp_path / "o" / "index.html").read_text("utf-8")
    assert (tmp_path / "o" / name / "report.html").is_file()


@pytest.mark.skipif(os.name != "posix", reason="needs links")
@pytest.mark.parametrize("out", ["file", "file/x", "loop", "dangling"])
def test_what_is_no_folder_is_refused(out: str, tmp_path: Path) -> None:
    """It says which, and nothing is begun."""
    (tmp_path / "file").write_text("")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "dangling").symlink_to("nowhere")
    done = run("check", BRIDGE, "--out", out, cwd=tmp_path)
    named = out.removesuffix("/x")
    told = f"Can't write to {named}: it is not a folder. Choose another folder."
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"formcheck: {told}\n"


@pytest.mark.parametrize("closed", ["o", "o/bridge_5.npz"])
def test_a_folder_that_may_not_be_written_to_is_refused(closed: str, tmp_path: Path) -> None:
    """Before any work, and in one line."""
    (tmp_path / closed).mkdir(parents=True)
    with closed_folder(tmp_path / closed):
        done = run("check", BRIDGE, "--out", "o", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    told = f"Can't write to {closed}: you may not write there. Choose another folder."
    assert done.stderr == f"formcheck: {told}\n"


def test_what_does_not_go_with_out_is_not_said_of_a_folder(tmp_path: Path) -> None:
    """Nobody gave one."""
    done = run("check", BRIDGE, "--out", "o", "--video", "x.mp4", cwd=tmp_path)
    assert done.returncode == 2
    assert "--video doesn't work with --out." in done.stderr
