"""The command line: one thin function for each verb, over the same API that a program would use.

Only what a verb needs is imported, so that `--help`, `list`, `show` and `lint` answer at once.
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import wraps
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, ParamSpec

import typer

from formcheck.errors import ExerciseError, FormcheckError, SourceError

if TYPE_CHECKING:
    from formcheck.checking import Result, Sink
    from formcheck.exercise import Exercise, Side
    from formcheck.sources import FindModel

Parameters = ParamSpec("Parameters")

STOPPED = 130
"""Exit code after Ctrl-C, as shells have it."""
NOT_MET = 1
"""Exit code when the form, or an exercise file, is not as asked for."""

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    help="Watches a person exercise, counts reps and holds, and says what to correct.",
    epilog="Start with:  formcheck list  |  formcheck show bridge  |  "
    "formcheck check clip.mp4 --exercise bridge",
)

ExerciseOption = Annotated[
    str,
    typer.Option(
        "--exercise",
        "-e",
        metavar="NAME|FILE",
        help="What is done: a name from `formcheck list`, or a .toml file of your own.",
    ),
]
ModelOption = Annotated[
    str | None,
    typer.Option(
        metavar="NAME|FILE",
        envvar="FORMCHECK_MODEL",
        help="The pose model: full (the default), lite, heavy, or a .task file.",
    ),
]


def _stoppable(verb: Callable[Parameters, None]) -> Callable[Parameters, None]:
    """Let Ctrl-C end a verb with one line and its own exit code."""

    @wraps(verb)
    def run(*args: Parameters.args, **kwargs: Parameters.kwargs) -> None:
        try:
            verb(*args, **kwargs)
        except KeyboardInterrupt:
            typer.echo("formcheck: stopped; no file was written.", err=True)
            raise typer.Exit(STOPPED) from None

    return run


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"formcheck {version('formcheck')}")
        raise typer.Exit


@app.callback()
def _formcheck(
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Say which.")
    ] = False,
) -> None:
    pass


@app.command()
@_stoppable
def check(
    sources: Annotated[
        list[Path], typer.Argument(metavar="SOURCE...", help="Videos, or .npz recordings.")
    ],
    exercise: ExerciseOption,
    side: Annotated[
        Literal["left", "right", "auto"],
        typer.Option(help="The side to watch; auto takes what is seen, or the side that moves."),
    ] = "auto",
    json: Annotated[
        str | None,
        typer.Option(
            metavar="FILE|-", help="Write the result as JSON; - prints it, one line a source."
        ),
    ] = None,
    events: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write what happened, a line of JSON each.")
    ] = None,
    values: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write every measure of every frame as CSV.")
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 1 unless every rep is clean.")
    ] = False,
    model: ModelOption = None,
) -> None:
    """Count and judge an exercise in videos.

    Give the exercise and one or more videos or recordings. Each rep is told with its range of
    motion, hold and tempo, its faults, and what could not be judged from where the camera stood.

    [bold]formcheck check clip.mp4 --exercise bridge[/bold]
    [bold]formcheck check left.mp4 right.mp4 -e side_lying_leg_raise --json results.jsonl[/bold]
    [bold]formcheck check clip.npz -e my-exercise.toml --values measures.csv[/bold]
    """
    from formcheck.loading import load_exercise

    if len(sources) > 1 and (events or values):
        raise typer.BadParameter("--events and --values take one source at a time.")
    loaded = load_exercise(exercise)
    watched: Side | None = None if side == "auto" else side
    tables: list[str] = []
    code = 0
    for source in sources:
        try:
            result = _check_one(source, loaded, watched, model, events, values)
        except SourceError as error:
            if len(sources) == 1:
                raise
            code = _tell(error)
            continue
        if json:
            tables.append(_json(result, indent=None if json == "-" or len(sources) > 1 else 2))
        if json == "-":
            typer.echo(tables[-1])
        else:
            _print(result, loaded)
        if strict and not _is_clean(result):
            code = code or NOT_MET
    if json and json != "-":
        from formcheck.whole_file import write_whole

        write_whole(json, "".join(f"{table}\n" for table in tables).encode())
    raise typer.Exit(code)


@app.command()
@_stoppable
def record(
    video: Annotated[Path, typer.Argument(metavar="VIDEO", help="The video to go through.")],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE.npz", help="The recording to write.")
    ],
    model: ModelOption = None,
) -> None:
    """Keep the landmarks of a video, without its pictures.

    `check` takes the recording wherever it takes a video, gives the same result, and is a hundred
    times faster; and nobody can be recognised in it.

    [bold]formcheck record clip.mp4 -o clip.npz[/bold]
    """
    from formcheck.recording import RecordingWriter
    from formcheck.sources import RECORDING_SUFFIX, open_source

    if output.suffix.lower() != RECORDING_SUFFIX:
        raise typer.BadParameter(f"A recording ends in {RECORDING_SUFFIX}, not {output.suffix!r}.")
    with (
        open_source(video, _model_finder(model)) as source,
        _progress(video.name, source.length) as show,
        RecordingWriter(output, source.size) as writer,
    ):
        for pose in source:
            writer.add(pose)
            show(pose.time)
    info = source.info()
    for warning in source.warnings():
        typer.echo(f"Note: {warning}", err=True)
    typer.echo(f"{output}: {info.frames} frames, a person in {info.frames_with_pose} of them")


@app.command("list")
def list_exercises() -> None:
    """List the exercises, one a line."""
    from formcheck.loading import exercise_files, read_exercise

    for name, path in exercise_files().items():
        exercise, problems = read_exercise(path)
        told = exercise.title if exercise else f"cannot be used: {problems[0]}"
        view = f", seen from the {exercise.camera.view}" if exercise else ""
        typer.echo(f"{name:24}{told}{view}")


@app.command()
def show(
    exercise: Annotated[str, typer.Argument(metavar="NAME|FILE", help="The exercise to explain.")],
) -> None:
    """Explain an exercise's rules in plain words."""
    from formcheck.explain import explain
    from formcheck.loading import load_exercise

    typer.echo(explain(load_exercise(exercise)))


@app.command()
def lint(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Exercise files.")],
) -> None:
    """Say everything that is wrong in exercise files, with suggestions."""
    from formcheck.loading import read_exercise

    bad = 0
    for file in files:
        try:
            _, problems = read_exercise(file)
        except ExerciseError as error:
            typer.echo(str(error), err=True)
            bad += 1
            continue
        bad += bool(problems)
        for problem in problems:
            typer.echo(f"{file}: {problem}", err=True)
    if bad:
        raise typer.Exit(ExerciseError.exit_code)
    typer.echo(f"{len(files)} exercise file{'s are' if len(files) > 1 else ' is'} good.")


@app.command()
@_stoppable
def doctor() -> None:
    """Say what works on this computer, and how to mend what does not."""
    from rich.console import Console
    from rich.text import Text

    from formcheck.doctor import examine

    marks = {
        "ok": ("ok     ", "green"),
        "warning": ("warning", "yellow"),
        "problem": ("PROBLEM", "bold red"),
    }
    console = Console()
    findings = examine()
    for finding in findings:
        mark, style = marks[finding.status]
        console.print(Text.assemble((mark, style), f"  {finding.name}: {finding.detail}"))
        if finding.advice:
            console.print(Text(f"         {finding.advice}"))
    if any(finding.status == "problem" for finding in findings):
        raise typer.Exit(3)


def main() -> None:
    """Run the command line; an error is one clear line, unless FORMCHECK_DEBUG is set."""
    try:
        app()
    except FormcheckError as error:
        if os.environ.get("FORMCHECK_DEBUG"):
            raise
        sys.exit(_tell(error))


def _tell(error: FormcheckError) -> int:
    typer.echo(f"formcheck: {error}", err=True)
    return error.exit_code


def _check_one(
    path: Path,
    exercise: "Exercise",
    side: "Side | None",
    model: str | None,
    events: Path | None,
    values: Path | None,
) -> "Result":
    """Judge one source, showing progress; files of events and measures appear when it is over."""
    from formcheck.checking import judge
    from formcheck.sources import open_source

    with ExitStack() as stack:
        source = stack.enter_context(open_source(path, _model_finder(model)))
        show = stack.enter_context(_progress(path.name, source.length))
        sinks: list[Sink] = [lambda snapshot: show(snapshot.time)]
        if events:
            sinks.append(stack.enter_context(_events_file(events)))
        if values:
            sinks.append(stack.enter_context(_values_file(values)))
        return judge(source, exercise, side, sinks)


@contextmanager
def _events_file(path: Path) -> "Iterator[Sink]":
    from formcheck.export import event_json
    from formcheck.whole_file import whole_file

    with whole_file(path) as file:
        yield lambda snapshot: file.writelines(
            f"{event_json(event)}\n".encode() for event in snapshot.events
        )


@contextmanager
def _values_file(path: Path) -> "Iterator[Sink]":
    from formcheck.export import ValuesTable
    from formcheck.whole_file import whole_file

    with whole_file(path) as file:
        table = ValuesTable(file)
        yield table.add
        table.detach()


def _model_finder(name_or_path: str | None) -> "FindModel":
    """Find the model when it is needed, showing its download, which happens once."""

    def find() -> Path:
        from formcheck.model_file import find_model

        with _download_progress() as show:
            return find_model(name_or_path, progress=show)

    return find


@contextmanager
def _progress(name: str, length: float | None) -> Iterator[Callable[[float], None]]:
    """A bar with the time left, on a terminal; told the time reached in the source."""
    if not sys.stderr.isatty():
        yield lambda time: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(name, total=length)
        yield lambda time: progress.update(task, completed=time)


@contextmanager
def _download_progress() -> Iterator[Callable[[int, int | None], None]]:
    """A bar for the model's download, on a terminal; a line at its start elsewhere."""
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = None

        def show(had: int, total: int | None) -> None:
            nonlocal task
            if task is None:
                task = progress.add_task("Getting the pose model, once", total=total)
            progress.update(task, completed=had, total=total)

        yield show


def _json(result: "Result", indent: int | None) -> str:
    from formcheck.export import summary_table, to_json

    return to_json(summary_table(result.summary, result.source), indent)


def _print(result: "Result", exercise: "Exercise") -> None:
    from rich.console import Console

    from formcheck.report import print_result

    print_result(Console(highlight=False), result, exercise)


def _is_clean(result: "Result") -> bool:
    reps = result.summary.reps
    return bool(reps) and all(rep.clean for rep in reps)
