"""The camera: the newest picture and no other, and what happens when there is none."""

import itertools
import threading
import time
from collections.abc import Callable, Iterator
from math import nan
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from formcheck.checking.judge_source import judge
from formcheck.counting.session import Session
from formcheck.definition.loading import load_exercise
from formcheck.errors import CameraError, SourceError
from formcheck.footage.video import open_video
from formcheck.pose import Frame, Pose, SourceInfo
from formcheck.sources import camera, capture, devices
from formcheck.sources.camera import LiveSource, open_live
from formcheck.sources.capture import CameraFeed, Playback
from formcheck.sources.devices import find_cameras, name_of
from formcheck.sources.recording import read_recording

PICTURE = np.full((48, 64, 3), 128, np.uint8)


class FakeCapture:
    """A camera as OpenCV has it: what it gives at each call is told in `plan`."""

    def __init__(self, plan: Iterator[Any], opens: bool = True, length: float = -1.0) -> None:
        self.plan = plan
        self.length = length
        self.opens = opens
        self.image: Any = None
        self.is_released = False

    def isOpened(self) -> bool:
        """Whether it could be opened."""
        return self.opens

    def grab(self) -> bool:
        """Go to the next picture."""
        time.sleep(0.001)
        self.image = next(self.plan, None)
        return self.image is not None

    def retrieve(self) -> tuple[bool, Any]:
        """Give it."""
        return self.image is not None, self.image

    def read(self) -> tuple[bool, Any]:
        """Do both."""
        return self.grab(), self.image

    def get(self, what: int) -> float:
        """Say 30 to every question, but that for a length."""
        return self.length if what == cv2.CAP_PROP_FRAME_COUNT else 30.0

    def set(self, what: int, value: float) -> bool:
        """Obey nothing."""
        return False

    def release(self) -> None:
        """Note it."""
        self.is_released = True


class FastClock:
    """A clock that is so many times faster than the true one."""

    def __init__(self, speed: float) -> None:
        self.speed = speed
        self.start = time.monotonic()

    def __call__(self) -> float:
        """Give its seconds."""
        return (time.monotonic() - self.start) * self.speed


MakeCameras = Callable[..., list[FakeCapture]]


@pytest.fixture
def cameras(monkeypatch: pytest.MonkeyPatch) -> MakeCameras:
    """Let each opening of a camera give the next of these; then none opens any more."""

    def make(*captures: FakeCapture) -> list[FakeCapture]:
        left = iter(captures)
        opened: list[FakeCapture] = []

        def open_next(address: int | str, *_: Any) -> FakeCapture:
            opened.append(next(left, FakeCapture(iter(()), opens=False)))
            return opened[-1]

        monkeypatch.setattr(cv2, "VideoCapture", open_next)
        return opened

    return make


def pictures(count: int | None = None) -> Iterator[Any]:
    """So many pictures, or pictures without end."""
    return itertools.repeat(PICTURE) if count is None else itertools.repeat(PICTURE, count)


@pytest.fixture(scope="module")
def poses(bridge_recording: Path) -> dict[float, Pose]:
    """What is seen in each frame of the rendered bridge, by the frame's time."""
    return {pose.time: pose for pose in read_recording(bridge_recording).poses()}


# The newest picture.


class Noted:
    """A playback that notes when each frame came."""

    is_video, ending = True, ""

    def __init__(self, playback: Playback, clock: Callable[[], float]) -> None:
        self.playback, self.clock = playback, clock
        self.came: dict[float, float] = {}

    def read(self, stopped: threading.Event) -> Iterator[Frame]:
        """Give the frames, and note."""
        for frame in self.playback.read(stopped):
            self.came[frame.time] = self.clock()
            yield frame

    def begin(self) -> None:
        """Pass it on."""
        self.playback.begin()

    def close(self) -> None:
        """Pass it on."""
        self.playback.close()


class Paced:
    """A clip whose time passes when the test says so, and no faster on a faster machine."""

    is_video, ending = True, ""

    def __init__(self, path: Path) -> None:
        self._video = open_video(path)
        self._changed = threading.Condition()
        self._next = 0.0
        self.now = 0.0

    def read(self, stopped: threading.Event) -> Iterator[Frame]:
        """Give each frame when its time has come."""
        for frame in self._video:
            self._wait_for(frame.time)
            yield frame
        self._wait_for(float("inf"))

    def _wait_for(self, seconds: float) -> None:
        with self._changed:
            self._next = seconds
            self._changed.notify_all()
            if seconds < float("inf"):
                self._changed.wait_for(lambda: self.now >= seconds)

    def let_pass(self, seconds: float) -> None:
        """Let time pass; all frames that are due by then have come afterwards."""
        with self._changed:
            self.now += seconds
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._next > self.now)

    def begin(self) -> None:
        """Do nothing."""

    def close(self) -> None:
        """Close the clip."""
        self._video.close()


def test_a_slow_analysis_gets_the_newest_picture_and_the_same_counts(
    bridge_video: Path, poses: dict[float, Pose]
) -> None:
    """At 8 analyses a second, what is shown is the newest there is; the reps are all there."""
    paced, session, delays = Paced(bridge_video), Session(load_exercise("bridge")), []
    with LiveSource(paced) as source:
        for frame in source:
            delays.append(paced.now - frame.time)
            session.update(poses[frame.time])
            paced.let_pass(1 / 8)
    assert 110 < len(delays) < 160
    assert max(delays[:-1]) < 1 / 25 + 1e-9
    summary = session.finish()
    assert [len(each.reps) for each in summary.sets] == [3]
    assert [rep.hold for rep in summary.reps] == pytest.approx([2.16, 2.44, 2.24], abs=0.2)


@pytest.mark.parametrize("first", range(3))
@pytest.mark.parametrize("step", [2, 3])
def test_dropped_frames_change_neither_counts_nor_holds(
    first: int, step: int, poses: dict[float, Pose]
) -> None:
    """Every second or third frame, beginning with any, is as good as all of them."""
    every, some = (judged(poses, 0, 1), judged(poses, first, step))
    assert len(some.reps) == len(every.reps) == 3
    for rep, other in zip(some.reps, every.reps, strict=True):
        assert rep.hold == pytest.approx(other.hold, abs=0.25)
        assert {f.name for f in rep.faults} == {f.name for f in other.faults}


def judged(poses: dict[float, Pose], first: int, step: int) -> Any:
    """The summary of some of the poses."""

    class Some:
        size = (640, 480)
        length = None
        picture, brightness = None, nan

        def __iter__(self) -> Iterator[Pose]:
            return iter(list(poses.values())[first::step])

        def again(self) -> None:
            return None

        def info(self) -> SourceInfo:
            return SourceInfo("it", 17.6, len(poses), len(poses))

        def warnings(self) -> list[str]:
            return []

    return judge(Some(), load_exercise("bridge")).summary


def test_a_video_plays_at_its_own_pace(bridge_video: Path) -> None:
    """Each frame when it is due, neither earlier nor much later; from the first one on."""
    clock = FastClock(4.0)
    noted = Noted(Playback(open_video(bridge_video), clock), clock)
    with LiveSource(noted, clock) as source:
        assert source.size == (640, 480)
        time.sleep(0.2)  # a video waits until somebody looks
        seen = [frame.time for frame in itertools.islice(source, 100)]
    assert seen[0] == 0.0
    shifts = np.array([came - at for at, came in noted.came.items()][1:])
    assert np.median(shifts) - shifts.min() < 0.1
    assert np.percentile(shifts, 95) - shifts.min() < 0.2


def test_a_video_that_cannot_keep_up_plays_more_slowly(bridge_video: Path) -> None:
    """It does not skip what it could not read in time."""
    clock = FastClock(10_000.0)
    stopped = threading.Event()
    playback = Playback(open_video(bridge_video), clock)
    playback.begin()
    assert sum(1 for _ in playback.read(stopped)) == 440
    playback.close()


def test_times_of_a_camera_are_those_of_its_clock(cameras: MakeCameras) -> None:
    """They begin near 0 and only grow."""
    cameras(FakeCapture(pictures()))
    with open_live("0") as source:
        times = [frame.time for frame in itertools.islice(source, 20)]
    assert 0 <= times[0] < 0.5
    assert all(earlier < later for earlier, later in itertools.pairwise(times))


def test_a_camera_whose_pictures_change_their_size_gives_one_size(cameras: MakeCameras) -> None:
    """As after another camera was plugged in; and in a stretched picture every angle is wrong."""
    wide = np.full((48, 128, 3), 200, np.uint8)
    cameras(FakeCapture(itertools.chain([PICTURE], itertools.repeat(wide))))
    with open_live("0") as source:
        assert source.size == (64, 48) or source.size == (128, 48)
        last = list(itertools.islice(source, 10))[-1].image
    if last.shape == (48, 64, 3):
        assert np.all(last[12:36] == 200)
        assert not last[:12].any()
        assert not last[36:].any()
    else:
        assert last.shape == (48, 128, 3)


# No picture.


@pytest.mark.parametrize("address", ["0", "7", "rtsp://127.0.0.1:9/nobody"])
def test_a_camera_that_does_not_open_is_told_at_once(address: str, cameras: MakeCameras) -> None:
    """By its number or address, with what to do."""
    cameras(FakeCapture(iter(()), opens=False))
    with pytest.raises(CameraError, match=f"{address} sends no picture"):
        open_live(address)


def test_a_camera_that_another_program_uses_is_told(
    cameras: MakeCameras, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It opens, and gives no picture."""
    monkeypatch.setattr(capture, "FIRST_FRAME", 0.2)
    cameras(FakeCapture(iter(())))
    with open_live("0") as source, pytest.raises(CameraError, match="close other programs"):
        next(iter(source))


def test_a_file_that_is_no_video_is_told(tmp_path: Path) -> None:
    """As `check` tells it."""
    path = tmp_path / "it.mp4"
    with pytest.raises(SourceError, match="doesn't exist"):
        open_live(str(path))
    path.write_text("Dear diary")
    with pytest.raises(SourceError, match="is not a video"):
        open_live(str(path))


def test_a_camera_that_was_unplugged_is_opened_again(
    cameras: MakeCameras, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It goes on, its clock too; whoever waits is told meanwhile."""
    monkeypatch.setattr(capture, "SILENCE", 0.3)
    gone = FakeCapture(iter(()), opens=False)
    opened = cameras(FakeCapture(pictures(5)), gone, FakeCapture(pictures()))
    silences: list[float] = []
    with open_live("0") as source:
        source.waiting = silences.append
        times = []
        for frame in source:
            times.append(frame.time)
            if len(opened) == 3 and frame.time > 0.6:
                break
    assert len(opened) == 3
    assert opened[0].is_released
    assert gone.is_released
    assert all(earlier < later for earlier, later in itertools.pairwise(times))
    assert max(np.diff(times)) > 0.5
    assert max(silences) > 0.4


def test_a_camera_that_does_not_come_back_is_given_up(
    cameras: MakeCameras, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a while, with a line that says so."""
    monkeypatch.setattr(capture, "SILENCE", 0.1)
    monkeypatch.setattr(camera, "GIVE_UP", 0.5)
    opened = cameras(FakeCapture(pictures(5)))
    with open_live("0") as source:
        every = iter(source)
        assert next(every).time >= 0
        with pytest.raises(CameraError, match="no picture for half a minute"):
            list(every)
    assert len(opened) > 2


def _hanging(never: threading.Event) -> Iterator[Any]:
    """The pictures of a camera whose driver keeps the second call until then."""
    yield PICTURE
    never.wait()


def test_closing_does_not_wait_for_a_camera_that_hangs(
    cameras: MakeCameras, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A driver may keep a call for ever."""
    never = threading.Event()
    monkeypatch.setattr(camera, "CLOSE_WITHIN", 0.2)
    cameras(FakeCapture(_hanging(never)))
    source = open_live("0")
    assert source.size == (64, 48)
    source.close()
    assert source._thread.is_alive()
    never.set()


def test_stopping_ends_the_wait_for_a_picture(cameras: MakeCameras) -> None:
    """As Ctrl-C does while the camera is silent, long before that is an error."""
    cameras(FakeCapture(pictures(3)))
    with open_live("0") as source:
        threading.Timer(0.3, source.stop).start()
        assert len(list(source)) <= 3


def test_only_cameras_that_give_a_picture_are_listed(cameras: MakeCameras) -> None:
    """With their size and rate; each is freed again."""
    opened = cameras(
        FakeCapture(iter(()), opens=False), FakeCapture(iter(())), FakeCapture(pictures())
    )
    (found,) = find_cameras()
    assert (found.index, found.size, found.fps) == (2, (64, 48), 30.0)
    assert all(each.is_released for each in opened)


def test_a_camera_is_called_as_its_maker_calls_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the system tells; a name cannot command a terminal."""
    monkeypatch.setattr(devices, "NAMES", tmp_path)
    assert name_of(0) == ""
    (tmp_path / "video0").mkdir()
    (tmp_path / "video0" / "name").write_text("HD \x1b[2J Camera\n")
    assert "HD" in name_of(0)
    assert "\x1b" not in name_of(0)


def test_nothing_is_written_to_the_terminal_where_there_is_no_camera(
    capfd: pytest.CaptureFixture[str],
) -> None:
    """OpenCV and FFmpeg would say a lot."""
    for address in (97, "http://127.0.0.1:9/nobody"):
        with pytest.raises(CameraError):
            CameraFeed(address)
    assert capfd.readouterr() == ("", "")


# Streams and cameras that do odd things.


def grainy(count: int, seed: int = 0) -> list[Any]:
    """So many pictures of which no two are the same, as a sensor gives them."""
    noise = np.random.default_rng(seed)
    return [noise.integers(0, 255, (48, 64, 3), np.uint8) for _ in range(count)]


def test_a_stream_that_begins_anew_has_come_to_its_end(
    cameras: MakeCameras, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever sends it plays a video to whoever asks: its reps must not be counted again."""
    monkeypatch.setattr(capture, "SILENCE", 0.1)
    sent = grainy(5)
    opened = cameras(FakeCapture(iter(sent)), FakeCapture(iter(sent)))
    with open_live("http://it/clip") as source:
        count = len(list(source))
        assert source.ending == "http://it/clip has ended."
    assert 1 <= count <= 5
    assert len(opened) == 2


def test_a_stream_that_comes_back_with_other_pictures_goes_on(
    cameras: MakeCameras, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So it is with a camera on the network; and with one that gives black first, both times."""
    monkeypatch.setattr(capture, "SILENCE", 0.1)
    black = [np.zeros((48, 64, 3), np.uint8)]
    opened = cameras(
        FakeCapture(iter([*black, *grainy(3)])), FakeCapture(iter([*black, *grainy(500, seed=1)]))
    )
    with open_live("rtsp://it/live") as source:
        for _ in source:
            if len(opened) == 2 and opened[1].image is not None:
                break
        assert source.ending == ""
    assert len(opened) == 2


def test_a_camera_that_hangs_on_one_picture_is_opened_again(
    cameras: MakeCameras, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same picture to the bit is none; else somebody would seem to hold very still."""
    monkeypatch.setattr(capture, "SILENCE", 0.1)
    stuck = grainy(1) * 10_000
    opened = cameras(FakeCapture(iter(stuck)), FakeCapture(iter(grainy(500, seed=1))))
    with open_live("0") as source:
        frames = list(itertools.islice(source, 2))
    assert len(opened) == 2
    assert not np.array_equal(frames[0].image, frames[1].image)


def test_a_camera_behind_its_lid_gives_pictures(cameras: MakeCameras) -> None:
    """They are black and all the same: what helps is light, not another cable."""
    opened = cameras(FakeCapture(itertools.repeat(np.zeros((48, 64, 3), np.uint8))))
    with open_live("0") as source:
        assert len(list(itertools.islice(source, 10))) == 10
    assert len(opened) == 1


def test_a_camera_that_keeps_a_call_for_ever_is_given_up(
    cameras: MakeCameras, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever waits for it is told meanwhile."""
    never = threading.Event()
    monkeypatch.setattr(camera, "GIVE_UP", 0.3)
    monkeypatch.setattr(camera, "CLOSE_WITHIN", 0.2)
    cameras(FakeCapture(_hanging(never)))
    silences: list[float] = []
    with open_live("0") as source:
        source.waiting = silences.append
        with pytest.raises(CameraError, match="Everything up to then"):
            list(source)
    assert max(silences) > 0.3
    never.set()


def test_a_stream_that_states_its_length_is_a_video(cameras: MakeCameras) -> None:
    """It plays at its own pace, and once."""
    opened = cameras(FakeCapture(iter(grainy(3)), length=3))
    with open_live("http://it/clip.mp4") as source:
        assert 1 <= len(list(source)) <= 3
    assert len(opened) == 1


def test_an_address_of_a_file_is_the_file(bridge_video: Path) -> None:
    """At its own pace: the times are those of the video, not of the clock."""
    with open_live(bridge_video.absolute().as_uri()) as source:
        times = [frame.time for frame in itertools.islice(source, 3)]
    assert times[0] == 0.0
    assert all(time * 25 == pytest.approx(round(time * 25)) for time in times)


def test_a_video_that_stands_still_is_no_silent_camera() -> None:
    """As a film of a screen does, between two pictures."""

    class Slow:
        is_video, ending = True, ""

        def read(self, stopped: threading.Event) -> Iterator[Frame]:
            yield Frame(0.0, PICTURE)
            time.sleep(0.5)
            yield Frame(60.0, PICTURE)

        def begin(self) -> None:
            """Do nothing."""

        def close(self) -> None:
            """Do nothing."""

    silences: list[float] = []
    with LiveSource(Slow(), FastClock(1000.0)) as source:
        source.waiting = silences.append
        assert len(list(source)) == 2
    assert silences
    assert max(silences) == 0.0
