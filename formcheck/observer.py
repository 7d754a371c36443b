"""The one way out: what was judged is handed on once, to one kind of observer.

Recordings and live sessions alike give each judged pose as a `Judged`, and each exercise that is
over as an `Outcome`. Whoever writes, draws, plots or saves is an `Observer` of both.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from formcheck.events import Snapshot, Summary, titled
from formcheck.exercise import Exercise
from formcheck.language.sentences import Sentence, listed, of_number
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
class Stretch:
    """A time in which one exercise was done, or something that is not known."""

    exercise: str | None
    """Its name; none where it is unknown."""
    start: float
    end: float
    claims: tuple[tuple[str, int], ...]
    """The evidence: how many reps or holds of each exercise fit here, the most first; but where
    some fit about as well of which it is a variant, or which are variants of it, it goes first."""

    reason: str = ""
    """Why it is unknown, in words, where one exercise alone fits, or none."""
    exercises: Mapping[str, Exercise] = field(default_factory=dict)
    """Those of the claims by name, for their titles; one that is not in it goes by its name."""

    @property
    def words(self) -> str:
        """The answer with its evidence, in words."""
        told = [self._evidence(name, number) for name, number in self.claims]
        return self._unknown(told) if self.exercise is None else self._known(self.exercise, told)

    def _known(self, exercise: str, told: Sequence[Sentence]) -> Sentence:
        number, title = self.claims[0][1], self._title(exercise)
        if len(told) > 1:
            return of_number(
                "{exercise} ({number} match; {others} is very similar and fits, too)",
                "{exercise} ({number} matches; {others} is very similar and fits, too)",
                number,
                exercise=title,
                others=listed(told[1:]),
            )
        return of_number(
            "{exercise} ({number} match; no other exercise fits)",
            "{exercise} ({number} matches; no other exercise fits)",
            number,
            exercise=title,
        )

    def _unknown(self, told: Sequence[Sentence]) -> Sentence:
        if not told and self.reason:
            return Sentence("not recognised: {why}", why=self.reason)
        if not told:
            return Sentence("not recognised: no exercise fits")
        if self.reason:
            return Sentence(
                "not sure: it may be {exercise}, but {why}", exercise=told[0], why=self.reason
            )
        if len(told) == 1:
            return Sentence(
                "not sure: it may be {exercise}, but that is too little to tell", exercise=told[0]
            )
        return Sentence("not sure: {exercises} fit about equally well", exercises=listed(told))

    def _evidence(self, name: str, number: int) -> Sentence:
        return Sentence("{exercise} ({number})", exercise=self._title(name), number=number)

    def _title(self, name: str) -> Sentence:
        known = self.exercises.get(name)
        return Sentence(known.title if known else titled(name))


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
