"""What the coach shows: the picture of the camera, and on it the person, the count and one message.

Few things, large, each told by its shape and not by its colour alone. Nothing here knows the time.
"""

import cv2

from formcheck.coaching.scene import Scene
from formcheck.events import value_of
from formcheck.exercise import shown_measure
from formcheck.language.tongue import tr
from formcheck.picture.canvas import Canvas
from formcheck.picture.panels import (
    draw_count,
    draw_hold,
    draw_message,
    draw_pause,
    draw_question,
    draw_status,
    draw_title,
    message_box,
)
from formcheck.picture.skeleton import draw_bones, draw_faults, draw_measure, places
from formcheck.pose import Image, better_seen


def draw_scene(image: Image, scene: Scene) -> Image:
    """Return a new picture of the scene, not mirrored: for a video file.

    Args:
        image: (height, width, 3) blue, green, red, as the camera gave it; it is not changed.
        scene: what to show, its pose as seen by the camera.
    """
    copy = image.copy()
    _draw_all(Canvas(copy), scene)
    return copy


def _draw_all(canvas: Canvas, scene: Scene) -> None:
    band = message_box(canvas, scene.message)
    _draw_person(canvas, scene, band.box.top)
    if scene.is_paused:
        cv2.convertScaleAbs(canvas.image, canvas.image, alpha=0.45)
    if scene.exercise is None:
        draw_question(canvas)
    elif scene.snapshot is None:
        draw_title(canvas, scene.exercise, scene.target)
    else:
        draw_count(canvas, scene.exercise, scene.target, scene.snapshot)
        draw_hold(canvas, scene.exercise.hold.seconds, scene.held, scene.snapshot.phase)
    draw_message(canvas, band, scene.tone)
    draw_status(canvas, _asides(scene), scene.is_muted, band.box.top)
    if scene.is_paused:
        draw_pause(canvas)


def _asides(scene: Scene) -> str:
    """What was borderline, and what is not judged."""
    borderline, unseen = ", ".join(scene.borderline), ", ".join(scene.not_judged)
    told = [
        tr("borderline: {faults}", faults=borderline) if borderline else "",
        tr("? not judged: {faults}", faults=unseen) if unseen else "",
    ]
    return "; ".join(filter(None, told))


def _draw_person(canvas: Canvas, scene: Scene, floor: int) -> None:
    """Draw the skeleton and what is measured on it, with words only above the row `floor`."""
    seen = places(scene.pose, canvas)
    draw_bones(canvas, seen)
    snapshot = scene.snapshot
    if scene.exercise is None or snapshot is None or snapshot.phase == "away":
        return
    side = snapshot.side or better_seen(scene.pose)
    draw_faults(canvas, seen, scene.exercise, snapshot.faults, side)
    measure = shown_measure(scene.exercise)
    draw_measure(canvas, seen, measure, side, value_of(snapshot, measure), floor)
