"""What formcheck is doing for the pages that are open: at most one session at a time."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

from formcheck.app.end_card import EndCard, end_card
from formcheck.app.settings import Choices, load_choices, save_choices
from formcheck.app.today import Due, due_today
from formcheck.coaching.by_gesture import ByGesture
from formcheck.coaching.free_coach import FreeCoach
from formcheck.coaching.routine_coach import LiveCoach
from formcheck.definition.loading import usable_exercises
from formcheck.definition.routine import Routine, load_routine
from formcheck.errors import ExerciseError
from formcheck.history.feelings import Feeling, FeelingKind
from formcheck.history.file import history_path
from formcheck.history.rows import SavedSet, Walk
from formcheck.history.store import History
from formcheck.observer import Observer
from formcheck.stage.hub import Hub
from formcheck.stage.page_speaker import PageVoice
from formcheck.stage.preview import Preview
from formcheck.stage.sitting import Equipment, Order, Sitting
from formcheck.voice.speakers import Maker
from formcheck.voice.voice import Heard

if TYPE_CHECKING:
    from formcheck.landmarks.follower import Follower

Told = TypeVar("Told", SavedSet, Walk, Feeling)

PRESSES = frozenset({"space", "n", "o", "s", "m", "q"})
"""What a page may ask for."""
ENDS_WITHIN = 5.0
"""Seconds that a session may take to end when formcheck does."""


@dataclass(frozen=True, slots=True)
class World:
    """What lies outside: where pictures come from, and how to be heard."""

    follower: "Callable[[], Follower]"
    """Makes what finds people in pictures."""
    voices: Sequence[Maker]
    """Ways to be heard where no page has a voice."""
    heard: Heard = lambda time, utterance: None
    observers: Sequence[Observer] = ()
    camera: str | None = None
    """In place of the one that was chosen."""


class Desk:
    """Begins and ends sessions, and knows what was chosen."""

    def __init__(self, world: World) -> None:
        """Begin without a session."""
        self.world = world
        self.hub = Hub()
        self.voice = PageVoice(self.hub)
        self.choices = load_choices()
        self.sitting: Sitting | None = None
        self._preview: Preview | None = None
        self._turn = Lock()
        """Held while a session begins: whoever clicks twice begins one."""

    @property
    def is_busy(self) -> bool:
        """Whether a session is going on."""
        return self.sitting is not None and not self.sitting.is_over

    @property
    def camera(self) -> str:
        """The camera to look through."""
        return self.world.camera or self.choices.camera

    def routine(self) -> Routine:
        """The routine that was chosen, or the usual one where that is gone."""
        try:
            return load_routine(self.choices.routine)
        except ExerciseError:
            return load_routine(Choices().routine)

    def choose(self, choices: Choices) -> None:
        """Keep what was chosen."""
        self.choices = choices
        save_choices(choices)

    # Sessions.

    def begin(self, routine: Routine | None) -> None:
        """Begin a session, unless one is going on; without a routine of whatever is done."""
        with self._turn:
            if not self.is_busy:
                self._begin(routine)

    def _begin(self, routine: Routine | None) -> None:
        if self._preview is not None:
            self._preview.end()
        equipment = Equipment(
            camera=self.camera,
            follower=self.world.follower,
            voices=[self.voice.maker(lambda: self.choices.volume / 100), *self.world.voices],
            muted=not self.choices.voice,
            heard=self.world.heard,
            observers=self.world.observers,
        )
        self.sitting = Sitting(self._order(routine), equipment, self.hub)
        self.sitting.start()

    def obey(self, message: dict[str, Any]) -> None:
        """Do what a page asks for; what is not known is left alone."""
        if "speaks" in message:
            self.voice.answer(message["speaks"] is True)
        elif "said" in message:
            self.voice.was_said(message["said"])
        elif (press := message.get("press")) == "look":
            self._look()
        elif isinstance(press, str) and press in PRESSES and self.sitting is not None:
            self.sitting.press(press)

    def _look(self) -> None:
        """Show what the camera sees, unless somebody exercises before it."""
        if self.is_busy or (self._preview is not None and self._preview.is_alive()):
            return
        self._preview = Preview(self.camera, self.hub)
        self._preview.start()

    def close(self) -> None:
        """Free the camera, and end the session that is going on; what was done is kept."""
        if self._preview is not None:
            self._preview.end()
        if self.sitting is not None and self.is_busy:
            self.sitting.end()
            self.sitting.join(ENDS_WITHIN)

    def _order(self, routine: Routine | None) -> Order:
        say, camera = self.choices.say, self.camera
        if routine is None:
            exercises, _ = usable_exercises()
            known = list(exercises.values())
            free = partial(FreeCoach, known, say=say, source=camera)
            return Order("Whatever you do", None, lambda mouth: ByGesture(free(mouth)))
        guided = partial(LiveCoach, routine, say=say, source=camera)
        return Order(routine.title, routine, lambda mouth: ByGesture(guided(mouth)))

    # What was done.

    def sets(self) -> list[SavedSet]:
        """All sets of whoever uses this computer; those of others are not for this page."""
        return [each for each in self._told(History.sets) if each.origin.person is None]

    def walks(self) -> list[Walk]:
        """All walks of the history."""
        return self._told(History.walks)

    def feelings(self) -> list[Feeling]:
        """All that was said of how it felt."""
        return self._told(History.feelings)

    def today(self) -> list[Due]:
        """What is due today."""
        return due_today(self.routine(), self.sets(), date.today(), self.hurt_today())

    def hurt_today(self) -> set[str]:
        """The exercises that hurt today."""
        told, today = self.feelings(), date.today()
        return {f.exercise for f in told if f.kind == "hurt" and f.exercise and f.day == today}

    def card(self) -> EndCard | None:
        """The end card of the last session."""
        return end_card(self.sitting.kept.tally.outcomes) if self.sitting else None

    def feel(self, kind: FeelingKind, score: int) -> None:
        """Note how hard or painful the last session was, if anything of it was kept."""
        session = self.sitting.kept.saver.session if self.sitting else None
        if session is None:
            return
        with History.open(history_path()) as history:
            now = datetime.now().astimezone()
            history.add_feeling(Feeling(now, kind, None, score, session))

    def _told(self, read: Callable[[History], list[Told]]) -> list[Told]:
        """What the history holds; nothing if there is none yet."""
        opened = History.open_to_read(history_path())
        if opened is None:
            return []
        with opened:
            return read(opened)
