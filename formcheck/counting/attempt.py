"""One attempt at a rep, as samples of its height, and what is measured when it is over.

The height is the rep's measure, turned so that a raise makes it grow.
"""

from dataclasses import dataclass, field
from math import inf, nan
from statistics import median
from typing import Literal

from formcheck.counting.timing import Dwell, centred_slopes, sustained_high
from formcheck.exercise import HoldRule, Phase, RepRule

SPEED_WINDOW = 0.25
"""Seconds over which speed is measured."""
CALM_WINDOW = 0.4
"""The same when the attempt is over: a landmark's error moves a joint angle as fast as a slow
person does, but not for so long."""
EDGE = 0.05
"""Share of the rise within which a movement is taken to begin and to end."""
TOP_EDGE = 0.1
"""Share of the rise within which the top is."""
TOP_LASTING = 0.2
"""Seconds for which the top of a rep must have been reached to be its height."""
BRIDGE_GAP = 0.25
"""A hold survives being broken for this many seconds."""
UNSEEN_GAP = 1.0
"""And frames that are lost for this many: nobody comes down and back up as quickly as that."""


PLATEAU = 0.5
"""Seconds of stillness in the start position that make a foothold."""
NEAR_REST = 0.3
"""Share of the rise that may remain for somebody to be back where they rest, or may rest."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A movement away from rest and back, in numbers. Heights grow with the raise."""

    start: float
    peak: float
    end: float
    rest: float
    top: float
    hold: float
    raising: float
    lowering: float
    counted: bool
    cut_off: str = ""
    """Why it is not complete, when it is not."""
    rested_later: bool = False
    """Whether the person was first seen in mid-raise, and the rest only after it."""

    def phase_at(self, time: float) -> Phase:
        """Which part of it a time belongs to, seen from its end."""
        last = self.end - self.lowering
        if time < 2 * self.peak - last:  # the peak is the middle of the time at the top
            return "raise"
        return "hold" if time <= last else "lower"

    @property
    def range(self) -> float:
        """How far it went from rest."""
        return self.top - self.rest


@dataclass(slots=True)
class MachineStep:
    """What one pose brought: the phase, and of which attempt something became known."""

    phase: Phase
    began: float | None = None
    """When the attempt that has just been noticed began."""
    over: Attempt | None = None
    reopened: bool = False
    """Whether the attempt turned out to have begun later, from another rest level."""
    became: Literal["ready", "lost"] | None = None
    """Whether the person has just taken, or left, the start position."""


class HoldClock:
    """Measures how long the height stays still near a top."""

    def __init__(self, hold: HoldRule) -> None:
        """Begin to measure the holds of one attempt."""
        self._hold = hold
        self._since = nan
        self._last = -inf
        self._sampled = -inf
        self._unseen = 0.0
        self.longest = 0.0

    def update(self, time: float, height: float, speed: float, top: float) -> None:
        """Take in a sample; `top` is the highest point, or the highest so far."""
        if time - self._sampled > BRIDGE_GAP:
            self._unseen += time - self._sampled
        self._sampled = time
        if height < top - self._hold.within or not abs(speed) < self._hold.slower_than:
            return
        if self._is_broken(time):
            self._since = time
        self._last, self._unseen = time, 0.0
        self.longest = max(self.longest, time - self._since)

    def held(self, time: float) -> float:
        """Seconds of the hold that is going on at this time; 0 when there is none."""
        return 0.0 if self._is_broken(time) else time - self._since

    def _is_broken(self, time: float) -> bool:
        """Whether the hold ended before this time: moved for too long, or unseen for too long."""
        return self._unseen > UNSEEN_GAP or time - self._last - self._unseen > BRIDGE_GAP


@dataclass(slots=True)
class Track:
    """The samples of the attempt that is going on, from where it began."""

    rest: float
    times: list[float] = field(default_factory=list)
    heights: list[float] = field(default_factory=list)
    top: float = -inf
    low: float = inf
    """The lowest point since the top."""
    counted: bool = False

    def add(self, time: float, height: float) -> None:
        """Take in a sample."""
        self.times.append(time)
        self.heights.append(height)
        if height > self.top:
            self.top, self.low = height, height
        self.low = min(self.low, height)

    @property
    def rise(self) -> float:
        """How far the top is from rest."""
        return self.top - self.rest

    def since(self, place: int) -> "Track":
        """The track from one of its samples on, which is taken for the rest."""
        track = Track(self.heights[place])
        for time, height in zip(self.times[place:], self.heights[place:], strict=True):
            track.add(time, height)
        return track


def measure_attempt(track: Track, hold: HoldRule, cut_off: str) -> Attempt:
    """Date and measure an attempt from its samples.

    It starts where the height last was at rest before the top, and ends where it first is back at
    its lowest after the top; the top is where the height is near its highest. Held is what is near
    the middle height of the top, which noise shifts less than the highest.
    """
    times, heights, rest = track.times, track.heights, track.rest
    top = sustained_high(times, heights, TOP_LASTING)
    rise = top - rest
    at_top = [i for i, h in enumerate(heights) if h >= top - TOP_EDGE * rise]
    first, last = at_top[0], at_top[-1]
    start = first
    while start > 0 and heights[start] > rest + EDGE * rise:
        start -= 1
    floor = min(heights[last:])
    end = last
    while end < len(heights) - 1 and heights[end] > floor + EDGE * (top - floor):
        end += 1
    clock = HoldClock(hold)
    speeds = centred_slopes(times, heights, CALM_WINDOW)
    level = median(heights[first : last + 1])
    for time, height, speed in zip(times, heights, speeds, strict=True):
        clock.update(time, height, speed, level)
    return Attempt(
        start=times[start],
        peak=(times[first] + times[last]) / 2,
        end=times[end],
        rest=rest,
        top=top,
        hold=clock.longest,
        raising=times[first] - times[start],
        lowering=times[end] - times[last],
        counted=track.counted and not cut_off,
        cut_off=cut_off,
    )


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
