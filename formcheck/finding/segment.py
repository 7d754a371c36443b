"""A segment of a video: what is to be found in it, and how that is done, in a process of its own.

A segment is begun a little early, so that MediaPipe has found the body, and its filters have
settled, when it counts.
"""

import signal
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from math import inf
from multiprocessing.connection import Connection
from pathlib import Path

from formcheck.closing import Closing
from formcheck.errors import FormcheckError
from formcheck.finding.finder import brightness_of
from formcheck.footage.trouble import FileTrouble
from formcheck.footage.video import VideoSource, open_video
from formcheck.landmarks.attention import LOOK_AROUND, Attention
from formcheck.landmarks.follower import Follower
from formcheck.pose import Frame, Pose

WARM_UP = 0.6
"""Seconds: what notices cuts looks back as far. The landmarks are then within 0.001 image heights
of those of a whole run (median; 0.007 at the 99th percentile), as they are after a longer one."""
TOGETHER = 8
"""Poses that are sent at once."""


@dataclass(frozen=True, slots=True)
class Video:
    """The video, and how it is looked at."""

    path: Path
    model: Path
    rate: float
    """Pictures that are looked at a second, at most."""


@dataclass(frozen=True, slots=True)
class Segment:
    """From when to when to find poses; in seconds."""

    start: float
    end: float
    first: float
    """When the video begins."""
    attention: Attention | None = None
    """What is known of the one who exercises; none to follow whoever is found."""
    seeks: bool = True
    """Whether to jump there, or to go there through all that is before."""


@dataclass(frozen=True, slots=True, eq=False)
class Begun:
    """That a segment was begun."""

    times: tuple[float, ...]
    """Of the pictures looked at just before its start."""
    before: Pose | None
    """What was found in the last one of them."""


@dataclass(frozen=True, slots=True, eq=False)
class SegmentPose:
    """What was found in one picture."""

    pose: Pose
    brightness: float
    alone: bool | None
    """Whether nobody else was found; none if it was not looked."""


@dataclass(frozen=True, slots=True)
class SegmentEnd:
    """That a segment is done."""

    is_last: bool
    """Whether the video is over."""
    trouble: FileTrouble
    attention: Attention | None


SegmentNews = Begun | SegmentPose | SegmentEnd


def find_segments(connection: Connection, video: Video) -> None:
    """Be told segments and send what is found in them, until there are no more.

    What goes wrong is sent, too, and is the end.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever has begun this hears it, and ends it
    try:
        with _SegmentFinder(video) as finder:
            while (segment := connection.recv()) is not None:
                for packet in _in_packets(finder.found(segment)):
                    connection.send(packet)
    except FormcheckError as error:
        connection.send([error])
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return  # nobody is waiting any more


def _in_packets(news: Iterable[SegmentNews]) -> Iterator[list[SegmentNews]]:
    packet = []
    for each in news:
        packet.append(each)
        if len(packet) == TOGETHER:
            yield packet
            packet = []
    yield packet


class _SegmentFinder(Closing):
    """Finds the poses in segments, with one follower as long as they come in order of time."""

    def __init__(self, video: Video) -> None:
        self._video = video
        self._follower: Follower | None = None
        self._reached = -inf

    def found(self, segment: Segment) -> Iterator[SegmentNews]:
        """Find the poses in a segment."""
        with ExitStack() as stack:
            source = stack.enter_context(self._opened(segment))
            follower = self._ready_follower(segment)
            yield from self._news(_frames(source, segment.start - WARM_UP), segment, follower)
            attention = follower.attention if segment.attention else None
            start = segment.start if segment.start > segment.first else -inf
            trouble = source.trouble(start, segment.end)
            yield SegmentEnd(source.is_finished, trouble, attention)

    def close(self) -> None:
        """Free what MediaPipe holds."""
        if self._follower is not None:
            self._follower.close()

    def _opened(self, segment: Segment) -> VideoSource:
        source = open_video(self._video.path, self._video.rate)
        if not segment.seeks or source.seek(segment.start - WARM_UP):
            return source
        source.close()
        return open_video(self._video.path, self._video.rate)

    def _ready_follower(self, segment: Segment) -> Follower:
        """One that knows of nobody: a new one where MediaPipe would have to go back in time."""
        if self._follower is None or self._reached > segment.start - WARM_UP:
            self.close()
            self._follower = Follower(self._video.model)
        self._follower.attention = segment.attention or Attention()
        return self._follower

    def _news(
        self, frames: Iterator[Frame], segment: Segment, follower: Follower
    ) -> Iterator[SegmentNews]:
        times: list[float] = []
        pose, has_begun = None, False
        for number, frame in enumerate(frames):
            if frame.time >= segment.start and not has_begun:
                has_begun = True
                yield Begun(tuple(times), pose)
            if frame.time >= segment.end:
                break
            if not number and self._reached > -inf:
                follower.forget(frame)
            self._reached = frame.time
            if has_begun and segment.attention:
                yield SegmentPose(follower.detect(frame), brightness_of(frame.image), None)
                continue
            pose = follower.find(frame)
            if has_begun:
                alone = _is_alone(segment, follower, frame, pose, times[-1] if times else -inf)
                yield SegmentPose(pose, brightness_of(frame.image), alone)
            times.append(frame.time)
        if not has_begun:
            yield Begun(tuple(times), pose)


def _frames(source: VideoSource, start: float) -> Iterator[Frame]:
    """The frames from a time on; those before only cost their decoding."""
    for time in source.times():
        image = source.picture() if time >= start else None
        if image is not None:
            yield Frame(time, image)


def _is_alone(
    segment: Segment, follower: Follower, frame: Frame, pose: Pose, before: float
) -> bool | None:
    """Look around at the times at which that would be due if somebody was there from the first."""
    since, until = before - segment.first, frame.time - segment.first
    if not pose.is_present or not any(since < due <= until for due in LOOK_AROUND):
        return None
    return not follower.sees_another(frame, pose)
