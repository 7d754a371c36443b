"""The command line as a user meets it: by arguments, exit code and output."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from helpers.commands import BRIDGE, COMMAND, refused, run
from helpers.places import EXERCISES

from formcheck.terminal import lines

on_posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals and terminals")


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
    assert lines.tell(ZeroDivisionError("division by zero")) == lines.UNFORESEEN
    (line,) = capsys.readouterr().err.splitlines()
    assert "ZeroDivisionError: division by zero" in line
    assert "FORMCHECK_DEBUG" in line


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


def test_the_doctor_says_what_works_here() -> None:
    """Each finding beside its mark; what is missing for judging a video gives exit code 3."""
    done = run("doctor")
    marks = {"ok", "warning", "PROBLEM"}
    lines = [line.split(maxsplit=1) for line in done.stdout.splitlines() if line[0] != " "]
    assert {mark for mark, _ in lines} <= marks
    assert ["ok", "MediaPipe:"] in [[mark, text.split()[0]] for mark, text in lines]
    assert done.returncode == (3 if "PROBLEM" in done.stdout else 0)
