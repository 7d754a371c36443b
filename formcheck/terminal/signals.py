"""Requests to end, other than Ctrl-C: they end a program as that does."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

POLITE = ("SIGTERM", "SIGHUP", "SIGBREAK")
"""A request to end, a terminal that was closed, and both of Windows; no system has all."""


def polite_signals() -> list[signal.Signals]:
    """Those of them that this system has."""
    return [getattr(signal, name) for name in POLITE if hasattr(signal, name)]


@contextmanager
def ended_like_ctrl_c() -> Iterator[None]:
    """Raise KeyboardInterrupt in the block when a request to end comes, as Ctrl-C does.

    It is heard once: often several come, and tidying up must not be disturbed.
    """

    def end(_number: int, _frame: FrameType | None) -> None:
        for number in before:  # not SIG_IGN: Python complains of one that has come already
            signal.signal(number, _hear_nothing)
        raise KeyboardInterrupt

    # What is ignored, as after nohup, stays so.
    before = [each for each in polite_signals() if signal.getsignal(each) is signal.SIG_DFL]
    for number in before:
        signal.signal(number, end)
    try:
        yield
    finally:
        for number in before:
            signal.signal(number, signal.SIG_DFL)


def _hear_nothing(_number: int, _frame: FrameType | None) -> None:
    """What else comes once the end was asked for."""


@contextmanager
def closing_unheard_by_children() -> Iterator[None]:
    """Begin processes in the block that do not hear it when the terminal is closed.

    It tells all at once, and Python's own helper, which ends with us, would be missed.
    """
    if not hasattr(signal, "SIGHUP"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGHUP])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def heard_later() -> Iterator[None]:
    """Hear a request to end, or Ctrl-C, only after the block: what is begun there is finished.

    Ctrl-C twice is heard at once: what is written to may never take it.
    """
    came: list[int] = []

    def hold(number: int, _frame: FrameType | None) -> None:
        if number == signal.SIGINT and number in came:
            raise KeyboardInterrupt
        came.append(number)

    heard = {each: signal.getsignal(each) for each in (signal.SIGINT, *polite_signals())}
    before = {number: handler for number, handler in heard.items() if callable(handler)}
    for number in before:
        signal.signal(number, hold)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        if came:
            signal.raise_signal(came[0])
