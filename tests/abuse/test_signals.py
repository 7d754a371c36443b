"""Requests to end, in the middle of work: they end it as Ctrl-C does, and nothing is lost."""

import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from helpers.commands import BRIDGE, COMMAND, PATIENCE, run
from helpers.places import SAMPLES

from formcheck.batch import check_sources
from formcheck.evaluation import run as evaluation
from formcheck.observer import Outcome
from formcheck.sources.recording import read_recording
from formcheck.terminal.signals import heard_later

VIDEO = SAMPLES / "rendered_bridge_side_right_clean.mp4"
pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals")


def _has_content(folder: Path) -> bool:
    return any(path.stat().st_size for path in folder.iterdir())


def begun(
    folder: Path,
    model: Path,
    words: Sequence[object],
    before: Sequence[str] = (),
    is_begun: Callable[[Path], bool] = _has_content,
) -> "subprocess.Popen[str]":
    """Begin formcheck in a folder, and wait until it has begun, as by a file there."""
    process = subprocess.Popen(
        [*before, *COMMAND, *map(str, words)],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "FORMCHECK_MODEL": str(model)},
    )
    for _ in range(PATIENCE * 20):
        if is_begun(folder):
            return process
        time.sleep(0.05)
    pytest.fail("no file was begun")


FILES = ("--json", "j", "--report", "r.html", "--values", "v.csv")
CHECK = ("check", VIDEO, "-e", "bridge", "--workers", 1, *FILES)
RECORD = ("record", VIDEO, "-o", "r.npz")


@pytest.mark.parametrize(
    ("words", "number"),
    [(CHECK, signal.SIGTERM), (CHECK, signal.SIGHUP), (RECORD, signal.SIGTERM)],
)
def test_a_request_to_end_leaves_nothing_behind(
    words: Sequence[object], number: signal.Signals, tmp_path: Path, model_path: Path
) -> None:
    """Though it comes twice, as when a terminal is closed."""
    process = begun(tmp_path, model_path, words)
    process.send_signal(number)
    process.send_signal(number)
    _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    assert "formcheck: stopped; no file was written." in err
    assert list(tmp_path.iterdir()) == []


def test_a_terminal_that_is_closed_ends_a_folder_in_one_line(
    tmp_path: Path, model_path: Path
) -> None:
    """Though all its processes are told, Python's own among them."""
    (tmp_path / "clips").mkdir()
    for name in ("a.mp4", "b.mp4"):
        shutil.copy(VIDEO, tmp_path / "clips" / name)
    words = ("check", "clips", "-e", "bridge", "--workers", 2, "--no-cache", "--out", "out")
    process = begun(tmp_path, model_path, words, ["setsid"], _both_are_going_on)
    os.killpg(process.pid, signal.SIGHUP)
    _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    assert err == "formcheck: stopped after 0 of 2 clips.\n"
    assert not [path for path in tmp_path.rglob("*") if path.name.startswith(".")]


def _both_are_going_on(folder: Path) -> bool:
    return len(list(folder.glob("out/*/.*"))) == 2


def test_what_is_not_to_be_heard_is_not(tmp_path: Path, model_path: Path, one_bridge: Path) -> None:
    """After nohup a closed terminal ends nothing."""
    words = ("record", one_bridge, "-o", "r.npz")
    process = begun(tmp_path, model_path, words, before=["nohup"])
    process.send_signal(signal.SIGHUP)
    process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert read_recording(tmp_path / "r.npz").frames == 70


def test_what_a_kill_leaves_is_swept_and_rescued(
    tmp_path: Path, model_path: Path, half_bridge_video: Path, a_moment: Path
) -> None:
    """By the next command that writes there, which says so."""
    record = ("record", half_bridge_video, "-o", "r.npz")
    for words in (CHECK, record):
        process = begun(tmp_path, model_path, words)
        time.sleep(0.7)  # some rows of the recording are handed over by then
        process.kill()
        process.communicate(timeout=PATIENCE)
        if words is CHECK:
            hidden = [path.name for path in tmp_path.iterdir() if path.name.startswith(".")]
            assert len(hidden) == 2
            done = run("check", BRIDGE, "-e", "bridge", "--json", "j", cwd=tmp_path)
            assert all(name in done.stderr for name in hidden)
            (tmp_path / "j").unlink()
            assert list(tmp_path.iterdir()) == []
    rescued = read_recording(tmp_path / "r.npz.part").frames
    again = ("record", a_moment, "-o", "r.npz")
    done = run(*again, cwd=tmp_path, FORMCHECK_MODEL=str(model_path))
    assert "r.rescued-1.npz.part" in done.stderr
    assert read_recording(tmp_path / "r.rescued-1.npz.part").frames == rescued
    assert len(list(tmp_path.iterdir())) == 2


# Batches.

Check = Callable[..., list[Outcome]]


def batch(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> list[object]:
    """A batch of three in which this happens at the second one."""
    check: Check = check_sources.check_source
    seen: list[Path] = []

    def fail_at_second(path: Path, *arguments: object) -> list[Outcome]:
        seen.append(path)
        if len(seen) == 2:
            raise error
        return check(path, *arguments)

    monkeypatch.setattr(check_sources, "check_source", fail_at_second)
    words = ["check", BRIDGE, BRIDGE, BRIDGE, "-e", "bridge"]
    return [*words, "--json", "j.jsonl", "--reps", "r.csv"]


def test_ctrl_c_in_a_batch_costs_nothing_that_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The files hold what was finished, and it is said how much that is."""
    done = run(*batch(monkeypatch, KeyboardInterrupt()), cwd=tmp_path)
    assert done.returncode == 130
    assert done.stderr == "formcheck: stopped after 1 of 3; their results are saved.\n"
    assert done.stdout.count("Glute bridge: ") == 1
    assert len((tmp_path / "j.jsonl").read_text().splitlines()) == 1
    assert len((tmp_path / "r.csv").read_text().splitlines()) == 6
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
@pytest.mark.parametrize("place", ["_call", "_save", "note"])
def test_a_request_while_results_are_kept_waits_for_them(
    place: str, number: signal.Signals, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All files hold the same sources, under their own names."""
    keep, seen = getattr(check_sources, place), []

    def ask_at_second(*arguments: object) -> None:
        seen.append(arguments)
        if len(seen) == 2:
            signal.raise_signal(number)
        keep(*arguments)

    monkeypatch.setattr(check_sources, place, ask_at_second)
    words = ["check", BRIDGE, BRIDGE, BRIDGE, "-e", "bridge", "--save"]
    done = run(*words, "--json", "j.jsonl", "--reps", "r.csv", cwd=tmp_path)
    kept = len((tmp_path / "j.jsonl").read_text().splitlines())
    assert done.returncode == 130
    last = done.stderr.splitlines()[-1]
    assert last == f"formcheck: stopped after {kept} of 3; their results are saved."
    assert len((tmp_path / "r.csv").read_text().splitlines()) == 1 + 5 * kept
    assert done.stderr.count("Saved as session") == kept >= 1
    assert len(list(tmp_path.iterdir())) == 2


def test_ctrl_c_twice_waits_for_nothing() -> None:
    """What is written to may be a pipe from which nobody reads."""
    heard = []

    def asked_twice() -> None:
        with heard_later():
            for number in (signal.SIGINT, signal.SIGINT):
                signal.raise_signal(number)
                heard.append(number)

    with pytest.raises(KeyboardInterrupt):
        asked_twice()
    assert len(heard) == 1


def test_a_crash_of_our_own_costs_one_source(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told as one, and the exit code is that of one."""
    done = run(*batch(monkeypatch, ZeroDivisionError("oh")), cwd=tmp_path)
    assert done.returncode == 70
    assert "ZeroDivisionError" in done.stderr
    assert len((tmp_path / "j.jsonl").read_text().splitlines()) == 2


def test_a_crash_while_writing_costs_one_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was found is told all the same."""
    monkeypatch.setattr("formcheck.report.sections.report_page", lambda *_: 1 / 0)
    words = ("check", BRIDGE, "-e", "bridge", "--report", "r.html", "--json", "j")
    done = run(*words, cwd=tmp_path)
    assert done.returncode == 70
    assert "Glute bridge: " in done.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["j"]


def test_a_reader_that_leaves_costs_no_file(tmp_path: Path) -> None:
    """`| head` has seen enough, but the file and the history were asked for, too."""
    words = ["check", *[str(BRIDGE)] * 3, "-e", "bridge", "--json", "j.jsonl", "--save"]
    process = subprocess.Popen(
        [*COMMAND, *words], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    err = process.stderr.read()
    process.stderr.close()
    assert process.wait(timeout=PATIENCE) == 0
    assert err.count("Saved as session") == 3
    assert len((tmp_path / "j.jsonl").read_text().splitlines()) == 3


def test_the_evaluation_of_what_is_done_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the rest it is said that it was not judged."""
    labels = json.loads(BRIDGE.with_suffix(".labels.json").read_text(encoding="utf-8"))
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.npz").write_bytes(BRIDGE.read_bytes())
        text = json.dumps({**labels, "source": f"{name}.npz"})
        (tmp_path / f"{name}.labels.json").write_text(text, encoding="utf-8")
    judge, seen = evaluation._judge, []

    def stop_at_second(path: Path, *arguments: object) -> object:
        seen.append(path)
        if len(seen) == 2:
            raise KeyboardInterrupt
        return judge(path, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(evaluation, "_judge", stop_at_second)
    done = run("test", ".", cwd=tmp_path)
    assert done.returncode == 130
    assert "stopped after 1 of 3 clips" in done.stderr
    assert done.stdout.count("stopped before this clip was judged") == 2
    assert "1 clip: " in done.stdout
