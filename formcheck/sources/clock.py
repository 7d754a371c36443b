"""The clock of a video file, which need not be right: it may stand, go back, jump or begin anew."""

from dataclasses import dataclass, field
from math import inf

SMALLEST_STEP = 0.001
"""Seconds. Some files repeat a time or go back; MediaPipe needs each frame a millisecond later."""
LATE = 0.5
"""Seconds that a picture may come too late and still be the next: some files mix up a few."""
LEAP = 60.0
"""Seconds. After a longer time without a picture the clock is wrong, not the film that still."""
GAP = 1.0
"""Seconds without a picture that are worth telling."""
EARLY = 0.2
"""How much too early a picture may be and still be the next that is wanted, of the time between
two: phones do not film evenly."""


@dataclass
class FileClock:
    """Makes of the times that a file states one that goes on, and remembers what was amiss.

    A picture far from the one before it stands on a new clock if the next one goes on from there:
    then time is counted on. Else it is a stray, as damage makes them, and left out.
    """

    time: float
    """Of the newest picture, in seconds."""
    began_anew: list[float] = field(default_factory=list)
    """When the clock went back or jumped."""
    gaps: list[tuple[float, float]] = field(default_factory=list)
    """From when to when there are no pictures."""
    _stated: float = 0.0
    """By the file, of the newest picture."""
    _added: float = 0.0
    """What is added to what the file states."""
    _stray: float | None = None

    def __post_init__(self) -> None:
        """Begin with the first picture."""
        self._stated = self.time

    def next(self, stated: float) -> float | None:
        """The time of the next picture; none if it is to be left out."""
        if not -LATE < stated - self._stated < LEAP:
            if self._stray is None or not 0 < stated - self._stray < GAP:
                self._stray = stated
                return None
            # The stray was the first picture on the new clock, and this is the second.
            self._added = self.time + 2 * (stated - self._stray) - stated
            self.began_anew.append(self.time)
        time = max(stated + self._added, self.time + SMALLEST_STEP)
        if time - self.time > GAP:
            self.gaps.append((self.time, time))
        self.time, self._stated, self._stray = time, stated, None
        return time


@dataclass
class Thinning:
    """Chooses of the pictures that come no more than so many a second, as even as they are."""

    rate: float
    """Pictures a second, at most, over any longer time."""
    _due: float = -inf

    def wants(self, time: float) -> bool:
        """Whether to look at the picture of this time, in seconds, later than those before."""
        if time < self._due - EARLY / self.rate:
            return False
        self._due = max(self._due, time) + 1 / self.rate
        return True
