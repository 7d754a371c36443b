"""A recording while it grows: rows appended to a file, so that a killed program loses little.

The file begins with a line of text and the picture's size, then has one row of fixed length for
each frame; it is empty until there is one. A row that was cut off is ignored. `recording` makes an
`.npz` of it when all is well.
"""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from formcheck.errors import SourceError
from formcheck.pose import LANDMARKS
from formcheck.reading import NotReadable, open_file

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
        self, file: BinaryIO, size: tuple[int, int], clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Take the empty file, and the picture's width and height in pixels."""
        self._file = file
        self._head = FIRST_LINE + np.array(size, "<i8").tobytes()
        self._clock = clock
        self._row = np.zeros(1, ROW)
        self._saved = clock()

    def add(self, time_s: float, **arrays: NDArray[Any]) -> None:
        """Append a row: `landmarks` and `world` (33, 3), `visibility` (33,)."""
        row = self._row[0]
        row["time_s"] = time_s
        for name, array in arrays.items():
            row[name] = array
        self._file.write(self._head + self._row.tobytes())
        self._head = b""
        if self._clock() - self._saved > SAVE_EVERY:
            self._file.flush()
            self._saved = self._clock()


def read_journal(path: Path) -> tuple[NDArray[Any], tuple[int, int]]:
    """The rows of a growing or abandoned file, as an array of `ROW`, and the picture's size.

    Raises:
        SourceError: it is not such a file.
    """
    try:
        with open_file(path, MOST_BYTES) as file:
            head = file.read(HEAD)
    except NotReadable as error:
        raise SourceError(error.sentence) from error
    if len(head) < HEAD or not head.startswith(FIRST_LINE):
        raise SourceError("{file} is not the beginning of a recording.", file=path)
    width, height = np.frombuffer(head[len(FIRST_LINE) :], "<i8").tolist()
    rows = (path.stat().st_size - HEAD) // ROW.itemsize
    if not rows:
        return np.zeros(0, ROW), (width, height)
    return np.memmap(path, ROW, "r", HEAD, shape=(rows,)), (width, height)
