"""What is known of a rep, a hold, a partial and a fault: the one list that every file is made from.

The JSON of a check, tables of reps and faults, and the history's database hold the same records.
Each field is declared here once; a file is made of those that have a name in it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
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
    Field("borderline", "named", "borderline", {"table": None, "database": None}),
    Field("raise_s", "seconds", "out", {"table": None, "database": None}),  # as it was called once
    Field("lower_s", "seconds", "back", {"table": None, "database": None}),
)
HOLD = (
    Field("number", "whole", "number", {"table": "rep"}),
    Field("start_s", "seconds", "start"),
    Field("end_s", "seconds", "end"),
    Field("hold_s", "seconds", "seconds"),
    Field("good_s", "seconds", "good"),
    Field("clean", "yes_no", "clean"),
    Field("faults", "named", "faults", {"database": None}),
    Field("unjudged", "named", "unjudged"),
    Field("borderline", "named", "borderline", {"table": None, "database": None}),
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
    Field("title", "text", "title", {"database": None}),
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


def worth(type_: FieldType, value: Any) -> Any:
    """A value as it is written: rounded to what it is worth, nothing where it is unknown."""
    return value if type_ not in DECIMALS or value is None else rounded(value, DECIMALS[type_])


def rounded(value: float, decimals: int) -> float | None:
    """The number, or nothing where it is unknown."""
    return round(float(value), decimals) if isfinite(value) else None
