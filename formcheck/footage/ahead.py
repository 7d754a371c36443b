"""Reads the next picture of a video while somebody looks at this one."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor

from formcheck.closing import Closing
from formcheck.pose import Frame


class ReadingAhead(Closing):
    """The frames of a video, one of them read ahead, in a thread; close it before the video."""

    def __init__(self, video: Iterable[Frame]) -> None:
        """Take a video of which nothing was read yet; it is closed elsewhere."""
        self._video = video
        self._reader = ThreadPoolExecutor(1, "formcheck video")

    def __iter__(self) -> Iterator[Frame]:
        """Give the frames as the video does; SourceError where it raises that."""
        frames = iter(self._video)
        coming = self._reader.submit(next, frames, None)
        while (frame := coming.result()) is not None:
            coming = self._reader.submit(next, frames, None)
            yield frame

    def close(self) -> None:
        """Wait for the picture that is being read: a video must not be closed meanwhile."""
        self._reader.shutdown()
