"""Of several outputs, one that fails costs no other."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

import pytest

from formcheck.errors import OutputError
from formcheck.files.outlet import Outlet
from formcheck.files.whole import whole_file


@contextmanager
def failing_at_its_end() -> Iterator[str]:
    """What is written well, and cannot be finished."""
    yield "it"
    raise OutputError("no room")


def fail(file: BinaryIO) -> None:
    """Write half, and fail."""
    file.write(b"half")
    raise OutputError("no room")


def test_one_that_fails_is_told_once_and_left_out(tmp_path: Path) -> None:
    """The other is whole, and of the failed one nothing is left."""
    told: list[Exception] = []
    with ExitStack() as stack:
        bad, good = (
            stack.enter_context(Outlet(whole_file(tmp_path / name), told.append))
            for name in ("bad", "good")
        )
        for _ in range(3):
            bad(fail)
            good(lambda file: file.write(b"x"))
    assert [str(error) for error in told] == ["no room"]
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"good": b"xxx"}


def test_one_that_cannot_be_finished_is_told(tmp_path: Path) -> None:
    """Those around it are finished."""
    told: list[Exception] = []
    with Outlet(whole_file(tmp_path / "it"), told.append) as file:
        file(lambda each: each.write(b"x"))
        with Outlet(failing_at_its_end(), told.append):
            pass
    assert [str(error) for error in told] == ["no room"]
    assert (tmp_path / "it").read_bytes() == b"x"


def test_one_that_cannot_be_begun_is_raised(tmp_path: Path) -> None:
    """Nothing has been done yet."""
    with pytest.raises(OutputError, match="no folder"):
        Outlet(whole_file(tmp_path / "nowhere" / "it"), print)


def test_what_ends_everything_ends_each(tmp_path: Path) -> None:
    """Ctrl-C is told to nobody here: it is on its way."""
    told: list[Exception] = []
    with pytest.raises(KeyboardInterrupt), Outlet(whole_file(tmp_path / "it"), told.append):
        raise KeyboardInterrupt
    assert (told, list(tmp_path.iterdir())) == ([], [])
