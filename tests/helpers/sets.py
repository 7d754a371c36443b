"""A set for the history."""

from datetime import UTC, datetime
from math import nan

from formcheck.events import FaultFound, Partial, Rep, Set, Unjudged
from formcheck.history.rows import Origin
from formcheck.results.rows import NumberedSet

MORNING = datetime(2026, 10, 7, 8, 12, 30, tzinfo=UTC)
ORIGIN = Origin(MORNING, "live", "0", "back-care")


def a_set(side: str | None = None, reps: int = 5) -> NumberedSet:
    """A set with faults, a partial, and numbers that are unknown."""
    fault = FaultFound("low", "fault", side, 1, 1.0, 2.0, 150.0, 160.0, "Higher.")  # type: ignore[arg-type]
    arched = FaultFound("arch", "safety", side, 2, 1.0, 2.0, 196.0, 195.0, "Down.", "Back arched")  # type: ignore[arg-type]
    done = tuple(
        Rep(number, side, 0.0, 1.0, 2.0, nan, 40.0, 170.0, 0.5, 0.5,
            (fault,) if number == 1 else (), (Unjudged("x", "hidden"),), number != 1,
            (arched,) if number == 2 else ())  # type: ignore[arg-type]
        for number in range(1, reps + 1)
    )  # fmt: skip
    hint = FaultFound("fast", "hint", side, None, 3.0, 3.5, 0.2, 0.8, "Slowly.")  # type: ignore[arg-type]
    part = Partial(side, 3.0, 4.0, 100.0, "turned back", (hint,))  # type: ignore[arg-type]
    return NumberedSet("0", "bridge", 1, "degrees", Set(side, done, (part,)), "Glute bridge")  # type: ignore[arg-type]
