"""`formcheck check` of sources: one after the other, each result given to whoever wants it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import partial
from pathlib import Path

from formcheck.batch.check_source import check_source
from formcheck.errors import (
    FormcheckError,
    HistoryError,
    ModelError,
    SourceError,
    Stopped,
    Told,
)
from formcheck.exercise import Exercise, Side
from formcheck.fields import FAULT_COLUMNS, REP_COLUMNS, Columns, Row
from formcheck.files.outlet import Outlet, Tell
from formcheck.history.saving import save_checked
from formcheck.observer import Outcome
from formcheck.results.hand_out import HandOut
from formcheck.results.outputs import Outputs
from formcheck.results.rows import NumberedSet, fault_rows, numbered_sets, rep_rows
from formcheck.results.tables import table_file
from formcheck.sources.look import Looking
from formcheck.sources.opening import FindModel
from formcheck.terminal.lines import LEFT, NOT_MET, Troubles, note
from formcheck.terminal.signals import heard_later
from formcheck.terminal.streams import reader_has_left

OF_ONE_SOURCE = (SourceError, ModelError)
"""Errors that the other sources of a batch need not have."""


def check_sources(
    sources: Sequence[Path],
    exercise: Exercise | None,
    side: Side | None,
    find_model: FindModel,
    look: Looking,
    outputs: Outputs,
    strict: bool,
) -> int:
    """Judge all sources; the worst exit code of what went wrong, or, if strict, of the form.

    Without an exercise, each source is asked what it shows.

    Files are opened before any work is done for them. What was found in a source is handed out
    before the next one is begun, to all files or to none, and is kept whatever becomes of that;
    where no source could be judged nothing is written.
    """
    checked: list[Outcome] = []
    troubles = Troubles()
    stopped: Stopped | None = None
    done = 0
    with ExitStack() as files:
        keep, show = _takers(files, outputs, side, troubles, is_single=len(sources) == 1)
        try:
            for source in sources:
                judge_it = partial(check_source, source, exercise, side, find_model, look, outputs)
                found = _judged(judge_it, troubles)
                with heard_later():
                    keep(found)
                    checked += found
                    done += 1
                show(found)
                if reader_has_left() and not outputs.is_kept and done < len(sources):
                    troubles.code = LEFT
                    break
            if not checked:
                raise Told(troubles.code)
            with heard_later():
                files.close()
        except KeyboardInterrupt:
            if not checked:
                raise
            stopped = stopped_after(done, len(sources))
    if stopped:
        raise stopped
    return troubles.code or (_code_of_form(checked) if strict else 0)


def stopped_after(done: int, number: int) -> Stopped:
    """What to say where Ctrl-C came when what was found in some of the sources is saved."""
    return Stopped(
        "stopped after {done} of {number}; their results are saved.", done=done, number=number
    )


def _judged(judge_it: Callable[[Tell], list[Outcome]], troubles: Troubles) -> list[Outcome]:
    """What is found in a source; nothing where it can't be judged, which is told."""
    try:
        return judge_it(troubles)
    except Exception as error:
        if _is_of_all(error):
            raise
        troubles(error)
        return []


def _is_of_all(error: Exception) -> bool:
    """Whether the other sources of the batch would have the same error."""
    return isinstance(error, FormcheckError) and not isinstance(error, OF_ONE_SOURCE)


Taker = Callable[[Sequence[Outcome]], None]


def _takers(
    files: ExitStack, outputs: Outputs, side: Side | None, troubles: Troubles, is_single: bool
) -> tuple[Taker, Taker]:
    """What keeps what was found in a source, in files and the history, and what prints it."""
    tables = [files.enter_context(Outlet(table, troubles)) for table in _tables(outputs)]
    results = files.enter_context(HandOut.to_file(outputs, troubles))

    def keep(found: Sequence[Outcome]) -> None:
        if not found:
            return
        note(found[0].warnings)
        for table in tables:
            for each in found:
                table(partial(_call, each))
        results.write(found, indent=2 if is_single and len(found) == 1 else None)
        if outputs.save:
            _save(found, side, outputs, troubles)

    return keep, results.show


def _call(outcome: Outcome, table: Callable[[Outcome], None]) -> None:
    table(outcome)


def _code_of_form(checked: Sequence[Outcome]) -> int:
    """0 if there are reps in every result and all are clean."""
    clean = (
        bool(each.summary.counted) and all(done.clean for done in each.summary.counted)
        for each in checked
    )
    return 0 if all(clean) else NOT_MET


def _save(
    found: Sequence[Outcome], side: Side | None, outputs: Outputs, troubles: Troubles
) -> None:
    """Put what was found in a source into the history."""
    try:
        note(save_checked(found, side, outputs.on, outputs.person))
    except HistoryError as error:
        troubles(error)


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
