"""What is wrong with the form of a file: pydantic's errors in the words of the file's author."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice

from pydantic import BaseModel, ValidationError

from formcheck.definition.form import (
    MOST,
    NAME_LENGTH,
    CameraEntry,
    ConditionEntry,
    ExerciseFile,
    FaultEntry,
    HallmarkEntry,
    HoldEntry,
    MeasureEntry,
    RepEntry,
    StartEntry,
)
from formcheck.printable import shortened

SHOWN_LENGTH = 40
"""Letters of a wrong value that are shown."""
NAME = re.compile(rf"[a-z][a-z0-9_]{{0,{NAME_LENGTH - 1}}}\Z")
NAME_RULE = (
    f"use small letters, digits and _ only, beginning with a letter, at most {NAME_LENGTH} of them"
)
MOST_PROBLEMS = 50
"""That are told of a file at once; whoever mends them sees the others."""
LARGEST = 10.0**300
"""Python does not write out whole numbers that are much larger."""

WANTED = {
    "float_type": "must be a number",
    "finite_number": "must be a finite number",
    "int_type": "must be a whole number",
    "string_type": "must be text in quotes",
    "bool_type": "must be true or false",
    "list_type": "must be a list in [ ]",
    "dict_type": "must be a table of keys and values",
    "model_type": "must be a table of keys and values",
    "string_too_short": "must not be empty",
    "too_short": "must not be empty",
    "too_long": "must have at most {max_length} entries",
    "string_too_long": "must have at most {max_length} letters",
    "greater_than_equal": "must be at least {ge:g}",
    "less_than_equal": "must be at most {le:g}",
}
"""What pydantic's kinds of errors ask for."""


@dataclass(frozen=True, slots=True)
class FileForm:
    """What a kind of file looks like."""

    whole: type[BaseModel]
    tables: Mapping[str, type[BaseModel]]
    """What its tables, or the tables in its lists, look like."""
    lists: tuple[str, ...]
    """Which of them are lists of tables."""
    named: tuple[str, ...] = ()
    """Which of them are tables of which each has a name, as `[fault.NAME]`."""


EXERCISE = FileForm(
    whole=ExerciseFile,
    tables={
        "camera": CameraEntry,
        "measures": MeasureEntry,
        "start": StartEntry,
        "rep": RepEntry,
        "hold": HoldEntry,
        "hallmark": HallmarkEntry,
        "fault": FaultEntry,
    },
    lists=("start", "hallmark"),
    named=("fault",),
)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in the file of an exercise or routine."""

    place: str
    """The keys that lead to it, as `fault heels_lift > when`."""
    message: str

    def __str__(self) -> str:
        """Say it in one line."""
        return f"{self.place}: {self.message}" if self.place else self.message


def alike(word: str, known: Iterable[str]) -> list[str]:
    """The known word that is written most like this one, if any is."""
    # What is compared letter by letter must not be long: this is told of files of strangers.
    likely = [each for each in islice(known, MOST) if len(each) <= NAME_LENGTH]
    return get_close_matches(word[:NAME_LENGTH], likely, 1)


def suggest(word: str, known: Iterable[str]) -> str:
    """`, did you mean X?` where a known word is close, else nothing."""
    close = alike(word, known)
    return f", did you mean {close[0]!r}?" if close else ""


def first_of(problems: Iterable[Problem]) -> list[Problem]:
    """As many problems as are told at once; no more are looked for."""
    few = list(islice(problems, MOST_PROBLEMS + 1))
    more = [Problem("", "there are more mistakes: fix this one first")]
    return few if len(few) <= MOST_PROBLEMS else few[:MOST_PROBLEMS] + more


def form_problems(error: ValidationError, form: FileForm = EXERCISE) -> Iterable[Problem]:
    """Pydantic's errors in the words of someone writing an exercise."""
    for details in error.errors():
        keys, kind, found = details["loc"], details["type"], details["input"]
        *outer, last = keys
        if kind == "extra_forbidden":
            hint = suggest(str(last), _keys_at(outer, form))
            yield Problem(_place(outer), f"unknown key {shown(last)}{hint}")
        elif kind == "missing":
            yield Problem(_place(outer), f"{shown(last)} is missing")
        elif kind == "literal_error":
            yield Problem(_place(keys), _choice(details["ctx"]["expected"], found))
        elif kind == "list_type" and not outer and last in form.lists:
            yield Problem(_place(keys), f"must be written [[{last}]], with two brackets")
        elif kind == "dict_type" and not outer and last in form.named:
            yield Problem(_place(keys), f"must be written [{last}.NAME], each with its name")
        else:
            wanted = details["msg"]
            if kind in WANTED:
                wanted = WANTED[kind].format_map(details.get("ctx", {}))
            yield Problem(_place(keys), f"{wanted}, not {shown(found)}")


def _choice(expected: str, found: object) -> str:
    """What is asked for where only some words are possible, given as `'up' or 'down'`."""
    close = suggest(found, re.findall("'([^']*)'", expected)) if isinstance(found, str) else ""
    return f"must be {expected}, not {shown(found)}{close}"


def shown(value: object) -> str:
    """A value of the file as it may stand in a message: on one line, and not too long."""
    match value:
        case bool():
            return str(value).lower()
        case dict():
            return "a table"
        case list():
            return "a list"
        case int() if abs(value) > LARGEST:
            return "so large a number"
    words = repr(value)
    return words if len(words) <= SHOWN_LENGTH else f"{words[:SHOWN_LENGTH]}..."


def _keys_at(keys: Sequence[str | int], form: FileForm) -> list[str]:
    """The keys that are known at a place in the file."""
    if not keys:
        return [field.alias or name for name, field in form.whole.model_fields.items()]
    entry = ConditionEntry if "when" in keys else form.tables[str(keys[0])]
    return list(entry.model_fields)


def _place(keys: Sequence[str | int]) -> str:
    """The keys of a place, with a fault's name beside it."""
    words: list[str] = []
    for key in keys:
        if isinstance(key, str) and words == ["fault"]:
            words = [fault_place(key)]
        elif isinstance(key, str):
            words.append(short(key))
        elif words[-1] != "when":
            words[-1] = f"{words[-1]} {key + 1}"
    return " > ".join(words)


def fault_place(name: str) -> str:
    """The place of a fault."""
    return f"fault {short(name)}"


def short(name: str) -> str:
    """A name as it may stand in a message: on one line, and not too long."""
    return shortened(name, NAME_LENGTH)


def exactly_one(possible: Iterable[str], found: Sequence[str]) -> str:
    """What to say where exactly one of some keys is needed."""
    has = f", and has {' and '.join(found)}" if found else ""
    return f"needs exactly one of {', '.join(possible)}{has}"
