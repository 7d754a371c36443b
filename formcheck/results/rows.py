"""Reps and faults as tidy tables: one row for each, one column for each thing known about it.

Nothing here knows a file. Times are seconds, what is unknown is `None`, and numbers are rounded to
what they are worth, as in the JSON: milliseconds and hundredths.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from formcheck.events import Set, titled
from formcheck.exercise import Exercise, Side
from formcheck.fields import Row, counted_rows, fault_row
from formcheck.measuring.kinds import measure_unit


@dataclass(frozen=True, slots=True)
class NumberedSet:
    """A set with what its rows have in common."""

    source: str
    exercise: str
    number: int
    """1, 2, 3, ... among the sets of this side."""
    unit: str
    """Of the range of motion: degrees, torsos."""
    set: Set
    title: str = ""
    """What a person reads: `Glute bridge`."""

    def __post_init__(self) -> None:
        """Let the name be the title, if none is given."""
        object.__setattr__(self, "title", self.title or titled(self.exercise))


def numbered_sets(exercise: Exercise, sets: Iterable[Set], source: str) -> list[NumberedSet]:
    """Sets of one exercise from one source, numbered by side."""
    unit = measure_unit(exercise, exercise.main).strip()
    numbers: Counter[Side | None] = Counter()
    labelled = []
    for each in sets:
        numbers[each.side] += 1
        labelled.append(
            NumberedSet(source, exercise.name, numbers[each.side], unit, each, exercise.title)
        )
    return labelled


def rep_rows(sets: Iterable[NumberedSet]) -> Iterator[Row]:
    """A row of `REP_COLUMNS` for each rep or hold; partials are neither and have none."""
    for each in sets:
        yield from counted_rows(each.set, each.unit, **_head(each))


def fault_rows(sets: Iterable[NumberedSet]) -> Iterator[Row]:
    """A row of `FAULT_COLUMNS` for each fault, in order of time; those of partials have no rep."""
    for each in sets:
        faults = [fault for done in each.set.counted for fault in done.faults]
        faults += [fault for partial in each.set.partials for fault in partial.faults]
        for fault in sorted(faults, key=lambda fault: fault.start):
            yield fault_row(fault, side=each.set.side, **_head(each))


def _head(each: NumberedSet) -> Row:
    return {"source": each.source, "exercise": each.exercise, "set": each.number}
