"""What finds the poses in a video, and the plain way: in one picture after the other."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from formcheck.closing import Closing
from formcheck.footage.ahead import ReadingAhead
from formcheck.pose import Image, Pose

if TYPE_CHECKING:
    from formcheck.footage.video import VideoSource
    from formcheck.landmarks.follower import Follower

SPARSE = 16
"""Every so manieth pixel is enough to tell how bright a picture is."""


@dataclass(frozen=True, slots=True, eq=False)
class FoundPose:
    """A pose that was found in a picture."""

    pose: Pose
    brightness: float
    """The mean of the picture, 0..255."""
    picture: Image | None = None
    """None where it is not at hand."""


class PoseFinder(Protocol):
    """Finds the poses in a video."""

    size: tuple[int, int]
    """Width and height of the picture in pixels."""
    length: float | None
    """Seconds that the video states."""

    def __iter__(self) -> Iterator[FoundPose]:
        """Give them in order of time."""

    def amiss(self) -> list[str]:
        """What is amiss in the file, in words after its name."""

    def remarks(self) -> list[str]:
        """What else the user should know."""


class OneByOne(Closing):
    """Finds the poses in one picture after the other; close it before the video."""

    def __init__(self, video: "VideoSource", follower: "Follower") -> None:
        """Take the video and the follower; both are closed elsewhere."""
        self._video = video
        self._frames = ReadingAhead(video)
        self._follower = follower
        self.size = video.size
        self.length = video.duration_estimate

    def __iter__(self) -> Iterator[FoundPose]:
        """Give the poses, each with its picture."""
        for frame in self._frames:
            pose = self._follower.detect(frame)
            yield FoundPose(pose, brightness_of(frame.image), frame.image)

    def amiss(self) -> list[str]:
        """Of the video."""
        return self._video.amiss()

    def remarks(self) -> list[str]:
        """Of who was followed."""
        return self._follower.warnings()

    def close(self) -> None:
        """Wait for the picture that is being read."""
        self._frames.close()


def brightness_of(picture: Image) -> float:
    """The mean of a picture, 0..255."""
    return float(picture[::SPARSE, ::SPARSE].mean())
