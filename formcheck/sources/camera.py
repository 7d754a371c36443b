"""The newest picture of a camera, stream or video, never a queue.

The reading thread keeps one frame. Whoever is slower than the camera gets the newest and misses the
others, so that what is shown and said is never late by more than one frame and one analysis.
"""

import threading
import time
from collections.abc import Callable, Iterator

from formcheck.closing import Closing
from formcheck.errors import CameraError, FormcheckError
from formcheck.footage.video import resized, scaled_size
from formcheck.language.sentences import Sentence
from formcheck.pose import Frame
from formcheck.sources.capture import FIRST_FRAME, GLANCE, Clock, Pictures, pictures_from

CLOSE_WITHIN = 1.0
"""Seconds to wait for the reading thread to end. It does not keep the program from ending."""

GIVE_UP = 30.0
"""Seconds without a picture after which the camera is given up, be it that it hangs or is gone."""
LOST = Sentence(
    "The camera has sent no picture for half a minute. Check its cable and the network. "
    "Everything up to then is saved. Start again to continue."
)

Waiting = Callable[[float], None]
"""Is called a few times a second while no picture comes, with the seconds since the last."""


class LiveSource(Closing):
    """The newest frame of a camera, stream or file; a context manager."""

    def __init__(self, pictures: Pictures, clock: Clock = time.monotonic) -> None:
        """Begin to read, in a thread.

        Args:
            pictures: what to read; it is closed here.
            clock: seconds that never run backwards.
        """
        self._pictures = pictures
        self._clock = clock
        self.waiting: Waiting = lambda silent: None
        """Called while no picture comes, in the thread of whoever goes through the frames."""
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
                raise CameraError("The camera sends no picture. Is another program using it?")
            self._size = scaled_size(frame.image)
        return self._size

    def __iter__(self) -> Iterator[Frame]:
        """Give the newest frame each time, each later than the one before, until it is over.

        Raises:
            CameraError: the camera was unplugged and did not come back.
        """
        size, last = self.size, -1.0
        self._came_at = self._clock()
        self._pictures.begin()
        while (frame := self._wait_for_newer(last)) is not None:
            last = frame.time
            yield Frame(frame.time, resized(frame.image, size))
        self._raise_failure()

    @property
    def ending(self) -> str:
        """Once there are no more frames: what is to be said of it; nothing where that is plain."""
        return self._pictures.ending

    def stop(self) -> None:
        """Give no more frames. It can be called from anywhere, a signal's handler too."""
        self._stopped.set()

    def close(self) -> None:
        """Stop reading and free the camera; never takes longer than about `CLOSE_WITHIN`."""
        self.stop()
        self._thread.join(CLOSE_WITHIN)

    def _wait_for_newer(self, last: float, longest: float = float("inf")) -> Frame | None:
        """The newest frame that is later than `last`; none when there will be no more.

        It looks up again and again, because a wait without an end would not hear Ctrl-C on Windows,
        and because the screen wants to be looked after.
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
                is_video = self._pictures.is_video
                self._wait(0.0 if is_video else self._clock() - self._came_at)
        return None

    def _wait(self, silent: float) -> None:
        self.waiting(silent)
        if silent > GIVE_UP:
            raise CameraError(LOST)

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


def open_live(address: str, clock: Clock = time.monotonic) -> LiveSource:
    """Open a camera by its number, or a stream or video by its address.

    Raises:
        CameraError: there is no such camera, or it cannot be used.
        SourceError: the file is not a video.
    """
    return LiveSource(pictures_from(address, clock), clock)
