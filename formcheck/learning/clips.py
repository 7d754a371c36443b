"""Clips of good reps, and the course (time series) of every measure through them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import inf
from statistics import median

from formcheck.exercise import Camera, Condition, Exercise, HoldRule, Measure, Side, Start
from formcheck.measuring.reader import MeasureReader
from formcheck.measuring.tracker import POINTS, Body, BodyTracker
from formcheck.pose import Pose

NEAR = 0.2
"""Seconds around a time from which a value is taken."""
BEGINNING = 15
"""Frames by which it is told whether somebody begins upright."""


ReadCourses = dict[tuple[tuple[Measure, ...], Side | None], dict[str, list[float]]]


@dataclass(frozen=True)
class Clip:
    """One clip, and how many reps it shows."""

    name: str
    poses: tuple[Pose, ...]
    reps: int
    _read: ReadCourses = field(default_factory=dict, repr=False)
    """What was read already."""

    @cached_property
    def bodies(self) -> tuple[Body, ...]:
        """The body at each pose."""
        tracker = BodyTracker()
        return tuple(tracker.update(pose) for pose in self.poses)

    @cached_property
    def turn(self) -> float:
        """How far the body is turned out of the picture's plane, in degrees; 90 where unknown."""
        turns = [abs(body.turn) for body in self.bodies if body.turn == body.turn]
        return median(turns) if turns else 90.0

    @cached_property
    def slant(self) -> float:
        """The same of the trunk's own line, from the hips to the shoulders."""
        slants = [abs(body.slant) for body in self.bodies if body.slant == body.slant]
        return median(slants) if slants else 90.0

    @cached_property
    def is_upright(self) -> bool:
        """Whether the person begins upright, and does not lie."""
        shoulder, hip = POINTS["mid_shoulder"], POINTS["mid_hip"]
        lines = [body.points[shoulder] - body.points[hip] for body in self.bodies]
        known = [line for line in lines if line == line][:BEGINNING]
        return bool(known) and median([abs(line.imag) - abs(line.real) for line in known]) > 0

    def courses(self, measures: Sequence[Measure], side: Side | None) -> dict[str, list[float]]:
        """Each measure at each pose; NaN = unknown. Nothing is compared with rest."""
        key = tuple(measures), side
        if key not in self._read:
            reader = MeasureReader(only_to_read(measures), side)
            rows = [reader.compared(reader.read(body), reader.unknown) for body in self.bodies]
            self._read[key] = {n: [row[i] for row in rows] for i, n in enumerate(reader.names)}
        return self._read[key]

    def around(self, course: Sequence[float], times: Iterable[float]) -> list[float]:
        """The median of a course around each of these times, where it is known."""
        found = []
        for time in times:
            near = [
                value
                for body, value in zip(self.bodies, course, strict=True)
                if abs(body.time - time) <= NEAR and value == value
            ]
            found += [median(near)] if near else []
        return found

    def heights(self) -> list[float]:
        """How high the trunk is in the picture, in torsos; NaN = unknown."""
        shoulder, hip = POINTS["mid_shoulder"], POINTS["mid_hip"]
        return [
            (body.points[shoulder] + body.points[hip]).imag / 2 / body.torso for body in self.bodies
        ]


def only_to_read(measures: Sequence[Measure]) -> Exercise:
    """An exercise that has measures, and in which nothing ever counts."""
    never = Condition("measure", measures[0].name, above=inf)
    return Exercise(
        name="",
        title="",
        summary="",
        camera=Camera("side", ""),
        sides="both",
        reps=1,
        measures=tuple(measures),
        start=(Start(never, ""),),
        rep=None,
        hold=HoldRule(0.0),
        faults=(),
    )
