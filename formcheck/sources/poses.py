"""The sources of poses: a recording, and a video in which they are found in one way or another."""

from collections.abc import Iterator
from contextlib import ExitStack
from itertools import islice
from math import nan
from pathlib import Path
from typing import TYPE_CHECKING

from formcheck.closing import Closing
from formcheck.errors import FormcheckError, OutputError
from formcheck.files.outlet import Outlet
from formcheck.finding.finder import FoundPose, PoseFinder
from formcheck.language.sentences import Sentence
from formcheck.pose import Pose, PoseCount, SourceInfo
from formcheck.sources.landmark_cache import KeptLandmarks, LandmarkWriter, keeping_landmarks
from formcheck.sources.look import Looking
from formcheck.sources.recording import Recording, poses_of

if TYPE_CHECKING:
    from formcheck.footage.again import PicturesAgain
    from formcheck.pose import Image


TOGETHER = 16
"""Pictures in which poses are found before these are judged. Between two of MediaPipe's turns the
processor's caches are full of its model, and everything else is several times as slow."""


class RecordedPoses:
    """The poses of a recording."""

    def __init__(self, recording: Recording) -> None:
        """Take what was read."""
        self._recording = recording
        self.size = recording.size
        self.length: float | None = recording.duration
        self.picture: Image | None = None
        self.brightness = nan

    def __iter__(self) -> Iterator[Pose]:
        """Give the poses."""
        return self._recording.poses()

    def again(self) -> "PicturesAgain | None":
        """None: it has no pictures."""
        return None

    def info(self) -> SourceInfo:
        """Of the whole recording."""
        return self._recording.info

    def warnings(self) -> list[str]:
        """None."""
        return []


class FoundBefore:
    """Finds the poses where they are kept."""

    def __init__(self, seen: KeptLandmarks) -> None:
        """Take what was seen in the video."""
        self._seen = seen
        self.size, self.length = seen.size, seen.length

    def __iter__(self) -> Iterator[FoundPose]:
        """Give the poses as they were found, without pictures."""
        rows = self._seen.rows
        brightness = rows["brightness"].tolist()
        for pose, bright in zip(poses_of(rows, self.size), brightness, strict=True):
            yield FoundPose(pose, bright, None)

    def amiss(self) -> list[str]:
        """As it was told."""
        return list(self._seen.amiss)

    def remarks(self) -> list[str]:
        """As they were told."""
        return list(self._seen.remarks)


class VideoPoses(Closing):
    """The poses of a video."""

    def __init__(
        self,
        path: Path,
        shown: Path,
        finder: PoseFinder,
        look: Looking,
        keep: tuple[Path, str] | None = None,
    ) -> None:
        """Begin.

        Args:
            path: of the video, for who wants pictures that the finder has not at hand.
            shown: the path that is told.
            finder: finds the poses; it is closed elsewhere.
            look: how the video is looked at.
            keep: the folder in which to keep what is found, and under which key.
        """
        self._path = path
        self._shown = shown
        self._finder = finder
        self._look = look
        self._keep = keep
        self._unkept: list[str] = []
        self._count = PoseCount()
        self._newest = FoundPose(Pose.absent(nan), nan, None)
        self._again: PicturesAgain | None = None
        self.size, self.length = finder.size, finder.length

    def __iter__(self) -> Iterator[Pose]:
        """Give the poses, and keep them once all are found; what cannot be kept is only given."""
        with ExitStack() as stack:
            outlet = self._keeping(stack)
            for found in _together(self._finder):
                self._newest = found
                self._count.add(found.pose)
                if outlet:
                    outlet(self._write_newest)
                yield found.pose
            if outlet:
                outlet(self._write_end)

    @property
    def picture(self) -> "Image | None":
        """Of the newest pose, read once more if it is not at hand; to be asked for in order."""
        if self._newest.picture is not None or not self._count.frames:
            return self._newest.picture
        self._again = self._again or self.again()
        return self._again.at(self._newest.pose.time)

    @property
    def brightness(self) -> float:
        """Of that picture."""
        return self._newest.brightness

    def again(self) -> "PicturesAgain":
        """All pictures once more."""
        from formcheck.footage.again import PicturesAgain

        return PicturesAgain(self._path, self._look.rate)

    def info(self) -> SourceInfo:
        """What has been gone through so far."""
        return self._count.info(str(self._shown))

    def warnings(self) -> list[str]:
        """What is amiss in the file, who was followed, and whether that could not be kept."""
        amiss = [
            Sentence("{file} {why}.", file=self._shown, why=words) for words in self._finder.amiss()
        ]
        return [*amiss, *self._finder.remarks(), *self._unkept]

    def close(self) -> None:
        """Close what was opened for pictures."""
        if self._again is not None:
            self._again.close()

    def _keeping(self, stack: ExitStack) -> Outlet[LandmarkWriter] | None:
        """What keeps the poses until `stack` ends; none if they need not or cannot be kept."""
        if self._keep is None:
            return None
        folder, key = self._keep
        try:
            file = keeping_landmarks(folder, key, self.size, self.length)
            return stack.enter_context(Outlet(file, self._tell))
        except OutputError as error:
            self._tell(error)
            return None

    def _write_newest(self, writer: LandmarkWriter) -> None:
        writer.add(self._newest.pose, self._newest.brightness)

    def _write_end(self, writer: LandmarkWriter) -> None:
        writer.finish(self._finder.amiss(), self._finder.remarks())

    def _tell(self, error: Exception) -> None:
        why = error.sentence if isinstance(error, FormcheckError) else str(error)
        self._unkept = [
            Sentence("formcheck can't save the landmarks for next time. {error}", error=why)
        ]


def _together(finder: PoseFinder) -> Iterator[FoundPose]:
    """Give the poses in order, but find some before the first of them is given."""
    found = iter(finder)
    while batch := list(islice(found, TOGETHER)):
        yield from batch
