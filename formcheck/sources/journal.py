"""A recording while it grows: rows appended to a file, so that a killed program loses little.

The file begins with a line of text and the picture's size, then has one row of fixed length for
each frame. A row that was cut off is ignored. `recording` makes an `.npz` of it when all is well.
"""

import contextlib
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from formcheck.errors import OutputError, SourceError
from formcheck.pose import LANDMARKS
from formcheck.reading import NotReadable, open_file

SUFFIX = ".part"
"""What is added to the recording's name while it grows."""
FIRST_LINE = b"formcheck-journal/1\n"
SAVE_EVERY = 0.5
"""Seconds after which what was added is handed to the operating system. A killed program loses
what came since."""

COUNT = len(LANDMARKS)
ROW = np.dtype(
    [
        ("time_s", "<f8"),
        ("landmarks", "<f4", (COUNT, 3)),
        ("world", "<f4", (COUNT, 3)),
        ("visibility", "<f4", (COUNT,)),
    ]
)
SIZE = np.dtype(("<i8", (2,)))
HEAD = len(FIRST_LINE) + SIZE.itemsize
MOST_BYTES = 1_000_000_000
"""Of landmarks that are read: ten hours at 30 a second."""


class Journal:
    """Appends rows to a growing file."""

    def __init__(
        self, path: Path, size: tuple[int, int], clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Begin the file; OutputError if it cannot be written."""
        self.path = path
        self._clock = clock
        self._row = np.zeros(1, ROW)
        self._saved = clock()
        try:
            self._file: BinaryIO = path.open("wb")
            self._file.write(FIRST_LINE + np.array(size, "<i8").tobytes())
            self._file.flush()
        except OSError as error:
            raise OutputError(f"Cannot write {path}: {error.strerror}.") from error

    def add(self, time_s: float, **arrays: NDArray[Any]) -> None:
        """Append a row: `landmarks` and `world` (33, 3), `visibility` (33,)."""
        row = self._row[0]
        row["time_s"] = time_s
        for name, array in arrays.items():
            row[name] = array
        try:
            self._file.write(self._row.tobytes())
            if self._clock() - self._saved > SAVE_EVERY:
                self._file.flush()
                self._saved = self._clock()
        except OSError as error:
            raise OutputError(f"Cannot write {self.path}: {error.strerror}.") from error

    def close(self) -> None:
        """Close the file, and keep it."""
        try:
            self._file.close()
        except OSError as error:
            raise OutputError(f"Cannot write {self.path}: {error.strerror}.") from error

    def remove(self) -> None:
        """Close the file and delete it."""
        with contextlib.suppress(OSError):  # of a full disk, which was told before
            self._file.close()
        self.path.unlink(missing_ok=True)


def read_journal(path: Path) -> tuple[NDArray[Any], tuple[int, int]]:
    """The rows of a growing or abandoned file, as an array of `ROW`, and the picture's size.

    Raises:
        SourceError: it is not such a file.
    """
    try:
        with open_file(path, MOST_BYTES) as file:
            head = file.read(HEAD)
    except NotReadable as error:
        raise SourceError(str(error)) from error
    if len(head) < HEAD or not head.startswith(FIRST_LINE):
        raise SourceError(f"{path} is not the beginning of a recording.")
    width, height = np.frombuffer(head[len(FIRST_LINE) :], "<i8").tolist()
    rows = (path.stat().st_size - HEAD) // ROW.itemsize
    if not rows:
        return np.zeros(0, ROW), (width, height)
    return np.memmap(path, ROW, "r", HEAD, shape=(rows,)), (width, height)
