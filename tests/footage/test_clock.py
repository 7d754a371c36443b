"""The clock of a video file, which need not be right."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.footage.clock import SMALLEST_STEP, FileClock


def shown(clock: FileClock, *stated: float) -> list[float | None]:
    """The times of the pictures for which a file states these."""
    return [clock.next(each) for each in stated]


def test_the_smallest_step_is_a_millisecond() -> None:
    """MediaPipe's clock has no smaller one."""
    assert SMALLEST_STEP == 0.001
    assert shown(FileClock(1.0), 1.0, 0.9, 1.1) == pytest.approx([1.001, 1.002, 1.1])


def test_a_clock_that_begins_anew_goes_on() -> None:
    """Two files joined into one: the first picture of the second is given up to be sure."""
    clock = FileClock(9.92)
    assert shown(clock, 9.96, 0.0, 0.04, 0.08) == [
        9.96, None, pytest.approx(10.04), pytest.approx(10.08),
    ]  # fmt: skip
    assert clock.began_anew == [9.96]


def test_a_clock_that_goes_back_goes_on() -> None:
    """By three seconds, as where a camera sets its clock."""
    clock = FileClock(5.0)
    assert shown(clock, 2.0, 2.04)[1] == pytest.approx(5.08)


def test_a_stray_picture_is_left_out() -> None:
    """Damage makes a decoder give one too late, or with an absurd time."""
    clock = FileClock(7.44)
    assert shown(clock, 7.48, 6.24, 7.52, 9e9, 7.56) == [7.48, None, 7.52, None, 7.56]
    assert clock.began_anew == []


def test_a_time_without_pictures_is_kept_and_told() -> None:
    """Some cameras write none while nothing moves."""
    clock = FileClock(8.0)
    assert shown(clock, 13.0, 13.04) == [13.0, 13.04]
    assert clock.gaps == [(8.0, 13.0)]


@given(st.floats(0, 1e6), st.lists(st.floats(allow_nan=False, allow_infinity=False)))
def test_time_always_goes_on(first: float, stated: list[float]) -> None:
    """Whatever the file states, by a millisecond at least."""
    clock = FileClock(first)
    times = [first, *(time for time in shown(clock, *stated) if time is not None)]
    assert all(later > earlier for earlier, later in pairwise(times))
