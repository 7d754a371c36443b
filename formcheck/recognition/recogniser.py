"""Which exercise is this? Every definition is followed side by side on the same landmarks.

Each rep or hold that a definition counts is a *claim* to its stretch of time. Where only one
exercise claims, or one clearly more than each other, it is recognised. Where two claim about as
much, or nobody does, the stretch is unknown: that is a better answer than a guess.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from statistics import median

from formcheck.counting.remarks import HARD_TO_SEE, VIEW_WORDS
from formcheck.counting.session import Session
from formcheck.events import Counted, Hold
from formcheck.exercise import Exercise
from formcheck.language.sentences import Sentence
from formcheck.measuring.tracker import Body, BodyTracker
from formcheck.observer import Stretch
from formcheck.pose import Pose
from formcheck.recognition.claims import Claim, make_a_set, resolve
from formcheck.recognition.kinship import kinship
from formcheck.recognition.views import Views

HOLD_WORTH = 6.0
"""Seconds of a hold that tell as much as a rep: a position can be taken by chance for a moment."""
RIPE = 1.0
"""Seconds after its end from which a claim is told, so that others have come to their end too."""
VIEW_ROOM = 10.0
"""Degrees that the view may be off beyond what the exercise allows, as depth is a rough guess."""


class Recogniser:
    """Follows every exercise at once."""

    def __init__(self, exercises: Iterable[Exercise]) -> None:
        """Begin; the exercises are those that may be found.

        Where one is a variant of another, and both fit about as well, it is the one given first.
        """
        self._exercises = tuple(exercises)
        self._gives_way = kinship(self._exercises)
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
        self._beside: dict[Claim, float] = {}
        """Those made while the camera stood elsewhere than their exercise needs it: by how far."""
        self._unripe: list[Claim] = []
        self._views = Views()

    def update(self, pose: Pose) -> bool:
        """Take in the next pose; whether there is anything new to tell."""
        body = self.body = self._tracker.update(pose)
        self._views.add(body)
        for session in self._sessions:
            snapshot = session.follow(body, pose.is_present)
            self._unripe += self._claimed(session.exercise, snapshot.counted)
        ripe = [claim for claim in self._unripe if claim.end + RIPE <= body.time]
        self._claims += self._believed(ripe)
        self._unripe = [claim for claim in self._unripe if claim.end + RIPE > body.time]
        return bool(ripe)

    def finish(self) -> tuple[Stretch, ...]:
        """End here; what was done when, in order of time."""
        for body in self._tracker.finish():
            for session in self._sessions:
                session.follow(body)
        claims: list[Claim] = []
        self._beside.clear()  # all that was counted is claimed anew
        for session in self._sessions:
            claims += self._claimed(session.exercise, session.finish().counted)
        length = self._views.seconds
        known = resolve(self._believed(claims), length, self._gives_way)
        return self._titled(known or self._told_from_beside(length))

    @property
    def reason(self) -> str:
        """Why nothing can be recognised, if there is one."""
        return HARD_TO_SEE if self._views.are_doubtful else ""

    def stretches(self) -> tuple[Stretch, ...]:
        """What was done until now, in order of time."""
        return self._titled(resolve(self._claims, gives_way=self._gives_way))

    def _titled(self, stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
        known = {each.name: each for each in self._exercises}
        return tuple(
            replace(stretch, exercises={name: known[name] for name, _ in stretch.claims})
            for stretch in stretches
        )

    def _claimed(self, exercise: Exercise, counted: Iterable[Counted]) -> list[Claim]:
        claims = []
        for done in counted:
            claim = _claim_to(done, exercise.name)
            off = self._views.off(exercise.camera.view, done.start, done.end)
            if off <= exercise.camera.within + VIEW_ROOM:
                claims.append(claim)
            elif off == off:
                self._beside[claim] = off
        return claims

    def _believed(self, claims: Iterable[Claim]) -> list[Claim]:
        """Those made by what can have been a body, as far as is known by now."""
        return [each for each in claims if not self._views.were_doubtful(each.start, each.end)]

    def _told_from_beside(self, length: float) -> Iterator[Stretch]:
        """What it may have been, had the camera stood where that exercise needs it.

        From beside the view much looks like it: somebody who sways from foot to foot raises a leg.
        So it takes a set.
        """
        views = {each.name: each.camera.view for each in self._exercises}
        for stretch in resolve(self._believed(self._beside), length, self._gives_way):
            claims = [each for each in self._beside if _is_of(each, stretch)]
            if make_a_set(claims, stretch.end - stretch.start):
                words = VIEW_WORDS[views[claims[0].exercise]]
                reason = Sentence(words, degrees=median([self._beside[each] for each in claims]))
                yield replace(stretch, exercise=None, reason=reason)


def _is_of(claim: Claim, stretch: Stretch) -> bool:
    return claim.exercise == stretch.exercise and stretch.start <= claim.start < stretch.end


def _claim_to(done: Counted, exercise: str) -> Claim:
    if isinstance(done, Hold):
        return Claim(exercise, done.start, done.end, done.hold / HOLD_WORTH)
    return Claim(exercise, done.start, done.end, is_sure=done.hallmarks_seen)
