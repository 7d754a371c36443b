"""What a report needs beside the summary, gathered while a session goes on."""

from collections import Counter
from dataclasses import dataclass, field
from math import isfinite, nan

from formcheck.events import Snapshot, value_of
from formcheck.exercise import Exercise, shown_measure
from formcheck.measuring.reader import off_view
from formcheck.measuring.tracker import BodyTracker
from formcheck.pose import Image, Pose
from formcheck.report.gallery import Gallery
from formcheck.report.trace import Trace

EVERY = 0.2
"""Seconds between two looks at how the person is turned: people turn slowly."""
MOVING = ("raise", "hold", "lower")


class Keepsakes:
    """The course of the main measure, the pictures, and how well the person was seen."""

    def __init__(self, exercise: Exercise) -> None:
        """Begin with nothing."""
        self.trace = Trace(exercise)
        self.gallery = Gallery(exercise)
        self.tracking = Tracking(exercise)

    def add(self, pose: Pose, picture: Image | None, snapshot: Snapshot) -> None:
        """Take in a pose with its picture, if there is one, and its snapshot."""
        self.trace.add(snapshot)
        self.gallery.add(pose, picture, snapshot)
        self.tracking.add(pose, snapshot)


@dataclass(slots=True)
class Tracking:
    """What is known about the view and about how well the main measure was seen."""

    exercise: Exercise
    moments: int = 0
    """Frames in which the person was doing a rep."""
    known: int = 0
    """Those of them in which the main measure was seen."""
    first: float = nan
    """The time of the first frame, where an annotated video begins."""
    _tracker: BodyTracker = field(default_factory=BodyTracker)
    _looked: float = nan
    _offs: Counter[int] = field(default_factory=Counter)
    """How often the view was so many whole degrees off."""

    def add(self, pose: Pose, snapshot: Snapshot) -> None:
        """Take in a pose with what is known of it."""
        if not isfinite(self.first):
            self.first = pose.time
        if snapshot.phase in MOVING:
            self.moments += 1
            self.known += isfinite(value_of(snapshot, shown_measure(self.exercise)))
        if not pose.time - self._looked < EVERY:
            self._looked = pose.time
            off = off_view(self.exercise, self._tracker.update(pose))
            if isfinite(off) and snapshot.phase in MOVING:
                self._offs[round(off)] += 1

    @property
    def off(self) -> int | None:
        """How many degrees the camera was off the view asked for, as a rule; none if unknown."""
        return sorted(self._offs.elements())[self._offs.total() // 2] if self._offs else None
