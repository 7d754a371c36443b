"""More than half decide."""

import pytest

from formcheck.measuring.majority import mostly


@pytest.mark.parametrize(
    ("answers", "is_so"),
    [([], False), ([True], True), ([True, False], False), ([True, False, True], True)],
)
def test_more_than_half_of_the_answers_must_be_yes(answers: list[bool], is_so: bool) -> None:
    """Half is not enough, and nothing is true of none."""
    assert mostly(answers) == is_so
