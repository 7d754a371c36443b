"""The clock of a video file, which need not be right: it may stand, go back, jump or begin anew."""

from dataclasses import dataclass, field
from math import floor

SMALLEST_STEP = 0.001
"""Seconds. Some files repeat a time or go back; MediaPipe needs each frame a millisecond later."""
LATE = 0.5
"""Seconds that a picture may come too late and still be the next: some files mix up a few."""
LEAP = 60.0
"""Seconds. After a longer time without a picture the clock is wrong, not the film that still."""
GAP = 1.0
"""Seconds without a picture that are worth telling."""
ENOUGH = 1.05
"""How many times as many pictures as are wanted may come and all still be taken: no camera is
exact, and leaving out one now and then would tear holes."""
SHIFT = 0.25
"""Of the time between two that are wanted: where one such time ends and the next begins. Pictures
that come twice as often as they are wanted lie well within."""


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
    """Chooses of the pictures that come no more than so many a second.

    Time is cut into pieces, and the first picture in each is wanted. So which are wanted does not
    depend on where one begins, but for the very first.
    """

    rate: float
    """Pictures a second, at most."""
    coming: float
    """How many come in a second, by the file; 0 if it does not tell."""
    _piece: int = -1

    def wants(self, time: float) -> bool:
        """Whether to look at the picture of this time, in seconds, later than those before."""
        if not 1 / self.rate or 0 < self.coming <= ENOUGH * self.rate:
            return True
        before, self._piece = self._piece, floor(time * self.rate + SHIFT)
        return self._piece != before
