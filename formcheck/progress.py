"""Bars that show how far formcheck has got, on a terminal, and then go away again.

They go to stderr, so that they never mix with results. rich is loaded only where a bar is shown.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

NAME_WIDTH = 32


@contextmanager
def time_bar(name: str, length: float | None) -> Iterator[Callable[[float], None]]:
    """A bar with the time left, to be told the time reached in a source of this length.

    Where stderr is no terminal nothing is shown.
    """
    if not sys.stderr.isatty():
        yield lambda time: None
        return
    from rich import progress as rich_progress
    from rich.console import Console

    shown = name if len(name) <= NAME_WIDTH else f"...{name[3 - NAME_WIDTH :]}"
    columns = (
        rich_progress.TextColumn("{task.description}", markup=False),
        rich_progress.BarColumn(),
        rich_progress.TaskProgressColumn(),
        rich_progress.TimeRemainingColumn(),
        rich_progress.TextColumn("left"),
    )
    bar = rich_progress.Progress(*columns, console=Console(stderr=True), transient=True)
    with bar:
        task = bar.add_task(shown, total=length)
        yield lambda time: bar.update(task, completed=time)


@contextmanager
def download_bar(what: str) -> Iterator[Callable[[int, int | None], None]]:
    """A bar of megabytes, to be told the bytes had and the bytes in all, if those are known.

    Where stderr is no terminal it is one line, when the download begins.
    """
    if not sys.stderr.isatty():
        yield _first_line(what)
        return
    from rich import progress as rich_progress
    from rich.console import Console

    columns = (
        rich_progress.TextColumn("{task.description}", markup=False),
        rich_progress.BarColumn(),
        rich_progress.TextColumn("{task.fields[size]}"),
    )
    bar = rich_progress.Progress(*columns, console=Console(stderr=True), transient=True)
    with bar:
        task = bar.add_task(what, total=None, visible=False, size="")

        def show(had: int, total: int | None) -> None:
            size = f"{had / 1e6:.1f} of {total / 1e6:.1f} MB" if total else ""
            bar.update(task, completed=had, total=total, visible=True, size=size)

        yield show


def _first_line(what: str) -> Callable[[int, int | None], None]:
    told: list[str] = []

    def tell(_had: int, _total: int | None) -> None:
        if not told:
            told.append(what)
            sys.stderr.write(f"{what} ...\n")

    return tell
