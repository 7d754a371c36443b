"""Files that appear whole or not at all."""

import errno
import io
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, cast

from formcheck.errors import OutputError, reason_of
from formcheck.files.leftovers import free_name, hidden_file
from formcheck.reading import is_folder

ANY_WRITE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


@contextmanager
def whole_file(path: str | os.PathLike[str]) -> Iterator[BinaryIO]:
    """Open a file for writing that replaces `path` only when everything went well.

    Until then it lies beside it under a hidden name, and is removed if anything goes wrong, Ctrl-C
    included. A file that was there keeps its rights. OutputError if it cannot be written.
    """
    with _beside(Path(path)) as (file, _):
        yield file


@contextmanager
def whole_path(path: str | os.PathLike[str]) -> Iterator[Path]:
    """Like `whole_file`, for a library that wants a name to write to and no open file."""
    with _beside(Path(path)) as (_, name):
        yield name


def write_whole(path: str | os.PathLike[str], content: bytes) -> None:
    """Write a file whole or not at all; OutputError if it cannot be written."""
    with whole_file(path) as file:
        file.write(content)


def refuse_unwritable(target: Path) -> None:
    """OutputError, before any work is done, if a file cannot be written, or must stay as it is."""
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        mode = 0
    except OSError as error:
        raise cannot_write(target, error) from error
    if stat.S_ISDIR(mode):
        raise OutputError("Can't write {file}: it is a folder. Give a file name.", file=target)
    if mode and not stat.S_ISREG(mode):
        return
    if mode and not (mode & ANY_WRITE and os.access(target, os.W_OK)):
        raise OutputError("Can't write {file}: it is read-only. Choose another name.", file=target)
    folder = _real(target).parent
    if not folder.is_dir():
        raise _no_folder(target)
    if not os.access(folder, os.W_OK | os.X_OK):
        raise OutputError("Can't write {file}: you may not write to its folder.", file=target)


def refuse_closed_folder(folder: Path) -> None:
    """OutputError, before any work is done, if a folder can't be made, or no file in it."""
    there = next(filter(os.path.lexists, (folder, *folder.parents)), folder)
    if not is_folder(there):
        raise OutputError(
            "Can't write to {folder}: it is not a folder. Choose another folder.", folder=there
        )
    if not os.access(there, os.W_OK | os.X_OK):
        raise OutputError(
            "Can't write to {folder}: you may not write there. Choose another folder.",
            folder=folder,
        )


def make_folder(folder: Path) -> None:
    """Make a folder, unless it is there; OutputError if that can't be done."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            "Can't write to {folder}: {reason}.", folder=folder, reason=reason_of(error)
        ) from error


def is_device(target: Path) -> bool:
    """Whether the path is there and no file, as /dev/null or a pipe: it must not be replaced."""
    return target.exists() and not target.is_file()


def open_device(target: Path) -> int:
    """Open what is no file, to write to it; OutputError if it is a pipe that nobody reads."""
    without_waiting = getattr(os, "O_NONBLOCK", 0)  # Windows has no pipes that are files
    try:
        handle = os.open(target, os.O_WRONLY | without_waiting)
    except OSError as error:
        if error.errno == errno.ENXIO and target.is_fifo():
            raise OutputError(
                "Can't write {file}: nobody reads this pipe. Start the program that reads it "
                "first.",
                file=target,
            ) from error
        raise
    if without_waiting:
        os.set_blocking(handle, True)
    return handle


class _ToldFile(io.FileIO):
    """A file whose errors are told as its own, whatever else is read or written meanwhile."""

    def __init__(self, handle: int, shown: Path) -> None:
        super().__init__(handle, "wb")
        self._shown = shown

    def write(self, data: bytes, /) -> int:  # type: ignore[override]
        """Write; OutputError with the file's name if that fails."""
        try:
            return super().write(data) or 0
        except OSError as error:
            raise cannot_write(self._shown, error) from error


def told_file(handle: int, shown: Path) -> BinaryIO:
    """An open file, to be written to; OutputError with the name that is shown where that fails."""
    return cast(BinaryIO, io.BufferedWriter(_ToldFile(handle, shown)))


@contextmanager
def _beside(shown: Path) -> Iterator[tuple[BinaryIO, Path]]:
    refuse_unwritable(shown)
    target = _real(shown)
    try:
        if is_device(shown):
            handle, name = open_device(shown), shown
        else:
            handle, name = hidden_file(target)
    except OSError as error:
        raise cannot_write(shown, error) from error
    file = told_file(handle, shown)
    try:
        yield file, name
        close_written(file, shown)
        if name != shown:
            put_in_place(name, shown)
    except BaseException:
        close_unwritten(file)
        if name != shown:
            with suppress(OSError):
                name.unlink(missing_ok=True)
        raise


def close_written(file: BinaryIO, shown: Path) -> None:
    """Close a file when all of it is on the disk; OutputError if it is not."""
    file.flush()
    try:
        if stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            os.fsync(file.fileno())
        file.close()
    except OSError as error:
        raise cannot_write(shown, error) from error


def close_unwritten(file: BinaryIO) -> None:
    """Close a file that something went wrong with, which was told."""
    with suppress(OSError, OutputError):
        file.close()


def put_in_place(written: Path, shown: Path) -> None:
    """Give a file that is whole its name, and the rights of the one that had it.

    Where that fails it is kept under a name beside it: OutputError says which.
    """
    target = _real(shown)
    try:
        os.chmod(written, _rights(target))
        os.replace(written, target)
    except OSError as error:
        kept = free_name(target, "new")
        with suppress(OSError):
            os.replace(written, kept)
            why = cannot_write(shown, error).sentence
            raise OutputError("{error} It is saved as {kept}.", error=why, kept=kept) from error
        raise cannot_write(shown, error) from error


def _rights(target: Path) -> int:
    """Those of the file; or else those that any new file would have."""
    with suppress(FileNotFoundError):
        return stat.S_IMODE(target.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _real(shown: Path) -> Path:
    """What a link points to: that is replaced, not the link."""
    return Path(os.path.realpath(shown))


def cannot_write(shown: Path, error: OSError | ValueError) -> OutputError:
    """What to say of a file that cannot be written."""
    if not shown.absolute().parent.is_dir():
        return _no_folder(shown)
    why = (getattr(error, "strerror", None) or str(error)).removesuffix(".")
    if getattr(error, "errno", None) == errno.ENOSPC:
        return OutputError("Can't write {file}: the disk is full.", file=shown)
    if sys.platform == "win32" and isinstance(error, PermissionError):
        return OutputError(
            "Can't write {file}: {reason}. Is it open in another program?", file=shown, reason=why
        )
    return OutputError("Can't write {file}: {reason}.", file=shown, reason=why)


def _no_folder(shown: Path) -> OutputError:
    return OutputError(
        "Can't write {file}: there is no folder {folder}.", file=shown, folder=shown.parent
    )
