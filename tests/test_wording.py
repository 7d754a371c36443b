"""Names, numbers and limits in words: each is said in one way."""

from math import nan

import pytest

from formcheck.exercise import Condition
from formcheck.wording import (
    amount,
    as_name,
    as_title,
    clock,
    count,
    extent,
    in_words,
    measured,
    percent,
    seconds,
    should,
    whole_percent,
    within,
)


def test_names_become_words_and_words_names() -> None:
    """However the words are spelled."""
    assert (in_words("too_low"), as_title("too_low")) == ("too low", "Too low")
    assert {as_name(words) for words in ("Sit-up", " sit  up", "SIT_UP")} == {"sit_up"}


def test_what_is_unknown_is_a_dash_unless_there_is_a_better_word() -> None:
    """In every kind of number."""
    assert {seconds(nan), seconds(None), amount(nan, " degrees"), percent(nan)} == {"-"}
    assert seconds(nan, unknown="not seen") == "not seen"


@pytest.mark.parametrize(
    ("unit", "told"), [(" degrees", "41°"), (" torsos", "40.57 torsos"), (" s", "40.57 s")]
)
def test_an_amount_is_as_exact_as_its_unit_deserves(unit: str, told: str) -> None:
    """A camera does not tell tenths of a degree."""
    assert amount(40.567, unit) == told


def test_numbers_are_told_briefly() -> None:
    """Counts, times, shares and extents."""
    assert (count(1, "rep"), count(0, "rep")) == ("1 rep", "0 reps")
    assert (seconds(2.04), seconds(2.04, 2), clock(61.9)) == ("2.0 s", "2.04 s", "1:01")
    assert (percent(0.994), whole_percent(199, 200), whole_percent(0, 0)) == ("99%", 99, 0)
    assert (extent([1.0, 1.01], 1), extent([2.0, 1.0], 1)) == ("1.0", "1.0 to 2.0")
    assert measured([170.25, 168.0], " degrees") == "168.0 to 170.2 degrees"


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (None, None, ""),
        (2.7, None, "at least 2.7 s"),
        (None, 3.333333, "at most 3.33 s"),
        (1, 2, "1 to 2 s"),
    ],
)
def test_a_band_is_told_by_its_ends(low: float | None, high: float | None, words: str) -> None:
    """As far as it has any."""
    assert within(low, high, " s", digits=3) == words


@pytest.mark.parametrize(
    ("above", "below", "words"),
    [
        (160.5, None, "should be at most 160.5"),
        (None, 2.7, "should be at least 2.7"),
        (10, 20, "should not be between 10 and 20"),
    ],
)
def test_what_should_be_is_the_other_side_of_a_faults_limit(
    above: float | None, below: float | None, words: str
) -> None:
    """What is above a limit should be at most that."""
    assert should(Condition("measure", "x", above, below)) == words
