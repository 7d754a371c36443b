"""A place on the way out where somebody stayed still: if they come back there, it was the rest."""

from formcheck.counting.attempt import NEAR_REST, Track
from formcheck.exercise import RepRule
from formcheck.measuring.timing import Dwell

PLATEAU = 0.5
"""Seconds of stillness in the start position that make a foothold."""


class Foothold:
    """The last foothold of an attempt before its top."""

    def __init__(self, rule: RepRule) -> None:
        """Begin an attempt without one."""
        self._rule = rule
        self._lasted = Dwell(PLATEAU)
        self.place: int | None = None
        """Which of the track's samples it is; none while there is none."""

    def update(self, track: Track, is_still: bool) -> None:
        """Take in the track's newest sample, and whether it is still and in the start position."""
        lasted = self._lasted.update(track.times[-1], is_still)
        is_on_the_way = track.top - track.heights[-1] < self._rule.attempt
        if lasted and is_on_the_way and not self._is_left(track):
            self.place = len(track.heights) - 1

    def is_regained(self, track: Track) -> bool:
        """Whether the newest sample is back there, after it had been left for far enough."""
        if self.place is None or not self._is_left(track) or track.low == track.top:
            return False
        base, height = track.heights[self.place], track.heights[-1]
        return abs(height - base) <= NEAR_REST * (track.top - base)

    def _is_left(self, track: Track) -> bool:
        if self.place is None:
            return False
        return track.top - track.heights[self.place] >= self._rule.counts
