"""Which rows of the database mean something: one may be damaged though the file is not."""

from collections.abc import Callable, Mapping
from typing import Any

from formcheck.history.rows import (
    check_fault,
    check_session,
    check_set,
    feeling_in,
    hold_in,
    partial_in,
    rep_in,
    walk_in,
)

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
