"""The texts of an exercise by their place in its file, and those of its translation.

A translation lies beside its exercise, in a folder of the language: `de/bridge.toml` beside
`bridge.toml`. It has the same tables and keys, but of them only those that hold text; no number, no
limit. So both are taken apart in the same way, and what stands at the same place belongs together.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Any

from formcheck.exercise import Exercise
from formcheck.printable import is_plain, shortened

SCHEMA = 1
WAYS = ("up", "down")
"""What most exercises call the ways out and back; these the program can say itself."""
CALLED = "also_called"
MOST = 1000
"""Texts of one file that are looked at: ten times as many as any has."""
LONGEST = {"cue": 60, "title": 60, "measures": 60}
"""Letters, as in exercises: the last word of a place, or its first, says which it is."""
LONGEST_PLACE = 150
"""Letters of a place: it holds names of at most 60."""
OF_ONE = ("start", "hallmark")
"""Lists of tables, each known by the measure that it looks at."""
KNOWN_BY = ("measure", "peak", "trough")


@dataclass(frozen=True, slots=True)
class Translation:
    """A translation held against its exercise."""

    texts: Mapping[str, str]
    """What is said in the language, by the English."""
    called: tuple[str, ...]
    """Names under which people who speak it look for the exercise."""
    problems: tuple[tuple[str, str], ...]
    """What is wrong: a place in the file, and why."""
    missing: tuple[str, ...]
    """Places whose text is not translated yet, and stays English."""


def compare(exercise: Exercise, table: Mapping[str, Any]) -> Translation:
    """Hold the table that a translation's file says against its exercise."""
    english, said = dict(_english(exercise)), dict(_said(table))
    if table.get("schema") != SCHEMA:
        said["schema"] = None
    wrong = {place: [*_wrong(place, english.get(place), text)] for place, text in said.items()}
    problems = [(place, why) for place, reasons in wrong.items() for why in reasons]
    texts: dict[str, str] = {}
    for place, text in said.items():
        if not wrong[place] and texts.setdefault(english[place], text) != text:
            problems.append((place, f"says {english[place]!r} in another way than before"))
    called = table.get(CALLED, [])
    is_list = isinstance(called, list) and all(map(_is_text, called))
    return Translation(
        texts=texts,
        called=tuple(called) if is_list else (),
        problems=tuple(problems if is_list else [*problems, (CALLED, "must be a list of names")]),
        missing=tuple(place for place in english if place not in said),
    )


def _english(exercise: Exercise) -> Iterator[tuple[str, str]]:
    """Every text of an exercise that a person reads or hears, by its place."""
    place = _Places()
    yield from (("title", exercise.title), ("summary", exercise.summary))
    yield from (("caution", exercise.caution),) if exercise.caution else ()
    for number, text in enumerate(exercise.not_seen, 1):
        yield f"not_seen {number}", text
    yield "camera > place", exercise.camera.place
    for measure in exercise.measures:
        if measure.says:
            yield f"measures > {measure.name}", measure.says
    for start in exercise.start:
        yield place(f"start {start.when.name}", "cue"), start.cue
    if exercise.rep is not None and exercise.rep.ways != WAYS:
        for number, way in enumerate(exercise.rep.ways, 1):
            yield f"rep > ways {number}", way
    for hallmark in exercise.hallmarks:
        name = f"hallmark {hallmark.when.subject} {hallmark.when.name}"
        yield place(name, "otherwise"), hallmark.otherwise
    for fault in exercise.faults:
        yield f"fault {fault.name} > title", fault.title
        yield f"fault {fault.name} > cue", fault.cue
        yield f"fault {fault.name} > why", fault.why


def _said(table: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Everything that a translation says, by its place; None for what cannot be a text."""
    place, left = _Places(), MOST
    for key, value in table.items():
        if key in ("schema", CALLED):
            continue
        for where, text in _taken_apart(str(key), value, place):
            left -= 1
            if not left:
                return
            yield shortened(where, LONGEST_PLACE), text


def _taken_apart(
    key: str, value: Any, place: Callable[[str, str], str]
) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            within = f"fault {name}" if key == "fault" else f"{key} > {name}"
            yield from _taken_apart(within, inner, place)
    elif isinstance(value, list) and key in OF_ONE:
        for entry in value:
            yield from _of_one(key, entry, place) if isinstance(entry, dict) else ((key, None),)
    elif isinstance(value, list):
        yield from ((f"{key} {number}", text) for number, text in enumerate(value, 1))
    else:
        yield key, value


def _of_one(
    key: str, entry: Mapping[str, Any], place: Callable[[str, str], str]
) -> Iterator[tuple[str, Any]]:
    """A table of a list: `[[start]]`, known by its measure, or `[[hallmark]]`."""
    names = {name: entry[name] for name in KNOWN_BY if name in entry}
    words = [f"{subject} {name}" for subject, name in names.items()]
    known = " ".join(words).removeprefix("measure ")
    for inner, text in entry.items():
        if inner not in names:
            yield place(f"{key} {known}", inner), text


class _Places:
    """Makes places, and numbers those that come again: two hallmarks may watch one measure."""

    def __init__(self) -> None:
        self._met: Counter[str] = Counter()

    def __call__(self, owner: str, key: str) -> str:
        place = f"{owner} > {key}"
        self._met[place] += 1
        return place if self._met[place] == 1 else f"{place} ({self._met[place]})"


def _wrong(place: str, english: str | None, text: Any) -> Iterator[str]:
    """What is wrong with a text."""
    if place == "schema":
        yield f"must be {SCHEMA}"
        return
    if english is None:
        yield "the exercise has no such text"
        return
    if not _is_text(text):
        yield "must be text in quotes"
        return
    if not is_plain(text):
        yield "must not hold line ends or control characters"
    most = LONGEST.get(place.split(" > ")[-1], LONGEST.get(place.split(" > ")[0], 2000))
    if len(text) > most:
        yield f"has {len(text)} letters, and may have {most}"
    yield from _differences(english, text)


def _differences(english: str, text: str) -> Iterator[str]:
    """What a translation must have as its English has it: numbers, and places for them."""
    if (wanted := _numbers(english)) != (found := _numbers(text)):
        yield f"has the numbers {_listed(found)}, the English has {_listed(wanted)}"
    if (wanted := _parts(english)) != (found := _parts(text)):
        yield f"has the places {_listed(found)}, the English has {_listed(wanted)}"


def _numbers(text: str) -> list[str]:
    return sorted(each.replace(",", ".") for each in re.findall(r"\d+(?:[.,]\d+)?", text))


def _parts(text: str) -> list[str]:
    try:
        return sorted(
            f"{{{name}}}" for _, name, _, _ in Formatter().parse(text) if name is not None
        )
    except ValueError:
        return ["a brace alone"]


def _listed(words: list[str]) -> str:
    return shortened(", ".join(words)) or "none"


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())
