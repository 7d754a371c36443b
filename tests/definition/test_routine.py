"""Routines: several exercises in a row, and every problem in their files by its place."""

from pathlib import Path

import pytest
from helpers.places import EXERCISES

from formcheck.definition.loading import load_exercise
from formcheck.definition.routine import (
    REST,
    explain_routine,
    is_routine,
    load_routine,
    one_exercise,
    read_routine,
    routine_files,
)
from formcheck.errors import ExerciseError

GOOD = """\
schema  = 1
name    = "mine"
title   = "Mine"
summary = "Two exercises."

[[step]]
exercise = "bridge"
reps     = 4

[[step]]
exercise = "side_lying_leg_raise"
side     = "left"
rest     = 0
"""


def saved(folder: Path, text: str, name: str = "mine.toml") -> Path:
    """Write a routine's file."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def problems(folder: Path, text: str) -> list[str]:
    """What is wrong with a routine, one line each."""
    routine, found = read_routine(saved(folder, text))
    assert (routine is None) == bool(found)
    return [str(each) for each in found]


def test_the_shipped_routine_is_good() -> None:
    """Bridge, both sides of the leg raise, crunch; each with its reps and rest."""
    routine = load_routine("back-care")
    assert [step.exercise.name for step in routine.steps] == [
        "bridge",
        "side_lying_leg_raise",
        "side_lying_leg_raise",
        "crunch",
    ]
    assert [step.side for step in routine.steps] == [None, "left", "right", None]
    assert all(step.reps > 0 for step in routine.steps)
    assert all(step.rest > 0 for step in routine.steps[:-1])


def test_the_gentle_routine_has_holds_in_it_and_nothing_to_be_careful_with() -> None:
    """Three side planks on each side, said in seconds; each bird dog on both sides."""
    routine = load_routine("gentle-back")
    assert [step.exercise.name for step in routine.steps if step.exercise.is_timed] == [
        "side_plank",
        "side_plank",
    ]
    assert not any(step.exercise.caution for step in routine.steps)
    words = explain_routine(routine)
    assert "3. Side plank, left side: 3 holds of 8 s" in words
    assert "5. Bird dog: 6 reps held for 5 s on each side" in words
    assert "formcheck history --plan gentle-back" in " ".join(words.split())


def test_what_a_step_does_not_say_comes_from_its_exercise(tmp_path: Path) -> None:
    """Reps, both sides, and a usual rest."""
    routine = load_routine(str(saved(tmp_path, GOOD)))
    first, second = routine.steps
    assert (first.reps, first.side, first.rest) == (4, None, REST)
    assert (second.reps, second.rest) == (load_exercise("side_lying_leg_raise").reps, 0.0)


def test_a_routine_names_exercise_files_as_seen_from_its_folder(tmp_path: Path) -> None:
    """So that both can be moved together."""
    text = (EXERCISES / "bridge.toml").read_text(encoding="utf-8")
    saved(tmp_path, text.replace('name    = "bridge"', 'name    = "own"'), "own.toml")
    routine = load_routine(str(saved(tmp_path, GOOD.replace('"bridge"', '"own.toml"'))))
    assert routine.steps[0].exercise.name == "own"


def test_a_single_exercise_is_a_routine_of_one_step() -> None:
    """With as many reps as asked for, or as usual."""
    bridge = load_exercise("bridge")
    assert one_exercise(bridge, 3, None).steps[0].reps == 3
    assert one_exercise(bridge, None, None).steps[0].reps == bridge.reps


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("schema  = 1", "schema  = 2", "schema: must be 1, not 2"),
        ('title   = "Mine"\n', "", "'title' is missing"),
        ("title ", "titel ", "unknown key 'titel', did you mean 'title'?"),
        ('"Two exercises."', '""', "summary: must not be empty, not ''"),
        ('"mine"', '"yours"', "name: is 'yours' but the file is called mine.toml"),
        ('"bridge"', '"bridg"', "step 1 > exercise: there is no exercise 'bridg', did you mean"),
        ('"bridge"', '"no.toml"', "step 1 > exercise: Can't use the exercise file"),
        ('exercise = "bridge"\n', "", "step 1: 'exercise' is missing"),
        ("reps     = 4", "reps     = 0", "step 1 > reps: must be at least 1, not 0"),
        ("reps     = 4", "reps     = 4.5", "step 1 > reps: must be a whole number, not 4.5"),
        ("reps     = 4", "rep      = 4", "step 1: unknown key 'rep', did you mean 'reps'?"),
        ('"left"', '"lft"', "step 2 > side: must be 'left' or 'right', not 'lft', did you"),
        ("reps     = 4", 'side = "left"', "step 1 > side: bridge has no sides; leave it out"),
        ("rest     = 0", "rest     = -1", "step 2 > rest: must be at least 0, not -1"),
        ("rest     = 0", "rest     = inf", "step 2 > rest: must be a finite number"),
        ("schema  = 1", "schema  = ", "not valid TOML"),
    ],
)
def test_a_problem_is_told_with_its_place(tmp_path: Path, old: str, new: str, said: str) -> None:
    """And with the word that may have been meant."""
    assert old in GOOD
    found = problems(tmp_path, GOOD.replace(old, new, 1))
    assert any(said in line for line in found), found
    assert all("\n" not in line for line in found)


def test_steps_are_a_list_of_at_least_one(tmp_path: Path) -> None:
    """One pair of brackets is a common slip."""
    head = GOOD.partition("[[step]]")[0]
    assert problems(tmp_path, head) == ["'step' is missing"]
    assert problems(tmp_path, f"{head}step = []\n") == ["step: must not be empty, not a list"]
    one = f'{head}[step]\nexercise = "bridge"\n'
    assert problems(tmp_path, one) == ["step: must be written [[step]], with two brackets"]


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    """In the error as well as in the list."""
    text = GOOD.replace("reps     = 4", "reps = 0").replace('"left"', '"lft"')
    assert len(problems(tmp_path, text)) == 2
    with pytest.raises(ExerciseError, match=r"step 1 > reps(.|\n)*step 2 > side"):
        load_routine(str(tmp_path / "mine.toml"))


def test_an_unknown_routine_comes_with_a_suggestion() -> None:
    """And says where to look."""
    with pytest.raises(ExerciseError, match="Did you mean 'back-care'"):
        load_routine("backcare")
    with pytest.raises(ExerciseError, match="doesn't exist"):
        load_routine("missing.toml")


def test_ones_own_routines_come_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the folder `exercises/routines` where one is."""
    folder = tmp_path / "exercises" / "routines"
    folder.mkdir(parents=True)
    own = saved(folder, GOOD.replace('"mine"', '"back-care"'), "back-care.toml")
    monkeypatch.chdir(tmp_path)
    assert routine_files()["back-care"].resolve() == own
    assert load_routine("back-care").title == "Mine"


def test_a_routine_is_known_by_its_steps(tmp_path: Path) -> None:
    """Exercises have none, nor has what is no file."""
    assert is_routine(saved(tmp_path, GOOD))
    assert not is_routine(EXERCISES / "bridge.toml")
    assert not is_routine(tmp_path / "missing.toml")


def test_a_routine_is_explained_step_by_step() -> None:
    """In lines that fit."""
    words = explain_routine(load_routine("back-care"), 60)
    assert max(map(len, words.splitlines())) <= 60
    assert "1. Glute bridge: 15 reps held for 3 s, then rest for 30 s" in words
    assert "left side" in words
    assert "formcheck live --routine back-care" in words
    plan = "Do it on 7 days a week, with 30 minutes of walking each day."
    assert plan in " ".join(words.split())


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        ("days = 8", "plan > days: must be at most 7, not 8"),
        ("walk_minutes = -1", "plan > walk_minutes: must be at least 0, not -1"),
        ("walks = 3", "plan: unknown key 'walks'"),
    ],
)
def test_a_plan_that_no_week_can_hold_is_told(tmp_path: Path, plan: str, said: str) -> None:
    """As any other problem of the file."""
    head, _, steps = GOOD.partition("[[step]]")
    found = problems(tmp_path, f"{head}[plan]\n{plan}\n[[step]]{steps}")
    assert any(said in line for line in found), found


def test_the_reps_of_a_step_are_what_its_report_aims_at() -> None:
    """`--reps 8` is "of 8" everywhere, not what the exercise's file says."""
    (step,) = one_exercise(load_exercise("bridge"), 8, None).steps
    assert (step.reps, step.exercise.reps) == (8, 8)
    (usual,) = one_exercise(load_exercise("bridge"), None, None).steps
    assert (usual.reps, usual.exercise.reps) == (15, 15)


CAREFUL = '\n[[step]]\nexercise = "careful.toml"\n'


def careful(folder: Path) -> None:
    """An exercise to be careful with, beside the routine."""
    text = (EXERCISES / "bridge.toml").read_text(encoding="utf-8")
    text = text.replace('"bridge"', '"careful"').replace('"Glute bridge"', '"Careful bridge"')
    text = text.replace("reps    = 15", 'reps    = 15\ncaution = "Only if told to."')
    (folder / "careful.toml").write_text(text, encoding="utf-8")


def test_an_exercise_to_be_careful_with_is_off_unless_the_routine_says_on(tmp_path: Path) -> None:
    """It is left out and that is told; `on = true` puts it in, `on = false` takes any step out."""
    careful(tmp_path)
    routine, found = read_routine(saved(tmp_path, GOOD + CAREFUL))
    assert routine is not None, found
    assert [step.exercise.name for step in routine.steps] == ["bridge", "side_lying_leg_raise"]
    assert routine.warnings == ("Careful bridge is left out. Only if told to.",)
    assert "Left out: Careful bridge" in explain_routine(routine)
    routine, _ = read_routine(saved(tmp_path, GOOD + CAREFUL + "on = true\n"))
    assert routine is not None
    assert [step.exercise.name for step in routine.steps][-1] == "careful"
    assert routine.warnings == ("Careful bridge: take care. Only if told to.",)
    routine, _ = read_routine(saved(tmp_path, GOOD + "on = false\n"))
    assert routine is not None
    assert [step.exercise.name for step in routine.steps] == ["bridge"]


def test_a_routine_of_which_everything_is_off_is_a_problem(tmp_path: Path) -> None:
    """There would be nothing to do."""
    careful(tmp_path)
    head, _, _ = GOOD.partition("[[step]]")
    (problem,) = problems(tmp_path, head + CAREFUL)
    assert "all steps are off" in problem
