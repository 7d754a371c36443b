"""Small pieces that know about time: how long something lasts, how fast it changes.

All take the time with the value; none knows a frame rate or a clock.
"""

from collections import deque
from collections.abc import Iterable, Sequence
from math import inf, nan

LASTING = 0.2
"""Seconds for which the highest value of a slow movement must have been reached."""
LASTING_SHARE = 0.1
"""The same of a quick one, as a share of its time: one of the least jerk, up and down in half a
second, loses less than one hundredth of its height in the 25 ms on either side of its top."""

Span = tuple[float, float]
"""From when to when, in seconds."""


def overlap(one: Span, other: Span) -> float:
    """Seconds that two spans share; below 0, those between them."""
    return min(one[1], other[1]) - max(one[0], other[0])


class Dwell:
    """Says whether something has been true for long enough to be believed: a debounce."""

    __slots__ = ("_lasting", "since")

    def __init__(self, lasting: float) -> None:
        self._lasting = lasting
        self.since: float | None = None
        """When it became true; none while it is not."""

    def update(self, time: float, is_true: bool) -> bool:
        """Whether it has now been true for the whole time asked for."""
        if not is_true:
            self.since = None
            return False
        if self.since is None:
            self.since = time
        return time - self.since >= self._lasting

    def reset(self) -> None:
        """Forget that it was true."""
        self.since = None


class Floor:
    """The level below which a share of the values of the last seconds lies: a percentile."""

    __slots__ = ("_every", "_share", "_told", "_window", "level", "samples")

    def __init__(self, window: float, share: float, every: float) -> None:
        """Look back over this window, in seconds, and look anew after so many."""
        self._window, self._share, self._every = window, share, every
        self.level = nan
        self.clear()

    def clear(self) -> None:
        """Begin with nothing; the level is the last one until there is a new one."""
        self.samples: deque[tuple[float, float]] = deque()
        """Times and values, in order of time."""
        self._told = -inf

    def update(self, time: float, value: float) -> None:
        """Take in a value."""
        samples = self.samples
        samples.append((time, value))
        while time - samples[0][0] > self._window:
            samples.popleft()
        if time - self._told >= self._every or len(samples) < 5:
            values = sorted([v for _, v in samples])
            self.level = values[int(self._share * (len(values) - 1))]
            self._told = time


class Slope:
    """How fast a value changes, per second, over the last moments.

    A difference between two frames would divide the noise by a shorter time the higher the frame
    rate is; the least-squares line through a window in seconds does not.
    """

    __slots__ = ("_samples", "_window")

    def __init__(self, window: float) -> None:
        self._window = window
        self._samples: deque[tuple[float, float]] = deque()

    def update(self, time: float, value: float) -> float:
        """The slope now; NaN until there are two samples."""
        samples = self._samples
        samples.append((time, value))
        while time - samples[0][0] > self._window and len(samples) > 2:
            samples.popleft()
        return line_slope(samples)

    def reset(self) -> None:
        """Forget all samples."""
        self._samples.clear()


def line_slope(samples: Iterable[tuple[float, float]]) -> float:
    """Slope of the least-squares line through (time, value) samples; NaN for fewer than two."""
    n = 0
    start = sum_t = sum_x = sum_tt = sum_tx = 0.0
    for t, x in samples:
        if not n:
            start = t
        t -= start
        n += 1
        sum_t += t
        sum_x += x
        sum_tt += t * t
        sum_tx += t * x
    spread = n * sum_tt - sum_t * sum_t
    return (n * sum_tx - sum_t * sum_x) / spread if spread > 0 else nan


def sustained_high(
    times: Sequence[float],
    values: Sequence[float],
    lasting: float = LASTING,
    share: float = LASTING_SHARE,
) -> float:
    """The highest value that was reached or passed for `lasting` seconds, or that share of all.

    So a spike of one frame does not count in a slow movement, and a quick one keeps its height.
    NaN if none is known.
    """
    known = [(v, w) for v, w in zip(values, _weights(times), strict=True) if v == v]
    if not known:
        return nan
    needed = min(lasting, share * sum(weight for _, weight in known))
    total = 0.0
    known.sort(reverse=True)
    for value, weight in known:
        total += weight
        if total >= needed:
            return value
    return known[-1][0]


def sustained_low(
    times: Sequence[float],
    values: Sequence[float],
    lasting: float = LASTING,
    share: float = LASTING_SHARE,
) -> float:
    """The lowest value, as `sustained_high` finds the highest."""
    return -sustained_high(times, [-value for value in values], lasting, share)


def _weights(times: Sequence[float]) -> list[float]:
    """The seconds that each sample stands for: half of the way to each neighbour."""
    padded = [*times[:1], *times, *times[-1:]]
    return [(after - before) / 2 for before, after in zip(padded, padded[2:], strict=False)]
