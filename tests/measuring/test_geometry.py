"""Plane geometry: signs, units, and angles that do not fold."""

from cmath import rect
from math import isnan, nan, radians

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.measuring.geometry import (
    UNKNOWN,
    Unfolding,
    Unwrapping,
    along,
    cross,
    direction,
    joint_angle,
    offset,
)

directions = st.floats(-179, 179)
lengths = st.floats(0.1, 10)


def _towards(degrees: float, length: float = 1.0) -> complex:
    return rect(length, radians(degrees))


@given(directions, st.floats(1, 179), lengths, lengths)
def test_a_joint_angle_is_the_turn_between_its_two_bones(
    start: float, bend: float, first: float, second: float
) -> None:
    """Whatever the lengths and the direction; its sign says to which side the joint bends."""
    joint = 3 + 4j
    a, b = joint + _towards(start, first), joint + _towards(start + bend, second)
    assert joint_angle(b, joint, a) == pytest.approx(bend)
    assert joint_angle(a, joint, b) == pytest.approx(-bend)


def test_an_unknown_point_makes_an_unknown_number() -> None:
    """NaN in, NaN out."""
    assert isnan(joint_angle(UNKNOWN, 0j, 1j))
    assert isnan(direction(0j, UNKNOWN))
    assert isnan(along(1 + 0j, UNKNOWN))
    assert isnan(offset(UNKNOWN, 0j, 1j))
    assert isnan(cross(UNKNOWN, 1j))


def test_a_line_without_length_has_no_place_on_it() -> None:
    """Dividing by nothing is unknown, not an error."""
    assert isnan(along(0j, 1j))
    assert isnan(offset(1j, 0j, 0j))


def test_up_is_ninety_degrees_and_right_is_none() -> None:
    """Directions are counted from the right, up first."""
    assert direction(0j, 1 + 0j) == 0
    assert direction(0j, 1j) == 90
    assert direction(0j, -1j) == -90


def test_left_of_a_line_is_positive() -> None:
    """Looking from a to b."""
    assert offset(-1 + 5j, 0j, 10j) == pytest.approx(1)
    assert offset(2 + 5j, 0j, 10j) == pytest.approx(-2)
    assert along(10j, 3 + 5j) == pytest.approx(0.5)


@pytest.mark.parametrize("side", [1, -1])
def test_an_overstretched_joint_reads_beyond_180(side: int) -> None:
    """Having been seen bent one way, the angle runs on past straight instead of folding back."""
    unfold = Unfolding()
    signed = [130.0, 160.0, 179.0, -179.0, -170.0, 175.0, 140.0]
    read = [unfold(side * angle) for angle in signed]
    assert read == pytest.approx([130, 160, 179, 181, 190, 175, 140])


def test_a_joint_overstretched_step_by_step_does_not_fold_back() -> None:
    """Far beyond straight it reads on; one that suddenly bends the other way has turned round."""
    unfold = Unfolding()
    assert [unfold(angle) for angle in (130.0, 175.0, -170.0, -155.0, -145.0)][-1] == 215.0
    assert unfold(-120.0) == 120.0


def test_a_joint_that_bends_far_the_other_way_has_turned_round() -> None:
    """A knee seen bent from the left, then, after a turn, bent more and more from the right."""
    unfold = Unfolding()
    read = [
        unfold(angle) for angle in (140.0, 176.0, -176.0, -164.0, -152.0, -142.0, -132.0, -90.0)
    ]
    assert read[-2:] == [132.0, 90.0]


def test_a_joint_never_seen_bent_reads_its_plain_size() -> None:
    """Near 180 there is no telling which way it bends."""
    unfold = Unfolding()
    assert [unfold(angle) for angle in (175.0, -175.0)] == [175.0, 175.0]


@pytest.mark.parametrize("side", [1, -1])
def test_a_joint_never_seen_bent_bends_as_expected(side: int) -> None:
    """Hips seen from above hardly look bent at rest, and far beyond straight at the top."""
    unfold = Unfolding()
    signed = [167.0, 179.0, -165.0, -154.0, -147.0, -160.0, 178.0, 168.0]
    read = [unfold(side * angle, side) for angle in signed]
    assert read == pytest.approx([167, 179, 195, 206, 213, 200, 178, 168])
    assert unfold(side * -120.0, side) == 120.0  # what is clearly seen is believed


def test_what_is_expected_may_change_until_a_joint_is_seen_clearly_bent() -> None:
    """As where the face was seen wrongly at first; after that it does not matter."""
    unfold = Unfolding()
    assert [unfold(158.0, sign) for sign in (-1.0, 0.0, 1.0, 0.0)] == [202.0, 202.0, 158.0, 158.0]
    assert [unfold(angle, -1.0) for angle in (140.0, 170.0)] == [140.0, 170.0]


def test_a_joint_out_of_sight_keeps_its_way_of_bending() -> None:
    """NaN neither changes nor loses it."""
    unfold = Unfolding()
    unfold(-120.0)
    assert isnan(unfold(nan))
    assert unfold(175.0) == 185.0


@given(st.lists(st.floats(-80, 80), min_size=1, max_size=30))
def test_a_direction_runs_on_where_it_would_jump(steps: list[float]) -> None:
    """However often it goes round, it changes by no more than it turned."""
    unwrap, total = Unwrapping(), 0.0
    unwrap(0.0)
    for step in steps:
        total += step
        folded = (total + 180) % 360 - 180
        assert unwrap(folded) == pytest.approx(total, abs=1e-6)


def test_a_direction_out_of_sight_is_taken_up_again_where_it_was() -> None:
    """NaN is given back, and the turn continues from the last direction known."""
    unwrap = Unwrapping()
    unwrap(170.0)
    assert isnan(unwrap(nan))
    assert unwrap(-170.0) == 190.0
