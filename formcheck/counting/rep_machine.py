"""The rep: rest, out, hold, back, as a state machine over one measure.

Levels decide whether something counts, turning points decide when it happened. The measure's rest
level is learned from the person and followed from rep to rep, so nothing depends on how far the
laptop's lid is tilted or on where exactly someone lies down.

Inside, the measure is turned so that the way out always makes it grow (`height`).
"""

from collections.abc import Iterable
from dataclasses import replace
from math import inf, nan

from formcheck.counting.attempt import (
    EDGE,
    NEAR_REST,
    Attempt,
    HoldClock,
    MachineStep,
    Track,
    measure_attempt,
    way_back_alone,
)
from formcheck.counting.foothold import Foothold
from formcheck.exercise import MOVING, HoldRule, Phase, RepRule
from formcheck.language.sentences import Sentence
from formcheck.measuring.flank import HANGING, ONSET
from formcheck.measuring.timing import Dwell, Floor, sustained_high

REST_WINDOW = 3.0
"""Seconds of rest from which the rest level is taken: longer than a slow start takes to be seen."""
REST_SHARE = 0.3
"""The rest level is the height below which this share of that window lies, a percentile: low
enough not to follow a slow start, high enough not to be noise's lowest point."""
CONFIRM = 0.1
"""Seconds that the attempt's level must be passed before an attempt is believed."""
COUNTED = 0.25
"""Share of the shortest rep for which the counting level must be passed. A spike is over sooner;
a quick rep is above it for about half of its time."""
LEAVE = 0.35
"""Share of the rise that must be lost again before the hold is over and the way back has begun."""
LOWERED = 0.6
"""Share of the rise that must be lost before a new way out is a new rep, and not the same one."""
SETTLED = 1.0
"""Seconds of stillness after which someone who came down only part of the way is at rest."""
LATER = 0.15
"""Share of the way back by which the rest after a rep must be lower than the one before, to be
taken for the true one where the beginning was not seen."""
PATIENCE = 2.0
"""Seconds without sight of the measure after which an attempt is given up."""
START_SEEN = 0.3
"""Seconds of rest that must have been seen to know that a movement did not begin before them."""
LONGEST = 60.0
"""Seconds; an attempt that lasts longer is not one."""
UNREADY = 1.0
"""Seconds out of the start position after which the person has left it."""


class RepMachine:
    """Follows one measure through rest, out, hold and back."""

    def __init__(self, rule: RepRule, hold: HoldRule) -> None:
        self._sign = 1.0 if rule.direction == "up" else -1.0
        self._rule = rule
        self._hold = hold
        self._onset = HANGING if rule.hangs else ONSET
        self._reaches = -inf if rule.reaches is None else self._sign * rule.reaches
        self._rest = Floor(REST_WINDOW, REST_SHARE, CONFIRM)
        self._track: Track | None = None
        self._counting = nan
        """The height from which the attempt that is going on counts."""
        self._attempt = Dwell(CONFIRM)
        self._counts = Dwell(COUNTED * rule.shortest)
        self._still = Dwell(SETTLED)
        self._unready = Dwell(UNREADY)
        self._hidden = Dwell(PATIENCE)
        self._foothold = Foothold(rule)
        self._seen = self._last_speed = nan
        self._first: tuple[float, float] | None = None
        self._ready_since = -inf
        self._is_first = self._is_beginning = True
        self.clock = HoldClock(hold)
        self.phase: Phase = "away"

    def update(
        self,
        time: float,
        value: float,
        speed: float,
        is_ready: bool | None,
        has_moved: bool = False,
    ) -> MachineStep:
        """Take in the measure and its speed (NaN = not seen), and whether the start position holds.

        That is None while a part of the body that it asks about is hidden. Who `has_moved` is not
        where the attempt began, as in the middle of a step: to turn there is not to be at rest.
        """
        # No frames for a long time are no different from frames in which nothing was seen.
        if value != value or time - self._seen > PATIENCE:
            step = self._unseen(time)
            self._seen = self._seen if value != value else time
            return step
        self._seen = time
        height, speed = self._sign * value, self._sign * speed
        if self.phase == "away":
            return self._wait(time, height, speed, bool(is_ready))
        if self.phase == "rest":
            return self._at_rest(time, height, is_ready)
        return self._moving(time, height, speed, bool(is_ready), has_moved)

    @property
    def progress(self) -> float:
        """How far the attempt that is going on has got, of what it takes to count; 0 if none is."""
        return self._rule.share(self._track.rise) if self._track is not None else 0.0

    def finish(self) -> Attempt | None:
        """The attempt that the end of the recording cut off, if it cut one off."""
        return self.ended(Sentence("cut off by the end"))

    def ended(self, why: str) -> Attempt | None:
        """The attempt that cannot be followed any further; whole if it was coming to rest."""
        track = self._track
        if track is None or self.phase not in MOVING:
            return None
        lowered = (track.top - track.low) / track.rise
        if lowered >= 1 - LEAVE:
            attempt = self._measured(track, "")
            return replace(attempt, end=min(attempt.end, track.times[-1]))
        if track.rise >= self._rule.counts:
            return self._measured(track, why)
        return None

    def _measured(self, track: Track, cut_off: str) -> Attempt:
        """The attempt in numbers; how long the way out took is only known if its start was seen."""
        attempt = measure_attempt(track, cut_off, self._onset, self._hold.within)
        attempt = replace(attempt, start=max(attempt.start, self._ready_since))
        if attempt.start - self._ready_since < START_SEEN:
            attempt = replace(self._lowered_rest(track, attempt), out=nan)
        if self._hold.is_held(attempt.hold):
            return attempt
        needed = self._rule.needed(self._sign * attempt.rest, is_held=False)
        return replace(attempt, counted=attempt.counted and attempt.range >= needed)

    def _lowered_rest(self, track: Track, attempt: Attempt) -> Attempt:
        """The attempt, measured from the rest after it where that is clearly lower.

        Who was first seen on the way out was never seen at rest before.
        """
        if track.rest - track.low <= LATER * (attempt.top - track.low):
            return attempt
        high = sustained_high(track.times, track.heights)
        enough = high >= self._goal(track.low)
        return replace(
            attempt,
            rest=track.low,
            counted=attempt.counted or (enough and not attempt.cut_off),
            rested_later=True,
        )

    def begin_anew(self) -> None:
        """Take what comes next like the first moment of a recording, with nothing before it."""
        self._is_first = True

    def leave(self) -> bool:
        """The person has left the start position: drop any attempt; whether that is news."""
        was_away = self.phase == "away"
        self._go_away()
        return not was_away

    def _unseen(self, time: float) -> MachineStep:
        if self.phase != "away" and time - self._seen > PATIENCE:
            over = self.ended(Sentence("lost from sight"))
            self._go_away()
            return MachineStep("away", over=over, became="lost")
        return MachineStep(self.phase)

    def _go_away(self) -> None:
        self.phase, self._first = "away", None
        self._forget()

    def _forget(self) -> None:
        """Forget the attempt and what was learned of the rest."""
        self._track = None
        self._rest.clear()
        for dwell in (self._attempt, self._counts, self._still, self._unready, self._hidden):
            dwell.reset()

    def _wait(self, time: float, height: float, speed: float, is_ready: bool) -> MachineStep:
        """Until the start position is taken: on coming to rest or turning in it, not in passing.

        A recording may begin in mid-movement, so its first moment is believed as it is.
        """
        is_first, self._is_first = self._is_first, False
        is_beginning, self._is_beginning = self._is_beginning, False
        turns = self._last_speed < 0 <= speed
        self._last_speed = speed
        comes_to_rest = is_first or turns or abs(speed) < self._hold.slower_than
        if not is_ready or not comes_to_rest:
            return MachineStep("away")
        self._first = (time, height) if is_beginning else None
        self._ready_since = time
        self._settle([(time, height)])
        return MachineStep("rest", became="ready")

    def _settle(self, samples: Iterable[tuple[float, float]]) -> None:
        """Begin to rest, with the first samples of it."""
        self.phase = "rest"
        self._forget()
        for time, height in samples:
            self._rest.update(time, height)

    def _at_rest(self, time: float, height: float, is_ready: bool | None) -> MachineStep:
        self._rest.update(time, height)
        over = self._began_in_the_middle(time)
        risen = height - self._rest.level > self._rule.attempt
        if self._attempt.update(time, risen):
            return MachineStep("out", began=self._begin(), over=over)
        left = self._unready.update(time, is_ready is False and not risen)
        if left or self._hidden.update(time, is_ready is None and not risen):
            self._go_away()
            return MachineStep("away", over=over, became="lost")
        return MachineStep("rest", over=over)

    def _began_in_the_middle(self, time: float) -> Attempt | None:
        """The way back with which the recording began, once it is seen to have been one."""
        if self._first is None:
            return None
        start, height = self._first
        if height - self._rest.level > self._rule.counts:
            self._first = None
            return way_back_alone(start, time, self._rest.level, height)
        if time - start > REST_WINDOW:
            self._first = None
        return None

    def _begin(self) -> float:
        """Start an attempt with the samples since it left the rest level; when that was."""
        samples = list(self._rest.samples)
        track = Track(self._rest.level)
        self._counting = self._goal(track.rest)
        began = len(samples) - 1
        while began > 0 and samples[began][1] > self._rest.level + EDGE * self._rule.counts:
            began -= 1
        self._counts.reset()
        for time, height in samples[began:]:
            track.add(time, height)
            self._count(track, time, height)
        self._track, self._first = track, None
        self._foothold = Foothold(self._rule)
        self._still.reset()
        self.clock = HoldClock(self._hold)
        self.phase = "out"
        return samples[began][0]

    def _moving(
        self, time: float, height: float, speed: float, is_ready: bool, has_moved: bool
    ) -> MachineStep:
        track = self._track
        assert track is not None
        track.add(time, height, has_moved)
        is_still = is_ready and abs(speed) < self._hold.slower_than
        self._foothold.update(track, is_still)
        if is_still and self._foothold.is_regained(track):
            return self._complete_from_foothold(track)
        self._count(track, time, height)
        if track.counted:
            self.clock.update(time, height, speed, track.top)
        if time - track.times[0] > LONGEST:
            self._go_away()
            return MachineStep("away", became="lost")
        lost = track.top - height
        if self.phase != "back":
            self._raise_or_hold(track, speed, lost / track.rise)
            return MachineStep(self.phase)
        return self._go_back(time, height, speed, track)

    def _count(self, track: Track, time: float, height: float) -> None:
        """Note whether the attempt has gone far enough, for long enough, to count."""
        track.counted |= self._counts.update(time, height >= self._counting)

    def _goal(self, rest: float) -> float:
        """The height from which a rep of somebody who rests at this one counts."""
        return max(rest + self._rule.needed(self._sign * rest), self._reaches)

    def _raise_or_hold(self, track: Track, speed: float, lost: float) -> None:
        if lost > (LEAVE if track.counted else LOWERED):
            self.phase = "back"
        elif track.counted and speed < self._hold.slower_than:
            self.phase = "hold"

    def _go_back(self, time: float, height: float, speed: float, track: Track) -> MachineStep:
        still = abs(speed) < self._hold.slower_than
        lowered = track.top - track.low
        regained = height - track.low
        at_rest = height - track.rest <= NEAR_REST * track.rise and still
        turned = regained > self._rule.attempt and lowered > LOWERED * track.rise
        settled = self._still.update(time, still and lowered > LOWERED * track.rise)
        if at_rest or settled or (turned and not track.is_low_elsewhere):
            return self._complete(track)
        if regained > LOWERED * lowered:
            self.phase = "hold" if track.counted else "out"
        return MachineStep(self.phase)

    def _complete_from_foothold(self, track: Track) -> MachineStep:
        """The attempt is over, and began where the person had stood still, which was the rest."""
        assert self._foothold.place is not None
        track = track.since(self._foothold.place)
        track.counted = sustained_high(track.times, track.heights) >= self._goal(track.rest)
        step = self._complete(track)
        step.reopened = step.over is not None
        return step

    def _complete(self, track: Track) -> MachineStep:
        """The attempt is over. What followed its lowest point already belongs to the rest."""
        attempt = self._measured(track, "")
        lowest = len(track.heights) - 1 - track.heights[::-1].index(track.low)
        self._settle(zip(track.times[lowest:], track.heights[lowest:], strict=True))
        if attempt.end - attempt.start < self._rule.shortest:
            return MachineStep("rest")
        return MachineStep("rest", over=attempt)
