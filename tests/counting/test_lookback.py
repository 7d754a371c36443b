"""When a rep began, seen by what moves before its own measure."""

from math import nan
from typing import Any, cast

import numpy as np
import pytest

from formcheck.counting.attempt import Attempt, Track, measure_attempt
from formcheck.counting.lookback import LONGEST, Lead, Remembered

LEAST = 8.0
LEAD = Lead(place=0, least=LEAST)
TIMES = np.arange(0.0, 5.0, 1 / 30)


def eased(times: list[float], values: list[float]) -> list[float]:
    """Go through these values at these times, each way with the least jerk, as people move."""
    place = np.interp(TIMES, times, np.arange(len(times)))
    before = np.floor(place).astype(int)
    after = np.minimum(before + 1, len(times) - 1)
    share = place - before
    eased = 10 * share**3 - 15 * share**4 + 6 * share**5
    known = np.array(values)
    return (known[before] + eased * (known[after] - known[before])).tolist()


def attempt() -> Attempt:
    """One that goes out from 2.0 to 3.0 s, stays until 3.5 and is back at 4.5."""
    heights = eased([2.0, 3.0, 3.5, 4.5], [0.0, 60.0, 60.0, 0.0])
    track = Track(0.0)
    for time, height in zip(TIMES.tolist(), heights, strict=True):
        track.add(time, height)
    return measure_attempt(track, "")


def memories(times: list[float], values: list[float]) -> list[Remembered]:
    """What was remembered of a measure that goes through these values at these times."""
    kept = []
    for time, value in zip(TIMES.tolist(), eased(times, values), strict=True):
        body = type("Body", (), {"time": time})
        kept.append(Remembered(cast(Any, body), cast(Any, None), [], [value], True, nan))
    return kept


def test_a_rep_begins_with_what_grows_before_its_own_measure_moves() -> None:
    """Half a second earlier, here."""
    own = attempt().start
    led = LEAD.start(memories([1.5, 2.5, 3.0], [5.0, 40.0, 5.0]), attempt(), -np.inf)
    assert own == pytest.approx(2.0, abs=0.1)
    assert led == pytest.approx(1.5, abs=0.1)


@pytest.mark.parametrize(
    ("times", "values"),
    [
        ([1.5, 2.5, 3.0], [5.0, 5.0 + LEAST / 2, 5.0]),
        ([1.5, 2.5], [40.0, 5.0]),
        ([2.5, 3.0], [5.0, 40.0]),
        ([0.0], [nan]),
    ],
    ids=["hardly grows", "shrinks", "grows later", "not seen"],
)
def test_what_does_not_lead_changes_nothing(times: list[float], values: list[float]) -> None:
    """Then the rep begins with its own measure."""
    assert LEAD.start(memories(times, values), attempt(), -np.inf) == attempt().start


def test_a_rep_begins_after_the_one_before() -> None:
    """And never much before its own measure moves."""
    slow = memories([0.8, 3.0], [0.0, 90.0])
    assert 1.8 <= LEAD.start(slow, attempt(), 1.8) < attempt().start
    assert LEAD.start(slow, attempt(), -np.inf) >= attempt().start - LONGEST
