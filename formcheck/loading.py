"""From an exercise's name or file to an `Exercise`, with every problem in the file at once.

This is the only module of the core that opens files.
"""

import tomllib
from pathlib import Path

from pydantic import ValidationError

from formcheck.errors import ExerciseError
from formcheck.exercise import Exercise
from formcheck.exercise_file import ExerciseFile, build_exercise
from formcheck.exercise_problems import Problem, form_problem, meaning_problems, suggest


def exercise_folders() -> list[Path]:
    """Where exercises are looked for by name: here first, then those that came with formcheck."""
    package = Path(__file__).parent
    bundled = package / "exercises"
    return [Path("exercises"), bundled if bundled.is_dir() else package.parent / "exercises"]


def exercise_files() -> dict[str, Path]:
    """The exercises that can be asked for by name, with their files, in order of name."""
    files: dict[str, Path] = {}
    for folder in exercise_folders():
        for path in sorted(folder.glob("*.toml")):
            files.setdefault(path.stem, path)
    return dict(sorted(files.items()))


def find_exercise(name_or_path: str) -> Path:
    """The file of an exercise, by name or path; ExerciseError if there is none."""
    path = Path(name_or_path)
    if path.suffix == ".toml" or path.is_file():
        if not path.is_file():
            raise ExerciseError(f"There is no exercise file {path}. Check the path.")
        return path
    files = exercise_files()
    if name_or_path in files:
        return files[name_or_path]
    raise ExerciseError(
        f"There is no exercise {name_or_path!r}{suggest(name_or_path, files)}. "
        f"`formcheck list` shows all; a path to a .toml file works too."
    )


def load_exercise(name_or_path: str | Path) -> Exercise:
    """Load an exercise by name or path; ExerciseError lists everything that is wrong with it."""
    path = find_exercise(str(name_or_path))
    exercise, problems = read_exercise(path)
    if exercise is None:
        lines = "".join(f"\n  {problem}" for problem in problems)
        raise ExerciseError(f"The exercise file {path} cannot be used:{lines}")
    return exercise


def read_exercise(path: Path) -> tuple[Exercise | None, list[Problem]]:
    """Read a file and list its problems; the exercise only if there are none."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ExerciseError(f"Cannot read the exercise file {path}: {error}") from error
    return parse_exercise(text, expected_name=path.stem)


def parse_exercise(
    text: str, expected_name: str | None = None
) -> tuple[Exercise | None, list[Problem]]:
    """As `read_exercise`, from the text of a file."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return None, [Problem("", f"not valid TOML: {error}")]
    if "schema" in table:
        table["schema_"] = table.pop("schema")
    try:
        entry = ExerciseFile.model_validate(table)
    except ValidationError as error:
        return None, [form_problem(details, table) for details in error.errors()]
    problems = list(meaning_problems(entry, expected_name))
    return (None if problems else build_exercise(entry)), problems
