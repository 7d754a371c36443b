"""A camera, a stream or a video played at its own pace: always the newest picture, never a queue.

The reading thread keeps one frame. Whoever is slower than the camera gets the newest and misses the
others, so that what is shown and said is never late by more than one analysis.
"""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import cv2

from formcheck.errors import CameraError
from formcheck.video import Frame, quieten_opencv, scaled_to_fit

FIRST_FRAME = 10.0
"""Seconds that a camera may take to give its first picture."""
SILENCE = 2.0
"""Seconds without a picture after which a camera is taken to be unplugged and opened again."""
RETRY = 1.0
"""Seconds between two attempts to open it again."""
GIVE_UP = 30.0
"""Seconds without a picture after which the camera is given up."""
HIGHEST_INDEX = 4
"""Cameras are looked for from 0 to this."""

Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class CameraInfo:
    """A camera that can be opened."""

    index: int
    size: tuple[int, int]
    fps: float


class LiveSource:
    """The newest frame of a camera, stream or file; a context manager."""

    def __init__(self, address: int | str, clock: Clock = time.monotonic) -> None:
        """Open it.

        Args:
            address: a camera's number, a stream's address or a video's path.
            clock: seconds that never run backwards.

        Raises:
            CameraError: it does not open, or gives no picture.
        """
        self._address = address
        self._clock = clock
        self._capture = _open(address)
        self._is_file = isinstance(address, str) and "://" not in address
        self._changed = threading.Condition()
        self._newest: Frame | None = None
        self._failure: str = ""
        self._is_over = False
        self._started = clock()
        self._thread = threading.Thread(target=self._read, name="camera", daemon=True)
        self._thread.start()
        self.size: tuple[int, int] = self._first_size()
        """Width and height in pixels of the frames."""

    def __iter__(self) -> Iterator[Frame]:
        """Give the newest frame each time, each later than the one before, until it is over.

        Raises:
            CameraError: the camera was unplugged and did not come back.
        """
        last = -1.0
        while (frame := self._wait_for_newer(last)) is not None:
            last = frame.time
            yield frame
        if self._failure:
            raise CameraError(self._failure)

    def close(self) -> None:
        """Stop reading and free the camera."""
        with self._changed:
            self._is_over = True
            self._changed.notify_all()
        self._thread.join(timeout=3.0)
        self._capture.release()

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

    def _first_size(self) -> tuple[int, int]:
        with self._changed:
            self._changed.wait_for(lambda: self._newest or self._is_over, FIRST_FRAME)
            if self._newest is None:
                self._is_over = True
                raise CameraError(_no_picture(self._address))
            height, width = self._newest.image.shape[:2]
        return width, height

    def _wait_for_newer(self, last: float) -> Frame | None:
        """The newest frame that is later than `last`; none when there will be no more."""

        def newer() -> Frame | None:
            return self._newest if self._newest and self._newest.time > last else None

        with self._changed:
            self._changed.wait_for(lambda: self._is_over or newer() is not None)
            return newer()

    def _read(self) -> None:
        """The reading thread: keep the newest frame until the end."""
        silent_since = self._clock()
        while not self._is_over:
            grabbed, image = self._capture.read()
            if not grabbed:
                if self._is_file or not self._open_again(silent_since):
                    break
                continue
            silent_since = self._clock()
            self._keep(Frame(self._time(), scaled_to_fit(image)))
        with self._changed:
            self._is_over = True
            self._changed.notify_all()

    def _keep(self, frame: Frame) -> None:
        with self._changed:
            if self._newest is None or frame.time > self._newest.time:
                self._newest = frame
                self._changed.notify_all()

    def _time(self) -> float:
        """The frame's time; a file is held back until its own time has come."""
        now = self._clock() - self._started
        if not self._is_file:
            return now
        due = self._capture.get(cv2.CAP_PROP_POS_MSEC) / 1000
        if due > now:
            with self._changed:
                self._changed.wait_for(lambda: self._is_over, due - now)
        return due

    def _open_again(self, silent_since: float) -> bool:
        """After a while without a picture open the camera again; whether to go on trying."""
        silent = self._clock() - silent_since
        if silent > GIVE_UP:
            self._failure = f"Camera {self._address} gives no picture any more. Is it plugged in?"
            return False
        if silent > SILENCE:
            self._capture.release()
            self._capture = cv2.VideoCapture(self._address)
        with self._changed:
            self._changed.wait_for(lambda: self._is_over, RETRY if silent > SILENCE else 0.05)
        return not self._is_over


def open_live(address: str) -> LiveSource:
    """Open a camera by its number, or a stream or video by its address."""
    return LiveSource(int(address) if address.isdecimal() else address)


def find_cameras() -> list[CameraInfo]:
    """The cameras that open and give a picture, with their size and frame rate."""
    quieten_opencv()
    found = []
    for index in range(HIGHEST_INDEX + 1):
        capture = cv2.VideoCapture(index)
        grabbed, image = capture.read() if capture.isOpened() else (False, None)
        if grabbed and image is not None:
            size = image.shape[1], image.shape[0]
            found.append(CameraInfo(index, size, capture.get(cv2.CAP_PROP_FPS)))
        capture.release()
    return found


def _open(address: int | str) -> cv2.VideoCapture:
    quieten_opencv()
    capture = cv2.VideoCapture(address)
    if not capture.isOpened():
        capture.release()
        raise CameraError(_no_picture(address))
    return capture


def _no_picture(address: int | str) -> str:
    if isinstance(address, int):
        return (
            f"Camera {address} gives no picture. Is it plugged in, not used by another program, "
            "and is this terminal allowed to use it (macOS: System Settings, Privacy, Camera)? "
            "`formcheck cameras` lists those that work."
        )
    return f"{address} gives no picture. Check the path or address."
