"""The history for other programs: a tidy CSV table of its reps, or everything as JSON."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby

from formcheck.fields import FAULT_COLUMNS, HEAD, PARTIAL, REP_COLUMNS, Row, json_cells
from formcheck.history.rows import SavedSet, Walk
from formcheck.results.as_json import Table, to_json
from formcheck.results.rows import fault_rows, rep_rows
from formcheck.results.tables import csv_text

FORMAT = "formcheck-history/1"


def history_csv(sets: Iterable[SavedSet]) -> str:
    """A row for each rep: session, when that began, and the columns of `--reps`."""
    rows: list[Row] = []
    for each in sets:
        head: Row = {
            "session": each.session,
            "started_at": each.origin.started.isoformat(timespec="seconds"),
        }
        rows.extend(head | row for row in rep_rows([each.labelled]))
    return csv_text(["session", "started_at", *REP_COLUMNS], rows)


def history_json(sets: Sequence[SavedSet], walks: Iterable[Walk]) -> str:
    """Everything in the history, as one indented JSON object."""
    sessions = [
        _session_table(list(group)) for _, group in groupby(sets, lambda each: each.session)
    ]
    minutes: dict[str, int] = defaultdict(int)
    for walk in walks:
        minutes[walk.day.isoformat()] += walk.minutes
    table: Table = {
        "format": FORMAT,
        "sessions": sessions,
        "walks": [{"day": day, "minutes": total} for day, total in minutes.items()],
    }
    return to_json(table, indent=2)


def _session_table(sets: Sequence[SavedSet]) -> Table:
    origin = sets[0].origin
    return {
        "session": sets[0].session,
        "started_at": origin.started.isoformat(timespec="seconds"),
        "kind": origin.kind,
        "source": origin.source,
        "routine": origin.routine,
        "person": origin.person,
        "sets": [_set_table(each) for each in sets],
    }


def _set_table(each: SavedSet) -> Table:
    labelled = each.labelled
    return {
        "exercise": labelled.exercise,
        "title": labelled.title,
        "side": labelled.set.side,
        "set": labelled.number,
        "reps": [_without_head(row, REP_COLUMNS) for row in rep_rows([labelled])],
        "partials": [json_cells(PARTIAL, partial) for partial in labelled.set.partials],
        "faults": [_without_head(row, FAULT_COLUMNS) for row in fault_rows([labelled])],
    }


def _without_head(row: Row, columns: Iterable[str]) -> Row:
    return {name: row[name] for name in columns if name not in HEAD}
