"""Where live pictures come from: a camera, a stream, or a video that plays at its own pace."""

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import cv2
import numpy as np

from formcheck.errors import CameraError
from formcheck.pose import Frame
from formcheck.sources.quiet import quiet_stderr
from formcheck.sources.video import open_video, quieten_opencv

FIRST_FRAME = 10.0
"""Seconds that a camera may take to give its first picture."""
SILENCE = 2.0
"""Seconds without a picture after which a camera is taken to be unplugged and opened again, and
again."""
GIVE_UP = 30.0
"""Seconds without a picture after which the camera is given up."""
GLANCE = 0.1
"""Seconds between two looks at whether to stop, wherever something is waited for."""
HIGHEST_INDEX = 4
"""Cameras are looked for from 0 to this."""
WANTED_SIZE = (1280, 720)
"""Of a camera's picture, if it can: a wide one, so that a person lying down is in it whole."""
STREAM_SECONDS = 10
"""How long a stream may take to open, or to send something."""

Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class CameraInfo:
    """A camera that can be opened."""

    index: int
    size: tuple[int, int]
    fps: float


class Pictures(Protocol):
    """Where frames come from."""

    def read(self, stopped: threading.Event) -> Iterator[Frame]:
        """Give the frames as their time comes, until `stopped` is set."""

    def begin(self) -> None:
        """Be told that somebody has begun to look."""

    def close(self) -> None:
        """Free the camera or file."""


class CameraFeed:
    """The frames of a camera or stream, which is opened again when it falls silent."""

    def __init__(self, address: int | str, clock: Clock = time.monotonic) -> None:
        """Open it; CameraError if that cannot be done."""
        self._address = address
        self._clock = clock
        self._capture = _opened(address)
        self._started = clock()
        if not self._capture.isOpened():
            self._capture.release()
            raise CameraError(_no_picture(address))

    def read(self, stopped: threading.Event) -> Iterator[Frame]:
        """Give the frames as they come; CameraError if the camera does not come back."""
        came_at, tried_at, last = self._clock(), self._clock(), -1.0
        while not stopped.is_set():
            grabbed = self._capture.grab()
            now = self._clock()
            decoded, image = self._capture.retrieve() if grabbed else (False, None)
            if decoded and image is not None:
                came_at = tried_at = now
                if now - self._started > last:
                    last = now - self._started
                    yield Frame(last, np.asarray(image, dtype=np.uint8))
            elif now - came_at > (FIRST_FRAME if last < 0 else GIVE_UP):
                raise CameraError(_no_picture(self._address, is_first=last < 0))
            elif last >= 0 and now - tried_at > SILENCE:
                self._open_again()
                tried_at = self._clock()
            else:
                stopped.wait(GLANCE)

    def begin(self) -> None:
        """Do nothing: a camera does not wait."""

    def close(self) -> None:
        """Free the camera."""
        self._capture.release()

    def _open_again(self) -> None:
        self._capture.release()
        self._capture = _opened(self._address)


class Playback:
    """The frames of a video file, each when its time has come."""

    def __init__(self, path: Path, clock: Clock = time.monotonic) -> None:
        """Open it; SourceError if it cannot be read."""
        self._video = open_video(path)
        self._clock = clock
        self._begun = threading.Event()

    def read(self, stopped: threading.Event) -> Iterator[Frame]:
        """Give the frames at the video's own pace, or more slowly if the computer is too slow."""
        frames = iter(self._video)
        first = next(frames)
        yield first
        while not self._begun.wait(GLANCE):
            if stopped.is_set():
                return
        started = self._clock() - first.time
        for frame in frames:
            started = max(started, self._clock() - frame.time - GLANCE)
            while not stopped.is_set() and (left := started + frame.time - self._clock()) > 0:
                stopped.wait(min(left, GLANCE / 5))
            if stopped.is_set():
                return
            yield frame

    def begin(self) -> None:
        """Play."""
        self._begun.set()

    def close(self) -> None:
        """Close the file."""
        self._video.close()


def find_cameras() -> list[CameraInfo]:
    """The cameras that open and give a picture, with their size and frame rate."""
    found = []
    for index in range(HIGHEST_INDEX + 1):
        capture = _opened(index)
        grabbed, image = capture.read() if capture.isOpened() else (False, None)
        if grabbed and image is not None:
            size = image.shape[1], image.shape[0]
            found.append(CameraInfo(index, size, capture.get(cv2.CAP_PROP_FPS)))
        capture.release()
    return found


def _opened(address: int | str) -> cv2.VideoCapture:
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


def _no_picture(address: int | str, is_first: bool = True) -> str:
    if not is_first:
        return f"Camera {address} gives no picture any more. Is it still plugged in?"
    if isinstance(address, int):
        return (
            f"Camera {address} gives no picture. Is it plugged in, not used by another program, "
            "and is this terminal allowed to use it (macOS: System Settings, Privacy, Camera)? "
            "`formcheck cameras` lists those that work."
        )
    return f"{address} gives no picture. Check the address."
