"""The rest that a rep is compared with: what was measured just before it, or just after.

The turning points are the rest of who does not pause.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import nan

from formcheck.counting.lane import Values, median_values
from formcheck.measuring.reader import Reading
from formcheck.measuring.tracker import Body

REST_SPAN = 1.0
"""Seconds before a rep in which its rest values are taken."""
SHORT_REST = 0.2
"""The same where the other side had only just stopped moving."""
REST_NEEDED = 0.1
"""Seconds of rest that must have been seen to compare with."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """One time, kept to look back at."""

    body: Body
    reading: Reading
    rest: Values
    values: Values
    """The reading compared with that rest."""
    is_quiet: bool
    """Whether no other side was moving."""
    height: float
    """The rep's measure, growing on the way out; NaN = unknown."""


def rest_before(
    memories: Collection[Remembered], began: float, attempt: float, unknown: Values
) -> Values:
    """Return each raw value's median in the moments of rest before an attempt.

    Who does not pause between reps is at rest only where he turns back: what is further from there
    than an attempt begins is movement. Where the other side was moving until just now, only the
    last moments are rest.

    Args:
        memories: what was measured, in order of time.
        began: when the attempt began.
        attempt: how far from rest an attempt begins, in the unit of the rep's measure.
        unknown: what to return where too little rest was seen.
    """
    before = [m for m in memories if began - REST_SPAN <= m.body.time <= began]
    lowest = min([m.height for m in before if m.height == m.height], default=nan)
    before = [m for m in before if not m.height - lowest > attempt]
    quiet = [m for m in before if m.is_quiet]
    if _span(quiet) < REST_NEEDED:
        quiet = [m for m in before if m.body.time >= began - SHORT_REST]
    if _span(quiet) < REST_NEEDED:
        return unknown
    return median_values([m.reading for m in quiet])


def rest_after(memories: Sequence[Remembered], end: float) -> Values:
    """Return each raw value's median from the end of an attempt on."""
    back = min(end, memories[-1].body.time - REST_NEEDED)
    return median_values([m.reading for m in memories if m.body.time >= back])


def _span(memories: Sequence[Remembered]) -> float:
    return memories[-1].body.time - memories[0].body.time if memories else 0.0
