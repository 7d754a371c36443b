"""Opens what is read: a regular file that is not too large, or a clear no.

A pipe or a device would keep whoever opens it waiting, and a file without end fill the memory. So
each path is asked first what it is, here and nowhere else.
"""

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BufferedReader, FileIO
from typing import TYPE_CHECKING

from formcheck.errors import reason_of
from formcheck.language.sentences import Sentence
from formcheck.printable import on_one_line

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

FileName = str | os.PathLike[str]

KINDS: tuple[tuple[Callable[[int], bool], str], ...] = (
    (stat.S_ISDIR, Sentence("is a folder. Give a file")),
    (stat.S_ISFIFO, Sentence("is a pipe. Save its output as a file and give that")),
    (stat.S_ISSOCK, Sentence("is a socket, not a file. Give a file")),
    (stat.S_ISCHR, Sentence("is a device. Give a file")),
    (stat.S_ISBLK, Sentence("is a device. Give a file")),
)
"""What a path may be besides a file, and what to say of it."""
MEGABYTE = 1_000_000


class NotReadable(Exception):
    """A path that cannot be read."""

    def __init__(self, path: FileName, why: str) -> None:
        """Take what to say of the path: words that follow its name, without a full stop."""
        self.why = why
        self.sentence = Sentence("{file} {why}.", file=on_one_line(os.fsdecode(path)), why=why)
        """The whole, to be said in the language of whoever is told."""
        super().__init__(self.sentence)


def check_file(path: FileName, most: int | None = None) -> int:
    """Return how many bytes a file has; NotReadable if it is none, or has more than `most`."""
    try:
        found = os.stat(path)
    except (OSError, ValueError) as error:
        raise NotReadable(path, _why(error)) from error
    for is_kind, words in KINDS:
        if is_kind(found.st_mode):
            raise NotReadable(path, words)
    if most is not None and found.st_size > most:
        raise NotReadable(path, _too_large(found.st_size, most))
    return found.st_size


class _NamedFile(FileIO):
    """A file whose errors tell its name, which the system does only where it cannot be opened."""

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        with self._named():
            return super().readinto(buffer) or 0

    def readall(self) -> bytes:
        with self._named():
            return super().readall()

    @contextmanager
    def _named(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            error.filename = self.name
            raise


def open_file(path: FileName, most: int | None = None) -> BufferedReader:
    """Open a file to read; NotReadable if that cannot be done, or it has more bytes than `most`."""
    check_file(path, most)
    try:
        return BufferedReader(_NamedFile(os.fspath(path)))
    except OSError as error:
        raise NotReadable(path, _why(error)) from error


def read_bytes(path: FileName, most: int) -> bytes:
    """Return what is in a file; NotReadable if it can't be read, or has more bytes than `most`."""
    with open_file(path, most) as file:
        try:
            content = file.read(most + 1)
        except OSError as error:
            raise NotReadable(path, _why(error)) from error
    if len(content) > most:  # it has grown, or is one of those that do not tell their size
        raise NotReadable(path, _too_large(len(content), most))
    return content


def read_text(path: FileName, most: int) -> str:
    """Like `read_bytes`, of a file that is text in UTF-8."""
    try:
        # Some editors on Windows put a byte order mark before the text, and all end lines so.
        return read_bytes(path, most).decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        why = Sentence("is not UTF-8 text. Save it as UTF-8 in a text editor")
        raise NotReadable(path, why) from error


def is_file(path: FileName) -> bool:
    """Whether there is a regular file of this name, whatever the name."""
    try:
        check_file(path)
    except NotReadable:
        return False
    return True


def check_folder(path: FileName) -> None:
    """NotReadable unless this is a folder in which one may look."""
    try:
        with os.scandir(path):
            return
    except (OSError, ValueError) as error:
        raise NotReadable(path, _why(error)) from error


def skipped_folder(error: OSError) -> Sentence:
    """What to tell of a folder that others go without, when looking into it failed."""
    return Sentence(
        "formcheck skips the folder {folder} because it can't be read: {reason}.",
        folder=error.filename,
        reason=reason_of(error),
    )


def is_folder(path: FileName) -> bool:
    """Whether there is a folder of this name, whatever the name."""
    try:
        return stat.S_ISDIR(os.stat(path).st_mode)
    except (OSError, ValueError):
        return False


def _why(error: OSError | ValueError) -> Sentence:
    """What the system says, in words that tell what to do where they can."""
    if isinstance(error, FileNotFoundError):
        return Sentence("doesn't exist. Check the name and the folder")
    if isinstance(error, OSError):
        return Sentence("can't be read: {reason}", reason=reason_of(error))
    return Sentence("can't be a file name")


def _too_large(size: int, most: int) -> Sentence:
    had, may = size / MEGABYTE, most / MEGABYTE
    return Sentence("is too large ({had:.1f} MB; the limit is {may:g} MB)", had=had, may=may)
