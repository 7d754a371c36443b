"""What the command line says of its own, on stderr: an error, a note, that it was stopped.

Each is one line, and an error comes with its exit code.
"""

import os
import traceback
from collections.abc import Iterable

import typer

from formcheck.errors import FormcheckError

NOT_MET = 1
"""Exit code when the form is not as asked for."""
BAD_USAGE = 2
UNFORESEEN = 70
"""Exit code for an error of formcheck's own."""
STOPPED = 130
"""Exit code after Ctrl-C, as shells have it."""

DEBUG = "FORMCHECK_DEBUG"
"""The environment variable that brings tracebacks back."""


def tell(error: Exception) -> int:
    """Say what went wrong; the exit code for it."""
    if os.environ.get(DEBUG):
        traceback.print_exception(error)
    if isinstance(error, FormcheckError):
        _say(f"formcheck: {error}")
        return error.exit_code
    if isinstance(error, typer.Abort):
        return STOPPED
    # What typer raises for wrong usage has no public name in common, but this method.
    if hasattr(error, "format_message"):
        command = getattr(getattr(error, "ctx", None), "command_path", "formcheck")
        _say(f"formcheck: {error.format_message()} See `{command} --help`.")
        return BAD_USAGE
    _say(
        f"formcheck: something unforeseen went wrong ({type(error).__name__}: {error}). "
        f"Please report it, with what {DEBUG}=1 in the environment shows."
    )
    return UNFORESEEN


def tell_stopped() -> None:
    """Say that Ctrl-C was heard."""
    _say("formcheck: stopped; no file was written.")


def note(warnings: Iterable[str]) -> None:
    """Say what the user should know beside the result."""
    for warning in warnings:
        _say(f"Note: {warning}")


def _say(line: str) -> None:
    typer.echo(line, err=True)
