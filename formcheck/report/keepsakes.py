"""What a report needs beside the summary, gathered while a session goes on."""

from collections import Counter
from dataclasses import dataclass, field
from math import isfinite

from formcheck.events import Snapshot, Summary, value_of
from formcheck.exercise import MOVING, Exercise, shown_measure
from formcheck.pose import Image, Pose
from formcheck.report.gallery import Album, Gallery
from formcheck.report.trace import Trace


@dataclass(slots=True)
class Tracking:
    """What is known about the view and about how well the main measure was seen."""

    exercise: Exercise
    moments: int = 0
    """Frames in which the person was doing a rep."""
    known: int = 0
    """Those of them in which the main measure was seen."""
    _offs: Counter[int] = field(default_factory=Counter)
    """How often the view was so many whole degrees off."""

    def add(self, snapshot: Snapshot) -> None:
        """Take in what is known at a time."""
        if snapshot.phase not in MOVING:
            return
        self.moments += 1
        self.known += isfinite(value_of(snapshot, shown_measure(self.exercise)))
        if isfinite(snapshot.off_view):
            self._offs[round(snapshot.off_view)] += 1

    @property
    def off(self) -> int | None:
        """How many degrees the camera was off the view asked for, as a rule; none if unknown."""
        return sorted(self._offs.elements())[self._offs.total() // 2] if self._offs else None


@dataclass(frozen=True, slots=True)
class Keepsakes:
    """The course of the main measure, the pictures, and how well the person was seen."""

    trace: Trace
    album: Album
    tracking: Tracking


class Keeper:
    """Gathers the keepsakes of one exercise."""

    def __init__(self, exercise: Exercise) -> None:
        """Begin with nothing."""
        self._trace = Trace(exercise)
        self._gallery = Gallery(exercise)
        self._tracking = Tracking(exercise)

    def add(self, pose: Pose, picture: Image | None, snapshot: Snapshot) -> None:
        """Take in a pose with its picture, if there is one, and its snapshot."""
        self._trace.add(snapshot)
        self._gallery.add(pose, picture, snapshot)
        self._tracking.add(snapshot)

    def finish(self, summary: Summary) -> Keepsakes:
        """The exercise is over: what its section of the page needs, and no more, stays."""
        return Keepsakes(self._trace, self._gallery.finish(summary), self._tracking)
