"""What the history says over weeks: how each exercise went, and how much of the plan was done.

A week begins on Monday. A day is the one on the clock where the exercise was done. Weeks without
anything are told too: a gap is an answer.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import isfinite
from statistics import fmean
from typing import Literal

from formcheck.definition.routine import Routine
from formcheck.events import Counted, Hold, Rep
from formcheck.exercise import Side
from formcheck.history.rows import SavedSet, Walk

WEEK = timedelta(days=7)
What = Literal["rep", "hold"]
Part = tuple[str, Side | None]
"""An exercise, and the side that it was done on."""


@dataclass(frozen=True, slots=True)
class ExerciseWeek:
    """One exercise in one week. Means are over its reps or holds; none if unknown."""

    monday: date
    days: int
    """On how many days it was done."""
    reps: int
    clean: int
    hold: float | None
    """Mean hold in seconds."""
    range: float | None
    """Mean range of motion, in `ExerciseTrend.unit`."""
    good: float | None
    """Seconds held in good form, in a timed exercise."""

    @property
    def clean_share(self) -> float | None:
        """Which part of the reps was clean: 0 to 1."""
        return self.clean / self.reps if self.reps else None


@dataclass(frozen=True, slots=True)
class ExerciseTrend:
    """One exercise over the weeks, without a gap."""

    exercise: str
    unit: str
    weeks: tuple[ExerciseWeek, ...]
    counted: What = "rep"
    """What is counted."""


@dataclass(frozen=True, slots=True)
class PlanWeek:
    """How much of the plan was done in one week."""

    monday: date
    full_days: int
    """Days on which every exercise of the routine reached its number of reps, on each side."""
    part_days: int
    """Days on which some of it was done, but not all."""
    walked: int
    """Minutes."""


def monday_of(day: date) -> date:
    """The first day of the week."""
    return day - timedelta(days=day.weekday())


def exercise_trends(sets: Sequence[SavedSet], today: date, most: int = 26) -> list[ExerciseTrend]:
    """Each exercise from its first week, or the last `most` weeks, up to today's, by name."""
    by_exercise: dict[str, list[SavedSet]] = defaultdict(list)
    for each in sets:
        by_exercise[each.labelled.exercise].append(each)
    return [
        ExerciseTrend(
            name,
            done[-1].labelled.unit,
            tuple(_exercise_week(done, monday) for monday in _mondays(done, today, most)),
            what_is_counted(done),
        )
        for name, done in sorted(by_exercise.items())
    ]


def plan_weeks(
    sets: Sequence[SavedSet],
    walks: Sequence[Walk],
    routine: Routine,
    today: date,
    most: int = 26,
) -> list[PlanWeek]:
    """How much of the routine's plan was done, from the first week, up to today's."""
    needed = reps_needed(routine)
    parts = {part for part in needed}
    done = [each for each in sets if _part(each) in parts and each.labelled.set.counted]
    by_day: dict[date, Counter[Part]] = defaultdict(Counter)
    for each in done:
        by_day[each.day][_part(each)] += len(each.labelled.set.counted)
    full = {day for day, reps in by_day.items() if all(reps[p] >= n for p, n in needed.items())}
    mondays = _mondays([*done, *walks], today, most)
    return [
        PlanWeek(
            monday,
            full_days=sum(monday <= day < monday + WEEK for day in full),
            part_days=sum(monday <= day < monday + WEEK for day in set(by_day) - full),
            walked=sum(w.minutes for w in walks if monday <= w.day < monday + WEEK),
        )
        for monday in mondays
    ]


def reps_needed(routine: Routine) -> dict[Part, int]:
    """How many reps of each exercise a whole day of the routine has, on each side."""
    needed: Counter[Part] = Counter()
    for step in routine.steps:
        sides: tuple[Side | None, ...] = (step.side,)
        if step.side is None and step.exercise.sides == "each":
            sides = ("left", "right")
        for side in sides:
            needed[step.exercise.name, side] += step.reps
    return dict(needed)


def mean(values: Iterable[float]) -> float | None:
    """The mean of the numbers that are known; none if there are none."""
    known = [value for value in values if isfinite(value)]
    return fmean(known) if known else None


def counted_in(sets: Iterable[SavedSet]) -> list[Counted]:
    """All reps, or holds of timed exercises, of these sets."""
    return [done for each in sets for done in each.labelled.set.counted]


def what_is_counted(sets: Iterable[SavedSet]) -> What:
    """Whether these sets of one exercise are of reps, or of holds of a timed exercise."""
    return "hold" if any(each.labelled.set.holds for each in sets) else "rep"


def mean_hold(counted: Iterable[Counted]) -> float | None:
    """The mean of the seconds held; none if there are none."""
    return mean(done.hold for done in counted)


def mean_range(counted: Iterable[Counted]) -> float | None:
    """The mean range of motion; none if there are none: a hold has no range."""
    return mean(done.range for done in counted if isinstance(done, Rep))


def _part(each: SavedSet) -> Part:
    return each.labelled.exercise, each.labelled.set.side


def _mondays(done: Sequence[SavedSet | Walk], today: date, most: int) -> list[date]:
    """Every Monday from the first that anything was done in to today's; `most` of them."""
    last = monday_of(max([today, *(each.day for each in done)]))
    first = monday_of(min([today, *(each.day for each in done)]))
    first = max(first, last - (most - 1) * WEEK)
    return [first + number * WEEK for number in range((last - first) // WEEK + 1)]


def _exercise_week(done: Sequence[SavedSet], monday: date) -> ExerciseWeek:
    now = [each for each in done if monday <= each.day < monday + WEEK]
    counted = counted_in(now)
    return ExerciseWeek(
        monday,
        days=len({each.day for each in now if each.labelled.set.counted}),
        reps=len(counted),
        clean=sum(done.clean for done in counted),
        hold=mean_hold(counted),
        range=mean_range(counted),
        good=sum(holds) if (holds := [h.good for h in counted if isinstance(h, Hold)]) else None,
    )
