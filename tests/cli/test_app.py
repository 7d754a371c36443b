"""The command line as a user meets it: by arguments, exit code and output."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from helpers.commands import BRIDGE, COMMAND, refused, run
from helpers.places import EXERCISES, SAMPLES

from formcheck import terminal

SHIPPED = len(list(EXERCISES.glob("*.toml")))
CUT = 45_000
"""Bytes of the rendered bridge, less than half of it."""
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


# Help.


@pytest.mark.parametrize(
    "verb",
    [
        "",
        "check",
        "record",
        "live",
        "cameras",
        "list",
        "show",
        "lint",
        "new",
        "learn",
        "plot",
        "doctor",
    ],
)
def test_help_fits_80_columns_and_is_plain_text(verb: str) -> None:
    """It can be read anywhere, and copied."""
    done = run(*verb.split(), "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.isascii()
    assert max(map(len, done.stdout.splitlines())) <= 80


@pytest.mark.parametrize(
    ("verb", "example"),
    [
        ("check", "    formcheck check clip.mp4 --exercise bridge\n"),
        ("record", "    formcheck record clip.mp4 -o clip.npz\n"),
        ("lint", "    formcheck lint my_exercise.toml\n"),
    ],
)
def test_help_gives_examples_on_lines_of_their_own(verb: str, example: str) -> None:
    """An example that is wrapped into a paragraph is none."""
    assert example in run(verb, "--help").stdout


def test_every_option_of_check_is_explained() -> None:
    """By more than its name."""
    options = run("check", "--help").stdout.partition("Options:")[2].partition("Examples:")[0]
    for name in ("exercise", "side", "json", "events", "values", "strict", "model"):
        assert len(options.partition(f"--{name}")[2].partition("  --")[0].split()) > 6, name


def test_the_version_is_told() -> None:
    """For a report of an error."""
    assert run("--version").stdout.startswith("formcheck 0.")
    assert run("-V").stdout == run("--version").stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["check", "--help"],
        ["live", "--help"],
        ["list"],
        ["show", "bridge"],
        ["show", "back-care"],
        ["lint", "bridge.toml"],
    ],
)
def test_what_needs_no_video_loads_neither_mediapipe_nor_opencv(arguments: list[str]) -> None:
    """They take most of a second, and may be what is broken."""
    program = (
        "import sys; from formcheck.cli import main\n"
        "try: main()\n"
        "finally: print(*(name for name in ('mediapipe', 'cv2', 'rich') if name in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, cwd=EXERCISES
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == ""


# Exercises.


def test_list_names_the_exercises() -> None:
    """With title and view."""
    lines = run("list").stdout.partition("\n\n")[0].splitlines()
    assert len(lines) == SHIPPED
    listed = dict(line.split(maxsplit=1) for line in lines)
    assert listed["bridge"] == "Glute bridge, seen from the side"


def test_a_file_of_ones_own_works_wherever_a_name_does(tmp_path: Path) -> None:
    """In `list` and by name, if it is in a folder `exercises`; by its path from anywhere."""
    own = tmp_path / "exercises" / "my_bridge.toml"
    own.parent.mkdir()
    text = (EXERCISES / "bridge.toml").read_text(encoding="utf-8")
    own.write_text(text.replace('name    = "bridge"', 'name    = "my_bridge"'), encoding="utf-8")
    assert "my_bridge" in run("list", cwd=tmp_path).stdout
    for name in ("my_bridge", own):
        assert "(my_bridge)" in run("show", name, "--rules", cwd=tmp_path).stdout
        found = run("check", BRIDGE, "-e", name, "--json", "-", cwd=tmp_path).stdout
        assert json.loads(found)["exercise"] == "my_bridge"
    assert run("lint", own).returncode == 0


def test_a_bad_file_does_not_hide_the_others_in_the_list(tmp_path: Path) -> None:
    """It is told as bad, with what to do."""
    (tmp_path / "exercises").mkdir()
    (tmp_path / "exercises" / "bad.toml").write_text("a =", encoding="utf-8")
    done = run("list", cwd=tmp_path)
    assert done.returncode == 0
    assert "formcheck lint exercises" in done.stdout
    assert len(done.stdout.partition("\n\n")[0].splitlines()) == SHIPPED + 1


def test_the_shipped_exercises_have_no_problems() -> None:
    """As users are told to lint theirs."""
    done = run("lint", *sorted(EXERCISES.glob("*.toml")))
    assert (done.returncode, done.stdout) == (0, f"{SHIPPED} exercise files are good.\n")


def test_routines_are_listed_shown_and_linted(tmp_path: Path) -> None:
    """In a block of their own, step by step, and with their problems."""
    block = run("list").stdout.partition("\n\n")[2].splitlines()
    assert block[0].startswith("Routines")
    assert block[1].startswith("back-care ")
    assert "1. Glute bridge: 15 reps" in run("show", "back-care").stdout
    shipped = EXERCISES / "routines" / "back-care.toml"
    assert run("show", shipped).stdout == run("show", "back-care").stdout
    done = run("lint", shipped, EXERCISES / "bridge.toml")
    assert (done.returncode, done.stdout) == (
        0,
        "1 exercise file and 1 routine file are good.\n",
    )
    own = tmp_path / "back-care.toml"
    text = shipped.read_text(encoding="utf-8")
    own.write_text(text.replace('"bridge"', '"bridg"'), encoding="utf-8")
    done = run("lint", own)
    assert (done.returncode, done.stdout) == (2, "")
    assert "step 1 > exercise: there is no exercise 'bridg', did you mean" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--reps", "3"], "--reps only works with a named exercise"),
        (["bridge", "--routine", "back-care"], "name an exercise or a --routine"),
        (["--routine", "back-care", "--reps", "3"], "its file sets them"),
        (["--routine", "back-car"], "Did you mean 'back-care'?"),
        (["bridg"], "Did you mean 'bridge'?"),
        (["bridge", "--record", "it.mp4"], "must end in .npz"),
        (["bridge", "--video", "it.npz"], "must end in .mp4"),
        (["bridge", "--events", "it", "--json", "it"], "would be overwritten"),
        (["bridge", "--camera", "it.mp4", "--video", "it.mp4"], "would be overwritten"),
        (["bridge", "--say", "poems"], "poems"),
        (["bridge", "--person", "anna", "--no-save"], "leave out --no-save"),
        (["bridge", "--reps", "0"], "--reps"),
    ],
)
def test_a_live_session_that_cannot_be_meant_is_refused(arguments: list[str], said: str) -> None:
    """Before the camera is opened."""
    assert said in refused(2, "live", *arguments)


def test_lint_tells_every_problem_of_every_file(tmp_path: Path) -> None:
    """One line each, with file and place."""
    one, other = tmp_path / "one.toml", tmp_path / "other.toml"
    text = (EXERCISES / "bridge.toml").read_text(encoding="utf-8")
    one.write_text(text.replace("[rep]\n", "[rep]\nreches = 3\n"), encoding="utf-8")
    other.write_text("a = ", encoding="utf-8")
    done = run("lint", one, other, tmp_path / "nowhere.toml")
    assert (done.returncode, done.stdout) == (2, "")
    lines = done.stderr.splitlines()
    assert any("rep: unknown key 'reches', did you mean 'reaches'?" in line for line in lines)
    assert any("name: is 'bridge' but the file is called one.toml" in line for line in lines)
    assert any("other.toml: not valid TOML" in line and "line 1" in line for line in lines)
    assert any("nowhere.toml: doesn't exist" in line for line in lines)


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
    assert "no video or recording in" in refused(2, "check", tmp_path, "-e", "bridge")
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


def test_a_cut_off_video_is_judged_as_far_as_it_goes(
    bridge_video: Path, tmp_path: Path, model_path: Path
) -> None:
    """With a note on stderr; the name may hold spaces and any letters."""
    path = tmp_path / "schräg gefilmt 膝 [red].mp4"
    path.write_bytes(bridge_video.read_bytes()[:CUT])
    done = run("check", path, "-e", "bridge", "--json", "-", FORMCHECK_MODEL=str(model_path))
    assert done.returncode == 0
    (note,) = done.stderr.splitlines()
    assert note.startswith("Note: ")
    assert "is cut short" in note
    result = json.loads(done.stdout)
    assert result["source"]["path"] == str(path)
    assert 100 < result["source"]["frames"] < 400
    assert result["sets"]


def test_an_unknown_exercise_comes_with_a_suggestion() -> None:
    """A slip of the finger is the usual reason."""
    line = refused(2, "check", BRIDGE, "-e", "bridg")
    assert "Did you mean 'bridge'?" in line
    assert "formcheck list" in line


def test_a_word_of_its_title_leads_to_the_exercise() -> None:
    """Nobody has to know that the glute bridge is `bridge` in files."""
    assert "Did you mean 'bridge' or 'single_leg_bridge'?" in refused(2, "show", "glute")


def test_without_a_command_it_says_what_to_do_next() -> None:
    """In few lines that fit any terminal, and not with the whole help."""
    done = run()
    lines = done.stdout.splitlines()
    assert done.returncode == 0
    assert len(lines) <= 7
    assert max(map(len, lines)) <= 80
    assert "formcheck app " in done.stdout


def test_the_help_has_every_command_in_a_panel_with_its_whole_purpose() -> None:
    """None is cut off at 80 columns, and none is left over."""
    told = run("-h").stdout
    assert max(map(len, told.splitlines())) <= 80
    assert "..." not in told.partition("Check:")[2]
    assert "Commands:" not in told
    for panel in ("Check:", "Coach:", "History:", "Make your own:", "Prove it:"):
        assert panel in told


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


def test_a_recording_that_cannot_be_written_is_refused(
    bridge_video: Path, tmp_path: Path, model_path: Path
) -> None:
    """At once, not when all is done; and only under a name that will be known again."""
    known = {"FORMCHECK_MODEL": str(model_path)}
    missing = tmp_path / "nowhere" / "it.npz"
    assert "Can't write" in refused(2, "record", bridge_video, "-o", missing, **known)
    assert ".npz" in refused(2, "record", bridge_video, "-o", tmp_path / "it.mp4", **known)


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


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", BRIDGE, BRIDGE, "-e", "bridge", "--events", "x"], "one source at a time"),
        (["check", BRIDGE, "-e", "bridge", "--jsn", "x"], "--jsn"),
        (["check", BRIDGE, "--values", "x"], "--exercise"),
        (["check", "-e", "bridge"], "SOURCE"),
        (["check", BRIDGE, "-e", "bridge", "--side", "top"], "top"),
        (["chek"], "chek"),
    ],
)
def test_wrong_usage_is_one_line_that_names_the_help(arguments: list[object], said: str) -> None:
    """An unknown option or verb, something missing, or two things that do not go together."""
    line = refused(2, *arguments)
    assert said in line
    assert "--help`" in line


def test_the_traceback_is_shown_when_asked_for() -> None:
    """For whoever mends formcheck."""
    done = run("check", "nowhere.mp4", "-e", "bridge", FORMCHECK_DEBUG="1")
    assert done.returncode == 2
    assert "Traceback" in done.stderr
    assert done.stderr.splitlines()[-1].endswith("doesn't exist. Check the name and the folder.")


def test_an_error_of_our_own_is_one_line_too(capsys: pytest.CaptureFixture[str]) -> None:
    """It says how to report it."""
    assert terminal.tell(ZeroDivisionError("division by zero")) == terminal.UNFORESEEN
    (line,) = capsys.readouterr().err.splitlines()
    assert "ZeroDivisionError: division by zero" in line
    assert "FORMCHECK_DEBUG" in line


# Results.


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


def test_a_recording_gives_the_same_result_as_its_video(
    one_bridge: Path, tmp_path: Path, model_path: Path
) -> None:
    """To the last digit; only the path differs."""
    recording = tmp_path / "it.npz"
    known = {"FORMCHECK_MODEL": str(model_path)}
    recorded = run("record", one_bridge, "-o", recording, **known)
    assert recorded.stdout.endswith("100 frames, a person in 100 of them\n")
    assert (recorded.returncode, recorded.stderr) == (0, "")
    results = [
        json.loads(run("check", path, "-e", "bridge", "--json", "-", **known).stdout)
        for path in (one_bridge, recording)
    ]
    assert results[0]["sets"][0]["reps"]
    for result in results:
        del result["source"]["path"]
    assert results[0] == results[1]


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "cp437"])
def test_a_console_with_few_letters_is_no_reason_to_fail(encoding: str, tmp_path: Path) -> None:
    """What it cannot print is written as a number; JSON needs no such letters."""
    path = tmp_path / "膝.npz"
    shutil.copy(BRIDGE, path)
    for options in ([], ["--json", "-"]):
        done = subprocess.run(
            [*COMMAND, "check", path, "-e", "bridge", *options],
            capture_output=True,
            env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
        )
        assert (done.returncode, done.stderr) == (0, b"")
        assert b"\\u819d.npz" in done.stdout


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


@on_posix
@pytest.mark.parametrize("options", [[], ["--json", "-"]])
def test_a_reader_that_goes_away_is_no_error(options: list[str]) -> None:
    """As `formcheck check ... | head -1` does."""
    process = subprocess.Popen(
        [*COMMAND, "check", *[str(BRIDGE)] * 9, "-e", "bridge", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout
    assert process.stderr
    assert process.stdout.readline()
    process.stdout.close()
    assert process.stderr.read() == ""
    process.stderr.close()
    assert process.wait(timeout=30) in (0, 141)  # 0 if all had been printed by then


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
    shown = in_a_terminal("check", path, "-e", "bridge", FORMCHECK_MODEL=str(model_path))
    bar, _, report = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", shown).rpartition("left")
    assert re.search(r"\[red\]it\.mp4 \S+ +[1-9][0-9]% 0:00:[0-9][0-9] left", bar)
    assert "[red]it.mp4" in report
    assert "Work on this" in report


@on_posix
def test_a_recording_on_a_terminal_gives_a_summary_in_colour() -> None:
    """And the same words as in a pipe."""
    assert "\x1b[" in in_a_terminal("check", BRIDGE, "-e", "bridge")
    assert "\x1b[" not in run("check", BRIDGE, "-e", "bridge").stdout


# The doctor.


def test_the_doctor_says_what_works_here() -> None:
    """Each finding beside its mark; what is missing for judging a video gives exit code 3."""
    done = run("doctor")
    marks = {"ok", "warning", "PROBLEM"}
    lines = [line.split(maxsplit=1) for line in done.stdout.splitlines() if line[0] != " "]
    assert {mark for mark, _ in lines} <= marks
    assert ["ok", "MediaPipe:"] in [[mark, text.split()[0]] for mark, text in lines]
    assert done.returncode == (3 if "PROBLEM" in done.stdout else 0)
