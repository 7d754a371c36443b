"""Many sources from Python: results as they come, whoever does the work."""

from collections.abc import Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import pytest
from helpers.places import SAMPLES

import formcheck
from formcheck.batch.executors import done_by

PATHS = [SAMPLES / f"{name}.npz" for name in ("bridge_5", "push_up_6", "standing_leg_raise_6")]


def test_each_source_has_its_result() -> None:
    """The same as `check` gives, and rows for a table."""
    with ThreadPoolExecutor(2) as executor:
        found = {each.path: each for each in formcheck.check_many(PATHS, executor=executor)}
    alone = {each.path: repr(each) for each in formcheck.check_many(PATHS)}
    assert {path: repr(each) for path, each in found.items()} == alone
    bridge = found[str(PATHS[0])]
    assert repr(bridge.summaries) == repr((formcheck.check(PATHS[0]),))
    assert [row["rep"] for row in bridge.reps] == [1, 2, 3, 4, 5]
    assert {row["source"] for row in bridge.reps} == {str(PATHS[0])}


def test_what_cannot_be_checked_costs_no_other(tmp_path: Path) -> None:
    """It is told in its result."""
    missing, good = formcheck.check_many([tmp_path / "none.npz", PATHS[0]], "bridge")
    assert "doesn't exist" in missing.error
    assert (missing.summaries, missing.reps) == ((), ())
    assert len(good.reps) == 5


def test_an_exercise_that_is_not_there_is_told_at_once() -> None:
    """Not once for each source."""
    with pytest.raises(formcheck.FormcheckError):
        next(formcheck.check_many(PATHS, "brigde"))


def test_no_more_is_handed_out_than_there_is_room_for() -> None:
    """So a million pieces take no more memory than a few."""
    asked = 0

    def pieces() -> Iterator[int]:
        nonlocal asked
        for number in range(1000):
            asked += 1
            yield number

    with ThreadPoolExecutor(2) as executor:
        answers = done_by(executor, str, pieces(), ahead=10)
        for taken in range(1, 50):
            next(answers)
            assert asked <= taken + 10
        assert sorted(int(result) for _, result in answers if isinstance(result, str))


class Broken(Executor):
    """An executor whose processes are gone."""

    def submit(self, *_: Any, **__: Any) -> Any:
        """Fail, later."""
        future: Future[None] = Future()
        future.set_exception(BrokenProcessPool("gone"))
        return future


def test_who_is_gone_is_told_of_each_source() -> None:
    """And nothing hangs."""
    found = list(formcheck.check_many(PATHS, "bridge", executor=Broken()))
    assert len(found) == 3
    assert all("stopped" in each.error for each in found)
