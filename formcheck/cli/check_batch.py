"""`formcheck check`: judge one source after the other and give each result to whoever wants it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import date
from pathlib import Path

import typer

from formcheck.cli.check_source import check_source
from formcheck.errors import HistoryError, ModelError, SourceError
from formcheck.exercise import Exercise, Side
from formcheck.history.saving import save_checked
from formcheck.observer import Outcome
from formcheck.results.hand_out import HandOut
from formcheck.results.outputs import Outputs
from formcheck.results.rows import (
    FAULT_COLUMNS,
    REP_COLUMNS,
    Columns,
    NumberedSet,
    Row,
    fault_rows,
    numbered_sets,
    rep_rows,
)
from formcheck.results.tables import table_file
from formcheck.sources.opening import FindModel
from formcheck.sources.privacy import block_usage_statistics
from formcheck.terminal import NOT_MET, download_bar, note, tell
from formcheck.whole_file import whole_file


def check_all(
    sources: Sequence[Path],
    exercise: Exercise | None,
    side: Side | None,
    find_model: FindModel,
    outputs: Outputs,
) -> tuple[list[Outcome], int]:
    """Judge all sources; what was found, and the worst exit code of those that are no good.

    Without an exercise, each source is asked what it shows.

    The file of JSON is opened before any work is done for it, and is not written if no source
    could be judged.
    """
    checked: list[Outcome] = []
    code = 0
    with ExitStack() as files:
        path = outputs.json_file
        results = HandOut(outputs, files.enter_context(whole_file(path)) if path else None)
        tables = [files.enter_context(table) for table in _tables(outputs)]
        for source in sources:
            try:
                found = check_source(source, exercise, side, find_model, outputs)
            except (SourceError, ModelError) as error:
                code = max(code, tell(error))
                continue
            note(found[0].warnings)
            checked += found
            results.give(found, indent=2 if len(sources) == len(found) == 1 else None)
            for each in found:
                for table in tables:
                    table(each)
                if outputs.save:
                    code = max(code, _save(each, side, outputs.on))
        if not checked:
            raise typer.Exit(code)
    return checked, code


def exit_code_of_form(checked: Sequence[Outcome]) -> int:
    """0 if there are reps in every result and all are clean."""
    clean = (
        bool(each.summary.counted) and all(done.clean for done in each.summary.counted)
        for each in checked
    )
    return 0 if all(clean) else NOT_MET


def model_finder_with_bar(name_or_path: str | None) -> FindModel:
    """Find the model when it is needed, showing its download; what came of it is remembered.

    It is needed when MediaPipe is about to be loaded, so MediaPipe is kept off the network then.
    """
    answers: list[Path | ModelError] = []

    def find() -> Path:
        from formcheck.sources.model_file import find_model

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


def _save(checked: Outcome, side: Side | None, on: date | None) -> int:
    """Put a result into the history; the exit code."""
    if checked.exercise is None:
        return 0
    try:
        note([save_checked(checked.exercise, side, checked, on)])
    except HistoryError as error:
        return tell(error)
    return 0


def _tables(outputs: Outputs) -> Iterator[AbstractContextManager[Callable[[Outcome], None]]]:
    if outputs.reps:
        yield _table(outputs.reps, REP_COLUMNS, rep_rows)
    if outputs.faults:
        yield _table(outputs.faults, FAULT_COLUMNS, fault_rows)


@contextmanager
def _table(
    path: Path,
    columns: Columns,
    rows: Callable[[Iterable[NumberedSet]], Iterator[Row]],
) -> Iterator[Callable[[Outcome], None]]:
    with table_file(path, columns) as write:

        def add(checked: Outcome) -> None:
            if checked.exercise is not None:
                sets, source = checked.summary.sets, checked.source.path
                write(rows(numbered_sets(checked.exercise, sets, source)))

        yield add
