"""The history: sets that were done, kept in a database, and the walks noted beside them.

A set is written in one transaction, with all its reps and faults: it is there whole or not at all.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Self

from formcheck.history.file import PATIENCE, open_history, open_to_read, told, transaction
from formcheck.history.rows import (
    Origin,
    SavedSet,
    Walk,
    fault_cells,
    partial_cells,
    rep_cells,
    saved_set,
)
from formcheck.printable import on_one_line
from formcheck.results.rows import NumberedSet


class History:
    """An open history. Every method raises HistoryError where the file fails."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection

    @classmethod
    def open(cls, path: Path, patience: float = PATIENCE) -> Self:
        """Open it to read and write; `patience` is how many seconds to wait for other writers."""
        return cls(path, open_history(path, patience))

    @classmethod
    def open_to_read(cls, path: Path) -> Self | None:
        """Open it to read; none if there is no history yet."""
        return cls(path, open_to_read(path)) if path.exists() else None

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

    def delete(self, session: int) -> None:
        """Delete a session and everything in it, so that no copy stays in the file."""
        with transaction(self._connection, self.path):
            self._connection.execute("DELETE FROM sessions WHERE id = ?", (session,))
        self._forget()

    def delete_all(self) -> None:
        """Delete every session and every walk."""
        with transaction(self._connection, self.path):
            self._connection.execute("DELETE FROM sessions")
            self._connection.execute("DELETE FROM walks")
        with told(self.path):
            self._connection.execute("VACUUM")
        self._forget()

    # Reading.

    def sets(self) -> list[SavedSet]:
        """All sets, in order of time."""
        with self._snapshot():
            faults = self._by_set("faults")
            reps, partials = self._by_set("reps"), self._by_set("partials")
            rows = self._rows(
                "SELECT sets.*, started_at, kind, source, routine, identity FROM sets "
                "JOIN sessions ON sessions.id = session ORDER BY session, sets.id"
            )
        saved = [
            saved_set(row, reps[row["id"]], partials[row["id"]], faults[row["id"]]) for row in rows
        ]
        return sorted(saved, key=lambda each: each.origin.started)

    def walks(self) -> list[Walk]:
        """All walks, in order of time."""
        with told(self.path):
            rows = self._rows("SELECT day, minutes FROM walks ORDER BY day, id")
        return [Walk(date.fromisoformat(row["day"]), row["minutes"]) for row in rows]

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
        )

    def _add_set(self, session: int, each: NumberedSet) -> None:
        head = {"session": session, "exercise": each.exercise, "side": each.set.side}
        (before,) = self._connection.execute(
            "SELECT count(*) FROM sets WHERE session = :session AND exercise = :exercise "
            "AND side IS :side",
            head,
        ).fetchone()
        set_id = self._insert("sets", **head, number=before + 1, unit=each.unit)
        for done in each.set.counted:
            rep_id = self._insert("reps", set_id=set_id, **rep_cells(done))
            for fault in done.faults:
                cells = fault_cells(fault, each)
                self._insert("faults", set_id=set_id, rep=rep_id, **cells)
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
        cursor = self._connection.execute(query)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]

    def _by_set(self, table: str) -> dict[int, list[dict[str, Any]]]:
        found: dict[int, list[dict[str, Any]]] = defaultdict(list)
        for row in self._rows(f"SELECT * FROM {table} ORDER BY id"):
            found[row["set_id"]].append(row)
        return found
