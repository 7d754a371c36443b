"""Looks after screen and keys while the camera is silent, and tells that it is."""

from dataclasses import replace

from formcheck.coaching.by_gesture import Guide
from formcheck.coaching.routine_coach import Mouth
from formcheck.coaching.scene import Scene
from formcheck.coaching.speech import Utterance
from formcheck.language.sentences import Sentence
from formcheck.language.tongue import tr
from formcheck.live.loop import Screen
from formcheck.pose import Frame
from formcheck.sources.camera import LiveSource
from formcheck.sources.devices import SILENCE
from formcheck.terminal.lines import note

NO_PICTURE = Sentence("The camera has stopped sending pictures. Is it plugged in?")
BACK = Sentence("I can see you again. Carry on.")


class Lookout:
    """Looks after screen and keys while the camera is silent; a `Watch`, to know the last scene."""

    def __init__(self, coach: Guide, screen: Screen, mouth: Mouth, source: LiveSource) -> None:
        self._coach, self._screen, self._mouth, self._source = coach, screen, mouth, source
        self._last: tuple[Frame, Scene] | None = None
        self._has_told = False

    def __call__(self, frame: Frame, scene: Scene) -> None:
        """Remember it; say so if the camera is back."""
        self._last = frame, scene
        if self._has_told:
            note([BACK])
            self._mouth.say(Utterance(frame.time, tr(BACK), "guide"))
        self._has_told = False

    def wait(self, silent: float) -> None:
        """Be called a few times a second, with the seconds of silence."""
        if silent > SILENCE and self._last is not None and not self._has_told:
            self._tell(*self._last, silent)
        while (key := self._screen.key()) is not None:
            self._coach.press(key)
            if self._coach.is_over:
                self._source.stop()
                return

    def _tell(self, frame: Frame, scene: Scene, silent: float) -> None:
        """Say it once, on every way."""
        self._has_told = True
        note([Sentence("{trouble} I'm trying to reconnect.", trouble=NO_PICTURE)])
        self._screen.show(frame.image, replace(scene, message=tr(NO_PICTURE), tone="hint"))
        self._mouth.say(Utterance(frame.time + silent, tr(NO_PICTURE), "guide"))
