"""Believes each picture a little, as one alone may be wrong: a number that moves slowly."""

from math import exp
from typing import TypeVar

Amount = TypeVar("Amount", float, complex)


def gain(seconds: float, constant: float) -> float:
    """Return the share of the way to move by after so many seconds.

    Args:
        seconds: since the number moved last; NaN gives NaN.
        constant: seconds after which 63 % of a change is believed.
    """
    return 1.0 - exp(-seconds / constant)


def eased(before: Amount, now: Amount, share: float) -> Amount:
    """Move by a share of the way from before to now; be there where before is unknown (NaN)."""
    return before + share * (now - before) if before == before else now
