"""The smoothing: what it leaves as it is, what it takes away, and how late it is."""

from collections.abc import Sequence
from math import nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.figure.script import minimum_jerk
from formcheck.measuring.smoothing import DELAY, WIDTH, Points, SmoothedPoints, Smoother, fitted
from formcheck.pose import Array

GONE = complex(nan, nan)
PLACE = 0.25


def _follow(times: Sequence[float], points: Points) -> list[SmoothedPoints]:
    """All the moments of points (T, N), with the last ones."""
    smoother = Smoother()
    told = [smoother.update(time, each) for time, each in zip(times, points, strict=True)]
    return told + list(smoother.finish())


def _uneven(rate: int, seconds: float = 2.0, seed: int = 1) -> Array:
    """Frame times of which no two are equally far apart, but for the first and the last."""
    times = np.arange(round(seconds * rate) + 1) / rate
    times[1:-1] += np.random.default_rng(seed).uniform(-0.4, 0.4, len(times) - 2) / rate
    return times


@settings(max_examples=30)
@given(
    st.integers(15, 60),
    st.floats(-5, 5),
    st.floats(-5, 5),
    st.floats(-20, 20),
    st.integers(0, 99),
)
def test_a_parabola_is_reproduced_exactly(
    rate: int, start: float, speed: float, bend: float, seed: int
) -> None:
    """From the first moment to the last, however unevenly the frames come."""

    def curve(t: Array) -> Array:
        return start + speed * t + bend * t * t

    times = _uneven(rate, seed=seed)
    points = curve(times).astype(complex)[:, None] * (1 + 2j)
    moments = _follow(times.tolist(), points)
    for moment, fit in moments:
        # So near to a beginning or an end that a line must do, it is one of the nearest poses.
        if times[3] <= moment <= times[-4]:
            assert fit[0] == pytest.approx(curve(np.array(moment)) * (1 + 2j), abs=1e-6)


def test_few_poses_give_a_line_and_one_gives_itself() -> None:
    """No more is made of them than they tell."""
    assert fitted(np.array([0.01]), np.array([[3 + 1j]])) == pytest.approx([3 + 1j])
    offsets = np.array([-0.1, 0.0, 0.1])
    line = (2.0 + 5.0 * offsets).astype(complex)[:, None]
    assert fitted(offsets, line) == pytest.approx([2.0])
    # The three lie on a parabola, but might as well be noise.
    assert abs(fitted(offsets, (offsets**2).astype(complex)[:, None])[0]) > 1e-4


@pytest.mark.parametrize("rate", [10, 24, 30, 60])
def test_a_moment_is_told_after_the_delay_and_all_are_told_in_the_end(rate: int) -> None:
    """First at once, then ever later; `finish` goes on from there to the last pose."""
    times = (np.arange(2 * rate) / rate).tolist()
    smoother = Smoother()
    told = [smoother.update(time, np.zeros(1, complex))[0] for time in times]
    late = [time - moment for time, moment in zip(times, told, strict=True)]
    assert late[0] == 0
    assert late[-1] == pytest.approx(DELAY)
    assert max(late) <= DELAY + 1e-9
    last = [moment for moment, _ in smoother.finish()]
    assert last[-1] == times[-1]
    assert len(last) == len([time for time in times if time > told[-1]])
    steps = np.diff(told + last)
    assert steps.min() > 0
    assert steps.max() < 1.5 / rate


def test_nothing_is_left_to_tell_of_nobody() -> None:
    """Neither before the first pose nor after everything was forgotten."""
    smoother = Smoother()
    assert list(smoother.finish()) == []
    smoother.update(0.0, np.zeros(1, complex))
    smoother.reset()
    assert list(smoother.finish()) == []


def test_what_was_forgotten_has_no_part_in_what_comes_next() -> None:
    """A new beginning is where the person is then."""
    smoother = Smoother()
    for k in range(10):
        smoother.update(k / 30, np.full(1, 5 + 5j))
    smoother.reset()
    moment, points = smoother.update(1.0, np.full(1, 1 + 1j))
    assert (moment, points[0]) == (1.0, 1 + 1j)


def test_a_point_is_known_where_the_pose_nearest_to_the_moment_has_it() -> None:
    """A gap is as long as it was, and what is around it is fitted to what was seen."""
    times = np.arange(61) / 30
    points = np.stack([PLACE + 3 * times, 1 - times], axis=1).astype(complex)
    hidden = (times > 0.9) & (times < 1.1)
    points[hidden, 0] = GONE
    for moment, fit in _follow(times.tolist(), points):
        is_hidden = hidden[np.argmin(np.abs(times - moment))]
        assert np.isnan(fit[0]) == is_hidden
        assert fit[1] == pytest.approx(1 - moment)
        if not is_hidden:
            assert fit[0] == pytest.approx(PLACE + 3 * moment)


def test_a_single_pose_that_was_lost_leaves_a_moment_unknown_and_no_more() -> None:
    """The points of the others go on as if nothing had been."""
    times = np.arange(31) / 30
    points = np.full((31, 1), PLACE, complex)
    points[15] = GONE
    unknown = [m for m, fit in _follow(times.tolist(), points) if np.isnan(fit[0])]
    assert unknown == pytest.approx([0.5], abs=1 / 30)


@pytest.mark.parametrize("rate", [25, 30, 60])
def test_a_quick_movement_keeps_its_height_and_its_place(rate: int) -> None:
    """Up and down in 0.7 s: nine tenths and more of its height, at the same time."""
    times = np.arange(2 * rate) / rate
    heights = minimum_jerk(1 - np.abs((times - 1.0) / 0.35))
    moments = _follow(times.tolist(), heights.astype(complex)[:, None])
    when, height = max(((m, fit[0].real) for m, fit in moments), key=lambda each: each[1])
    assert height > 0.9
    assert when == pytest.approx(1.0, abs=1 / rate)


@pytest.mark.parametrize("rate", [30, 60])
def test_noise_that_is_new_in_each_frame_is_reduced(rate: int) -> None:
    """By as much as the window holds frames; and nothing beyond its width has a part in it."""
    noise = np.random.default_rng(3).normal(size=(20 * rate, 1)).astype(complex)
    moments = _follow((np.arange(20 * rate) / rate).tolist(), noise)
    assert np.std([fit[0].real for _, fit in moments]) < 0.8 * (30 / rate) ** 0.5
    offsets = np.arange(-30, 31) / 60
    spike = np.where(np.abs(offsets) > WIDTH, 1e3, 0.0).astype(complex)[:, None]
    assert abs(fitted(offsets, spike)[0]) < 1e-6
