"""Poses found on several cores: the same, whoever is in the picture and however odd the file."""

import os
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from helpers.videos import MakeVideo

from formcheck.counting.session import Session
from formcheck.definition.loading import load_exercise
from formcheck.errors import SourceError
from formcheck.figure.movements import bridge
from formcheck.finding import segment as segment_module
from formcheck.finding import segments as segments_module
from formcheck.finding.crew import SegmentOrder
from formcheck.finding.finder import FoundPose, OneByOne, PoseFinder
from formcheck.finding.segment import Begun, Segment, SegmentEnd, SegmentNews, SegmentPose, Video
from formcheck.finding.segments import InSegments
from formcheck.footage.trouble import FileTrouble
from formcheck.footage.video import open_video
from formcheck.landmarks.attention import Attention
from formcheck.landmarks.exerciser import figure_of
from formcheck.pose import Frame, Pose

ONE = bridge(0).poses()[0]
FINE = FileTrouble((), (), (), float("inf"))


def _plainly(path: Path, model: Path, rate: float = 30.0) -> tuple[list[FoundPose], list[str]]:
    with (
        open_video(path, rate) as video,
        segment_module.Follower(model) as follower,
        OneByOne(video, follower) as finder,
    ):
        return list(finder), finder.amiss()


def _in_segments(path: Path, model: Path, rate: float = 30.0) -> tuple[list[FoundPose], PoseFinder]:
    finder = InSegments(Video(path, model, rate), 2)
    return list(finder), finder


def _times(found: Sequence[FoundPose]) -> list[float]:
    return [each.pose.time for each in found]


def test_the_reps_are_those_of_a_whole_run(half_bridge_video: Path, model_path: Path) -> None:
    """Every picture is there once, and the first segment is the same to the last bit."""
    plain, _ = _plainly(half_bridge_video, model_path)
    found, finder = _in_segments(half_bridge_video, model_path)
    assert _times(found) == _times(plain)
    assert [each.brightness for each in found] == [each.brightness for each in plain]
    assert (finder.amiss(), finder.remarks()) == ([], [])
    reps = []
    for each in (plain, found):
        session = Session(load_exercise("bridge"))
        for place in each:
            session.update(place.pose)
        reps.append(session.finish().reps)
    assert len(reps[0]) == len(reps[1]) == 3
    for one, other in zip(*reps, strict=True):
        assert other.start == pytest.approx(one.start, abs=0.1)
        assert [f.name for f in one.faults] == [f.name for f in other.faults]
    for one_pose, other_pose in zip(plain[:120], found[:120], strict=True):
        assert np.array_equal(one_pose.pose.image, other_pose.pose.image, equal_nan=True)


class HereCrew:
    """Does in this process what the processes do, so that none has to be begun."""

    def __init__(self, video: Video, workers: int) -> None:
        self._finder = segment_module._SegmentFinder(video)

    def ask(self, segment: Segment, at_once: bool = False) -> SegmentOrder:
        """Take what is asked."""
        return SegmentOrder(segment)

    def news(self, order: SegmentOrder) -> Iterator[SegmentNews]:
        """Do it now."""
        return self._finder.found(order.segment)

    def __enter__(self) -> "HereCrew":
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Free what MediaPipe holds."""
        self._finder.close()


class Unseeing:
    """A follower that finds nobody, at once."""

    def __init__(self, model: Path) -> None:
        self.attention = Attention()

    def detect(self, frame: Frame) -> Pose:
        """Find nobody."""
        return Pose.absent(frame.time)

    find = detect

    def forget(self, frame: Frame) -> None:
        """There is nothing to forget."""

    def warnings(self) -> list[str]:
        """Nobody went astray."""
        return []

    def close(self) -> None:
        """There is nothing to free."""

    def __enter__(self) -> "Unseeing":
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Do nothing."""


@pytest.fixture
def unseen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be about the pictures alone: nobody is looked for in them, and in this process."""
    monkeypatch.setattr(segments_module, "Crew", HereCrew)
    monkeypatch.setattr(segment_module, "Follower", Unseeing)


def _uneven() -> list[int]:
    steps = np.random.default_rng(1).integers(30, 250, 200)
    return [0, *np.cumsum(steps).tolist()]


ODD: dict[str, list[int]] = {
    "uneven": _uneven(),
    "a pause over a whole segment": [*range(0, 8000, 100), *range(33000, 40000, 100)],
    "a clock that jumps": [*range(0, 12000, 100), *range(90000, 110000, 100)],
    "more pictures than wanted": list(range(0, 16000, 20)),
}


@pytest.mark.parametrize("milliseconds", ODD.values(), ids=list(ODD))
def test_odd_files_are_read_as_ever(
    make_video: MakeVideo, model_path: Path, milliseconds: list[int], unseen: None
) -> None:
    """The same pictures, each once, in order, and the same is told of the file."""
    path = make_video("odd.mp4", milliseconds, (32, 24))
    plain, amiss = _plainly(path, model_path, 10.0)
    found, finder = _in_segments(path, model_path, 10.0)
    assert _times(found) == _times(plain)
    assert finder.amiss() == amiss


def test_a_damaged_file_is_read_as_ever(
    bridge_video: Path, model_path: Path, tmp_path: Path, unseen: None
) -> None:
    """What cannot be read is left out, and told."""
    whole = bytearray(bridge_video.read_bytes())
    middle = int(len(whole) * 0.7)
    whole[middle : middle + 8192] = bytes(8192)
    path = tmp_path / "damaged.mp4"
    path.write_bytes(whole)
    plain, amiss = _plainly(path, model_path)
    found, finder = _in_segments(path, model_path)
    assert "damaged" in amiss[0]
    assert _times(found) == _times(plain)
    assert finder.amiss() == amiss


def test_a_process_that_is_gone_is_told(half_bridge_video: Path, model_path: Path) -> None:
    """And no process is left."""
    import multiprocessing

    finder = iter(InSegments(Video(half_bridge_video, model_path, 30.0), 2))
    next(finder)
    children = multiprocessing.active_children()
    for child in children:
        os.kill(child.pid or 0, getattr(signal, "SIGKILL", signal.SIGTERM))
    with pytest.raises(SourceError, match="ended too early"):
        list(finder)
    assert not any(child.is_alive() for child in children)


def test_who_stops_leaves_no_process(half_bridge_video: Path, model_path: Path) -> None:
    """However far it was."""
    import multiprocessing

    finder = iter(InSegments(Video(half_bridge_video, model_path, 30.0), 2))
    next(finder)
    children = multiprocessing.active_children()
    started = time.monotonic()
    finder.close()  # type: ignore[attr-defined]
    assert children
    assert not any(child.is_alive() for child in children)
    assert time.monotonic() - started < 60


def test_what_goes_wrong_in_a_process_is_told(half_bridge_video: Path, tmp_path: Path) -> None:
    """In the words of whoever noticed it."""
    model = tmp_path / "model.task"
    model.write_text("none")
    finder = InSegments(Video(half_bridge_video, model, 30.0), 2)
    with pytest.raises(Exception, match="can't use the pose model"):
        list(finder)


# Who is followed, by what processes would tell.


Answer = Callable[[Segment], list[SegmentNews]]


class FakeCrew:
    """Answers at once, by a function of the test."""

    answer: Answer

    def __init__(self, video: Video, workers: int) -> None:
        self.asked: list[Segment] = []
        type(self).newest = self

    newest: "FakeCrew"

    def ask(self, segment: Segment, at_once: bool = False) -> SegmentOrder:
        """Note what is asked."""
        self.asked.append(segment)
        return SegmentOrder(segment)

    def news(self, order: SegmentOrder) -> Iterator[SegmentNews]:
        """Answer."""
        return iter(type(self).answer(order.segment))

    def __enter__(self) -> "FakeCrew":
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Do nothing."""


def _pose(time: float, torsos: float = 0.0) -> Pose:
    step = np.array([torsos * figure_of(ONE).torso, 0.0, 0.0])
    return replace(ONE, time=time, image=ONE.image + step)


def _answer(segment: Segment, place: Callable[[float], float]) -> list[SegmentNews]:
    """Ten poses a second, in a video of 40 s; with attention, who is meant stays at 0."""
    tenths = range(round(segment.start * 10), round(min(segment.end, 40.0) * 10))
    before = [n / 10 for n in range(round(segment.start * 10) - 6, round(segment.start * 10))]
    before = [time for time in before if time >= 0]
    where = (lambda time: 0.0) if segment.attention else place
    news: list[SegmentNews] = [
        Begun(tuple(before), _pose(before[-1], where(before[-1])) if before else None)
    ]
    looks = {0, 20, 60, 140}
    for n in tenths:
        alone = None if segment.attention or n not in looks else True
        news.append(SegmentPose(_pose(n / 10, where(n / 10)), 100.0, alone))
    attention = segment.attention
    for each in news[1:] if attention else ():
        assert attention is not None
        assert isinstance(each, SegmentPose)
        due = attention.due(each.pose)
        if due:
            attention.looked(due, each.pose.time)
    return [*news, SegmentEnd(segment.end >= 40.0, FINE, attention)]


def _followed(
    monkeypatch: pytest.MonkeyPatch, video: Path, place: Callable[[float], float]
) -> tuple[list[Pose], list[Segment]]:
    monkeypatch.setattr(segments_module, "Crew", FakeCrew)
    monkeypatch.setattr(
        FakeCrew, "answer", staticmethod(lambda s: _answer(s, place)), raising=False
    )
    found = list(InSegments(Video(video, Path(), 30.0), 2))
    return [each.pose for each in found], FakeCrew.newest.asked


def test_somebody_alone_is_found_once(
    monkeypatch: pytest.MonkeyPatch, half_bridge_video: Path
) -> None:
    """No segment is found again, though people move."""
    poses, asked = _followed(monkeypatch, half_bridge_video, lambda time: 0.1 * np.sin(time))
    assert [pose.time for pose in poses] == [n / 10 for n in range(400)]
    assert len([segment for segment in asked if segment.attention]) == 1


def test_whoever_else_is_found_is_not_followed(
    monkeypatch: pytest.MonkeyPatch, half_bridge_video: Path
) -> None:
    """Somebody who stands there from a segment's beginning is taken in it, and noticed."""
    poses, asked = _followed(
        monkeypatch, half_bridge_video, lambda time: 3.0 if 19 < time < 28 else 0.0
    )
    assert [pose.time for pose in poses] == [n / 10 for n in range(400)]
    again = [segment for segment in asked if segment.attention and segment.start]
    assert [segment.start for segment in again] == [19.1, 20.0]
    middle = figure_of(ONE).place
    assert all(abs(figure_of(pose).place - middle) < 0.01 for pose in poses)
