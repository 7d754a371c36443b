"""The pictures of a video once more, for who wants to see some of those that were looked at."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from formcheck.closing import Closing
from formcheck.footage.video import VideoSource, open_video
from formcheck.pose import Image


class PicturesAgain(Closing):
    """Gives pictures by their time, in order; the file is opened when the first is asked for."""

    def __init__(self, path: Path, rate: float) -> None:
        """Take the video's path, and how many pictures a second were looked at, at most."""
        self._path = path
        self._rate = rate
        self._stack = ExitStack()
        self._video: VideoSource | None = None
        self._times: Iterator[float] = iter(())
        self._newest: Image | None = None

    def at(self, time: float) -> Image | None:
        """The picture of this time, later than those asked for before; none if it is not there."""
        if self._video is None:
            self._video = self._stack.enter_context(open_video(self._path, self._rate))
            self._times = self._video.times()
        reached = next((each for each in self._times if each >= time), None)
        return self._video.picture() if reached == time else None

    def close(self) -> None:
        """Close the file."""
        self._stack.close()
