"""A script: what the stick figure does over time, what is true about it, and its poses."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from formcheck.exercise import Side
from formcheck.figure.viewpoint import Drop, Noise, Viewpoint, within
from formcheck.pose import Array, Pose

Motion = Callable[[Array], Array]
"""Times (T,) in seconds -> landmarks (T, 33, 3) in the room, metres."""


def minimum_jerk(u: ArrayLike) -> Array:
    """From 0 to 1 as smoothly as people move; u is clipped to 0..1."""
    u = np.clip(np.asarray(u, dtype=np.float64), 0.0, 1.0)
    return np.asarray(u**3 * (10 - 15 * u + 6 * u**2), dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Timing:
    """When each repetition starts, reaches the top, leaves it and ends; (reps,) seconds."""

    start: Array
    top_start: Array
    top_end: Array
    end: Array
    duration: float

    @classmethod
    def of(cls, rest: float, out: Array, holding: Array, back: Array, after: float) -> "Timing":
        """Lay repetitions one after the other, with rest before each and after the last."""
        whole = rest + out + holding + back
        start = rest + np.cumsum(whole) - whole
        top_start = start + out
        top_end = top_start + holding
        end = top_end + back
        return cls(start, top_start, top_end, end, float(end[-1] if len(end) else rest) + after)


@dataclass(frozen=True, slots=True)
class KnownRep:
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

    def later(self, seconds: float) -> "KnownRep":
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
    truth: tuple[KnownRep, ...] = ()
    middle: tuple[float, float, float] = (0.0, 0.87, 0.0)
    """The middle of the scene in the room: where a camera looks."""
    absent: tuple[tuple[float, float], ...] = ()
    """From, to in seconds: nobody is in view."""

    def poses(
        self,
        fps: float = 30.0,
        start_time: float = 0.0,
        camera: Viewpoint | None = None,
        noise: Noise | None = None,
        drop: Drop | float | Sequence[tuple[float, float]] | None = None,
        jitter: float = 0.0,
    ) -> list[Pose]:
        """What MediaPipe would report, frame by frame.

        Args:
            fps: frames per second.
            start_time: time of the first frame; the script's second 0.
            camera: who looks; `Viewpoint()` if not given.
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
        gone = within(times, lost.gaps if lost.absent else ())
        return self.seen(times, start_time, camera, noise, gone)

    def seen(
        self,
        times: Array,
        start_time: float = 0.0,
        camera: Viewpoint | None = None,
        noise: Noise | None = None,
        gone: NDArray[np.bool_] | None = None,
    ) -> list[Pose]:
        """What MediaPipe would report at these times (T,) of the script.

        Args:
            times: seconds of the script.
            start_time: what the poses' clock shows at its second 0.
            camera: who looks; `Viewpoint()` if not given.
            noise: error of the landmarks.
            gone: (T,) when nobody is in view, whatever the script says.
        """
        error = np.zeros((len(times), 33, 3)) if noise is None else noise.along(times)
        image, world, visibility = (camera or Viewpoint()).shoot(
            self.landmarks(times), np.array(self.middle), error
        )
        nobody = within(times, self.absent) | ~visibility.any(axis=1)
        if gone is not None:
            nobody |= gone
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
