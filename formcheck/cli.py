"""The command line: one thin function for each verb, over the same API that a program would use.

Only what a verb needs is imported, so that `--help`, `list`, `show` and `lint` answer at once.
"""

import shutil
import sys
from collections.abc import Iterable
from contextlib import ExitStack
from importlib.metadata import version
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Literal

import typer

from formcheck.errors import CameraError, ExerciseError, ModelError
from formcheck.messages import STOPPED, note, tell, tell_stopped

WIDEST = 100
"""Columns of text; longer lines are hard to read."""

# Without markup the help is plain text: it is narrow enough for any terminal, and what it shows can
# be copied.
app = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    epilog="""Begin with:

\b
  formcheck list                                 which exercises there are
  formcheck show bridge                          what is looked at in one
  formcheck check clip.mp4 --exercise bridge     judge a video
  formcheck live bridge                          be coached in front of a camera
  formcheck doctor                               if something does not work

`formcheck COMMAND --help` explains each command.""",
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
SourcesArgument = Annotated[
    list[Path],
    typer.Argument(
        metavar="SOURCE", help="Videos, or recordings (.npz) made by `formcheck record`."
    ),
]
SideOption = Annotated[
    Literal["left", "right", "auto"],
    typer.Option(
        metavar="left|right|auto",
        help="The person's side to watch. auto takes whatever is seen well, or the side that "
        "moves.",
    ),
]
JsonOption = Annotated[
    str | None,
    typer.Option(
        metavar="FILE|-",
        help="Write the result as JSON, with several sources one line each. - prints it instead "
        "of the summary.",
    ),
]
EventsOption = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Write what happened and when (reps, phases, faults): a line of JSON each.",
    ),
]
ValuesOption = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Write every measure of every frame as CSV, to choose an exercise's limits by.",
    ),
]
ReportOption = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE.html",
        help="Write a page to look at, print or hand on, with pictures of the person. With "
        "--video, a click on its plot moves the video there.",
    ),
]
ModelOption = Annotated[
    str | None,
    typer.Option(
        metavar="NAME|FILE",
        envvar="FORMCHECK_MODEL",
        help="The pose model: full (the default), lite (quicker), heavy (more exact, slow), or a "
        ".task file. It is fetched once, at first use.",
    ),
]


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"formcheck {version('formcheck')}")
        raise typer.Exit


@app.callback()
def _formcheck(
    _version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_show_version, is_eager=True, help="Show the version and exit."
        ),
    ] = False,
) -> None:
    """Watch a person exercise in a video, count reps and holds, and say what to correct."""


@app.command(
    epilog="""Examples:

\b
  formcheck check clip.mp4 --exercise bridge
  formcheck check clip.npz -e my_exercise.toml --values measures.csv
  formcheck check mon.mp4 tue.mp4 -e crunch --json results.jsonl
  formcheck check clip.mp4 -e crunch --json - | jq .sets
  formcheck check clip.mp4 -e crunch --report out.html --video out.mp4

The exit code is 0 when all went well, 1 with --strict when a rep was not clean, 2 for a file that
cannot be used, 3 when the pose model cannot be had."""
)
def check(
    sources: SourcesArgument,
    exercise: ExerciseOption,
    side: SideOption = "auto",
    json: JsonOption = None,
    events: EventsOption = None,
    values: ValuesOption = None,
    report: ReportOption = None,
    video: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.mp4", help="Write the annotated pictures. Needs formcheck[video]."
        ),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 1 unless there are reps, all clean.")
    ] = False,
    model: ModelOption = None,
) -> None:
    """Count and judge an exercise in videos.

    Tells each rep with its range of motion, its hold and its tempo, its faults and what to do
    about them, and what could not be judged from where the camera stood.
    """
    from formcheck.batch import Outputs, check_all, exit_code_of_form, model_finder
    from formcheck.loading import find_exercise, load_exercise

    if len(sources) > 1 and (events or values or report or video):
        raise typer.BadParameter(
            "--events, --values, --report and --video take one source at a time."
        )
    loaded = load_exercise(exercise)
    outputs = Outputs(json, events, values, report, video)
    _refuse_overwriting([*sources, find_exercise(exercise)], outputs.files)
    watched = None if side == "auto" else side
    results, code = check_all(sources, loaded, watched, model_finder(model), outputs)
    raise typer.Exit(code or (exit_code_of_form(results) if strict else 0))


@app.command(
    epilog="""Examples:

\b
  formcheck record clip.mp4 -o clip.npz
  formcheck check clip.npz --exercise bridge"""
)
def record(
    video: Annotated[Path, typer.Argument(metavar="VIDEO", help="The video to go through.")],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE.npz", help="The recording to write.")
    ],
    model: ModelOption = None,
) -> None:
    """Keep the landmarks of a video, without its pictures.

    `check` takes the recording wherever it takes a video, gives the same result, and is a hundred
    times faster. Nobody can be recognised in it.
    """
    from formcheck.batch import model_finder
    from formcheck.checking import require_person
    from formcheck.progress import time_bar
    from formcheck.recording import RecordingWriter
    from formcheck.sources import RECORDING_SUFFIX, open_source

    if output.suffix.lower() != RECORDING_SUFFIX:
        raise typer.BadParameter(f"the recording must be named FILE{RECORDING_SUFFIX}.")
    _refuse_overwriting([video], [output])
    with ExitStack() as stack:
        source = stack.enter_context(open_source(video, model_finder(model)))
        writer = stack.enter_context(RecordingWriter(output, source.size))
        show = stack.enter_context(time_bar(video.name, source.length))
        for pose in source:
            writer.add(pose)
            show(pose.time)
        info = source.info()
        require_person(info)
    note(source.warnings())
    typer.echo(f"{output}: {info.frames} frames, a person in {info.frames_with_pose} of them")


@app.command(
    epilog="""Examples:

\b
  formcheck live bridge
  formcheck live bridge --reps 8 --mute
  formcheck live --routine back-care --record today.npz
  formcheck live crunch --camera clip.mp4       a video, as if it were a camera

Keys in the window: space pause, r begin again, m mute, s other side, f full screen,
h help, q quit."""
)
def live(
    exercise: Annotated[
        str | None,
        typer.Argument(metavar="[NAME|FILE]", help="The exercise to do; or give --routine."),
    ] = None,
    routine: Annotated[
        str | None,
        typer.Option(
            metavar="NAME|FILE",
            help="Several exercises one after the other, hands-free: back-care, or a .toml file "
            "of your own.",
        ),
    ] = None,
    camera: Annotated[
        str,
        typer.Option(
            metavar="N|PATH|URL",
            help="A camera's number (see `formcheck cameras`), a stream's address, or a video.",
        ),
    ] = "0",
    reps: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Reps to aim at, on each side.")
    ] = None,
    side: SideOption = "auto",
    mute: Annotated[bool, typer.Option("--mute", help="Say nothing.")] = False,
    say: Annotated[
        Literal["all", "faults", "counts"],
        typer.Option(metavar="all|faults|counts", help="What to say."),
    ] = "all",
    record: Annotated[
        Path | None,
        typer.Option(metavar="FILE.npz", help="Keep the landmarks, for `formcheck check`."),
    ] = None,
    video: Annotated[
        Path | None, typer.Option(metavar="FILE.mp4", help="Keep the annotated pictures.")
    ] = None,
    json: JsonOption = None,
    events: EventsOption = None,
    report: ReportOption = None,
    model: ModelOption = None,
) -> None:
    """Coach someone in front of a camera.

    Lie down or stand where the camera sees your whole body: formcheck says what to move, begins
    to count when you are in the start position, tells each fault with its cue, and stops at the
    target or when you get up. No picture is kept or sent unless you ask for it.
    """
    from formcheck.batch import model_finder
    from formcheck.live_command import LiveOutputs, coach_live
    from formcheck.loading import load_exercise
    from formcheck.notice import show_notice_once
    from formcheck.routine import load_routine, one_exercise

    if (exercise is None) == (routine is None):
        raise typer.BadParameter("name an exercise, or give --routine.")
    if exercise is not None:
        chosen = one_exercise(load_exercise(exercise), reps, None if side == "auto" else side)
    else:
        chosen = load_routine(str(routine))
    _refuse_overwriting([Path(camera)], [path for path in (record, video, events, report) if path])
    show_notice_once()
    outputs = LiveOutputs(json, events, record, video, report)
    coach_live(camera, chosen, model_finder(model), outputs, say, mute)


@app.command()
def cameras() -> None:
    """List the cameras that work, with their size and frame rate."""
    from formcheck.camera import find_cameras

    found = find_cameras()
    for each in found:
        width, height = each.size
        rate = f", {each.fps:.0f} frames a second" if each.fps > 0 else ""
        typer.echo(f"{each.index}  {width}x{height}{rate}")
    if not found:
        raise CameraError(
            "No camera gives a picture. Is one plugged in, not used by another program, and is "
            "this terminal allowed to use it (macOS: System Settings, Privacy, Camera)?"
        )


@app.command("list")
def list_exercises() -> None:
    """List the exercises, one a line.

    Those in a folder `exercises` where you are come before those of formcheck with the same name.
    """
    from formcheck.loading import exercise_files, read_exercise

    for name, path in exercise_files().items():
        exercise, problems = read_exercise(path)
        if exercise is None:
            told = f"cannot be used: `formcheck lint {path}` ({len(problems)})"
        else:
            told = f"{exercise.title}, seen from the {exercise.camera.view}"
        typer.echo(f"{name:24}{told}")


@app.command()
def show(
    exercise: Annotated[
        str,
        typer.Argument(
            metavar="NAME|FILE",
            help="A name from `formcheck list`, or a .toml file of your own.",
        ),
    ],
) -> None:
    """Explain an exercise in plain words.

    Where the camera should stand, what counts as a rep, every fault with its limits and cue, and
    what no camera can judge.
    """
    from formcheck.explain import explain
    from formcheck.loading import load_exercise

    width = min(WIDEST, shutil.get_terminal_size().columns)
    typer.echo(explain(load_exercise(exercise), width))


@app.command(
    epilog="""Examples:

\b
  formcheck lint my_exercise.toml
  formcheck lint exercises/*.toml"""
)
def lint(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE", help="Exercise files, ending in .toml.")
    ],
) -> None:
    """Say everything that is wrong in exercise files, with suggestions.

    One line for each problem, with the place in the file. The exit code is 2 if there are any.
    """
    from formcheck.loading import read_exercise

    bad = 0
    for file in files:
        _, problems = read_exercise(file)
        bad += bool(problems)
        for problem in problems:
            typer.echo(f"{file}: {problem}", err=True)
    if bad:
        raise typer.Exit(ExerciseError.exit_code)
    typer.echo(f"{len(files)} exercise file{'s are' if len(files) > 1 else ' is'} good.")


@app.command()
def doctor() -> None:
    """Say what works on this computer, and how to mend what does not.

    The exit code is 3 if something is missing that formcheck needs.
    """
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from formcheck.doctor import examine

    marks = {"ok": ("ok", "green"), "warning": ("warning", "yellow"), "problem": ("PROBLEM", "red")}
    table = Table.grid(padding=(0, 2))
    findings = examine()
    for finding in findings:
        table.add_row(Text(*marks[finding.status]), Text(f"{finding.name}: {finding.detail}"))
        if finding.advice:
            table.add_row("", Text(finding.advice))
    Console(highlight=False).print(table)
    if any(finding.status == "problem" for finding in findings):
        raise typer.Exit(ModelError.exit_code)


def main() -> None:
    """Run the command line; an error is one clear line, unless FORMCHECK_DEBUG is set."""
    for stream in (sys.stdout, sys.stderr):
        # A console that has no letter for what is to be printed gets its number instead.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        # Out of its standalone mode typer leaves errors to us, and returns the exit code.
        code = app(None if sys.argv[1:] else ["--help"], standalone_mode=False)
    except Exception as error:
        code = tell(error)
    except KeyboardInterrupt:
        code = STOPPED
    if code == STOPPED:
        tell_stopped()
    sys.exit(code)


def _refuse_overwriting(inputs: Iterable[Path], outputs: Iterable[Path]) -> None:
    taken = {path.resolve() for path in inputs}
    for output in outputs:
        if output.resolve() in taken:
            raise typer.BadParameter(f"{output} is named twice and would be overwritten.")
        taken.add(output.resolve())
