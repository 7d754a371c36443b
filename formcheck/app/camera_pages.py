"""The page on which a camera is chosen, and that choice as a part of the settings."""

from typing import Any

from formcheck.app.desk import Desk
from formcheck.app.settings import is_address
from formcheck.language.tongue import tr
from formcheck.sources.devices import NO_CAMERA, CameraInfo
from formcheck.templates.rendering import render

ROOM = "formcheck.app"


def camera_page(desk: Desk) -> str:
    """What the camera sees, which to take, and how the voice sounds."""
    shown = {"here": "camera", "up": "", "choices": desk.choices, **cameras_known(desk)}
    return render(ROOM, "camera.html.j2", **shown)


def cameras_part(desk: Desk) -> str:
    """The cameras to choose from, as a part of a page."""
    return render(ROOM, "cameras.html.j2", **cameras_known(desk))


def cameras_known(desk: Desk) -> dict[str, Any]:
    """What there is to choose from, as far as it is known."""
    found = desk.lens.found
    addresses = [str(each.index) for each in found or ()]
    return {
        "cameras": [_camera(each, desk.camera) for each in found or ()],
        "camera": desk.camera,
        "is_elsewhere": desk.camera not in addresses,
        "is_fixed": desk.world.camera is not None,
        "is_looked_for": found is not None,
        "finding": _finding(desk),
    }


def _camera(found: CameraInfo, chosen: str) -> dict[str, object]:
    width, height = found.size
    address = str(found.index)
    words = tr("Camera {number}: {width} x {height}", number=address, width=width, height=height)
    if found.name:
        words = f"{words} ({found.name})"
    return {"address": address, "words": words, "is_chosen": address == chosen}


def _finding(desk: Desk) -> str:
    """What to say of the cameras that were found, where that is not plain."""
    if desk.is_busy:
        return tr("A session is going on, and has the camera.")
    return tr(NO_CAMERA) if desk.lens.found == () else ""


def read_camera(form: dict[str, str], before: str) -> str:
    """The camera that a page sent back: one of those found, or what was typed."""
    camera = (form.get("camera") or form.get("address", "")).strip()
    return camera if is_address(camera) else before
