"""The round numbers of which the scales of plots and charts are made."""

from collections.abc import Sequence

STEPS = (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 90, 120)
"""From one number to the next: torsos, degrees or seconds."""
ENDS = tuple(digit * 10.0**power for power in range(-3, 7) for digit in (1, 2, 3, 4, 5, 6, 8))
"""Where a scale can end that begins at 0."""


def round_up(value: float, sizes: Sequence[float] = ENDS) -> float:
    """The first of these sizes that is no less than the value; the last, if all are."""
    return next((size for size in sizes if size >= value), sizes[-1])
