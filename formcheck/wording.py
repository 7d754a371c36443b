"""Numbers, limits and names in words, the same wherever a person reads them."""

from collections.abc import Sequence
from math import floor, isfinite

from formcheck.exercise import Condition, Severity

SEVERITY_WORDS: dict[Severity, str] = {
    "safety": "not safe",
    "fault": "needs work",
    "hint": "tip",
}
"""What a severity means to whoever exercises."""


def count(number: int, word: str) -> str:
    """How many of something, as `1 rep` or `3 reps`."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def spaced(name: str) -> str:
    """A name as words within a sentence: `hold_too_short` is `hold too short`."""
    return name.replace("_", " ")


def plain(name: str) -> str:
    """A name as words that begin a line: `hold_too_short` is `Hold too short`."""
    return spaced(name).capitalize()


def as_name(words: str) -> str:
    """Plain words written as a name: `Hold too short` is `hold_too_short`."""
    kept = "".join(letter if letter.isalnum() else " " for letter in words.lower())
    return "_".join(kept.split())


def short_unit(unit: str) -> str:
    """The unit as it is written behind a number where there is little room."""
    bare = unit.strip()
    return "°" if bare == "degrees" else f" {bare}" if bare else ""


DECIMALS = {"degrees": 0, "s": 1}
"""To how many decimals a person can use a number; hundredths of every other unit."""


def decimals_of(unit: str) -> int:
    """To how many decimals a person wants to know a range."""
    return DECIMALS.get(unit.strip(), 2)


def amount(value: float | None, unit: str, unknown: str = "-") -> str:
    """A range with its unit, as short as can be."""
    if value is None or not isfinite(value):
        return unknown
    return f"{value:.{decimals_of(unit)}f}{short_unit(unit)}"


def seconds(value: float | None, unknown: str = "-") -> str:
    """A duration to a tenth of a second."""
    return unknown if value is None or not isfinite(value) else f"{value:.1f} s"


def clock(time: float) -> str:
    """A time as people read it: minutes and seconds."""
    whole = max(0, floor(time))
    return f"{whole // 60}:{whole % 60:02d}"


def percent(share: float) -> str:
    """A share in whole hundredths, or a dash where it is unknown."""
    return f"{100 * share:.0f}%" if isfinite(share) else "-"


def percent_of(part: int, whole: int) -> int:
    """How many hundredths of the whole a part is: 100 only if it is all of it."""
    return 100 * part // max(1, whole)


def extent(values: Sequence[float], unit: str) -> str:
    """From the lowest to the highest of some values, or the one that all are, with the unit."""
    decimals = decimals_of(unit)
    low, high = f"{min(values):.{decimals}f}", f"{max(values):.{decimals}f}"
    return f"{low if low == high else f'{low} to {high}'}{short_unit(unit)}"


def bounds(low: float | None, high: float | None, unit: str = "", digits: int = 6) -> str:
    """Where a value may lie, as `at least 3 s` or `3 to 5 s`; nothing where it may be anything."""
    ends = [f"{end:.{digits}g}" for end in (low, high) if end is not None]
    if len(ends) == 2:
        return f"{ends[0]} to {ends[1]}{unit}"
    return f"at {'most' if low is None else 'least'} {ends[0]}{unit}" if ends else ""


def limits(condition: Condition, unit: str = "") -> str:
    """What a value must be beyond, as `above 3 s` or `above 3 and below 5`."""
    ends = (("above", condition.above), ("below", condition.below))
    return " and ".join(f"{word} {end:g}{unit}" for word, end in ends if end is not None)


def should(condition: Condition, unit: str = "") -> str:
    """What the value of a fault's condition should be instead."""
    above, below, short = condition.above, condition.below, short_unit(unit)
    if above is not None and below is not None:
        return f"should not be between {above:g} and {below:g}{short}"
    return f"should be {bounds(below, above, short)}"
