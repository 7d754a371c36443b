"""The kinds of measure: what each is called, takes and means, and how it is read off a body.

`KINDS` is the whole vocabulary; a new kind is one function and one row.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import atan2, degrees
from typing import Literal

from formcheck.exercise import Condition, Exercise, Measure
from formcheck.measuring.bending import Bending
from formcheck.measuring.geometry import (
    Unfolding,
    Unwrapping,
    along,
    direction,
    joint_angle,
    offset,
)
from formcheck.measuring.tracker import POINTS, Body

_SHOULDERS, _HIPS = (
    [POINTS[f"{where}_{name}"] for where in ("left", "right", "mid")]
    for name in ("shoulder", "hip")
)

Reader = Callable[[Body], float]
"""Reads one number off a body; NaN = unknown. May remember things, as which way a joint bends."""


def _angle(p: Sequence[int], side: float) -> Reader:
    a, joint, b = p
    unfold = Unfolding()
    # Hips bend to the front; nothing tells of the other joints beforehand.
    bends = 1.0 if a in _SHOULDERS and joint in _HIPS else 0.0

    def read(body: Body) -> float:
        signed = joint_angle(body.points[a], body.points[joint], body.points[b])
        return unfold(signed, bends * body.front)

    return read


def _bend(p: Sequence[int], side: float) -> Reader:
    return Bending(*p)


def _tilt(p: Sequence[int], side: float) -> Reader:
    a, b = p
    unwrap = Unwrapping()

    def read(body: Body) -> float:
        line = body.points[b] - body.points[a]
        return unwrap(degrees(atan2(line.imag, line.real * body.heading)))

    return read


def _lean(p: Sequence[int], side: float) -> Reader:
    a, b = p

    def read(body: Body) -> float:
        line = body.points[b] - body.points[a]
        # Turned so that upright is 0: nobody who leans gets near the jump, upside down.
        return degrees(atan2(line.real * body.forward, line.imag))

    return read


def _swing(p: Sequence[int], side: float) -> Reader:
    a, b = p
    unwrap = Unwrapping()
    return lambda body: side * body.facing * unwrap(direction(body.points[a], body.points[b]))


def _rise(p: Sequence[int], side: float) -> Reader:
    if len(p) == 1:
        return lambda body: body.points[p[0]].imag
    if len(p) == 2:
        return lambda body: (body.points[p[0]] - body.points[p[1]]).imag
    point, a, b = p

    def above_line(body: Body) -> float:
        left, right = body.points[a], body.points[b]
        if right.real < left.real:
            left, right = right, left
        return offset(body.points[point], left, right)

    return above_line


def _ahead(p: Sequence[int], side: float) -> Reader:
    a, b = p
    return lambda body: body.forward * (body.points[a] - body.points[b]).real


def _offset(p: Sequence[int], side: float) -> Reader:
    point, a, b = p
    return lambda body: (
        side * body.facing * offset(body.points[point], body.points[a], body.points[b])
    )


def _distance(p: Sequence[int], side: float) -> Reader:
    a, b = p
    return lambda body: abs(body.points[a] - body.points[b])


def _along(p: Sequence[int], side: float) -> Reader:
    point, a, b = p
    return lambda body: along(body.points[b] - body.points[a], body.points[point] - body.points[a])


def _sideways(p: Sequence[int], side: float) -> Reader:
    (point,) = p
    return lambda body: side * body.facing * body.points[point].real


def _turn(p: Sequence[int], side: float) -> Reader:
    return lambda body: side * body.facing * body.turn


def _chest(p: Sequence[int], side: float) -> Reader:
    return lambda body: body.off("front")


DEGREES = "degrees"
LENGTH = "torsos"
PLACE_ERROR = 0.065
"""How far MediaPipe puts a landmark off its place, in torsos: about 3 cm."""
Drawn = Literal["arc", "line", ""]
"""How a value is drawn on the person: as an arc at the joint, along a line, or not at all."""
SeenAt = Literal["all", "first", "middle", "trunk"]
"""Which landmarks bend or move when it changes; the others only say where they should be."""


@dataclass(frozen=True, slots=True)
class KindOfMeasure:
    """A row of the vocabulary."""

    landmarks: tuple[int, ...]
    """How many landmarks it may take."""
    unit: str
    meaning: str
    make: Callable[[Sequence[int], float], Reader]
    """From the landmarks' places and the side (+1 left, -1 right) to a reader."""
    error: float
    """How far it is off the truth at most, in nine of ten frames, seen from where the exercises ask
    for (docs/atlas.md); in its unit, or, of a direction or an angle, in torsos for each landmark:
    the shorter the limb, the more degrees that is."""
    has_places: bool = True
    """Whether a value means something to a person by itself, and not only as a change from rest."""
    needs_front: bool = False
    """Whether it depends on which side of the picture is in front of the person."""
    lies_along: bool = False
    """Whether it is a length along the floor, which looks shorter from beside the view."""
    drawn: Drawn = ""
    seen_at: SeenAt = "all"


KINDS: dict[str, KindOfMeasure] = {
    "angle": KindOfMeasure(
        (3,),
        DEGREES,
        "joint angle at the middle landmark: 180 straight, more when overstretched",
        _angle,
        PLACE_ERROR,
        drawn="arc",
        seen_at="middle",
    ),
    "bend": KindOfMeasure(
        (3,),
        DEGREES,
        "joint angle at the middle landmark, from the distance of the outer two: 180 straight",
        _bend,
        PLACE_ERROR,
        drawn="arc",
        seen_at="middle",
    ),
    "tilt": KindOfMeasure(
        (2,),
        DEGREES,
        "direction from the first landmark to the second: 0 towards the head, 90 up, 180 towards "
        "the feet",
        _tilt,
        PLACE_ERROR,
        drawn="line",
    ),
    "swing": KindOfMeasure(
        (2,),
        DEGREES,
        "direction from the first landmark to the second, increasing as a leg is raised to its own "
        "side",
        _swing,
        PLACE_ERROR,
        has_places=False,
        drawn="line",
    ),
    "lean": KindOfMeasure(
        (2,),
        DEGREES,
        "how far the line from the first landmark up to the second leans: 0 upright, 90 lying, "
        "positive forwards",
        _lean,
        PLACE_ERROR,
        needs_front=True,
    ),
    "rise": KindOfMeasure(
        (1, 2, 3),
        LENGTH,
        "height of the first landmark, above the second or above the line through two others",
        _rise,
        0.08,
        seen_at="first",
    ),
    "ahead": KindOfMeasure(
        (2,),
        LENGTH,
        "how far the first landmark is in front of the second: towards the head if lying, in the "
        "direction of the toes if upright",
        _ahead,
        0.1,
        needs_front=True,
        lies_along=True,
    ),
    "offset": KindOfMeasure(
        (3,),
        LENGTH,
        "distance of the first landmark from the line through the others, positive outwards",
        _offset,
        0.08,
        seen_at="first",
    ),
    "distance": KindOfMeasure((2,), LENGTH, "distance between two landmarks", _distance, 0.1),
    "along": KindOfMeasure(
        (3,),
        "of the way",
        "how far the first landmark is along the way from the second to the third",
        _along,
        0.08,
        seen_at="first",
    ),
    "sideways": KindOfMeasure(
        (1,), LENGTH, "position across the picture, increasing outwards", _sideways, 0.15
    ),
    "turn": KindOfMeasure(
        (0,),
        DEGREES,
        "how far the body is turned away: 0 seen from the front",
        _turn,
        12.0,
        seen_at="trunk",
    ),
    "chest": KindOfMeasure(
        (0,),
        DEGREES,
        "how far the chest, or the back, points past the camera: 0 square to it, 90 to its side, "
        "above or below",
        _chest,
        12.0,
        seen_at="trunk",
    ),
}


COMPOSED = ("sum", "mean")
"""Kinds that are made of other measures: all of them added up; the mean of those that are seen."""


def has_places(measure: Measure) -> bool:
    """Whether the measure's values mean something by themselves, and not only as a change."""
    return measure.kind in COMPOSED or KINDS[measure.kind].has_places


def needs_front(measure: Measure) -> bool:
    """Whether the sign of the measure depends on which side is in front of the person."""
    return measure.kind in KINDS and KINDS[measure.kind].needs_front and not measure.unsigned


def lies_along(exercise: Exercise, measure: Measure) -> bool:
    """Whether the measure is a length along the floor, or made of such."""
    if measure.terms:
        return all(lies_along(exercise, exercise.measure(name)) for name, _ in measure.terms)
    return KINDS[measure.kind].lies_along


def depends_on_view(exercise: Exercise, measure: Measure) -> bool:
    """Whether the measure changes with the place that the camera looks from: only heights don't."""
    if measure.terms:
        return any(depends_on_view(exercise, exercise.measure(name)) for name, _ in measure.terms)
    return measure.kind != "rise"


def unit_of(exercise: Exercise, condition: Condition) -> str:
    """The unit of a condition's limits, with its space: ` degrees`, ` torsos`, ` s` or nothing."""
    if condition.subject == "duration":
        return " s"
    return measure_unit(exercise, exercise.measure(condition.name))


def measure_unit(exercise: Exercise, measure: Measure) -> str:
    """The unit of a measure, with its space before it."""
    if measure.since_rest == "ratio":
        return " of its rest length"
    if measure.terms:
        return measure_unit(exercise, exercise.measure(measure.terms[0][0]))
    return f" {KINDS[measure.kind].unit}"
