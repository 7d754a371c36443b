"""Cuts off what belongs to getting into a held position, and out of it.

The limits of a start position are wide, so that a poor position is timed too, and bodies differ: of
some, the way there lies within them, or even the rest before it. How far the position is from that
rest is only known when it is over.
"""

from collections.abc import Sequence
from dataclasses import replace
from math import inf
from statistics import median

from formcheck.counting.attempt import TOP_EDGE
from formcheck.counting.hold_machine import Spell

BESIDE = 1.5
"""Seconds before and after a hold in which to look for where somebody came from, or went to."""
INTO = 0.5
"""And seconds of the hold itself: the rest, too, may lie within the position's limits."""
AT_REST = 0.25
"""Share of the way within which somebody is still where they came from."""
ON_THE_WAY = 1.5
"""Seconds that the way takes at most: who is longer half-way up holds the position poorly."""

Rises = Sequence[tuple[float, float]]
"""Times in seconds, in order, each with the value of the main measure; NaN = unknown."""


def trimmed(spell: Spell, course: Rises, least: float) -> Spell:
    """The hold from when its position was reached to when it was left, each within a tenth.

    Args:
        spell: as the limits have it.
        course: of the main measure, from `BESIDE` before it to now.
        least: how far the position must be from the rest for the two to be told apart.
    """
    known = [(time, value) for time, value in course if value == value]
    inside = [value for time, value in known if spell.start <= time <= spell.end]
    if not inside:
        return spell
    held, middle = median(inside), (spell.start + spell.end) / 2
    before = [each for each in known if spell.start - BESIDE <= each[0] <= middle]
    # Leaving is coming, seen backwards.
    after = [(-t, value) for t, value in reversed(known) if middle <= t <= spell.end + BESIDE]
    start = _reached(before, spell.start + INTO, held, least)
    end = -_reached(after, INTO - spell.end, held, least)
    start, end = max(spell.start, start), min(spell.end, end)
    return replace(spell, start=start, end=end) if start < end else spell


def _reached(course: Rises, until: float, held: float, least: float) -> float:
    """When the held value was reached from another one, had before a time; -inf if from none."""
    origin = max(
        [value for time, value in course if time <= until],
        key=lambda value: abs(value - held),
        default=held,
    )
    way = abs(origin - held)
    if way < least:
        return -inf
    arrived = next((t for t, v in course if abs(v - held) <= TOP_EDGE * way), -inf)
    resting = [t for t, v in course if t < arrived and abs(v - origin) <= AT_REST * way]
    return min(arrived, resting[-1] + ON_THE_WAY) if resting else -inf
