"""What was done before, as far as the history can be read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from formcheck.errors import HistoryError
from formcheck.history.file import history_path
from formcheck.history.rows import Feeling, SavedSet, Walk
from formcheck.history.store import History


@dataclass(frozen=True, slots=True)
class Past:
    """All that the history holds of whoever uses this computer; nothing if some can't be read.

    What others did is not for the pages.
    """

    sets: Sequence[SavedSet] = ()
    walks: Sequence[Walk] = ()
    feelings: Sequence[Feeling] = ()
    trouble: HistoryError | None = None
    """Why it could not be read."""

    def hurt_on(self, day: date) -> set[str]:
        """The exercises that hurt on a day."""
        hurts = [each for each in self.feelings if each.kind == "hurt" and each.day == day]
        return {each.exercise for each in hurts if each.exercise}


def read_past() -> Past:
    """Read the history; there may be none yet."""
    try:
        opened = History.open_to_read(history_path())
        if opened is None:
            return Past()
        with opened:
            own = [each for each in opened.sets() if each.origin.person is None]
            return Past(own, opened.walks(), opened.feelings())
    except HistoryError as error:
        return Past(trouble=error)
