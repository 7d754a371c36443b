"""What the history holds, and how it becomes rows of the database and comes back.

Unknown numbers are NULL there and NaN here.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from math import isfinite, nan
from typing import Any, Literal

from formcheck.events import Counted, FaultFound, Hold, Partial, Rep, Set, Unjudged
from formcheck.exercise import Side
from formcheck.results.fields import (
    DECIMALS,
    FAULT,
    HOLD,
    PARTIAL,
    REP,
    Field,
    FieldType,
    cells,
)
from formcheck.results.rows import NumberedSet


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the sets of a session come from."""

    started: datetime
    """Local time, with its offset from UTC."""
    kind: Literal["live", "check"]
    source: str
    """The video, recording or camera."""
    routine: str | None = None
    identity: str | None = None
    """Of what was checked: the same one again takes the place of the first."""


@dataclass(frozen=True, slots=True)
class SavedSet:
    """A set in the history."""

    session: int
    origin: Origin
    labelled: NumberedSet

    @property
    def day(self) -> date:
        """The day on which it was done, where it was done."""
        return self.origin.started.date()


@dataclass(frozen=True, slots=True)
class Walk:
    """Minutes walked on a day."""

    day: date
    minutes: int


def rep_cells(done: Counted) -> dict[str, Any]:
    """The columns of a rep, or of a hold: only a hold has seconds in good form."""
    return cells(HOLD if isinstance(done, Hold) else REP, done, "database", _kept)


def partial_cells(partial: Partial) -> dict[str, Any]:
    """The columns of a partial."""
    return cells(PARTIAL, partial, "database", _kept)


def fault_cells(fault: FaultFound, each: NumberedSet) -> dict[str, Any]:
    """The columns of a fault, in this set."""
    unit = each.fault_units.get(fault.name, "")
    return cells(FAULT, fault, "database", _kept, unit=unit)


def _kept(type_: FieldType, value: Any) -> Any:
    """A value as the database keeps it: numbers as they are, not rounded."""
    if type_ == "named":
        return json.dumps([[each.name, each.reason] for each in value])
    if type_ in DECIMALS:
        return float(value) if isfinite(value) else None
    return value


def _taken_back(type_: FieldType, value: Any) -> Any:
    """What was kept so."""
    if type_ == "named":
        return tuple(Unjudged(*pair) for pair in json.loads(value))
    if type_ in DECIMALS:
        return nan if value is None else value
    return bool(value) if type_ == "yes_no" else value


def _attributes(fields: Iterable[Field], row: dict[str, Any]) -> dict[str, Any]:
    """What the row of a record says of it, by the names that it has in code."""
    kept = [(each, each.name_in("database")) for each in fields if each.attribute]
    return {each.attribute: _taken_back(each.type, row[name]) for each, name in kept if name}


Rows = Iterable[dict[str, Any]]


def saved_set(row: dict[str, Any], reps: Rows, partials: Rows, faults: Rows) -> SavedSet:
    """A set, from its row and those of what is in it."""
    side: Side | None = row["side"]
    faults = list(faults)
    units = {fault["name"]: fault["unit"] for fault in faults}
    done = [(rep, [f for f in faults if f["rep"] == rep["id"]]) for rep in reps]
    tried = tuple(
        _partial(part, side, [f for f in faults if f["partial"] == part["id"]]) for part in partials
    )
    origin = Origin(
        datetime.fromisoformat(row["started_at"]),
        row["kind"],
        row["source"],
        row["routine"],
        row["identity"],
    )
    saved = Set(
        side,
        reps=tuple(_rep(rep, side, found) for rep, found in done if rep["good_s"] is None),
        partials=tried,
        holds=tuple(_hold(rep, side, found) for rep, found in done if rep["good_s"] is not None),
    )
    labelled = NumberedSet(row["source"], row["exercise"], row["number"], row["unit"], units, saved)
    return SavedSet(row["session"], origin, labelled)


def _rep(row: dict[str, Any], side: Side | None, faults: Rows) -> Rep:
    found = tuple(_fault(fault, side, row["number"]) for fault in faults)
    return Rep(side=side, faults=found, **_attributes(REP, row))


def _hold(row: dict[str, Any], side: Side | None, faults: Rows) -> Hold:
    found = tuple(_fault(fault, side, row["number"]) for fault in faults)
    return Hold(side=side, faults=found, **_attributes(HOLD, row))


def _partial(row: dict[str, Any], side: Side | None, faults: Rows) -> Partial:
    found = tuple(_fault(fault, side, None) for fault in faults)
    return Partial(side=side, faults=found, **_attributes(PARTIAL, row))


def _fault(row: dict[str, Any], side: Side | None, rep: int | None) -> FaultFound:
    return FaultFound(side=side, rep=rep, **_attributes(FAULT, row))
