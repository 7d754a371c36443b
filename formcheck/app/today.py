"""What is due today: the steps of a routine, and how much of each was done."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date

from formcheck.definition.routine import Routine, RoutineStep
from formcheck.exercise import Side
from formcheck.history.rows import SavedSet
from formcheck.history.trends import reps_needed


@dataclass(frozen=True, slots=True)
class Due:
    """A step of today."""

    step: RoutineStep
    done: int
    """Reps or holds, of `needed`."""
    needed: int
    is_hurt: bool
    """Whether it was stopped today because it hurt: it is left out until tomorrow."""

    @property
    def is_done(self) -> bool:
        """Whether nothing of it is left."""
        return self.done >= self.needed


def due_today(
    routine: Routine, sets: Iterable[SavedSet], today: date, hurt: Collection[str] = ()
) -> list[Due]:
    """The steps of a routine, in order, with what was done of each today.

    Args:
        routine: what is to be done.
        sets: from the history.
        today: the day on which it is to be done.
        hurt: names of the exercises that hurt today.
    """
    left: Counter[tuple[str, Side | None]] = Counter()
    for each in sets:
        if each.day == today:
            left[each.labelled.exercise, each.labelled.set.side] += len(each.labelled.set.counted)
    due = []
    for step in routine.steps:
        needed = reps_needed(replace(routine, steps=(step,)))
        done = {part: min(left[part], reps) for part, reps in needed.items()}
        left.subtract(done)
        is_hurt = step.exercise.name in hurt
        due.append(Due(step, sum(done.values()), sum(needed.values()), is_hurt))
    return due


def rest_of_today(routine: Routine, due: Iterable[Due]) -> Routine | None:
    """The routine as far as it is still to be done today; none if nothing is left."""
    return _only(routine, (each for each in due if not each.is_done and not each.is_hurt))


def once_more(routine: Routine, due: Iterable[Due]) -> Routine | None:
    """The routine without what hurt today; none if nothing is left."""
    return _only(routine, (each for each in due if not each.is_hurt))


def _only(routine: Routine, due: Iterable[Due]) -> Routine | None:
    steps = tuple(each.step for each in due)
    return replace(routine, steps=steps) if steps else None
