"""What the history holds, and how it becomes rows of the database and comes back.

Unknown numbers are NULL there and NaN here.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from math import isfinite, nan
from typing import Any, Literal, get_args

from formcheck.events import Counted, FaultFound, Hold, Partial, Rep, Set, Unjudged
from formcheck.exercise import Severity, Side
from formcheck.fields import (
    DECIMALS,
    FAULT,
    HOLD,
    PARTIAL,
    REP,
    Field,
    FieldType,
    cells,
)
from formcheck.printable import person_name
from formcheck.results.rows import NumberedSet

YEARS = range(1970, 9000)
"""In which somebody can have exercised."""
LARGEST = 1e9
"""Seconds or degrees: no number of a rep comes near it."""
FeelingKind = Literal["hurt", "effort", "pain"]
"""That an exercise hurt, how hard a session was, how much pain there was."""
HIGHEST = 10
"""Of effort and pain; 0 is none."""


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
    person: str | None = None
    """Who did it; none for whoever uses this computer."""


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


@dataclass(frozen=True, slots=True)
class Feeling:
    """What somebody said of how it felt."""

    told: datetime
    """Local time, with its offset from UTC."""
    kind: FeelingKind
    exercise: str | None = None
    """Which one hurt; none where it is said of a whole session."""
    score: int | None = None
    """Of effort or pain, 0 to `HIGHEST`."""
    session: int | None = None
    """The number of the session, if anything was counted in it."""

    @property
    def day(self) -> date:
        """The day on which it was said."""
        return self.told.date()


def rep_cells(done: Counted) -> dict[str, Any]:
    """The columns of a rep, or of a hold: only a hold has seconds in good form."""
    return cells(HOLD if isinstance(done, Hold) else REP, done, "database", _kept)


def partial_cells(partial: Partial) -> dict[str, Any]:
    """The columns of a partial."""
    return cells(PARTIAL, partial, "database", _kept)


def fault_cells(fault: FaultFound, each: NumberedSet) -> dict[str, Any]:
    """The columns of a fault, in this set."""
    return cells(FAULT, fault, "database", _kept)


def feeling_cells(feeling: Feeling) -> dict[str, Any]:
    """The columns of a feeling."""
    return {
        "session": feeling.session,
        "told_at": feeling.told.isoformat(timespec="seconds"),
        "kind": feeling.kind,
        "exercise": feeling.exercise,
        "score": feeling.score,
    }


def _kept(type_: FieldType, value: Any) -> Any:
    """A value as the database keeps it: numbers as they are, not rounded."""
    if type_ == "named":
        return json.dumps([[each.name, each.reason] for each in value])
    if type_ in DECIMALS:
        return float(value) if isfinite(value) else None
    return value


def _taken_back(type_: FieldType, value: Any) -> Any:
    """What was kept so; ValueError or TypeError if it cannot have been."""
    if type_ == "named":
        return tuple(Unjudged(str(name), str(reason)) for name, reason in json.loads(value))
    if type_ in DECIMALS:
        return nan if value is None else _measured(value)
    if type_ == "yes_no":
        return bool(checked(value, int))
    return checked(value, int if type_ == "whole" else str)


def checked(value: Any, kinds: type | tuple[type, ...]) -> Any:
    """The value, if it is of such a type; else TypeError."""
    if not isinstance(value, kinds):
        raise TypeError(f"{value!r} is none of {kinds}")
    return value


def _measured(value: Any) -> float:
    number = float(checked(value, (int, float)))
    if not abs(number) < LARGEST:
        raise ValueError(f"{number} is more than anybody does")
    return number


def _attributes(fields: Iterable[Field], row: dict[str, Any]) -> dict[str, Any]:
    """What the row of a record says of it, by the names that it has in code."""
    kept = [(each, each.name_in("database")) for each in fields if each.attribute]
    return {each.attribute: _taken_back(each.type, row[name]) for each, name in kept if name}


Rows = Iterable[dict[str, Any]]


def person_in(name: str | None) -> str | None:
    """Who is named so, as the history keeps names; none where nobody is."""
    return person_name(name or "") or None


def saved_set(row: dict[str, Any], reps: Rows, partials: Rows, faults: Rows) -> SavedSet:
    """A set, from its row and those of what is in it."""
    side: Side | None = row["side"]
    faults = list(faults)
    done = [(rep, [f for f in faults if f["rep"] == rep["id"]]) for rep in reps]
    tried = tuple(
        partial_in(part, side, [f for f in faults if f["partial"] == part["id"]])
        for part in partials
    )
    # Some names were kept as they were typed.
    named = row["routine"], row["identity"], person_in(row["person"])
    origin = Origin(started_in(row), row["kind"], str(row["source"]), *named)
    saved = Set(
        side,
        reps=tuple(rep_in(rep, side, found) for rep, found in done if rep["good_s"] is None),
        partials=tried,
        holds=tuple(hold_in(rep, side, found) for rep, found in done if rep["good_s"] is not None),
    )
    labelled = NumberedSet(
        row["source"], row["exercise"], row["number"], row["unit"], saved, row["title"] or ""
    )
    return SavedSet(row["session"], origin, labelled)


def started_in(row: dict[str, Any]) -> datetime:
    """When a session began; ValueError or TypeError if that cannot be."""
    return _time_in(row["started_at"])


def _time_in(text: str) -> datetime:
    time = datetime.fromisoformat(text)
    if time.year not in YEARS:
        raise ValueError(f"{time} is no time to look back on")
    return time if time.tzinfo else time.astimezone()


def check_session(row: dict[str, Any]) -> None:
    """Fail for a session that cannot be."""
    started_in(row)
    for name in ("kind", "source"):
        checked(row[name], str)
    for name in ("routine", "identity", "person"):
        checked(row[name], (str, type(None)))


def check_set(row: dict[str, Any]) -> None:
    """Fail for a set that cannot be."""
    for name in ("exercise", "unit"):
        checked(row[name], str)
    checked(row["title"], (str, type(None)))
    checked(row["number"], int)
    if row["side"] not in (None, *get_args(Side)):
        raise ValueError(f"{row['side']!r} is no side")


def check_fault(row: dict[str, Any]) -> None:
    """Fail for a fault that cannot be."""
    _fault(row, None, None)
    checked(row["unit"], str)
    checked(row["is_borderline"], (int, type(None)))
    if row["severity"] not in get_args(Severity):
        raise ValueError(f"{row['severity']!r} is no severity")


def walk_in(row: dict[str, Any]) -> Walk:
    """A walk; ValueError or TypeError if it cannot be."""
    day = date.fromisoformat(row["day"])
    if day.year not in YEARS:
        raise ValueError(f"{day} is no day to look back on")
    return Walk(day, checked(row["minutes"], int))


def feeling_in(row: dict[str, Any]) -> Feeling:
    """A feeling; ValueError or TypeError if it cannot be."""
    kind, score = row["kind"], checked(row["score"], (int, type(None)))
    if kind not in get_args(FeelingKind):
        raise ValueError(f"{row!r} is no feeling")
    if score is not None and not 0 <= score <= HIGHEST:
        raise ValueError(f"{score} is no score")
    exercise = checked(row["exercise"], (str, type(None)))
    return Feeling(_time_in(row["told_at"]), kind, exercise, score, row["session"])


def rep_in(row: dict[str, Any], side: Side | None, faults: Rows) -> Rep:
    """A rep; ValueError or TypeError if it cannot be."""
    return Rep(side=side, **_found(row, side, faults), **_attributes(REP, row))


def hold_in(row: dict[str, Any], side: Side | None, faults: Rows) -> Hold:
    """A hold; ValueError or TypeError if it cannot be."""
    return Hold(side=side, **_found(row, side, faults), **_attributes(HOLD, row))


def partial_in(row: dict[str, Any], side: Side | None, faults: Rows) -> Partial:
    """A partial; ValueError or TypeError if it cannot be."""
    found = tuple(_fault(fault, side, None) for fault in faults)
    return Partial(side=side, faults=found, **_attributes(PARTIAL, row))


def _found(row: dict[str, Any], side: Side | None, faults: Rows) -> dict[str, Any]:
    """The faults of a rep or hold, and those that are borderline."""
    found: dict[bool, list[FaultFound]] = {False: [], True: []}
    for fault in faults:
        found[bool(fault["is_borderline"])].append(_fault(fault, side, row["number"]))
    return {"faults": tuple(found[False]), "borderline": tuple(found[True])}


def _fault(row: dict[str, Any], side: Side | None, rep: int | None) -> FaultFound:
    titled = row | {"title": row["title"] or ""}  # none in a history of before schema 6
    return FaultFound(side=side, rep=rep, **_attributes(FAULT, titled))


CHECKS: Mapping[str, Callable[[dict[str, Any]], object]] = {
    "sessions": check_session,
    "sets": check_set,
    "reps": lambda row: rep_in(row, None, ()) if row["good_s"] is None else hold_in(row, None, ()),
    "partials": lambda row: partial_in(row, None, ()),
    "faults": check_fault,
    "walks": walk_in,
    "feelings": feeling_in,
}
"""What fails for a row that can mean nothing, by table; a table comes after what it belongs to."""


def is_readable(table: str, row: dict[str, Any]) -> bool:
    """Whether a row means something."""
    try:
        CHECKS[table](row)
    except (ValueError, TypeError, LookupError, OverflowError, OSError, RecursionError):
        return False
    return True
