"""The options that several verbs of the command line share."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

FIRST_DAY = date(1970, 1, 1)
"""The first that every system can tell, with its offset from UTC."""

ExerciseOption = Annotated[
    str | None,
    typer.Option(
        "--exercise",
        "-e",
        metavar="NAME|FILE",
        help="What is done: a name from `formcheck list`, or a .toml file of your own. Without it, "
        "formcheck finds out which exercises there are.",
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


RateOption = Annotated[
    float,
    typer.Option(
        min=1.0,
        max=1000.0,
        metavar="N",
        help="How many pictures of a video are looked at a second, at most.",
    ),
]
NoCacheOption = Annotated[
    bool,
    typer.Option(
        "--no-cache",
        help="Keep no landmarks of videos, and take none that were kept: see `formcheck doctor`.",
    ),
]
OutOption = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR",
        help="Write a report, the result and the events of each clip into this folder, with "
        "tables of all and an overview, index.html.",
    ),
]
PersonOption = Annotated[
    str,
    typer.Option(
        metavar="NAME",
        help="Who exercises: with --save, for the history; with a folder or --out, if folders "
        "are not named by people.",
    ),
]
WorkersOption = Annotated[
    int | None,
    typer.Option(
        min=1,
        metavar="N",
        help="How many processes work at a time, each on a clip of a folder or on a part of a "
        "video. As many as this computer has cores, unless given.",
    ),
]
SchedulerOption = Annotated[
    str,
    typer.Option(
        metavar="ADDRESS",
        help="With a folder or --out: a Dask cluster that checks the clips, such as "
        "tcp://HOST:8786. Needs formcheck[cluster].",
    ),
]
SendOption = Annotated[
    bool,
    typer.Option("--send", help="With --scheduler: send the clips, which workers do not see else."),
]


def done_on(day: datetime | None) -> date | None:
    """The day that was given, if one was; wrong usage if nobody can have exercised on it."""
    if day is None:
        return None
    if day.date() > date.today():
        raise typer.BadParameter(f"{day.date()} has not come yet.")
    if day.date() < FIRST_DAY:
        raise typer.BadParameter(f"{day.date()} is too long ago: give a day from {FIRST_DAY} on.")
    return day.date()
