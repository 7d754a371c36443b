"""A camera, a stream or a video played at its own pace: always the newest picture, never a queue.

The reading thread keeps one frame. Whoever is slower than the camera gets the newest and misses the
others, so that what is shown and said is never late by more than one frame and one analysis.
"""

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

import cv2

from formcheck.errors import CameraError, FormcheckError
from formcheck.quiet import quiet_stderr
from formcheck.video import Frame, open_video, quieten_opencv, resized, scaled_size

FIRST_FRAME = 10.0
"""Seconds that a camera may take to give its first picture."""
SILENCE = 2.0
"""Seconds without a picture after which a camera is taken to be unplugged and opened again."""
RETRY = 1.0
"""Seconds between two attempts to open it again."""
GIVE_UP = 30.0
"""Seconds without a picture after which the camera is given up."""
GLANCE = 0.1
"""Seconds between two looks at whether to stop, wherever something is waited for."""
HIGHEST_INDEX = 4
"""Cameras are looked for from 0 to this."""
CLOSE_WITHIN = 1.0
"""Seconds to wait for the reading thread to end. It does not keep the program from ending."""
WANTED_SIZE = (1280, 720)
"""Of a camera's picture, if it can: a wide one, so that a person lying down is in it whole."""
STREAM_SECONDS = 10
"""How long a stream may take to open, or to send something."""

Clock = Callable[[], float]
Waiting = Callable[[float], None]
"""Is called a few times a second while no picture comes, with the seconds since the last."""


@dataclass(frozen=True, slots=True)
class CameraInfo:
    """A camera that can be opened."""

    index: int
    size: tuple[int, int]
    fps: float


class Pictures(Protocol):
    """Where frames come from; used by the reading thread only, once it has been made."""

    def read(self, stopped: threading.Event) -> Iterator[Frame]:
        """Give the frames as their time comes, until `stopped` is set."""

    def close(self) -> None:
        """Free the camera or file."""


class LiveSource:
    """The newest frame of a camera, stream or file; a context manager."""

    def __init__(
        self, pictures: Pictures, clock: Clock = time.monotonic, waiting: Waiting | None = None
    ) -> None:
        """Begin to read, in a thread.

        Args:
            pictures: what to read; it is closed here.
            clock: seconds that never run backwards.
            waiting: called while no picture comes, by whoever goes through the frames.
        """
        self._pictures = pictures
        self._clock = clock
        self._waiting = waiting or (lambda silent: None)
        self._stopped = threading.Event()
        self._changed = threading.Condition()
        self._newest: Frame | None = None
        self._came_at = clock()
        self._failure: FormcheckError | None = None
        self._has_ended = False
        self._size: tuple[int, int] | None = None
        self._thread = threading.Thread(target=self._read, name="formcheck camera", daemon=True)
        self._thread.start()

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels of all frames; waits for the first one.

        Raises:
            CameraError: there is none.
        """
        if self._size is None:
            frame = self._wait_for_newer(-1.0, FIRST_FRAME)
            if frame is None:
                self._raise_failure()
                raise CameraError("The camera gives no picture. Is another program using it?")
            self._size = scaled_size(frame.image)
        return self._size

    def __iter__(self) -> Iterator[Frame]:
        """Give the newest frame each time, each later than the one before, until it is over.

        Raises:
            CameraError: the camera was unplugged and did not come back.
        """
        size, last = self.size, -1.0
        while (frame := self._wait_for_newer(last)) is not None:
            last = frame.time
            yield Frame(frame.time, resized(frame.image, size))
        self._raise_failure()

    @property
    def age(self) -> float:
        """Seconds since the newest frame came."""
        return self._clock() - self._came_at

    def stop(self) -> None:
        """Give no more frames. It can be called from anywhere, a signal's handler too."""
        self._stopped.set()

    def close(self) -> None:
        """Stop reading and free the camera; never takes longer than about `CLOSE_WITHIN`."""
        self.stop()
        self._thread.join(CLOSE_WITHIN)

    def __enter__(self) -> Self:
        """Return the source itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop reading and free the camera."""
        self.close()

    def _wait_for_newer(self, last: float, longest: float = float("inf")) -> Frame | None:
        """The newest frame that is later than `last`; none when there will be no more.

        It looks up again and again, because a wait without an end would not hear Ctrl-C on Windows,
        and because the window wants to be looked after.
        """
        started = time.monotonic()
        while not self._stopped.is_set():
            with self._changed:
                if self._newest is not None and self._newest.time > last:
                    return self._newest
                if self._has_ended or time.monotonic() - started > longest:
                    return None
                self._changed.wait(GLANCE)
                has_newer = self._newest is not None and self._newest.time > last
            if not has_newer:
                self._waiting(self.age)
        return None

    def _raise_failure(self) -> None:
        if self._failure is not None:
            raise self._failure

    def _read(self) -> None:
        """The reading thread: keep the newest frame until the end."""
        try:
            for frame in self._pictures.read(self._stopped):
                with self._changed:
                    self._newest = frame
                    self._came_at = self._clock()
                    self._changed.notify_all()
        except FormcheckError as error:
            self._failure = error
        finally:
            with self._changed:
                self._has_ended = True
                self._changed.notify_all()
            self._pictures.close()


class Camera:
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
        silent_since = self._clock()
        is_first, last = True, -1.0
        while not stopped.is_set():
            grabbed = self._capture.grab()
            now = self._clock()
            decoded, image = self._capture.retrieve() if grabbed else (False, None)
            if decoded and image is not None:
                silent_since, is_first = now, False
                if now - self._started > last:
                    last = now - self._started
                    yield Frame(last, image)
            elif now - silent_since > (FIRST_FRAME if is_first else GIVE_UP):
                raise CameraError(_no_picture(self._address, is_first))
            elif now - silent_since > SILENCE:
                self._open_again(stopped)
            else:
                stopped.wait(GLANCE / 2)

    def close(self) -> None:
        """Free the camera."""
        self._capture.release()

    def _open_again(self, stopped: threading.Event) -> None:
        self._capture.release()
        self._capture = _opened(self._address)
        if not self._capture.isOpened():
            stopped.wait(RETRY)


class Playback:
    """The frames of a video file, each when its time has come."""

    def __init__(self, path: Path, clock: Clock = time.monotonic) -> None:
        """Open it; SourceError if it cannot be read."""
        self._video = open_video(path)
        self._clock = clock

    def read(self, stopped: threading.Event) -> Iterator[Frame]:
        """Give the frames at the video's own pace; it plays more slowly if it must."""
        frames = iter(self._video)
        first = next(frames)
        yield first
        started = self._clock() - first.time
        for frame in frames:
            started = max(started, self._clock() - frame.time - SILENCE)
            while not stopped.is_set() and (left := started + frame.time - self._clock()) > 0:
                stopped.wait(min(left, GLANCE))
            if stopped.is_set():
                return
            yield frame

    def close(self) -> None:
        """Close the file."""
        self._video.close()


def open_live(
    address: str, clock: Clock = time.monotonic, waiting: Waiting | None = None
) -> LiveSource:
    """Open a camera by its number, or a stream or video by its address.

    Raises:
        CameraError: there is no such camera, or it cannot be used.
        SourceError: the file is not a video.
    """
    pictures: Pictures
    if address.isascii() and address.isdecimal():
        pictures = Camera(int(address), clock)
    elif "://" in address or address.startswith("/dev/"):
        pictures = Camera(address, clock)
    else:
        pictures = Playback(Path(address), clock)
    return LiveSource(pictures, clock, waiting)


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
