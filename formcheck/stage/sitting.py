"""One session in front of the camera, in a thread of its own: the same loop as in a terminal."""

import sys
import threading
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from formcheck.coaching.by_gesture import Guide
from formcheck.coaching.routine_coach import Mouth
from formcheck.coaching.scene import Scene
from formcheck.definition.routine import Routine
from formcheck.errors import FormcheckError
from formcheck.history.saving import SetSaver
from formcheck.live.lookout import Lookout
from formcheck.live.loop import run
from formcheck.live.outputs import UNNAMED
from formcheck.observer import Judged, Observer, Outcome
from formcheck.pose import Image
from formcheck.report.sections import Sections
from formcheck.sources.camera import open_live
from formcheck.stage.drawing import drawn
from formcheck.stage.hub import AsJson, Hub
from formcheck.voice.speakers import Maker
from formcheck.voice.voice import Heard, Voice

if TYPE_CHECKING:
    from formcheck.landmarks.follower import Follower

ALONE = 3.0
"""Seconds without a page after which the coach pauses: more than it takes to load one again."""
LEFT = 600.0
"""Seconds without a page after which the session ends."""
LAST_WORDS = 8.0
"""Seconds that the last words may take."""
NOT_KEPT = "What you did could not be kept."
CRASHED = "Something went wrong in formcheck itself. What you did until now is kept."


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done, and how."""

    title: str
    routine: Routine | None
    """None for whatever somebody does."""
    begin: Callable[[Mouth], Guide]


@dataclass(frozen=True, slots=True)
class Equipment:
    """What a session needs of the world."""

    camera: str
    follower: "Callable[[], Follower]"
    """Makes what finds people in pictures; it may take a second."""
    voices: Sequence[Maker]
    muted: bool
    heard: Heard
    observers: Sequence[Observer] = ()


class Stage:
    """A `Screen`: shows scenes on all pages, and has their commands as keys."""

    def __init__(self, hub: Hub) -> None:
        """Take the hub that the pages are joined to."""
        self._hub = hub
        self._keys: deque[str] = deque()
        self._is_paused = self._is_left = False

    def show(self, image: Image, scene: Scene) -> None:
        """Let the pages show it; nobody waits for them."""
        self._is_paused = scene.is_paused
        self._hub.show(drawn(scene, image.shape[1] / image.shape[0]), image)

    def press(self, key: str) -> None:
        """Be told by a page what is to be done."""
        self._keys.append(key)

    def key(self) -> str | None:
        """What a page asked for; a pause when nobody has been there, and after long the end."""
        if self._keys:
            return self._keys.popleft()
        alone = self._hub.seconds_alone(shows=True)
        if alone > LEFT and not self._is_left:
            self._is_left = True  # said once: whoever asks for keys asks until there are no more
            return "q"
        if alone > ALONE and not self._is_paused:
            self._is_paused = True  # until the next picture tells
            return "space"
        return None


class Tally(Observer):
    """Keeps what was done, also of what was stopped because it hurts."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.outcomes: list[Outcome] = []

    def add(self, judged: Judged) -> None:
        """Nothing is kept of a single pose."""

    def end(self, outcome: Outcome) -> None:
        """Keep it."""
        self.outcomes.append(outcome)


@dataclass(eq=False)
class Remains:
    """What stays of a session for its end card and its report."""

    saver: SetSaver
    sections: Sections = field(default_factory=lambda: Sections(UNNAMED))
    tally: Tally = field(default_factory=Tally)


class Sitting(threading.Thread):
    """Coaches somebody from the first picture to the last."""

    def __init__(self, order: Order, equipment: Equipment, hub: Hub) -> None:
        """Take what is to be done; `start` begins it."""
        super().__init__(name="formcheck session", daemon=True)
        self.order = order
        self._equipment = equipment
        self._hub = hub
        self._stage = Stage(hub)
        name = order.routine.name if order.routine else None
        self.kept = Remains(SetSaver(equipment.camera, name))
        self.trouble = ""
        """What went wrong, if anything."""
        self.is_over = False
        """Whether all of it is done, and its end can be shown."""
        self._stop: Callable[[], None] = lambda: None
        self._last_words = LAST_WORDS

    def press(self, key: str) -> None:
        """Do what a key asks for."""
        self._stage.press(key)

    def end(self) -> None:
        """End it from outside, as when formcheck ends; what was done is kept."""
        self._last_words = 0.0
        self._stage.press("q")
        self._stop()

    def run(self) -> None:
        """Coach, and keep what was done however it ends."""
        self._hub.be_with()
        self._tell("Starting the camera…")
        try:
            with ExitStack() as stack:
                self._coach(stack)
        except FormcheckError as error:
            self.trouble = str(error)
        except Exception as error:
            self.trouble = CRASHED
            sys.excepthook(type(error), error, error.__traceback__)
        try:
            self.kept.saver.save_waiting()
        except FormcheckError as error:
            self.trouble = self.trouble or f"{NOT_KEPT} {error}"
        self.is_over = True
        self._hub.show({"screen": "over"})

    def _coach(self, stack: ExitStack) -> None:
        equipment = self._equipment
        source = stack.enter_context(open_live(equipment.camera))
        self._stop = source.stop
        voice = Voice(equipment.voices, muted=equipment.muted, heard=equipment.heard)
        stack.enter_context(voice)
        coach = self.order.begin(voice)
        detect = stack.enter_context(equipment.follower()).detect
        lookout = Lookout(coach, self._stage, voice, source)
        source.waiting = lookout.wait
        kept = self.kept
        observers = [kept.saver, kept.sections, kept.tally, *equipment.observers]
        run(source, detect, coach, self._stage, observers, [lookout])
        voice.wait_until_quiet(self._last_words)

    def _tell(self, words: str) -> None:
        state: AsJson = {"screen": "opening", "title": self.order.title, "message": words}
        self._hub.show(state)
