"""The file of the history: where it is, how it is opened, how an older one is brought up to date.

It is an SQLite database in WAL mode. Whatever moment the program is killed at, it opens again and
holds every transaction that had ended. `user_version` in the file is the number of migrations that
it went through; one that went through more than this program knows is left alone.
"""

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

import platformdirs

from formcheck.errors import HistoryError
from formcheck.files.leftovers import free_name
from formcheck.history.trouble import damage, is_there, legible, told

VARIABLE = "FORMCHECK_HISTORY"
"""The environment variable that names another file."""
NAME = "history.sqlite3"
APPLICATION = 0x66636B68
"""`application_id` in the file: "fckh". It tells our databases from those of others."""
PATIENCE = 2.0
"""Seconds to wait for another program that is writing."""


def history_path() -> Path:
    """The file of the history, whether it is there or not."""
    named = os.environ.get(VARIABLE)
    return Path(named) if named else platformdirs.user_data_path("formcheck") / NAME


def open_history(path: Path, patience: float = PATIENCE) -> sqlite3.Connection:
    """Open the history to read and write it; it is made if it is not there.

    Raises:
        HistoryError: it cannot be used, with the reason. Nothing in it was changed.
    """
    is_there(path)
    return _opened(path, patience)


def _opened(path: Path, patience: float = PATIENCE) -> sqlite3.Connection:
    with told(path):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        # Nobody else's business: SQLite would make it readable for all.
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        # SQLite takes some names, such as :memory:, for no file's, but no absolute path.
        connection = sqlite3.connect(path.absolute(), timeout=patience, isolation_level=None)
        with _closed_on_error(connection):
            with legible():
                _check(connection, path)
            connection.text_factory = _text
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA secure_delete = ON")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            _migrate(connection, path)
    return connection


def open_to_read(path: Path) -> sqlite3.Connection | None:
    """Open the history to read it, even where nothing can be written; none if nothing is in it."""
    if not is_there(path):
        return None
    if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK):
        try:
            return _opened(path)
        except HistoryError:
            if _has_wal(path):
                raise
    # Where nothing can be written SQLite cannot make the files that go with WAL, and must be told
    # that nobody writes. With such a file there, somebody does.
    way = "mode=ro" if _has_wal(path) else "immutable=1"
    with told(path):
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?{way}", uri=True, timeout=PATIENCE, isolation_level=None
        )
        with _closed_on_error(connection):
            connection.text_factory = _text
            version = _check(connection, path)
            if version == 0:  # made, as on a full disk, but never written to
                connection.close()
                return None
            if version < SCHEMA:
                raise HistoryError(
                    "An older formcheck wrote {file}, and this one can't update it because it is "
                    "read-only. Copy it somewhere else and set {variable} to the copy.",
                    file=path,
                    variable=VARIABLE,
                )
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """All that is done inside happens, or nothing does."""
    with told(path):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def _has_wal(path: Path) -> bool:
    """Whether a part of the history is still in the file that WAL keeps beside it."""
    beside = Path(f"{path}-wal")
    return beside.exists() and beside.stat().st_size > 0


@contextmanager
def _closed_on_error(connection: sqlite3.Connection) -> Iterator[None]:
    try:
        yield
    except BaseException:
        connection.close()
        raise


def _check(connection: sqlite3.Connection, path: Path) -> int:
    """The schema's number; HistoryError if the file is not ours or of a newer formcheck."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    with legible():
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if application != APPLICATION and (application or version or tables):
        raise HistoryError(
            "{file} is another program's database, so formcheck left it alone. Set {variable} to "
            "another file.",
            file=path,
            variable=VARIABLE,
        )
    if version > SCHEMA:
        raise HistoryError(
            "A newer formcheck wrote {file} (schema {version}; this one knows {known}). "
            "formcheck left it alone. Update formcheck to use it.",
            file=path,
            version=version,
            known=SCHEMA,
        )
    if version < 0:
        raise damage("the schema's number is damaged")
    return int(version)


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    """Bring the file up to date: every step that it lacks, all of them or none."""
    version = _check(connection, path)
    if version == SCHEMA:
        return
    if version:
        copy_of(connection, path, f"before-schema-{version + 1}")
    with transaction(connection, path):
        # Asked again: another program may have done it meanwhile.
        for number in range(_check(connection, path), SCHEMA):
            MIGRATIONS[number](connection)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {SCHEMA}")


def copy_of(connection: sqlite3.Connection, path: Path, mark: str) -> Path:
    """Make a copy of the open history beside it, which only you can read; its name."""
    copy = free_name(path, mark)
    os.close(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    with closing(sqlite3.connect(copy)) as target:
        connection.backup(target)
    return copy


def copies(path: Path) -> list[Path]:
    """All that was kept of the history before it was changed or repaired."""
    name = re.compile(
        rf"{re.escape(path.stem)}\.before-[a-z0-9-]+{re.escape(path.suffix)}(-wal|-shm)?"
    )
    return sorted(each for each in path.parent.iterdir() if name.fullmatch(each.name))


def _text(stored: bytes) -> str:
    """A text, though a byte of it be damaged."""
    return stored.decode("utf-8", errors="replace")


def _first(connection: sqlite3.Connection) -> None:
    """Sessions, their sets, and what is in these. Times are seconds from the session's start."""
    connection.execute(
        """CREATE TABLE sessions (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            started_at TEXT NOT NULL,  -- ISO 8601, local time with its offset from UTC
            kind TEXT NOT NULL,        -- live or check
            source TEXT NOT NULL,      -- the video, recording or camera
            routine TEXT,
            identity TEXT UNIQUE       -- of what was checked: checking it again replaces it
        )"""
    )
    connection.execute(
        """CREATE TABLE sets (
            id INTEGER PRIMARY KEY,
            session INTEGER NOT NULL REFERENCES sessions ON DELETE CASCADE,
            exercise TEXT NOT NULL,
            side TEXT,
            number INTEGER NOT NULL,
            unit TEXT NOT NULL         -- of the range of its reps
        )"""
    )
    connection.execute(
        """CREATE TABLE reps (
            id INTEGER PRIMARY KEY,
            set_id INTEGER NOT NULL REFERENCES sets ON DELETE CASCADE,
            number INTEGER NOT NULL,
            start_s REAL, peak_s REAL, end_s REAL, hold_s REAL, raise_s REAL, lower_s REAL,
            range REAL, top REAL,
            clean INTEGER NOT NULL,
            unjudged TEXT NOT NULL     -- JSON: pairs of rule and reason
        )"""
    )
    _first_faults(connection)
    for table, column in (("sets", "session"), ("reps", "set_id"), ("partials", "set_id")):
        connection.execute(f"CREATE INDEX {table}_by_{column} ON {table} ({column})")
    connection.execute("CREATE INDEX faults_by_set_id ON faults (set_id)")


def _first_faults(connection: sqlite3.Connection) -> None:
    """The attempts that did not count, and the faults of all."""
    connection.execute(
        """CREATE TABLE partials (
            id INTEGER PRIMARY KEY,
            set_id INTEGER NOT NULL REFERENCES sets ON DELETE CASCADE,
            start_s REAL, end_s REAL, peak REAL,
            reason TEXT NOT NULL
        )"""
    )
    connection.execute(
        """CREATE TABLE faults (
            id INTEGER PRIMARY KEY,
            set_id INTEGER NOT NULL REFERENCES sets ON DELETE CASCADE,
            rep INTEGER REFERENCES reps ON DELETE CASCADE,
            partial INTEGER REFERENCES partials ON DELETE CASCADE,
            name TEXT NOT NULL, severity TEXT NOT NULL,
            start_s REAL, end_s REAL, value REAL, bound REAL,
            unit TEXT NOT NULL,        -- of value and bound, which is the limit
            cue TEXT NOT NULL
        )"""
    )


def _walks(connection: sqlite3.Connection) -> None:
    """Minutes walked, noted by hand."""
    connection.execute(
        """CREATE TABLE walks (
            id INTEGER PRIMARY KEY,
            day TEXT NOT NULL,         -- ISO 8601
            minutes INTEGER NOT NULL
        )"""
    )


def _holds(connection: sqlite3.Connection) -> None:
    """Holds of timed exercises: reps that have seconds in good form, and no range."""
    connection.execute("ALTER TABLE reps ADD COLUMN good_s REAL")


def _feelings(connection: sqlite3.Connection) -> None:
    """What hurt, and how hard and painful sessions were."""
    connection.execute(
        """CREATE TABLE feelings (
            id INTEGER PRIMARY KEY,
            session INTEGER REFERENCES sessions ON DELETE CASCADE,
            told_at TEXT NOT NULL,     -- ISO 8601, with the offset from UTC
            kind TEXT NOT NULL,        -- hurt, effort or pain
            exercise TEXT,             -- that hurt
            score INTEGER              -- of effort or pain, 0 to 10
        )"""
    )


def _persons(connection: sqlite3.Connection) -> None:
    """Whose sessions they are, where they are not those of whoever uses this computer."""
    connection.execute("ALTER TABLE sessions ADD COLUMN person TEXT")


def _titles(connection: sqlite3.Connection) -> None:
    """What exercises and faults are called, and which faults were borderline."""
    connection.execute("ALTER TABLE sets ADD COLUMN title TEXT")
    connection.execute("ALTER TABLE faults ADD COLUMN title TEXT")
    connection.execute("ALTER TABLE faults ADD COLUMN is_borderline INTEGER")


MIGRATIONS = (_first, _walks, _holds, _feelings, _persons, _titles)
"""What makes schema 1 of nothing, 2 of 1, and so on. One that was published is never changed."""
SCHEMA = len(MIGRATIONS)


@contextmanager
def empty_history(version: int = SCHEMA) -> Iterator[sqlite3.Connection]:
    """One of this schema that is kept nowhere."""
    with closing(sqlite3.connect(":memory:")) as connection:
        for migrate in MIGRATIONS[:version]:
            migrate(connection)
        yield connection


@cache
def columns_of(table: str) -> tuple[str, ...]:
    """What the columns of a table are called, in the order in which rows hold them."""
    with empty_history() as connection:
        return tuple(row[1] for row in connection.execute(f"PRAGMA table_info({table})"))
