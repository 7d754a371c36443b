"""Which measure shows the reps of some clips best.

A good one shows as many waves as there are reps and nothing else; they are large beside the error
of landmarks and alike; it is seen throughout; and it is one that a person would name.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import fmean, median
from typing import Literal

import numpy as np

from formcheck.exercise import Side, View
from formcheck.learning.candidates import CANDIDATES, Candidate
from formcheck.learning.clips import Clip
from formcheck.learning.peaks import FoundWaves, find_waves, spread
from formcheck.measuring.geometry import degrees_off
from formcheck.measuring.kinds import KINDS, LENGTH
from formcheck.measuring.majority import mostly
from formcheck.measuring.reader import is_sided

ERROR = {"degrees": 7.0, LENGTH: 0.08}
"""How wrong MediaPipe's landmarks make a measure, as a rule: half of it is noise, half a bias."""
OBLIQUE = 30.0
"""Up to how many degrees off a view a measure of that view is tried."""
SEEN = 0.5
"""Share of the frames in which a measure must be known to be tried."""
ALONE = 0.5
"""Where one side moves less than this share of the other, each is counted for itself."""

SIDES: tuple[Side, Side] = ("left", "right")
Direction = Literal["up", "down"]
Apart = Literal["both", "each"]
WAYS: tuple[tuple[Direction, float], ...] = (("up", 1.0), ("down", -1.0))
TOGETHER: tuple[Apart, Apart] = ("both", "each")


@dataclass(frozen=True, slots=True)
class Choice:
    """A measure that shows the reps, and how well."""

    candidate: Candidate
    direction: Direction
    sides: Apart
    found: tuple[FoundWaves, ...]
    """In each clip. Turned so that the way out grows."""
    merit: float
    """0 to 1."""

    @property
    def sign(self) -> float:
        """+1 where the measure grows on the way out."""
        return 1.0 if self.direction == "up" else -1.0

    @property
    def unit(self) -> str:
        """Of the measure."""
        return KINDS[self.candidate.measure.kind].unit

    @property
    def error(self) -> float:
        """How wrong the measure may be."""
        return ERROR[self.unit]

    @property
    def ranges(self) -> tuple[float, ...]:
        """Of every rep in all clips."""
        return tuple(each for found in self.found for each in found.ranges)

    @property
    def rest(self) -> float:
        """The measure at rest."""
        return self.sign * median([each for found in self.found for each in found.rests])

    @property
    def top(self) -> float:
        """The measure at the top of a rep."""
        return self.sign * median([each for found in self.found for each in found.tops])

    @property
    def other(self) -> float:
        """The largest movement that is no rep."""
        return max(found.other for found in self.found)


def view_of(clips: Sequence[Clip]) -> View:
    """From where the clips were filmed, as far as landmarks tell."""
    return "side" if median([clip.turn for clip in clips]) > 45 else "front"


def is_upright(clips: Sequence[Clip]) -> bool:
    """Whether the people in the clips begin upright, and do not lie."""
    return mostly([clip.is_upright for clip in clips])


def ranked(clips: Sequence[Clip]) -> list[Choice]:
    """Every measure that shows as many reps as there are in each clip, the best first."""
    candidates = [
        each
        for each in CANDIDATES
        if off_view(each.view, clips) <= 45 + OBLIQUE and each.suits(is_upright(clips))
    ]
    measures = [each.measure for each in candidates]
    choices: list[Choice] = []
    courses = [{side: clip.courses(measures, side) for side in (None, *SIDES)} for clip in clips]
    for candidate in candidates:
        name = candidate.measure.name
        mine = [{side: of[name] for side, of in each.items()} for each in courses]
        off = off_view(candidate.view, clips)
        choices.extend(_choices(candidate, mine, [clip.reps for clip in clips], off))
    return sorted(choices, key=lambda choice: -choice.merit)


def off_view(view: View | None, clips: Sequence[Clip]) -> float:
    """How many degrees the camera is off the view that is needed; 0 where none is."""
    if view is None:
        return 0.0
    turn, slant = (median(each) for each in zip(*((c.turn, c.slant) for c in clips), strict=True))
    return degrees_off(view, turn, slant)


CourseOfSide = dict[Side | None, list[float]]


def _choices(
    candidate: Candidate, clips: Sequence[CourseOfSide], reps: Sequence[int], off: float
) -> Iterator[Choice]:
    """The candidate both ways up, with the sides together and apart, where that shows the reps."""
    beside = max(0.0, off - OBLIQUE) / 90
    for direction, sign in WAYS:
        for sides in TOGETHER:
            lanes = [_lanes(candidate, clip, sides, sign) for clip in clips]
            found = [_found(own, n) for own, n in zip(lanes, reps, strict=True)]
            if any(each is None for each in found):
                continue
            choice = Choice(candidate, direction, sides, tuple(f for f in found if f), 0.0)
            seen = min(_seen(clip[side]) for clip in clips for side in _watched(clip, sides))
            together = min(_together(candidate, clip, sides) for clip in clips)
            begins = fmean([_begins(*each) for each in zip(lanes, choice.found, strict=True)])
            merit = (1 - beside) * seen * together * begins * _shown(choice)
            yield replace(choice, merit=merit)


def _found(lanes: Sequence[Sequence[float]], reps: int) -> FoundWaves | None:
    return find_waves(lanes, reps) if lanes else None


def _shown(choice: Choice) -> float:
    """How well the waves tell the reps: clear, large, alike; and by a plain measure."""
    size = median(choice.ranges)
    alike = max(0.0, 1.0 - spread(choice.ranges) / size)
    clear = min(found.clearness for found in choice.found)
    return choice.candidate.plain * clear * alike * size / (size + choice.error)


def _lanes(candidate: Candidate, clip: CourseOfSide, sides: str, sign: float) -> list[list[float]]:
    """The courses to find waves in, turned so that the way out grows; none if it is not seen so."""
    watched = _watched(clip, sides)
    is_of_side = is_sided(candidate.measure) and not candidate.is_of_trunk
    if sides == "each" and (len(watched) < 2 or not is_of_side):
        return []
    return [[sign * value for value in clip[side] if value == value] for side in watched]


def _watched(clip: CourseOfSide, sides: str) -> list[Side | None]:
    wanted: tuple[Side | None, ...] = (None,) if sides == "both" else SIDES
    return [side for side in wanted if _seen(clip[side]) >= SEEN]


def _seen(course: Sequence[float]) -> float:
    return sum(value == value for value in course) / len(course) if course else 0.0


def _together(candidate: Candidate, clip: CourseOfSide, sides: str) -> float:
    """How much the two sides move alike, 0 to 1; 1 where that does not matter."""
    if sides == "each" or not is_sided(candidate.measure):
        return 1.0
    seen = [clip[side] for side in _watched(clip, "each")]
    if len(seen) < 2:
        return 1.0
    pairs = [(a, b) for a, b in zip(*seen, strict=True) if a == a and b == b]
    if len(pairs) < 2:
        return 1.0
    left, right = zip(*pairs, strict=True)
    moved = sorted((_extent(left), _extent(right)))
    mean = _extent([(a + b) / 2 for a, b in pairs])
    return 1.0 if mean >= (1 + ALONE) / 2 * moved[1] else mean / moved[1] if moved[1] else 1.0


def _extent(course: Sequence[float]) -> float:
    """From its low to its high values, without the extremes."""
    low, high = np.percentile(course, (5, 95), method="lower")
    return float(high - low)


def _begins(lanes: Sequence[Sequence[float]], found: FoundWaves) -> float:
    """Whether the clip begins, and ends, nearer to rest than to the top; 1 if both.

    Reps without a pause look alike the other way up, but people press the button at rest.
    """
    moving = [(lane, own) for lane, own in zip(lanes, found.waves, strict=True) if own.crests]
    halves = [(median(own.rests) + median(own.tops)) / 2 for _, own in moving]
    first = fmean([lane[0] < half for (lane, _), half in zip(moving, halves, strict=True)])
    last = fmean([lane[-1] < half for (lane, _), half in zip(moving, halves, strict=True)])
    return 0.4 + 0.4 * first + 0.2 * last
