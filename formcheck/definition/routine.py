"""A routine: several exercises one after the other, as a small TOML file like the exercises'."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from textwrap import wrap
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from formcheck.definition.form import MOST, Entry, Line, Name, Text
from formcheck.definition.form_problems import (
    FileForm,
    Problem,
    first_of,
    form_problems,
    shown,
    suggest,
)
from formcheck.definition.loading import (
    SUFFIX,
    exercise_files,
    exercise_folders,
    files_in,
    find_file,
    load_exercise,
    parse_table,
    text_of,
    told_in_one,
)
from formcheck.definition.meaning_problems import MOST_REPS
from formcheck.definition.words import aim
from formcheck.errors import ExerciseError
from formcheck.exercise import Exercise, Side
from formcheck.language.sentences import Sentence
from formcheck.wording import ON_SIDE, count

FOLDER = "routines"
STEPS = "step"
"""The table that an exercise has not, and by which a routine's file is known."""
REST = 30.0
"""Seconds of pause after a step that does not say how long."""
LONGEST_REST = 3600.0


@dataclass(frozen=True, slots=True)
class RoutineStep:
    """One exercise of a routine."""

    exercise: Exercise
    reps: int
    side: Side | None
    rest: float
    """Seconds of pause after it."""

    @property
    def title(self) -> Sentence:
        """The exercise, with its side if there is one to do."""
        title = Sentence(self.exercise.title)
        if not self.side:
            return title
        return Sentence("{exercise}, {side}", exercise=title, side=ON_SIDE[self.side])


@dataclass(frozen=True, slots=True)
class Plan:
    """The week that a routine is meant for."""

    days: int = 7
    """On how many days of the week it is to be done."""
    walk_minutes: int = 0
    """Minutes to walk on each day of the week; 0 where walking is no part of it."""


@dataclass(frozen=True, slots=True)
class Routine:
    """Exercises in order."""

    name: str
    title: str
    summary: str
    steps: tuple[RoutineStep, ...]
    plan: Plan = Plan()
    left_out: tuple[Exercise, ...] = ()
    """Steps that are off: those that say so, and those to be careful with that do not say `on`."""

    @property
    def warnings(self) -> tuple[str, ...]:
        """What to know before it is done."""
        careful = {s.exercise.title: s.exercise for s in self.steps if s.exercise.caution}
        return (
            *map(_careful, careful.values()),
            *map(_left_out, self.left_out),
        )


def _careful(exercise: Exercise) -> Sentence:
    return Sentence(
        "{exercise}: take care. {caution}",
        exercise=Sentence(exercise.title),
        caution=Sentence(exercise.caution),
    )


def _left_out(exercise: Exercise) -> Sentence:
    return Sentence(
        "{exercise} is left out. {caution}",
        exercise=Sentence(exercise.title),
        caution=Sentence(exercise.caution),
    )


class _StepEntry(Entry):
    exercise: Annotated[Line, Field(min_length=1)]
    reps: Annotated[int, Field(ge=1, le=MOST_REPS)] | None = None
    side: Literal["left", "right"] | None = None
    rest: Annotated[float, Field(ge=0, le=LONGEST_REST)] = REST
    on: bool | None = None


class _PlanEntry(Entry):
    days: Annotated[int, Field(ge=1, le=7)] = 7
    walk_minutes: Annotated[int, Field(ge=0, le=24 * 60)] = 0


class _File(Entry):
    version: Literal[1] = Field(alias="schema")
    name: Annotated[Name, Field(min_length=1)]
    title: Annotated[Name, Field(min_length=1)]
    summary: Annotated[Text, Field(min_length=1)]
    plan: _PlanEntry = _PlanEntry()
    step: Annotated[list[_StepEntry], Field(min_length=1, max_length=MOST)]


FORM = FileForm(whole=_File, tables={"plan": _PlanEntry, STEPS: _StepEntry}, lists=(STEPS,))


def one_exercise(exercise: Exercise, reps: int | None, side: Side | None) -> Routine:
    """The routine of a single exercise."""
    step = _aimed(exercise, reps, side, rest=0.0)
    return Routine(exercise.name, exercise.title, exercise.summary, (step,))


def routine_files() -> dict[str, Path]:
    """The routines that can be asked for by name, with their files, in order of name."""
    return files_in(folder / FOLDER for folder in exercise_folders())


def find_routine(name_or_path: str) -> Path:
    """The file of a routine, by name or path; ExerciseError if there is none."""
    return find_file("routine", name_or_path, routine_files)


def load_routine(name_or_path: str) -> Routine:
    """Load a routine by name or path; ExerciseError lists everything that is wrong with it."""
    path = find_routine(name_or_path)
    routine, problems = read_routine(path)
    if routine is None:
        why = told_in_one(problems)
        raise ExerciseError("Can't use the routine file {file}:{why}", file=path, why=why)
    return routine


def is_routine(path: Path) -> bool:
    """Whether a file is that of a routine: it has steps."""
    text, _ = text_of(path)
    table, _ = parse_table(text or "")
    return table is not None and STEPS in table


def read_routine(path: Path) -> tuple[Routine | None, list[Problem]]:
    """Read a file and list its problems; the routine only if there are none."""
    text, problems = text_of(path)
    if text is None:
        return None, problems
    table, problems = parse_table(text)
    if table is None:
        return None, problems
    try:
        entry = _File.model_validate(table)
    except ValidationError as error:
        problems = first_of(form_problems(error, FORM))
    if isinstance(name := table.get("name"), str) and name != path.stem:
        problems.append(Problem("name", f"is {shown(name)} but the file is called {path.name}"))
    steps = table.get(STEPS)
    for number, step in enumerate(steps[:MOST] if isinstance(steps, list) else [], 1):
        problems.extend(_step_problems(step, f"{STEPS} {number}", path.parent))
    if problems:
        return None, problems
    made = [(_step(each, path.parent), each.on) for each in entry.step]
    steps = tuple(step for step, on in made if _is_on(step, on))
    left_out = tuple(step.exercise for step, on in made if not _is_on(step, on))
    if not steps:
        return None, [Problem(STEPS, "all steps are off: set on = true in at least one")]
    plan = Plan(entry.plan.days, entry.plan.walk_minutes)
    return Routine(entry.name, entry.title, entry.summary, steps, plan, left_out), []


def _is_on(step: RoutineStep, on: bool | None) -> bool:
    """Whether a step is done: an exercise to be careful with only if the routine says so."""
    return not step.exercise.caution if on is None else on


def _step_problems(step: Any, place: str, folder: Path) -> Iterator[Problem]:
    """What a step says that cannot be meant, as far as its form is right."""
    name = step.get("exercise") if isinstance(step, dict) else None
    if not isinstance(name, str) or not name:
        return
    where = f"{place} > exercise"
    if not name.endswith(SUFFIX) and name not in exercise_files():
        hint = suggest(name, exercise_files())
        yield Problem(where, f"there is no exercise {shown(name)}{hint}")
        return
    try:
        exercise = load_exercise(_named(name, folder))
    except ExerciseError as error:
        yield Problem(where, str(error).replace("\n ", ""))
        return
    if exercise.sides == "both" and step.get("side") is not None:
        yield Problem(f"{place} > side", f"{exercise.name} has no sides; leave it out")


def _named(exercise: str, folder: Path) -> str | Path:
    """An exercise's name, or its file, which a routine names as seen from its own folder."""
    return folder / exercise if exercise.endswith(SUFFIX) else exercise


def _step(entry: _StepEntry, folder: Path) -> RoutineStep:
    exercise = load_exercise(_named(entry.exercise, folder))
    return _aimed(exercise, entry.reps, entry.side, float(entry.rest))


def _aimed(exercise: Exercise, reps: int | None, side: Side | None, rest: float) -> RoutineStep:
    """A step whose exercise aims at as many reps as the step: so every report says."""
    aimed = replace(exercise, reps=reps or exercise.reps)
    return RoutineStep(aimed, aimed.reps, side, rest)


def explain_routine(routine: Routine, width: int = 80) -> str:
    """The routine in plain words, in lines of at most this width."""
    lines = [f"{routine.title} ({routine.name})"]
    lines += wrap(routine.summary, width, initial_indent="  ", subsequent_indent="  ")
    lines += ["", "Steps"]
    for number, step in enumerate(routine.steps, 1):
        side = f", {step.side} side" if step.side else ""
        is_last = number == len(routine.steps)
        rest = "" if is_last else f", then rest for {step.rest:g} s"
        both = " on each side" if step.exercise.sides == "each" and not step.side else ""
        words = f"{number}. {step.exercise.title}{side}: {aim(step.exercise)}{both}{rest}"
        lines += wrap(words, width, initial_indent="  ", subsequent_indent="     ")
    for exercise in routine.left_out:
        why = f": {exercise.caution}" if exercise.caution else "."
        words = f"Left out: {exercise.title}{why} To include it, set `on = true` in its step."
        lines += ["", *wrap(words, width)]
    plan = f"Do it on {count(routine.plan.days, 'day')} a week"
    if routine.plan.walk_minutes:
        plan += f", with {routine.plan.walk_minutes} minutes of walking each day"
    told = f"{plan}. `formcheck history --plan {routine.name}` shows how much you did."
    lines += ["", *wrap(told, width)]
    lines += ["", *wrap(f"Do it with: formcheck live --routine {routine.name}", width)]
    return "\n".join(lines)
