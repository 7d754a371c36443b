"""Writes pictures with their own times as a video that any browser plays: MP4 with H.264.

There are two ways to lay out the file. A live session is written in pieces, so that what was
written before a program is killed can be played; some players show its length only when it has
been loaded. Where nothing is lost by beginning again, the file has one index in front instead: a
browser then knows every key frame before it has read anything else, and jumps at once, from a slow
server too. Needs PyAV, the extra `video`.
"""

import os
from fractions import Fraction
from pathlib import Path
from types import ModuleType
from typing import Any, Self

from formcheck.errors import OutputError
from formcheck.files.whole import cannot_write
from formcheck.language.sentences import Sentence
from formcheck.pose import Image

TICKS = 60_000
"""Ticks of a second. Milliseconds and the usual frame rates are whole numbers of them, and MPEG-4
takes no more than 65535."""
TICK = Fraction(1, TICKS)
PIECE = 500_000
"""Microseconds in a piece of the file. A killed program loses the piece that it was at."""
KEY_EVERY = 30
"""Frames from one that stands for itself to the next: how exactly one can jump to a moment."""
USUAL_RATE = 30
"""Frames a second, for the encoder to plan with; the true times are in the file."""
IN_PIECES = {
    "movflags": "frag_keyframe+empty_moov+default_base_moof",
    "frag_duration": str(PIECE),
    "flush_packets": "1",
}
INDEX_FIRST = {"movflags": "faststart"}

ENCODERS: dict[str, dict[str, str]] = {
    # Without its delay of some 20 frames, which a killed program would lose.
    "libx264": {"preset": "veryfast", "tune": "zerolatency", "crf": "21"},
    "libopenh264": {"b": "2500000"},
    "mpeg4": {"b": "4000000"},
}
"""What can encode, the best first, with its settings."""
PLAYS_NOT_EVERYWHERE = "mpeg4"


class VideoWriter:
    """Writes a video; a context manager that finishes the file."""

    def __init__(
        self,
        path: str | os.PathLike[str],
        size: tuple[int, int],
        in_pieces: bool = True,
        shown: Path | None = None,
    ) -> None:
        """Begin to write.

        Args:
            path: the file, usually `.mp4`; one that is there is replaced.
            size: width and height of the pictures in pixels.
            in_pieces: whether the file must be playable though it was never finished.
            shown: the path that errors tell, if it is another one.

        Raises:
            OutputError: it cannot be written, or PyAV is not installed.
        """
        self._shown = shown or Path(path)
        self._av = _imported_av()
        self.encoder = _encoder(self._av)
        try:
            Path(path).open("wb").close()  # PyAV would only say so at the first picture
            layout = IN_PIECES if in_pieces else INDEX_FIRST
            self._file = self._av.open(str(path), "w", format="mp4", options=layout)
        except (OSError, ValueError) as error:
            raise cannot_write(self._shown, error) from error
        self._stream: Any = self._file.add_stream(
            self.encoder, rate=USUAL_RATE, options=ENCODERS[self.encoder]
        )
        # Colour is kept for two by two pixels: an odd last row or column is left out.
        self._stream.width, self._stream.height = (max(2, side // 2 * 2) for side in size)
        self._stream.pix_fmt = "yuv420p"
        self._stream.time_base = self._stream.codec_context.time_base = TICK
        self._stream.codec_context.gop_size = KEY_EVERY
        self._first: float | None = None
        self._last = -1

    @property
    def note(self) -> str:
        """What the user should know about the file; usually nothing."""
        if self.encoder != PLAYS_NOT_EVERYWHERE:
            return ""
        return Sentence(
            "This PyAV has no H.264 encoder, so the video is MPEG-4 Part 2. VLC can play it, "
            "browsers can't."
        )

    @property
    def has_pictures(self) -> bool:
        """Whether anything was written."""
        return self._first is not None

    def add(self, time: float, image: Image) -> None:
        """Write a picture, (height, width, 3) blue, green, red, to be shown from this time on."""
        if self._first is None:
            self._first = time
        image = image[: self._stream.height, : self._stream.width]
        frame = self._av.VideoFrame.from_ndarray(image, format="bgr24")
        self._last = max(self._last + 1, round((time - self._first) * TICKS))
        frame.pts, frame.time_base = self._last, TICK
        self._mux(frame)

    def _mux(self, frame: Any) -> None:
        try:
            for packet in self._stream.encode(frame):
                self._file.mux(packet)
        except OSError as error:
            raise cannot_write(self._shown, error) from error

    def __enter__(self) -> Self:
        """Return the writer itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Finish the file, whatever happened; it is empty if there was no picture."""
        if not self.has_pictures:
            self._file.close()
            return
        try:
            self._mux(None)
            self._file.close()
        except (OSError, OutputError):
            # After an error, another of the same kind would only hide it.
            if kind is None:
                raise


def _imported_av() -> ModuleType:
    try:
        import av
    except ImportError as error:
        raise OutputError(
            "To write videos, install PyAV: pip install 'formcheck[video]'"
        ) from error
    return av


def _encoder(av: ModuleType) -> str:
    """The best encoder that this PyAV has."""
    for name in ENCODERS:
        try:
            av.codec.Codec(name, "w")
        except (ValueError, OSError):  # as PyAV says that it knows none of this name
            continue
        return name
    raise OutputError("This PyAV can't encode video. Reinstall it: pip install --upgrade av")


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
