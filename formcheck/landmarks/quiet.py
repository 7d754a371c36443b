"""Keeps what libraries in C++ write to stderr off the terminal; what matters is raised as an error.

Some of it cannot be switched off. So stderr itself is turned away, for moments only, by whoever has
to call such a library; several threads may do so at once.
"""

import contextlib
import os
import sys
import threading
from collections.abc import Iterator

_lock = threading.Lock()
_users = 0
_undo = contextlib.ExitStack()


@contextlib.contextmanager
def quiet_stderr() -> Iterator[None]:
    """Let nothing that is written to stderr be seen while the block runs."""
    global _users, _undo
    with _lock:
        if not _users:
            _undo = _turned_away()
        _users += 1
    try:
        yield
    finally:
        with _lock:
            _users -= 1
            if not _users:
                _undo.close()


def _turned_away() -> contextlib.ExitStack:
    """Turn stderr away; what is returned turns it back when closed."""
    with contextlib.ExitStack() as undo:
        try:
            kept = os.dup(2)
        except OSError:  # no stderr at all, as under pythonw
            return contextlib.ExitStack()
        undo.callback(os.close, kept)
        if sys.stderr is not None:
            sys.stderr.flush()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        undo.callback(os.close, nowhere)
        os.dup2(nowhere, 2)
        undo.callback(os.dup2, kept, 2)
        return undo.pop_all()
