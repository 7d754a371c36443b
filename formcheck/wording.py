"""Names, numbers and limits in words, the same wherever a person reads or hears them.

A unit is that of `measuring.kinds`: with its space before it, as ` degrees`. What is unknown, NaN
or `None`, is `-` unless the caller has a better word.
"""

from collections.abc import Sequence
from math import floor, isfinite

from formcheck.exercise import Condition

UNKNOWN = "-"


# Names.


def in_words(name: str) -> str:
    """A name as words: `hold_too_short` is `hold too short`."""
    return name.replace("_", " ")


def as_title(name: str) -> str:
    """A name as words that begin a line: `hold_too_short` is `Hold too short`."""
    return in_words(name).capitalize()


def as_name(words: str) -> str:
    """Words written as a name, however they are spelled: `Hold too short` is `hold_too_short`."""
    kept = "".join(letter if letter.isalnum() else " " for letter in words.lower())
    return "_".join(kept.split())


# Numbers.


def count(number: int, word: str) -> str:
    """How many of something, as `1 rep` or `3 reps`."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def number(value: float | None, decimals: int, unknown: str = UNKNOWN) -> str:
    """A number with so many decimals."""
    return unknown if value is None or not isfinite(value) else f"{value:.{decimals}f}"


def seconds(value: float | None, decimals: int = 1, unknown: str = UNKNOWN) -> str:
    """A duration."""
    return amount(value, " s", decimals, unknown)


def at(time: float) -> str:
    """When something happened."""
    return f"at {time:.1f} s"


def clock(time: float) -> str:
    """When something happened, as people read it: minutes and seconds."""
    whole = max(0, floor(time))
    return f"{whole // 60}:{whole % 60:02d}"


def amount(
    value: float | None, unit: str, decimals: int | None = None, unknown: str = UNKNOWN
) -> str:
    """A value with its unit, as short as can be, and as exact as is worth saying."""
    told = number(value, decimals_of(unit) if decimals is None else decimals, "")
    return f"{told}{short_unit(unit)}" if told else unknown


def percent(share: float) -> str:
    """A share from 0 to 1, in hundredths."""
    return f"{100 * share:.0f}%" if isfinite(share) else UNKNOWN


def whole_percent(part: int, whole: int) -> int:
    """How many of a hundred; 100 only if it is all of them."""
    return 100 * part // max(1, whole)


# Units.


def is_degrees(unit: str) -> bool:
    """Whether a unit, with or without its space, is that of an angle."""
    return unit.strip() == "degrees"


def short_unit(unit: str) -> str:
    """The unit as it is written behind a number where there is little room."""
    return "°" if is_degrees(unit) else unit


def decimals_of(unit: str) -> int:
    """How many decimals are worth saying of one value in a unit: a degree is fine enough."""
    return 0 if is_degrees(unit) else 2


# Several values, and limits.


def extent(values: Sequence[float], decimals: int) -> str:
    """The lowest and the highest of some values, or the one that all are."""
    low, high = f"{min(values):.{decimals}f}", f"{max(values):.{decimals}f}"
    return low if low == high else f"{low} to {high}"


def measured(values: Sequence[float], unit: str) -> str:
    """What was measured where something was wrong, to be held against a limit: `12.1 degrees`."""
    return f"{extent(values, 1 if is_degrees(unit) else 2)}{unit}"


def within(low: float | None, high: float | None, unit: str = "", digits: int = 6) -> str:
    """The values from a lowest to a highest one; either may be missing, or both: then nothing."""
    if low is None:
        return "" if high is None else f"at most {high:.{digits}g}{unit}"
    if high is None:
        return f"at least {low:.{digits}g}{unit}"
    return f"{low:.{digits}g} to {high:.{digits}g}{unit}"


def should(condition: Condition) -> str:
    """What the value of a fault's condition should be instead."""
    above, below = condition.above, condition.below
    if above is not None and below is not None:
        return f"should not be between {above:g} and {below:g}"
    return f"should be {within(below, above)}"
