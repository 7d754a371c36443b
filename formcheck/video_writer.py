"""Writes pictures with their own times as a video that any browser plays: MP4 with H.264.

There are two ways to lay out the file. A live session is written in pieces, so that what was
written before a program is killed can be played. Where nothing is lost by beginning again, the file
has one index in front instead: a browser then knows every key frame before it has read anything
else, and jumps at once, from a slow server too. Needs PyAV, the extra `video`.
"""

import os
from fractions import Fraction
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from formcheck.errors import OutputError
from formcheck.video import Image

TICKS = 90_000
"""Ticks of a second: the usual clock of video files."""
PIECE = 1_000_000
"""Microseconds in a piece of the file: what a killed program loses at most."""
IN_PIECES = {
    "movflags": "frag_keyframe+empty_moov+default_base_moof",
    "frag_duration": str(PIECE),
}
INDEX_FIRST = {"movflags": "faststart"}
KEY_EVERY = 30
"""Frames from one that stands for itself to the next: how exactly one can jump to a moment."""


class VideoWriter:
    """Writes a video; a context manager that finishes the file."""

    def __init__(
        self, path: str | os.PathLike[str], size: tuple[int, int], in_pieces: bool = True
    ) -> None:
        """Begin to write.

        Args:
            path: the file, usually `.mp4`; one that is there is replaced.
            size: width and height of the pictures in pixels.
            in_pieces: whether the file must be playable though it was never finished.

        Raises:
            OutputError: it cannot be written, or PyAV is not installed.
        """
        self._path = Path(path)
        try:
            import av
        except ImportError as error:
            raise OutputError(
                "Writing a video needs PyAV. Install it: pip install 'formcheck[video]'"
            ) from error
        self._av = av
        options = IN_PIECES if in_pieces else INDEX_FIRST
        try:
            self._file = av.open(str(self._path), "w", format="mp4", options=options)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            raise OutputError(f"Cannot write {self._path}: {reason}.") from error
        self._stream: Any = self._file.add_stream("libx264", options={"preset": "veryfast"})
        # H.264 takes even sizes only: the last row or column may be left out.
        self._stream.width, self._stream.height = size[0] // 2 * 2, size[1] // 2 * 2
        self._stream.pix_fmt = "yuv420p"
        self._stream.time_base = Fraction(1, TICKS)
        self._stream.codec_context.time_base = Fraction(1, TICKS)
        self._stream.codec_context.gop_size = KEY_EVERY
        self._first: float | None = None
        self._last = -1

    def add(self, time: float, image: Image) -> None:
        """Write a picture, (height, width, 3) blue, green, red, to be shown from this time on."""
        if self._first is None:
            self._first = time
        image = image[: self._stream.height, : self._stream.width]
        frame = self._av.VideoFrame.from_ndarray(image, format="bgr24")
        self._last = max(self._last + 1, round((time - self._first) * TICKS))
        frame.pts, frame.time_base = self._last, Fraction(1, TICKS)
        self._mux(frame)

    def _mux(self, frame: Any) -> None:
        try:
            for packet in self._stream.encode(frame):
                self._file.mux(packet)
        except OSError as error:
            raise OutputError(f"Cannot write {self._path}: {error.strerror}.") from error

    def __enter__(self) -> Self:
        """Return the writer itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Finish the file."""
        try:
            if self._first is not None:
                self._mux(None)
        finally:
            self._file.close()
