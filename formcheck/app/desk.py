"""What formcheck is doing for the pages that are open: at most one session at a time."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, partial
from threading import Lock
from typing import TYPE_CHECKING, Any

from formcheck.app.end_card import EndCard, end_card
from formcheck.app.lens import Lens
from formcheck.app.past import Past
from formcheck.app.settings import Choices, load_choices, save_choices
from formcheck.app.today import Due, due_today
from formcheck.coaching.by_gesture import ByGesture
from formcheck.coaching.free_coach import FreeCoach
from formcheck.coaching.routine_coach import LiveCoach
from formcheck.coaching.speech import Say
from formcheck.definition.loading import usable_exercises
from formcheck.definition.routine import Routine, load_routine
from formcheck.errors import ExerciseError
from formcheck.exercise import Exercise, Side
from formcheck.history.file import history_path
from formcheck.history.repair import repair
from formcheck.history.rows import Feeling, FeelingKind
from formcheck.history.saving import SetSaver
from formcheck.history.store import History
from formcheck.history.trouble import is_there
from formcheck.language.sentences import Sentence
from formcheck.language.tongue import about, language, speaking
from formcheck.live.said_log import SaidLog
from formcheck.printable import without_login
from formcheck.stage.hub import Hub
from formcheck.stage.page_speaker import PageVoice
from formcheck.stage.sitting import Equipment, Order, OwnThread, Sitting
from formcheck.voice.speakers import Maker

if TYPE_CHECKING:
    from formcheck.landmarks.follower import Follower

PRESSES = frozenset({"space", "n", "o", "s", "m", "q"})
"""What a page may ask for."""
ANYTHING = Sentence("Whatever you do")
"""What is done where nothing was named."""
ENDS_WITHIN = 5.0
"""Seconds that a session may take to end when formcheck does."""


@dataclass(frozen=True, slots=True)
class World:
    """What lies outside: where pictures come from, and how to be heard."""

    follower: "Callable[[], Follower]"
    """Makes what finds people in pictures."""
    voices: Callable[[str], Sequence[Maker]]
    """Ways to speak a language where no page has a voice for it."""
    tones: Sequence[Maker] = ()
    """Ways to be heard where nothing speaks."""
    camera: str | None = None
    """In place of the one that was chosen."""
    language: str | None = None
    """In place of the one that was chosen."""
    shows: bool = True
    """Whether a page will be opened, and may speak."""
    clock: Callable[[], float] = time.monotonic
    """Seconds that go on while something waits to be said."""


class Desk:
    """Begins and ends sessions, and knows what was chosen."""

    def __init__(self, world: World, log: SaidLog | None = None) -> None:
        """Begin without a session; `log` is told what happens, and what is said."""
        self.world = world
        self._log = log or SaidLog()
        self._usual = language()
        """The language where none was chosen."""
        self.hub = Hub()
        self.lens = Lens(self.hub, lambda: self.is_camera_taken)
        self.voice = PageVoice(self.hub)
        self.choices = load_choices()
        self.sitting: Sitting | None = None
        self._thread: OwnThread | None = None
        self._is_ending = False
        self._turn = Lock()
        """Held while a session begins, or the history does: whoever clicks twice begins one."""

    @property
    def is_busy(self) -> bool:
        """Whether a session is going on."""
        return self.sitting is not None and not self.sitting.is_over

    @property
    def is_camera_taken(self) -> bool:
        """Whether nothing may begin that needs a camera: a session has it, or formcheck ends."""
        return self.is_busy or self._is_ending

    @property
    def camera(self) -> str:
        """The camera to look through."""
        chosen = self.world.camera
        return self.choices.camera if chosen is None else chosen

    @property
    def language(self) -> str:
        """The language of pages and coach."""
        return self.world.language or self.choices.language or self._usual

    @contextmanager
    def speaking(self) -> Iterator[None]:
        """Tell things in the language of the pages, and of exercises what is translated."""
        with speaking(self.language), about(*_translated(self.language)):
            yield

    def routine(self) -> Routine:
        """The routine that was chosen, or the usual one where that is gone."""
        try:
            return load_routine(self.choices.routine)
        except ExerciseError:
            return load_routine(Choices().routine)

    def choose(self, choices: Choices) -> None:
        """Keep what was chosen."""
        before, self.choices = self.choices, choices
        if choices.camera != before.camera:
            self.lens.free()
        save_choices(choices)

    # Sessions.

    def begin(self, routine: Routine | None) -> None:
        """Begin a session, unless one is going on; without a routine of whatever is done."""
        with self._turn:
            if not self.is_camera_taken:
                self._begin(routine)

    def _begin(self, routine: Routine | None) -> None:
        self.keep_again()
        order = self.order(routine, self.choices.say)
        equipment = Equipment(
            camera=self.camera,
            follower=self.world.follower,
            voices=self.ways(),
            muted=self.is_silent,
            language=self.language,
            log=self._log,
            clock=self.world.clock,
        )
        self.sitting = Sitting(
            order.title, self.hub, SetSaver(self.camera, order.routine), self.choices.reports
        )
        self.lens.free()  # as from now on it is taken
        self.hub.be_with()
        self._thread = OwnThread(order, equipment, self.sitting)
        self._thread.start()

    @property
    def is_silent(self) -> bool:
        """Whether nothing is to be heard at first."""
        return not (self.choices.voice or self.choices.tones)

    def ways(self) -> list[Maker]:
        """How to be heard, the best first."""
        pages, code = self.voice, self.language
        speech, tones = [*self.world.voices(code)], [*self.world.tones]
        if self.world.shows:
            says, asks = (pages.speaker(code, self._volume, asks) for asks in (False, True))
            speech, tones = [says, *speech, asks], [pages.player(self._volume), *tones]
        wants = self.choices.voice or not self.choices.tones
        return [*(speech if wants else []), *(tones if self.choices.tones else [])]

    def _volume(self) -> float:
        """How loud it is to be, 0 to 1."""
        return self.choices.volume / 100

    def order(self, routine: Routine | None, say: Say, side: Side | None = None) -> Order:
        """What is to be done: a routine, or whatever somebody does."""
        source = without_login(self.camera)
        if routine is None:
            exercises = list(usable_exercises()[0].values())
            free = partial(FreeCoach, exercises, say=say, source=source, side=side)
            return Order(ANYTHING, None, exercises, lambda mouth: ByGesture(free(mouth)))
        guided = partial(LiveCoach, routine, say=say, source=source)
        exercises = [step.exercise for step in routine.steps]
        name = routine.name
        return Order(routine.title, name, exercises, lambda mouth: ByGesture(guided(mouth)))

    def obey(self, message: dict[str, Any]) -> None:
        """Do what a page asks for; what is not known is left alone."""
        if "speaks" in message:
            self.voice.answer(message["speaks"])
        elif "said" in message:
            self.voice.was_said(message["said"], message.get("refused") is True)
        elif (press := message.get("press")) == "look":
            self.lens.show(self.camera)
        elif isinstance(press, str) and press in PRESSES and self.sitting is not None:
            self.sitting.stage.press(press)

    def find_cameras(self) -> None:
        """Look for the cameras that work, unless one was named when formcheck was started."""
        if self.world.camera is None:
            self.lens.find()

    def close(self) -> None:
        """Free the camera, and end the session that is going on; what was done is kept."""
        self._is_ending = True
        self.lens.free()
        if self._thread is not None and self._thread.is_alive():
            self._thread.end()
            self._thread.join(ENDS_WITHIN)
        self.keep_again()

    # What was done.

    def due(self, past: Past) -> list[Due]:
        """What is due today."""
        today = date.today()
        return due_today(self.routine(), past.sets, today, past.hurt_on(today))

    def card(self) -> EndCard | None:
        """The end card of the last session."""
        return end_card(self.sitting.kept.tally.outcomes) if self.sitting else None

    def last_report(self) -> bytes | None:
        """The report of the last session, if that is over and has one."""
        sitting = self.sitting
        if sitting is None or not sitting.is_over or not sitting.kept.sections.done:
            return None
        return sitting.report()

    def feel(self, kind: FeelingKind, score: int) -> None:
        """Note how hard or painful the last session was, if anything of it was kept."""
        session = self.sitting.kept.saver.session if self.sitting else None
        if session is None:
            return
        with History.open(history_path()) as history:
            now = datetime.now().astimezone()
            history.add_feeling(Feeling(now, kind, None, score, session))

    def repair(self) -> bool:
        """Begin a damaged history anew with all that can be read; whether anything was wrong.

        The damaged one is kept. What the last session could not keep in it is kept now.
        """
        with self._turn:
            if not is_there(history_path()) or repair(history_path()).kept is None:
                return False
            if self.sitting is not None:
                self.sitting.kept.saver.save_all_again()
                self.sitting.keep_again()
            return True

    def keep_again(self) -> None:
        """Try once more to keep the last session, if that could not be done."""
        if self.sitting is not None and self.sitting.is_over:
            self.sitting.keep_again()


@cache
def _translated(code: str) -> tuple[Exercise, ...]:
    """The exercises that have texts in a language."""
    return tuple(each for each in usable_exercises()[0].values() if code in each.translations)
