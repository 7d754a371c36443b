"""Time is what the samples carry: no result depends on how many of them there are."""

from math import isnan, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.figure.script import minimum_jerk
from formcheck.measuring.timing import (
    Dwell,
    Floor,
    Slope,
    line_slope,
    overlap,
    sustained_high,
    sustained_low,
)

rates = st.integers(10, 60)


@pytest.mark.parametrize(
    ("sequence", "expected"),
    [
        ([(0.0, True), (0.1, True), (0.2, True)], [False, False, True]),
        ([(0.0, True), (0.1, False), (0.2, True)], [False, False, False]),
        ([(5.0, True), (5.3, True), (5.4, False)], [False, True, False]),
    ],
)
def test_what_lasts_is_believed(sequence: list[tuple[float, bool]], expected: list[bool]) -> None:
    """After the whole time without a break, and not before."""
    dwell = Dwell(0.2)
    assert [dwell.update(time, is_true) for time, is_true in sequence] == expected


def test_no_time_to_last_means_at_once() -> None:
    """A dwell of nothing believes the first sample, and remembers since when."""
    dwell = Dwell(0.0)
    assert dwell.update(3.0, True)
    assert dwell.since == 3.0
    dwell.reset()
    assert dwell.since is None


@given(rates)
def test_a_floor_follows_the_lower_values_of_its_window(rate: int) -> None:
    """Three in ten lie below it; what is older is forgotten."""
    floor = Floor(window=3.0, share=0.3, every=0.1)
    assert isnan(floor.level)
    for i in range(10 * rate):
        floor.update(i / rate, i / rate)
    assert floor.level == pytest.approx(10.0 - 0.7 * 3.0, abs=0.1 + 2 / rate)
    assert floor.samples[-1][0] - floor.samples[0][0] <= 3.0
    floor.clear()
    assert not floor.samples


@given(rates, st.floats(-50, 50), st.floats(0, 1e5))
def test_the_slope_of_a_line_is_its_slope(rate: int, slope: float, start: float) -> None:
    """At any frame rate and on any clock."""
    measured = Slope(0.25)
    values = [measured.update(start + i / rate, slope * i / rate) for i in range(rate)]
    assert isnan(values[0])
    assert values[-1] == pytest.approx(slope, abs=1e-4)


def test_one_moment_has_no_slope() -> None:
    """Nor have two samples at the same time."""
    assert isnan(line_slope([(1.0, 5.0)]))
    assert isnan(line_slope([(1.0, 5.0), (1.0, 6.0)]))


@given(rates)
def test_noise_does_not_grow_with_the_frame_rate(rate: int) -> None:
    """A frame-to-frame difference would; a window in seconds keeps the slope steady."""
    random = np.random.default_rng(rate)
    slope = Slope(0.25)
    seen = [slope.update(i / rate, float(random.normal())) for i in range(20 * rate)]
    assert np.nanstd(seen[rate:]) < 12


@given(rates)
def test_a_spike_is_not_a_height_that_was_held(rate: int) -> None:
    """One frame at 100 does not count, half a second at 50 does; the same for the lowest."""
    times = [i / rate for i in range(2 * rate)]
    values = [50.0 if 0.5 <= t < 1.0 else 10.0 for t in times]
    values[rate // 4] = 100.0
    assert sustained_high(times, values, 0.2) == 50.0
    assert sustained_low(times, [-value for value in values], 0.2) == -50.0


@given(rates, st.floats(0.3, 3.0))
def test_a_quick_movement_keeps_its_height(rate: int, seconds: float) -> None:
    """Up and down in a third of a second or in three, nine tenths of what was reached are told."""
    times = [i / rate for i in range(round(seconds * rate) + 1)]
    values = [40.0 * float(minimum_jerk(1 - abs(2 * t / seconds - 1))) for t in times]
    assert sustained_high(times, values) == pytest.approx(max(values), rel=0.1)
    slow = [t for t in times if t > 1.0]
    assert not slow or sustained_high(times, values) == pytest.approx(40.0, rel=0.05)


def test_little_that_is_known_is_judged_by_its_half() -> None:
    """Two frames cannot show 0.2 s: their own middle must do. Nothing known is unknown."""
    assert sustained_high([0.0, 0.1], [3.0, 5.0], 0.2) == 5.0
    assert isnan(sustained_high([0.0, 0.1], [nan, nan], 0.2))
    assert isnan(sustained_high([], [], 0.2))


@pytest.mark.parametrize(
    ("one", "other", "seconds"),
    [((0.0, 3.0), (1.0, 5.0), 2.0), ((0.0, 5.0), (1.0, 2.0), 1.0), ((0.0, 1.0), (3.0, 4.0), -2.0)],
)
def test_spans_share_seconds_or_lie_apart(
    one: tuple[float, float], other: tuple[float, float], seconds: float
) -> None:
    """Whichever comes first."""
    assert overlap(one, other) == overlap(other, one) == seconds
