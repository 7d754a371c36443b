"""One session in front of the camera, as pages see it; and a thread of its own to coach it in."""

import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from formcheck.coaching.by_gesture import Guide
from formcheck.coaching.routine_coach import Mouth
from formcheck.coaching.scene import Scene
from formcheck.errors import FormcheckError, HistoryError, OutputError
from formcheck.exercise import Exercise
from formcheck.history.reports import keep_report
from formcheck.history.saving import SetSaver
from formcheck.language.sentences import Sentence
from formcheck.language.tongue import about, speaking, tr
from formcheck.live.guarded import run_guarded
from formcheck.live.outputs import UNNAMED
from formcheck.live.said_log import SaidLog
from formcheck.observer import Observer, Outcome
from formcheck.pose import Image
from formcheck.report.page import report_page
from formcheck.report.sections import Sections
from formcheck.sources.camera import open_live
from formcheck.stage.cue_place import CuePlace
from formcheck.stage.drawing import drawn
from formcheck.stage.hub import AsJson, Hub
from formcheck.voice.speakers import Maker
from formcheck.voice.voice import Voice

if TYPE_CHECKING:
    from formcheck.landmarks.follower import Follower

ALONE = 3.0
"""Seconds without a page after which the coach pauses: more than it takes to load one again."""
LEFT = 600.0
"""Seconds without a page after which the session ends."""
LAST_WORDS = 8.0
"""Seconds that the last words may take."""
OPENING = Sentence("Starting the camera…")
CRASHED = Sentence("Something went wrong in formcheck itself. What you did until now is kept.")


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done, and how."""

    title: str
    routine: str | None
    """The name of the routine; none for whatever somebody does."""
    exercises: Sequence[Exercise]
    """Those that may come."""
    begin: Callable[[Mouth], Guide]


@dataclass(frozen=True, slots=True)
class Equipment:
    """What a session needs of the world."""

    camera: str
    follower: "Callable[[], Follower]"
    """Makes what finds people in pictures; it may take a second."""
    voices: Sequence[Maker]
    muted: bool
    language: str
    log: SaidLog
    clock: Callable[[], float]
    """Of the voice."""


class Stage:
    """A `Screen`: shows scenes on all pages, and has their commands as keys."""

    def __init__(self, hub: Hub) -> None:
        """Take the hub that the pages are joined to."""
        self._hub = hub
        self._cue = CuePlace()
        self._keys: deque[str] = deque()
        self._is_paused = self._is_left = False

    def show(self, image: Image, scene: Scene) -> None:
        """Let the pages show it; nobody waits for them."""
        self._is_paused = scene.is_paused
        place = "high" if self._cue.is_high(scene.message, scene.pose) else "low"
        self._hub.show({**drawn(scene, image.shape[1] / image.shape[0]), "cue": place}, image)

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

    def end(self, outcome: Outcome) -> None:
        """Keep it."""
        self.outcomes.append(outcome)


@dataclass(eq=False)
class Remains:
    """What stays of a session for its end card and its report."""

    saver: SetSaver
    sections: Sections = field(default_factory=lambda: Sections(UNNAMED))
    tally: Tally = field(default_factory=Tally)


class Sitting:
    """A session as the pages see it: what they show and ask for, and what remains of it."""

    def __init__(self, title: str, hub: Hub, saver: SetSaver, keeps: bool = True) -> None:
        """Take what it is called, the pages' hub, what saves it, and whether to keep its report."""
        self._keeps = keeps
        self.title = title
        self._hub = hub
        self.stage = Stage(hub)
        self.kept = Remains(saver)
        self.unkept: HistoryError | None = None
        """Why it could not be kept, if it could not."""
        self.trouble = ""
        """What else went wrong, if anything."""
        self._turn = threading.Lock()
        """Held while it is kept again: two who ask for it at once keep it once."""
        self.is_over = False
        """Whether all of it is done, and its end can be shown."""

    @contextmanager
    def going_on(self) -> Iterator[None]:
        """In the block it goes on; then its end can be shown, with what went wrong."""
        state: AsJson = {"screen": "opening", "title": tr(self.title), "message": tr(OPENING)}
        self._hub.show(state)
        try:
            yield
        except HistoryError as error:
            self.unkept = error
            raise
        except FormcheckError as error:
            self.trouble = tr(error.sentence)
            raise
        except Exception:
            self.trouble = tr(CRASHED)
            raise
        finally:
            self._keep_report()
            self.is_over = True
            self._hub.show({"screen": "over"})

    def report(self) -> bytes:
        """The page of what was done."""
        return report_page(tr(self.title), self.kept.sections.done)

    def keep_again(self) -> None:
        """Try once more to keep what could not be kept when it was over."""
        with self._turn:
            if self.unkept is not None:
                self._keep_waiting()

    def _keep_waiting(self) -> None:
        try:
            self.kept.saver.save_waiting()
        except HistoryError as error:
            self.unkept = error
        else:
            self.unkept = None
            self._keep_report()

    def _keep_report(self) -> None:
        session = self.kept.saver.session
        if self._keeps and session is not None and self.kept.sections.done:
            try:
                keep_report(session, self.report())
            except OutputError as error:
                self.trouble = self.trouble or tr(error.sentence)


class OwnThread(threading.Thread):
    """Coaches somebody from the first picture to the last, in a thread of its own."""

    def __init__(self, order: Order, equipment: Equipment, sitting: Sitting) -> None:
        """Take what is to be done, and as what the pages see it; `start` begins it."""
        super().__init__(name="formcheck session", daemon=True)
        self._order, self._equipment, self._sitting = order, equipment, sitting
        self._stop_source: Callable[[], None] = lambda: None
        self._last_words = LAST_WORDS

    def end(self) -> None:
        """End it from outside, as when formcheck ends; what was done is kept."""
        self._last_words = 0.0
        self._sitting.stage.press("q")
        self._stop_source()

    def run(self) -> None:
        """Coach, and keep what was done however it ends."""
        try:
            with speaking(self._equipment.language), about(*self._order.exercises):
                self._coach()
        except FormcheckError:
            return  # the page tells it
        except Exception as error:
            sys.excepthook(type(error), error, error.__traceback__)

    @contextmanager
    def _saved(self) -> Iterator[None]:
        saver = self._sitting.kept.saver
        try:
            yield
        except BaseException:
            try:
                saver.save_waiting()
            except HistoryError as error:
                self._sitting.unkept = error  # besides what went wrong first
            raise
        saver.save_waiting()

    def _coach(self) -> None:
        with self._sitting.going_on(), self._saved(), ExitStack() as stack:
            self._coach_in(stack)

    def _coach_in(self, stack: ExitStack) -> None:
        equipment, stage = self._equipment, self._sitting.stage
        source = stack.enter_context(open_live(equipment.camera))
        self._stop_source = source.stop
        voice = Voice(
            equipment.voices,
            muted=equipment.muted,
            clock=equipment.clock,
            heard=equipment.log.heard,
        )
        stack.enter_context(voice)
        coach = self._order.begin(voice)
        follower = stack.enter_context(equipment.follower())
        kept = self._sitting.kept
        observers = [kept.saver, kept.sections, kept.tally, equipment.log]
        run_guarded(source, follower, coach, voice, stage, observers)
        voice.wait_until_quiet(self._last_words)
