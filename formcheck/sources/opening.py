"""Where poses come from: a video through MediaPipe, or a recording of landmarks.

Both are opened the same way and give the same poses, so whatever takes the one takes the other.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from formcheck.files.growing import PART
from formcheck.pose import Pose, PoseCount, SourceInfo
from formcheck.sources.recording import Recording, read_recording

if TYPE_CHECKING:
    from formcheck.landmarks.follower import Follower
    from formcheck.pose import Image
    from formcheck.sources.video import VideoSource

RECORDING_SUFFIX = ".npz"
FindModel = Callable[[], Path]


class PoseSource(Protocol):
    """Poses in order of time, to be gone through once."""

    size: tuple[int, int]
    """Width and height of the picture in pixels."""
    length: float | None
    """Seconds, as far as known beforehand; for a progress bar only."""
    picture: "Image | None"
    """In which the newest pose was found; none in a recording, which keeps no pictures."""

    def __iter__(self) -> Iterator[Pose]:
        """Give the poses."""

    def info(self) -> SourceInfo:
        """What has been gone through so far."""

    def warnings(self) -> list[str]:
        """What the user should know about the source, once it has been gone through."""


def open_source(
    path: str | os.PathLike[str], find_model: FindModel
) -> AbstractContextManager[PoseSource]:
    """Open a video or a recording; `find_model` is called only if MediaPipe is needed.

    Raises:
        SourceError: there is no such file, or it is neither.
        ModelError: the pose model cannot be had.
    """
    if is_recording(path):
        return _open_recording(path)
    return _open_video(path, find_model)


def is_recording(path: str | os.PathLike[str]) -> bool:
    """Whether the name is that of a recording, or of one that was left behind unfinished."""
    return Path(path).name.lower().endswith((RECORDING_SUFFIX, PART))


@contextmanager
def _open_recording(path: str | os.PathLike[str]) -> Iterator[PoseSource]:
    yield _RecordedPoses(read_recording(path))


@contextmanager
def _open_video(path: str | os.PathLike[str], find_model: FindModel) -> Iterator[PoseSource]:
    # OpenCV and MediaPipe take most of a second to import, and a recording needs neither.
    from formcheck.sources.video import open_video

    with ExitStack() as stack:
        video = stack.enter_context(open_video(path))
        model = find_model()
        from formcheck.landmarks.follower import Follower

        follower = stack.enter_context(Follower(model))
        yield _VideoPoses(str(path), video, follower)


class _RecordedPoses:
    def __init__(self, recording: Recording) -> None:
        self._recording = recording
        self.size = recording.size
        self.length: float | None = recording.duration
        self.picture: Image | None = None

    def __iter__(self) -> Iterator[Pose]:
        return self._recording.poses()

    def info(self) -> SourceInfo:
        return self._recording.info

    def warnings(self) -> list[str]:
        return []


class _VideoPoses:
    def __init__(self, path: str, video: "VideoSource", follower: "Follower") -> None:
        self._path = path
        self._video = video
        self._follower = follower
        self._count = PoseCount()
        self.size = video.size
        self.length = video.duration_estimate
        self.picture: Image | None = None

    def __iter__(self) -> Iterator[Pose]:
        for frame in self._video:
            pose = self._follower.detect(frame)
            self._count.add(pose)
            self.picture = frame.image
            yield pose

    def info(self) -> SourceInfo:
        return self._count.info(self._path)

    def warnings(self) -> list[str]:
        return self._video.warnings() + self._follower.warnings()
