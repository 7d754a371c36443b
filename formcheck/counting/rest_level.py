"""The rest level: how high somebody's measure is at rest, learned from them and followed."""

from collections import deque
from math import inf, nan

REST_WINDOW = 3.0
"""Seconds of rest from which the rest level is taken: longer than a slow raise takes to be seen."""
REST_SHARE = 0.3
"""The rest level is the height below which this share of that window lies, a percentile: low
enough not to follow a slow raise, high enough not to be noise's lowest point."""
EVERY = 0.1
"""Seconds after which the level is taken anew."""


class RestLevel:
    """Takes the rest level from the last moments of rest."""

    def __init__(self) -> None:
        self._samples: deque[tuple[float, float]] = deque()
        self._taken = -inf
        self.height = nan
        """The rest level; NaN = nobody was ever at rest."""

    @property
    def samples(self) -> list[tuple[float, float]]:
        """The last moments of rest: time and height."""
        return list(self._samples)

    def add(self, time: float, height: float) -> None:
        """Take in a moment of rest."""
        samples = self._samples
        samples.append((time, height))
        while time - samples[0][0] > REST_WINDOW:
            samples.popleft()
        if time - self._taken >= EVERY or len(samples) < 5:
            heights = sorted([h for _, h in samples])
            self.height = heights[int(REST_SHARE * (len(heights) - 1))]
            self._taken = time

    def forget(self) -> None:
        """What was learned counts no longer; the next moment of rest begins anew."""
        self._samples.clear()
        self._taken = -inf
