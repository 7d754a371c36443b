"""Begins a damaged history anew, with all that can be read of it; the damaged one is kept."""

import os
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any

from formcheck.errors import HistoryError
from formcheck.files.leftovers import free_name
from formcheck.history.file import (
    PATIENCE,
    SCHEMA,
    columns_of,
    empty_history,
    open_history,
    transaction,
)
from formcheck.history.rows import CHECKS, is_readable
from formcheck.history.store import History
from formcheck.history.trouble import is_there, legible, told

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
GAP = 1000
"""After so many ids without a row that can be read, where a table ends is given up."""
MIXED_UP = ("out of order", "2nd reference", "depth differs", "wrong # of entries")
"""Words by which SQLite tells that pages, each of them whole, are not where they belong."""
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
    """Rows that could not be read; where a part of the file cannot be, at most so many."""
    is_unknown: bool = False
    """Whether there may have been more that nobody can tell of."""
    kept: Path | None = None
    """The file as it was; none where nothing was wrong with it."""


def repair(path: Path) -> Repaired:
    """Look through the history, and begin it anew with what can be read if anything is wrong.

    Raises:
        HistoryError: there is none, it is another program's or a newer formcheck's, it is in use,
            or there is no room.
    """
    if not is_there(path):
        raise HistoryError("There is no history {file}, so there is nothing to repair.", file=path)
    if _is_sound(path):
        return _counted(path)
    with told(path):
        _refuse_if_in_use(path)
        copy, new = free_name(path, "before-reading"), free_name(path, "new")
        try:
            _copy_files(path, copy)
            with suppress(sqlite3.Error):  # then it is read as it is
                _mend_schema(copy)
            found, left_out, is_unknown = _salvaged(copy)
            with closing(open_history(new)) as connection, transaction(connection, new):
                _fill(connection, found)
            kept = _put_in_place(new, path)
        finally:
            for each in (*_files_of(copy), *_files_of(new)):
                each.unlink(missing_ok=True)
    return replace(_counted(path), left_out=left_out, is_unknown=is_unknown, kept=kept)


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


def _mend_schema(copy: Path) -> None:
    """Say in a copy anew what its tables are: where only that is damaged, their rows are whole.

    A table whose name is damaged, too, is known by its place among those that have none of ours.
    """
    ours = _schema(SCHEMA)
    with closing(_opened_as_it_is(copy)) as connection:
        said = connection.execute("SELECT name, rowid FROM sqlite_master ORDER BY rowid").fetchall()
        places = {name: place for name, place in said if name in ours}
        nameless = [place for name, place in said if name not in ours]
        missing = [table for table in ours if table in CHECKS and table not in places]
        places |= dict(zip(missing, nameless, strict=False))
        connection.executemany(
            "UPDATE sqlite_master SET type = 'table', name = ?, tbl_name = ?, sql = ? "
            "WHERE rowid = ?",
            [(table, table, ours[table], places[table]) for table in CHECKS if table in places],
        )


def _schema(version: int) -> dict[str, str]:
    """What SQLite keeps of the tables and indexes of a schema: how they are made, by name."""
    with empty_history(version) as connection:
        return dict(connection.execute("SELECT name, sql FROM sqlite_master ORDER BY rowid"))


def _opened_as_it_is(path: Path) -> sqlite3.Connection:
    """A database in which what is wrong with some tables keeps nobody from the others."""
    connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
    connection.text_factory = lambda stored: stored.decode("utf-8", errors="replace")
    with suppress(sqlite3.Error):
        connection.execute("PRAGMA writable_schema = ON")
    return connection


def _salvaged(path: Path) -> tuple[dict[str, RowsById], int, bool]:
    """Every row that means something, by table, how many cannot be read, and if all are known."""
    found: dict[str, RowsById] = {}
    lost = 0
    with closing(_opened_as_it_is(path)) as connection:
        is_unknown = _is_mixed_up(connection)
        expected = _schema(_version(connection))
        for table in CHECKS:
            rows, missing, is_open = _rows_of(connection, table)
            is_unknown |= is_open and table in expected
            lost += missing
            if table == "sets":
                named = {row["session"] for row in rows.values()}
                _date(found["sessions"], {each for each in named if isinstance(each, int)})
            good = {
                number: row
                for number, row in rows.items()
                if table == "sessions" or (is_readable(table, row) and _belongs(table, row, found))
            }
            lost += len(rows) - len(good)
            found[table] = good
    return found, lost, is_unknown


def _is_mixed_up(connection: sqlite3.Connection) -> bool:
    """Whether pages lie in the places of others: then no gap between ids tells what is missing."""
    with suppress(sqlite3.Error):
        told = [line for (line,) in connection.execute("PRAGMA integrity_check(10000)")]
        return any(words in line for line in told for words in MIXED_UP)
    return False


def _version(connection: sqlite3.Connection) -> int:
    """How many migrations it went through; all, where that cannot be told."""
    with suppress(sqlite3.Error):
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version in range(SCHEMA):
            return int(version)
    return SCHEMA


def _refuse_if_in_use(path: Path) -> None:
    """Let the error be raised that another program is writing; others are why it is repaired."""
    with closing(sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)) as connection:
        try:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("ROLLBACK")
        except sqlite3.Error as error:
            if _is_busy(error):
                raise


def _rows_of(connection: sqlite3.Connection, table: str) -> tuple[RowsById, int, bool]:
    """The rows that can be read, from both ends and one by one between, and how many cannot.

    Where the last ones cannot be read nobody knows how many there were, which is told, too.
    """
    columns = columns_of(table)
    rows: RowsById = {}

    def read(rest: str, *values: int) -> Iterator[int]:
        """Keep rows, and give their ids. Columns go by their place: names may be damaged."""
        with legible():
            found = connection.execute(f"SELECT rowid, * FROM {table} {rest}", values)
            for number, *cells in found:
                named = zip(columns, cells, strict=False)
                rows[number] = {**dict.fromkeys(columns), **dict(named), "id": number}
                yield number

    ends: list[int | None] = []  # the last ids that could be read from either side
    for order in ("ASC", "DESC"):
        end = None
        try:
            for number in read(f"ORDER BY rowid {order}"):
                end = number
        except sqlite3.Error:
            ends.append(end)
        else:
            return dict(sorted(rows.items())), 0, False
    first, last = ends
    most = GAP if last is None else 100 * GAP  # a damaged id may be any number
    lost = in_a_row = 0
    for number in count((first or 0) + 1):
        if number == last or in_a_row == most:
            break
        with suppress(sqlite3.Error):
            list(read("WHERE rowid = ?", number))
        if number in rows:
            lost, in_a_row = lost + in_a_row, 0
        else:
            in_a_row += 1
    is_open = in_a_row == most
    return dict(sorted(rows.items())), lost + (0 if is_open else in_a_row), is_open


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
        columns = columns_of(table)
        places = ", ".join("?" * len(columns))
        values = [[row.get(column) for column in columns] for row in rows.values()]
        connection.executemany(f"INSERT INTO {table} VALUES ({places})", values)


def _put_in_place(new: Path, path: Path) -> Path:
    """Keep the damaged history under another name, and put the new one in its place."""
    kept = free_name(path, "before-repair")
    _copy_files(path, kept)
    for each in _files_of(path)[1:]:
        each.unlink(missing_ok=True)
    os.replace(new, path)
    return kept


def _copy_files(path: Path, copy: Path) -> None:
    for each, other in zip(_files_of(path), _files_of(copy), strict=True):
        if each.exists():
            shutil.copy2(each, other)


def _files_of(path: Path) -> list[Path]:
    """The database, and what SQLite keeps beside it."""
    return [path.with_name(path.name + ending) for ending in ("", "-wal", "-shm")]


def _counted(path: Path) -> Repaired:
    with History.open(path) as history:
        counted = sum(len(each.labelled.set.counted) for each in history.sets())
        return Repaired(len(history.sessions()), counted, len(history.walks()))
