"""Many sources checked one after the other, or by whatever executor there is; told as they come."""

from collections.abc import Iterable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

from formcheck.batch.executors import done_by
from formcheck.checking.calls import SourcePath, load_if_named
from formcheck.checking.judge_source import judge
from formcheck.checking.passages import all_exercises, judge_parts
from formcheck.errors import FormcheckError
from formcheck.events import Summary
from formcheck.exercise import Exercise, Side
from formcheck.fields import Row
from formcheck.observer import Outcome
from formcheck.results.rows import fault_rows, numbered_sets, rep_rows
from formcheck.sources.look import RATE, Looking
from formcheck.sources.model_finder import model_finder
from formcheck.sources.opening import open_source


@dataclass(frozen=True, slots=True)
class SourceResult:
    """What was found in one of many sources."""

    path: str
    summaries: tuple[Summary, ...] = ()
    """One for each exercise in it."""
    reps: tuple[Row, ...] = ()
    """Rows as in a table of reps, for pandas and others."""
    faults: tuple[Row, ...] = ()
    """Rows as in a table of faults."""
    warnings: tuple[str, ...] = ()
    error: str = ""
    """Why it could not be checked; empty if it was."""


@dataclass(frozen=True, slots=True)
class _SourceJob:
    path: str
    exercise: Exercise | None
    side: Side | None
    model: str | None
    look: Looking


def check_many(
    paths: Iterable[SourcePath],
    exercise: Exercise | str | Path | None = None,
    side: Side | None = None,
    model: str | None = None,
    *,
    executor: Executor | None = None,
    rate: float = RATE,
    cache: bool = False,
) -> Iterator[SourceResult]:
    """Check videos and recordings; give the result of each as soon as it is there.

    What cannot be checked is told in its result, and costs the others nothing.

    Args:
        paths: of the sources. They are asked for as there is room for them.
        exercise: as in `check`; without it, whatever each of them shows.
        side: as in `check`.
        model: as in `check`; whoever does the work looks for it.
        executor: does the work, such as a `ProcessPoolExecutor`, or what a Dask client's
            `get_executor` gives; it is not shut down. Without it they are checked one by one here.
        rate: pictures of a video that are looked at a second, at most.
        cache: whether landmarks of videos are kept for the next time, by whoever does the work.

    Raises:
        FormcheckError: there is no such exercise.
    """
    loaded = None if exercise is None else load_if_named(exercise)
    look = Looking(rate, cache)
    jobs = (_SourceJob(str(Path(path)), loaded, side, model, look) for path in paths)
    if executor is None:
        yield from map(_check, jobs)
        return
    for job, result in done_by(executor, _check, jobs):
        if isinstance(result, SourceResult):
            yield result
        else:
            yield SourceResult(job.path, error=f"The process that checked it stopped: {result}")


def _check(job: _SourceJob) -> SourceResult:
    try:
        with open_source(job.path, model_finder(job.model), job.look) as source:
            if job.exercise is not None:
                return _told(job, [judge(source, job.exercise, job.side)])
            return _told(job, judge_parts(source, all_exercises(), job.side))
    except FormcheckError as error:
        return SourceResult(job.path, error=str(error))


def _told(job: _SourceJob, outcomes: list[Outcome]) -> SourceResult:
    reps: list[Row] = []
    faults: list[Row] = []
    for each in outcomes:
        if each.exercise is not None:
            sets = list(numbered_sets(each.exercise, each.summary.sets, job.path))
            reps += rep_rows(sets)
            faults += fault_rows(sets)
    summaries = tuple(each.summary for each in outcomes if each.exercise is not None)
    return SourceResult(job.path, summaries, tuple(reps), tuple(faults), outcomes[0].warnings)
