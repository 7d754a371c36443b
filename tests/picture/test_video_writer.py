"""The video writer: exact times, any size, and what remains of it when the program is killed."""

import builtins
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from helpers.commands import killed_after
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from formcheck.errors import OutputError
from formcheck.picture import video_writer
from formcheck.picture.video_writer import TICKS, VideoWriter

av = pytest.importorskip("av", reason="videos are written with PyAV: pip install av")

WRITE_UNTIL_KILLED = """
import sys, time
import numpy as np
from formcheck.picture.video_writer import VideoWriter
rng = np.random.default_rng(0)
with VideoWriter(sys.argv[1], (320, 240)) as writer:
    start = time.monotonic()
    while True:
        now = time.monotonic() - start
        writer.add(now, rng.integers(0, 255, (240, 320, 3), np.uint8))
        print(now, flush=True)
        time.sleep(0.03)
"""


def picture(size: tuple[int, int], grey: int = 128) -> Any:
    """A grey picture of this width and height."""
    return np.full((size[1], size[0], 3), grey, np.uint8)


def times_in(path: Path) -> list[float]:
    """When each picture of a video is to be shown."""
    with av.open(str(path)) as file:
        return [float(frame.pts * frame.time_base) for frame in file.decode(video=0)]


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    start=st.floats(0, 5000),
    steps=st.lists(st.floats(0.005, 3.0), min_size=1, max_size=60),
)
def test_every_picture_has_its_own_time(tmp_path: Path, start: float, steps: list[float]) -> None:
    """From the first one on, whatever the pauses between them: to a 60000th of a second."""
    times = [start, *(start + np.cumsum(steps))]
    path = tmp_path / "it.mp4"
    with VideoWriter(path, (64, 48)) as writer:
        for number, time in enumerate(times):
            writer.add(float(time), picture((64, 48), number))
    assert times_in(path) == pytest.approx([t - start for t in times], abs=1 / TICKS)


@pytest.mark.parametrize("size", [(64, 48), (65, 49), (1281, 719), (3, 3), (1, 1)])
def test_any_size_is_written_as_browsers_play_it(tmp_path: Path, size: tuple[int, int]) -> None:
    """H.264 with 4:2:0 colour takes even sizes: an odd last row or column is left out."""
    path = tmp_path / "it.mp4"
    if min(size) < 2:
        size = (2, 2)
    with VideoWriter(path, size) as writer:
        for number in range(3):
            writer.add(number / 30, picture(size))
    with av.open(str(path)) as file:
        (stream,) = file.streams
        assert (stream.codec_context.name, stream.codec_context.pix_fmt) == ("h264", "yuv420p")
        assert (stream.width, stream.height) == (size[0] // 2 * 2, size[1] // 2 * 2)
        assert sum(1 for _ in file.decode(stream)) == 3


def test_colours_stay_as_they_are(tmp_path: Path) -> None:
    """Blue, green and red are not mixed up."""
    blue = picture((64, 48))
    blue[:] = (255, 0, 0)
    with VideoWriter(tmp_path / "it.mp4", (64, 48)) as writer:
        writer.add(0.0, blue)
    with av.open(str(tmp_path / "it.mp4")) as file:
        (frame,) = file.decode(video=0)
    assert np.abs(frame.to_ndarray(format="bgr24").mean(axis=(0, 1)) - (255, 0, 0)).max() < 8


def test_a_picture_at_a_repeated_time_comes_just_after(tmp_path: Path) -> None:
    """A video's times only grow."""
    with VideoWriter(tmp_path / "it.mp4", (64, 48)) as writer:
        for time in (0.0, 0.1, 0.1, 0.05, 0.2):
            writer.add(time, picture((64, 48)))
    times = times_in(tmp_path / "it.mp4")
    assert len(times) == 5
    assert times == pytest.approx([0.0, 0.1, 0.1, 0.1, 0.2], abs=0.001)


@pytest.mark.skipif(os.name != "posix", reason="needs the signal KILL")
def test_a_killed_video_plays_up_to_its_last_second(tmp_path: Path) -> None:
    """It is written in pieces."""
    path = tmp_path / "it.mp4"
    last = killed_after(2.0, WRITE_UNTIL_KILLED, path)
    times = times_in(path)
    assert times[-1] > last - 1.0
    assert max(np.diff(times)) < 0.5


def test_without_the_best_encoder_the_next_is_taken_with_a_note(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """MPEG-4 plays in fewer programs, which is said."""
    encoders = {"no_such_encoder": {}, "mpeg4": video_writer.ENCODERS["mpeg4"]}
    monkeypatch.setattr(video_writer, "ENCODERS", encoders)
    with VideoWriter(tmp_path / "it.mp4", (65, 49)) as writer:
        assert "browsers can't" in writer.note
        for number in range(5):
            writer.add(number * 0.1, picture((65, 49)))
    assert times_in(tmp_path / "it.mp4") == pytest.approx([0.0, 0.1, 0.2, 0.3, 0.4], abs=0.001)
    monkeypatch.setattr(video_writer, "ENCODERS", {"no_such_encoder": {}})
    with pytest.raises(OutputError, match="can't encode video"):
        VideoWriter(tmp_path / "other.mp4", (64, 48))


def test_the_best_encoder_needs_no_note(tmp_path: Path) -> None:
    """H.264 plays everywhere. A video without a picture is empty."""
    with VideoWriter(tmp_path / "it.mp4", (64, 48)) as writer:
        assert (writer.note, writer.has_pictures) == ("", False)
    assert (tmp_path / "it.mp4").read_bytes() == b""


def test_a_video_that_cannot_be_written_is_told_at_once(tmp_path: Path) -> None:
    """Where the folder is missing, and where the file is a folder."""
    with pytest.raises(OutputError, match="there is no folder"):
        VideoWriter(tmp_path / "nowhere" / "it.mp4", (64, 48))
    with pytest.raises(OutputError, match="directory"):
        VideoWriter(tmp_path, (64, 48))


def test_errors_tell_the_name_that_was_asked_for(tmp_path: Path) -> None:
    """Not the hidden one that it is written under."""
    with pytest.raises(OutputError, match=r"it\.mp4"):
        VideoWriter(tmp_path, (64, 48), shown=tmp_path / "it.mp4")


def test_without_pyav_it_is_said_how_to_have_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the command."""
    importing = builtins.__import__

    def without_av(name: str, *arguments: Any, **named: Any) -> Any:
        if name == "av":
            raise ImportError
        return importing(name, *arguments, **named)

    monkeypatch.setattr(builtins, "__import__", without_av)
    with pytest.raises(OutputError, match=r"pip install 'formcheck\[video\]'"):
        VideoWriter(tmp_path / "it.mp4", (64, 48))
    assert not list(tmp_path.iterdir())
