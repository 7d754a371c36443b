"""Work side by side: nothing is lost, and who crashes is known by name."""

import os
import signal
from collections.abc import Sequence
from pathlib import Path

import pytest

from formcheck.batch.pool import Crash, cores, done_side_by_side


def _squared(number: int) -> int:
    """The work; some of it is too much for its process, and some goes wrong."""
    if number < 0:
        os.kill(os.getpid(), signal.SIGKILL) if hasattr(signal, "SIGKILL") else os._exit(9)
    if number == 1000:
        raise ValueError("too large")
    return number * number


def _done(pieces: Sequence[int], workers: int = 2) -> dict[int, int | Crash]:
    return dict(done_side_by_side(_squared, pieces, workers))


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_every_piece_is_done_once(workers: int) -> None:
    """However many there are to do it."""
    assert _done(range(7), workers) == {n: n * n for n in range(7)}


def test_nothing_to_do_is_soon_done() -> None:
    """No process is begun for it."""
    assert _done([]) == {}


def test_a_crash_takes_only_its_own_piece() -> None:
    """Those that were being done beside it are done again."""
    found = _done([1, 2, -1, 3, 4, -2, 5])
    assert {n for n, result in found.items() if isinstance(result, Crash)} == {-1, -2}
    assert {n: r for n, r in found.items() if n > 0} == {n: n * n for n in range(1, 6)}


def test_an_error_in_the_work_ends_it() -> None:
    """It is a mistake of the program, and must be seen."""
    with pytest.raises(ValueError, match="too large"):
        _done([1, 1000, 2])


@pytest.mark.parametrize(
    ("quota", "most"),
    [("100000 100000", 1), ("50000 100000", 1), ("max 100000", None), ("?", None), (None, None)],
)
def test_there_are_as_many_cores_as_may_be_used(
    tmp_path: Path, quota: str | None, most: int | None
) -> None:
    """At least one, or nothing would be done; no more than a container may use."""
    file = tmp_path / "cpu.max"
    if quota is not None:
        file.write_text(quota)
    assert cores(file) == (most or cores(tmp_path / "none")) >= 1
