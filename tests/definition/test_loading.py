"""Exercises are found by name, title or path, and their files read."""

from pathlib import Path

import pytest
from helpers.lift import GOOD, changed, loaded
from helpers.places import EXERCISES

from formcheck.definition.loading import (
    exercise_files,
    find_exercise,
    load_exercise,
    read_exercise,
)
from formcheck.errors import ExerciseError

SHIPPED = sorted(EXERCISES.glob("*.toml"))

# What is right.


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_the_shipped_exercises_have_no_problem(path: Path) -> None:
    """All that come with formcheck."""
    exercise, found = read_exercise(path)
    assert found == []
    assert exercise is not None
    assert exercise.name == path.stem


def test_a_good_text_becomes_an_exercise() -> None:
    """With what it says, and the defaults for what it leaves out."""
    exercise = loaded(GOOD)
    assert (exercise.sides, exercise.camera.within) == ("both", 45)
    assert exercise.measure("both").terms == (("hip_angle", 1), ("line", -1))
    assert exercise.measure("hip_rise").since_rest == "change"
    assert exercise.fault("too_low").severity == "fault"
    assert exercise.fault("sags").first.until == 155
    assert [fault.title for fault in exercise.faults] == ["Too low", "Hips sag"]
    assert [fault.is_live for fault in exercise.faults] == [False, True]


def test_a_list_of_conditions_means_all_of_them() -> None:
    """And one table is a list of one."""
    two = "[{ peak = 'hip_angle', below = 165 }, { duration = 'hold', below = 1 }]"
    exercise = loaded(changed(('{ peak = "hip_angle", below = 165 }', two)))
    assert [c.subject for c in exercise.fault("too_low").when] == ["peak", "duration"]
    assert len(exercise.fault("sags").when) == 1


def test_a_byte_order_mark_is_no_problem(tmp_path: Path) -> None:
    """Some editors on Windows write one."""
    path = tmp_path / "lift.toml"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert load_exercise(path).name == "lift"


@pytest.mark.parametrize(
    ("base", "said"),
    [
        ("bridge", ""),
        ("brigde", "there is no exercise 'brigde', did you mean 'bridge'?"),
        ("lift", "names the exercise itself"),
    ],
)
def test_what_an_exercise_is_a_variant_of_must_be_another_one(
    base: str, said: str, tmp_path: Path
) -> None:
    """It is told when it is not, and taken from the file when it is."""
    path = tmp_path / "lift.toml"
    path.write_text(GOOD.replace("reps = 10", f'reps = 10\nvariant_of = "{base}"'))
    exercise, problems = read_exercise(path)
    assert [str(problem) for problem in problems] == ([f"variant_of: {said}"] if said else [])
    assert (exercise and exercise.variant_of) == (None if said else base)


# Files that are no exercises.


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "doesn't exist"),
        (b'name = "\xff\xfe"', "is not UTF-8 text"),
        (b"", "'schema' is missing"),
        (b"\x89PNG\r\n\x1a\n", "is not UTF-8 text"),
        (b"[tool.ruff]\nline-length = 100", "unknown key 'tool'"),
    ],
)
def test_a_file_that_is_no_exercise_is_told_so(
    tmp_path: Path, content: bytes | None, said: str
) -> None:
    """Missing, empty, or something else."""
    path = tmp_path / "it.toml"
    if content is not None:
        path.write_bytes(content)
    exercise, found = read_exercise(path)
    assert exercise is None
    assert any(said in str(problem) for problem in found)


def test_a_folder_is_told_to_be_one(tmp_path: Path) -> None:
    """Though its name ends in .toml."""
    folder = tmp_path / "it.toml"
    folder.mkdir()
    exercise, found = read_exercise(folder)
    assert exercise is None
    assert len(found) == 1


def test_a_file_is_named_by_its_problems(tmp_path: Path) -> None:
    """One problem on the same line, more on lines of their own."""
    path = tmp_path / "lift.toml"
    path.write_text(changed(("counts = 12", "")), encoding="utf-8")
    with pytest.raises(ExerciseError) as refusal:
        load_exercise(path)
    assert str(refusal.value) == (f"Can't use the exercise file {path}: rep: 'counts' is missing")
    path.write_text(changed(("counts = 12", ""), ("reps = 10", "reps = 0")), encoding="utf-8")
    with pytest.raises(ExerciseError) as refusal:
        load_exercise(path)
    assert str(refusal.value).splitlines()[1:] == [
        "  rep: 'counts' is missing",
        "  reps: must be between 1 and 1000",
    ]


# Names.


def test_an_exercise_here_comes_before_a_shipped_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that limits can be changed without touching the installation."""
    (tmp_path / "exercises").mkdir()
    own = tmp_path / "exercises" / "bridge.toml"
    own.write_text(changed(('"lift"', '"bridge"')), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert load_exercise("bridge").title == "Lift"
    assert list(exercise_files()) == [path.stem for path in SHIPPED]


def test_a_path_with_spaces_and_any_letters_is_found(tmp_path: Path) -> None:
    """Names of people and folders are not ASCII."""
    path = tmp_path / "meine Übungen" / "lift.toml"
    path.parent.mkdir()
    path.write_text(GOOD, encoding="utf-8")
    assert load_exercise(str(path)).name == "lift"


@pytest.mark.parametrize(
    ("name", "said"), [("bridg", "Did you mean 'bridge'"), ("qqq", "formcheck list")]
)
def test_an_unknown_name_is_refused_with_what_to_do(name: str, said: str) -> None:
    """A suggestion where one is close."""
    with pytest.raises(ExerciseError, match=said):
        find_exercise(name)


@pytest.mark.parametrize("name", ["Glute bridge", "glute-bridge", "GLUTE_BRIDGE"])
def test_an_exercise_is_found_by_its_title_however_it_is_written(name: str) -> None:
    """People do not know file names."""
    assert find_exercise(name).stem == "bridge"
