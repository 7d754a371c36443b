"""Read a video file frame by frame, with the times that the file gives its pictures."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from math import inf
from pathlib import Path
from tempfile import TemporaryDirectory

import cv2
import numpy as np

from formcheck.closing import Closing
from formcheck.errors import SourceError
from formcheck.footage.clock import FileClock, Thinning
from formcheck.footage.trouble import MISSING_SECONDS, FileTrouble, amiss_in_words
from formcheck.pose import Frame, Image
from formcheck.printable import is_text
from formcheck.reading import NotReadable, open_file

LONGEST_SIDE = 1920
"""Pixels. MediaPipe looks at crops of 224 and 256 pixels, so more only costs time and memory; to
make the picture of full HD smaller takes longer than to leave it as it is."""

UNTIMED_FRAMES = 10
"""After so many frames at time 0 a file, such as bare H.264, is known to hold no times."""

MOST_FAILURES = 1000
"""Pictures in a row that cannot be read before a file is taken to be over: OpenCV says the same of
a damaged picture and of the end. There a file answers at once, and an address may take seconds."""

MISSING_SHARE = 0.05
"""How much may be missing at the end, of what the file states, before it counts as cut off."""

SEEK_MARGIN = 2.0
"""Seconds before the place that is looked for, to be surely before it."""


class VideoSource(Closing):
    """The frames of an open video, to be gone through once; a context manager that closes it."""

    def __init__(
        self,
        path: Path | str,
        capture: cv2.VideoCapture,
        first: Image,
        most_failures: int,
        rate: float,
    ) -> None:
        """Take over a capture from which the first picture has just been read."""
        self._most_failures = most_failures
        self._path = path
        self._capture = capture
        self._first: Image | None = first
        self._clock = FileClock(max(0.0, _seconds(capture)))
        self._thinning = Thinning(rate, max(0.0, capture.get(cv2.CAP_PROP_FPS)))
        self._damage: list[float] = []
        self._start = _start(capture)
        self.is_finished = False
        """Whether the pictures have run out."""
        self.size = scaled_size(first)
        """Width and height in pixels of the frames given: upright, and scaled down if large."""
        self.frame_count_estimate = _positive(capture, cv2.CAP_PROP_FRAME_COUNT)
        """What the file states, often inexact: for a progress bar only."""
        self.duration_estimate = _duration(capture, self.frame_count_estimate)
        """Seconds that the file states, often inexact: for a progress bar only."""

    def __iter__(self) -> Iterator[Frame]:
        """Give the frames in order, each later than the one before, without those damaged.

        Raises:
            SourceError: the file holds no times.
        """
        for time in self.times():
            image = self.picture()
            if image is not None:
                yield Frame(time, image)

    def seek(self, start: float) -> bool:
        """Before anything was read, go to a place shortly before this time, in seconds.

        Whoever goes on from there must make sure that it is the right place: in a file whose clock
        is not right it need not be. If False is returned, nothing more can be read.
        """
        if start - SEEK_MARGIN <= self._clock.time:
            return True
        self._capture.set(cv2.CAP_PROP_POS_MSEC, (start - SEEK_MARGIN) * 1000)
        found = self._capture.grab()
        self._first, self._clock = None, FileClock(max(0.0, _seconds(self._capture)))
        return found and self._clock.time < start

    def times(self) -> Iterator[float]:
        """Go on to each picture that is wanted, and give its time; `picture` then gives it.

        What is passed by costs only its decoding.

        Raises:
            SourceError: the file holds no times.
        """
        self._thinning.wants(self._clock.time)
        yield self._clock.time
        self._first = None
        furthest = self._clock.time
        for index, stated in enumerate(self._grabbed(), 1):
            furthest = max(furthest, stated)
            if furthest <= 0 and index >= UNTIMED_FRAMES:
                raise SourceError(
                    "{file} has no time stamps. Convert it to MP4 (H.264).", file=self._path
                )
            time = self._clock.next(stated)
            if time is not None and self._thinning.wants(time):
                yield time
        self.is_finished = True

    def picture(self) -> Image | None:
        """The picture that `times` has gone on to; none if it is damaged."""
        if self._first is not None:
            return self._fitted(self._first)
        decoded, image = self._capture.retrieve()
        return self._fitted(image) if decoded else None

    def _grabbed(self) -> Iterator[float]:
        """Go on to each picture that can be read, and give the time that the file states for it."""
        failures = 0
        while failures < self._most_failures:
            if not self._capture.grab():
                failures += 1
                continue
            if failures:
                self._damage.append(self._clock.time)
            failures = 0
            yield _seconds(self._capture)

    def amiss(self) -> list[str]:
        """What is amiss in the file, as far as it was gone through, in words after its name."""
        return amiss_in_words([self.trouble()])

    def trouble(self, start: float = -inf, end: float = inf) -> FileTrouble:
        """What is amiss in the file from one time to another, as far as it was gone through."""
        clock = self._clock
        return FileTrouble(
            damage=tuple(time for time in self._damage if start <= time < end),
            began_anew=tuple(time for time in clock.began_anew if start <= time < end),
            gaps=tuple(gap for gap in clock.gaps if start <= gap[0] < end),
            ends_early_at=clock.time if self.ended_early else inf,
        )

    @property
    def ended_early(self) -> bool:
        """Whether the pictures ran out well before the length that the file states."""
        if not self.is_finished or self.duration_estimate is None or self._clock.began_anew:
            return False
        missing = self.duration_estimate - self._start - self._clock.time
        return missing > max(MISSING_SECONDS, MISSING_SHARE * self.duration_estimate)

    def close(self) -> None:
        """Close the file."""
        self._capture.release()

    def _fitted(self, image: cv2.typing.MatLike) -> Image:
        """Return the picture in the one size of this source; a stream may change its own."""
        return resized(image, self.size)


def open_video(path: str | os.PathLike[str], rate: float = inf) -> VideoSource:
    """Open a video file, turned upright as its metadata says.

    Args:
        path: of the file.
        rate: how many pictures a second are given, at most.

    Raises:
        SourceError: there is no such file, or no picture in it can be read.
    """
    file = Path(path)
    _check_readable(file)
    quieten_opencv()
    with _name_for_opencv(file) as name:
        capture = cv2.VideoCapture(name, cv2.CAP_FFMPEG)
        return begun_video(file, capture, MOST_FAILURES, rate)


def begun_video(
    name: Path | str, capture: cv2.VideoCapture, most_failures: int = 1, rate: float = inf
) -> VideoSource:
    """Read the first picture of what OpenCV has opened; SourceError if there is none.

    After so many pictures in a row that cannot be read the video is over.
    """
    found, first = capture.read()
    if not found:
        capture.release()
        raise SourceError(
            "{file} is not a video formcheck can read, or it is damaged. "
            "Check that it plays, or convert it to MP4 (H.264).",
            file=name,
        )
    return VideoSource(name, capture, np.asarray(first, dtype=np.uint8), most_failures, rate)


@contextmanager
def _name_for_opencv(file: Path) -> Iterator[str]:
    """A name under which OpenCV can open the file: one that is no text ends the whole program."""
    try:
        # The absolute path, so that a name with a colon is not taken for a protocol.
        name = str(file.absolute())
        if is_text(name):
            yield name
            return
        with TemporaryDirectory(prefix="formcheck-") as folder:
            link = Path(folder, f"video{file.suffix if is_text(file.suffix) else ''}")
            link.symlink_to(name)
            yield str(link)
    except OSError as error:
        why = error.strerror
        raise SourceError(
            "Can't open {file}: {reason}. Rename it.", file=file, reason=why
        ) from error


def _check_readable(file: Path) -> None:
    try:
        with open_file(file) as content:
            is_empty = not content.read(1)
    except NotReadable as error:
        raise SourceError(error.sentence) from error
    if is_empty:
        raise SourceError("{file} is empty. Copy or record the video again.", file=file)


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
