"""What the history holds, and how it becomes rows of the database and comes back.

Unknown numbers are NULL there and NaN here.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from formcheck.events import Counted, FaultFound, Hold, Partial, Rep, Set, Unjudged
from formcheck.exercise import Side
from formcheck.results.records import FAULT, HOLD, PARTIAL, REP, back, kept
from formcheck.results.rows import LabelledSet


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
    labelled: LabelledSet

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
    unjudged = json.dumps([[each.name, each.reason] for each in done.unjudged])
    return kept(done) | {"unjudged": unjudged}


def fault_cells(fault: FaultFound, each: LabelledSet) -> dict[str, Any]:
    """The columns of a fault, in this set; its side and its rep stand in other tables."""
    cells = kept(fault) | {"unit": each.fault_units.get(fault.name, "")}
    cells["bound"] = cells.pop("limit")  # which is a word of SQL
    return {name: cell for name, cell in cells.items() if name not in ("side", "rep")}


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
    labelled = LabelledSet(row["source"], row["exercise"], row["number"], row["unit"], units, saved)
    return SavedSet(row["session"], origin, labelled)


def _rep(row: dict[str, Any], side: Side | None, faults: Rows) -> Rep:
    return Rep(**back(REP, row), **_of_counted(row, side, faults))


def _hold(row: dict[str, Any], side: Side | None, faults: Rows) -> Hold:
    return Hold(**back(HOLD, row), **_of_counted(row, side, faults))


def _of_counted(row: dict[str, Any], side: Side | None, faults: Rows) -> dict[str, Any]:
    return {
        "side": side,
        "faults": tuple(_fault(fault, side, row["number"]) for fault in faults),
        "unjudged": tuple(Unjudged(*pair) for pair in json.loads(row["unjudged"])),
    }


def _partial(row: dict[str, Any], side: Side | None, faults: Rows) -> Partial:
    found = tuple(_fault(fault, side, None) for fault in faults)
    return Partial(**back(PARTIAL, row), side=side, faults=found)


def _fault(row: dict[str, Any], side: Side | None, rep: int | None) -> FaultFound:
    known = row | {"limit": row["bound"], "side": side, "rep": rep}
    return FaultFound(**back(FAULT, known))


def printable(text: str) -> str:
    """The text as one that UTF-8 can hold; names of files need not be."""
    return text.encode("utf-8", errors="backslashreplace").decode()
