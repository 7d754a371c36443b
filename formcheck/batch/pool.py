"""Work done side by side in processes of this computer; one that crashes takes only its own work.

`concurrent.futures` gives up a whole pool when one of its processes dies. Here what was being done
at that moment is done again, each in a process of its own, so that it is known which it was.
"""

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

from formcheck.batch.executors import Result, Work
from formcheck.terminal.signals import closing_unheard_by_children

NewExecutor = Callable[[int], Executor]
"""Makes an executor of so many workers."""


class Crash(Exception):
    """The process that did a piece of work is gone."""


QUOTA = Path("/sys/fs/cgroup/cpu.max")
"""Where Linux tells how much of the processors a container may use: microseconds of a period."""


def cores(quota: Path = QUOTA) -> int:
    """How many processes can really run at once: on the cores, and by what a container may use."""
    there = os.cpu_count() or 1
    if hasattr(os, "sched_getaffinity"):
        there = len(os.sched_getaffinity(0))
    with suppress(OSError, ValueError):  # "max" is no number: then all may be used
        allowed, period = quota.read_text("ascii").split()
        return max(1, min(there, int(allowed) // int(period)))
    return there


def local_pool(workers: int) -> Executor:
    """Processes of this computer. They leave Ctrl-C to the one that started them."""
    with closing_unheard_by_children():  # by what keeps count of locks, which is begun with them
        return ProcessPoolExecutor(
            workers,
            mp_context=multiprocessing.get_context("spawn"),
            initializer=_begin_worker,
        )


_doing: list[object] = []
"""What a worker's process is doing now."""


def _begin_worker() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _end_worker)


def _end_worker(_number: int, _frame: FrameType | None) -> None:
    """End a worker's process: what it is doing is broken off, so that its files are tidied up."""
    if _doing:
        raise KeyboardInterrupt
    os._exit(1)


def _tidily(do: Callable[[Work], Result], piece: Work) -> Result:
    """Do something; a worker that is broken off ends, where its pool would go on."""
    _doing.append(piece)
    try:
        return do(piece)
    except KeyboardInterrupt:
        os._exit(1)
    finally:
        _doing.pop()


def done_side_by_side(
    do: Callable[[Work], Result],
    pieces: Sequence[Work],
    workers: int,
    new_executor: NewExecutor = local_pool,
) -> Iterator[tuple[Work, Result | Crash]]:
    """Do something with each piece; give each with its result, as they come.

    Whatever `do` raises is raised here, and ends the rest.
    """
    left = list(pieces)
    while left:
        suspects: list[Work] = []
        with _ended(new_executor(min(workers, len(left)))) as executor:
            futures = {executor.submit(_tidily, do, piece): piece for piece in left}
            try:
                for future in as_completed(futures):
                    result = future.result()
                    piece = futures.pop(future)
                    left.remove(piece)
                    yield piece, result
            except BrokenProcessPool:
                suspects = _being_done(futures, workers)
        for piece in suspects:
            left.remove(piece)
            yield piece, _alone(do, piece, new_executor)


def _being_done(futures: dict[Future[Result], Work], workers: int) -> list[Work]:
    """What was begun and not done: pieces are begun in their order, one for each worker."""
    return list(futures.values())[:workers]


def _alone(do: Callable[[Work], Result], piece: Work, new_executor: NewExecutor) -> Result | Crash:
    with _ended(new_executor(1)) as executor:
        try:
            return executor.submit(_tidily, do, piece).result()
        except BrokenProcessPool:
            return Crash()


@contextmanager
def _ended(executor: Executor) -> Iterator[Executor]:
    """End an executor at the end of the block; at once, with its processes, if it is left early."""
    try:
        yield executor
    except BaseException:
        executor.shutdown(wait=False, cancel_futures=True)
        for process in multiprocessing.active_children():
            process.terminate()
        raise
    executor.shutdown()
