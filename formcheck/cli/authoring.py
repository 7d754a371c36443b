"""The verbs for people who write exercises: new, learn and plot."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from formcheck.cli.options import ModelOption
from formcheck.cli.written import ready_to_write
from formcheck.terminal.bars import time_bar
from formcheck.terminal.lines import echo, echo_line, note

if TYPE_CHECKING:
    from formcheck.learning.clips import Clip
    from formcheck.pose import Pose
    from formcheck.sources.opening import FindModel

NEW_EPILOG = """Examples:

\b
  formcheck new heel_slide.toml
  formcheck new wide_bridge.toml --from bridge
  formcheck new wall_sit.toml --timed"""

LEARN_EPILOG = """Examples:

\b
  formcheck learn clip.mp4 --reps 5 -o heel_slide.toml
  formcheck learn me.npz you.npz --reps 5 --reps 8 -o heel_slide.toml"""

PLOT_EPILOG = """Examples:

\b
  formcheck plot clip.npz -e bridge -o plot.png
  formcheck plot clip.npz -e bridge -m hip_angle -m knee_angle -o plot.svg
  formcheck plot clip.mp4 --measure elbow_angle"""

NewFile = Annotated[
    Path,
    typer.Argument(
        metavar="FILE.toml", help="The file to write. Its name becomes the exercise's name."
    ),
]
FromOption = Annotated[
    str | None,
    typer.Option("--from", metavar="NAME|FILE", help="Start with a copy of this exercise."),
]
TimedOption = Annotated[
    bool, typer.Option("--timed", help="Start with an exercise in which you hold a position.")
]
ClipsArgument = Annotated[
    list[Path],
    typer.Argument(
        metavar="CLIP", help="Videos or recordings (.npz) that show good reps and nothing else."
    ),
]
ClipRepsOption = Annotated[
    list[int],
    typer.Option(
        min=1,
        max=1000,
        metavar="N",
        help="How many reps a clip shows: once for all clips, or once for each.",
    ),
]
LearntOption = Annotated[
    Path,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE.toml",
        help="The exercise file to write. Its name becomes the exercise's name.",
    ),
]
SourceArgument = Annotated[
    Path,
    typer.Argument(
        metavar="SOURCE", help="A video, or a recording (.npz) made by `formcheck record`."
    ),
]
MeasureOption = Annotated[
    list[str] | None,
    typer.Option(
        "--measure",
        "-m",
        metavar="NAME",
        help="A measure of the exercise, or one that `learn` tries; each gets a panel of its own. "
        "Without it, the exercise's main measure.",
    ),
]
LevelsOption = Annotated[
    str | None,
    typer.Option(
        "--exercise",
        "-e",
        metavar="NAME|FILE",
        help="Draw this exercise's levels, with the reps and mistakes it finds.",
    ),
]
PlotOption = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE.png|svg|pdf",
        help="The image to write. Without it, a window opens.",
    ),
]


def new(file: NewFile, source: FromOption = None, timed: TimedOption = False) -> None:
    """Create a new exercise file, every line explained."""
    from formcheck.definition.template import copied_text, name_of, refuse_existing, starting_text
    from formcheck.files.whole import write_whole

    if source and timed:
        raise typer.BadParameter(
            "--timed and --from don't go together. To copy a timed exercise, use --from alone."
        )
    name = name_of(file)
    refuse_existing(file)
    ready_to_write([file])
    text = copied_text(source, name) if source else starting_text(name, timed)
    write_whole(file, text.encode())
    echo_line(f"{file} is ready. Open it in a text editor and work through it from top to bottom.")
    _tell_next(file)


def learn(
    clips: ClipsArgument, reps: ClipRepsOption, output: LearntOption, model: ModelOption = None
) -> None:
    """Propose an exercise file from clips of good reps.

    Finds the measure that shows the reps most clearly, the start position, limits with some room
    around your reps, and the tempo. It only writes a file that counts exactly the reps you gave.
    You add the rules for good form.
    """
    from formcheck.definition.template import name_of, refuse_existing
    from formcheck.files.whole import write_whole
    from formcheck.learning.learner import learn as learn_exercise
    from formcheck.sources.model_finder import model_finder_with_bar

    if len(reps) not in (1, len(clips)):
        raise typer.BadParameter(
            f"give --reps once, or once for each of the {len(clips)} clips; you gave it "
            f"{len(reps)} times."
        )
    name = name_of(output)
    refuse_existing(output)
    ready_to_write([output], clips, model)
    counts = reps if len(reps) == len(clips) else reps * len(clips)
    find = model_finder_with_bar(model)
    read = [read_clip(clip, n, find) for clip, n in zip(clips, counts, strict=True)]
    learnt = learn_exercise(name, read)
    write_whole(output, learnt.text.encode())
    note(learnt.doubts)
    echo_line(f"Wrote {output}. {learnt.told}")
    _tell_next(output)


def plot(
    source: SourceArgument,
    measure: MeasureOption = None,
    exercise: LevelsOption = None,
    output: PlotOption = None,
    model: ModelOption = None,
) -> None:
    """Plot measures over time, with an exercise's levels.

    The plot shows where you are in the start position, the level from which a rep counts, the hold,
    and each fault's limit and worst moment. Reps are shaded and partials hatched.
    """
    from formcheck.definition.loading import find_exercise, load_exercise
    from formcheck.plot.source_plot import FORMATS, plot_source
    from formcheck.sources.model_finder import model_finder_with_bar

    if exercise is None and not measure:
        raise typer.BadParameter("give an --exercise, a --measure, or both.")
    if output is not None:
        if output.suffix.lower() not in FORMATS:
            raise typer.BadParameter(f"name the plot FILE{', FILE'.join(FORMATS)}.")
        definitions = [find_exercise(exercise)] if exercise else []
        ready_to_write([output], [source, *definitions], model)
    loaded = load_exercise(exercise) if exercise else None
    told = plot_source(source, loaded, measure or [], model_finder_with_bar(model), output)
    if told:
        echo_line(told)


def _tell_next(file: Path) -> None:
    """Say what to do with a file that was written."""
    shown = f'"{file}"' if " " in str(file) else str(file)
    questions = {
        f"lint {shown}": "find mistakes in the file",
        f"show {shown}": "read it in plain words",
        f"plot CLIP -e {shown}": "see its levels",
        f"check CLIP -e {shown}": "check a video with it",
    }
    width = max(map(len, questions)) + 3
    echo("Next:")
    for command, question in questions.items():
        echo_line(f"  formcheck {command:{width}}{question}")


def read_clip(path: Path, reps: int, find_model: "FindModel") -> "Clip":
    """All poses of a clip that shows so many reps.

    Raises:
        SourceError: it can't be read, or shows nobody.
        ModelError: it is a video, and the pose model cannot be had.
    """
    from formcheck.checking.judge_source import require_person
    from formcheck.learning.clips import Clip
    from formcheck.sources.opening import open_source

    poses: list[Pose] = []
    with open_source(path, find_model) as source, time_bar(path.name, source.length) as show:
        for pose in source:
            poses.append(pose)
            show(pose.time)
        require_person(source.info())
    note(source.warnings())
    return Clip(path.name, tuple(poses), reps)
