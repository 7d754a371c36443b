"""`formcheck check`: judge one source after the other and give each result to whoever wants it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import BinaryIO

import typer
from rich.console import Console

from formcheck.checking import Result, Sink, judge
from formcheck.errors import HistoryError, ModelError, SourceError
from formcheck.exercise import Exercise, Side
from formcheck.export import events_file, summary_table, to_json, values_file
from formcheck.extras import Extras
from formcheck.messages import NOT_MET, note, tell
from formcheck.privacy import block_usage_statistics
from formcheck.progress import download_bar, time_bar
from formcheck.report import print_report
from formcheck.saving import save_checked
from formcheck.sources import FindModel, open_source
from formcheck.table_files import table_file
from formcheck.tidy import (
    FAULT_COLUMNS,
    REP_COLUMNS,
    Column,
    LabelledSet,
    Row,
    fault_rows,
    labelled_sets,
    rep_rows,
)
from formcheck.whole_file import whole_file

STDOUT = "-"


@dataclass(frozen=True, slots=True)
class Outputs:
    """Where the results go, besides the terminal."""

    json: str | None = None
    """A file, or `-` for stdout instead of the summary."""
    events: Path | None = None
    values: Path | None = None
    report: Path | None = None
    video: Path | None = None
    reps: Path | None = None
    faults: Path | None = None
    save: bool = False
    """Whether the history is to have the results too."""
    on: date | None = None
    """When it was done, for the history, if not when the source was written."""

    @property
    def json_file(self) -> Path | None:
        """The file of JSON, if it is one."""
        return Path(self.json) if self.json and self.json != STDOUT else None

    @property
    def files(self) -> list[Path]:
        """All files that will be written."""
        pages = (self.report, self.video)
        tables = (self.json_file, self.events, self.values, self.reps, self.faults)
        return [path for path in (*tables, *pages) if path]


def check_all(
    sources: Sequence[Path],
    exercise: Exercise,
    side: Side | None,
    find_model: FindModel,
    outputs: Outputs,
) -> tuple[list[Result], int]:
    """Judge all sources; what was found, and the worst exit code of those that are no good.

    The file of JSON is opened before any work is done for it, and is not written if no source
    could be judged.
    """
    results: list[Result] = []
    code = 0
    with ExitStack() as files:
        path = outputs.json_file
        file = files.enter_context(whole_file(path)) if path else None
        tables = [files.enter_context(table) for table in _tables(exercise, outputs)]
        for source in sources:
            try:
                result = _check_one(source, exercise, side, find_model, outputs)
            except (SourceError, ModelError) as error:
                code = max(code, tell(error))
                continue
            if results and outputs.json != STDOUT:
                typer.echo()
            results.append(result)
            _hand_out(result, exercise, outputs, file, indent=2 if len(sources) == 1 else None)
            for table in tables:
                table(result)
            if outputs.save:
                code = max(code, _save(result, exercise, side, outputs.on))
        if not results:
            raise typer.Exit(code)
    return results, code


def exit_code_of_form(results: Sequence[Result]) -> int:
    """0 if there are reps in every result and all are clean."""
    clean = (
        bool(result.summary.counted) and all(done.clean for done in result.summary.counted)
        for result in results
    )
    return 0 if all(clean) else NOT_MET


def model_finder(name_or_path: str | None) -> FindModel:
    """Find the model when it is needed, showing its download; what came of it is remembered.

    It is needed when MediaPipe is about to be loaded, so MediaPipe is kept off the network then.
    """
    answers: list[Path | ModelError] = []

    def find() -> Path:
        from formcheck.model_file import find_model

        if not answers:
            try:
                with download_bar("Fetching the pose model, once") as show:
                    answers.append(find_model(name_or_path, progress=show))
            except ModelError as error:
                answers.append(error)
        (answer,) = answers
        if isinstance(answer, ModelError):
            raise answer
        block_usage_statistics()
        return answer

    return find


def _check_one(
    path: Path,
    exercise: Exercise,
    side: Side | None,
    find_model: FindModel,
    outputs: Outputs,
) -> Result:
    with ExitStack() as stack:
        sinks: list[Sink] = []
        tell_events = stack.enter_context(events_file(outputs.events)) if outputs.events else None
        if tell_events:
            sinks.append(lambda snapshot: tell_events(snapshot.events))
        if outputs.values:
            sinks.append(stack.enter_context(values_file(outputs.values)))
        extras = None
        if outputs.report or outputs.video:
            extras = stack.enter_context(Extras(exercise, side, outputs.report, outputs.video))
        source = stack.enter_context(open_source(path, find_model))
        witnesses = extras.witnesses(source.size) if extras else []
        show = stack.enter_context(time_bar(path.name, source.length))
        sinks.append(lambda snapshot: show(snapshot.time))
        result = judge(source, exercise, side, sinks, witnesses)
        if extras:
            extras.finish(result)
        if tell_events:
            tell_events(result.summary.ending)
        return result


def _save(result: Result, exercise: Exercise, side: Side | None, on: date | None) -> int:
    """Put a result into the history; the exit code."""
    try:
        note([save_checked(exercise, side, result.summary, result.source, on)])
    except HistoryError as error:
        return tell(error)
    return 0


def _tables(
    exercise: Exercise, outputs: Outputs
) -> Iterator[AbstractContextManager[Callable[[Result], None]]]:
    if outputs.reps:
        yield _table(outputs.reps, REP_COLUMNS, rep_rows, exercise)
    if outputs.faults:
        yield _table(outputs.faults, FAULT_COLUMNS, fault_rows, exercise)


@contextmanager
def _table(
    path: Path,
    columns: Mapping[str, Column],
    rows: Callable[[Iterable[LabelledSet]], Iterator[Row]],
    exercise: Exercise,
) -> Iterator[Callable[[Result], None]]:
    with table_file(path, columns) as add:
        yield lambda result: add(
            rows(labelled_sets(exercise, result.summary.sets, result.source.path))
        )


def _hand_out(
    result: Result,
    exercise: Exercise,
    outputs: Outputs,
    file: BinaryIO | None,
    indent: int | None,
) -> None:
    """Give a result to whoever is to have it: a file, a program or a person."""
    note(result.warnings)
    table = summary_table(result.summary, result.source)
    if file:
        file.write(f"{to_json(table, indent)}\n".encode())
    if outputs.json == STDOUT:
        typer.echo(to_json(table))
    else:
        print_report(Console(highlight=False), exercise, result.summary, result.source)
