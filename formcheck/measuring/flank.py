"""One way of a rep, there or back, dated by its middle: its first and last steps are not seen."""

from collections.abc import Sequence
from math import nan

EARLY, HALF = 0.15, 0.5
"""Shares of the way by which its beginning and end are dated: near both, and its middle."""
ONSET = 1.33
"""How long before it has gone `EARLY` of its way a movement begins, in times of what it takes from
there to `HALF`. People begin and end a movement gently: one of the least jerk (Flash and Hogan,
1985, J Neurosci 5:1688) has gone 15 % of its way after 0.286 of its time, half after 0.5."""
HANGING = 2.4
"""The same of how high a limb is that hangs straight down at first: it must swing by a third of its
way to rise by 15 %. It has risen so far after 0.42 of its time, and by half after 0.6."""
QUICKEST = 0.15
"""Seconds that the way up or down takes at least: only a landmark that jumps is quicker."""


def crossing(times: Sequence[float], heights: Sequence[float], i: int, level: float) -> float:
    """When the straight line from sample i to the next one crosses the level."""
    share = (level - heights[i]) / (heights[i + 1] - heights[i])
    return times[i] + share * (times[i + 1] - times[i])


class Flank:
    """One way of a rep, up, dated by when it passes shares of the way."""

    def __init__(
        self,
        times: Sequence[float],
        heights: Sequence[float],
        low: float,
        high: float,
        onset: float = ONSET,
    ) -> None:
        """Take the samples up to the top, the heights between which they lead, and how it begins.

        Args:
            times: in seconds.
            heights: at these times.
            low: where it begins.
            high: where it ends.
            onset: how long before its first 15 % it begins: `ONSET`, or `HANGING`.
        """
        self._times, self._heights, self._low, self._rise = times, heights, low, high - low
        half = self._passed(HALF)
        early, late = self._passed(EARLY), self._passed(1 - EARLY)
        self.onset = early - onset * (half - early)
        seconds = late + ONSET * (late - half) - self.onset
        self.seconds = seconds if seconds >= QUICKEST else nan

    def _passed(self, share: float) -> float:
        """When it last went up through this share of the way."""
        level = self._low + share * self._rise
        for i in range(len(self._heights) - 2, -1, -1):
            if self._heights[i] < level <= self._heights[i + 1]:
                return crossing(self._times, self._heights, i, level)
        return self._times[0]
