"""From an exercise file to an `Exercise`, with every problem in the file reported at once.

Two stages: pydantic checks the form (keys, types), then the rules here check the meaning (does the
measure exist, can the condition ever be true). This is the only module of the core that opens
files.
"""

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from formcheck.body import POINTS
from formcheck.errors import ExerciseError
from formcheck.exercise import (
    LIVE_SUBJECTS,
    Camera,
    Condition,
    Exercise,
    Fault,
    Hold,
    Measure,
    Phase,
    RepRule,
    Seen,
    Severity,
    SinceRest,
    Start,
    Subject,
    View,
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
        return f"{self.place}: {self.message}" if self.place else self.message


# --- the form of the file --------------------------------------------------------------------------


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


def _as_list(value: object) -> object:
    return value if isinstance(value, list) else [value]


Number = float | int


class _CameraEntry(_Entry):
    view: View
    place: str
    within: Number = 45.0


class _MeasureEntry(_Entry):
    angle: list[str] | None = None
    tilt: list[str] | None = None
    swing: list[str] | None = None
    rise: list[str] | None = None
    offset: list[str] | None = None
    distance: list[str] | None = None
    along: list[str] | None = None
    sideways: list[str] | None = None
    turn: list[str] | None = None
    sum: dict[str, Number] | None = None
    since_rest: SinceRest = "no"
    minus: Number = 0.0
    unsigned: bool = False


class _ConditionEntry(_Entry):
    measure: str | None = None
    drop: str | None = None
    peak: str | None = None
    trough: str | None = None
    duration: str | None = None
    above: Number | None = None
    below: Number | None = None
    lasting: Number = 0.0


class _StartEntry(_Entry):
    measure: str
    above: Number | None = None
    below: Number | None = None
    cue: str


class _RepEntry(_Entry):
    measure: str
    direction: Literal["up", "down"]
    attempt: Number
    counts: Number
    reaches: Number | None = None
    rest: Number | None = None


class _HoldEntry(_Entry):
    seconds: Number
    within: Number
    slower_than: Number


class _FaultEntry(_Entry):
    name: str
    severity: Severity = "fault"
    during: list[Literal["raise", "hold", "lower"]] = ["raise", "hold", "lower"]
    when: Annotated[list[_ConditionEntry], BeforeValidator(_as_list)]
    until: Number | None = None
    seen: Seen = "square"
    cue: str
    why: str


class _File(_Entry):
    schema_: int
    name: str
    title: str
    summary: str
    sides: Literal["both", "each"] = "both"
    reps: int
    not_seen: list[str] = []
    camera: _CameraEntry
    measures: dict[str, _MeasureEntry]
    start: list[_StartEntry]
    rep: _RepEntry
    hold: _HoldEntry
    fault: list[_FaultEntry]


# --- reading ---------------------------------------------------------------------------------------


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
        f"There is no exercise {name_or_path!r}{_suggest(name_or_path, files)}. "
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
        entry = _File.model_validate(table)
    except ValidationError as error:
        return None, [_form_problem(details, table) for details in error.errors()]
    problems = list(_meaning_problems(entry, expected_name))
    return (None if problems else _build(entry)), problems


# --- problems of form ------------------------------------------------------------------------------


def _form_problem(details: Any, table: dict[str, Any]) -> Problem:
    """A pydantic error in the words of someone writing an exercise."""
    keys = details["loc"]
    kind, last = details["type"], str(keys[-1]).replace("schema_", "schema")
    if kind == "extra_forbidden":
        known = _keys_at(keys[:-1])
        return Problem(_place(keys[:-1], table), f"unknown key {last!r}{_suggest(last, known)}")
    if kind == "missing":
        return Problem(_place(keys[:-1], table), f"{last!r} is missing")
    return Problem(_place(keys, table), str(details["msg"]).replace("Input should", "should"))


def _keys_at(keys: Sequence[str | int]) -> list[str]:
    """The keys that are known at a place in the file."""
    entries: dict[str, type[BaseModel]] = {
        "": _File,
        "camera": _CameraEntry,
        "measures": _MeasureEntry,
        "start": _StartEntry,
        "rep": _RepEntry,
        "hold": _HoldEntry,
        "fault": _ConditionEntry if "when" in keys else _FaultEntry,
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


# --- problems of meaning ---------------------------------------------------------------------------


def _meaning_problems(entry: _File, expected_name: str | None) -> Iterable[Problem]:
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


def _kinds(measure: _MeasureEntry) -> list[str]:
    return [kind for kind in (*KINDS, "sum") if getattr(measure, kind) is not None]


def _measure_problems(entry: _File) -> Iterable[Problem]:
    for name, measure in entry.measures.items():
        place = f"measures > {name}"
        kinds = _kinds(measure)
        if not NAME.match(name):
            yield Problem(place, "use small letters, digits and _ only")
        if len(kinds) != 1:
            yield Problem(place, f"needs exactly one of {', '.join((*KINDS, 'sum'))}")
        elif measure.sum is not None:
            yield from _sum_problems(place, measure.sum, entry)
        else:
            yield from _landmark_problems(place, kinds[0], getattr(measure, kinds[0]))


def _sum_problems(place: str, terms: dict[str, Number], entry: _File) -> Iterable[Problem]:
    simple = [name for name, m in entry.measures.items() if m.sum is None and m.since_rest == "no"]
    for name in terms:
        if name not in simple:
            yield Problem(
                place, f"cannot sum {name!r}{_suggest(name, simple)}; a sum is of measures that are "
                "neither sums nor compared with rest"
            )


def _landmark_problems(place: str, kind: str, names: list[str]) -> Iterable[Problem]:
    wanted = KINDS[kind].landmarks
    if len(names) not in wanted:
        yield Problem(place, f"{kind} takes {' or '.join(map(str, wanted))} landmarks")
    known = landmark_names()
    for name in names:
        if name not in known:
            yield Problem(place, f"unknown landmark {name!r}{_suggest(name, known)}")


def landmark_names() -> list[str]:
    """Every name that a measure may use."""
    sided = [n.removeprefix("left_") for n in LANDMARKS if n.startswith("left_")]
    return [*POINTS, *sided, *(f"other_{name}" for name in sided)]


def _limit_problems(place: str, above: Number | None, below: Number | None) -> Iterable[Problem]:
    if above is None and below is None:
        yield Problem(place, "needs above or below")
    elif above is not None and below is not None and above >= below:
        yield Problem(place, f"can never be above {above} and below {below}")


def _known(place: str, name: str, entry: _File) -> Iterable[Problem]:
    if name not in entry.measures:
        yield Problem(place, f"unknown measure {name!r}{_suggest(name, entry.measures)}")


def _start_problems(entry: _File) -> Iterable[Problem]:
    for number, start in enumerate(entry.start, 1):
        place = f"start {number}"
        yield from _known(place, start.measure, entry)
        yield from _limit_problems(place, start.above, start.below)
        measure = entry.measures.get(start.measure)
        if measure is not None and measure.since_rest != "no":
            yield Problem(place, "the start position cannot be compared with rest")
        yield from _cue_problems(place, start.cue)


def _rep_problems(entry: _File) -> Iterable[Problem]:
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


def _fault_problems(entry: _File) -> Iterable[Problem]:
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


def _when_problems(place: str, fault: _FaultEntry, entry: _File) -> Iterable[Problem]:
    place = f"{place} > when"
    subjects: list[Subject] = []
    for condition in fault.when:
        found = _subjects(condition)
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
    place: str, fault: _FaultEntry, subjects: Sequence[Subject]
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


def _subjects(condition: _ConditionEntry) -> list[Subject]:
    subjects: tuple[Subject, ...] = get_args(Subject)
    return [subject for subject in subjects if getattr(condition, subject) is not None]


def _suggest(word: str, known: Iterable[str]) -> str:
    close = get_close_matches(word, list(known), 1)
    return f", did you mean {close[0]!r}?" if close else ""


# --- building --------------------------------------------------------------------------------------


def _build(entry: _File) -> Exercise:
    camera, rep, hold = entry.camera, entry.rep, entry.hold
    return Exercise(
        name=entry.name,
        title=entry.title,
        summary=entry.summary,
        camera=Camera(camera.view, camera.place, float(camera.within)),
        sides=entry.sides,
        reps=entry.reps,
        measures=tuple(_build_measure(name, m) for name, m in entry.measures.items()),
        start=tuple(
            Start(Condition("measure", s.measure, s.above, s.below), s.cue) for s in entry.start
        ),
        rep=RepRule(
            rep.measure, rep.direction, rep.attempt, rep.counts, rep.reaches, rep.rest
        ),
        hold=Hold(hold.seconds, hold.within, hold.slower_than),
        faults=tuple(_build_fault(fault) for fault in entry.fault),
        not_seen=tuple(entry.not_seen),
    )


def _build_measure(name: str, entry: _MeasureEntry) -> Measure:
    (kind,) = _kinds(entry)
    value = getattr(entry, kind)
    return Measure(
        name=name,
        kind=kind,  # type: ignore[arg-type]
        landmarks=() if kind == "sum" else tuple(value),
        terms=tuple(value.items()) if kind == "sum" else (),
        since_rest=entry.since_rest,
        minus=float(entry.minus),
        unsigned=entry.unsigned,
    )


def _build_fault(entry: _FaultEntry) -> Fault:
    during: tuple[Phase, ...] = tuple(entry.during)
    return Fault(
        name=entry.name,
        severity=entry.severity,
        during=during,
        when=tuple(_build_condition(condition) for condition in entry.when),
        cue=entry.cue,
        why=entry.why,
        until=entry.until,
        seen=entry.seen,
    )


def _build_condition(entry: _ConditionEntry) -> Condition:
    (subject,) = _subjects(entry)
    return Condition(
        subject, getattr(entry, subject), entry.above, entry.below, float(entry.lasting)
    )
