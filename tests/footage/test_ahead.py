"""Reading ahead changes nothing but when a picture is read."""

import threading
from collections.abc import Iterator

import numpy as np
import pytest
from helpers.places import SAMPLES

from formcheck.errors import SourceError
from formcheck.footage.ahead import ReadingAhead
from formcheck.footage.video import open_video
from formcheck.pose import Frame

CLIP = SAMPLES / "rendered_bridge_side_right_clean.mp4"
FRAMES = [Frame(time, np.zeros((4, 4, 3), np.uint8)) for time in (0.0, 0.1)]


def _shown(frames: Iterator[Frame]) -> list[tuple[float, float]]:
    return [(frame.time, float(frame.image[::40, ::40].mean())) for frame in frames]


def test_the_frames_are_the_same() -> None:
    """All of them, in order."""
    with open_video(CLIP) as video:
        plainly = _shown(iter(video))
    with open_video(CLIP) as video, ReadingAhead(video) as frames:
        assert _shown(iter(frames)) == plainly
        assert video.is_finished


def test_what_goes_wrong_is_raised_where_the_frames_are_taken() -> None:
    """After the frames before it."""

    def damaged() -> Iterator[Frame]:
        yield from FRAMES
        raise SourceError("no more")

    with ReadingAhead(damaged()) as ahead:
        frames = iter(ahead)
        assert [next(frames), next(frames)] == FRAMES
        with pytest.raises(SourceError):
            next(frames)


def test_closing_waits_for_the_picture_that_is_being_read() -> None:
    """A video that is closed in the middle of a picture ends the whole program."""
    is_reading, may_go_on, has_read = threading.Event(), threading.Event(), threading.Event()

    def slow() -> Iterator[Frame]:
        yield FRAMES[0]
        is_reading.set()
        may_go_on.wait(5)
        has_read.set()
        yield FRAMES[1]

    with ReadingAhead(slow()) as frames:
        next(iter(frames))
        is_reading.wait(5)
        threading.Timer(0.05, may_go_on.set).start()
    assert has_read.is_set()
