"""The command line: one thin function for each verb, over the same API that a program would use.

Only what a verb needs is imported, so that `--help`, `list`, `show` and `lint` answer at once.
"""

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from formcheck.cli import authoring, definitions, history, live, proof, recordings
from formcheck.cli.options import (
    EventsOption,
    ExerciseOption,
    JsonOption,
    LanguageOption,
    ModelOption,
    NoCacheOption,
    OutOption,
    PersonOption,
    RateOption,
    ReportOption,
    SchedulerOption,
    SendOption,
    SideOption,
    SourcesArgument,
    ValuesOption,
    WorkersOption,
    day_option,
)
from formcheck.cli.panels import CHECK, COACH, HISTORY, MAKE, PROVE, Panels
from formcheck.cli.written import ready_to_write
from formcheck.errors import ModelError, SourceError
from formcheck.signals import ended_like_ctrl_c
from formcheck.sources.look import RATE, Looking
from formcheck.streams import close_streams, open_streams
from formcheck.terminal import STOPPED, echo, tell

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


@app.command(
    rich_help_panel=CHECK,
    epilog="""Examples:

\b
  formcheck check clip.mp4                   recognises the exercise
  formcheck check clip.mp4 --exercise bridge
  formcheck check clip.npz -e my_exercise.toml --values measures.csv
  formcheck check mon.mp4 tue.mp4 -e crunch --json results.jsonl
  formcheck check clip.mp4 -e crunch --json - | jq .sets
  formcheck check *.mp4 -e crunch --reps reps.csv --save
  formcheck check clip.mp4 -e crunch --report out.html --video out.mp4
  formcheck check patients --out november    every clip in a folder

The exit code is 0 when all went well, 1 with --strict when a rep was not clean, 2 for a file that
cannot be used, 3 if the pose model is unavailable.""",
)
def check(
    sources: SourcesArgument,
    exercise: ExerciseOption = None,
    side: SideOption = "auto",
    json: JsonOption = None,
    events: EventsOption = None,
    values: ValuesOption = None,
    reps: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.csv|FILE.parquet", help="Write a table with a row for each rep."
        ),
    ] = None,
    faults: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.csv|FILE.parquet", help="Write a table with a row for each fault."
        ),
    ] = None,
    save: Annotated[bool, typer.Option("--save", help="Add the result to the history.")] = False,
    on: Annotated[
        date | None,
        day_option(
            "With --save: the day you did it, as 2026-11-28, today or yesterday. Without it, the "
            "file's date."
        ),
    ] = None,
    report: ReportOption = None,
    video: Annotated[
        Path | None,
        typer.Option(metavar="FILE.mp4", help="Write an annotated video. Needs formcheck[video]."),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 1 unless there are reps and all are clean.")
    ] = False,
    model: ModelOption = None,
    out: OutOption = None,
    person: PersonOption = "",
    workers: WorkersOption = None,
    rate: RateOption = RATE,
    no_cache: NoCacheOption = False,
    scheduler: SchedulerOption = "",
    send: SendOption = False,
    language: LanguageOption = None,
) -> None:
    """Check videos: count reps and holds, and find mistakes.

    Shows each rep with its range of motion, hold and tempo, the mistakes and what to do about
    them, and what formcheck could not judge from where the camera stood.
    """
    from formcheck.batch.pool import cores
    from formcheck.cli.check_batch import check_all, exit_code_of_form, model_finder_with_bar
    from formcheck.definition.loading import find_exercise, load_exercise
    from formcheck.reading import is_folder
    from formcheck.results.outputs import Outputs, check_names

    look = Looking(rate, not no_cache)
    if send and not scheduler:
        raise typer.BadParameter("--send goes with --scheduler.")
    watched = None if side == "auto" else side
    if out or any(is_folder(source) for source in sources):
        from formcheck.batch.cluster import Cluster
        from formcheck.cli.folders import Batch, check_folders, refuse_single_outputs

        refuse_single_outputs(
            {
                "json": json,
                "events": events,
                "values": values,
                "reps": reps,
                "faults": faults,
                "save": save,
                "report": report,
                "video": video,
            }
        )
        finder = model_finder_with_bar(model)
        cluster = Cluster(scheduler, send, model) if scheduler else None
        batch = Batch(sources, exercise, watched, finder, out, person, workers, look, cluster)
        raise typer.Exit(check_folders(batch, strict))
    if scheduler:
        raise typer.BadParameter("--scheduler goes with a folder, or with --out.")
    if person and not save:
        raise typer.BadParameter("--person goes with a folder, with --out, or with --save.")
    if len(sources) > 1 and (events or values or report or video):
        raise typer.BadParameter(
            "--events, --values, --report and --video take one source at a time."
        )
    if on and not save:
        raise typer.BadParameter("--on goes with --save.")
    if exercise is None and values:
        raise typer.BadParameter("--values needs --exercise: each exercise has its own measures.")
    loaded = load_exercise(exercise) if exercise is not None else None
    definitions = [find_exercise(exercise)] if exercise is not None else []
    outputs = Outputs(
        json=json,
        events=events,
        values=values,
        report=report,
        video=video,
        reps=reps,
        faults=faults,
        save=save,
        on=on,
        person=person,
    )
    check_names(outputs)
    ready_to_write(outputs.files, [*sources, *definitions], model)
    finder, look = model_finder_with_bar(model), replace(look, workers=workers or cores())
    results, code = check_all(sources, loaded, watched, finder, look, outputs)
    raise typer.Exit(code or (exit_code_of_form(results) if strict else 0))


app.command(rich_help_panel=CHECK, epilog=recordings.RECORD_EPILOG)(recordings.record)
app.command(rich_help_panel=CHECK, epilog=recordings.CONVERT_EPILOG)(recordings.convert)
app.command("app", rich_help_panel=COACH, epilog=live.APP_EPILOG)(live.app_verb)
app.command(rich_help_panel=COACH, epilog=live.LIVE_EPILOG)(live.live)
app.command("list", rich_help_panel=COACH)(definitions.list_definitions)
app.command(rich_help_panel=COACH, epilog=definitions.SHOW_EPILOG)(definitions.show)
app.command(rich_help_panel=COACH, epilog=live.CAMERAS_EPILOG)(live.cameras)
app.command(rich_help_panel=COACH)(live.shortcut)
app.command(rich_help_panel=HISTORY, epilog=history.HISTORY_EPILOG)(history.history)
app.add_typer(history.log, name="log", rich_help_panel=HISTORY)
app.command(rich_help_panel=MAKE, epilog=authoring.NEW_EPILOG)(authoring.new)
app.command(rich_help_panel=MAKE, epilog=authoring.LEARN_EPILOG)(authoring.learn)
app.command(rich_help_panel=MAKE, epilog=authoring.PLOT_EPILOG)(authoring.plot)
app.command(rich_help_panel=MAKE, epilog=definitions.LINT_EPILOG)(definitions.lint)
app.command("test", rich_help_panel=PROVE, epilog=proof.TEST_EPILOG)(proof.check_labels)
app.command(rich_help_panel=PROVE, epilog=proof.EVALUATE_EPILOG)(proof.evaluate)


@app.command(rich_help_panel=PROVE)
def doctor(
    clear_cache: Annotated[
        bool,
        typer.Option(
            "--clear-cache", help="Remove the landmarks of videos that `check` has kept, and end."
        ),
    ] = False,
) -> None:
    """Check your setup and suggest fixes.

    The exit code is 3 if something is missing that formcheck needs.
    """
    if clear_cache:
        from formcheck.cli.doctor import cleared

        echo(cleared())
        return
    from rich.table import Table
    from rich.text import Text

    from formcheck.cli.doctor import examine
    from formcheck.console import PrintableConsole

    marks = {"ok": ("ok", "green"), "warning": ("warning", "yellow"), "problem": ("PROBLEM", "red")}
    table = Table.grid(padding=(0, 2))
    findings = examine()
    for finding in findings:
        table.add_row(Text(*marks[finding.status]), Text(f"{finding.name}: {finding.detail}"))
        if finding.advice:
            table.add_row("", Text(finding.advice))
    PrintableConsole(highlight=False).print(table)
    if any(finding.status == "problem" for finding in findings):
        raise typer.Exit(ModelError.exit_code)


def main() -> None:
    """Run the command line; an error is one clear line, unless FORMCHECK_DEBUG is set."""
    open_streams()
    with ended_like_ctrl_c():
        code = _code_of(_run)
        code = _code_of(close_streams) or code
    sys.exit(code)


def _open_or_welcome() -> int:
    """Open the coach for a person; a program or file that hears us is told what there is."""
    echo(WELCOME)
    if sys.stdin.isatty() and sys.stdout.isatty():
        echo("")
        live.app_verb()
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
        raise SourceError("The folder that you are in is not there any more. Go to one.") from None


def _code_of(do: Callable[[], int | None]) -> int:
    """The exit code of what is done, whose errors are told."""
    try:
        return do() or 0
    except (Exception, KeyboardInterrupt) as error:
        return tell(error)
