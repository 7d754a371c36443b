"""What the command line says of its own: bars while it works, and errors and notes of one line."""

import os
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager

import typer

from formcheck.errors import FormcheckError, Told, reason_of
from formcheck.language.tongue import tr
from formcheck.printable import everyday, on_one_line, printable

STDOUT = "-"
"""As the name of a file: what is printed instead of written."""


NAME_WIDTH = 32
LINE = 60
"""Columns that are cleared: more than the longest line that is written over."""


NOT_MET = 1
"""Exit code when the form is not as asked for."""
BAD_USAGE = 2
UNFORESEEN = 70
"""Exit code for an error of formcheck's own."""
STOPPED = 130
"""Exit code after Ctrl-C, as shells have it."""
LEFT = 141
"""Exit code when whoever read what is printed has left before the end, as shells have it."""
DEBUG = "FORMCHECK_DEBUG"
"""The environment variable that brings tracebacks back."""


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

    from formcheck.console import PrintableConsole

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

    from formcheck.console import PrintableConsole

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


def tell(error: BaseException) -> int:
    """Say what went wrong; the exit code for it."""
    if isinstance(error, Told):
        return error.exit_code
    if os.environ.get(DEBUG):
        traceback.print_exception(error)
    words, code = _told(error)
    _say(f"formcheck: {words}")
    return code


def _told(error: BaseException) -> tuple[str, int]:
    """What to say of an error, and the exit code for it."""
    if isinstance(error, FormcheckError):
        return tr(error.sentence), error.exit_code
    if isinstance(error, KeyboardInterrupt | typer.Abort):
        return tr("stopped; no file was written."), STOPPED
    # What typer raises for wrong usage has no public name in common, but this method.
    if hasattr(error, "format_message"):
        command = getattr(getattr(error, "ctx", None), "command_path", "formcheck")
        message = everyday(error.format_message()).rstrip(".")
        return f"{on_one_line(message)}. See `{command} --help`.", BAD_USAGE
    if isinstance(error, OSError):
        return _everyday(error), BAD_USAGE
    name = f"{type(error).__name__}: {error}"
    unforeseen = tr(
        "something went wrong in formcheck itself ({error}). Please report it. Set {variable}=1 in "
        "the environment for details.",
        error=name,
        variable=DEBUG,
    )
    return unforeseen, UNFORESEEN


def _everyday(error: OSError) -> str:
    """What to say of a file or folder that cannot be used, wherever that was noticed."""
    try:
        os.getcwd()
    except OSError:
        return tr(
            "The folder you are in no longer exists, or you may not read it. Change to another "
            "folder."
        )
    name, reason = error.filename, reason_of(error)
    file = on_one_line(os.fsdecode(name)) if isinstance(name, str | bytes) else tr("a file")
    return tr("Can't use {file}: {reason}.", file=file, reason=reason)


class Troubles:
    """Tells what goes wrong while the rest goes on, and remembers the worst exit code."""

    def __init__(self) -> None:
        """Begin well."""
        self.code = 0

    def __call__(self, error: BaseException) -> None:
        """Tell it."""
        self.code = max(self.code, tell(error))


def tell_problems(lines: Iterable[str]) -> None:
    """Say what is wrong, one line each."""
    for line in lines:
        _say(on_one_line(line))


def note(warnings: Iterable[str]) -> None:
    """Say what the user should know beside the result."""
    for warning in warnings:
        _say(on_one_line(tr("Note: {what}", what=tr(warning))))


def echo(text: str = "", *, nl: bool = True) -> None:
    """Print a text that may hold words from outside: all of it goes through here, or `screen`."""
    typer.echo(printable(text), nl=nl)


def echo_line(text: str) -> None:
    """Print a text of one line, whatever is called by the names in it."""
    typer.echo(on_one_line(text))


def _say(line: str) -> None:
    typer.echo(printable(line), err=True)
