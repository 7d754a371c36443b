"""Names, numbers and limits in words: each is said in one way."""

from math import nan

import pytest

from formcheck.exercise import Condition
from formcheck.wording import (
    amount,
    as_name,
    bounds,
    clock,
    count,
    extent,
    limits,
    percent,
    percent_of,
    plain,
    seconds,
    should,
    spaced,
)


def test_names_become_words_and_words_names() -> None:
    """However the words are spelled."""
    assert (spaced("too_low"), plain("too_low")) == ("too low", "Too low")
    assert {as_name(words) for words in ("Sit-up", " sit  up", "SIT_UP")} == {"sit_up"}


def test_what_is_unknown_is_a_dash_unless_there_is_a_better_word() -> None:
    """In every kind of number."""
    assert {seconds(nan), seconds(None), amount(nan, " degrees"), percent(nan)} == {"-"}
    assert seconds(nan, unknown="not seen") == "not seen"


@pytest.mark.parametrize(
    ("unit", "told"),
    [
        (" degrees", "41°"),
        ("degrees", "41°"),
        (" torsos", "2028 cm"),
        ("torsos", "2028 cm"),
        ("of the way", "4057%"),
        (" of its rest length", "4057%"),
        ("s", "40.6 s"),
    ],
)
def test_an_amount_is_as_exact_as_its_unit_deserves(unit: str, told: str) -> None:
    """A camera does not tell tenths of a degree. The unit may have its space or not."""
    assert amount(40.567, unit) == told


def test_numbers_are_told_briefly() -> None:
    """Counts, times and shares."""
    assert (count(1, "rep"), count(0, "rep"), seconds(2.04)) == ("1 rep", "0 reps", "2.0 s")
    assert (clock(61.9), clock(-0.1)) == ("1:01", "0:00")
    assert (percent(0.994), percent_of(199, 200), percent_of(0, 0)) == ("99%", 99, 0)


def test_several_values_are_told_by_their_ends() -> None:
    """Or as one, where all are told alike."""
    assert extent([170.25, 168.0], " degrees") == "168 to 170°"
    assert extent([0.311, 0.316], " torsos") == "16 cm"


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
    assert bounds(low, high, " s", digits=3) == words


@pytest.mark.parametrize(
    ("above", "below", "rule", "advice"),
    [
        (160.5, None, "above 160.5", "stay at or below 160.5"),
        (None, 2.7, "below 2.7", "aim for 2.7 or more"),
        (10, 20, "above 10 and below 20", "keep out of 10 to 20"),
    ],
)
def test_what_should_be_is_the_other_side_of_a_faults_limit(
    above: float | None, below: float | None, rule: str, advice: str
) -> None:
    """What is a fault above a limit should be at most that."""
    condition = Condition("measure", "x", above, below)
    assert (limits(condition), should(condition)) == (rule, advice)
