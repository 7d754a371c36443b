"""From an exercise's name or file to an `Exercise`, with every problem in the file at once."""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

from formcheck.definition.building import build_exercise
from formcheck.definition.form import ExerciseFile, draft_of
from formcheck.definition.form_problems import Problem, alike, first_of, form_problems, suggest
from formcheck.definition.meaning_problems import meaning_problems
from formcheck.definition.schema_one import is_old, upgraded
from formcheck.errors import ExerciseError
from formcheck.exercise import Exercise
from formcheck.language.catalogues import ENGLISH, languages
from formcheck.language.sentences import Sentence, either
from formcheck.reading import NotReadable, is_file, is_folder, read_text
from formcheck.translation.texts import Translation, compare
from formcheck.wording import as_name

SUFFIX = ".toml"
MOST_BYTES = 200_000
"""Of a file: the longest that comes with formcheck has 9,000."""
KEY_PART = r"""(?:[\w-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')"""
"""In double quotes, a backslash and what follows it are one."""
LONG_KEY = re.compile(rf"""(?<![\w"'\\-])(?:{KEY_PART}[ \t]*\.[ \t]*){{32}}""")
"""Python's reader of TOML needs memory by the square of the parts of `a.b.c = 1`."""


def exercise_folders() -> list[Path]:
    """Where exercises are looked for by name: here first, then those that came with formcheck."""
    package = Path(__file__).parents[1]
    bundled = package / "exercises"
    return [Path("exercises"), bundled if is_folder(bundled) else package.parent / "exercises"]


def exercise_files() -> dict[str, Path]:
    """The exercises that can be asked for by name, with their files, in order of name."""
    return files_in(exercise_folders())


def files_in(folders: Iterable[Path]) -> dict[str, Path]:
    """The definitions in some folders by name, in order of name; an earlier folder goes first."""
    files: dict[str, Path] = {}
    for folder in folders:
        for path in sorted(folder.glob(f"*{SUFFIX}")):
            files.setdefault(path.stem, path)
    return dict(sorted(files.items()))


def find_exercise(name_or_path: str) -> Path:
    """The file of an exercise, by path, name or another name; ExerciseError if there is none."""
    return find_file("exercise", name_or_path, exercise_files, _other_names)


Wanted = Literal["exercise", "routine"]
UNKNOWN: dict[Wanted, str] = {
    "exercise": Sentence(
        "There is no exercise {name}.{meant} `formcheck list` shows them all. You can also give "
        "the path of a .toml file."
    ),
    "routine": Sentence(
        "There is no routine {name}.{meant} `formcheck list` shows them all. You can also give "
        "the path of a .toml file."
    ),
}
"""What to say where a name is unknown."""


def find_file(
    what: Wanted,
    name_or_path: str,
    files: Callable[[], Mapping[str, Path]],
    called: Callable[[Mapping[str, Path]], Mapping[str, str]] = lambda files: {},
) -> Path:
    """The file of a definition, by its path or name; ExerciseError if there is none.

    Args:
        what: `exercise` or `routine`.
        name_or_path: what is asked for.
        files: gives those that have a name.
        called: gives the names by what else they are called.
    """
    path = Path(name_or_path)
    if path.suffix.lower() == SUFFIX or is_file(path):
        return path
    known = files()
    if name_or_path in known:
        return known[name_or_path]
    names, wanted = called(known), as_name(name_or_path)
    if wanted in names:
        return known[names[wanted]]
    likely = _near(wanted, known, names)
    meant = Sentence(" Did you mean {names}?", names=either(likely)) if likely else ""
    raise ExerciseError(UNKNOWN[what], name=repr(name_or_path), meant=meant)


def _near(wanted: str, known: Iterable[str], names: Mapping[str, str]) -> list[str]:
    """Names, in quotes, that hold the wanted word, or else one that is written alike."""
    part_of = sorted({name for other, name in names.items() if wanted in other.split("_")})
    return [repr(name) for name in part_of or alike(wanted, known)]


def _other_names(files: Mapping[str, Path]) -> dict[str, str]:
    """The exercises' names by all that they are called, written as names: `glute_bridge`."""
    names: dict[str, str] = {}
    for name, path in files.items():
        exercise, _ = read_exercise(path)
        called = _called(exercise) if exercise else ()
        names = {as_name(each): name for each in called} | names
    return names


def _called(exercise: Exercise) -> Iterator[str]:
    """All names of an exercise, in every language."""
    yield from (exercise.name, exercise.title, *exercise.also_called)
    for texts in exercise.translations.values():
        yield texts.get(exercise.title, exercise.title)
    for names in exercise.called_in.values():
        yield from names


def load_exercise(name_or_path: str | Path) -> Exercise:
    """Load an exercise by name or path; ExerciseError lists everything that is wrong with it."""
    path = find_exercise(str(name_or_path))
    exercise, problems = read_exercise(path)
    if exercise is None:
        why = told_in_one(problems)
        raise ExerciseError("Can't use the exercise file {file}:{why}", file=path, why=why)
    return exercise


def usable_exercises() -> tuple[dict[str, Exercise], dict[str, str]]:
    """Every exercise that has a name and can be used, and of the others why not, by name.

    In the order in which they are preferred where two of them fit about as well.
    A file that somebody is still writing must not cost all the others.
    """
    exercises: dict[str, Exercise] = {}
    unusable: dict[str, str] = {}
    for name, path in exercise_files().items():
        try:
            exercises[name] = load_exercise(path)
        except ExerciseError as error:
            unusable[name] = str(error)
    return dict(sorted(exercises.items(), key=_preference)), unusable


def _preference(named: tuple[str, Exercise]) -> tuple[bool, bool, str]:
    """Somebody's own files go first, and what is a variant of another goes last."""
    name, exercise = named
    own, *_ = exercise_folders()
    return not is_file(own / f"{name}{SUFFIX}"), bool(exercise.variant_of), name


def left_out(unusable: Iterable[str]) -> Iterator[Sentence]:
    """What to tell somebody who asked for no exercise by name."""
    for name in unusable:
        path = exercise_files().get(name)
        yield Sentence(
            "formcheck skips {file} because it has mistakes. `formcheck lint {file}` lists them.",
            file=path,
        )


def read_exercise(path: Path) -> tuple[Exercise | None, list[Problem]]:
    """Read a file and list its problems; the exercise only if there are none."""
    text, problems = text_of(path)
    if text is None:
        return None, problems
    exercise, problems = parse_exercise(text, expected_name=path.stem)
    if exercise is not None and (wrong := _wrong_base(exercise, path)):
        return None, [Problem("variant_of", wrong)]
    return (_with_translations(exercise, path) if exercise else None), problems


def _with_translations(exercise: Exercise, path: Path) -> Exercise:
    """The exercise with what is right in its translations; `lint` tells what is not."""
    read = {code: read_translation(exercise, file) for code, file in translation_files(path)}
    found = {code: compared for code, (compared, _) in read.items() if compared is not None}
    return replace(
        exercise,
        translations={code: compared.texts for code, compared in found.items()},
        called_in={code: compared.called for code, compared in found.items()},
    )


def translation_files(path: Path) -> Iterator[tuple[str, Path]]:
    """The translations of an exercise's file that there are, by the language's code."""
    for code in languages():
        file = path.parent / code / path.name
        if code != ENGLISH and is_file(file):
            yield code, file


def translated_file(path: Path) -> Path | None:
    """The exercise's file that a file is a translation of; none if it is none."""
    exercise = path.parent.parent / path.name
    return exercise if path.parent.name in languages()[1:] and is_file(exercise) else None


def read_translation(exercise: Exercise, file: Path) -> tuple[Translation | None, list[Problem]]:
    """Read a translation's file and hold it against its exercise; all that is wrong with it."""
    text, problems = text_of(file)
    table, problems = parse_table(text) if text is not None else (None, problems)
    if table is None:
        return None, problems
    compared = compare(exercise, table)
    return compared, first_of(Problem(place, why) for place, why in compared.problems)


def _wrong_base(exercise: Exercise, path: Path) -> str:
    """What is wrong with what it says to be a variant of; nothing where all is well."""
    base = exercise.variant_of
    if not base:
        return ""
    if base == exercise.name:
        return "names the exercise itself"
    known = files_in([*exercise_folders(), path.parent])
    return "" if base in known else f"there is no exercise {base!r}{suggest(base, known)}"


def parse_exercise(
    text: str, expected_name: str | None = None
) -> tuple[Exercise | None, list[Problem]]:
    """As `read_exercise`, from the text of a file."""
    table, problems = parse_table(text)
    if table is None:
        return None, problems
    if is_old(table):
        table, problems = upgraded(table)
    found: Iterable[Problem] = ()
    try:
        entry = ExerciseFile.model_validate(table)
    except ValidationError as error:
        found = form_problems(error)
    draft = draft_of(table)
    problems = first_of(chain(problems, found, meaning_problems(draft, expected_name)))
    return (None if problems else build_exercise(entry)), problems


def is_of_old_schema(path: Path) -> bool:
    """Whether a file could be brought up to date."""
    text, _ = text_of(path)
    table, _ = parse_table(text or "")
    return table is not None and is_old(table)


def text_of(path: Path) -> tuple[str | None, list[Problem]]:
    """The text of a file, or why there is none."""
    try:
        return read_text(path, MOST_BYTES), []
    except NotReadable as error:
        return None, [Problem("", error.why)]


def parse_table(text: str) -> tuple[dict[str, Any] | None, list[Problem]]:
    """The table that a text in TOML says, or why it says none."""
    if long := LONG_KEY.search(text):
        line = text.count("\n", 0, long.start()) + 1
        return None, [Problem("", f"not valid here: a key of too many parts (at line {line})")]
    try:
        return tomllib.loads(text), []
    except tomllib.TOMLDecodeError as error:
        end = f"at line {len(text.splitlines())}, the end of the file"
        told = str(error).replace("at end of document", end)
        return None, [Problem("", f"not valid TOML: {told}")]
    except (ValueError, RecursionError):  # a number of thousands of digits, a list that deep
        return None, [Problem("", "not valid TOML: a number is too long or a list too deep")]


def told_in_one(problems: list[Problem]) -> Sentence:
    """Problems as they follow a colon: one on the same line, several on lines of their own."""
    separator = "\n  " if len(problems) > 1 else " "
    return Sentence(separator.join(["", *map(str, problems)]))
