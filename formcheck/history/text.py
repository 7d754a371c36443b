"""The history for a person to read in a terminal: recent sessions, and this week's plan."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from rich.console import Console
from rich.table import Table
from rich.text import Text

from formcheck.definition.routine import Routine
from formcheck.history.progress import borderline_faults
from formcheck.history.rows import SavedSet, Walk
from formcheck.history.titles import exercise_title, fault_title
from formcheck.history.trends import (
    counted_in,
    mean_hold,
    mean_range,
    plan_weeks,
)
from formcheck.language.tongue import tr, trn
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
    table.add_column(tr("no"), justify="right", no_wrap=True)
    table.add_column(tr("when"), no_wrap=True)
    table.add_column(tr("exercise"), overflow="fold")
    for name in (tr("sets"), tr("counted"), tr("clean"), tr("hold"), tr("range")):
        table.add_column(name, justify="right", no_wrap=True)
    for row in rows:
        if row.session in shown:
            table.add_row(*_cells(row))
    console.print(table)
    if more := len(sessions) - len(shown):
        command = f"--last {len(sessions)}"
        console.print(
            trn(
                "... and {number} earlier session. Show all with {command}",
                "... and {number} earlier sessions. Show all with {command}",
                more,
                command=command,
            )
        )
    if rows:
        _print_borderline(console, [row for row in rows if row.session == rows[0].session])


def _print_borderline(console: Console, rows: Sequence[SessionRow]) -> None:
    """Print what was a little off in the latest session, though the rep is clean all the same."""
    told = [
        f"{fault_title(row.exercise, fault)} ({count(number, 'time')})"
        for row in rows
        for fault, number in borderline_faults(row.sets)
    ]
    if told:
        words = tr("Borderline in the latest session: {faults}.", faults=", ".join(told))
        console.print(Text(words))


def print_week(
    console: Console,
    sets: Sequence[SavedSet],
    walks: Sequence[Walk],
    routine: Routine,
    today: date,
) -> None:
    """Print how much of the plan was done this week."""
    week = plan_weeks(sets, walks, routine, today)[-1]
    words = tr(
        "{routine} this week: {full} of {days} full days",
        routine=tr(routine.title),
        full=week.full_days,
        days=routine.plan.days,
    )
    if week.part_days:
        words += tr(", {part} partial", part=week.part_days)
    if goal := routine.plan.walk_minutes * 7:
        words += tr("; walked {walked} of {goal} min", walked=week.walked, goal=goal)
    console.print()
    for line in Text(words, style="bold").wrap(console, console.width):
        line.rstrip()
        console.print(line)


def _cells(row: SessionRow) -> list[Text | str]:
    counted = counted_in(row.sets)
    return [
        str(row.session),
        f"{row.sets[0].origin.started:%Y-%m-%d %H:%M}",
        Text(exercise_title(row.exercise, row.sets[-1].labelled.title)),
        str(len(row.sets)),
        str(len(counted)),
        str(sum(done.clean for done in counted)),
        seconds(mean_hold(counted)),
        amount(mean_range(counted), row.sets[0].labelled.unit),
    ]
