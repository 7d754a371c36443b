"""Moves labels apart that would lie over each other."""

from collections.abc import Sequence


def spaced(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Places in the order of `wanted`, which is sorted, a gap apart and as near to it as can be.

    They stay between low and high, unless there are too many for that: then they begin at low.
    """
    groups: list[
        tuple[float, int]
    ] = []  # where a group of touching labels would begin, and its size
    for i, place in enumerate(wanted):
        mean, size = place - i * gap, 1
        while groups and groups[-1][0] >= mean:
            before, count = groups.pop()
            mean = (before * count + mean * size) / (count + size)
            size += count
        groups.append((mean, size))
    starts = [mean for mean, size in groups for _ in range(size)]
    last = max(low, high - (len(starts) - 1) * gap)
    return [min(max(start, low), last) + i * gap for i, start in enumerate(starts)]
