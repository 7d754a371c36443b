"""The verbs about exercises and routines themselves: list, show and lint. They need no video."""

import shutil
from pathlib import Path
from typing import Annotated

import typer

from formcheck.errors import ExerciseError
from formcheck.terminal import echo, tell_problems
from formcheck.wording import count

WIDEST = 100
"""Columns of text; longer lines are hard to read."""
COLUMN = 24
"""Letters of a name in the list."""

LINT_EPILOG = """Examples:

\b
  formcheck lint my_exercise.toml
  formcheck lint exercises/*.toml exercises/routines/*.toml"""


def list_definitions() -> None:
    """List exercises and routines.

    Those in a folder `exercises` where you are come before those of formcheck with the same name;
    routines are in its folder `routines`.
    """
    from formcheck.definition.loading import exercise_files, read_exercise
    from formcheck.definition.routine import read_routine, routine_files

    for name, path in exercise_files().items():
        exercise, problems = read_exercise(path)
        if exercise is None:
            told = _unusable(path, len(problems))
        else:
            told = f"{exercise.title}, seen from the {exercise.camera.view}"
        echo(f"{name:{COLUMN}}{told}")
    routines = routine_files()
    if routines:
        echo("\nRoutines, for `formcheck live --routine NAME`:")
    for name, path in routines.items():
        routine, problems = read_routine(path)
        told = _unusable(path, len(problems)) if routine is None else routine.summary
        echo(f"{name:{COLUMN}}{told}")


def show(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME|FILE",
            help="A name from `formcheck list`, or a .toml file of your own.",
        ),
    ],
    markdown: Annotated[
        bool, typer.Option("--markdown", help="Print an exercise's page for a document.")
    ] = False,
) -> None:
    """Explain an exercise or a routine in plain words.

    Of an exercise: where the camera should stand, what counts as a rep, every fault with its limits
    and cue, and what no camera can judge. Of a routine: its steps.
    """
    from formcheck.definition.loading import SUFFIX, exercise_files, load_exercise
    from formcheck.definition.routine import (
        explain_routine,
        is_routine,
        load_routine,
        routine_files,
    )
    from formcheck.definition.words import explain

    width = min(WIDEST, shutil.get_terminal_size().columns)
    if name.lower().endswith(SUFFIX):
        of_routine = is_routine(Path(name))
    else:
        of_routine = name in routine_files() and name not in exercise_files()
    if markdown:
        from formcheck.definition.page import exercise_page

        echo(exercise_page(load_exercise(name)), nl=False)
    elif of_routine:
        echo(explain_routine(load_routine(name), width))
    else:
        echo(explain(load_exercise(name), width))


def lint(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE", help="Exercise or routine files, ending in .toml."),
    ],
) -> None:
    """Check exercise and routine files for mistakes.

    One line for each problem, with the place in the file. A file with [[step]] is taken for a
    routine. The exit code is 2 if there are any problems.
    """
    from formcheck.definition.loading import read_exercise
    from formcheck.definition.routine import is_routine, read_routine

    bad = routines = 0
    for file in files:
        of_routine = is_routine(file)
        _, problems = read_routine(file) if of_routine else read_exercise(file)
        routines += of_routine
        bad += bool(problems)
        tell_problems(f"{file}: {problem}" for problem in problems)
    if bad:
        raise typer.Exit(ExerciseError.exit_code)
    echo(_all_good(len(files) - routines, routines))


def _unusable(path: Path, problems: int) -> str:
    return f"cannot be used: `formcheck lint {path}` ({problems})"


def _all_good(exercises: int, routines: int) -> str:
    counted = {"exercise": exercises, "routine": routines}
    words = [count(n, f"{kind} file") for kind, n in counted.items() if n]
    return f"{' and '.join(words)} {'are' if exercises + routines > 1 else 'is'} good."
