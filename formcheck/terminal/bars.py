"""Bars and words that show on a terminal that something is being done, and how far it is."""

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from formcheck.language.tongue import tr
from formcheck.printable import on_one_line

NAME_WIDTH = 32
LINE = 60
"""Columns that are cleared: more than the longest line that is written over."""


def time_bar(name: str, length: float | None) -> AbstractContextManager[Callable[[float], None]]:
    """A bar with the time left, to be told the time reached in a source of this length.

    Where stderr is no terminal nothing is shown.
    """
    return _bar(_shortened(name), length, "TaskProgressColumn")


def count_bar(what: str, number: int) -> AbstractContextManager[Callable[[float], None]]:
    """A bar to be told how many of a number are done. Where stderr is no terminal, none."""
    return _bar(what, number, "MofNCompleteColumn")


@contextmanager
def _bar(what: str, total: float | None, told: str) -> Iterator[Callable[[float], None]]:
    """A bar with the time left; `told` is the name of rich's column that says how far it is."""
    if not sys.stderr.isatty():
        yield lambda done: None
        return
    from rich import progress as rich_progress

    from formcheck.terminal.console import PrintableConsole

    columns = (
        rich_progress.TextColumn("{task.description}", markup=False),
        rich_progress.BarColumn(),
        getattr(rich_progress, told)(),
        rich_progress.TimeRemainingColumn(),
        rich_progress.TextColumn(tr("left")),
    )
    bar = rich_progress.Progress(*columns, console=PrintableConsole(stderr=True), transient=True)
    with bar:
        task = bar.add_task(what, total=total)
        yield lambda done: bar.update(task, completed=done)


@contextmanager
def getting_ready(name: str) -> Iterator[None]:
    """Show at once that something is being done, while what it needs is loaded for seconds."""
    if not sys.stderr.isatty():
        yield
        return
    # Without rich, which would itself take a moment to load.
    opening = tr("Opening {file} ...", file=_shortened(name))
    sys.stderr.write(opening)
    sys.stderr.flush()
    try:
        yield
    finally:
        _clear_line()


def _clear_line() -> None:
    sys.stderr.write(f"\r{' ' * LINE}\r")
    sys.stderr.flush()


def _shortened(name: str) -> str:
    name = on_one_line(name)
    return name if len(name) <= NAME_WIDTH else f"...{name[3 - NAME_WIDTH :]}"


@contextmanager
def download_bar(what: str) -> Iterator[Callable[[int, int | None], None]]:
    """A bar of megabytes, to be told the bytes had and the bytes in all, if those are known.

    Where stderr is no terminal it is one line, when the download begins.
    """
    if not sys.stderr.isatty():
        yield _first_line(what)
        return
    _clear_line()
    from rich import progress as rich_progress

    from formcheck.terminal.console import PrintableConsole

    columns = (
        rich_progress.TextColumn("{task.description}", markup=False),
        rich_progress.BarColumn(),
        rich_progress.TextColumn("{task.fields[size]}"),
    )
    bar = rich_progress.Progress(*columns, console=PrintableConsole(stderr=True), transient=True)
    with bar:
        task = bar.add_task(what, total=None, visible=False, size="")

        def show(had: int, total: int | None) -> None:
            size = _megabytes(had, total) if total else ""
            bar.update(task, completed=had, total=total, visible=True, size=size)

        yield show


def _megabytes(had: int, total: int) -> str:
    return tr("{had:.1f} of {total:.1f} MB", had=had / 1e6, total=total / 1e6)


def _first_line(what: str) -> Callable[[int, int | None], None]:
    told: list[str] = []

    def tell(_had: int, _total: int | None) -> None:
        if not told:
            told.append(what)
            sys.stderr.write(f"{what} ...\n")

    return tell
