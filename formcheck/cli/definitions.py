"""The verbs about exercises and routines themselves: list, show and lint. They need no video."""

import shutil
import webbrowser
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from formcheck.cli.options import LanguageOption
from formcheck.cli.written import ready_to_write
from formcheck.errors import ExerciseError
from formcheck.language.catalogues import ENGLISH
from formcheck.language.tongue import about, speaking, tr, untranslated
from formcheck.printable import on_one_line
from formcheck.terminal.lines import echo, echo_line, note, tell_problems
from formcheck.wording import count

if TYPE_CHECKING:
    from formcheck.definition.form_problems import Problem

WIDEST = 100
"""Columns of text; longer lines are hard to read."""
COLUMN = 24
"""Letters of a name in the list."""

EXERCISE = "exercise"

SHOW_EPILOG = """Examples:

\b
  formcheck show bridge
  formcheck show bridge --demo
  formcheck show bridge --demo --fault "hips too low"
  formcheck show bridge --demo -o bridge.svg"""

LINT_EPILOG = """Examples:

\b
  formcheck lint my_exercise.toml
  formcheck lint my_exercise.toml --fix
  formcheck lint exercises/*.toml exercises/routines/*.toml
  formcheck lint exercises/de/*.toml           translations"""


def list_definitions() -> None:
    """List exercises and routines.

    Put your own exercises into a folder `exercises` where you run formcheck, and routines into
    `exercises/routines`. They replace formcheck's with the same name.
    """
    from formcheck.definition.loading import exercise_files, read_exercise
    from formcheck.definition.routine import read_routine, routine_files

    for name, path in exercise_files().items():
        exercise, problems = read_exercise(path)
        if exercise is None:
            told = _unusable(path, len(problems))
        else:
            told = f"{exercise.title}, seen from the {exercise.camera.view}"
        echo_line(f"{name:{COLUMN}}{told}")
    routines = routine_files()
    if routines:
        echo("\nRoutines, for `formcheck live --routine NAME`:")
    for name, path in routines.items():
        routine, problems = read_routine(path)
        told = _unusable(path, len(problems)) if routine is None else routine.summary
        echo_line(f"{name:{COLUMN}}{told}")


def show(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME|FILE",
            help="A name from `formcheck list`, or a .toml file of your own.",
        ),
    ],
    rules: Annotated[
        bool,
        typer.Option(
            "--rules",
            help="Print the rules behind it, with every measure and limit, for people who write "
            "exercises.",
        ),
    ] = False,
    markdown: Annotated[
        bool, typer.Option("--markdown", help="Print an exercise's page for a document.")
    ] = False,
    demo: Annotated[
        bool,
        typer.Option(
            "--demo",
            help="Show the exercise as a moving picture, and each mistake next to the right way. "
            "Without -o, formcheck writes NAME_demo.html here and opens it in your browser.",
        ),
    ] = False,
    fault: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="With --demo: show only this mistake, next to the right way."
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE.html|svg",
            help="With --demo: the page to write (.html), or only the picture (.svg).",
        ),
    ] = None,
    language: LanguageOption = None,
) -> None:
    """Explain an exercise or a routine in plain words.

    For an exercise: how to do it, where to put the camera, which mistakes it looks for and what to
    do about them, and what it cannot see. For a routine: its steps.
    """
    if (fault or output) and not demo:
        raise typer.BadParameter("--fault and --output only work with --demo.")
    if demo:
        _demonstrate(name, fault, output)
    else:
        _explain(name, markdown, rules)


def _explain(name: str, markdown: bool, rules: bool) -> None:
    """Print what an exercise or a routine is, in words."""
    from formcheck.definition.guide import guide
    from formcheck.definition.loading import load_exercise

    if markdown or rules or _is_routine(name):
        _explain_in_english(name, markdown)
        return
    exercise = load_exercise(name)
    note(untranslated(exercise))
    with about(exercise):
        echo(guide(exercise, _width()))
        _tell_more(name, exercise.name)


@speaking(ENGLISH)
def _explain_in_english(name: str, markdown: bool) -> None:
    """Print what those read who write exercises or documents, or what a routine is."""
    from formcheck.definition.loading import load_exercise
    from formcheck.definition.page import exercise_page
    from formcheck.definition.routine import explain_routine, load_routine
    from formcheck.definition.words import explain

    if markdown:
        echo(exercise_page(load_exercise(name)), nl=False)
    elif _is_routine(name):
        echo(explain_routine(load_routine(name), _width()))
    else:
        echo(explain(load_exercise(name), _width()))


def _width() -> int:
    return min(WIDEST, shutil.get_terminal_size().columns)


def _tell_more(asked: str, name: str) -> None:
    """What else can be shown of it, to be typed as it was asked for."""
    from formcheck.demonstration.settings import SETTINGS

    known = asked if asked.endswith(".toml") else name.replace("_", "-")
    echo()
    if name in SETTINGS:
        command = f"formcheck show {known} --demo"
        echo(tr("Watch it, and each mistake:  {command}", command=command))
    command = f"formcheck show {known} --rules"
    echo(tr("See every rule and limit:    {command}", command=command))


def _is_routine(name: str) -> bool:
    """Whether a name or a file is one of a routine."""
    from formcheck.definition.loading import SUFFIX, exercise_files
    from formcheck.definition.routine import is_routine, routine_files

    if name.lower().endswith(SUFFIX):
        return is_routine(Path(name))
    return name in routine_files() and name not in exercise_files()


@speaking(ENGLISH)
def _demonstrate(name: str, fault: str | None, output: Path | None) -> None:
    """Write how an exercise goes to a file, and without a name for it open that in the browser."""
    from formcheck.definition.loading import load_exercise
    from formcheck.demonstration.page import demonstration_page
    from formcheck.demonstration.picture import svg
    from formcheck.files.whole import write_whole

    if output is not None and output.suffix.lower() not in (".html", ".svg"):
        raise typer.BadParameter("--output must end in .html or .svg.")
    if _is_routine(name):
        raise typer.BadParameter("--demo shows one exercise, but this is a routine.")
    exercise = load_exercise(name)
    make = svg if output is not None and output.suffix.lower() == ".svg" else demonstration_page
    # Not in a temporary folder: browsers that are shut off from the system do not see it.
    file = output or Path(f"{exercise.name}_demo.html")
    ready_to_write([file])
    write_whole(file, make(exercise, fault).encode())
    opened = output is None and webbrowser.open(file.absolute().as_uri())
    echo_line(f"Wrote {file}{' and opened' if opened else '. Open'} it in a browser.")


def lint(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE", help="Exercise or routine files, ending in .toml."),
    ],
    fix: Annotated[
        bool,
        typer.Option(
            "--fix",
            help="Bring exercise files from an older formcheck up to date and keep their "
            "comments. Files with mistakes stay as they are.",
        ),
    ] = False,
) -> None:
    """Check exercise and routine files for mistakes.

    Prints one line for each problem, with its place in the file. A file with [[step]] is a
    routine; one in a language's folder beside its exercise is a translation. The exit code is 2 if
    there are problems.
    """
    from formcheck.definition.loading import is_of_old_schema

    bad = 0
    kinds = Counter({EXERCISE: 0, "routine": 0, "translation": 0})
    for file in files:
        kind, problems = _read(file)
        kinds[kind] += 1
        bad += bool(problems)
        name = on_one_line(str(file))
        tell_problems(f"{name}: {problem}" for problem in problems)
        if not problems and kind == EXERCISE and is_of_old_schema(file):
            _bring_up_to_date(file, fix)
    if bad:
        raise typer.Exit(ExerciseError.exit_code)
    words = [count(number, f"{kind} file") for kind, number in kinds.items() if number]
    echo_line(f"{' and '.join(words)} {'are' if len(files) > 1 else 'is'} good.")


def _read(file: Path) -> "tuple[str, list[Problem]]":
    """What a file is, and all that is wrong with it; of a translation it is told what it lacks."""
    from formcheck.definition import loading
    from formcheck.definition.routine import is_routine, read_routine

    if is_routine(file):
        return "routine", read_routine(file)[1]
    exercise = loading.translated_file(file)
    if exercise is None:
        return EXERCISE, loading.read_exercise(file)[1]
    compared, problems = loading.read_translation(loading.load_exercise(exercise), file)
    if compared is not None and compared.missing:
        note([f"{file} still has English text in: {', '.join(compared.missing)}."])
    return "translation", problems


def _bring_up_to_date(file: Path, fix: bool) -> None:
    """Write an older file as today's, or tell that it could be."""
    from formcheck.definition.updating import update_file

    if fix:
        echo_line(f"{file}: {update_file(file)}.")
    else:
        note([f"{file} is written in schema 1. That works, and `formcheck lint --fix` updates it."])


def _unusable(path: Path, problems: int) -> str:
    return f"has mistakes: `formcheck lint {path}` ({problems})"
