"""The files that `new` begins an exercise with."""

import re
from pathlib import Path
from string import Template

from formcheck.definition.form_problems import NAME, NAME_RULE
from formcheck.definition.loading import (
    MOST_BYTES,
    SUFFIX,
    find_exercise,
    load_exercise,
    parse_exercise,
)
from formcheck.errors import ExerciseError, OutputError
from formcheck.reading import read_text
from formcheck.wording import plain

TEMPLATES = Path(__file__).parent


def name_of(file: Path) -> str:
    """The name of the exercise that is to be written to this file.

    Raises:
        ExerciseError: the file's name is none for an exercise; the message has one that is.
    """
    if file.suffix.lower() == SUFFIX and NAME.match(file.stem):
        return file.stem
    better = re.sub("[^a-z0-9_]+", "_", file.stem.lower()).strip("_")[:40]
    better = better if NAME.match(better) else f"exercise_{better}".rstrip("_")
    raise ExerciseError(
        "{name} can't be the name of an exercise file: {rule}, and end it with {suffix}, as in "
        "{better}{suffix}.",
        name=file.name,
        rule=NAME_RULE,
        suffix=SUFFIX,
        better=better,
    )


def refuse_existing(file: Path) -> None:
    """OutputError if there is a file already: it may hold somebody's work."""
    if file.exists():
        raise OutputError("{file} already exists. Choose another name or delete it.", file=file)


def starting_text(name: str, timed: bool = False) -> str:
    """A file that says something for every line, to be changed from top to bottom."""
    template = TEMPLATES / ("new_hold.toml" if timed else "new_exercise.toml")
    title = plain(name)
    return Template(template.read_text(encoding="utf-8")).substitute(name=name, title=title)


def copied_text(source: str, name: str) -> str:
    """The file of another exercise under a new name.

    Raises:
        ExerciseError: there is no such exercise, or it cannot be used as it is.
    """
    original = load_exercise(source)
    text = read_text(find_exercise(source), MOST_BYTES)
    line = re.compile(rf"^(\s*name\s*=\s*)[\"']{original.name}[\"']", re.MULTILINE)
    base = "" if original.variant_of else f'\nvariant_of = "{original.name}"'
    copy = line.sub(rf'\g<1>"{name}"{base}', text, count=1)
    copy = f"# Begun as a copy of {original.name}: change title and summary, too.\n#\n{copy}"
    exercise, problems = parse_exercise(copy, expected_name=name)
    if exercise is None:
        raise ExerciseError(
            "Couldn't copy {source} ({problem}). Copy its file and change its name.",
            source=source,
            problem=problems[0],
        )
    return copy
