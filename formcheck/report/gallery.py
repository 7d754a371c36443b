"""Keeps the pictures worth looking at afterwards: the worst of each fault, and the best rep's top.

All in one pass, and never more than a few small pictures: those of the attempt that is going on,
and the chosen ones of all attempts before. Once the exercise is over, only those stay, as JPEG:
a long session has many exercises, and all of them wait for its page.
"""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import inf, isfinite

from formcheck.definition.limits import rep_bands
from formcheck.events import Counted, Hold, Snapshot, Summary, value_of
from formcheck.exercise import MOVING, SEVERITIES, Condition, Exercise, Side
from formcheck.picture.close_up import CloseUp, close_up, jpeg
from formcheck.pose import Image, Pose, better_seen

BEHIND = 0.5
"""Seconds of frames kept to find the one that a snapshot is about, which is a little older."""

Rank = tuple[float, ...]
"""Of two of these the smaller one is better."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A picture with what is to be said about it."""

    view: CloseUp
    time: float
    side: Side | None
    rep: int | None
    """The rep's number in its set; none in an attempt that did not count."""
    value: float
    """How bad the fault is, or how far the rep went: more is more."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A picture that was kept to the end, drawn, with what is to be said about it."""

    jpeg: bytes
    time: float
    side: Side | None
    rep: int | None
    """As in `Kept`; so is the value."""
    value: float


@dataclass(frozen=True, slots=True)
class Album:
    """The chosen pictures of an exercise that is over."""

    worst: Mapping[str, Chosen]
    """By the fault's name."""
    best: Chosen | None
    """The best rep at its top."""
    best_rep: Counted | None


@dataclass(slots=True)
class _Attempt:
    """What is kept of an attempt of one side until it is known what it was."""

    top: Kept | None = None
    worst: dict[str, Kept] = field(default_factory=dict)


@dataclass(slots=True)
class Gallery:
    """Chooses the pictures of one session."""

    exercise: Exercise
    worst: dict[str, Kept] = field(default_factory=dict)
    """By the fault's name."""
    best: Kept | None = None
    """The best rep at its top."""
    best_rep: Counted | None = None
    _best_rank: Rank = (inf,)
    _attempts: dict[Side | None, _Attempt] = field(default_factory=dict)
    _frames: deque[tuple[Pose, Image | None]] = field(default_factory=deque)
    _cut: CloseUp | None = None
    """Of the newest frame, once it is needed."""

    def add(self, pose: Pose, picture: Image | None, snapshot: Snapshot) -> None:
        """Take in a frame; `picture` is none where there is only a skeleton to draw."""
        self._frames.append((pose, picture))
        while len(self._frames) > 1 and self._frames[1][0].time <= snapshot.time:
            self._frames.popleft()
        while pose.time - self._frames[0][0].time > BEHIND:
            self._frames.popleft()
        self._cut = None
        if snapshot.phase in MOVING:
            self._look(snapshot)
        for each in snapshot.counted:
            self._close_counted(each)
        for event in snapshot.events:
            if event.kind == "partial":
                self._close(event.side, None)
            elif event.kind == "lost":
                self._attempts.pop(event.side, None)

    def finish(self, summary: Summary) -> Album:
        """The session is over; what it cut off is a partial, unless it counted all the same."""
        for done in summary.counted:
            top = self._attempts.get(done.side, _Attempt()).top
            if top is not None and done.start <= top.time <= done.end:
                self._close_counted(done)
        for side in list(self._attempts):
            self._close(side, None)
        worst = {name: self._drawn(kept, name) for name, kept in self.worst.items()}
        best = None if self.best is None else self._drawn(self.best, None)
        return Album(worst, best, self.best_rep)

    def _drawn(self, kept: Kept, fault: str | None) -> Chosen:
        drawn = jpeg(kept.view, self.exercise, fault)
        return Chosen(drawn, kept.time, kept.side, kept.rep, kept.value)

    def _look(self, snapshot: Snapshot) -> None:
        attempt = self._attempts.setdefault(snapshot.side, _Attempt())
        attempt.top = self._better(attempt.top, self._height(snapshot), snapshot)
        for name in snapshot.faults:
            badness = self._badness(name, snapshot)
            kept = self._better(attempt.worst.get(name), badness, snapshot)
            if kept is not None:
                attempt.worst[name] = kept

    def _height(self, snapshot: Snapshot) -> float:
        """How well a moment shows the whole attempt: the top of a rep, the midst of a hold."""
        if self.exercise.is_timed:
            return -abs(snapshot.held - self.exercise.hold.seconds / 2)
        return self.exercise.sign * value_of(snapshot, self.exercise.main)

    def _better(self, kept: Kept | None, value: float, snapshot: Snapshot) -> Kept | None:
        """The picture to keep: the one that is kept, or the one of now."""
        if not isfinite(value) or (kept is not None and value <= kept.value):
            return kept
        pose, picture = self._frames[0]
        if self._cut is None:
            side = snapshot.side or better_seen(pose)
            self._cut = close_up(pose, picture, side, snapshot.values)
        return Kept(self._cut, pose.time, snapshot.side, None, value)

    def _badness(self, name: str, snapshot: Snapshot) -> float:
        """How far beyond its limit the first condition of a fault is: more is worse."""
        condition = self.exercise.fault(name).first
        value = value_of(snapshot, self.exercise.measure(condition.name))
        if condition.subject == "fall":
            return -self.exercise.sign * value
        return _badness(condition, value)

    def _close_counted(self, done: Counted) -> None:
        attempt = self._attempts.get(done.side)
        if attempt is None or attempt.top is None:
            return
        for fault in done.faults:
            condition = self.exercise.fault(fault.name).first
            # A fault that is told when the rep is over is shown at the rep's top.
            top = _with(attempt.top, done.number, _badness(condition, fault.value))
            attempt.worst.setdefault(fault.name, top)
        found = {fault.name for fault in done.faults}
        attempt.worst = {name: kept for name, kept in attempt.worst.items() if name in found}
        rank = self._rank(done)
        if rank < self._best_rank:
            self._best_rank, self.best_rep = rank, done
            self.best = _with(attempt.top, done.number, attempt.top.value)
        self._close(done.side, done.number)

    def _close(self, side: Side | None, number: int | None) -> None:
        attempt = self._attempts.pop(side, _Attempt())
        for name, kept in attempt.worst.items():
            before = self.worst.get(name)
            if before is None or kept.value > before.value:
                self.worst[name] = _with(kept, number, kept.value)

    def _rank(self, done: Counted) -> Rank:
        """Clean reps first, then those with fewer and milder faults, then by range and hold."""
        faults = [sum(f.severity == severity for f in done.faults) for severity in SEVERITIES]
        if isinstance(done, Hold):
            return (not done.clean, *faults, len(done.unjudged), -done.good)
        beyond = rep_bands(self.exercise, done).range.beyond(done.range)
        held = min(done.hold, self.exercise.hold.seconds)
        return (not done.clean, *faults, len(done.unjudged), beyond, -held)


def _badness(condition: Condition, value: float) -> float:
    return value if condition.above is not None else -value


def _with(kept: Kept, number: int | None, value: float) -> Kept:
    return Kept(kept.view, kept.time, kept.side, number, value)
