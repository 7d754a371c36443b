"""Finds the reps in the course of a number: the waves (peaks) that stand out from all smaller ones.

Only for afterwards: it looks at the whole course at once, as the rep machine must not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median


@dataclass(frozen=True, slots=True)
class Waves:
    """Waves in one course, in order. Values grow towards a top."""

    crests: tuple[int, ...]
    """Where the tops are, as places in the course."""
    tops: tuple[float, ...]
    rests: tuple[float, ...]
    """The lowest value before the first wave, between each two, and after the last."""

    @property
    def ranges(self) -> tuple[float, ...]:
        """How high each wave is over the higher of the two rests beside it."""
        around = zip(self.tops, pairwise(self.rests), strict=True)
        return tuple(top - max(beside) for top, beside in around)


@dataclass(frozen=True, slots=True)
class FoundWaves:
    """So many waves, and what stands out most beside them."""

    waves: tuple[Waves, ...]
    """In each course."""
    other: float
    """How far the next wave stands out that is none of them; 0 if there is no other."""

    @property
    def ranges(self) -> tuple[float, ...]:
        """Of all waves."""
        return tuple(each for waves in self.waves for each in waves.ranges)

    @property
    def rests(self) -> tuple[float, ...]:
        """Of the courses that have waves."""
        return tuple(each for waves in self.waves if waves.crests for each in waves.rests)

    @property
    def tops(self) -> tuple[float, ...]:
        """Of all waves."""
        return tuple(each for waves in self.waves for each in waves.tops)

    @property
    def clearness(self) -> float:
        """How far the smallest wave stands out from what is none, as a share of a usual wave.

        1 if all are alike and nothing else moves, 0 if one wave more or fewer would be as good.
        """
        return min(1.0, max(0.0, (min(self.ranges) - self.other) / median(self.ranges)))


def find_waves(courses: Sequence[Sequence[float]], count: int) -> FoundWaves | None:
    """The `count` waves that stand out most in these courses; none where there are fewer.

    How far a wave stands out, its prominence, is how far one has to come down from its top, on
    either side, before one can climb higher. One that the beginning or the end cuts off does not
    stand out there.
    """
    standing = sorted(
        ((far, k, crest) for k, course in enumerate(courses) for far, crest in prominences(course)),
        reverse=True,
    )
    if len(standing) < count or standing[count - 1][0] <= 0:
        return None
    chosen = [
        sorted(c for _, lane, c in standing[:count] if lane == k) for k in range(len(courses))
    ]
    waves = tuple(_waves(course, crests) for course, crests in zip(courses, chosen, strict=True))
    return FoundWaves(waves, standing[count][0] if len(standing) > count else 0.0)


def _waves(course: Sequence[float], crests: Sequence[int]) -> Waves:
    edges = [0, *crests, len(course)]
    return Waves(
        crests=tuple(crests),
        tops=tuple(course[crest] for crest in crests),
        rests=tuple(min(course[a:b], default=0.0) for a, b in pairwise(edges)),
    )


def prominences(course: Sequence[float]) -> list[tuple[float, int]]:
    """Every wave: how far it stands out, and where its top is."""
    found: list[tuple[float, int]] = []
    waiting: list[tuple[float, float, int]] = []
    """Waves that nothing higher has followed: the lowest before, the top, its place."""

    def close(low: float) -> float:
        before, top, place = waiting.pop()
        found.append((top - max(before, low), place))
        return min(low, before)

    last = 0
    for crest in _crests(course):
        low = min(course[last : crest + 1])
        while waiting and course[crest] >= waiting[-1][1]:
            low = close(low)
        waiting.append((low, course[crest], crest))
        last = crest
    low = min(course[last:], default=0.0)
    while waiting:
        low = close(low)
    return found


def _crests(course: Sequence[float]) -> list[int]:
    """Where the course turns from rising to falling; of a flat top, its first place."""
    crests: list[int] = []
    rising_to: int | None = None
    for place, (a, b) in enumerate(pairwise(course)):
        if b > a:
            rising_to = place + 1
        elif b < a and rising_to is not None:
            crests.append(rising_to)
            rising_to = None
    return crests


def spread(values: Sequence[float]) -> float:
    """How far values usually are from their median; one that is far off does not matter.

    It is the median absolute deviation.
    """
    middle = median(values)
    return median([abs(value - middle) for value in values])
