"""What can be wrong in an exercise file, told in the words of someone who writes one.

First the form (keys and types, as pydantic found them), then the meaning: does the measure exist,
can the condition ever be true.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel

from formcheck.body import POINTS
from formcheck.exercise import LIVE_SUBJECTS, Subject
from formcheck.exercise_file import (
    CameraEntry,
    ConditionEntry,
    ExerciseFile,
    FaultEntry,
    HoldEntry,
    MeasureEntry,
    Number,
    RepEntry,
    StartEntry,
    kinds_of,
    subjects_of,
)
from formcheck.measures import KINDS
from formcheck.pose import LANDMARKS

CUE_LENGTH = 60
"""A cue is spoken and read from three metres; longer ones are not taken in."""
NAME = re.compile(r"[a-z][a-z0-9_]*\Z")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in an exercise file."""

    place: str
    """The keys that lead to it, as `fault heels_lift > when`."""
    message: str

    def __str__(self) -> str:
        """Say it in one line."""
        return f"{self.place}: {self.message}" if self.place else self.message


def form_problem(details: Any, table: dict[str, Any]) -> Problem:
    """A pydantic error in the words of someone writing an exercise."""
    keys = details["loc"]
    kind, last = details["type"], str(keys[-1]).replace("schema_", "schema")
    if kind == "extra_forbidden":
        known = _keys_at(keys[:-1])
        return Problem(_place(keys[:-1], table), f"unknown key {last!r}{suggest(last, known)}")
    if kind == "missing":
        return Problem(_place(keys[:-1], table), f"{last!r} is missing")
    return Problem(_place(keys, table), str(details["msg"]).replace("Input should", "should"))


def _keys_at(keys: Sequence[str | int]) -> list[str]:
    """The keys that are known at a place in the file."""
    entries: dict[str, type[BaseModel]] = {
        "": ExerciseFile,
        "camera": CameraEntry,
        "measures": MeasureEntry,
        "start": StartEntry,
        "rep": RepEntry,
        "hold": HoldEntry,
        "fault": ConditionEntry if "when" in keys else FaultEntry,
    }
    entry = entries[str(keys[0]) if keys else ""]
    return [name.replace("schema_", "schema") for name in entry.model_fields]


def _place(keys: Sequence[str | int], table: dict[str, Any]) -> str:
    """The keys of a place, with a fault's name instead of its number."""
    words: list[str] = []
    node: Any = table
    for key in keys:
        try:
            node = node[key]
        except (KeyError, IndexError, TypeError):
            node = None
        if isinstance(key, int):
            if isinstance(node, dict) and "name" in node:
                words[-1] = f"{words[-1]} {node['name']}"
            elif words and words[-1] != "when":
                words[-1] = f"{words[-1]} {key + 1}"
        else:
            words.append(key.replace("schema_", "schema"))
    return " > ".join(words)


def meaning_problems(entry: ExerciseFile, expected_name: str | None) -> Iterable[Problem]:
    """Everything in a file of the right form that cannot be meant."""
    if entry.schema_ != 1:
        yield Problem("schema", f"is {entry.schema_}; this formcheck reads schema 1")
    if not NAME.match(entry.name):
        yield Problem("name", "use small letters, digits and _ only")
    elif expected_name is not None and entry.name != expected_name:
        yield Problem("name", f"is {entry.name!r} but the file is called {expected_name}.toml")
    if entry.reps < 1:
        yield Problem("reps", "must be at least 1")
    yield from _measure_problems(entry)
    yield from _start_problems(entry)
    yield from _rep_problems(entry)
    yield from _fault_problems(entry)


def _measure_problems(entry: ExerciseFile) -> Iterable[Problem]:
    for name, measure in entry.measures.items():
        place = f"measures > {name}"
        kinds = kinds_of(measure)
        if not NAME.match(name):
            yield Problem(place, "use small letters, digits and _ only")
        if len(kinds) != 1:
            yield Problem(place, f"needs exactly one of {', '.join((*KINDS, 'sum'))}")
        elif measure.sum is not None:
            yield from _sum_problems(place, measure.sum, entry)
        else:
            yield from _landmark_problems(place, kinds[0], getattr(measure, kinds[0]))


def _sum_problems(place: str, terms: dict[str, Number], entry: ExerciseFile) -> Iterable[Problem]:
    simple = [name for name, m in entry.measures.items() if m.sum is None and m.since_rest == "no"]
    for name in terms:
        if name not in simple:
            yield Problem(
                place,
                f"cannot sum {name!r}{suggest(name, simple)}; a sum is of measures that are "
                "neither sums nor compared with rest",
            )


def _landmark_problems(place: str, kind: str, names: list[str]) -> Iterable[Problem]:
    wanted = KINDS[kind].landmarks
    if len(names) not in wanted:
        yield Problem(place, f"{kind} takes {' or '.join(map(str, wanted))} landmarks")
    known = landmark_names()
    for name in names:
        if name not in known:
            yield Problem(place, f"unknown landmark {name!r}{suggest(name, known)}")


def landmark_names() -> list[str]:
    """Every name that a measure may use."""
    sided = [n.removeprefix("left_") for n in LANDMARKS if n.startswith("left_")]
    return [*POINTS, *sided, *(f"other_{name}" for name in sided)]


def _limit_problems(place: str, above: Number | None, below: Number | None) -> Iterable[Problem]:
    if above is None and below is None:
        yield Problem(place, "needs above or below")
    elif above is not None and below is not None and above >= below:
        yield Problem(place, f"can never be above {above} and below {below}")


def _known(place: str, name: str, entry: ExerciseFile) -> Iterable[Problem]:
    if name not in entry.measures:
        yield Problem(place, f"unknown measure {name!r}{suggest(name, entry.measures)}")


def _start_problems(entry: ExerciseFile) -> Iterable[Problem]:
    for number, start in enumerate(entry.start, 1):
        place = f"start {number}"
        yield from _known(place, start.measure, entry)
        yield from _limit_problems(place, start.above, start.below)
        measure = entry.measures.get(start.measure)
        if measure is not None and measure.since_rest != "no":
            yield Problem(place, "the start position cannot be compared with rest")
        yield from _cue_problems(place, start.cue)


def _rep_problems(entry: ExerciseFile) -> Iterable[Problem]:
    rep = entry.rep
    yield from _known("rep > measure", rep.measure, entry)
    measure = entry.measures.get(rep.measure)
    if measure is not None and (measure.since_rest != "no" or measure.unsigned):
        yield Problem("rep > measure", "a rep is compared with rest by itself: use a plain measure")
    if not 0 < rep.attempt < rep.counts:
        yield Problem("rep > attempt", "must be more than 0 and less than counts")
    for name in ("within", "slower_than"):
        if getattr(entry.hold, name) <= 0:
            yield Problem(f"hold > {name}", "must be more than 0")


def _fault_problems(entry: ExerciseFile) -> Iterable[Problem]:
    seen: set[str] = set()
    for fault in entry.fault:
        place = f"fault {fault.name}"
        if fault.name in seen:
            yield Problem(place, "there are two faults of this name")
        seen.add(fault.name)
        if not NAME.match(fault.name):
            yield Problem(place, "use small letters, digits and _ only")
        yield from _cue_problems(place, fault.cue)
        yield from _when_problems(place, fault, entry)


def _when_problems(place: str, fault: FaultEntry, entry: ExerciseFile) -> Iterable[Problem]:
    place = f"{place} > when"
    subjects: list[Subject] = []
    for condition in fault.when:
        found = subjects_of(condition)
        subjects += found
        if len(found) != 1:
            yield Problem(place, f"needs exactly one of {', '.join(get_args(Subject))}")
            continue
        name = getattr(condition, found[0])
        if found[0] != "duration":
            yield from _known(place, name, entry)
        elif name not in ("raise", "hold", "lower"):
            yield Problem(place, f"duration is of raise, hold or lower, not {name!r}")
        if found[0] == "drop" and name != entry.rep.measure:
            yield Problem(place, f"drop is of the rep's measure, {entry.rep.measure}")
        if found[0] not in LIVE_SUBJECTS and condition.lasting:
            yield Problem(place, f"{found[0]} is known when the rep is over: it has no lasting")
        yield from _limit_problems(place, condition.above, condition.below)
    if len({subject in LIVE_SUBJECTS for subject in subjects}) > 1:
        yield Problem(place, "mixes what is known at once with what is known when the rep is over")
    yield from _until_problems(f"fault {fault.name} > until", fault, subjects)


def _until_problems(
    place: str, fault: FaultEntry, subjects: Sequence[Subject]
) -> Iterable[Problem]:
    if fault.until is None:
        return
    first = fault.when[0]
    if not set(subjects) <= set(LIVE_SUBJECTS):
        yield Problem(place, "only a fault that is judged at once can be over")
    elif first.above is not None and fault.until > first.above:
        yield Problem(place, f"must be at most {first.above}, where the fault begins")
    elif first.above is None and first.below is not None and fault.until < first.below:
        yield Problem(place, f"must be at least {first.below}, where the fault begins")


def _cue_problems(place: str, cue: str) -> Iterable[Problem]:
    if len(cue) > CUE_LENGTH:
        yield Problem(f"{place} > cue", f"has {len(cue)} letters; a cue has at most {CUE_LENGTH}")
    if not cue.strip():
        yield Problem(f"{place} > cue", "is empty")


def suggest(word: str, known: Iterable[str]) -> str:
    """`, did you mean X?` where a known word is close, else nothing."""
    close = get_close_matches(word, list(known), 1)
    return f", did you mean {close[0]!r}?" if close else ""
