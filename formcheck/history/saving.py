"""Puts into the history what was done: live each rep when it is counted, checked sources whole."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from hashlib import file_digest
from pathlib import Path

from formcheck.errors import HistoryError
from formcheck.events import Counted, Hold, Rep, Set
from formcheck.exercise import Exercise, Side
from formcheck.history.file import PATIENCE, history_path
from formcheck.history.rows import YEARS, Feeling, Origin
from formcheck.history.store import History
from formcheck.history.trouble import told
from formcheck.language.sentences import Sentence
from formcheck.language.tongue import tr
from formcheck.observer import Judged, Observer, Outcome
from formcheck.printable import without_login
from formcheck.results.rows import NumberedSet, numbered_sets
from formcheck.terminal.lines import note, tell

LIVE_PATIENCE = 0.5
"""Seconds that a picture may stand still because another program is writing."""


AS_SAID = Sentence("as you said")
BY_FILE = Sentence("its file's date; change it with --on DATE")
NOT_TO_COME = Sentence("today, because its file's date is in the future; change it with --on DATE")
"""How it is known when something was done."""


class SetSaver(Observer):
    """Saves a live session as it goes on: each rep as soon as it is counted.

    The whole session is saved each time, in place of what was saved of it before. What cannot be
    saved is so with the next rep, or at the end; the session goes on meanwhile.
    """

    def __init__(
        self, source: str, routine: str | None, path: Path | None = None, person: str = ""
    ) -> None:
        """Begin a session now.

        Args:
            source: the camera, stream or video.
            routine: the routine's name, if it is one.
            path: the file of the history; none for the usual one.
            person: who exercises; empty for whoever uses this computer.
        """
        self._path = path or history_path()
        now = datetime.now().astimezone()
        source = without_login(source)
        self._origin = Origin(now, "live", source, routine, person=person or None)
        self._over: list[NumberedSet] = []
        """Of the parts that are over, and the sets that are."""
        self._number = -1
        """Of the part that goes on."""
        self._exercise: Exercise | None = None
        self._finished: list[Set] = []
        """Sets of the part that goes on, those that are over."""
        self._counted: dict[Side | None, list[Counted]] = {}
        """What was counted on each side in the set that goes on."""
        self._feelings: list[Feeling] = []
        """Those that are not saved yet."""
        self._is_saved = True
        self.session: int | None = None
        """Its number in the history, once anything of it is there."""

    def add(self, judged: Judged) -> None:
        """Save what has just been counted, and the sets that a long pause has just ended."""
        if judged.exercise is None or judged.snapshot is None:
            return
        if judged.number != self._number:
            self._begin(judged.number, judged.exercise)
        snapshot = judged.snapshot
        for done in snapshot.counted:
            self._counted.setdefault(done.side, []).append(done)
        for each in snapshot.finished:
            self._finished.append(each)
            self._counted.pop(each.side, None)
        if snapshot.counted or snapshot.finished:
            self._save_now()

    def end(self, outcome: Outcome) -> None:
        """Save all that was found in a part, now that it is over."""
        if outcome.exercise is None:
            return
        self._begin(outcome.number, outcome.exercise)
        sets = outcome.summary.sets
        self._over += numbered_sets(outcome.exercise, sets, self._origin.source)
        if outcome.hurt:
            now = datetime.now().astimezone()
            self._feelings.append(Feeling(now, "hurt", outcome.exercise.name))
        if sets or outcome.hurt:
            self._save_now()

    def _begin(self, number: int, exercise: Exercise) -> None:
        self._number, self._exercise = number, exercise
        self._finished.clear()
        self._counted.clear()

    def _sets(self) -> list[NumberedSet]:
        """All that is known by now."""
        if self._exercise is None:
            return self._over
        going_on = [_going_on(side, done) for side, done in self._counted.items()]
        sets = [*self._finished, *going_on]
        return [*self._over, *numbered_sets(self._exercise, sets, self._origin.source)]

    def _save_now(self) -> None:
        self._is_saved = False
        with suppress(HistoryError):  # tried again later, and told at the end if that fails too
            self.save_waiting(LIVE_PATIENCE)

    def save_all_again(self) -> None:
        """Have nothing as saved, as the history was begun anew: all of it is saved next time."""
        self._is_saved = False

    def save_waiting(self, patience: float = PATIENCE) -> None:
        """Save what could not be saved before; HistoryError if it still cannot be."""
        if not self._is_saved:
            with History.open(self._path, patience) as history:
                self.session = history.save_session(self._origin, self._sets(), self.session)
                while self._feelings:
                    history.add_feeling(replace(self._feelings[0], session=self.session))
                    self._feelings.pop(0)
            self._is_saved = True


def _going_on(side: Side | None, done: Sequence[Counted]) -> Set:
    """A set as far as it was done."""
    reps = tuple(each for each in done if isinstance(each, Rep))
    holds = tuple(each for each in done if isinstance(each, Hold))
    return Set(side, reps, (), holds)


@contextmanager
def saved_live(saver: SetSaver) -> Iterator[None]:
    """Have each rep of a live session in the history, which `saver` puts there.

    A history that cannot be used is told before anybody exercises: it can be mended meanwhile.
    Should the history fail, that is told when the session is over and its result was shown.
    """
    _tell_unusable(history_path())
    try:
        yield
    except BaseException:
        _tell_unsaved(saver)
        raise
    saver.save_waiting()


def _tell_unusable(path: Path) -> None:
    try:
        opened = History.open_to_read(path)
    except HistoryError as error:
        unsaved = Sentence(
            "{error} formcheck won't save this session until that is fixed.", error=error.sentence
        )
        note([unsaved])
    else:
        if opened:
            opened.__exit__()


def _tell_unsaved(saver: SetSaver) -> None:
    """Save what is left; a history that fails is told, because another error is on its way."""
    try:
        saver.save_waiting()
    except HistoryError as error:
        tell(error)


def save_checked(
    found: Sequence[Outcome], side: Side | None, on: date | None, person: str
) -> list[str]:
    """Save what was found in a video or recording; words for the user.

    Each exercise in it is a session, its parts together. It is dated by its file, which was
    finished when the exercise was, unless `on` says otherwise. Saving the same content again,
    whatever the file is called by then, takes the place of what was saved first.

    Args:
        found: in one source, in order of time.
        side: the only side that was watched, if there was one.
        on: the day on which it was done.
        person: who did it; empty for whoever uses this computer.

    Raises:
        HistoryError: it cannot be saved.
    """
    by_exercise: dict[str, list[Outcome]] = {}
    for each in found:
        if each.exercise is not None:
            by_exercise.setdefault(each.exercise.name, []).append(each)
    return [_save_parts(parts, side, on, person) for parts in by_exercise.values()]


def _save_parts(parts: Sequence[Outcome], side: Side | None, on: date | None, person: str) -> str:
    """Save what was found of one exercise; words for the user."""
    first = parts[0]
    sets = [each for part in parts for each in part.summary.sets]
    exercise = first.exercise
    if exercise is None or not sets:
        return tr("There is nothing to save: formcheck saw no attempt at a rep.")
    path = os.path.abspath(first.source.path)
    started, why = _started(path, first.source.duration, on)
    identity = f"{exercise.name} {side or ''} {_content(path)}" + (f" {person}" if person else "")
    numbered = numbered_sets(exercise, sets, path)
    with History.open(history_path()) as history:
        origin = Origin(started, "check", path, None, identity, person or None)
        number = history.save_session(origin, numbered)
    whose = tr(" of {person}", person=person) if person else ""
    return tr(
        "Saved as session {number}{whose}, done on {day} ({why}).",
        number=number,
        whose=whose,
        day=started.date().isoformat(),
        why=tr(why),
    )


def _started(path: str, duration: float, on: date | None) -> tuple[datetime, Sentence]:
    """When what is in a file was begun, and how that is known.

    Raises:
        HistoryError: nobody can have exercised then.
    """
    with suppress(ValueError, OverflowError):  # no calendar has the file's date
        ended = datetime.fromtimestamp(os.stat(path).st_mtime).astimezone()
        started = ended - timedelta(seconds=duration)
        if on is not None:
            return datetime.combine(on, started.time()).astimezone(), AS_SAID
        if started.date() > date.today():
            return datetime.now().astimezone(), NOT_TO_COME
        if started.year in YEARS:
            return started, BY_FILE
    if on is not None:
        return datetime.combine(on, time(12)).astimezone(), AS_SAID
    raise HistoryError(
        "{file} has an impossible date. Add --on DATE with the day you exercised.", file=path
    )


def _content(path: str) -> str:
    """What all copies of a file have in common, wherever they are."""
    with told(Path(path)), open(path, "rb") as file:
        return file_digest(file, "sha256").hexdigest()
