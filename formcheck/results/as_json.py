"""Results as files for other programs: JSON for a summary, JSON lines for events, CSV for measures.

Numbers are rounded to what they are worth: milliseconds, hundredths of a degree. Unknown is `null`
in JSON and an empty cell in CSV.
"""

import csv
import io
import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from formcheck.events import BESIDE_VALUES, Event, Summary
from formcheck.exercise import Exercise
from formcheck.fields import worth
from formcheck.files.whole import whole_file
from formcheck.observer import Judged, Observer, Outcome, Stretch
from formcheck.pose import SourceInfo

FORMAT = "formcheck/1"
Table = dict[str, Any]


def summary_table(summary: Summary, source: SourceInfo, recognised: Stretch | None = None) -> Table:
    """A summary as the table that `--json` writes. docs/files.md describes it.

    Args:
        summary: what was found.
        source: in what.
        recognised: where and why it was taken for this exercise; none where it was named.
    """
    return {
        "format": FORMAT,
        "source": {
            "path": source.path,
            "duration_s": worth("seconds", source.duration),
            "frames": source.frames,
            "frames_with_pose": source.frames_with_pose,
        },
        "exercise": summary.exercise or None,
        "recognised": None if recognised is None else _stretch_table(recognised),
        **summary.to_dict(),
    }


def _stretch_table(stretch: Stretch) -> Table:
    return {
        "start_s": worth("seconds", stretch.start),
        "end_s": worth("seconds", stretch.end),
        "claims": dict(stretch.claims),
        "words": stretch.words,
    }


def to_json(table: Table, indent: int | None = None) -> str:
    """JSON text that any parser reads and any console prints: no NaN, ASCII only.

    File names need not be text that UTF-8 can hold; as ASCII, JSON can say them all.
    """
    return json.dumps(table, indent=indent, allow_nan=False)


def event_json(event: Event, exercise: str = "") -> str:
    """An event of an exercise as one line of JSON, without what it does not have."""
    table: Table = {"time_s": worth("seconds", event.time), "kind": event.kind}
    extras = {
        "exercise": exercise,
        "name": event.name,
        "side": event.side,
        "rep": event.number,
        "value": worth("number", event.value),
        "cue": event.cue,
    }
    return to_json(table | {key: value for key, value in extras.items() if value not in ("", None)})


class EventsLog(Observer):
    """Writes all events, a line of JSON each, as they happen."""

    def __init__(self, write: Callable[[str], object]) -> None:
        """Take what writes a line."""
        self._write = write

    def add(self, judged: Judged) -> None:
        """Write what happened now."""
        if judged.snapshot is not None:
            self._log(judged.snapshot.events, judged.exercise)

    def end(self, outcome: Outcome) -> None:
        """Write what the end brought."""
        self._log(outcome.summary.ending, outcome.exercise)

    def said(self, time: float, words: str) -> None:
        """Write what began to be said now."""
        self._write(
            f"{to_json({'time_s': worth('seconds', time), 'kind': 'said', 'words': words})}\n"
        )

    def _log(self, events: Iterable[Event], exercise: Exercise | None) -> None:
        for event in events:
            self._write(f"{event_json(event, exercise.name if exercise else '')}\n")


@contextmanager
def events_file(path: str | os.PathLike[str]) -> Iterator[EventsLog]:
    """Write all the events to a file, whole or not at all."""
    with whole_file(path) as file:
        yield EventsLog(lambda line: file.write(line.encode()))


@contextmanager
def values_file(path: str | os.PathLike[str]) -> Iterator["ValuesTable"]:
    """Write every measure at every time as CSV: the table to choose limits by."""
    with whole_file(path) as file:
        text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
        try:
            yield ValuesTable(text)
        finally:
            text.detach()  # or else it closes the file, which is not its own


class ValuesTable(Observer):
    """Writes every measure at every time as a row of CSV."""

    def __init__(self, file: io.TextIOBase) -> None:
        """Begin a table, whose header the first snapshot tells."""
        self._writer = csv.writer(file)
        self._has_header = False

    def add(self, judged: Judged) -> None:
        """Write a row."""
        snapshot = judged.snapshot
        if snapshot is None:
            return
        if not self._has_header:
            self._writer.writerow([*BESIDE_VALUES, *snapshot.values])
            self._has_header = True
        values = (_cell(value) for value in snapshot.values.values())
        self._writer.writerow(
            [f"{snapshot.time:.3f}", snapshot.phase, snapshot.side or "", snapshot.reps, *values]
        )


def _cell(value: float) -> str:
    return f"{value:.4g}" if value == value else ""
