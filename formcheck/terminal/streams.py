"""Standard output and error as they may be: closed, full, or left by whoever read them.

What is printed comes beside what is written to files: should it fail, the rest goes on.
"""

import errno
import os
import sys
from contextlib import suppress
from io import TextIOWrapper
from typing import Any, TextIO, cast

from formcheck.errors import OutputError

LEFT = (errno.EPIPE, errno.EIO, errno.EBADF)
"""Nobody reads any more: `| head` has what it wants, or the terminal was closed."""


class Stream:
    """A stream of text that takes in everything: from the first error on it goes nowhere."""

    def __init__(self, stream: TextIO) -> None:
        """Take the stream that it is written to."""
        self._stream = stream
        self.error: OSError | None = None

    def write(self, text: str) -> int:
        """Write the text, or drop it."""
        try:
            return self._stream.write(text)
        except OSError as error:
            self._give_up(error)
            return len(text)

    def flush(self) -> None:
        """Hand over what was written."""
        try:
            self._stream.flush()
        except OSError as error:
            self._give_up(error)

    def __getattr__(self, name: str) -> Any:
        """Be like the stream in all else."""
        return getattr(self._stream, name)

    def _give_up(self, error: OSError) -> None:
        self.error = self.error or error
        with suppress(OSError):  # where it is nothing of the system's
            number = self._stream.fileno()
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, number)
            os.close(nowhere)


def open_streams() -> None:
    """Let standard output and error be there and take in everything, before anything is done."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            # Or the next file that is opened would be taken for it, and what is told written there.
            os.open(os.devnull, os.O_RDWR)
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # under pythonw
            stream = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
        # A console that has no letter for what is to be printed gets its number instead.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
        setattr(sys, name, cast(TextIO, Stream(stream)))


def reader_has_left() -> bool:
    """Whether what is printed goes nowhere any more."""
    return getattr(sys.stdout, "error", None) is not None


def close_streams() -> None:
    """Hand over all that was printed; OutputError if it could not be, though somebody reads."""
    sys.stdout.flush()
    error = getattr(sys.stdout, "error", None)
    if error is not None and error.errno not in LEFT:
        raise OutputError("Can't print the results: {reason}.", reason=error.strerror)
