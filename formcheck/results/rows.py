"""Reps and faults as tidy tables: one row for each, one column for each thing known about it.

Nothing here knows a file. Times are seconds, what is unknown is `None`, and numbers are rounded to
what they are worth, as in the JSON: milliseconds and hundredths.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Literal

from formcheck.events import FaultFound, Hold, Rep, Set
from formcheck.exercise import Exercise, Side
from formcheck.measuring.kinds import measure_unit, unit_of

Cell = str | int | float | bool | None
Row = dict[str, Cell]
ColumnType = Literal["text", "whole", "number", "yes_no"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what its cells are, and in which unit."""

    type: ColumnType
    unit: str = ""


SECONDS = Column("number", "s")
REP_COLUMNS: dict[str, Column] = {
    "source": Column("text"),
    "exercise": Column("text"),
    "side": Column("text"),
    "set": Column("whole"),
    "rep": Column("whole"),
    "start_s": SECONDS,
    "peak_s": SECONDS,
    "end_s": SECONDS,
    "range": Column("number"),
    "range_unit": Column("text"),
    "hold_s": SECONDS,
    "good_s": SECONDS,
    "raise_s": SECONDS,
    "lower_s": SECONDS,
    "clean": Column("yes_no"),
    "faults": Column("whole"),
    "unjudged": Column("whole"),
}
FAULT_COLUMNS: dict[str, Column] = {
    "source": Column("text"),
    "exercise": Column("text"),
    "side": Column("text"),
    "set": Column("whole"),
    "rep": Column("whole"),
    "fault": Column("text"),
    "severity": Column("text"),
    "start_s": SECONDS,
    "end_s": SECONDS,
    "value": Column("number"),
    "limit": Column("number"),
    "unit": Column("text"),
    "cue": Column("text"),
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
        for rep in each.set.reps:
            yield _head(each) | _rep_row(rep, each.unit)
        for hold in each.set.holds:
            yield _head(each) | _hold_row(hold)


def fault_rows(sets: Iterable[LabelledSet]) -> Iterator[Row]:
    """A row of `FAULT_COLUMNS` for each fault, in order of time; those of partials have no rep."""
    for each in sets:
        faults = [fault for done in each.set.counted for fault in done.faults]
        faults += [fault for partial in each.set.partials for fault in partial.faults]
        for fault in sorted(faults, key=lambda fault: fault.start):
            yield _head(each) | _fault_row(fault, each.fault_units.get(fault.name, ""))


def _head(each: LabelledSet) -> Row:
    return {
        "source": each.source,
        "exercise": each.exercise,
        "side": each.set.side,
        "set": each.number,
    }


def _rep_row(rep: Rep, unit: str) -> Row:
    return {
        "rep": rep.number,
        "start_s": rounded(rep.start, 3),
        "peak_s": rounded(rep.peak, 3),
        "end_s": rounded(rep.end, 3),
        "range": rounded(rep.range, 2),
        "range_unit": unit,
        "hold_s": rounded(rep.hold, 3),
        "good_s": None,
        "raise_s": rounded(rep.raising, 3),
        "lower_s": rounded(rep.lowering, 3),
        "clean": rep.clean,
        "faults": len(rep.faults),
        "unjudged": len(rep.unjudged),
    }


def _hold_row(hold: Hold) -> Row:
    return {
        "rep": hold.number,
        "start_s": rounded(hold.start, 3),
        "peak_s": None,
        "end_s": rounded(hold.end, 3),
        "range": None,
        "range_unit": None,
        "hold_s": rounded(hold.seconds, 3),
        "good_s": rounded(hold.good, 3),
        "raise_s": None,
        "lower_s": None,
        "clean": hold.clean,
        "faults": len(hold.faults),
        "unjudged": len(hold.unjudged),
    }


def _fault_row(fault: FaultFound, unit: str) -> Row:
    return {
        "rep": fault.rep,
        "fault": fault.name,
        "severity": fault.severity,
        "start_s": rounded(fault.start, 3),
        "end_s": rounded(fault.end, 3),
        "value": rounded(fault.value, 2),
        "limit": rounded(fault.limit, 2),
        "unit": unit,
        "cue": fault.cue,
    }


def rounded(value: float, decimals: int) -> float | None:
    """The number, or nothing where it is unknown."""
    return round(float(value), decimals) if isfinite(value) else None
