"""Lets whoever lies on the mat pause, go on and stop without touching the computer."""

from dataclasses import replace
from typing import Protocol

from formcheck.coaching.gestures import Gesture, Gestures, Meaning
from formcheck.coaching.routine_coach import Guided
from formcheck.language.sentences import Sentence
from formcheck.language.tongue import tr
from formcheck.observer import Judged, Outcome
from formcheck.pose import Image, Pose

KEYS: dict[Meaning, str] = {"pause": "space", "hurts": "o"}
"""What each sign does."""
PLAIN = 0.25
"""The share of its time from which on a sign is shown: before, an arm may just be passing."""
WORDS: dict[Meaning, str] = {
    "pause": Sentence("Keep your arm up to pause."),
    "hurts": Sentence("Keep it up if it hurts."),
}
GO_ON = Sentence("Keep your arm up to go on.")


class Guide(Protocol):
    """Goes through exercises with someone: `LiveCoach` a routine, `FreeCoach` whatever is done."""

    @property
    def is_over(self) -> bool:
        """Whether all is over."""

    @property
    def is_paused(self) -> bool:
        """Whether nothing is judged for now."""

    @property
    def results(self) -> list[Outcome]:
        """The exercises that are over, as they were done."""

    @property
    def idle(self) -> Outcome | None:
        """Once all is over: an exercise in which nothing was done."""

    def update(
        self, pose: Pose, brightness: float, aspect: float, picture: Image | None = None
    ) -> Guided:
        """Take in a pose, say what is to be said, and give what to show and to hand on."""

    def press(self, key: str) -> None:
        """Do what a key asks for."""

    def finish(self) -> tuple[Judged | Outcome, ...]:
        """End here; what was done so far is kept, and what is new is to be handed on."""


class ByGesture:
    """A `Guide` that does as another, and obeys signs besides."""

    def __init__(self, guide: Guide) -> None:
        """Take the guide that does the rest."""
        self._guide = guide
        self._gestures = Gestures()

    @property
    def is_over(self) -> bool:
        """Whether all is over."""
        return self._guide.is_over

    @property
    def is_paused(self) -> bool:
        """Whether nothing is judged for now."""
        return self._guide.is_paused

    @property
    def results(self) -> list[Outcome]:
        """The exercises that are over, as they were done."""
        return self._guide.results

    @property
    def idle(self) -> Outcome | None:
        """Once all is over: an exercise in which nothing was done."""
        return self._guide.idle

    def update(
        self, pose: Pose, brightness: float, aspect: float, picture: Image | None = None
    ) -> Guided:
        """Take in a pose; a sign that counts is obeyed before it is judged."""
        gesture = self._gestures.update(pose)
        if gesture is not None and gesture.share == 1.0:
            self._guide.press(KEYS[gesture.meaning])
        guided = self._guide.update(pose, brightness, aspect, picture)
        if gesture is None or not PLAIN <= gesture.share < 1.0:
            return guided
        scene = replace(
            guided.scene, gesture=gesture, message=tr(self._words(gesture)), tone="guide"
        )
        return Guided(scene, guided.news)

    def press(self, key: str) -> None:
        """Do what a key asks for."""
        self._guide.press(key)

    def finish(self) -> tuple[Judged | Outcome, ...]:
        """End here; what was done so far is kept, and what is new is to be handed on."""
        return self._guide.finish()

    def _words(self, gesture: Gesture) -> str:
        is_to_go_on = gesture.meaning == "pause" and self.is_paused
        return GO_ON if is_to_go_on else WORDS[gesture.meaning]
