"""Work done by whatever executor there is: handed out as there is room, and given as it comes."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from itertools import islice
from typing import TypeVar

Work = TypeVar("Work")
Result = TypeVar("Result")
AHEAD = 64
"""Pieces of work that an executor has at a time: enough for it to be always busy, few enough that
memory does not grow with how many there are."""


def done_by(
    executor: Executor,
    do: Callable[[Work], Result],
    pieces: Iterable[Work],
    ahead: int = AHEAD,
    gone: tuple[type[BaseException], ...] = (BrokenExecutor,),
) -> Iterator[tuple[Work, Result | BaseException]]:
    """Have something done with each piece; give each with its result, as they come.

    Args:
        executor: does it.
        do: what is done.
        pieces: are taken as there is room.
        ahead: how many are handed out at a time.
        gone: the errors that mean that whoever did it is gone: they are a result, others are
            raised.
    """
    left = iter(pieces)
    futures: dict[Future[Result], Work] = {}
    try:
        while True:
            for piece in islice(left, ahead - len(futures)):
                futures[executor.submit(do, piece)] = piece
            if not futures:
                return
            done, _ = wait(futures, return_when=FIRST_COMPLETED)
            for future in done:
                piece = futures.pop(future)
                try:
                    result: Result | BaseException = future.result()
                except gone as error:
                    result = error
                yield piece, result
    finally:
        for future in futures:
            future.cancel()
