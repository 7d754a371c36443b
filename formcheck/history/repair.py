"""Begins a damaged history anew, with all that can be read of it; the damaged one is kept."""

import os
import shutil
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from formcheck.errors import HistoryError
from formcheck.files.leftovers import free_name
from formcheck.history.file import PATIENCE, open_history, transaction
from formcheck.history.rows import CHECKS, is_readable
from formcheck.history.store import History
from formcheck.history.trouble import legible, told

RowsById = dict[int, dict[str, Any]]
"""The rows of a table by their ids."""

BELONGS: Mapping[str, Mapping[str, str]] = {
    "sets": {"session": "sessions"},
    "reps": {"set_id": "sets"},
    "partials": {"set_id": "sets"},
    "faults": {"set_id": "sets", "rep": "reps", "partial": "partials"},
    "feelings": {"session": "sessions"},
}
"""What a row belongs to: the table that a column names a row of."""
UNKNOWN = {"kind": "live", "source": "", "routine": None, "identity": None}
"""Of a session of which only its sets are left."""


@dataclass(frozen=True, slots=True)
class Repaired:
    """What a history holds after it was looked through."""

    sessions: int
    counted: int
    """Reps and holds."""
    walks: int
    left_out: int = 0
    """RowsById that could not be read; where a part of the file cannot be, at most so many."""
    kept: Path | None = None
    """The file as it was; none where nothing was wrong with it."""


def repair(path: Path) -> Repaired:
    """Look through the history, and begin it anew with what can be read if anything is wrong.

    Raises:
        HistoryError: there is none, it is another program's or a newer formcheck's, it is in use,
            or there is no room.
    """
    if not path.exists():
        raise HistoryError("There is no history {file}, so there is nothing to repair.", file=path)
    if _is_sound(path):
        return _counted(path)
    with told(path):
        found, left_out = _salvaged(path)
        new = free_name(path, "new")
        try:
            with closing(open_history(new)) as connection, transaction(connection, new):
                _fill(connection, found)
            kept = _put_in_place(new, path)
        finally:
            for each in _files_of(new):
                each.unlink(missing_ok=True)
    return _counted(path, left_out, kept)


def _is_sound(path: Path) -> bool:
    try:
        with History.open(path) as history:
            history.sets(), history.walks(), history.feelings()
            return not history.bad and history.is_whole()
    except HistoryError as error:
        if not isinstance(error.__cause__, sqlite3.DatabaseError) or _is_busy(error.__cause__):
            raise
        return False


def _is_busy(error: BaseException) -> bool:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL)


def _salvaged(path: Path) -> tuple[dict[str, RowsById], int]:
    """Every row that means something, by table, and how many could not be read."""
    found: dict[str, RowsById] = {}
    lost = 0
    with closing(sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)) as connection:
        connection.text_factory = lambda stored: stored.decode("utf-8", errors="replace")
        connection.row_factory = _as_dict
        _refuse_if_in_use(connection)
        for table in CHECKS:
            rows, missing = _rows_of(connection, table)
            lost += missing
            if table == "sets" and rows:
                named = {row["session"] for row in rows.values()}
                _date(found["sessions"], {each for each in named if isinstance(each, int)})
            good = {
                number: row
                for number, row in rows.items()
                if table == "sessions" or (is_readable(table, row) and _belongs(table, row, found))
            }
            lost += len(rows) - len(good)
            found[table] = good
    return found, lost


def _refuse_if_in_use(connection: sqlite3.Connection) -> None:
    """Let the error be raised that another program is writing; others are why it is repaired."""
    try:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")
    except sqlite3.Error as error:
        if _is_busy(error):
            raise


def _as_dict(cursor: sqlite3.Cursor, row: Sequence[Any]) -> dict[str, Any]:
    return {column[0]: value for column, value in zip(cursor.description, row, strict=True)}


def _rows_of(connection: sqlite3.Connection, table: str) -> tuple[RowsById, int]:
    """The rows that can be read, from both ends and one by one between, and how many cannot."""
    rows: RowsById = {}
    ends = []
    for order in ("ASC", "DESC"):
        end = 0
        try:
            with legible():
                for row in connection.execute(f"SELECT * FROM {table} ORDER BY id {order}"):
                    rows[row["id"]] = row
                    end = row["id"]
        except sqlite3.Error:
            ends.append(end)
        else:
            return rows, 0
    lost = 0
    for number in range(ends[0] + 1, ends[1]):
        with suppress(sqlite3.Error), legible():
            for row in connection.execute(f"SELECT * FROM {table} WHERE id = ?", (number,)):
                rows[number] = row
        lost += number not in rows
    return dict(sorted(rows.items())), lost


def _date(sessions: RowsById, wanted: set[int]) -> None:
    """Let every session have a date: where it is lost, that of the one before or after it."""
    dated = {n: row for n, row in sessions.items() if is_readable("sessions", row)}
    for number in wanted | set(sessions):
        if number not in dated and dated:
            nearest = min(dated, key=lambda other: abs(other - number))
            left = sessions.get(number, {}).items()
            known = UNKNOWN | {name: value for name, value in left if value is not None}
            sessions[number] = {**known, "id": number, "started_at": dated[nearest]["started_at"]}
    for number in set(sessions) - set(dated):
        if not dated:
            del sessions[number]


def _belongs(table: str, row: dict[str, Any], found: Mapping[str, RowsById]) -> bool:
    """Whether all that a row belongs to is there."""
    return all(
        row[column] is None or row[column] in found[other]
        for column, other in BELONGS.get(table, {}).items()
    )


def _fill(connection: sqlite3.Connection, found: Mapping[str, RowsById]) -> None:
    for table, rows in found.items():
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        places = ", ".join("?" * len(columns))
        values = [[row.get(column) for column in columns] for row in rows.values()]
        connection.executemany(f"INSERT INTO {table} VALUES ({places})", values)


def _put_in_place(new: Path, path: Path) -> Path:
    """Keep the damaged history under another name, and put the new one in its place."""
    kept = free_name(path, "before-repair")
    for each, copy in zip(_files_of(path), _files_of(kept), strict=True):
        if each.exists():
            shutil.copy2(each, copy)
    for each in _files_of(path)[1:]:
        each.unlink(missing_ok=True)
    os.replace(new, path)
    return kept


def _files_of(path: Path) -> list[Path]:
    """The database, and what SQLite keeps beside it."""
    return [path.with_name(path.name + ending) for ending in ("", "-wal", "-shm")]


def _counted(path: Path, left_out: int = 0, kept: Path | None = None) -> Repaired:
    with History.open(path) as history:
        counted = sum(len(each.labelled.set.counted) for each in history.sets())
        return Repaired(len(history.sessions()), counted, len(history.walks()), left_out, kept)
