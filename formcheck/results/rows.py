"""Reps and faults as tidy tables: one row for each, one column for each thing known about it.

Nothing here knows a file. Times are seconds; cells are as `records` tells them, as in the JSON.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from formcheck.events import Counted, Rep, Set
from formcheck.exercise import Exercise, Side
from formcheck.measuring.kinds import measure_unit, unit_of
from formcheck.results.records import (
    FAULT,
    HOLD,
    REP,
    TEXT,
    WHOLE,
    Cell,
    Column,
    columns_of,
    told,
)

Row = dict[str, Cell]

SET_COLUMNS = {"source": TEXT, "exercise": TEXT, "side": TEXT, "set": WHOLE}
"""What the rows of a set have in common."""
REP_COLUMNS: dict[str, Column] = {
    **SET_COLUMNS,
    "rep": REP["number"].column,
    **columns_of(REP, "start_s", "peak_s", "end_s", "range"),
    "range_unit": TEXT,
    **columns_of(HOLD, "hold_s", "good_s"),
    **columns_of(REP, "raise_s", "lower_s", "clean"),
    "faults": WHOLE,
    "unjudged": WHOLE,
}
FAULT_COLUMNS: dict[str, Column] = {
    **SET_COLUMNS,
    "rep": FAULT["rep"].column,
    "fault": FAULT["name"].column,
    **columns_of(FAULT, "severity", "start_s", "end_s", "value", "limit"),
    "unit": TEXT,
    "cue": FAULT["cue"].column,
}


@dataclass(frozen=True, slots=True)
class LabelledSet:
    """A set with what its rows have in common."""

    source: str
    exercise: str
    number: int
    """1, 2, 3, ... among the sets of this side."""
    unit: str
    """Of the range of motion: degrees, torsos."""
    fault_units: Mapping[str, str]
    """The unit of each fault's value and limit, by the fault's name."""
    set: Set


def labelled_sets(exercise: Exercise, sets: Iterable[Set], source: str) -> list[LabelledSet]:
    """Sets of one exercise from one source, numbered by side."""
    unit = measure_unit(exercise, exercise.main).strip()
    units = {fault.name: unit_of(exercise, fault.first).strip() for fault in exercise.faults}
    numbers: Counter[Side | None] = Counter()
    labelled = []
    for each in sets:
        numbers[each.side] += 1
        labelled.append(LabelledSet(source, exercise.name, numbers[each.side], unit, units, each))
    return labelled


def rep_rows(sets: Iterable[LabelledSet]) -> Iterator[Row]:
    """A row of `REP_COLUMNS` for each rep or hold; partials are neither and have none."""
    for each in sets:
        for done in each.set.counted:
            yield _in_order(REP_COLUMNS, _head(each) | _rep_cells(done, each.unit))


def fault_rows(sets: Iterable[LabelledSet]) -> Iterator[Row]:
    """A row of `FAULT_COLUMNS` for each fault, in order of time; those of partials have no rep."""
    for each in sets:
        faults = [fault for done in each.set.counted for fault in done.faults]
        faults += [fault for partial in each.set.partials for fault in partial.faults]
        for fault in sorted(faults, key=lambda fault: fault.start):
            own = {"fault": fault.name, "unit": each.fault_units.get(fault.name, "")}
            yield _in_order(FAULT_COLUMNS, told(fault) | own | _head(each))


def _head(each: LabelledSet) -> Row:
    return {
        "source": each.source,
        "exercise": each.exercise,
        "side": each.set.side,
        "set": each.number,
    }


def _rep_cells(done: Counted, unit: str) -> Row:
    return told(done) | {
        "rep": done.number,
        "range_unit": unit if isinstance(done, Rep) else None,
        "faults": len(done.faults),
        "unjudged": len(done.unjudged),
    }


def _in_order(columns: Iterable[str], row: Row) -> Row:
    """A row of these columns; what a hold has not, or a rep, is unknown."""
    return {name: row.get(name) for name in columns}
