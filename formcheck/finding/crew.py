"""Processes that find the poses of segments side by side; what they find comes in order."""

import multiprocessing
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from formcheck.closing import Closing
from formcheck.errors import FormcheckError, SourceError
from formcheck.finding.segment import Segment, SegmentEnd, SegmentNews, Video, find_segments

ENDING = 5.0
"""Seconds that a process may take to end."""


@dataclass(eq=False)
class SegmentOrder:
    """A segment that was asked for, and what has come of it until now."""

    segment: Segment
    come: deque[SegmentNews] = field(default_factory=deque)
    is_whole: bool = False


@dataclass(eq=False)
class _Hand:
    process: BaseProcess
    connection: Connection
    order: SegmentOrder | None = None


class Crew(Closing):
    """So many processes, which are ended with its block."""

    def __init__(self, video: Video, workers: int) -> None:
        """Begin; a process is begun when there is something to do for it."""
        self._video = video
        self._workers = workers
        self._hands: list[_Hand] = []
        self._waiting: deque[SegmentOrder] = deque()

    def ask(self, segment: Segment, at_once: bool = False) -> SegmentOrder:
        """Have the poses of a segment found, after or before all those that wait."""
        order = SegmentOrder(segment)
        self._waiting.insert(0 if at_once else len(self._waiting), order)
        self._hand_out()
        return order

    def news(self, order: SegmentOrder) -> Iterator[SegmentNews]:
        """Give what is found of a segment, as it comes.

        Raises:
            FormcheckError: as a process has told.
        """
        while not order.is_whole or order.come:
            self._take_in(None if not order.come else 0.0)
            while order.come:
                yield order.come.popleft()

    def close(self) -> None:
        """End all processes, whatever they do."""
        for hand in self._hands:
            hand.process.terminate()
        for hand in self._hands:
            hand.process.join(ENDING)
            hand.connection.close()
        self._hands = []

    def _hand_out(self) -> None:
        for hand in self._hands:
            if hand.order is None and self._waiting:
                self._give(hand)
        while self._waiting and len(self._hands) < self._workers:
            self._hands.append(self._new_hand())
            self._give(self._hands[-1])

    def _give(self, hand: _Hand) -> None:
        hand.order = self._waiting.popleft()
        try:
            hand.connection.send(hand.order.segment)
        except OSError:
            raise self._crash() from None

    def _new_hand(self) -> _Hand:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=find_segments, args=(theirs, self._video), daemon=True)
        process.start()
        theirs.close()  # or else it would not be noticed that the process is gone
        return _Hand(process, ours)

    def _take_in(self, timeout: float | None) -> None:
        """Take in what has come from all of them; wait for something unless that is not wanted."""
        hands = {hand.connection: hand for hand in self._hands}
        for ready in wait(list(hands), timeout):
            assert isinstance(ready, Connection)
            self._take_from(hands[ready])

    def _take_from(self, hand: _Hand) -> None:
        try:
            packet = hand.connection.recv()
        except (EOFError, ConnectionResetError):
            raise self._crash() from None
        for news in packet:
            if isinstance(news, FormcheckError):
                raise news
            assert hand.order is not None
            hand.order.come.append(news)
            if isinstance(news, SegmentEnd):
                hand.order.is_whole, hand.order = True, None
        self._hand_out()

    def _crash(self) -> SourceError:
        return SourceError(
            "Can't read {file}: the process that read it ended too early. If memory is short, use "
            "fewer --workers. If not, the video may crash the video reader: check that it plays, "
            "or convert it to MP4 (H.264).",
            file=self._video.path,
        )
