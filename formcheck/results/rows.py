"""Reps and faults as tidy tables: one row for each, one column for each thing known about it.

Nothing here knows a file. Times are seconds, what is unknown is `None`, and numbers are rounded to
what they are worth, as in the JSON: milliseconds and hundredths.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from formcheck.events import Set
from formcheck.exercise import Exercise, Side
from formcheck.measuring.kinds import measure_unit
from formcheck.results.fields import FAULT, HOLD, REP, Cell, Field, FieldType, cells, worth

Row = dict[str, Cell]
Columns = Mapping[str, FieldType]

HEAD: Columns = {"source": "text", "exercise": "text", "side": "text", "set": "whole"}
"""What the rows of a set have in common."""


def _columns(fields: Iterable[Field], order: str) -> Columns:
    types = {each.name_in("table"): each.type for each in fields}
    return {**HEAD, **{name: types[name] for name in order.split()}}


REP_COLUMNS = _columns(
    (*REP, *HOLD),
    "rep start_s peak_s end_s range range_unit hold_s good_s out_s back_s clean faults unjudged",
)
"""Reps and holds share a table: what one of them has not is unknown there."""
FAULT_COLUMNS = _columns(FAULT, "rep fault severity start_s end_s value limit unit cue title")


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


def numbered_sets(exercise: Exercise, sets: Iterable[Set], source: str) -> list[NumberedSet]:
    """Sets of one exercise from one source, numbered by side."""
    unit = measure_unit(exercise, exercise.main).strip()
    numbers: Counter[Side | None] = Counter()
    labelled = []
    for each in sets:
        numbers[each.side] += 1
        labelled.append(NumberedSet(source, exercise.name, numbers[each.side], unit, each))
    return labelled


def rep_rows(sets: Iterable[NumberedSet]) -> Iterator[Row]:
    """A row of `REP_COLUMNS` for each rep or hold; partials are neither and have none."""
    for each in sets:
        for rep in each.set.reps:
            yield _row(REP_COLUMNS, each, REP, rep, range_unit=each.unit)
        for hold in each.set.holds:
            yield _row(REP_COLUMNS, each, HOLD, hold)


def fault_rows(sets: Iterable[NumberedSet]) -> Iterator[Row]:
    """A row of `FAULT_COLUMNS` for each fault, in order of time; those of partials have no rep."""
    for each in sets:
        faults = [fault for done in each.set.counted for fault in done.faults]
        faults += [fault for partial in each.set.partials for fault in partial.faults]
        for fault in sorted(faults, key=lambda fault: fault.start):
            yield _row(FAULT_COLUMNS, each, FAULT, fault)


def _row(
    columns: Columns, each: NumberedSet, fields: Sequence[Field], record: object, **known: Cell
) -> Row:
    row = {
        "source": each.source,
        "exercise": each.exercise,
        "side": each.set.side,
        "set": each.number,
        **cells(fields, record, "table", _say, **known),
    }
    return {name: row.get(name) for name in columns}


def _say(type_: FieldType, value: Any) -> Cell:
    """A value as a cell; of things with a name only how many there are."""
    cell: Cell = len(value) if type_ == "named" else worth(type_, value)
    return cell
