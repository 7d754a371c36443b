"""Writes what happens and what is said, as it comes from two threads."""

import threading
from collections.abc import Callable

from formcheck.coaching.speech import Utterance
from formcheck.files.outlet import Outlet
from formcheck.observer import Judged, Observer, Outcome
from formcheck.results.as_json import EventsLog

WriteEvents = Callable[[EventsLog], object]


def _nothing(write: WriteEvents) -> None:
    """Write nothing."""


class SaidLog(Observer):
    """An events' log that has the spoken words, too."""

    def __init__(self, outlet: Outlet[EventsLog] | None = None) -> None:
        """Take the log; should it fail, the session goes on. Without one nothing is written."""
        self._outlet: Callable[[WriteEvents], None] = outlet or _nothing
        self._turn = threading.Lock()

    def add(self, judged: Judged) -> None:
        """Write what happened now."""
        with self._turn:
            self._outlet(lambda log: log.add(judged))

    def end(self, outcome: Outcome) -> None:
        """Write what the end brought."""
        with self._turn:
            self._outlet(lambda log: log.end(outcome))

    def heard(self, time: float, utterance: Utterance) -> None:
        """Write what is said; in the voice's thread."""
        with self._turn:
            self._outlet(lambda log: log.said(time, utterance.text))
