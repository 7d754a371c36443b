"""From a body to an exercise's measures.

A landmark named without `left_` or `right_` is that of the side being watched; with `other_` it is
that of the other side. Where both sides move together, the two sides' values are averaged, each
weighted by how well it is seen: a hidden far leg does no harm, an oblique camera has both count.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import nan
from operator import itemgetter
from statistics import fmean

from formcheck.exercise import Exercise, Measure, Side, SinceRest
from formcheck.measuring.kinds import KINDS, LENGTH, Reader
from formcheck.measuring.tracker import POINTS, Body
from formcheck.pose import SEEN

Visibilities = Callable[[Sequence[float]], tuple[float, ...]]
"""From the visibilities of all points to those of the ones that matter."""

Comparison = Callable[[float, float, float], float]
"""From a raw value, the same at rest and the torso's length to a measure's value."""

COMPARISONS: dict[SinceRest, Comparison] = {
    "no": lambda value, rest, torso: value,
    "change": lambda value, rest, torso: value - rest,
    "ratio": lambda value, rest, torso: value / (rest or nan),
}
LENGTHS: dict[SinceRest, Comparison] = {
    "no": lambda value, rest, torso: value / torso,
    "change": lambda value, rest, torso: (value - rest) / torso,
    "ratio": COMPARISONS["ratio"],
}
"""The same of lengths, which are told in torsos."""


@dataclass(slots=True)
class Reading:
    """What was read off one body: for each side that is watched, each measure in order."""

    values: list[float]
    """Raw; NaN = unknown."""
    weights: list[float]
    """How well each value is seen: the visibility, above `SEEN`, of its least visible landmark."""
    torso: float
    """The length that lengths are divided by; they are read in image heights."""


class MeasureReader:
    """Reads all measures of an exercise off a body, for one side or for both together."""

    def __init__(self, exercise: Exercise, side: Side | None) -> None:
        self.measures = exercise.measures
        self.names = tuple(measure.name for measure in exercise.measures)
        sides: list[Side] = ["left", "right"] if side is None else [side]
        slots = [(measure, each) for each in sides for measure in self.measures]
        self.unknown = [nan] * len(slots)
        """Raw values, of which nothing is known."""
        read = [
            not measure.terms and (each == sides[0] or is_sided(measure)) for measure, each in slots
        ]
        readers = [
            _reader(*slot) if is_read else UNREAD for slot, is_read in zip(slots, read, strict=True)
        ]
        self._readers = [reader for reader, _ in readers]
        self._visibilities = [visibilities for _, visibilities in readers]
        place = {name: i for i, name in enumerate(self.names)}
        self._composed = [
            (m, place[m.name] + start, [(place[name] + start, factor) for name, factor in m.terms])
            for start in range(0, len(slots), len(self.names))
            for m in self.measures
            if m.terms
        ]
        self._comparisons = [_comparing(m, self._is_length(m)) for m, _ in slots]

    def read(self, body: Body) -> Reading:
        """The raw values of this body."""
        visibility = body.visibility
        values = [reader(body) for reader in self._readers]
        weights = [min(visibilities(visibility)) - SEEN for visibilities in self._visibilities]
        for measure, place, terms in self._composed:
            if measure.kind == "mean":
                seen = [i for i, _ in terms if values[i] == values[i] and weights[i] > 0]
                values[place] = sum([values[i] for i in seen]) / len(seen) if seen else nan
                weights[place] = max([weights[i] for i, _ in terms])
            else:
                values[place] = sum([factor * values[i] for i, factor in terms])
                weights[place] = min([weights[i] for i, _ in terms])
        return Reading(values, weights, body.torso)

    def compared(self, reading: Reading, rest: list[float]) -> list[float]:
        """The measures' values, in order: compared with rest where they say so, sides averaged.

        Args:
            reading: what was read now.
            rest: the raw values at rest, in the order of `Reading.values`; NaN = unknown.

        Each side is compared with its own rest before the two are averaged: the sides stand at
        different places in the picture, and a mere change of weight must not look like a movement.
        For the same reason lengths are divided by the torso only then.
        """
        weights, torso = reading.weights, reading.torso
        known = zip(self._comparisons, reading.values, rest, weights, strict=True)
        values = [
            compare(value, before, torso) if weight > 0 else nan
            for compare, value, before, weight in known
        ]
        each = len(self.names)
        if len(values) == each:
            return values
        return list(map(_averaged, values[:each], values[each:], weights[:each], weights[each:]))

    def _is_length(self, measure: Measure) -> bool:
        if measure.terms:
            return any(self._is_length(m) for m in self.measures if m.name == measure.terms[0][0])
        return KINDS[measure.kind].unit == LENGTH


def _nothing(visibility: Sequence[float]) -> tuple[float, ...]:
    """Of what needs no landmark: it is always seen."""
    return (1.0 + SEEN,)


UNREAD: tuple[Reader, Visibilities] = (lambda body: nan, _nothing)
"""Of what is not read off a body: it is made of other measures, or read for the other side."""


def _reader(measure: Measure, side: Side) -> tuple[Reader, Visibilities]:
    """The reader of a measure on a side, and that of the visibilities of what it needs."""
    places = [POINTS[name] for name in landmarks_of(measure, side)]
    reader = KINDS[measure.kind].make(places, 1.0 if side == "left" else -1.0)
    return reader, itemgetter(*places, places[0]) if places else _nothing  # never a single one


def _comparing(measure: Measure, is_length: bool) -> Comparison:
    """How a measure's raw values are compared with rest."""
    compare = (LENGTHS if is_length else COMPARISONS)[measure.since_rest]
    minus = measure.minus
    if measure.unsigned:
        return lambda value, rest, torso: abs(compare(value, rest, torso) - minus)
    if minus:
        return lambda value, rest, torso: compare(value, rest, torso) - minus
    return compare


def _averaged(left: float, right: float, left_weight: float, right_weight: float) -> float:
    """The average of two sides; where one is unknown, the other."""
    if right != right:
        return left
    if left != left:
        return right
    return (left_weight * left + right_weight * right) / (left_weight + right_weight)


def is_sided(measure: Measure) -> bool:
    """Whether the measure is another one on the other side of the body."""
    return any(name not in POINTS for name in measure.landmarks)


def landmarks_of(measure: Measure, side: Side) -> tuple[str, ...]:
    """The full names of a measure's landmarks on one side."""
    other = "right" if side == "left" else "left"
    names = []
    for name in measure.landmarks:
        if name in POINTS:
            names.append(name)
        elif name.startswith("other_"):
            names.append(f"{other}_{name.removeprefix('other_')}")
        else:
            names.append(f"{side}_{name}")
    return tuple(names)


def hidden_landmarks(
    measures: Iterable[Measure], side: Side, visibilities: Sequence[Sequence[float]]
) -> list[str]:
    """The landmarks of measures on one side that were more guessed than seen, on average.

    Args:
        measures: whose landmarks.
        side: for those that have no side of their own.
        visibilities: of all landmarks, at each moment; at least one.
    """
    return [
        name
        for measure in measures
        for name in landmarks_of(measure, side)
        if fmean([each[POINTS[name]] for each in visibilities]) < SEEN
    ]
