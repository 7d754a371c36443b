"""Files under a hidden name until they are whole: held by whoever writes, swept if nobody does.

A program that is killed leaves such a file behind. The system gives up the lock of a program that
is gone, so a hidden file that nobody holds is one that nobody will finish. Where files cannot be
locked, and on another computer's files in a shared folder, that is not sure, and they are left.
"""

import os
import platform
import re
import sys
import tempfile
from contextlib import suppress
from itertools import count
from pathlib import Path
from zlib import crc32

if sys.platform != "win32":
    import fcntl

ENDING = f".{crc32(platform.node().encode()):08x}.formcheck"
"""Of the hidden names that are given on this computer."""
HIDDEN = re.compile(rf"\..*\.[a-z0-9_]{{8}}{re.escape(ENDING)}")
LETTERS = 50
"""Of a file's name that its hidden name has as well, at most: names must not become too long."""


def hidden_file(target: Path) -> tuple[int, Path]:
    """Make a new file beside the target, and hold it: it, open to read and write, and its name."""
    while True:
        handle, name = tempfile.mkstemp(ENDING, f".{target.name[:LETTERS]}.", target.parent)
        # Somebody who sweeps may have taken it for one that was left, before it was held.
        if try_to_hold(handle) and os.path.exists(name):
            return handle, Path(name)
        os.close(handle)


def try_to_hold(handle: int) -> bool:
    """Hold an open file until it is closed; False if somebody else does."""
    with suppress(OSError):
        return _hold(handle)
    return True  # nobody can hold anything where this file is


def _hold(handle: int) -> bool:
    """Hold an open file; False if somebody else does, OSError where files cannot be held."""
    if sys.platform == "win32":
        return True  # a file that is open there can be neither removed nor renamed
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def sweep(folder: Path) -> list[Path]:
    """Remove the hidden files that killed programs left in a folder; their names."""
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return []
    left = [folder / name for name in names if HIDDEN.fullmatch(name)]
    return [path for path in left if _is_swept(path)]


def _is_swept(path: Path) -> bool:
    """Remove a file, unless somebody holds it; whether that was done."""
    try:
        if sys.platform == "win32":
            path.unlink()
            return True
        handle = os.open(path, os.O_RDWR | os.O_NOFOLLOW)
        try:
            if _hold(handle):
                path.unlink()
                return True
        finally:
            os.close(handle)
    except OSError:
        return False  # of somebody else, or in use
    return False


def free_name(path: Path, mark: str, ending: str = "") -> Path:
    """A name beside the path that no file has, such as `it.rescued-1.npz` and the ending."""
    names = (f"{path.stem}.{mark}-{number}{path.suffix}{ending}" for number in count(1))
    return next(free for name in names if not os.path.lexists(free := path.with_name(name)))
