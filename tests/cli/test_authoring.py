"""The verbs new, learn and plot as their user meets them: files, messages and exit codes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from helpers.commands import COMMAND, refused, run
from helpers.places import SAMPLES

from formcheck.definition.loading import exercise_files, parse_exercise, read_exercise
from formcheck.definition.template import copied_text, name_of, refuse_existing, starting_text
from formcheck.errors import ExerciseError, OutputError
from formcheck.exercise import Exercise

BRIDGE = SAMPLES / "bridge_5.npz"
PNG, PDF = b"\x89PNG", b"%PDF"


@pytest.fixture(autouse=True)
def no_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no window be opened, whoever runs the tests."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)


def good(text: str, name: str) -> Exercise:
    """The exercise of a text that has no problem."""
    exercise, problems = parse_exercise(text, expected_name=name)
    assert problems == []
    assert exercise is not None
    return exercise


# new


@pytest.mark.parametrize("timed", [False, True])
def test_a_new_file_is_good_as_it_is(timed: bool) -> None:
    """It is named after the file, has a title to read, and every line can be changed."""
    exercise = good(starting_text("heel_slide", timed), "heel_slide")
    assert exercise.title == "Heel slide"
    assert exercise.is_timed == timed
    assert exercise.faults


@pytest.mark.parametrize("timed", [False, True])
def test_a_new_file_fits_on_a_page(timed: bool) -> None:
    """No line is longer than an editor shows."""
    assert max(map(len, starting_text("heel_slide", timed).splitlines())) <= 100


@pytest.mark.parametrize("name", sorted(exercise_files()))
def test_a_copy_of_any_exercise_is_good_under_its_new_name(name: str) -> None:
    """It says the same in all but its name."""
    copy = good(copied_text(name, "my_own"), "my_own")
    original, _ = read_exercise(exercise_files()[name])
    assert original is not None
    assert copy.title == original.title
    assert copy.faults == original.faults


def test_a_copy_of_what_is_not_there_is_refused() -> None:
    """With the exercise that may have been meant."""
    with pytest.raises(ExerciseError, match="Did you mean 'bridge'"):
        copied_text("bridg", "my_own")


@pytest.mark.parametrize(
    ("file", "better"),
    [
        ("my-exercise.toml", "my_exercise.toml"),
        ("My Exercise.toml", "my_exercise.toml"),
        ("3_way.toml", "exercise_3_way.toml"),
        ("---.toml", "exercise.toml"),
        ("squat.txt", "squat.toml"),
        ("squat", "squat.toml"),
    ],
)
def test_a_name_that_no_exercise_can_have_is_refused_with_one_that_it_can(
    file: str, better: str
) -> None:
    """By the rule of lint, before anything is written."""
    with pytest.raises(ExerciseError, match=rf"as in {better}\."):
        name_of(Path("a folder") / file)
    assert name_of(Path(better)) == better.removesuffix(".toml")


def test_a_file_that_is_there_is_never_overwritten(tmp_path: Path) -> None:
    """It may hold somebody's work."""
    file = tmp_path / "mine.toml"
    file.write_text("my work")
    with pytest.raises(OutputError, match="already exists"):
        refuse_existing(file)
    for verb in (["new", file], ["learn", BRIDGE, "--reps", 5, "-o", file]):
        assert "already exists" in refused(2, *verb, cwd=tmp_path)
    assert file.read_text() == "my work"


def test_new_writes_a_good_file_and_says_what_to_do_next(tmp_path: Path) -> None:
    """In a folder with spaces in its name, in quotes that a shell understands."""
    folder = tmp_path / "my exercises"
    folder.mkdir()
    done = run("new", "my exercises/heel_slide.toml", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert 'formcheck lint "my exercises' in done.stdout
    assert read_exercise(folder / "heel_slide.toml")[1] == []


def test_new_begins_with_one_thing_only(tmp_path: Path) -> None:
    """A copy is timed if its original is."""
    line = refused(2, "new", "a.toml", "--from", "bridge", "--timed", cwd=tmp_path)
    assert "--timed and --from don't go together" in line


# learn


def test_learn_writes_a_good_file_and_tells_the_measure(tmp_path: Path) -> None:
    """And the next commands; the file counts what was told."""
    done = run("learn", BRIDGE, "--reps", 5, "-o", "mine.toml", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "It tracks hip_angle" in done.stdout
    assert "formcheck lint mine.toml" in done.stdout
    checked = run("check", BRIDGE, "-e", "mine.toml", cwd=tmp_path)
    assert "5 reps, 5 clean" in checked.stdout


def test_learn_takes_the_number_of_reps_of_each_clip(tmp_path: Path) -> None:
    """One for all, or one for each; nothing else is understood."""
    clips = [BRIDGE, SAMPLES / "bridging_1.npz"]
    line = refused(2, "learn", *clips, *["--reps", 5] * 3, "-o", "mine.toml", cwd=tmp_path)
    assert "once for each of the 2 clips" in line
    done = run("learn", *clips, "--reps", 5, "--reps", 1, "-o", "mine.toml", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "bridging_1.npz, which shows 1." in (tmp_path / "mine.toml").read_text("utf-8")


def test_learn_says_honestly_that_it_found_nothing(tmp_path: Path) -> None:
    """What came nearest, and no file."""
    line = refused(2, "learn", BRIDGE, "--reps", 7, "-o", "mine.toml", cwd=tmp_path)
    assert "hip_angle shows 5 in bridge_5.npz" in line
    assert list(tmp_path.iterdir()) == []


# plot


@pytest.mark.parametrize(("suffix", "begins"), [("png", PNG), ("PDF", PDF), ("svg", b"<?xml")])
def test_plot_writes_pictures_of_several_kinds(tmp_path: Path, suffix: str, begins: bytes) -> None:
    """By the name of the file."""
    file = tmp_path / f"a plot.{suffix}"
    done = run("plot", BRIDGE, "-e", "bridge", "-m", "hip_angle", "-o", file, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert file.read_bytes().startswith(begins)


def test_the_same_plot_is_the_same_file(tmp_path: Path) -> None:
    """So that a picture in a repository changes only when what it shows does."""
    files = [tmp_path / "a.svg", tmp_path / "b.svg"]
    for file in files:
        assert run("plot", BRIDGE, "-e", "bridge", "-o", file, cwd=tmp_path).returncode == 0
    assert files[0].read_bytes() == files[1].read_bytes()


def test_plot_shows_a_measure_without_an_exercise(tmp_path: Path) -> None:
    """One that `learn` tries, when there is no exercise yet."""
    done = run("plot", BRIDGE, "-m", "knee_angle", "-o", "plot.svg", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "knee_angle (degrees)" in (tmp_path / "plot.svg").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-o", "plot.png"], "give an --exercise, a --measure, or both"),
        (["-e", "bridge", "-o", "plot.jpg"], "name the plot FILE.png, FILE.svg, FILE.pdf"),
        (["-e", "bridge", "-m", "hip_angel", "-o", "plot.png"], "did you mean 'hip_angle'?"),
        (["-m", "hip", "-o", "plot.png"], "There is no measure 'hip'"),
    ],
)
def test_plot_says_what_it_cannot_use(tmp_path: Path, arguments: list[str], said: str) -> None:
    """In one line, before any work is done."""
    assert said in refused(2, "plot", BRIDGE, *arguments, cwd=tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems have a screen")
@pytest.mark.parametrize("environment", [{}, {"DISPLAY": ":77", "MPLBACKEND": "agg"}])
def test_plot_without_a_screen_asks_for_a_file(tmp_path: Path, environment: dict[str, str]) -> None:
    """Where there is no display, or nothing that could open a window on it."""
    line = refused(3, "plot", BRIDGE, "-e", "bridge", cwd=tmp_path, **environment)
    assert "with -o plot.png" in line


def test_plot_to_a_file_needs_no_backend(tmp_path: Path) -> None:
    """Matplotlib refuses to be loaded where one is named that it does not know."""
    done = subprocess.run(
        [*COMMAND, "plot", str(BRIDGE), "-e", "bridge", "-o", "it.png"],
        cwd=tmp_path,
        env={**os.environ, "MPLBACKEND": "nonsense"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "it.png").stat().st_size


def test_help_does_not_load_matplotlib() -> None:
    """Nor does anything but a plot: it takes half a second."""
    code = (
        "import sys, formcheck.cli, formcheck.plot.source_plot, formcheck.learning.learner\n"
        "print(*(name for name in ('matplotlib', 'mediapipe', 'cv2') if name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8")
    assert (done.returncode, done.stdout.strip()) == (0, ""), done.stderr
