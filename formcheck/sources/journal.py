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

FIRST_LINE, OLD_FIRST_LINE = b"formcheck-journal/2\n", b"formcheck-journal/1\n"
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
        ("after_cut", "?"),
    ]
)
OLD_ROW = np.dtype([(name, ROW[name]) for name in ("time_s", "landmarks", "world", "visibility")])
"""Before cuts were told."""
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

    def add(self, **values: float | NDArray[Any]) -> None:
        """Append a row: a value for each field of `ROW`."""
        row = self._row[0]
        for name, value in values.items():
            row[name] = value
        self._file.write(self._head + self._row.tobytes())
        self._head = b""
        if self._clock() - self._saved > SAVE_EVERY:
            self._file.flush()
            self._saved = self._clock()


def read_journal(path: Path) -> tuple[NDArray[Any], tuple[int, int]]:
    """The rows of a growing or abandoned file, as an array of `ROW` or `OLD_ROW`, and the size.

    Raises:
        SourceError: it is not such a file.
    """
    try:
        with open_file(path, MOST_BYTES) as file:
            head = file.read(HEAD)
    except NotReadable as error:
        raise SourceError(error.sentence) from error
    row_of = {FIRST_LINE: ROW, OLD_FIRST_LINE: OLD_ROW}.get(head[: len(FIRST_LINE)])
    if len(head) < HEAD or row_of is None:
        raise SourceError("{file} is not the beginning of a recording.", file=path)
    width, height = np.frombuffer(head[len(FIRST_LINE) :], "<i8").tolist()
    rows = (path.stat().st_size - HEAD) // row_of.itemsize
    if not rows:
        return np.zeros(0, row_of), (width, height)
    return np.memmap(path, row_of, "r", HEAD, shape=(rows,)), (width, height)
