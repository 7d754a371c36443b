"""Puts into the history what was done: live each set when it is over, checked sources whole."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path

from formcheck.errors import HistoryError
from formcheck.events import Set
from formcheck.exercise import Exercise, Side
from formcheck.history.file import history_path
from formcheck.history.rows import Origin
from formcheck.history.store import History
from formcheck.observer import Judged, Observer, Outcome
from formcheck.results.rows import NumberedSet, numbered_sets
from formcheck.terminal import tell

LIVE_PATIENCE = 0.5
"""Seconds that a picture may stand still because another program is writing."""


class SetSaver(Observer):
    """Saves each set of a live session as soon as it is over.

    A set that cannot be saved is tried again with the next one, and at the end; the session goes
    on meanwhile.
    """

    def __init__(self, source: str, routine: str | None, path: Path | None = None) -> None:
        """Begin a session now.

        Args:
            source: the camera, stream or video.
            routine: the routine's name, if it is one.
            path: the file of the history; none for the usual one.
        """
        self._path = path or history_path()
        self._origin = Origin(datetime.now().astimezone(), "live", source, routine)
        self._waiting: list[NumberedSet] = []
        self._taken: dict[int, list[Set]] = {}
        """The sets that were taken in, by the part of the session."""
        self.session: int | None = None
        """Its number in the history, once there is a set in it."""

    def add(self, judged: Judged) -> None:
        """Save the sets that a long pause has just ended."""
        if judged.exercise is not None and judged.snapshot is not None:
            self._take(judged.number, judged.exercise, judged.snapshot.finished)

    def end(self, outcome: Outcome) -> None:
        """Save the sets that were still going on."""
        if outcome.exercise is not None:
            self._take(outcome.number, outcome.exercise, outcome.summary.sets)

    def _take(self, number: int, exercise: Exercise, sets: Sequence[Set]) -> None:
        taken = self._taken.setdefault(number, [])
        new = [each for each in sets if each not in taken]
        if not new:
            return
        taken += new
        self._waiting += numbered_sets(exercise, new, self._origin.source)
        try:
            self.save_waiting(LIVE_PATIENCE)
        except HistoryError:
            return  # tried again later, and told at the end if that fails too

    def save_waiting(self, patience: float = 2.0) -> None:
        """Save what could not be saved before; HistoryError if it still cannot be."""
        if self._waiting:
            with History.open(self._path, patience) as history:
                self.session = history.add_sets(self._origin, self._waiting, self.session)
            self._waiting.clear()


@contextmanager
def saved_live(source: str, routine: str | None, is_saved: bool) -> Iterator[list[SetSaver]]:
    """What puts each finished set of a live session into the history, if it is to be saved.

    Should the history fail, that is told when the session is over and its result was shown.
    """
    savers = [SetSaver(source, routine)] if is_saved else []
    try:
        yield savers
    except BaseException:
        for saver in savers:
            _tell_unsaved(saver)
        raise
    for saver in savers:
        saver.save_waiting()


def _tell_unsaved(saver: SetSaver) -> None:
    """Save what is left; a history that fails is told, because another error is on its way."""
    try:
        saver.save_waiting()
    except HistoryError as error:
        tell(error)


def save_checked(exercise: Exercise, side: Side | None, outcome: Outcome, on: date | None) -> str:
    """Save a checked video or recording in one transaction; words for the user.

    It is dated by its file, which was finished when the exercise was, unless `on` says otherwise.
    Saving the same file again takes the place of what was saved first.

    Raises:
        HistoryError: it cannot be saved.
    """
    summary, source = outcome.summary, outcome.source
    if not summary.sets:
        return "There is nothing to save: no rep was tried."
    path = os.path.abspath(source.path)
    file = os.stat(path)
    ended = datetime.fromtimestamp(file.st_mtime).astimezone()
    started = ended - timedelta(seconds=source.duration)
    if on is not None:
        started = datetime.combine(on, started.time()).astimezone()
    identity = f"{exercise.name} {side or ''} {file.st_size} {file.st_mtime_ns} {path}"
    sets = numbered_sets(exercise, summary.sets, path)
    with History.open(history_path()) as history:
        number = history.add_sets(Origin(started, "check", path, None, identity), sets)
    why = "as you said" if on is not None else "the date of its file; --on DATE says another"
    return f"Saved as session {number}, done on {started:%Y-%m-%d} ({why})."
