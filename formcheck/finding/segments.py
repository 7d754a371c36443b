"""Finds the poses in a video on several cores: in segments, which are put together.

Who is followed must not depend on how the video was cut. So the first segment is followed as ever,
and in the others whoever is found is; what is known of the one who exercises goes through all poses
in order, and where it would have had more looked at, or the segments do not fit together, what
follows is found again with what was known until then. Somebody alone costs nothing by that.

Segments have a fixed length: the result does not depend on how many there are to find it.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from math import inf

from formcheck.finding.crew import Crew, SegmentOrder
from formcheck.finding.finder import FoundPose
from formcheck.finding.segment import (
    WARM_UP,
    Begun,
    Segment,
    SegmentEnd,
    SegmentNews,
    SegmentPose,
    Video,
)
from formcheck.footage.trouble import FileTrouble, amiss_in_words
from formcheck.footage.video import open_video
from formcheck.landmarks.attention import Attention
from formcheck.landmarks.exerciser import figure_of
from formcheck.pose import Pose

LENGTH = 10.0
"""Seconds of a segment: long enough that beginning early costs little, short enough that there is
work for all."""
SHORTEST = 15.0
"""Seconds of a video from which it is worth to begin more than one process."""
AHEAD = 2
"""Segments that are found before they are wanted, beside one for each process."""
SAME_PLACE = 0.3
"""Torsos that whom two segments follow may be apart where they meet, and be the same."""
LOOK_HOLDS = 2.0
"""Seconds before a look is due for which one that was taken already will do."""


class InSegments:
    """Finds the poses of a video with so many processes."""

    def __init__(self, video: Video, workers: int) -> None:
        """Open the video for its size and length; SourceError if it cannot be opened."""
        self._video = video
        self._workers = workers
        with open_video(video.path, video.rate) as source:
            self.size, self.length = source.size, source.duration_estimate
            self._first = next(source.times())
        self._attention = Attention()
        self._troubles: list[FileTrouble] = []
        self._lately: deque[FoundPose] = deque()
        self._alone_at = -inf
        self._is_over = False

    @property
    def is_worth_it(self) -> bool:
        """Whether the video is long enough."""
        return self._workers > 1 and (self.length or 0.0) >= SHORTEST

    def __iter__(self) -> Iterator[FoundPose]:
        """Give the poses in order of time."""
        with Crew(self._video, self._workers) as crew:
            orders: deque[SegmentOrder] = deque()
            asked = 0
            while not self._is_over:
                while len(orders) < self._workers + AHEAD:
                    orders.append(crew.ask(self._segment(asked)))
                    asked += 1
                for found in self._checked(crew, orders.popleft()):
                    self._remember(found)
                    yield found

    def amiss(self) -> list[str]:
        """What is amiss in the file, in words after its name."""
        return amiss_in_words(self._troubles)

    def remarks(self) -> list[str]:
        """Who was followed."""
        return self._attention.warnings()

    def _segment(self, number: int) -> Segment:
        start = self._first + number * LENGTH
        return Segment(start, start + LENGTH, self._first, None if number else Attention())

    def _checked(self, crew: Crew, order: SegmentOrder) -> Iterator[FoundPose]:
        """Give the poses of a segment; again from where something does not fit, if it does not."""
        for news in crew.news(order):
            again = self._again(order.segment, news)
            if again is not None:
                yield from self._checked(crew, crew.ask(again, at_once=True))
                return
            if isinstance(news, SegmentPose):
                yield FoundPose(news.pose, news.brightness)
            elif isinstance(news, SegmentEnd):
                self._end(order.segment, news)

    def _again(self, segment: Segment, news: SegmentNews) -> Segment | None:
        """What to find instead of the rest of a segment, if this shows that it does not fit."""
        if isinstance(news, Begun):
            return self._begun_again(segment, news)
        if not isinstance(news, SegmentPose) or segment.attention is not None:
            return None
        if news.alone:
            self._alone_at = news.pose.time
        due = self._attention.due(news.pose)
        if due is None:
            return None
        if due == "around" and news.pose.time - self._alone_at <= LOOK_HOLDS:
            self._attention.looked(due, news.pose.time)
            return None
        return replace(segment, start=news.pose.time, attention=self._attention)

    def _begun_again(self, segment: Segment, begun: Begun) -> Segment | None:
        begins = segment.start - WARM_UP
        before = [found.pose for found in self._lately if found.pose.time >= begins]
        if not segment.seeks or not self._lately:
            return None
        if tuple(pose.time for pose in before) != begun.times:
            # The clock or the pictures are not what they seem: all that is left, one by one.
            return replace(segment, end=inf, attention=self._attention, seeks=False)
        if segment.attention is None and before and not _is_same(before[-1], begun.before):
            return replace(segment, attention=self._attention)
        return None

    def _remember(self, found: FoundPose) -> None:
        self._lately.append(found)
        while found.pose.time - self._lately[0].pose.time > WARM_UP + 1.0:
            self._lately.popleft()

    def _end(self, segment: Segment, end: SegmentEnd) -> None:
        self._troubles.append(end.trouble)
        self._attention = end.attention or self._attention
        self._is_over = end.is_last


def _is_same(one: Pose, other: Pose | None) -> bool:
    """Whether it is the same body in the same picture; whoever is seen in one of them only is."""
    if other is None or not (one.is_present and other.is_present):
        return True
    figures = figure_of(one), figure_of(other)
    return abs(figures[0].place - figures[1].place) <= SAME_PLACE * figures[0].torso
