"""An attempt in numbers, from its samples."""

import numpy as np
import pytest

from formcheck.counting.attempt import Attempt, Track, measure_attempt
from formcheck.measuring.flank import HANGING, ONSET

FPS = 30.0


def held(seconds: float, dip: float = 0.0, unseen: tuple[float, float] = (0.0, 0.0)) -> Attempt:
    """Go up by 50 in a second, stay so long, and come back, with a dip of 0.4 s in mid-stay.

    Nothing is seen from when to when `unseen` says.
    """
    times = np.arange(0.0, seconds + 3.0, 1 / FPS)
    heights = np.interp(times, [0.5, 1.5, 1.5 + seconds, 2.5 + seconds], [0.0, 50.0, 50.0, 0.0])
    heights[abs(times - 1.5 - seconds / 2) < 0.2] -= dip
    track = Track(0.0)
    for time, height in zip(times.tolist(), heights.tolist(), strict=True):
        if not unseen[0] < time < unseen[1]:
            track.add(time, height)
    return measure_attempt(track, "")


def test_an_unbroken_hold_is_as_long_as_it_is() -> None:
    """The time within a tenth of the way from the top."""
    attempt = held(3.0)
    assert attempt.hold == pytest.approx(3.2, abs=0.1)
    assert attempt.hold_at_most == attempt.hold


def test_a_hold_broken_up_by_what_may_be_noise_may_have_been_longer() -> None:
    """A dip of a quarter of the way is no more than MediaPipe makes by itself."""
    attempt = held(3.0, dip=13.0)
    assert attempt.hold < 2.0
    assert attempt.hold_at_most == pytest.approx(3.4, abs=0.1)


def test_a_hold_that_was_broken_off_was_not_longer() -> None:
    """Who sinks by half of the way has not held."""
    attempt = held(3.0, dip=25.0)
    assert attempt.hold < 2.0
    assert attempt.hold_at_most < 2.0


def test_a_hold_that_went_on_unseen_may_have_been_longer() -> None:
    """At most for as long as nothing was seen."""
    attempt = held(3.0, unseen=(2.0, 5.0))
    assert attempt.hold < 2.0
    assert attempt.hold_at_most == pytest.approx(3.6, abs=0.1)
    assert held(3.0, unseen=(5.0, 6.0)).hold_at_most == held(3.0).hold


def lifted(onset: float) -> Attempt:
    """Swing a hanging limb up by 70 degrees from 1.0 to 2.0 s, and down from 3.0 to 4.0 s."""
    times = np.arange(0.0, 5.0, 1 / FPS)
    way = np.interp(times, [1.0, 2.0, 3.0, 4.0], [0.0, 1.0, 1.0, 0.0])
    gently = 10 * way**3 - 15 * way**4 + 6 * way**5
    track = Track(0.0)
    for time, height in zip(times, 1 - np.cos(np.radians(70 * gently)), strict=True):
        if 1.1 < time < 3.9:  # the rest of it hardly rises, and is taken for rest
            track.add(float(time), float(height))
    return measure_attempt(track, "", onset)


def test_a_limb_that_hangs_began_to_swing_before_it_rose() -> None:
    """And comes to rest after it has come down."""
    attempt = lifted(HANGING)
    assert (attempt.start, attempt.end) == pytest.approx((1.0, 4.0), abs=0.03)
    assert (attempt.out, attempt.back) == pytest.approx((1.0, 1.0), abs=0.05)
    late = lifted(ONSET)
    assert late.start > 1.15
    assert late.end < 3.85
