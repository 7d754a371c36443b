"""Scripts: what the stick figure does over time, what is true about it, and its poses."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from figure_body import Array, Motion, Side
from figure_camera import Camera, Drop, Noise, within
from numpy.typing import ArrayLike, NDArray

from formcheck.pose import Pose


def minimum_jerk(u: ArrayLike) -> Array:
    """From 0 to 1 as smoothly as people move; u is clipped to 0..1."""
    u = np.clip(np.asarray(u, dtype=np.float64), 0.0, 1.0)
    return np.asarray(u**3 * (10 - 15 * u + 6 * u**2), dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Rep:
    """What is true about one repetition; times in seconds of the script."""

    start: float
    """The last moment of rest."""
    top_start: float
    top_end: float
    end: float
    """The first moment of rest again."""
    hold: float
    """Seconds from top start to top end."""
    range_deg: float
    """How far the exercise's main angle goes from rest to top."""
    side: Side | None
    """The side that works, if only one does: the person's own, whatever a mirror makes of it."""
    counted: bool
    """False for an attempt that turns back early (`partial`)."""
    faults: tuple[str, ...] = ()

    def later(self, seconds: float) -> "Rep":
        """The same repetition, shifted in time."""
        return replace(
            self,
            start=self.start + seconds,
            top_start=self.top_start + seconds,
            top_end=self.top_end + seconds,
            end=self.end + seconds,
        )


@dataclass(frozen=True, slots=True, eq=False)
class Script:
    """A movement, exact at any time, and what is true about it."""

    duration: float
    landmarks: Motion
    """Times (T,) in seconds of the script -> (T, 33, 3) metres in the room."""
    truth: tuple[Rep, ...] = ()
    middle: tuple[float, float, float] = (0.0, 0.87, 0.0)
    """The middle of the scene in the room: where a camera looks."""
    absent: tuple[tuple[float, float], ...] = ()
    """From, to in seconds: nobody is in view."""

    def poses(
        self,
        fps: float = 30.0,
        start_time: float = 0.0,
        camera: Camera | None = None,
        noise: Noise | None = None,
        drop: Drop | float | Sequence[tuple[float, float]] | None = None,
        jitter: float = 0.0,
    ) -> list[Pose]:
        """What MediaPipe would report, frame by frame.

        Args:
            fps: frames per second.
            start_time: time of the first frame; the script's second 0.
            camera: who looks; `Camera()` if not given.
            noise: error of the landmarks.
            drop: lost frames; a number is a share of them, a list of (from, to) are gaps.
            jitter: how far frames stray from their due time, in frame intervals (below 0.5).
        """
        lost = _drop(drop)
        random = np.random.default_rng(lost.seed)
        times = np.arange(np.ceil(self.duration * fps - 1e-9)) / fps
        if jitter:
            times = np.maximum(times + random.uniform(-jitter, jitter, len(times)) / fps, 0.0)
        keep = random.uniform(size=len(times)) >= lost.fraction
        if not lost.absent:
            keep &= ~within(times, lost.gaps)
        times = times[keep]
        nobody = within(times, self.absent)
        if lost.absent:
            nobody |= within(times, lost.gaps)
        error = np.zeros((len(times), 33, 3)) if noise is None else noise.along(times)
        image, world, visibility = (camera or Camera()).shoot(
            self.landmarks(times), np.array(self.middle), error
        )
        nobody |= ~visibility.any(axis=1)
        return [
            Pose.absent(start_time + time)
            if nobody[k]
            else Pose(start_time + time, image[k], world[k], visibility[k])
            for k, time in enumerate(times.tolist())
        ]


def _drop(drop: Drop | float | Sequence[tuple[float, float]] | None) -> Drop:
    if drop is None:
        return Drop()
    if isinstance(drop, Drop):
        return drop
    if isinstance(drop, float | int):
        return Drop(fraction=float(drop))
    return Drop(gaps=tuple(drop))


def concatenate(scripts: Iterable[Script]) -> Script:
    """One script after the other, in one room before one camera; postures change at once."""
    scripts = tuple(scripts)
    ends = np.cumsum([script.duration for script in scripts])
    starts = np.concatenate([[0.0], ends[:-1]])

    def landmarks(times: Array) -> Array:
        result = np.empty((len(times), 33, 3))
        turn = np.minimum(np.searchsorted(ends, times, side="right"), len(scripts) - 1)
        for k, script in enumerate(scripts):
            mine = turn == k
            result[mine] = script.landmarks(times[mine] - starts[k])
        return result

    later = list(zip(scripts, starts.tolist(), strict=True))
    # The tallest scene decides how high the camera looks, so that a standing head stays in view.
    middle = max((script.middle for script in scripts), key=lambda point: point[1])
    return Script(
        duration=float(ends[-1]),
        landmarks=landmarks,
        truth=tuple(rep.later(by) for script, by in later for rep in script.truth),
        middle=middle,
        absent=tuple((a + by, b + by) for script, by in later for a, b in script.absent),
    )


def pause(seconds: float) -> Script:
    """Nobody is in view."""
    return Script(
        duration=seconds,
        landmarks=lambda times: np.full((len(times), 33, 3), np.nan),
        middle=(0.0, 0.0, 0.0),
        absent=((0.0, seconds),),
    )


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault, in some repetitions (counted from 1; None = all), by a given amount."""

    reps: Collection[int] | None = None
    amount: float | None = None
    """In the unit of the exercise's table of faults; None = the amount given there."""


Faults = str | Iterable[str] | Mapping[str, Fault | Collection[int] | None]
"""A name, several names, or name -> the repetitions (from 1) that have it, None = all."""


@dataclass(frozen=True, slots=True)
class Given:
    """The faults of a script: name -> amount by repetition (reps,), NaN where it is not given."""

    reps: int
    amounts: Mapping[str, Array]

    @classmethod
    def read(cls, faults: Faults | None, known: Mapping[str, float], reps: int) -> "Given":
        """Turn what the caller asked for into amounts.

        Args:
            faults: what the caller asked for.
            known: name of each fault of this exercise -> its usual amount.
            reps: how many repetitions there are.
        """
        if faults is None:
            faults = ()
        if isinstance(faults, str):
            faults = (faults,)
        if not isinstance(faults, Mapping):
            faults = dict.fromkeys(faults)
        amounts: dict[str, Array] = {}
        for name, wish in faults.items():
            if name not in known:
                raise ValueError(f"no fault {name!r}; there are {', '.join(known)}")
            fault = wish if isinstance(wish, Fault) else Fault(wish)
            which = range(1, reps + 1) if fault.reps is None else fault.reps
            values = np.full(reps, np.nan)
            for number in which:
                if not 1 <= number <= reps:
                    raise ValueError(f"no repetition {number} among {reps}")
                values[number - 1] = known[name] if fault.amount is None else fault.amount
            amounts[name] = values
        return cls(reps, amounts)

    def instead_of(self, usual: float | Array, *names: str) -> Array:
        """(reps,) the usual value, or the amount of one of these faults where it is given."""
        values = np.array(np.broadcast_to(usual, self.reps), dtype=np.float64)
        for name in names:
            amount = self.amounts.get(name, np.full(self.reps, np.nan))
            values = np.where(np.isnan(amount), values, amount)
        return values

    def of(self, name: str) -> Array:
        """(reps,) the amount of a fault, 0 where it is not given."""
        return self.instead_of(0.0, name)

    def has(self, name: str) -> Array:
        """(reps,) 1 where the fault is given, else 0."""
        return np.where(np.isnan(self.instead_of(np.nan, name)), 0.0, 1.0)

    def names(self, rep: int) -> tuple[str, ...]:
        """The faults of one repetition (from 0), except `partial`, which is not a fault."""
        return tuple(
            name
            for name, amount in self.amounts.items()
            if name != "partial" and not np.isnan(amount[rep])
        )


@dataclass(frozen=True, slots=True)
class Timing:
    """When each repetition starts, reaches the top, leaves it and ends; (reps,) seconds."""

    start: Array
    top_start: Array
    top_end: Array
    end: Array
    duration: float

    @classmethod
    def of(
        cls, rest: float, raising: Array, holding: Array, lowering: Array, after: float
    ) -> "Timing":
        """Lay repetitions one after the other.

        Args:
            rest: seconds of rest before each repetition.
            raising: (reps,) seconds.
            holding: (reps,) seconds.
            lowering: (reps,) seconds.
            after: seconds of rest after the last repetition.
        """
        whole = rest + raising + holding + lowering
        start = rest + np.cumsum(whole) - whole
        top_start = start + raising
        top_end = top_start + holding
        end = top_end + lowering
        last = float(end[-1]) if len(end) else rest
        return cls(start, top_start, top_end, end, last + after)

    def progress(self, times: Array) -> Array:
        """(T, reps) 0 at rest, 1 at the top, for each repetition."""
        up = minimum_jerk((times[:, None] - self.start) / (self.top_start - self.start))
        down = minimum_jerk((times[:, None] - self.top_end) / (self.end - self.top_end))
        return np.asarray(up * (1 - down), dtype=np.float64)

    def while_holding(self, times: Array, stay: float, edge: float) -> Array:
        """(T, reps) 0, but 1 for `stay` seconds in the middle of the hold, with smooth edges."""
        away = np.abs(times[:, None] - (self.top_start + self.top_end) / 2) - stay / 2
        return 1 - minimum_jerk(away / edge)

    def from_hold_to_rest(self, times: Array, edge: float) -> Array:
        """(T, reps) 0, but 1 from the middle of the hold into the rest after it."""
        middle = (self.top_start + self.top_end) / 2
        up = minimum_jerk((times[:, None] - middle) / edge)
        down = minimum_jerk((times[:, None] - self.end - edge) / edge)
        return np.asarray(up * (1 - down), dtype=np.float64)

    def settled(self, times: Array, values: Array) -> Array:
        """(T,) a value by repetition that is changed during the rest between two of them."""
        result = np.full(len(times), values[0])
        for k in range(1, len(values)):
            rest = self.start[k] - self.end[k - 1]
            share = minimum_jerk((times - self.end[k - 1] - 0.2 * rest) / (0.6 * rest))
            result += share * (values[k] - values[k - 1])
        return result

    def number_at(self, times: Array) -> NDArray[np.intp]:
        """(T,) which repetition (from 0) a time belongs to, the rest before it included."""
        last = max(len(self.end) - 1, 0)
        return np.minimum(np.searchsorted(self.end, times, side="left"), last)

    def truth(self, given: Given, ranges: Array, sides: Sequence[Side | None]) -> tuple[Rep, ...]:
        """What is true about each repetition.

        Args:
            given: the faults.
            ranges: (reps,) degrees from rest to top.
            sides: which side works, by repetition.
        """
        partial = given.has("partial")
        return tuple(
            Rep(
                start=float(self.start[k]),
                top_start=float(self.top_start[k]),
                top_end=float(self.top_end[k]),
                end=float(self.end[k]),
                hold=float(self.top_end[k] - self.top_start[k]),
                range_deg=float(ranges[k]),
                side=sides[k],
                counted=not partial[k],
                faults=given.names(k),
            )
            for k in range(len(self.start))
        )
