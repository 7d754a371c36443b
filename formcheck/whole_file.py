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
    if target.is_dir():
        raise OutputError(f"Cannot write {target}: it is a folder. Give the name of a file.")
    try:
        with target.open("wb") if _is_device(target) else _beside(target) as file:
            yield file
    except BrokenPipeError:
        raise  # of something else that was written meanwhile: a file has no pipe
    except OSError as error:
        raise OutputError(f"Cannot write {target}: {_reason(error, target)}.") from error


def write_whole(path: str | os.PathLike[str], content: bytes) -> None:
    """Write a file whole or not at all; OutputError if it cannot be written."""
    with whole_file(path) as file:
        file.write(content)


def _is_device(target: Path) -> bool:
    """Whether the path is there and no file, as /dev/null or a pipe: it must not be replaced."""
    return target.exists() and not target.is_file()


@contextmanager
def whole_path(path: str | os.PathLike[str]) -> Iterator[Path]:
    """Like `whole_file`, for a library that wants a name to write to and no open file."""
    target = Path(path)
    if target.is_dir():
        raise OutputError(f"Cannot write {target}: it is a folder. Give the name of a file.")
    if _is_device(target):
        yield target
        return
    try:
        with _beside(target) as file:
            yield Path(file.name)
    except OSError as error:
        raise OutputError(f"Cannot write {target}: {_reason(error, target)}.") from error


@contextmanager
def _beside(shown: Path) -> Iterator[BinaryIO]:
    # What a link points to is replaced, not the link.
    target = Path(os.path.realpath(shown))
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:50]}.", dir=target.parent)
    os.close(handle)
    try:
        with Path(name).open("wb") as file:
            yield file
        _readable_as_usual(name)
        os.replace(name, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise


def _readable_as_usual(name: str) -> None:
    """Temporary files are private; give this one the rights that any new file would have."""
    if os.name == "posix":
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(name, 0o666 & ~mask)


def _reason(error: OSError, target: Path) -> str:
    if not target.absolute().parent.is_dir():
        return f"there is no folder {target.parent}"
    return error.strerror or str(error)
