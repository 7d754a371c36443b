"""Smooths landmarks without flattening a movement: a curve through the poses around each moment.

At each moment a parabola is fitted to the poses around it, the nearer ones counting for more: local
regression (loess), or on even frames a Savitzky-Golay filter. A rep of half a second keeps its
height, which exponential smoothing of the same delay would cut by a third. The price is that a
moment is known only `DELAY` later.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import compress
from math import inf, nan

import numpy as np
from numpy.typing import NDArray

from formcheck.pose import Array

DELAY = 0.2
"""Seconds after a moment until it is told; as far as that the poses after it are looked at."""
WIDTH = 0.21
"""Half of the width of the window, in seconds: a pose as far away as this counts for nothing."""
CLOSE = 0.01
"""The weight from which a pose is near enough to say something."""
TICK = 1e-10
"""Seconds; whole ticks tell times apart as finely as any clock, and can be compared."""
FOR_PARABOLA = 5
"""Poses that a parabola is fitted to; fewer give a straight line, one gives itself."""


Points = NDArray[np.complex128]
SmoothedPoints = tuple[float, Points]
"""A time, and the points (N,) at it."""


class Smoother:
    """Follows the points of one body, in order of time."""

    def __init__(self) -> None:
        self._times: deque[float] = deque()
        self._points: deque[Points] = deque()
        self._first = nan
        self._told = -inf

    def update(self, time: float, points: Points) -> SmoothedPoints:
        """Take in the points of a pose; the moment that can be told now, and the points then.

        Args:
            time: seconds.
            points: (N,) complex; NaN where not seen. A point is known at a moment if the pose
                nearest to it has it.
        """
        if not self._times:
            self._first = time
        self._times.append(time)
        self._points.append(points)
        # At first there is nothing before: the delay grows until there is as much as after.
        return self._tell(time - min(DELAY, (time - self._first) / 2))

    def finish(self) -> Iterator[SmoothedPoints]:
        """The moments that were not told yet, about as many as there were poses."""
        times = [time for time in self._times if time > self._told]
        if not times:
            return
        step = (times[-1] - self._told) / len(times)
        for number in range(1, len(times) + 1):
            yield self._tell(self._told + step if number < len(times) else times[-1])

    def reset(self) -> None:
        """Forget everything: what comes next has nothing to do with it."""
        self._times.clear()
        self._points.clear()
        self._told = -inf

    def _tell(self, moment: float) -> SmoothedPoints:
        while len(self._times) > 1 and moment - self._times[0] > WIDTH:
            self._times.popleft()
            self._points.popleft()
        self._told = moment
        offsets = [time - moment for time in self._times]
        return moment, fitted(offsets, np.array(self._points))


def fitted(offsets: Iterable[float], points: Points) -> Points:
    """The points at offset 0, from those at the offsets around it.

    Args:
        offsets: T of them, in seconds, in order.
        points: (T, N); NaN where not seen.

    What the pose nearest to 0 lacks is NaN; what only others lack is fitted to those that have it.
    """
    ticks = tuple([round(offset / TICK) for offset in offsets])
    nearest, weights = _weighing(ticks)
    fit: Points = weights @ points  # NaN where any of them is
    (lacking,) = (np.isnan(fit) & ~np.isnan(points[nearest])).nonzero()
    for column in lacking:
        seen = ~np.isnan(points[:, column])
        _, weights = _weighing(tuple(compress(ticks, seen)))
        fit[column] = weights @ points[seen, column]
    return fit


@lru_cache(maxsize=1024)
def _weighing(ticks: tuple[int, ...]) -> tuple[int, Array]:
    """Which pose is nearest to offset 0, and what each counts for in the curve fitted there.

    Kept, as the frames of a video come evenly: at the same offsets again and again.
    """
    scaled = np.array(ticks) * (TICK / WIDTH)
    return int(np.argmin(np.abs(scaled))), _weights(scaled)


def _weights(scaled: Array) -> Array:
    """What each pose counts for, so that their weighted sum is the fitted curve at 0.

    Args:
        scaled: (T,) offsets, of which 1 is as far away as counts for nothing.
    """
    near = np.clip(1.0 - np.abs(scaled) ** 3, 1e-4, None) ** 3  # tricube
    first, second = near * scaled, near * scaled * scaled
    s0, s1, s2 = near.sum(), first.sum(), second.sum()
    close = np.count_nonzero(near > CLOSE)
    if close >= FOR_PARABOLA:  # by Cramer's rule
        s3, s4 = second @ scaled, second @ (scaled * scaled)
        a, b, c = s2 * s4 - s3 * s3, s2 * s3 - s1 * s4, s1 * s3 - s2 * s2
    else:
        a, b, c = (s2, -s1, 0.0) if close >= 2 else (1.0, 0.0, 0.0)
    weights: Array = (a * near + b * first + c * second) / (a * s0 + b * s1 + c * s2)
    return weights
