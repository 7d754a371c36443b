"""The command line: its verbs, each a thin function over the same API that a program would use.

Only what a verb needs is imported, so that `--help`, `list`, `show` and `lint` answer at once.
"""

import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from formcheck.cli import (
    authoring,
    check,
    definitions,
    doctor,
    history,
    live,
    log,
    proof,
    recordings,
)
from formcheck.cli.panels import CHECK, COACH, HISTORY, MAKE, PROVE, Panels
from formcheck.errors import SourceError
from formcheck.language.catalogues import ENGLISH
from formcheck.language.tongue import speaking
from formcheck.terminal.lines import STOPPED, echo, tell
from formcheck.terminal.signals import ended_like_ctrl_c
from formcheck.terminal.streams import close_streams, open_streams

# Without markup the help is plain text: it is narrow enough for any terminal, and what it shows can
# be copied.
app = typer.Typer(
    cls=Panels,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="""Start with:

\b
  formcheck list                               see the exercises
  formcheck show bridge                        read how to do one
  formcheck check clip.mp4 --exercise bridge   check a video
  formcheck live bridge                        get live coaching
  formcheck doctor                             if something doesn't work

`formcheck COMMAND --help` explains each command.""",
)

WELCOME = """formcheck watches you exercise, counts your reps and helps you do them well.

  formcheck app                        exercise in front of your camera
  formcheck check clip.mp4             check a video
  formcheck list                       see the exercises
  formcheck --help                     see everything else"""
"""What to do next, for who gives no command."""


def _show_version(wanted: bool) -> None:
    if wanted:
        echo(f"formcheck {version('formcheck')}")
        raise typer.Exit


@app.callback()
def _formcheck(
    _version: Annotated[
        bool,
        typer.Option(
            "--version",
            "-V",
            callback=_show_version,
            is_eager=True,
            help="Show the version and exit.",
        ),
    ] = False,
) -> None:
    """Counts your reps and holds from video or webcam and tells you what to fix."""


app.command(rich_help_panel=CHECK, epilog=check.CHECK_EPILOG)(check.check)
app.command(rich_help_panel=CHECK, epilog=recordings.RECORD_EPILOG)(recordings.record)
app.command(rich_help_panel=CHECK, epilog=recordings.CONVERT_EPILOG)(recordings.convert)
app.command("app", rich_help_panel=COACH, epilog=live.APP_EPILOG)(live.app_verb)
app.command(rich_help_panel=COACH, epilog=live.LIVE_EPILOG)(live.live)
app.command("list", rich_help_panel=COACH)(definitions.list_definitions)
app.command(rich_help_panel=COACH, epilog=definitions.SHOW_EPILOG)(definitions.show)
app.command(rich_help_panel=COACH, epilog=live.CAMERAS_EPILOG)(live.cameras)
app.command(rich_help_panel=COACH)(live.shortcut)
app.command(rich_help_panel=HISTORY, epilog=history.HISTORY_EPILOG)(history.history)
app.add_typer(log.log, name="log", rich_help_panel=HISTORY)
app.command(rich_help_panel=MAKE, epilog=authoring.NEW_EPILOG)(authoring.new)
app.command(rich_help_panel=MAKE, epilog=authoring.LEARN_EPILOG)(authoring.learn)
app.command(rich_help_panel=MAKE, epilog=authoring.PLOT_EPILOG)(authoring.plot)
app.command(rich_help_panel=MAKE, epilog=definitions.LINT_EPILOG)(definitions.lint)
app.command("test", rich_help_panel=PROVE, epilog=proof.TEST_EPILOG)(proof.check_labels)
app.command(rich_help_panel=PROVE, epilog=proof.EVALUATE_EPILOG)(proof.evaluate)
app.command(rich_help_panel=PROVE)(doctor.doctor)


def main() -> None:
    """Run the command line; an error is one clear line, unless FORMCHECK_DEBUG is set."""
    open_streams()
    with ended_like_ctrl_c(), speaking(ENGLISH):  # unless a verb speaks another language
        code = _code_of(_run)
        code = _code_of(close_streams) or code
    sys.exit(code)


def _open_or_welcome() -> int:
    """Open the coach for a person; a program or file that hears us is told what there is."""
    echo(WELCOME)
    if sys.stdin.isatty() and sys.stdout.isatty():
        echo("")
        app(["app"], standalone_mode=False)
    return 0


def _run() -> int:
    if not sys.argv[1:]:
        return _open_or_welcome()
    _require_folder()
    # Out of its standalone mode typer leaves errors to us, and returns the exit code.
    code = app(standalone_mode=False)
    if code == STOPPED:  # as which it returns Ctrl-C
        raise KeyboardInterrupt
    return code or 0


def _require_folder() -> None:
    """SourceError where the folder is gone that the user is in: no name means anything there."""
    try:
        Path.cwd()
    except OSError:
        raise SourceError(
            "The folder you are in no longer exists. Change to another folder."
        ) from None


def _code_of(do: Callable[[], int | None]) -> int:
    """The exit code of what is done, whose errors are told."""
    try:
        return do() or 0
    except (Exception, KeyboardInterrupt) as error:
        return tell(error)
