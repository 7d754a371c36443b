"""One attempt at a rep, as samples of its height, and what is measured when it is over.

The height is the rep's measure, turned so that the way out makes it grow.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf, nan
from statistics import median
from typing import Literal

from formcheck.exercise import HoldRule, Phase
from formcheck.language.sentences import Sentence
from formcheck.measuring.flank import EARLY, ONSET, Flank, crossing
from formcheck.measuring.timing import Span, sustained_high

SPEED_WINDOW = 0.25
"""Seconds over which speed is measured."""
EDGE = 0.05
"""Share of the rise within which somebody is at rest."""
TOP_EDGE = 0.1
"""Share of the rise within which the top is: a hold is the time spent there."""
NOISY_EDGE = 0.2
"""The same where noise may have broken up a hold."""
UNNOTICED = 0.3
"""Seconds that an attempt may have gone on before its first sample was noticed to be one, and after
its last: who lowers slowly is taken to be at rest before having come to it."""
BRIDGE_GAP = 0.25
"""A hold survives being broken for this many seconds."""
UNSEEN_GAP = 1.0
"""And frames that are lost for this many: nobody comes down and back up as quickly as that."""
NEAR_REST = 0.3
"""Share of the rise that may remain for somebody to be back where they rest, or may rest."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A movement away from rest and back, in numbers. Heights grow on the way out."""

    start: float
    top_from: float
    top_to: float
    """From when to when it was near its top."""
    end: float
    rest: float
    top: float
    hold: float
    """Seconds of the longest stay near the top."""
    hold_at_most: float
    """The same, had only noise broken it up, or had it gone on while nothing was seen."""
    out: float
    back: float
    counted: bool
    cut_off: str = ""
    """Why it is not complete, when it is not."""
    rested_later: bool = False
    """Whether the person was first seen on the way out, and the rest only after it."""

    def phase_at(self, time: float) -> Phase:
        """Which part of it a time belongs to, seen from its end."""
        if time < self.top_from:
            return "out"
        return "hold" if time <= self.top_to else "back"

    @property
    def peak(self) -> float:
        """The middle of the time near the top."""
        return (self.top_from + self.top_to) / 2

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
    is_low_elsewhere: bool = False
    """Whether the body had moved away when it was there."""
    counted: bool = False

    def add(self, time: float, height: float, has_moved: bool = False) -> None:
        """Take in a sample, and whether the body is elsewhere than where the attempt began."""
        self.times.append(time)
        self.heights.append(height)
        if height > self.top:
            self.top, self.low = height, height
        if height <= self.low:
            self.low, self.is_low_elsewhere = height, has_moved

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


def measure_attempt(
    track: Track, cut_off: str, onset: float = ONSET, within: float = 0.0
) -> Attempt:
    """Date and measure an attempt from its samples.

    The top is what is reached for a while; a hold is the time that is spent within `TOP_EDGE` of
    the way from it. When the movement began and ended is told by its middle, because its first and
    last steps are too small to be seen.

    Args:
        track: the samples.
        cut_off: why it is not complete, when it is not.
        onset: how its measure begins to move, as `Flank` takes it.
        within: how far from the top somebody may be who holds, to say the least.
    """
    times, heights, rest = track.times, track.heights, track.rest
    highest = sustained_high(times, heights)
    stays, top = _near_top(times, heights, rest, highest)
    rise = top - rest
    edge = max(NOISY_EDGE, within / rise if rise > 0 else 0.0)
    near = stays if len(stays) == 1 else _stays_near(times, heights, rest, top, edge)
    at_top = [i for i, time in enumerate(times) if stays[0][0] <= time <= stays[-1][1]]
    first, last = at_top[0], at_top[-1]
    up = Flank(times[: first + 1], heights[: first + 1], rest, top, onset)
    # The way down is a way up, seen backwards.
    back, falling = [-time for time in reversed(times[last:])], heights[last:]
    lowest = min(falling)
    # Who is nearly back goes on to where they rested before, unseen.
    lowest = min(lowest, rest) if lowest - rest < EARLY * rise else lowest
    down = Flank(back, falling[::-1], lowest, top, onset)
    return Attempt(
        start=max(times[0] - UNNOTICED, up.onset),
        top_from=stays[0][0],
        top_to=stays[-1][1],
        end=min(times[-1] + UNNOTICED, -down.onset),
        rest=rest,
        top=highest,
        hold=_longest(stays),
        hold_at_most=_longest(_unseen_too(near, times)),
        out=up.seconds,
        back=down.seconds,
        counted=track.counted and not cut_off,
        cut_off=cut_off,
    )


def way_back_alone(start: float, end: float, rest: float, top: float) -> Attempt:
    """The attempt that had begun before anything was seen."""
    return Attempt(
        start=start,
        top_from=start,
        top_to=start,
        end=end,
        rest=rest,
        top=top,
        hold=0.0,
        hold_at_most=0.0,
        out=nan,
        back=(end - start) / 2,
        counted=False,
        cut_off=Sentence("cut off by the start"),
    )


def _near_top(
    times: Sequence[float], heights: Sequence[float], rest: float, highest: float
) -> tuple[list[Span], float]:
    """The stays near the top, and how high it is.

    That is told by the middle height of the longest stay: its highest is mostly noise, the more so
    the longer it lasts.
    """
    stays = _stays_near(times, heights, rest, highest, TOP_EDGE)
    start, stop = max(stays, key=lambda stay: stay[1] - stay[0])
    held = [h for t, h in zip(times, heights, strict=True) if start <= t <= stop]
    top = median(held or [highest])
    return _stays_near(times, heights, rest, top, TOP_EDGE), top


def _longest(stays: Iterable[Span]) -> float:
    return max(stop - start for start, stop in stays)


def _stays_near(
    times: Sequence[float], heights: Sequence[float], rest: float, top: float, edge: float
) -> list[Span]:
    """The stays within this share of the rise from the top."""
    level = top - edge * (top - rest)
    return list(_stays(times, heights, level, TOP_EDGE * (top - rest)))


def _stays(
    times: Sequence[float], heights: Sequence[float], level: float, room: float
) -> Iterator[Span]:
    """From when to when the height was at the level or above.

    What breaks a stay is to go down by more than `room` for more than a moment, as noise dips, too,
    or not to be seen for long.
    """
    begun, left, lowest, unseen = nan, nan, inf, 0.0
    for i, (time, height) in enumerate(zip(times, heights, strict=True)):
        lowest = min(lowest, height)
        unseen = max(unseen, time - times[max(0, i - 1)])
        if height < level:
            continue
        came = stays_until = time
        if i > 0 and heights[i - 1] < level:
            came = crossing(times, heights, i - 1, level)
        if i + 1 < len(times) and heights[i + 1] < level:
            stays_until = crossing(times, heights, i, level)
        is_broken = came - left > BRIDGE_GAP and lowest < level - room
        is_broken |= unseen > UNSEEN_GAP
        if begun != begun:
            begun = came
        elif is_broken:
            yield begun, left
            begun = came
        left, lowest, unseen = stays_until, inf, 0.0
    if begun == begun:
        yield begun, left


def _unseen_too(stays: Iterable[Span], times: Sequence[float]) -> Iterator[Span]:
    """The stays, each from when to when it may have lasted if it began or ended unseen."""
    gaps = [gap for gap in pairwise(times) if gap[1] - gap[0] > UNSEEN_GAP]
    for start, stop in stays:
        begun = [gap[0] for gap in gaps if gap[0] <= start <= gap[1]]
        left = [gap[1] for gap in gaps if gap[0] <= stop <= gap[1]]
        yield min([start, *begun]), max([stop, *left])
