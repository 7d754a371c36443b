"""Files that grow while somebody exercises, which nobody can do again.

Until it is whole, FILE grows under the name FILE.part, and what was called FILE before stays.
Should the program be killed, FILE.part remains with what was written until then. Whoever writes
FILE next gives it a name of its own first.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Self

from formcheck.errors import OutputError
from formcheck.files.leftovers import free_name, try_to_hold
from formcheck.files.whole import (
    cannot_write,
    close_unwritten,
    close_written,
    is_device,
    open_device,
    put_in_place,
    refuse_unwritable,
    told_file,
)
from formcheck.language.sentences import Sentence
from formcheck.terminal.lines import note

PART = ".part"
"""What is added to a file's name while it grows."""


class GrowingFile:
    """A file that grows; its block makes it whole, or after an error keeps what there is of it."""

    def __init__(self, path: str | os.PathLike[str], ending: str = "") -> None:
        """Begin it.

        Args:
            path: the file to write; one that is there is replaced when this one is whole.
            ending: of the name of what an earlier program left, after that of the file: what grows
                need not be of the same kind.

        Raises:
            OutputError: it cannot be written, or another program is writing it.
        """
        self.path = Path(path)
        refuse_unwritable(self.path)
        self._is_device = is_device(self.path)
        self.part = self.path if self._is_device else part_of(self.path)
        self.rescued = None if self._is_device else _set_aside(self.part, ending)
        """What an earlier program left, under its new name; none where there was nothing."""
        try:
            self.file: BinaryIO = told_file(self._opened(), self.path)
        except OSError as error:
            raise cannot_write(self.path, error) from error

    @property
    def is_left(self) -> bool:
        """Whether it is there under the name that it grew under."""
        return not self._is_device and self.part.exists()

    def finish(self) -> None:
        """Close it, and give it its name; OutputError, and it is kept, if that fails."""
        if self.file.closed:
            return  # kept or removed before
        close_written(self.file, self.path)
        if not self._is_device:
            put_in_place(self.part, self.path)

    def keep(self) -> bool:
        """Close it as it is, under the name that it has; False if there is nothing in it."""
        close_unwritten(self.file)
        if self.is_left and not self.part.stat().st_size:
            self.remove()
        return self.is_left

    def remove(self) -> None:
        """Close it, and remove it."""
        close_unwritten(self.file)
        if not self._is_device:
            with suppress(OSError):
                self.part.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        """Return the file itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Finish it, or keep it where something went wrong."""
        if kind is None:
            self.finish()
        else:
            self.keep()

    def _opened(self) -> int:
        """The new file, which nobody else has just made, and held."""
        if self._is_device:
            return open_device(self.path)
        binary = getattr(os, "O_BINARY", 0)
        try:
            handle = os.open(self.part, os.O_RDWR | os.O_CREAT | os.O_EXCL | binary, 0o666)
        except FileExistsError as error:  # such as a link that leads nowhere
            raise _in_the_way(self.part) from error
        try_to_hold(handle)
        return handle


@contextmanager
def told(growing: GrowingFile) -> Iterator[BinaryIO]:
    """Let a file grow, and tell what an earlier program left of it, and what this one leaves."""
    if growing.rescued:
        moved = Sentence(
            "Renamed {part}, left by an earlier session, to {name}.",
            part=growing.part,
            name=growing.rescued,
        )
        note([moved])
    try:
        with growing:
            yield growing.file
    finally:
        if growing.is_left:
            left = Sentence(
                "{file} is unfinished: everything up to then is in {part}.",
                file=growing.path,
                part=growing.part,
            )
            note([left])


def part_of(path: Path) -> Path:
    """Where a file grows: beside what it is a link to, if it is one."""
    real = Path(os.path.realpath(path))
    return real.with_name(real.name + PART)


def _set_aside(part: Path, ending: str) -> Path | None:
    """Give what an earlier program left a name of its own, and say which; an empty file goes.

    Raises:
        OutputError: another program is writing it, or it cannot be renamed.
    """
    if is_device(part):
        raise _in_the_way(part)
    try:
        handle = os.open(part, os.O_RDWR)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise cannot_write(part, error) from error
    try:
        is_free, is_empty = try_to_hold(handle), not os.fstat(handle).st_size
    finally:
        os.close(handle)
    if not is_free:
        raise OutputError("Another formcheck is writing {part}.", part=part)
    try:
        if is_empty:
            part.unlink()
            return None
        rescued = free_name(part.with_name(part.stem), "rescued", ending)
        part.rename(rescued)
    except OSError as error:
        raise cannot_write(part, error) from error
    return rescued


def _in_the_way(part: Path) -> OutputError:
    return OutputError("Can't write {part}: something else has that name. Delete it.", part=part)
