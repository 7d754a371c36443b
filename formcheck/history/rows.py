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
    if isinstance(done, Hold):
        numbers = {"hold_s": _known(done.seconds), "good_s": _known(done.good)}
    else:
        numbers = {
            "peak_s": _known(done.peak),
            "hold_s": _known(done.hold),
            "raise_s": _known(done.raising),
            "lower_s": _known(done.lowering),
            "range": _known(done.range),
            "top": _known(done.top),
        }
    return {
        "number": done.number,
        "start_s": _known(done.start),
        "end_s": _known(done.end),
        **numbers,
        "clean": done.clean,
        "unjudged": json.dumps([[each.name, each.reason] for each in done.unjudged]),
    }


def partial_cells(partial: Partial) -> dict[str, Any]:
    """The columns of a partial."""
    return {
        "start_s": _known(partial.start),
        "end_s": _known(partial.end),
        "peak": _known(partial.peak),
        "reason": partial.reason,
    }


def fault_cells(fault: FaultFound, each: LabelledSet) -> dict[str, Any]:
    """The columns of a fault, in this set."""
    return {
        "name": fault.name,
        "severity": fault.severity,
        "start_s": _known(fault.start),
        "end_s": _known(fault.end),
        "value": _known(fault.value),
        "bound": _known(fault.limit),
        "unit": each.fault_units.get(fault.name, ""),
        "cue": fault.cue,
    }


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
    return Rep(
        number=row["number"],
        side=side,
        start=_number(row["start_s"]),
        peak=_number(row["peak_s"]),
        end=_number(row["end_s"]),
        hold=_number(row["hold_s"]),
        range=_number(row["range"]),
        top=_number(row["top"]),
        raising=_number(row["raise_s"]),
        lowering=_number(row["lower_s"]),
        faults=tuple(_fault(fault, side, row["number"]) for fault in faults),
        unjudged=_unjudged(row),
        clean=bool(row["clean"]),
    )


def _hold(row: dict[str, Any], side: Side | None, faults: Rows) -> Hold:
    return Hold(
        number=row["number"],
        side=side,
        start=_number(row["start_s"]),
        end=_number(row["end_s"]),
        seconds=_number(row["hold_s"]),
        good=_number(row["good_s"]),
        faults=tuple(_fault(fault, side, row["number"]) for fault in faults),
        unjudged=_unjudged(row),
        clean=bool(row["clean"]),
    )


def _unjudged(row: dict[str, Any]) -> tuple[Unjudged, ...]:
    return tuple(Unjudged(*pair) for pair in json.loads(row["unjudged"]))


def _partial(row: dict[str, Any], side: Side | None, faults: Rows) -> Partial:
    return Partial(
        side=side,
        start=_number(row["start_s"]),
        end=_number(row["end_s"]),
        peak=_number(row["peak"]),
        reason=row["reason"],
        faults=tuple(_fault(fault, side, None) for fault in faults),
    )


def _fault(row: dict[str, Any], side: Side | None, rep: int | None) -> FaultFound:
    return FaultFound(
        name=row["name"],
        severity=row["severity"],
        side=side,
        rep=rep,
        start=_number(row["start_s"]),
        end=_number(row["end_s"]),
        value=_number(row["value"]),
        limit=_number(row["bound"]),
        cue=row["cue"],
    )


def _known(value: float) -> float | None:
    return float(value) if isfinite(value) else None


def _number(value: float | None) -> float:
    return nan if value is None else value


def printable(text: str) -> str:
    """The text as one that UTF-8 can hold; names of files need not be."""
    return text.encode("utf-8", errors="backslashreplace").decode()
