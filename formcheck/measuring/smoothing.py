"""Smooths landmarks without flattening a movement: a curve through the poses around each moment.

At each moment a parabola is fitted to the poses around it, the nearer ones counting for more: local
regression (loess), or on even frames a Savitzky-Golay filter. A rep of half a second keeps its
height, which an exponential filter of the same delay would cut by a third. The price is that a
moment is known only `DELAY` later.
"""

from collections import deque
from collections.abc import Iterator
from math import inf, nan

import numpy as np

from formcheck.pose import Array

DELAY = 0.15
"""Seconds after a moment until it is told; as far as that the poses after it are looked at."""
WIDTH = 0.16
"""Half of the width of the window, in seconds: a pose as far away as this counts for nothing."""
FOR_PARABOLA = 4
"""Poses that a parabola is fitted to; fewer give a straight line, one gives itself."""


class Smoother:
    """Follows the points of one body, in order of time."""

    def __init__(self) -> None:
        self._times: deque[float] = deque()
        self._points: deque[Array] = deque()
        self._first = nan
        self._told = -inf

    def update(self, time: float, points: Array) -> tuple[float, Array]:
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

    def finish(self) -> Iterator[tuple[float, Array]]:
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

    def _tell(self, moment: float) -> tuple[float, Array]:
        while len(self._times) > 1 and moment - self._times[0] > WIDTH:
            self._times.popleft()
            self._points.popleft()
        self._told = moment
        offsets = np.array(self._times) - moment
        points = np.array(self._points)
        return moment, fitted(offsets, points)


def fitted(offsets: Array, points: Array) -> Array:
    """The points at offset 0, from those at the offsets around it.

    Args:
        offsets: (T,) seconds, in order.
        points: (T, N) complex; NaN where not seen.
    """
    known = points == points
    result = np.full(points.shape[1], complex(nan, nan))
    nearest = known[np.argmin(np.abs(offsets))]
    if known.all():
        result[:] = _weights(offsets) @ points
        return result
    for pattern in np.unique(known[:, nearest], axis=1).T:
        chosen = nearest & (known == pattern[:, None]).all(axis=0)
        result[chosen] = _weights(offsets[pattern]) @ points[np.ix_(pattern, chosen)]
    return result


def _weights(offsets: Array) -> Array:
    """What each pose counts for, so that their weighted sum is the fitted curve at offset 0."""
    near = np.clip(1.0 - np.abs(offsets / WIDTH) ** 3, 1e-6, None) ** 3
    degree = 2 if np.count_nonzero(near > 1e-3) >= FOR_PARABOLA else 1
    degree = min(degree, len(offsets) - 1)
    powers = offsets[:, None] ** np.arange(degree + 1)
    weighted = near[:, None] * powers
    first: Array = np.linalg.solve(weighted.T @ powers, weighted.T)[0]
    return first
