"""A routine: several exercises one after the other, as a small TOML file like the exercises'."""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from formcheck.errors import ExerciseError
from formcheck.exercise import Exercise, Side
from formcheck.loading import exercise_folders, load_exercise

FOLDER = "routines"


@dataclass(frozen=True, slots=True)
class Step:
    """One exercise of a routine."""

    exercise: Exercise
    reps: int
    side: Side | None
    rest: float
    """Seconds of pause after it."""


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
    steps: tuple[Step, ...]
    plan: Plan = Plan()


class _StepEntry(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    exercise: str
    reps: int | None = Field(default=None, ge=1)
    side: Literal["left", "right"] | None = None
    rest: float | int = Field(default=30, ge=0)


class _PlanEntry(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    days: int = Field(default=7, ge=1, le=7)
    walk_minutes: int = Field(default=0, ge=0, le=1440)


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    version: Literal[1] = Field(alias="schema")
    name: str
    title: str
    summary: str
    plan: _PlanEntry = _PlanEntry()
    step: list[_StepEntry] = Field(min_length=1)


def one_exercise(exercise: Exercise, reps: int | None, side: Side | None) -> Routine:
    """The routine of a single exercise."""
    step = Step(exercise, reps or exercise.reps, side, rest=0.0)
    return Routine(exercise.name, exercise.title, exercise.summary, (step,))


def routine_files() -> dict[str, Path]:
    """The routines that can be asked for by name, with their files."""
    files: dict[str, Path] = {}
    for folder in exercise_folders():
        for path in sorted((folder / FOLDER).glob("*.toml")):
            files.setdefault(path.stem, path)
    return files


def load_routine(name_or_path: str) -> Routine:
    """Load a routine by name or path; ExerciseError says what is wrong with it."""
    path = Path(name_or_path)
    if path.suffix != ".toml":
        files = routine_files()
        if name_or_path not in files:
            known = ", ".join(sorted(files))
            raise ExerciseError(f"There is no routine {name_or_path!r}. There are: {known}.")
        path = files[name_or_path]
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        entry = _File.model_validate(table)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ExerciseError(f"Cannot read the routine {path}: {error}") from error
    except ValidationError as error:
        lines = "".join(f"\n  {_place(d['loc'])}: {d['msg']}" for d in error.errors())
        raise ExerciseError(f"The routine {path} cannot be used:{lines}") from error
    plan = Plan(entry.plan.days, entry.plan.walk_minutes)
    return Routine(entry.name, entry.title, entry.summary, tuple(map(_step, entry.step)), plan)


def _step(entry: _StepEntry) -> Step:
    exercise = load_exercise(entry.exercise)
    if entry.side is not None and exercise.sides == "both":
        raise ExerciseError(f"{exercise.name} has no sides: leave out side = {entry.side!r}.")
    return Step(exercise, entry.reps or exercise.reps, entry.side, float(entry.rest))


def _place(keys: tuple[int | str, ...]) -> str:
    return " > ".join(str(key + 1) if isinstance(key, int) else key for key in keys)
