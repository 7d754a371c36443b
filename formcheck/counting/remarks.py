"""What a session says at its end about the whole of it: where the camera stood, what was missed."""

from collections import Counter
from math import isfinite

from formcheck.exercise import Exercise, Side
from formcheck.language.sentences import Sentence
from formcheck.measuring.tracker import Body

DOUBTFUL = 0.2
"""Share of the time in which the body could not be made out from which on to say so."""
CANNOT_SEE = {
    "side": Sentence("I can't see you well from here. Move the camera to your side."),
    "front": Sentence("I can't see you well from here. Move the camera in front of you."),
}
HARD_TO_SEE = Sentence("your body was hard to make out from where the camera stood")
VIEW_WORDS = {
    "side": Sentence("the camera was about {degrees:.0f} degrees off a view from the side"),
    "front": Sentence("the camera was about {degrees:.0f} degrees off a view from the front"),
}
"""Why a part of it was not judged, or not recognised."""
OFF = 0.5
"""Share of the time in which the camera looked from elsewhere, from which on to say so."""
WRONG_VIEW = {
    "side": Sentence("The camera doesn't see you from the side. Put it beside you."),
    "front": Sentence("The camera doesn't see you from the front. Put it in front of you."),
}
UNEVEN = 2
"""By how many reps the sides may differ without a word."""
OTHER_SIDE = {
    "left": Sentence("Left {left}, right {right}. Now do the left side."),
    "right": Sentence("Left {left}, right {right}. Now do the right side."),
}
FAR_SIDE = {
    "left": Sentence(
        "Left {left}, right {right}. Your left side was away from the camera. Turn round to do it."
    ),
    "right": Sentence(
        "Left {left}, right {right}. Your right side was away from the camera. Turn round to do it."
    ),
}


class Remarks:
    """Goes through the bodies of a session, and sums up."""

    def __init__(self, exercise: Exercise) -> None:
        """Begin with nobody seen."""
        self._exercise = exercise
        self._unmet: Counter[str] = Counter()
        self._was_ready = False
        self._seen = self._doubtful = self._off = 0
        self._turned = 0.0
        """How much the left side was the farther one from the camera, all told."""

    def add(self, body: Body, is_present: bool) -> None:
        """Take in the next body, and whether anybody was found at all."""
        camera = self._exercise.camera
        self._seen += is_present
        self._doubtful += is_present and body.is_doubtful
        self._off += body.off(camera.view) > camera.within
        self._turned += body.turn if isfinite(body.turn) else 0.0

    def add_position(self, is_ready: bool, unmet: str) -> None:
        """Take in whether somebody has left the start position, or what to do to get into it."""
        self._was_ready |= is_ready
        if unmet:
            self._unmet[unmet] += 1

    def told(self, counted: Counter[Side | None], is_by_side: bool) -> list[str]:
        """The remarks, in plain words.

        Args:
            counted: how many reps or holds of each side there were.
            is_by_side: whether both sides were counted, each for itself.
        """
        told: list[str] = []
        view = self._exercise.camera.view
        if self._doubtful > DOUBTFUL * self._seen:
            told.append(CANNOT_SEE[view])
        if not counted and self._unmet:
            cue, _ = self._unmet.most_common(1)[0]
            told.append(Sentence("{never} {cue}", never=self._never(), cue=Sentence(cue)))
        if not counted and self._off > OFF * self._seen:
            told.append(WRONG_VIEW[view])
        if counted and is_by_side:
            told += self._one_sided(counted["left"], counted["right"])
        return told

    def _never(self) -> Sentence:
        """What was missed, where nothing was counted."""
        if not self._was_ready:
            return Sentence("You never got into the start position.")
        is_timed = self._exercise.is_timed
        return Sentence("No hold was counted.") if is_timed else Sentence("No rep was counted.")

    def _one_sided(self, left: int, right: int) -> list[str]:
        """What to do where one side was counted far more often than the other.

        The far side may have been exercised, and hidden behind the near one.
        """
        if abs(left - right) <= UNEVEN:
            return []
        less: Side = "left" if left < right else "right"
        farther: Side = "left" if self._turned > 0 else "right"
        is_hidden = self._exercise.camera.view == "side" and less == farther
        told = FAR_SIDE if is_hidden else OTHER_SIDE
        return [Sentence(told[less], left=left, right=right)]
