"""Which rep that was found is which that was labelled: by time, by side, each at most once."""

from math import nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.evaluation.labels import RepLabel
from formcheck.evaluation.matching import (
    FoundRep,
    found_in,
    match_partials,
    match_reps,
    off_the_top,
    overlap,
)
from formcheck.events import Hold, Partial, Set, Summary
from formcheck.exercise import Side

TIMES = st.floats(0, 60)


def found(peak: float, hold: float = 0.0, side: Side | None = None, reach: float = 2.0) -> FoundRep:
    """A rep that was found, from `reach` before its peak to as long after it."""
    return FoundRep(side, peak - reach, peak, peak + reach, hold, 1.0, 1.0, (), (), True)


@pytest.mark.parametrize(
    ("label", "rep", "is_same"),
    [
        (RepLabel(peak=5.5), found(5.0), True),
        (RepLabel(peak=5.6), found(5.0), False),
        (RepLabel(peak=6.4), found(5.0, hold=2.0), True),  # any moment of the hold is its peak
        (RepLabel(peak=6.6), found(5.0, hold=2.0), False),
        (RepLabel(peak=5.0, side="left"), found(5.0, side="left"), True),
        (RepLabel(peak=5.0, side="left"), found(5.0, side="right"), False),
        (RepLabel(peak=5.0), found(5.0, side="right"), True),
        (RepLabel(start=3.0, end=7.0), found(5.0), True),
        (RepLabel(start=5.0, end=7.0), found(5.0), True),  # overlaps by exactly half
        (RepLabel(start=5.1, end=7.0), found(5.0), False),
        (RepLabel(start=3.0, peak=6.0, end=7.0), found(5.0), True),
        (RepLabel(start=3.4), found(5.0), True),
        (RepLabel(start=3.6), found(5.0), False),
        (RepLabel(end=7.4), found(5.0), True),
        (RepLabel(end=7.6), found(5.0), False),
        (RepLabel(), found(5.0), False),
    ],
)
def test_a_rep_is_the_labelled_one_if_it_is_near_enough(
    label: RepLabel, rep: FoundRep, is_same: bool
) -> None:
    """Its peak within half a second of the hold, or half of the time in common."""
    assert match_reps([label], [rep]) == ({0: 0} if is_same else {})


def test_the_nearest_are_matched_first() -> None:
    """So that a rep too many does not push all that follow by one."""
    labels = [RepLabel(peak=1.0), RepLabel(peak=2.0), RepLabel(peak=3.0)]
    reps = [found(1.4), found(2.0), found(2.45), found(2.9)]
    assert match_reps(labels, reps) == {0: 0, 1: 1, 2: 3}


@given(st.lists(TIMES, max_size=8), st.lists(TIMES, max_size=8))
def test_nothing_is_matched_twice(labelled: list[float], seen: list[float]) -> None:
    """Whatever lies close together; and what is matched is near."""
    matched = match_reps([RepLabel(peak=t) for t in labelled], [found(t) for t in seen])
    assert len(set(matched.values())) == len(matched)
    assert all(abs(labelled[i] - seen[j]) <= 0.5 for i, j in matched.items())
    free = set(range(len(labelled))) - set(matched)
    left = set(range(len(seen))) - set(matched.values())
    assert not [1 for i in free for j in left if abs(labelled[i] - seen[j]) <= 0.5]


@given(st.lists(TIMES, min_size=4, max_size=4))
def test_overlap_is_a_share(times: list[float]) -> None:
    """From 0 to 1, the same from either side, and 1 with itself."""
    one, other = (min(times[:2]), max(times[:2])), (min(times[2:]), max(times[2:]))
    assert 0.0 <= overlap(one, other) <= 1.0
    assert overlap(one, other) == overlap(other, one)
    assert overlap(one, one) == 1.0


def test_half_of_the_time_in_common_is_half() -> None:
    """Two of four seconds, taken together."""
    assert overlap((0.0, 3.0), (1.0, 4.0)) == pytest.approx(0.5)
    assert overlap((0.0, 1.0), (2.0, 3.0)) == 0.0


def test_how_far_a_peak_is_off_is_counted_from_the_hold() -> None:
    """None within it, and unknown without a labelled peak or with a hold of unknown length."""
    assert off_the_top(RepLabel(peak=5.9), found(5.0, hold=2.0)) == 0.0
    assert off_the_top(RepLabel(peak=6.5), found(5.0, hold=2.0)) == pytest.approx(0.5)
    assert off_the_top(RepLabel(peak=5.3), found(5.0, hold=nan)) == pytest.approx(0.3)
    assert not off_the_top(RepLabel(), found(5.0)) >= 0


@pytest.mark.parametrize(
    ("label", "is_same"),
    [
        (RepLabel(peak=4.0), True),
        (RepLabel(peak=5.4), True),
        (RepLabel(peak=5.6), False),
        (RepLabel(start=3.2, end=5.0), True),
        (RepLabel(peak=4.0, side="right"), False),
    ],
)
def test_a_partial_is_matched_by_its_time(label: RepLabel, is_same: bool) -> None:
    """Its peak within the attempt, for what is known of a partial is only when it was."""
    partial = Partial("left", 3.0, 5.0, 12.0, "did not go far enough to count")
    assert match_partials([label], [partial]) == ({0: 0} if is_same else {})


def test_the_holds_of_a_timed_exercise_are_found_like_reps() -> None:
    """With the middle as their peak."""
    hold = Hold(1, None, 2.0, 12.0, 9.5, 8.0)
    (one,) = found_in(Summary("plank", (Set(None, (), (), (hold,)),), ()))
    assert (one.start, one.peak, one.end, one.hold) == (2.0, 7.0, 12.0, 9.5)
