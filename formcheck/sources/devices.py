"""The cameras of this computer, and streams: how they are found, named and opened."""

import os
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

import cv2

from formcheck.footage.video import quieten_opencv
from formcheck.landmarks.quiet import quiet_stderr
from formcheck.language.sentences import Sentence
from formcheck.printable import on_one_line, without_login

SILENCE = 2.0
"""Seconds without a picture after which a camera is taken to be unplugged and opened again, and
again."""
NAMES = Path("/sys/class/video4linux")
"""Where Linux tells what cameras are called."""
HIGHEST_INDEX = 4
"""Cameras are looked for from 0 to this."""
WANTED_SIZE = (1280, 720)
"""Of a camera's picture, if it can: a wide one, so that a person lying down is in it whole."""
NO_CAMERA = Sentence(
    "No camera works. Plug one in, close other programs that use it, and allow the terminal that "
    "formcheck runs in to use the camera (macOS: System Settings, Privacy, Camera)."
)
STREAM_SECONDS = 10
"""How long a stream may take to open, or to send something."""


@dataclass(frozen=True, slots=True)
class CameraInfo:
    """A camera that can be opened."""

    index: int
    size: tuple[int, int]
    fps: float
    name: str = ""
    """What its maker calls it; empty where the system does not tell."""


def find_cameras(stopped: threading.Event | None = None) -> list[CameraInfo]:
    """The cameras that open and give a picture, with their size and frame rate.

    Once `stopped` is set, no further one is opened.
    """
    found = []
    for index in range(HIGHEST_INDEX + 1):
        if stopped is not None and stopped.is_set():
            break
        capture = open_capture(index)
        grabbed, image = capture.read() if capture.isOpened() else (False, None)
        if grabbed and image is not None:
            size = image.shape[1], image.shape[0]
            rate, name = capture.get(cv2.CAP_PROP_FPS), name_of(index)
            found.append(CameraInfo(index, size, rate, name))
        capture.release()
    return found


def name_of(index: int) -> str:
    """What a camera is called, which only Linux tells without a library."""
    try:
        name = (NAMES / f"video{index}" / "name").read_text(errors="replace")
    except OSError:
        return ""
    return on_one_line(name.strip())


def open_capture(address: int | str) -> cv2.VideoCapture:
    """Try to open a camera or stream, without a word on the terminal."""
    quieten_opencv()
    # Without this, Windows may take a minute to open a camera (OpenCV issue 17687).
    os.environ.setdefault("OPENCV_VIDEOIO_MSMF_ENABLE_HW_TRANSFORMS", "0")
    # How many seconds Linux waits for a picture before it says that there is none.
    os.environ.setdefault("OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT", f"{SILENCE:.0f}")
    with quiet_stderr():
        if isinstance(address, str) and "://" in address:
            milliseconds = STREAM_SECONDS * 1000
            limits = [
                *(cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, milliseconds),
                *(cv2.CAP_PROP_READ_TIMEOUT_MSEC, milliseconds),
            ]
            return cv2.VideoCapture(address, cv2.CAP_FFMPEG, limits)
        capture = cv2.VideoCapture(address)
        if capture.isOpened():
            _ask_for_size(capture)
    return capture


def _ask_for_size(capture: cv2.VideoCapture) -> None:
    """Ask for a wide picture; a camera that has none keeps its own."""
    if sys.platform == "linux":
        # Uncompressed, few cameras manage more than 10 such pictures a second.
        capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
    width, height = WANTED_SIZE
    capture.set(cv2.CAP_PROP_FRAME_WIDTH, width)
    capture.set(cv2.CAP_PROP_FRAME_HEIGHT, height)


def no_picture(address: int | str) -> Sentence:
    """What to say of a camera that never gave a picture."""
    if isinstance(address, int):
        return Sentence(
            "Camera {camera} sends no picture. Plug it in, close other programs that use it, and "
            "allow the terminal that formcheck runs in to use the camera (macOS: System Settings, "
            "Privacy, Camera). `formcheck cameras` lists the cameras that work.",
            camera=address,
        )
    return Sentence("{source} sends no picture. Check the address.", source=without_login(address))
