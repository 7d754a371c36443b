"""The options that several verbs of the command line share."""

from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from formcheck.landmarks.model_names import ENVIRONMENT_VARIABLE
from formcheck.language.catalogues import languages
from formcheck.language.tongue import speak
from formcheck.language.wanted import system_language
from formcheck.printable import person_name

FIRST_DAY = date(1970, 1, 1)
"""The first that every system can tell, with its offset from UTC."""

ExerciseOption = Annotated[
    str | None,
    typer.Option(
        "--exercise",
        "-e",
        metavar="NAME|FILE",
        help="Exercise: a name from `formcheck list`, or your own .toml file. If you leave it "
        "out, formcheck recognises the exercise.",
    ),
]
SourcesArgument = Annotated[
    list[Path],
    typer.Argument(
        metavar="SOURCE",
        help="Videos, recordings (.npz) made by `formcheck record`, or folders of them.",
    ),
]
SideOption = Annotated[
    Literal["left", "right", "auto"],
    typer.Option(
        metavar="left|right|auto",
        help="Which side to watch. auto picks the side that moves or is easiest to see.",
    ),
]
JsonOption = Annotated[
    str | None,
    typer.Option(
        metavar="FILE|-",
        help="Write the result as JSON, one line for each source if there are several. - prints "
        "it instead of the summary.",
    ),
]
EventsOption = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Write what happened and when (reps, phases, faults), one line of JSON each.",
    ),
]
ValuesOption = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Write every measure for every frame as CSV, to help you choose limits.",
    ),
]


def as_page(path: Path | None) -> Path | None:
    """The page to write; wrong usage if its name says that it is something else."""
    if path is not None and path.suffix.lower() not in ("", ".html", ".htm"):
        raise typer.BadParameter(
            f"formcheck writes HTML: name it {path.stem or 'report'}.html. For a PDF, open that in "
            "a browser and print it."
        )
    return path


ReportOption = Annotated[
    Path | None,
    typer.Option(
        callback=as_page,
        metavar="FILE.html",
        help="Write an HTML report to view, print or share, with pictures of the person. With "
        "--video, clicking the chart jumps to that moment.",
    ),
]
ModelOption = Annotated[
    str | None,
    typer.Option(
        metavar="NAME|FILE",
        envvar=ENVIRONMENT_VARIABLE,
        help="Pose model: full (default), lite (faster), heavy (more accurate, slow), or a .task "
        "file. formcheck downloads it once, when you first need it.",
    ),
]


RateOption = Annotated[
    float,
    typer.Option(
        min=1.0,
        max=1000.0,
        metavar="N",
        help="Analyse at most N frames per second.",
    ),
]


def _speak(wanted: str | None) -> str | None:
    """Tell everything in a language from now on; its code if it was asked for."""
    code = (wanted or system_language()).lower()
    if code not in languages():
        known = ", ".join(languages())
        raise typer.BadParameter(f"formcheck does not speak {wanted!r} yet; it speaks {known}.")
    speak(code)
    return code if wanted else None


LanguageOption = Annotated[
    str | None,
    typer.Option(
        callback=_speak,
        metavar="|".join(languages()),
        envvar="FORMCHECK_LANGUAGE",
        help="The language formcheck speaks and writes. Without it, your computer's language, or "
        "else English. Files for other programs stay in English.",
    ),
]
NoCacheOption = Annotated[
    bool,
    typer.Option(
        "--no-cache",
        help="Don't save or reuse landmarks of videos (see `formcheck doctor`).",
    ),
]
OutOption = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR",
        help="Write a report, results and events for each clip into this folder, with tables of "
        "all clips and an overview, index.html.",
    ),
]
PersonOption = Annotated[
    str,
    typer.Option(
        callback=person_name,  # as the history keeps names
        metavar="NAME",
        help="Who is exercising: for the history with --save; with a folder or --out, if the "
        "folders are not named after people.",
    ),
]
WorkersOption = Annotated[
    int | None,
    typer.Option(
        min=1,
        metavar="N",
        help="How many clips, or parts of a video, to check at once. Without it, as many as this "
        "computer has cores.",
    ),
]
SchedulerOption = Annotated[
    str,
    typer.Option(
        metavar="ADDRESS",
        help="With a folder or --out: check the clips on a Dask cluster, such as tcp://HOST:8786. "
        "Needs formcheck[cluster].",
    ),
]
SendOption = Annotated[
    bool,
    typer.Option(
        "--send", help="With --scheduler: send the clips to workers that can't read them otherwise."
    ),
]


def _day(words: str) -> date:
    """The day that somebody names; wrong usage if nobody can have exercised on it."""
    near = {"today": 0, "yesterday": 1}
    try:
        if words.lower() in near:
            return date.today() - timedelta(days=near[words.lower()])
        day = date.fromisoformat(words)
    except ValueError as error:
        example = "2026-11-28, today or yesterday"
        raise typer.BadParameter(f"{words!r} is not a date. Write it as {example}.") from error
    if day > date.today():
        raise typer.BadParameter(f"{day} is in the future.")
    if day < FIRST_DAY:
        raise typer.BadParameter(f"{day} is too long ago. The earliest date is {FIRST_DAY}.")
    return day


def day_option(help_text: str) -> Any:
    """An option that takes a day."""
    return typer.Option(parser=_day, metavar="DATE", help=help_text)
