"""Waves in a course: which stand out, how far, and from what."""

from math import pi, sin

import pytest

from formcheck.learning.peaks import find_waves, prominences, spread

TWO = [0.0, 5.0, 1.0, 4.0, 0.0]


def test_a_wave_stands_out_as_far_as_one_must_come_down_to_climb_higher() -> None:
    """The higher of two stands out from the ground, the lower from the dip between them."""
    assert sorted(prominences(TWO)) == [(3.0, 3), (5.0, 1)]


def test_a_wave_that_the_end_cuts_off_does_not_stand_out() -> None:
    """A course that begins or ends high has no wave there."""
    assert prominences([5.0, 0.0, 5.0]) == []
    assert prominences([]) == []


def test_a_flat_top_is_one_wave() -> None:
    """At the first place where it is reached."""
    assert prominences([0.0, 2.0, 2.0, 2.0, 0.0]) == [(2.0, 1)]


@pytest.mark.parametrize("count", [1, 3, 7])
def test_as_many_waves_are_found_as_there_are(count: int) -> None:
    """In a sine with small noise on it, each at its crest and as high as it is."""
    course = [
        50 * sin(2 * pi * (i / 100 - 0.25)) + 0.5 * sin(i * 1.7) for i in range(100 * count + 1)
    ]
    found = find_waves([course], count)
    assert found is not None
    (waves,) = found.waves
    assert [crest // 100 for crest in waves.crests] == list(range(count))
    assert found.ranges == pytest.approx([100] * count, abs=2)
    assert found.other < 2
    assert found.clearness > 0.95


def test_one_wave_more_than_there_are_is_not_clear() -> None:
    """The smallest wave is then one that is none."""
    course = [50 * sin(2 * pi * (i / 100 - 0.25)) + 0.5 * sin(i * 1.7) for i in range(301)]
    found = find_waves([course], 4)
    assert found is not None
    assert found.clearness < 0.05


def test_one_wave_fewer_than_there_are_is_not_clear() -> None:
    """Another stands out as far as those that were taken."""
    found = find_waves([[0.0, 5.0, 0.0, 5.1, 0.0, 5.2, 0.0]], 2)
    assert found is not None
    assert found.other == 5.0
    assert found.clearness < 0.05


def test_waves_of_two_courses_are_counted_together() -> None:
    """As legs that take turns are, and one that rests all the while does no harm."""
    found = find_waves([[0.0, 9.0, 0.0, 8.0, 0.0], [0.0, 1.0, 0.0, 7.0, 0.0]], 3)
    assert found is not None
    assert [waves.tops for waves in found.waves] == [(9.0, 8.0), (7.0,)]
    assert found.other == 1.0


def test_there_are_no_more_waves_than_there_are() -> None:
    """A course that rises all the time has none."""
    assert find_waves([[0.0, 1.0, 2.0]], 1) is None
    assert find_waves([TWO], 3) is None


def test_the_spread_does_not_mind_one_that_is_far_off() -> None:
    """It is the median distance from the median."""
    assert spread([10.0, 11.0, 12.0, 13.0, 90.0]) == 1.0
