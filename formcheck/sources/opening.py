"""Where poses come from: a video through MediaPipe, or a recording of landmarks.

Both are opened the same way and give the same poses, so whatever takes the one takes the other.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from formcheck.errors import SourceError
from formcheck.files.growing import PART
from formcheck.finding.finder import OneByOne, PoseFinder
from formcheck.pose import Pose, SourceInfo
from formcheck.reading import NotReadable, check_file
from formcheck.sources.landmark_cache import cache_folder, cache_key, kept_landmarks
from formcheck.sources.look import AS_USUAL, Looking
from formcheck.sources.poses import FoundBefore, RecordedPoses, VideoPoses
from formcheck.sources.recording import read_recording

if TYPE_CHECKING:
    from formcheck.footage.again import PicturesAgain
    from formcheck.pose import Image

RECORDING_SUFFIX = ".npz"
FindModel = Callable[[], Path]


class PoseSource(Protocol):
    """Poses in order of time, to be gone through once."""

    size: tuple[int, int]
    """Width and height of the picture in pixels."""
    length: float | None
    """Seconds, as far as known beforehand; for a progress bar only."""

    @property
    def brightness(self) -> float:
        """Of the picture of the newest pose, 0..255 as a mean; NaN in a recording."""

    @property
    def picture(self) -> "Image | None":
        """In which the newest pose was found; none in a recording, which keeps no pictures."""

    def __iter__(self) -> Iterator[Pose]:
        """Give the poses."""

    def again(self) -> "PicturesAgain | None":
        """All pictures once more, to be closed by who asks; none in a recording."""

    def info(self) -> SourceInfo:
        """What has been gone through so far."""

    def warnings(self) -> list[str]:
        """What the user should know about the source, once it has been gone through."""


def open_source(
    path: str | os.PathLike[str],
    find_model: FindModel,
    look: Looking = AS_USUAL,
    shown: Path | None = None,
) -> AbstractContextManager[PoseSource]:
    """Open a video or a recording.

    Args:
        path: of the file.
        find_model: is called only if the model is needed.
        look: how a video is looked at.
        shown: the path that is told, if it is another one.

    Raises:
        SourceError: there is no such file, or it is neither.
        ModelError: the pose model cannot be had.
    """
    if is_recording(path):
        return _open_recording(Path(path), shown)
    return _open_video(Path(path), find_model, look, shown or Path(path))


def is_recording(path: str | os.PathLike[str]) -> bool:
    """Whether the name is that of a recording, or of one that was left behind unfinished."""
    return Path(path).name.lower().endswith((RECORDING_SUFFIX, PART))


@contextmanager
def _open_recording(path: Path, shown: Path | None) -> Iterator[PoseSource]:
    yield RecordedPoses(replace(read_recording(path), path=shown or path))


@contextmanager
def _open_video(
    path: Path, find_model: FindModel, look: Looking, shown: Path
) -> Iterator[PoseSource]:
    folder, keep = cache_folder() if look.keeps else None, None
    with ExitStack() as stack:
        if folder is not None:
            keep = folder, _key(path, find_model, look)
        seen = kept_landmarks(*keep) if keep else None
        if seen is not None:
            finder: PoseFinder = FoundBefore(seen)
            keep = None
        else:
            finder = _finder(stack, path, find_model, look)
        yield stack.enter_context(VideoPoses(path, shown, finder, look, keep))


def _key(path: Path, find_model: FindModel, look: Looking) -> str:
    try:
        check_file(path)  # before a model is fetched for it
        return cache_key(path, find_model(), look)
    except NotReadable as error:
        raise SourceError(error.sentence) from error


def _finder(stack: ExitStack, path: Path, find_model: FindModel, look: Looking) -> PoseFinder:
    # OpenCV and MediaPipe take most of a second to import, and kept landmarks need neither.
    from formcheck.footage.video import open_video

    video = stack.enter_context(open_video(path, look.rate))
    model = find_model()
    if look.workers > 1:
        from formcheck.finding.segment import Video
        from formcheck.finding.segments import InSegments

        finder = InSegments(Video(path, model, look.rate), look.workers)
        if finder.is_worth_it:
            return finder
    from formcheck.landmarks.follower import Follower

    follower = stack.enter_context(Follower(model))
    return stack.enter_context(OneByOne(video, follower))
