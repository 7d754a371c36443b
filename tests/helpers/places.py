"""Where things lie in the checkout."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EACCES
from pathlib import Path
from typing import Any
from unittest import mock

ROOT = Path(__file__).parent.parent.parent
SAMPLES = ROOT / "samples"
EXERCISES = ROOT / "exercises"


@contextmanager
def closed_folder(closed: Path) -> Iterator[None]:
    """A folder in which one may neither look nor write, even as an administrator."""
    look, may = os.scandir, os.access

    def refuse(path: Any = ".") -> Any:
        if os.path.realpath(path) == os.path.realpath(closed):
            raise PermissionError(EACCES, "Permission denied", os.fspath(path))
        return look(path)

    def is_allowed(path: Any, mode: int, **more: Any) -> bool:
        is_here = os.path.realpath(path) == os.path.realpath(closed)
        return not (is_here and mode & os.W_OK) and may(path, mode, **more)

    with mock.patch.multiple(os, scandir=refuse, access=is_allowed):
        yield
