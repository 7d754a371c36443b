"""From a body to an exercise's measures.

A landmark named without `left_` or `right_` is that of the side being watched; with `other_` it is
that of the other side. Where both sides move together, the two sides' values are averaged, each
weighted by how well it is seen, so that a hidden far leg does no harm and a camera that sees both
sides has both count.

`KINDS` is the whole vocabulary; a new kind is one function and one row.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import nan

from formcheck.body import POINTS, SEEN, Body
from formcheck.exercise import Exercise, Measure, Side
from formcheck.geometry import (
    Unfolding,
    Unwrapping,
    along,
    direction,
    joint_angle,
    offset,
)

Reader = Callable[[Body], float]
"""Reads one number off a body; NaN = unknown. May remember which way a joint bends."""


def _angle(p: Sequence[int], side: float) -> Reader:
    a, joint, b = p
    unfold = Unfolding()
    return lambda body: unfold(joint_angle(body.points[a], body.points[joint], body.points[b]))


def _tilt(p: Sequence[int], side: float) -> Reader:
    a, b = p
    unwrap = Unwrapping()

    def read(body: Body) -> float:
        line = body.points[b] - body.points[a]
        return unwrap(direction(0j, complex(line.real * body.heading, line.imag)))

    return read


def _swing(p: Sequence[int], side: float) -> Reader:
    a, b = p
    unwrap = Unwrapping()
    return lambda body: (
        side * body.facing * unwrap(direction(body.points[a], body.points[b]))
    )


def _rise(p: Sequence[int], side: float) -> Reader:
    a, over = (*p, None)[:2]

    def read(body: Body) -> float:
        low = body.points[over].imag if over is not None else 0.0
        return (body.points[a].imag - low) / body.torso

    return read


def _offset(p: Sequence[int], side: float) -> Reader:
    point, a, b = p
    return lambda body: (
        side * body.facing * offset(body.points[point], body.points[a], body.points[b]) / body.torso
    )


def _distance(p: Sequence[int], side: float) -> Reader:
    a, b = p
    return lambda body: abs(body.points[a] - body.points[b]) / body.torso


def _along(p: Sequence[int], side: float) -> Reader:
    point, a, b = p
    return lambda body: along(
        body.points[b] - body.points[a], body.points[point] - body.points[a]
    )


def _sideways(p: Sequence[int], side: float) -> Reader:
    (point,) = p
    return lambda body: side * body.facing * body.points[point].real / body.torso


def _turn(p: Sequence[int], side: float) -> Reader:
    return lambda body: side * body.turn


@dataclass(frozen=True, slots=True)
class KindOfMeasure:
    """A row of the vocabulary."""

    landmarks: tuple[int, ...]
    """How many landmarks it may take."""
    unit: str
    meaning: str
    make: Callable[[Sequence[int], float], Reader]
    """From the landmarks' places and the side (+1 left, -1 right) to a reader."""


KINDS: dict[str, KindOfMeasure] = {
    "angle": KindOfMeasure(
        (3,), "degrees", "joint angle at the middle landmark: 180 straight, beyond it overstretched", _angle
    ),
    "tilt": KindOfMeasure(
        (2,), "degrees", "direction of the line from first to second landmark for someone lying: 0 towards where the head lies, 90 straight up, 180 towards the feet", _tilt
    ),
    "swing": KindOfMeasure(
        (2,), "degrees", "direction of the line from first to second landmark in the picture, growing as it turns outwards, that is as a leg turns when it is raised to its own side", _swing
    ),
    "rise": KindOfMeasure(
        (1, 2), "torsos", "height of the first landmark, over the second where there is one", _rise
    ),
    "offset": KindOfMeasure(
        (3,), "torsos", "distance of the first landmark from the line through the other two, positive outwards", _offset
    ),
    "distance": KindOfMeasure((2,), "torsos", "distance between two landmarks", _distance),
    "along": KindOfMeasure(
        (3,), "of the way", "how far the first landmark is on the way from the second to the third: 0 at the second, 1 at the third", _along
    ),
    "sideways": KindOfMeasure(
        (1,), "torsos", "where the landmark is across the picture, growing outwards", _sideways
    ),
    "turn": KindOfMeasure(
        (0,), "degrees", "how far the body is turned out of the picture's plane: 0 seen from the front, 90 from the side", _turn
    ),
}


class MeasureReader:
    """Reads all measures of an exercise off a body, for one side or for both together."""

    def __init__(self, exercise: Exercise, side: Side | None) -> None:
        self.names = tuple(measure.name for measure in exercise.measures)
        self._side = side
        self._readers = [self._reader(measure) for measure in exercise.measures]
        place = {name: i for i, name in enumerate(self.names)}
        self._sums = [
            (place[m.name], [(place[name], factor) for name, factor in m.terms])
            for m in exercise.measures
            if m.kind == "sum"
        ]

    def read(self, body: Body) -> list[float]:
        """The raw values, in the order of the exercise's measures; NaN = unknown."""
        values = [reader(body) for reader in self._readers]
        for place, terms in self._sums:
            values[place] = sum(factor * values[i] for i, factor in terms)
        return values

    def _reader(self, measure: Measure) -> Reader:
        if measure.kind == "sum":
            return lambda body: nan
        if self._side is not None:
            return _one_side(measure, self._side)
        if is_sided(measure):
            return _both_sides(measure)
        return _one_side(measure, "left")


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


def _one_side(measure: Measure, side: Side) -> Reader:
    places = [POINTS[name] for name in landmarks_of(measure, side)]
    return KINDS[measure.kind].make(places, 1.0 if side == "left" else -1.0)


def _both_sides(measure: Measure) -> Reader:
    left, right = _one_side(measure, "left"), _one_side(measure, "right")
    left_places = [POINTS[name] for name in landmarks_of(measure, "left")]
    right_places = [POINTS[name] for name in landmarks_of(measure, "right")]

    def read(body: Body) -> float:
        visibility = body.visibility
        left_weight = min([visibility[i] for i in left_places]) - SEEN
        right_weight = min([visibility[i] for i in right_places]) - SEEN
        if left_weight <= 0 or right_weight <= 0:
            return right(body) if right_weight > left_weight else left(body)
        total = left_weight + right_weight
        return (left(body) * left_weight + right(body) * right_weight) / total

    return read
