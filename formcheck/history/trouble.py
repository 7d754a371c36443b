"""What goes wrong with the file of the history, in words a user can act on."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from formcheck.errors import HistoryError, reason_of
from formcheck.language.sentences import Sentence
from formcheck.reading import NotReadable, check_file

REPAIR = Sentence(
    "`formcheck history --repair` keeps the damaged file and starts a new one with "
    "everything that can be read."
)
IN_USE = Sentence("is in use by another program. Close that, then try again.")
REASONS = {
    sqlite3.SQLITE_BUSY: IN_USE,
    sqlite3.SQLITE_LOCKED: IN_USE,
    sqlite3.SQLITE_FULL: Sentence(
        "can't grow because the disk is full. Make room, then try again."
    ),
    # A full disk too, where what fails is the memory that WAL shares among programs.
    sqlite3.SQLITE_IOERR: Sentence("can't be read or written. Is the disk full or disconnected?"),
    sqlite3.SQLITE_READONLY: Sentence("is read-only."),
    sqlite3.SQLITE_CANTOPEN: Sentence(
        "can't be opened. Check that you may read and write it and its folder."
    ),
    sqlite3.SQLITE_NOTADB: Sentence(
        "is damaged, or isn't a formcheck history. {repair}", repair=REPAIR
    ),
    sqlite3.SQLITE_CORRUPT: Sentence("is damaged. {repair}", repair=REPAIR),
}
"""What to say of a history after its name, by SQLite's code."""


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Tell what goes wrong with the file as HistoryError."""
    try:
        yield
    except NotReadable as error:
        raise HistoryError("The history {error}", error=error.sentence) from error
    except sqlite3.Error as error:
        raise HistoryError("The history {file} {why}", file=path, why=_reason(error)) from error
    except OSError as error:
        raise HistoryError(
            "Can't use the history {file}: {reason}.", file=path, reason=reason_of(error)
        ) from error


def is_there(path: Path) -> bool:
    """Whether there is a history; HistoryError if what goes by its name is no file.

    SQLite takes a device or a pipe for an empty file, and repairing would move it.
    """
    with told(path):
        try:
            path.stat()
        except FileNotFoundError:
            return False
        check_file(path)
    return True


def is_damaged(error: HistoryError) -> bool:
    """Whether the file is not whole, so that a repair may help."""
    code = getattr(error.__cause__, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)


@contextmanager
def legible() -> Iterator[None]:
    """Tell damage in whose words a name is damaged, which Python's sqlite3 does not, as it is."""
    try:
        yield
    except UnicodeDecodeError as error:
        raise damage("a name is damaged") from error


def damage(what: str) -> sqlite3.DatabaseError:
    """What SQLite raises for a damaged file, where it does not see that it is."""
    error = sqlite3.DatabaseError(what)
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    return error


def _reason(error: sqlite3.Error) -> Sentence:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return REASONS.get(code) or Sentence("can't be used: {reason}.", reason=str(error))
