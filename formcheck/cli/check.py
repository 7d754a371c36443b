"""The verb `check`: videos and recordings one after the other, or folders side by side."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

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
from formcheck.cli.written import ready_to_write
from formcheck.sources.look import RATE, Looking

if TYPE_CHECKING:
    from formcheck.results.outputs import Outputs

CHECK_EPILOG = """Examples:

\b
  formcheck check clip.mp4                   recognises the exercise
  formcheck check clip.mp4 --exercise bridge
  formcheck check clip.npz -e my_exercise.toml --values measures.csv
  formcheck check mon.mp4 tue.mp4 -e crunch --json results.jsonl
  formcheck check clip.mp4 -e crunch --json - | jq .sets
  formcheck check *.mp4 -e crunch --reps reps.csv --save
  formcheck check clip.mp4 -e crunch --report out.html --video out.mp4
  formcheck check patients --out november    every clip in a folder
  formcheck check patients --save            into the history of each person

The exit code is 0 if everything worked, 1 with --strict if a rep was not clean, 2 for a file that
can't be used, 3 if the pose model is unavailable."""

TableOption = Annotated[
    Path | None,
    typer.Option(metavar="FILE.csv|FILE.parquet", help="Write a table with a row for each rep."),
]
FaultsOption = Annotated[
    Path | None,
    typer.Option(metavar="FILE.csv|FILE.parquet", help="Write a table with a row for each fault."),
]
SaveOption = Annotated[bool, typer.Option("--save", help="Add the result to the history.")]
OnOption = Annotated[
    date | None,
    day_option(
        "With --save: the day you exercised, such as 2026-11-28, today or yesterday. Without it, "
        "the file's date."
    ),
]
VideoOption = Annotated[
    Path | None,
    typer.Option(metavar="FILE.mp4", help="Write an annotated video. Needs formcheck[video]."),
]
StrictOption = Annotated[
    bool,
    typer.Option(
        "--strict", help="Exit with code 1 if there are no reps, or if any of them is not clean."
    ),
]

OF_ONE_CLIP = ("json", "events", "values", "reps", "faults", "report", "video")
"""Outputs that are about one clip, or about few."""
OF_ONE_SOURCE = ("events", "values", "report", "video")


def check(
    sources: SourcesArgument,
    exercise: ExerciseOption = None,
    side: SideOption = "auto",
    json: JsonOption = None,
    events: EventsOption = None,
    values: ValuesOption = None,
    reps: TableOption = None,
    faults: FaultsOption = None,
    save: SaveOption = False,
    on: OnOption = None,
    report: ReportOption = None,
    video: VideoOption = None,
    strict: StrictOption = False,
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
    them, and what formcheck couldn't judge from where the camera was.
    """
    from formcheck.batch.pool import cores
    from formcheck.definition.loading import find_exercise, load_exercise
    from formcheck.reading import is_folder
    from formcheck.results.outputs import Outputs
    from formcheck.sources.model_finder import model_finder_with_bar

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
    watched = None if side == "auto" else side
    look, find_model = Looking(rate, not no_cache), model_finder_with_bar(model)
    if on and not save:
        raise typer.BadParameter("--on only works with --save.")
    if send and not scheduler:
        raise typer.BadParameter("--send only works with --scheduler.")
    if out or any(map(is_folder, sources)):
        from formcheck.batch.check_folders import Batch, check_folders
        from formcheck.batch.cluster import Cluster

        _refuse_of_one_clip(outputs, "a folder" if any(map(is_folder, sources)) else "--out")
        cluster = Cluster(scheduler, send, model) if scheduler else None
        if cluster and save:
            raise typer.BadParameter("--save doesn't work with --scheduler.")
        batch = Batch(
            sources=sources,
            exercise=exercise,
            side=watched,
            find_model=find_model,
            out=out,
            person=person,
            workers=workers or cores(),
            look=look,
            cluster=cluster,
            save=save,
            on=on,
        )
        raise typer.Exit(check_folders(batch, strict))
    from formcheck.batch.check_sources import check_sources

    if scheduler:
        raise typer.BadParameter("--scheduler only works with a folder or with --out.")
    _refuse_unfit(outputs, exercise, len(sources))
    loaded = load_exercise(exercise) if exercise is not None else None
    definitions = [find_exercise(exercise)] if exercise is not None else []
    ready_to_write(outputs.files, [*sources, *definitions], model, outputs.same_kind)
    look = replace(look, workers=workers or cores())
    raise typer.Exit(check_sources(sources, loaded, watched, find_model, look, outputs, strict))


def _refuse_of_one_clip(outputs: "Outputs", batch: str) -> None:
    """Wrong usage if something was asked for that does not go with what makes it a batch."""
    named = [f"--{name}" for name in OF_ONE_CLIP if getattr(outputs, name)]
    if named:
        raise typer.BadParameter(
            f"{', '.join(named)} doesn't work with {batch}. Use only --out DIR: it writes a "
            "report, the result and the events of every clip, and tables of all reps and faults."
        )


def _refuse_unfit(outputs: "Outputs", exercise: str | None, sources: int) -> None:
    """Wrong usage if outputs do not go with each other, with the exercise or with the sources."""
    from formcheck.results.outputs import check_names

    if outputs.person and not outputs.save:
        raise typer.BadParameter("--person only works with a folder, with --out or with --save.")
    if sources > 1 and any(getattr(outputs, name) for name in OF_ONE_SOURCE):
        raise typer.BadParameter(
            "--events, --values, --report and --video only work with one source at a time."
        )
    if exercise is None and outputs.values:
        raise typer.BadParameter("--values needs --exercise: each exercise has its own measures.")
    check_names(outputs)
