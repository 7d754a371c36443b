"""Read a video file frame by frame, with the times that the file gives its pictures."""

import itertools
import os
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np

from formcheck.closing import Closing
from formcheck.errors import SourceError
from formcheck.pose import Frame, Image
from formcheck.reading import NotReadable, open_file

LONGEST_SIDE = 1920
"""Pixels. MediaPipe looks at crops of 224 and 256 pixels, so more only costs time and memory; to
make the picture of full HD smaller takes longer than to leave it as it is."""

SMALLEST_STEP = 0.001
"""Seconds. Some files repeat a time or go back; MediaPipe needs each frame a millisecond later."""

UNTIMED_FRAMES = 10
"""After so many frames at time 0 a file, such as bare H.264, is known to hold no times."""

MISSING_SECONDS = 1.0
MISSING_SHARE = 0.05
"""How much may be missing at the end, of what the file states, before it counts as cut off."""


class VideoSource(Closing):
    """The frames of an open video, to be gone through once; a context manager that closes it."""

    def __init__(self, path: Path | str, capture: cv2.VideoCapture, first: Image) -> None:
        """Take over a capture from which the first picture has just been read."""
        self._path = path
        self._capture = capture
        self._first = first
        self._time = max(0.0, _seconds(capture))
        self._start = _start(capture)
        self._finished = False
        self.size = scaled_size(first)
        """Width and height in pixels of the frames given: upright, and scaled down if large."""
        self.frame_count_estimate = _positive(capture, cv2.CAP_PROP_FRAME_COUNT)
        """What the file states, often inexact: for a progress bar only."""
        self.duration_estimate = _duration(capture, self.frame_count_estimate)
        """Seconds that the file states, often inexact: for a progress bar only."""

    def __iter__(self) -> Iterator[Frame]:
        """Give the frames in order, each later than the one before.

        Raises:
            SourceError: the file holds no times.
        """
        yield Frame(self._time, self._fitted(self._first))
        for index in itertools.count(1):
            if not self._capture.grab():
                break
            stated = _seconds(self._capture)
            if stated <= 0 and index >= UNTIMED_FRAMES:
                raise SourceError(f"{self._path} holds no times. Convert it to MP4 (H.264).")
            decoded, image = self._capture.retrieve()
            if not decoded:
                continue
            self._time = max(stated, self._time + SMALLEST_STEP)
            yield Frame(self._time, self._fitted(image))
        self._finished = True

    @property
    def ended_early(self) -> bool:
        """Whether the pictures ran out well before the length that the file states."""
        if not self._finished or self.duration_estimate is None:
            return False
        missing = self.duration_estimate - self._start - self._time
        return missing > max(MISSING_SECONDS, MISSING_SHARE * self.duration_estimate)

    def close(self) -> None:
        """Close the file."""
        self._capture.release()

    def _fitted(self, image: cv2.typing.MatLike) -> Image:
        """Return the picture in the one size of this source; a stream may change its own."""
        return resized(image, self.size)


def open_video(path: str | os.PathLike[str]) -> VideoSource:
    """Open a video file, turned upright as its metadata says.

    Raises:
        SourceError: there is no such file, or no picture in it can be read.
    """
    file = Path(path)
    _check_readable(file)
    quieten_opencv()
    # The absolute path, so that a name with a colon is not taken for a protocol.
    return begun_video(file, cv2.VideoCapture(str(file.absolute()), cv2.CAP_FFMPEG))


def begun_video(name: Path | str, capture: cv2.VideoCapture) -> VideoSource:
    """Read the first picture of what OpenCV has opened; SourceError if there is none."""
    found, first = capture.read()
    if not found:
        capture.release()
        raise SourceError(
            f"{name} is not a video that can be read, or it is damaged. "
            "Check that it plays, or convert it to MP4 (H.264)."
        )
    return VideoSource(name, capture, np.asarray(first, dtype=np.uint8))


def _check_readable(file: Path) -> None:
    try:
        with open_file(file) as content:
            is_empty = not content.read(1)
    except NotReadable as error:
        raise SourceError(str(error)) from error
    if is_empty:
        raise SourceError(f"{file} is empty. Copy or record the video again.")


def quieten_opencv() -> None:
    """Keep OpenCV and FFmpeg from writing to stderr: what matters is raised as an error."""
    os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")  # AV_LOG_QUIET
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)


def resized(image: cv2.typing.MatLike, size: tuple[int, int]) -> Image:
    """Return the picture in this width and height, with black beside it where its shape differs.

    It keeps its shape, because every angle in a stretched picture is wrong.
    """
    height, width = image.shape[:2]
    if (width, height) == size:
        return np.asarray(image, dtype=np.uint8)
    scale = min(size[0] / width, size[1] / height)
    inner = max(1, round(width * scale)), max(1, round(height * scale))
    # Area averaging gives nearly the same picture and can take five times as long.
    image = cv2.resize(image, inner, interpolation=cv2.INTER_LINEAR)
    left, top = (size[0] - inner[0]) // 2, (size[1] - inner[1]) // 2
    right, bottom = size[0] - inner[0] - left, size[1] - inner[1] - top
    if left or right or top or bottom:
        image = cv2.copyMakeBorder(image, top, bottom, left, right, cv2.BORDER_CONSTANT)
    return np.asarray(image, dtype=np.uint8)


def scaled_size(image: cv2.typing.MatLike) -> tuple[int, int]:
    """Return the width and height to use: the picture's own, or less if it is large."""
    height, width = image.shape[:2]
    scale = min(1.0, LONGEST_SIDE / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))


def _seconds(capture: cv2.VideoCapture) -> float:
    """When the picture last grabbed is to be shown, by the file; before grab() it is the last's."""
    return float(capture.get(cv2.CAP_PROP_POS_MSEC)) / 1000


def _positive(capture: cv2.VideoCapture, what: int) -> int | None:
    stated = capture.get(what)
    return round(stated) if stated > 0 else None


def _duration(capture: cv2.VideoCapture, frame_count: int | None) -> float | None:
    rate = capture.get(cv2.CAP_PROP_FPS)
    return frame_count / rate if frame_count and rate > 0 else None


def _start(capture: cv2.VideoCapture) -> float:
    """Seconds on the file's own clock at the first frame, which some files count as length."""
    rate = capture.get(cv2.CAP_PROP_FPS)
    return max(0.0, capture.get(cv2.CAP_PROP_PTS) / rate) if rate > 0 else 0.0
