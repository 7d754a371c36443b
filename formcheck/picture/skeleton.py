"""The person in the picture: bones, the joints of a fault, and the rep's measure.

Only what is believed is drawn: a landmark that is not seen has no place here.
"""

from collections.abc import Mapping, Sequence
from math import atan2, copysign, cos, degrees, hypot, isfinite, radians, sin

from formcheck.exercise import Exercise, Measure, Side
from formcheck.measuring.kinds import KINDS
from formcheck.measuring.reader import landmarks_of
from formcheck.measuring.tracker import MIDDLES
from formcheck.picture.canvas import (
    BOLD,
    CAP_HEIGHT,
    DARK,
    WHITE,
    Canvas,
    Point,
    Style,
    arc,
    dot,
    lines,
    put_outlined,
    ring,
    text_width,
)
from formcheck.picture.icons import COLORS
from formcheck.pose import LANDMARKS, SEEN, Pose

STRAIGHT = 165.0
"""Degrees from which on a joint may be taken for straight."""
UPWARDS = -70.0
"""The direction in which the arc of a straight joint lies, in degrees clockwise from the right: up,
and a little to the right, because arms and legs often hang straight down."""
Places = Mapping[str, Point]
"""Where each believed point of `POINTS` lies in the picture."""

BONES: tuple[tuple[str, str], ...] = (
    ("left_shoulder", "right_shoulder"),
    ("left_hip", "right_hip"),
    *(
        (f"{side}_{start}", f"{side}_{end}")
        for side in ("left", "right")
        for start, end in (
            ("shoulder", "hip"),
            ("shoulder", "elbow"),
            ("elbow", "wrist"),
            ("hip", "knee"),
            ("knee", "ankle"),
            ("ankle", "heel"),
            ("heel", "foot_index"),
            ("ankle", "foot_index"),
            ("shoulder", "ear"),
        )
    ),
    ("left_ear", "nose"),
    ("right_ear", "nose"),
)


def believed_places(pose: Pose) -> dict[str, tuple[float, float]]:
    """Where each believed landmark, and each middle of two, lies, in image heights."""
    found = {}
    for name, (x, y, _), visibility in zip(LANDMARKS, pose.image, pose.visibility, strict=True):
        # Not NaN, nor so far outside the picture that it was not seen in it.
        if visibility >= SEEN and abs(x) < 10 and abs(y) < 10:
            found[name] = float(x), float(y)
    for name, (left, right) in MIDDLES.items():
        if left in found and right in found:
            (ax, ay), (bx, by) = found[left], found[right]
            found[name] = (ax + bx) / 2, (ay + by) / 2
    return found


def places(pose: Pose, canvas: Canvas) -> dict[str, Point]:
    """Where the same lie in the picture, in pixels."""
    return {
        name: Point(round(x * canvas.height), round(y * canvas.height))
        for name, (x, y) in believed_places(pose).items()
    }


def draw_bones(canvas: Canvas, seen: Places) -> None:
    """Draw the skeleton."""
    ends = [(seen[a], seen[b]) for a, b in BONES if a in seen and b in seen]
    lines(canvas, ends, WHITE, canvas.px(0.006))
    joints = {name for bone in BONES for name in bone}
    for name in sorted(joints & seen.keys()):
        dot(canvas, seen[name], canvas.px(0.008), WHITE)


def draw_faults(
    canvas: Canvas, seen: Places, exercise: Exercise, faults: Sequence[str], side: Side
) -> None:
    """Ring the joints of the faults."""
    for name in reversed(faults):  # so that the most important is on top
        color = COLORS[exercise.fault(name).severity]
        for joint in sorted(fault_joints(exercise, name, side) & seen.keys()):
            ring(canvas, seen[joint], canvas.px(0.036), color, canvas.px(0.013))


def fault_joints(exercise: Exercise, fault: str, side: Side) -> set[str]:
    """The points of the body at which a fault can be seen."""
    conditions = exercise.fault(fault).when
    measures = [exercise.measure(c.name) for c in conditions if c.subject != "duration"]
    return {joint for measure in measures for joint in _at_fault(exercise, measure, side)}


def draw_measure(
    canvas: Canvas, seen: Places, measure: Measure, side: Side, value: float, floor: int
) -> None:
    """Draw the rep's measure, if it is one of degrees, where it is measured, with its value.

    Args:
        canvas: the picture.
        seen: where the points of the body lie.
        measure: what is measured.
        side: on which side of the body.
        value: in degrees; NaN = unknown.
        floor: the row above which the value has to stay.
    """
    names = landmarks_of(measure, side)
    if any(name not in seen for name in names):
        return
    drawn = "" if measure.terms else KINDS[measure.kind].drawn
    if not drawn:
        return
    draw = _draw_angle if drawn == "arc" else _draw_direction
    middle, direction = draw(canvas, *(seen[name] for name in names))
    if isfinite(value):
        _put_value(canvas, middle, direction, f"{round(value)}°", floor)  # an integer: no -0


def _at_fault(exercise: Exercise, measure: Measure, side: Side) -> tuple[str, ...]:
    """Which of a measure's points moves, or bends: the others only say where it should be."""
    if measure.terms:
        return _at_fault(exercise, exercise.measure(measure.terms[0][0]), side)
    names = landmarks_of(measure, side)
    return {
        "all": names,
        "first": names[:1],
        "middle": names[1:2],
        "trunk": tuple(MIDDLES),
    }[KINDS[measure.kind].seen_at]


def _draw_angle(canvas: Canvas, a: Point, joint: Point, b: Point) -> tuple[Point, float]:
    """Draw the angle's arc; the joint, and the direction away from the angle."""
    first, second = _direction(joint, a), _direction(joint, b)
    sweep = sweep_between(first, second)
    radius = canvas.px(0.075)
    arc(canvas, joint, radius, (first, first + sweep), DARK, canvas.px(0.017))
    arc(canvas, joint, radius, (first, first + sweep), WHITE, canvas.px(0.009))
    return joint, first + sweep / 2 + 180


def sweep_between(first: float, second: float) -> float:
    """Degrees from one direction to another, clockwise, for the arc between them.

    The shorter way; but if they are nearly opposite the upper one, or else a body held straight
    would have its arc jump from one side to the other with each tremor.
    """
    sweep = (second - first + 180) % 360 - 180
    if abs(sweep) > STRAIGHT and cos(radians(first + sweep / 2 - UPWARDS)) < 0:
        sweep -= copysign(360, sweep)
    return sweep


def _draw_direction(canvas: Canvas, start: Point, end: Point) -> tuple[Point, float]:
    """Draw the line that is measured; its beginning, and the direction away from it."""
    lines(canvas, [(start, end)], WHITE, canvas.px(0.011))
    return start, _direction(end, start)


def _direction(start: Point, end: Point) -> float:
    """Degrees, 0 to the right, growing clockwise."""
    return degrees(atan2(end.y - start.y, end.x - start.x))


def _put_value(canvas: Canvas, joint: Point, direction: float, text: str, floor: int) -> None:
    """Write a value beside a joint, in a direction, but inside the picture and above the floor."""
    style = Style(canvas.px(0.06), WHITE, BOLD)
    width, height = text_width(text, style.size), round(style.size * CAP_HEIGHT)
    away = canvas.px(0.03) + hypot(width, height) / 2
    x = round(joint.x + away * cos(radians(direction)) - width / 2)
    y = round(joint.y + away * sin(radians(direction)) + height / 2)
    x = min(max(x, 0), max(0, canvas.width - width))
    y = min(max(y, height), max(height, floor - canvas.px(0.02)))
    put_outlined(canvas, text, Point(x, y), style)
