"""How it felt: that an exercise hurt, how hard a session was, how much pain there was."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, get_args

from formcheck.history.rows import YEARS, checked

FeelingKind = Literal["hurt", "effort", "pain"]
HIGHEST = 10
"""Of effort and pain; 0 is none."""


@dataclass(frozen=True, slots=True)
class Feeling:
    """What somebody said of how it felt."""

    told: datetime
    """Local time, with its offset from UTC."""
    kind: FeelingKind
    exercise: str | None = None
    """Which one hurt; none where it is said of a whole session."""
    score: int | None = None
    """Of effort or pain, 0 to `HIGHEST`."""
    session: int | None = None
    """The number of the session, if anything was counted in it."""

    @property
    def day(self) -> date:
        """The day on which it was said."""
        return self.told.date()


def feeling_cells(feeling: Feeling) -> dict[str, Any]:
    """The columns of a feeling."""
    return {
        "session": feeling.session,
        "told_at": feeling.told.isoformat(timespec="seconds"),
        "kind": feeling.kind,
        "exercise": feeling.exercise,
        "score": feeling.score,
    }


def feeling_in(row: dict[str, Any]) -> Feeling:
    """A feeling; ValueError or TypeError if it cannot be."""
    told = datetime.fromisoformat(row["told_at"])
    kind, score = row["kind"], checked(row["score"], (int, type(None)))
    if told.year not in YEARS or kind not in get_args(FeelingKind):
        raise ValueError(f"{row!r} is no feeling")
    if score is not None and not 0 <= score <= HIGHEST:
        raise ValueError(f"{score} is no score")
    told = told if told.tzinfo else told.astimezone()
    exercise = checked(row["exercise"], (str, type(None)))
    return Feeling(told, kind, exercise, score, row["session"])
