"""Finds out which exercises are done in a source, and gives it again in parts to judge them by.

The source is gone through once by every exercise at a time; its poses are kept. Then each stretch
is judged like a source of its own, with its pictures if somebody wants to see them.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import pairwise
from math import nan
from typing import TYPE_CHECKING

from formcheck.checking.judge_source import judge, require_person
from formcheck.definition.loading import usable_exercises
from formcheck.events import Summary
from formcheck.exercise import Exercise, Side
from formcheck.observer import Judged, Observer, Outcome, Stretch, hand_on
from formcheck.pose import Pose, SourceInfo
from formcheck.recognition.recogniser import Recogniser
from formcheck.sources.opening import PoseSource

if TYPE_CHECKING:
    from formcheck.footage.again import PicturesAgain
    from formcheck.pose import Image


@dataclass(frozen=True, slots=True)
class Gathered:
    """A source that has been gone through."""

    poses: tuple[Pose, ...]
    brightness: tuple[float, ...]
    """Of each pose's picture, as in a source."""
    info: SourceInfo
    warnings: tuple[str, ...]
    size: tuple[int, int]
    stretches: tuple[Stretch, ...]


def all_exercises() -> dict[str, Exercise]:
    """Every exercise that can be asked for by name, and used."""
    exercises, _ = usable_exercises()
    return exercises


def gather(
    source: PoseSource, exercises: Iterable[Exercise], show: Callable[[float], None]
) -> Gathered:
    """Go through a source and find out what is done in it; SourceError if nobody is seen."""
    recogniser = Recogniser(exercises)
    poses, brightness = [], []
    for pose in source:
        poses.append(pose)
        brightness.append(source.brightness)
        recogniser.update(pose)
        show(pose.time)
    info = source.info()
    require_person(info)
    warnings = tuple(source.warnings())
    whole = Stretch(None, poses[0].time, poses[-1].time, (), recogniser.reason)
    stretches = recogniser.finish() or (whole,)
    seen = tuple(poses), tuple(brightness)
    return Gathered(*seen, info, warnings, source.size, stretches)


class Passage:
    """Some of the poses of a source that has been gone through: a source of its own."""

    def __init__(self, gathered: Gathered, places: range, pictures: "PicturesAgain | None"):
        """Take the poses at these places, and where their pictures come from."""
        self._gathered = gathered
        self._places = places
        self._pictures = pictures
        self.size = gathered.size
        self.length: float | None = None
        self.brightness = nan
        self._time = nan

    def __iter__(self) -> Iterator[Pose]:
        """Give the poses."""
        for place in self._places:
            pose = self._gathered.poses[place]
            self.brightness, self._time = self._gathered.brightness[place], pose.time
            yield pose

    @property
    def picture(self) -> "Image | None":
        """Of the newest pose."""
        return self._pictures.at(self._time) if self._pictures else None

    def again(self) -> "PicturesAgain | None":
        """None: that is for the whole source to give."""
        return None

    def info(self) -> SourceInfo:
        """Of the whole source."""
        return self._gathered.info

    def warnings(self) -> list[str]:
        """Of the whole source."""
        return list(self._gathered.warnings)


def passages(
    gathered: Gathered, pictures: "PicturesAgain | None" = None
) -> Iterator[tuple[Stretch, Passage]]:
    """Each stretch with its passage, to be gone through in this order; together they are all.

    A pause belongs half to what was before it and half to what comes after it: everyone rests in
    the start position before the first rep.
    """
    times = [pose.time for pose in gathered.poses]
    stretches = gathered.stretches
    cuts = [bisect_left(times, (a.end + b.start) / 2) for a, b in pairwise(stretches)]
    ends = [*cuts, len(times)]
    for stretch, first, last in zip(stretches, [0, *cuts], ends, strict=True):
        yield stretch, Passage(gathered, range(first, last), pictures)


def judge_passages(
    source: PoseSource,
    gathered: Gathered,
    exercises: Mapping[str, Exercise],
    side: Side | None = None,
    observers: Sequence[Observer] = (),
) -> Iterator[Outcome]:
    """Judge each stretch of a source that has been gone through as the exercise that it shows.

    Args:
        source: is read once more if an observer needs its pictures.
        gathered: what is known of it.
        exercises: by name.
        side: as in `judge`.
        observers: who sees what is judged, and passes by what is not.
    """
    with ExitStack() as stack:
        wants = any(observer.needs_pictures for observer in observers)
        pictures = source.again() if wants else None
        if pictures is not None:
            stack.enter_context(pictures)
        for number, (stretch, passage) in enumerate(passages(gathered, pictures)):
            exercise = exercises.get(stretch.exercise or "")
            if exercise is None:
                yield _passed_by(passage, observers, number, stretch)
            else:
                yield judge(passage, exercise, side, observers, number, stretch)


def judge_parts(
    source: PoseSource,
    exercises: Mapping[str, Exercise],
    side: Side | None = None,
    observers: Sequence[Observer] = (),
    show: Callable[[float], None] = lambda time: None,
) -> list[Outcome]:
    """Find out what is done in a source, and judge each part; `show` is told the time reached.

    The other arguments are those of `judge_passages`.

    Raises:
        SourceError: nobody is to be seen in it.
    """
    gathered = gather(source, exercises.values(), show)
    return list(judge_passages(source, gathered, exercises, side, observers))


def _passed_by(
    passage: Passage, observers: Sequence[Observer], number: int, stretch: Stretch
) -> Outcome:
    """Go through what is no known exercise, so that whoever films has that in the film too."""
    for pose in passage:
        hand_on([Judged(number, None, pose, passage.picture, None)], observers)
    summary = Summary("", (), (), notes=(stretch.words,))
    outcome = Outcome(
        number, None, summary, passage.info(), stretch, warnings=tuple(passage.warnings())
    )
    hand_on([outcome], observers)
    return outcome
