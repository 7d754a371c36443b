"""What is known of a rep, a hold, a partial and a fault: each has one list of fields.

The JSON, the tables and the history all take their columns from these lists, and say only which of
them they have and in which order. Nothing here knows a file.

What is unknown is NaN in a record and `None` outside. In files, numbers are rounded to what they
are worth: milliseconds, hundredths. Only the history keeps them as they are.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite, nan
from typing import Any, Literal

from formcheck.events import FaultFound, Hold, Partial, Rep

Cell = str | int | float | bool | None
ColumnType = Literal["text", "whole", "number", "yes_no"]
Record = Rep | Hold | Partial | FaultFound


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what its cells are, and in which unit."""

    type: ColumnType
    unit: str = ""


@dataclass(frozen=True, slots=True)
class RecordField:
    """One thing that is known of a record."""

    attribute: str
    """Where it stands in the record."""
    column: Column
    decimals: int | None = None
    """How many are worth telling; none for what is not measured."""

    def told(self, record: Record) -> Cell:
        """The value as files tell it."""
        value: Any = getattr(record, self.attribute)
        return value if self.decimals is None else rounded(value, self.decimals)

    def kept(self, record: Record) -> Cell:
        """The value as the history keeps it: not rounded."""
        value: Any = getattr(record, self.attribute)
        return value if self.decimals is None else known(value)

    def back(self, cell: Cell) -> Cell:
        """The value for a record, from what was kept of it."""
        if self.column.type == "yes_no":
            return bool(cell)
        return nan if cell is None and self.decimals is not None else cell


SECONDS = Column("number", "s")
NUMBER, WHOLE, TEXT, YES_NO = Column("number"), Column("whole"), Column("text"), Column("yes_no")
MILLISECONDS, HUNDREDTHS = 3, 2
"""Decimals that are worth telling: of a time or a duration, and of any other measured number."""

REP: Mapping[str, RecordField] = {
    "number": RecordField("number", WHOLE),
    "start_s": RecordField("start", SECONDS, MILLISECONDS),
    "peak_s": RecordField("peak", SECONDS, MILLISECONDS),
    "end_s": RecordField("end", SECONDS, MILLISECONDS),
    "range": RecordField("range", NUMBER, HUNDREDTHS),
    "top": RecordField("top", NUMBER, HUNDREDTHS),
    "hold_s": RecordField("hold", SECONDS, MILLISECONDS),
    "raise_s": RecordField("raising", SECONDS, MILLISECONDS),
    "lower_s": RecordField("lowering", SECONDS, MILLISECONDS),
    "clean": RecordField("clean", YES_NO),
}
HOLD: Mapping[str, RecordField] = {
    "number": RecordField("number", WHOLE),
    "start_s": RecordField("start", SECONDS, MILLISECONDS),
    "end_s": RecordField("end", SECONDS, MILLISECONDS),
    "hold_s": RecordField("seconds", SECONDS, MILLISECONDS),
    "good_s": RecordField("good", SECONDS, MILLISECONDS),
    "clean": RecordField("clean", YES_NO),
}
"""It has the names of a rep's where it is the same: both stand in one table."""
PARTIAL: Mapping[str, RecordField] = {
    "start_s": RecordField("start", SECONDS, MILLISECONDS),
    "end_s": RecordField("end", SECONDS, MILLISECONDS),
    "peak": RecordField("peak", NUMBER, HUNDREDTHS),
    "reason": RecordField("reason", TEXT),
}
FAULT: Mapping[str, RecordField] = {
    "name": RecordField("name", TEXT),
    "severity": RecordField("severity", TEXT),
    "side": RecordField("side", TEXT),
    "rep": RecordField("rep", WHOLE),
    "start_s": RecordField("start", SECONDS, MILLISECONDS),
    "end_s": RecordField("end", SECONDS, MILLISECONDS),
    "value": RecordField("value", NUMBER, HUNDREDTHS),
    "limit": RecordField("limit", NUMBER, HUNDREDTHS),
    "cue": RecordField("cue", TEXT),
}
FIELDS: Mapping[type[Record], Mapping[str, RecordField]] = {
    Rep: REP,
    Hold: HOLD,
    Partial: PARTIAL,
    FaultFound: FAULT,
}


def columns_of(fields: Mapping[str, RecordField], *names: str) -> dict[str, Column]:
    """The columns of some of the fields, in this order."""
    return {name: fields[name].column for name in names}


def told(record: Record) -> dict[str, Cell]:
    """All that is known of a record, as files tell it."""
    return {name: field.told(record) for name, field in FIELDS[type(record)].items()}


def kept(record: Record) -> dict[str, Cell]:
    """All that is known of a record, as the history keeps it."""
    return {name: field.kept(record) for name, field in FIELDS[type(record)].items()}


def back(fields: Mapping[str, RecordField], row: Mapping[str, Cell]) -> dict[str, Any]:
    """The attributes of a record, from a row that has what was kept of it."""
    return {field.attribute: field.back(row[name]) for name, field in fields.items()}


def known(value: float) -> float | None:
    """The number, or nothing where it is unknown."""
    return float(value) if isfinite(value) else None


def rounded(value: float, decimals: int) -> float | None:
    """The number as exact as it is worth telling, or nothing where it is unknown."""
    return round(float(value), decimals) if isfinite(value) else None
