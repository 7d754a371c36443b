"""What the command line says of its own in a line: errors with their exit codes, and notes."""

import os
import traceback
from collections.abc import Iterable

import typer

from formcheck.errors import FormcheckError, Told, reason_of
from formcheck.language.tongue import tr
from formcheck.printable import everyday, on_one_line, printable

STDOUT = "-"
"""As the name of a file: what is printed instead of written."""

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
    """Print a text that may hold words from outside: all of it goes through here."""
    typer.echo(printable(text), nl=nl)


def echo_line(text: str) -> None:
    """Print a text of one line, whatever is called by the names in it."""
    typer.echo(on_one_line(text))


def _say(line: str) -> None:
    typer.echo(printable(line), err=True)
