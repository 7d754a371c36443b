"""`formcheck live` before a camera that waits: it gives the next picture when one is asked for.

A program of its own: what it counts does not depend on how fast the machine is, since no picture is
missed and each carries the clip's own time. Once it is over, nobody is waited for to read its page.
Its arguments are those of `formcheck`.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from formcheck.app import serving
from formcheck.cli import main
from formcheck.footage.video import open_video
from formcheck.live import program
from formcheck.pose import Frame


class Unhurried:
    """The pictures of a clip, in the place of the newest of a camera."""

    def __init__(self, address: str) -> None:
        self._video = open_video(Path(address))
        self.size = self._video.size
        self.waiting: Callable[[float], None] = lambda silent: None
        self.ending = ""
        self._is_stopped = False

    def __iter__(self) -> Iterator[Frame]:
        """Give one after the other."""
        for frame in self._video:
            if self._is_stopped:
                return
            yield frame

    def stop(self) -> None:
        """Give no more."""
        self._is_stopped = True

    def __enter__(self) -> "Unhurried":
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self._video.close()


if __name__ == "__main__":
    serving.GONE = 0.0
    program.open_live = Unhurried  # type: ignore[assignment]
    main()
