"""Which exercise is this? Every definition is followed side by side on the same landmarks.

Each rep or hold that a definition counts is a *claim* to its stretch of time. Where only one
exercise claims, or one clearly more than each other, it is recognised. Where two claim about as
much, or nobody does, the stretch is unknown: that is a better answer than a guess.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from statistics import median

from formcheck.counting.session import Session
from formcheck.events import Counted, Hold, Stretch
from formcheck.exercise import Exercise
from formcheck.measuring.tracker import Body, BodyTracker
from formcheck.pose import Pose
from formcheck.recognition.claims import Claim, resolve

HOLD_WORTH = 3.0
"""Seconds of a hold that tell as much as a rep."""
VIEW_ROOM = 10.0
"""Degrees that the view may be off beyond what the exercise allows, as depth is a rough guess."""


class Recogniser:
    """Follows every exercise at once."""

    def __init__(self, exercises: Iterable[Exercise]) -> None:
        """Begin; the exercises are those that may be found."""
        self._exercises = tuple(exercises)
        self._tracker = BodyTracker()
        self.body: Body | None = None
        """As it was seen last, for those who go on with it."""
        self.forget()

    def forget(self) -> None:
        """Begin anew with what is done from now on; the body is still the same.

        All claims are held against each other, so a day of them would take ever longer.
        """
        self._sessions = [Session(exercise, room=0.0) for exercise in self._exercises]
        self._claims: list[Claim] = []
        self._times: list[float] = []
        self._turns: list[float] = []

    def update(self, pose: Pose) -> bool:
        """Take in the next pose; whether anything was claimed."""
        body = self.body = self._tracker.update(pose)
        self._remember(body)
        before = len(self._claims)
        for session in self._sessions:
            snapshot = session.follow(body, pose.is_present)
            self._claim(session.exercise, snapshot.counted)
        return len(self._claims) > before

    def finish(self) -> tuple[Stretch, ...]:
        """End here; what was done when, in order of time."""
        for body in self._tracker.finish():
            for session in self._sessions:
                session.follow(body)
        self._claims = []
        for session in self._sessions:
            self._claim(session.exercise, session.finish().counted)
        length = self._times[-1] - self._times[0] if self._times else 0.0
        return resolve(self._claims, length)

    def stretches(self) -> tuple[Stretch, ...]:
        """What was done until now, in order of time."""
        return resolve(self._claims)

    def _remember(self, body: Body) -> None:
        if body.turn == body.turn:
            self._times.append(body.time)
            self._turns.append(abs(body.turn))

    def _claim(self, exercise: Exercise, counted: Iterable[Counted]) -> None:
        for done in counted:
            if self._is_seen(exercise, done.start, done.end):
                worth = done.seconds / HOLD_WORTH if isinstance(done, Hold) else 1.0
                self._claims.append(Claim(exercise.name, done.start, done.end, worth))

    def _is_seen(self, exercise: Exercise, start: float, end: float) -> bool:
        """Whether the camera stood where the exercise needs it, as far as that is known."""
        first, last = bisect_left(self._times, start), bisect_right(self._times, end)
        turns = self._turns[first:last]
        if not turns:
            return False
        return exercise.camera.off(median(turns)) <= exercise.camera.within + VIEW_ROOM
