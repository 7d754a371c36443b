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
        for number in before:
            signal.signal(number, signal.SIG_IGN)
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
