"""Videos: the container's own times, upright pictures, and clear refusals."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from helpers.videos import MakeVideo

from formcheck.errors import SourceError
from formcheck.footage.video import LONGEST_SIDE, open_video
from formcheck.pose import Frame

UNEVEN = [0, 33, 70, 100, 250, 260, 300, 500, 533, 700, 1000, 1010]


def frames(path: Path) -> list[Frame]:
    """All frames of a video."""
    with open_video(path) as source:
        return list(source)


def milliseconds(path: Path) -> list[float]:
    """The times of all frames of a video."""
    return [frame.time * 1000 for frame in frames(path)]


class FakeCapture:
    """Stands for an open video whose pictures have the given times."""

    def __init__(self, times: list[float]) -> None:
        """Take the times in milliseconds."""
        self._times = times
        self._next = 0

    def grab(self) -> bool:
        """Go to the next picture."""
        self._next += 1
        return self._next <= len(self._times)

    def retrieve(self) -> tuple[bool, Any]:
        """Give a grey picture."""
        return True, np.zeros((48, 64, 3), np.uint8)

    def read(self) -> tuple[bool, Any]:
        """Go to the next picture and give it."""
        return self.grab(), self.retrieve()[1]

    def get(self, what: int) -> float:
        """Give the time of the picture; nothing else is known."""
        return self._times[self._next - 1] if what == cv2.CAP_PROP_POS_MSEC else 0.0

    def release(self) -> None:
        """Do nothing."""


@pytest.fixture
def with_times(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Give the times that come out for a video with these times in milliseconds."""

    def given(times: list[float]) -> list[float]:
        path = tmp_path / "fake.mp4"
        path.write_bytes(b"fake")
        monkeypatch.setattr(cv2, "VideoCapture", lambda *_: FakeCapture(times))
        return milliseconds(path)

    return given


@pytest.mark.parametrize("kind", ["mp4", "mkv"])
def test_times_are_those_of_the_container(make_video: MakeVideo, kind: str) -> None:
    """Pictures at uneven times, as phones make them."""
    assert milliseconds(make_video(f"uneven.{kind}", UNEVEN)) == pytest.approx(UNEVEN)


@pytest.mark.parametrize("kind", ["mp4", "mkv"])
def test_times_count_from_the_first_picture(make_video: MakeVideo, kind: str) -> None:
    """A file cut from a longer one may begin at two seconds, and is not cut off for that."""
    path = make_video(f"late.{kind}", [2000 + time for time in UNEVEN])
    with open_video(path) as source:
        assert [frame.time * 1000 for frame in source] == pytest.approx(UNEVEN)
        assert not source.ended_early


def test_times_that_repeat_or_go_back_still_increase(with_times: Any) -> None:
    """By the smallest step, until the file's times are ahead again."""
    assert with_times([0, 40, 40, 30, 120]) == pytest.approx([0, 40, 41, 42, 120])


def test_a_file_without_times_is_refused(with_times: Any) -> None:
    """Bare H.264 has none, and a guess would make every tempo wrong."""
    with pytest.raises(SourceError, match="has no time stamps"):
        with_times([0.0] * 50)


def test_a_turned_video_is_put_upright(make_video: MakeVideo) -> None:
    """A phone held upright writes a lying picture and a note that it is to be turned."""
    path = make_video("turned.mp4", [0, 40], rotation=90)
    with open_video(path) as source:
        picture = next(iter(source)).image
        assert source.size == (48, 64)
    assert picture.shape == (64, 48, 3)
    red = np.argwhere(picture[..., 2].astype(int) - picture[..., 0] > 100)
    assert red.mean(axis=0) == pytest.approx([53, 7], abs=3)  # row, column: bottom left


def test_a_large_picture_is_scaled_down_once(make_video: MakeVideo) -> None:
    """The shape of the picture stays."""
    path = make_video("large.mp4", [0, 40], size=(2560, 1440))
    with open_video(path) as source:
        assert source.size == (LONGEST_SIDE, 1080)
        assert [frame.image.shape for frame in source] == [(1080, LONGEST_SIDE, 3)] * 2


def test_estimates_are_there_for_a_progress_bar(make_video: MakeVideo) -> None:
    """How many frames, and how long."""
    with open_video(make_video("even.mp4", list(range(0, 1000, 40)))) as source:
        assert source.frame_count_estimate == 25
        assert source.duration_estimate == pytest.approx(1.0, abs=0.05)


@pytest.mark.parametrize("name", ["with a space.mp4", "Brücke-グルート.mp4", "été/mouvement.mp4"])
def test_any_file_name_will_do(make_video: MakeVideo, name: str) -> None:
    """Spaces and letters of all kinds."""
    assert len(frames(make_video(name, [0, 40, 80]))) == 3


@pytest.mark.skipif(sys.platform == "win32", reason="Windows allows no colon in a name")
def test_a_name_with_a_colon_is_not_taken_for_a_protocol(
    make_video: MakeVideo, monkeypatch: pytest.MonkeyPatch
) -> None:
    """FFmpeg reads `concat:...` its own way."""
    path = make_video("concat:it.mp4", [0, 40, 80])
    monkeypatch.chdir(path.parent)
    assert len(frames(Path(path.name))) == 3


def test_a_cut_off_video_gives_what_can_be_read(make_video: MakeVideo) -> None:
    """And says that it ended early, once it has been read."""
    path = make_video("cut.mkv", list(range(0, 20_000, 40)))
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    with open_video(path) as source:
        assert not source.ended_early
        assert 100 < len(list(source)) < 450
        assert source.ended_early


def test_a_whole_video_does_not_end_early(bridge_video: Path) -> None:
    """The frames come to the end that the file states."""
    with open_video(bridge_video) as source:
        assert len(list(source)) == 440
        assert not source.ended_early


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.mp4", b"", "is empty"),
        ("text.mp4", b"Dear diary, today I trained.\n" * 50, "not a video"),
        ("half.mp4", b"\0\0\0\x20ftypisom\0\0\2\0isomiso2avc1mp41" + bytes(500), "not a video"),
    ],
)
def test_what_is_no_video_is_refused_in_one_line(
    tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    """Empty, text, or the beginning of a video."""
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(SourceError, match=said) as refusal:
        open_video(path)
    assert "\n" not in str(refusal.value)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    """With its name."""
    with pytest.raises(SourceError, match=r"nowhere\.mp4 doesn't exist"):
        open_video(tmp_path / "nowhere.mp4")


def test_a_folder_is_refused(tmp_path: Path) -> None:
    """A folder is not a missing file."""
    with pytest.raises(SourceError, match="is a folder"):
        open_video(tmp_path)


def test_ffmpeg_says_nothing_of_its_own(tmp_path: Path) -> None:
    """In a process of its own, because FFmpeg is asked to be quiet only once."""
    path = tmp_path / "text.mp4"
    path.write_bytes(b"hello " * 100)
    program = (
        "import sys; from formcheck.footage.video import open_video\n"
        "try: open_video(sys.argv[1])\n"
        "except Exception as error: print(type(error).__name__)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True
    )
    assert (done.stdout.strip(), done.stderr) == ("SourceError", "")


def test_memory_does_not_grow_with_the_video(bridge_video: Path) -> None:
    """A frame is not kept after it has been given."""
    import gc
    import weakref

    with open_video(bridge_video) as source:
        kept = [weakref.ref(frame.image) for frame in source]
    gc.collect()
    assert sum(reference() is not None for reference in kept) <= 2


def test_a_name_that_is_no_text_is_opened(one_bridge: Path, tmp_path: Path) -> None:
    """OpenCV ends the whole program at such a name, and at such a folder."""
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9")) / "it.mp4"
    try:
        path.parent.mkdir()
    except OSError:
        pytest.skip("file names are text here")
    path.write_bytes(one_bridge.read_bytes())
    with open_video(path) as source:
        assert sum(1 for _ in source) == 70


# What is amiss in the file.


def patched(source: Path, path: Path, at: float, content: bytes) -> Path:
    """A copy of a file with other bytes at a share of it."""
    whole = bytearray(source.read_bytes())
    place = int(len(whole) * at)
    whole[place : place + len(content)] = content
    path.write_bytes(whole)
    return path


def gone_through(path: Path) -> tuple[list[float], str]:
    """The times of all frames, and what is amiss."""
    with open_video(path) as source:
        times = [frame.time for frame in source]
        return times, " ".join(source.amiss())


def test_damaged_pictures_are_left_out_and_told(bridge_video: Path, tmp_path: Path) -> None:
    """The rest is given: OpenCV says the same of a damaged picture and of the end."""
    path = patched(bridge_video, tmp_path / "it.mp4", 0.4, bytes(8192))
    times, told = gone_through(path)
    assert 390 < len(times) < 440
    assert times[-1] == pytest.approx(17.56, abs=0.1)
    assert "is damaged" in told
    assert "has no frames from" in told
    assert "cut short" not in told


def test_a_clock_that_jumps_is_told(make_video: MakeVideo) -> None:
    """An hour passes between two pictures."""
    stated = [*range(0, 1000, 40), *range(3_600_000, 3_601_000, 40)]
    times, told = gone_through(make_video("it.mkv", stated))
    assert len(times) == len(stated) - 1
    assert times[-1] == pytest.approx(2.0, abs=0.1)
    assert "has jumps in its time stamps at 1.0 s" in told


def test_a_sound_file_has_nothing_amiss(one_bridge: Path) -> None:
    """Nothing is told."""
    assert gone_through(one_bridge)[1] == ""
