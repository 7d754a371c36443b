"""Files that appear whole or not at all."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from formcheck.errors import OutputError


@contextmanager
def whole_file(path: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    """Open a file for writing that replaces `path` only when everything went well.

    Until then it lies beside it under another name, and is removed if anything goes wrong, Ctrl-C
    included. OutputError if it cannot be written.
    """
    target = Path(path)
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    except OSError as error:
        raise OutputError(f"Cannot write {target}: {_reason(error)}.") from error
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        _readable_as_usual(name)
        os.replace(name, target)
    except OSError as error:
        _remove(name)
        raise OutputError(f"Cannot write {target}: {_reason(error)}.") from error
    except BaseException:
        _remove(name)
        raise


def write_whole(path: str | os.PathLike[str], content: bytes) -> None:
    """Write a file whole or not at all; OutputError if it cannot be written."""
    with whole_file(path) as file:
        file.write(content)


def _readable_as_usual(name: str) -> None:
    """Temporary files are private; give this one the rights that any new file would have."""
    if os.name == "posix":
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(name, 0o666 & ~mask)


def _remove(name: str) -> None:
    with suppress(OSError):
        os.unlink(name)


def _reason(error: OSError) -> str:
    return error.strerror or str(error)
