"""The one way out: what was judged is handed on once, to one kind of observer.

Recordings and live sessions alike give each judged pose as a `Judged`, and each exercise that is
over as an `Outcome`. Whoever writes, draws, plots or saves is an `Observer` of both.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from formcheck.events import Snapshot, Stretch, Summary
from formcheck.exercise import Exercise
from formcheck.pose import Image, Pose, SourceInfo


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """One pose, and what is known of it."""

    number: int
    """Which part of the source or session it belongs to, from 0: each has one exercise."""
    exercise: Exercise | None
    """None where it is unknown."""
    pose: Pose
    picture: Image | None
    """In which the pose was found; none in a recording, or where it is gone already."""
    snapshot: Snapshot | None
    """None where no exercise is known."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A part that is over, and what was found in it."""

    number: int
    exercise: Exercise | None
    """None where it is unknown."""
    summary: Summary
    source: SourceInfo
    stretch: Stretch | None = None
    """Where and why the exercise was recognised; none where it was named."""
    warnings: tuple[str, ...] = ()
    hurt: bool = False
    """Whether it was ended because it hurts."""


class Observer:
    """Sees all that is judged, in order of time; each method does nothing unless it is given."""

    needs_pictures = False
    """Whether the pictures are wanted too, of a source that has to be read again for them."""

    def add(self, judged: Judged) -> None:
        """Take in a pose that was judged."""

    def end(self, outcome: Outcome) -> None:
        """Take in that a part is over. Nothing more of it follows."""


class TimeShown(Observer):
    """Tells the time that has been reached."""

    def __init__(self, show: Callable[[float], None]) -> None:
        """Take what shows it."""
        self._show = show

    def add(self, judged: Judged) -> None:
        """Show it."""
        self._show(judged.pose.time)


def hand_on(news: Iterable[Judged | Outcome], observers: Iterable[Observer]) -> None:
    """Give everything, in its order, to every observer."""
    for each in news:
        for observer in observers:
            if isinstance(each, Judged):
                observer.add(each)
            else:
                observer.end(each)
