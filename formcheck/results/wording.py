"""Numbers and limits in words, the same wherever a person reads them."""

from collections.abc import Sequence

from formcheck.exercise import Condition


def count(number: int, word: str) -> str:
    """How many of something, as `1 rep` or `3 reps`."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def short_unit(unit: str) -> str:
    """The unit as it is written behind a number where there is little room."""
    return "°" if unit == " degrees" else unit


def seconds(value: float) -> str:
    """A duration, or a dash where it is unknown."""
    return f"{value:.1f} s" if value == value else "-"


def extent(values: Sequence[float], decimals: int) -> str:
    """The lowest and the highest of some values, or the one that all are."""
    low, high = f"{min(values):.{decimals}f}", f"{max(values):.{decimals}f}"
    return low if low == high else f"{low} to {high}"


def should(condition: Condition) -> str:
    """What the value of a fault's condition should be instead."""
    above, below = condition.above, condition.below
    if above is not None and below is not None:
        return f"should not be between {above:g} and {below:g}"
    return f"should be at least {below:g}" if above is None else f"should be at most {above:g}"
