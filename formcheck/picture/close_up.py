"""A small picture of the person at one moment, cut out around the body, with skeleton and angle."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import nan

import cv2
import numpy as np

from formcheck.exercise import Exercise, Side, shown_measure
from formcheck.picture.canvas import Canvas
from formcheck.picture.skeleton import draw_bones, draw_faults, draw_measure, places
from formcheck.pose import Image, Pose

SIZE = (560, 420)
"""Width and height of the picture in pixels."""
ROOM = 1.3
"""Width and height of what is cut out, by those of the body."""
SMALLEST = 0.35
"""Height of what is cut out, at least, in image heights."""
GROUND = (58, 50, 44)
"""Blue, green, red of the ground where there is no picture."""
QUALITY = 80
"""Of JPEG: 560 x 420 pixels take some 30 kB."""
DRAWN = ("angle", "bend", "tilt", "swing")
"""The kinds of measure that can be drawn on the body."""


@dataclass(frozen=True, slots=True, eq=False)
class CloseUp:
    """A moment, cut out and scaled, not yet drawn on."""

    image: Image
    pose: Pose
    """Its places are those in this image."""
    side: Side
    values: Mapping[str, float]
    """The measures at this moment, by name as in a snapshot."""


def close_up(pose: Pose, picture: Image | None, side: Side, values: Mapping[str, float]) -> CloseUp:
    """Cut the person out of a picture, or out of nothing where there is none."""
    left, top, height = _window(pose, picture)
    moved = (pose.image - (left, top, 0)) / height
    width, rows = SIZE
    if picture is None:
        image = np.full((rows, width, 3), GROUND, np.uint8)
    else:
        scale = rows / (height * picture.shape[0])
        shift = (-left * picture.shape[0] * scale, -top * picture.shape[0] * scale)
        image = _cut(picture, scale, shift)
    return CloseUp(image, replace(pose, image=moved), side, values)


def jpeg(view: CloseUp, exercise: Exercise, fault: str | None) -> bytes:
    """Draw the skeleton and the angle, ring the joints of the fault, and encode the picture."""
    canvas = Canvas(view.image.copy())
    seen = places(view.pose, canvas)
    draw_bones(canvas, seen)
    draw_faults(canvas, seen, exercise, [fault] if fault else [], view.side)
    measure = shown_measure(exercise)
    if fault:
        names = [each.name for each in exercise.fault(fault).when if each.subject != "duration"]
        own = [exercise.measure(name) for name in names]
        measure = next((each for each in own if each.kind in DRAWN), measure)
    value = view.values.get(f"{view.side}.{measure.name}", view.values.get(measure.name, nan))
    draw_measure(canvas, seen, measure, view.side, value, canvas.height)
    _, encoded = cv2.imencode(".jpg", canvas.image, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    return encoded.tobytes()


def _cut(picture: Image, scale: float, shift: Sequence[float]) -> Image:
    """The window scaled to `SIZE`; what lies outside the picture is ground."""
    # A picture that is made much smaller is first halved, or else thin lines would break up.
    while scale <= 0.5:
        picture = np.asarray(
            cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
        )
        scale *= 2
    matrix = np.array([[scale, 0, shift[0]], [0, scale, shift[1]]])
    cut = cv2.warpAffine(picture, matrix, SIZE, flags=cv2.INTER_LINEAR, borderValue=GROUND)
    return np.asarray(cut, dtype=np.uint8)


def _window(pose: Pose, picture: Image | None) -> tuple[float, float, float]:
    """Left, top and height of what is to be cut out, in image heights; its aspect is `SIZE`'s."""
    aspect = SIZE[0] / SIZE[1]
    seen = pose.image[pose.visibility > 0, :2]
    if not len(seen):
        return 0.0, 0.0, 1.0
    low, high = seen.min(axis=0), seen.max(axis=0)
    (width, tall), middle = high - low, (low + high) / 2
    needed = max(float(tall), float(width) / aspect)
    height = max(SMALLEST, ROOM * needed)
    left, top = float(middle[0]) - aspect * height / 2, float(middle[1]) - height / 2
    if picture is None:
        return left, top, height
    # Rather less room than a margin of ground around the picture.
    whole = picture.shape[1] / picture.shape[0]
    height = max(needed, min(height, 1.0, whole / aspect))
    left = _inside(float(middle[0]), aspect * height, whole)
    return left, _inside(float(middle[1]), height, 1.0), height


def _inside(middle: float, length: float, whole: float) -> float:
    """Where a length begins that is to lie around the middle, and within the whole if it can."""
    if length >= whole:
        return (whole - length) / 2
    return min(max(0.0, middle - length / 2), whole - length)
