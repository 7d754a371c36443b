"""The history for a person to read in a terminal: recent sessions, and this week's plan."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from rich.console import Console
from rich.table import Table
from rich.text import Text

from formcheck.definition.routine import Routine
from formcheck.events import titled
from formcheck.history.rows import SavedSet, Walk
from formcheck.history.trends import (
    counted_in,
    mean_hold,
    mean_range,
    plan_weeks,
    what_is_counted,
)
from formcheck.wording import amount, count, seconds


@dataclass(frozen=True, slots=True)
class SessionRow:
    """One exercise of one session."""

    session: int
    exercise: str
    sets: tuple[SavedSet, ...]


def session_rows(sets: Iterable[SavedSet]) -> list[SessionRow]:
    """What was done, the latest first: a row for each exercise of a session."""
    groups: dict[tuple[int, str], list[SavedSet]] = {}
    for each in sets:
        groups.setdefault((each.session, each.labelled.exercise), []).append(each)
    rows = [SessionRow(*key, tuple(group)) for key, group in groups.items()]
    return sorted(rows, key=lambda row: row.sets[0].origin.started, reverse=True)


def print_history(console: Console, rows: Sequence[SessionRow], last: int) -> None:
    """Print a line for each row of the last sessions, and how many sessions more there are."""
    sessions = list(dict.fromkeys(row.session for row in rows))
    shown = set(sessions[:last])
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("no", justify="right", no_wrap=True)
    table.add_column("done", no_wrap=True)
    table.add_column("exercise", overflow="fold")
    for name in ("sets", "counted", "clean", "hold", "range"):
        table.add_column(name, justify="right", no_wrap=True)
    for row in rows:
        if row.session in shown:
            table.add_row(*_cells(row))
    console.print(table)
    if more := len(sessions) - len(shown):
        words = count(more, "earlier session")
        console.print(f"... and {words}. Show all with --last {len(sessions)}")


def print_week(
    console: Console,
    sets: Sequence[SavedSet],
    walks: Sequence[Walk],
    routine: Routine,
    today: date,
) -> None:
    """Print how much of the plan was done this week."""
    week = plan_weeks(sets, walks, routine, today)[-1]
    words = f"{routine.title} this week: {week.full_days} of {routine.plan.days} full days"
    if week.part_days:
        words += f", {week.part_days} partial"
    if goal := routine.plan.walk_minutes * 7:
        words += f"; walked {week.walked} of {goal} min"
    console.print()
    for line in Text(words, style="bold").wrap(console, console.width):
        line.rstrip()
        console.print(line)


def _cells(row: SessionRow) -> list[Text | str]:
    counted = counted_in(row.sets)
    return [
        str(row.session),
        f"{row.sets[0].origin.started:%Y-%m-%d %H:%M}",
        Text(titled(row.exercise)),
        str(len(row.sets)),
        count(len(counted), what_is_counted(row.sets)),
        str(sum(done.clean for done in counted)),
        seconds(mean_hold(counted)),
        amount(mean_range(counted), row.sets[0].labelled.unit),
    ]
