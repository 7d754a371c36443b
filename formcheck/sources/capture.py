"""Where live pictures come from: a camera, a stream, or a video that plays at its own pace."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from typing import Protocol
from urllib.parse import urlsplit
from urllib.request import url2pathname

import cv2
import numpy as np

from formcheck.errors import CameraError
from formcheck.footage.video import VideoSource, begun_video, open_video
from formcheck.language.sentences import Sentence
from formcheck.pose import Frame, Image
from formcheck.printable import shortened, without_login
from formcheck.sources.devices import SILENCE, no_picture, open_capture

FIRST_FRAME = 10.0
"""Seconds that a camera may take to give its first picture."""
SPARSE = 16
"""Every so manieth pixel is enough to tell whether a picture is the last one again."""
FLAT = 2.0
"""Standard deviation, of 255, up to which a picture shows nothing."""
GLANCE = 0.1
"""Seconds between two looks at whether to stop, wherever something is waited for."""
MOST_DIGITS = 4
"""Of a camera's number: OpenCV adds hundreds for the way to ask for it, and no more."""

Clock = Callable[[], float]


class Pictures(Protocol):
    """Where frames come from."""

    is_video: bool
    """Whether it is a video, which may stand still and comes to an end; a camera does neither."""
    ending: str
    """Once there are no more frames: what is to be said of it; nothing where that is plain."""

    def read(self, stopped: threading.Event) -> Iterator[Frame]:
        """Give the frames as their time comes, until `stopped` is set."""

    def begin(self) -> None:
        """Be told that somebody has begun to look."""

    def close(self) -> None:
        """Free the camera or file."""


class CameraFeed:
    """The frames of a camera or stream, which is opened again when it falls silent.

    A picture that is the same as the last one to the bit is none: no sensor gives one twice, but
    cameras and streams that hang do.
    """

    is_video = False

    def __init__(
        self,
        address: int | str,
        clock: Clock = time.monotonic,
        capture: cv2.VideoCapture | None = None,
    ) -> None:
        """Open it, unless that has been done; CameraError if it cannot be done."""
        self._address = address
        self._clock = clock
        self._capture = open_capture(address) if capture is None else capture
        self._started = clock()
        self._is_new = True
        """Whether no picture has come since it was opened."""
        self._first = self._last = _NOTHING
        self.ending: str = ""
        if not self._capture.isOpened():
            self._capture.release()
            raise CameraError(no_picture(address))

    def read(self, stopped: threading.Event) -> Iterator[Frame]:
        """Give the frames as they come, until a stream begins anew: then it was at its end.

        Raises:
            CameraError: it never gave a picture.
        """
        begun_at = opened_at = came_at = self._clock()
        last = -1.0
        while not stopped.is_set():
            image = self._picture(stopped)
            now = self._clock()
            if image is not None and self._begins_anew(image):
                self.ending = Sentence(
                    "{source} has ended.", source=without_login(str(self._address))
                )
                return
            if image is not None:
                came_at = now
                if now - self._started > last:
                    last = now - self._started
                    yield Frame(last, image)
            elif last < 0 and now - begun_at > FIRST_FRAME:
                raise CameraError(no_picture(self._address))
            elif last >= 0 and now - max(came_at, opened_at) > SILENCE:
                self._open_again()
                opened_at = self._clock()

    def begin(self) -> None:
        """Do nothing: a camera does not wait."""

    def close(self) -> None:
        """Free the camera."""
        self._capture.release()

    def _picture(self, stopped: threading.Event) -> Image | None:
        """The next picture, if there is one, and it is not the last one again."""
        decoded, image = self._capture.retrieve() if self._capture.grab() else (False, None)
        if not decoded or image is None:
            stopped.wait(GLANCE)
            return None
        picture = np.asarray(image, dtype=np.uint8)
        before, self._last = self._last, picture[::SPARSE, ::SPARSE].copy()
        if np.array_equal(before, self._last) and _says_something(self._last):
            return None
        return picture

    def _begins_anew(self, image: Image) -> bool:
        """Whether a stream that was opened again gives its first picture again.

        Then whoever sends it plays a video to whoever asks, and what follows was counted already.
        """
        is_new, self._is_new = self._is_new, False
        if not is_new or isinstance(self._address, int) or not _says_something(self._last):
            return False
        if self._first is _NOTHING:
            self._first = image
            return False
        return np.array_equal(self._first, image)

    def _open_again(self) -> None:
        self._capture.release()
        self._capture = open_capture(self._address)
        self._is_new = True


_NOTHING: Image = np.zeros((0, 0, 3), np.uint8)


def _says_something(image: Image) -> bool:
    """Whether a picture shows anything: one colour, as behind a lid, is often the same again."""
    return bool(image.std() > FLAT)


class Playback:
    """The frames of a video, each when its time has come."""

    is_video = True

    def __init__(self, video: VideoSource, clock: Clock = time.monotonic) -> None:
        """Take a video that was opened; it is closed here."""
        self._video = video
        self._clock = clock
        self._begun = threading.Event()
        self.ending: str = ""

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
        if self._video.ended_early:
            self.ending = Sentence("The video broke off before its end.")

    def begin(self) -> None:
        """Play."""
        self._begun.set()

    def close(self) -> None:
        """Close the file."""
        self._video.close()


def pictures_from(address: str, clock: Clock = time.monotonic) -> Pictures:
    """What gives the pictures of a camera by its number, or of a stream or video by its address.

    What states its length is a video, wherever it lies: it plays at its own pace, once.

    Raises:
        CameraError: there is no such camera, or it cannot be used.
        SourceError: the file is not a video.
    """
    try:
        return _pictures_at(address, clock)
    except ValueError as error:  # neither a path nor an address, as `file://[`
        raise CameraError(no_picture(address)) from error


def _pictures_at(address: str, clock: Clock) -> Pictures:
    if address.isascii() and address.isdecimal():
        if len(address) > MOST_DIGITS:
            shown = shortened(address)
            raise CameraError(
                "There is no camera {camera}. `formcheck cameras` lists the cameras that work.",
                camera=shown,
            )
        return CameraFeed(int(address), clock)
    if os.path.realpath(address).startswith("/dev/video"):  # others there are no cameras
        return CameraFeed(address, clock)
    if address.lower().startswith("file:"):
        path = url2pathname(urlsplit(address).path)
        return Playback(open_video(path), clock)
    if "://" not in address:
        return Playback(open_video(address), clock)
    capture = open_capture(address)
    if capture.isOpened() and capture.get(cv2.CAP_PROP_FRAME_COUNT) > 0:
        return Playback(begun_video(without_login(address), capture), clock)
    return CameraFeed(address, clock, capture)
