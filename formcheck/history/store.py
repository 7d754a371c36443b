"""The history: sets that were done, kept in a database, and the walks noted beside them.

A set is written in one transaction, with all its reps and faults: it is there whole or not at all.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from formcheck.history.file import (
    PATIENCE,
    columns_of,
    copies,
    open_history,
    open_to_read,
    transaction,
)
from formcheck.history.reports import forget_reports
from formcheck.history.rows import (
    Feeling,
    Origin,
    SavedSet,
    Walk,
    fault_cells,
    feeling_cells,
    feeling_in,
    is_readable,
    partial_cells,
    person_in,
    rep_cells,
    saved_set,
    walk_in,
)
from formcheck.history.trouble import damage, legible, told
from formcheck.printable import on_one_line
from formcheck.results.rows import NumberedSet


class History:
    """An open history. Every method raises HistoryError where the file fails."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self.bad: set[tuple[str, int]] = set()
        """Table and id of rows that were met and mean nothing."""
        self._connection = connection

    @classmethod
    def open(cls, path: Path, patience: float = PATIENCE) -> Self:
        """Open it to read and write; `patience` is how many seconds to wait for other writers."""
        return cls(path, open_history(path, patience))

    @classmethod
    def open_to_read(cls, path: Path) -> Self | None:
        """Open it to read; none if there is no history yet."""
        connection = open_to_read(path)
        return cls(path, connection) if connection else None

    def __enter__(self) -> Self:
        """Return the history itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        with told(self.path):
            self._connection.close()

    # Writing.

    def save_session(
        self, origin: Origin, sets: Sequence[NumberedSet], session: int | None = None
    ) -> int | None:
        """Save all the sets of a session in one transaction; the session's number.

        They take the place of those that it had: of the session of this number, or of one in which
        the same content was checked. A session without any is none, and has no number.
        """
        with transaction(self._connection, self.path):
            kept = None if session is None else self._emptied(session)
            number = self._add_session(origin) if kept is None else kept
            for each in sets:
                self._add_set(number, each)
            if not sets:
                self._connection.execute("DELETE FROM sessions WHERE id = ?", (number,))
        return number if sets else None

    def add_walk(self, walk: Walk) -> int:
        """Note a walk; the day's minutes. One of 0 minutes takes back the day's."""
        with transaction(self._connection, self.path):
            if walk.minutes:
                self._insert("walks", day=walk.day.isoformat(), minutes=walk.minutes)
            else:
                self._connection.execute("DELETE FROM walks WHERE day = ?", (walk.day.isoformat(),))
        return sum(each.minutes for each in self.walks() if each.day == walk.day)

    def add_feeling(self, feeling: Feeling) -> None:
        """Note how it felt. Of a session's effort, or pain, the last one said stays."""
        with transaction(self._connection, self.path):
            if feeling.session is not None and feeling.score is not None:
                self._connection.execute(
                    "DELETE FROM feelings WHERE session = ? AND kind = ?",
                    (feeling.session, feeling.kind),
                )
            self._insert("feelings", **feeling_cells(feeling))

    def delete(self, session: int) -> None:
        """Delete a session and everything in it, so that no copy stays in the file."""
        forget_reports(self.path, session)
        with transaction(self._connection, self.path):
            self._connection.execute("DELETE FROM sessions WHERE id = ?", (session,))
        self._forget()

    def delete_all(self) -> None:
        """Delete every session, walk, feeling and report, and the copies of the history."""
        forget_reports(self.path)
        with transaction(self._connection, self.path):
            self._connection.execute("DELETE FROM sessions")
            self._connection.execute("DELETE FROM walks")
            self._connection.execute("DELETE FROM feelings")
        with told(self.path):
            self._connection.execute("VACUUM")
            for copy in copies(self.path):
                copy.unlink()
        self._forget()

    # Reading.

    def sets(self) -> list[SavedSet]:
        """All sets that can be read, in order of time; `bad` has what cannot."""
        with self._snapshot():
            sessions = {row["id"]: row for row in self._readable("sessions")}
            rows = [row for row in self._readable("sets") if row["session"] in sessions]
            faults = _by_set(self._readable("faults"))
            reps, partials = (_by_set(self._readable(name)) for name in ("reps", "partials"))
        saved = [
            saved_set(
                sessions[row["session"]] | row,
                *(found[row["id"]] for found in (reps, partials, faults)),
            )
            for row in sorted(rows, key=lambda row: (row["session"], row["id"]))
        ]
        return sorted(saved, key=lambda each: each.origin.started)

    def walks(self) -> list[Walk]:
        """All walks that can be read, in order of time; `bad` has what cannot."""
        with told(self.path):
            rows = self._readable("walks")
        return sorted(map(walk_in, rows), key=lambda walk: walk.day)

    def feelings(self) -> list[Feeling]:
        """All feelings that can be read, in order of time; `bad` has what cannot."""
        with told(self.path):
            rows = self._readable("feelings")
        return sorted(map(feeling_in, rows), key=lambda feeling: feeling.told)

    def sessions(self) -> set[int]:
        """The numbers of all sessions, whether the rest of them can be read or not."""
        with told(self.path):
            return {row["id"] for row in self._rows("SELECT id FROM sessions")}

    def is_whole(self) -> bool:
        """Whether the file is as SQLite wrote it, and every row belongs to one that is there."""
        with told(self.path):
            (state,) = self._connection.execute("PRAGMA integrity_check").fetchone()
            orphans = self._connection.execute("PRAGMA foreign_key_check").fetchall()
        return state == "ok" and not orphans

    # How it is kept.

    @contextmanager
    def _snapshot(self) -> Iterator[None]:
        """Whatever is read inside is of one moment."""
        with told(self.path):
            self._connection.execute("BEGIN")
            try:
                yield
            finally:
                self._connection.execute("COMMIT")

    def _forget(self) -> None:
        """Empty the file that WAL keeps beside the database: it holds what was deleted."""
        with told(self.path):
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _emptied(self, session: int) -> int | None:
        """The number of a session, without its sets; none if it was deleted meanwhile."""
        self._connection.execute("DELETE FROM sets WHERE session = ?", (session,))
        found = self._connection.execute("SELECT id FROM sessions WHERE id = ?", (session,))
        return session if found.fetchone() else None

    def _add_session(self, origin: Origin) -> int:
        identity = origin.identity and on_one_line(origin.identity)
        if identity is not None:
            self._connection.execute("DELETE FROM sessions WHERE identity = ?", (identity,))
        return self._insert(
            "sessions",
            started_at=origin.started.isoformat(timespec="seconds"),
            kind=origin.kind,
            source=on_one_line(origin.source),
            routine=origin.routine,
            identity=identity,
            person=person_in(origin.person),
        )

    def _add_set(self, session: int, each: NumberedSet) -> None:
        head = {"session": session, "exercise": each.exercise, "side": each.set.side}
        (before,) = self._connection.execute(
            "SELECT count(*) FROM sets WHERE session = :session AND exercise = :exercise "
            "AND side IS :side",
            head,
        ).fetchone()
        set_id = self._insert("sets", **head, number=before + 1, unit=each.unit, title=each.title)
        for done in each.set.counted:
            rep_id = self._insert("reps", set_id=set_id, **rep_cells(done))
            for fault in (*done.faults, *done.borderline):
                self._insert(
                    "faults",
                    set_id=set_id,
                    rep=rep_id,
                    is_borderline=fault in done.borderline,
                    **fault_cells(fault, each),
                )
        for partial in each.set.partials:
            partial_id = self._insert("partials", set_id=set_id, **partial_cells(partial))
            for fault in partial.faults:
                cells = fault_cells(fault, each)
                self._insert("faults", set_id=set_id, partial=partial_id, **cells)

    def _insert(self, table: str, **cells: Any) -> int:
        names, places = ", ".join(cells), ", ".join("?" * len(cells))
        done = self._connection.execute(
            f"INSERT INTO {table} ({names}) VALUES ({places})", tuple(cells.values())
        )
        return int(done.lastrowid or 0)

    def _rows(self, query: str) -> list[dict[str, Any]]:
        with legible():
            cursor = self._connection.execute(query)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]

    def _readable(self, table: str) -> list[dict[str, Any]]:
        """The rows of a table, in order, but for those that mean nothing."""
        rows = self._rows(f"SELECT * FROM {table} ORDER BY id")
        if rows and not rows[0].keys() >= set(columns_of(table)):
            raise damage("the name of a column is damaged")
        good = [row for row in rows if is_readable(table, row)]
        good_ids = {row["id"] for row in good}
        self.bad |= {(table, row["id"]) for row in rows if row["id"] not in good_ids}
        return good


def _by_set(rows: list[dict[str, Any]]) -> dict[int, list[dict[str, Any]]]:
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        found[row["set_id"]].append(row)
    return found
