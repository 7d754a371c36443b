"""A disk on which there is no more room."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

import pytest


@contextmanager
def full_disk(room: int = 100) -> Iterator[None]:
    """Let no file become longer than so many bytes. Writing fails as on a full disk."""
    if sys.platform == "win32":
        pytest.skip("needs limits on the size of files")
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def write_when_full(file: BinaryIO, **_: object) -> None:
    """Write to a file when the disk has just become full."""
    with full_disk():
        file.write(b"x" * 1000)
        file.flush()
