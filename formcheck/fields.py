"""What is known of a rep, a hold, a partial and a fault: the one list that every file is made from.

The JSON of a check, tables of reps and faults, and the history's database hold the same records.
Each field is declared here once; a file is made of those that have a name in it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from math import isfinite
from typing import Any, Literal

Cell = str | int | float | bool | None
FieldType = Literal["text", "whole", "seconds", "number", "yes_no", "named"]
"""Seconds and numbers are NaN where they are unknown; `named` are things that have a name each."""
Medium = Literal["json", "table", "database"]

DECIMALS: Mapping[FieldType, int] = {"seconds": 3, "number": 2}
"""What numbers are worth: milliseconds, and hundredths of a degree."""


@dataclass(frozen=True, slots=True)
class Field:
    """One thing known of a record."""

    name: str
    type: FieldType
    attribute: str = ""
    """Where the record has it; empty where only its set knows it."""
    names: Mapping[Medium, str | None] = field(default_factory=dict)
    """What it is called in files that call it otherwise; none in those that leave it out."""

    def name_in(self, medium: Medium) -> str | None:
        """What it is called in a file; none if it has no place there."""
        return self.names.get(medium, self.name)


REP = (
    Field("number", "whole", "number", {"table": "rep"}),
    Field("start_s", "seconds", "start"),
    Field("peak_s", "seconds", "peak"),
    Field("end_s", "seconds", "end"),
    Field("hold_s", "seconds", "hold"),
    Field("range", "number", "range"),
    Field("range_unit", "text", names={"database": None}),
    Field("range_deg", "number", names={"table": None, "database": None}),
    Field("top", "number", "top", {"json": None, "table": None}),
    Field("out_s", "seconds", "out", {"database": "raise_s"}),
    Field("back_s", "seconds", "back", {"database": "lower_s"}),
    Field("clean", "yes_no", "clean"),
    Field("faults", "named", "faults", {"database": None}),
    Field("unjudged", "named", "unjudged"),
    Field("borderline", "named", "borderline", {"database": None}),
    Field("raise_s", "seconds", "out", {"table": None, "database": None}),  # as it was called once
    Field("lower_s", "seconds", "back", {"table": None, "database": None}),
)
HOLD = (
    Field("number", "whole", "number", {"table": "rep"}),
    Field("start_s", "seconds", "start"),
    Field("end_s", "seconds", "end"),
    Field("hold_s", "seconds", "hold"),
    Field("good_s", "seconds", "good"),
    Field("clean", "yes_no", "clean"),
    Field("faults", "named", "faults", {"database": None}),
    Field("unjudged", "named", "unjudged"),
    Field("borderline", "named", "borderline", {"database": None}),
)
PARTIAL = (
    Field("start_s", "seconds", "start"),
    Field("end_s", "seconds", "end"),
    Field("peak", "number", "peak"),
    Field("reason", "text", "reason"),
)
FAULT = (
    Field("name", "text", "name", {"table": "fault"}),
    Field("severity", "text", "severity"),
    Field("side", "text", "side", {"table": None, "database": None}),
    Field("rep", "whole", "rep", {"database": None}),
    Field("start_s", "seconds", "start"),
    Field("end_s", "seconds", "end"),
    Field("value", "number", "value"),
    Field("limit", "number", "limit", {"database": "bound"}),
    Field("cue", "text", "cue"),
    Field("unit", "text", "unit"),
    Field("title", "text", "title"),
)


def cells(
    fields: Sequence[Field],
    record: object,
    medium: Medium,
    say: Callable[[FieldType, Any], Any],
    **of_the_set: Cell,
) -> dict[str, Any]:
    """What a file tells of a record, by the names that the fields have there.

    Args:
        fields: those of this kind of record.
        record: the rep, hold, partial or fault.
        medium: which file it is.
        say: how this file says a value of a type.
        of_the_set: what only the record's set knows, by the field's own name.
    """
    told = {}
    for each in fields:
        name = each.name_in(medium)
        if name is not None:
            known = getattr(record, each.attribute) if each.attribute else of_the_set[each.name]
            told[name] = say(each.type, known)
    return told


def json_cells(fields: Sequence[Field], record: object, **of_the_set: Cell) -> dict[str, Any]:
    """A record as the table that JSON has of it, with what it holds by name."""
    return cells(fields, record, "json", _for_json, **of_the_set)


def _for_json(type_: FieldType, value: Any) -> Any:
    return [each.name for each in value] if type_ == "named" else worth(type_, value)


def summary_dict(summary: Any) -> dict[str, Any]:
    """A summary as the table that JSON has of it, but for its source."""
    return {
        "exercise": summary.exercise or None,
        "sets": [_set_dict(each, summary.range_unit) for each in summary.sets],
        "faults": [json_cells(FAULT, fault) for fault in summary.faults],
        "unjudged": [asdict(unjudged) for unjudged in summary.unjudged],
        "notes": list(summary.notes),
    }


def _set_dict(each: Any, unit: str) -> dict[str, Any]:
    of_degrees = unit == "degrees"
    return {
        "side": each.side,
        "start_s": worth("seconds", each.start),
        "end_s": worth("seconds", each.end),
        "reps": [
            json_cells(REP, rep, range_unit=unit, range_deg=rep.range if of_degrees else None)
            for rep in each.reps
        ],
        "holds": [json_cells(HOLD, hold) for hold in each.holds],
        "partials": [json_cells(PARTIAL, partial) for partial in each.partials],
    }


Row = dict[str, Cell]
Columns = Mapping[str, FieldType]

HEAD: Columns = {"source": "text", "exercise": "text", "side": "text", "set": "whole"}
"""What the rows of a set have in common."""


def _columns(fields: Iterable[Field], order: str) -> Columns:
    types = {each.name_in("table"): each.type for each in fields}
    return {**HEAD, **{name: types[name] for name in order.split()}}


REP_COLUMNS = _columns(
    (*REP, *HOLD),
    "rep start_s peak_s end_s range range_unit hold_s good_s out_s back_s clean faults unjudged "
    "borderline",
)
"""Reps and holds share a table: what one of them has not is unknown there."""
FAULT_COLUMNS = _columns(FAULT, "rep fault severity start_s end_s value limit unit cue title")


def counted_rows(each: Any, unit: str, **head: Cell) -> Iterator[Row]:
    """A row of `REP_COLUMNS` for each rep or hold of a set; partials are neither and have none."""
    for fields, records in ((REP, each.reps), (HOLD, each.holds)):
        for record in records:
            known = cells(fields, record, "table", _as_cell, range_unit=unit)
            row = {**head, "side": each.side, **known}
            yield {name: row.get(name) for name in REP_COLUMNS}


def fault_row(fault: Any, **head: Cell) -> Row:
    """The row of `FAULT_COLUMNS` of a fault."""
    row = {**head, **cells(FAULT, fault, "table", _as_cell)}
    return {name: row.get(name) for name in FAULT_COLUMNS}


def _as_cell(type_: FieldType, value: Any) -> Cell:
    """A value as a cell; of things with a name only how many there are."""
    cell: Cell = len(value) if type_ == "named" else worth(type_, value)
    return cell


def worth(type_: FieldType, value: Any) -> Any:
    """A value as it is written: rounded to what it is worth, nothing where it is unknown."""
    return value if type_ not in DECIMALS or value is None else rounded(value, DECIMALS[type_])


def rounded(value: float, decimals: int) -> float | None:
    """The number, or nothing where it is unknown."""
    return round(float(value), decimals) if isfinite(value) else None
