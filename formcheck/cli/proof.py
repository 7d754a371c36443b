"""The verbs that hold formcheck against labelled clips: `evaluate` and `test`."""

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from formcheck.cli.options import ModelOption
from formcheck.cli.written import ready_to_write
from formcheck.terminal.lines import NOT_MET, STDOUT, echo, echo_line, tell

if TYPE_CHECKING:
    from formcheck.evaluation.results import Evaluation

MOST = 3
"""Reasons that are told where nothing could be evaluated."""

PlacesArgument = Annotated[
    list[Path],
    typer.Argument(
        metavar="FOLDER|FILE",
        help="Folders to search for NAME.labels.json, or such files themselves.",
    ),
]
WantedOption = Annotated[
    list[str] | None,
    typer.Option(
        "--exercise",
        "-e",
        metavar="NAME|FILE",
        help="Only clips of this exercise; your own .toml file replaces formcheck's exercise of "
        "that name. You can give it several times.",
    ),
]

EVALUATE_EPILOG = """Examples:

\b
  formcheck evaluate samples
  formcheck evaluate clips more_clips --json evaluation.json
  formcheck evaluate clips -e my/bridge.toml
  formcheck evaluate clips -e my/squat.toml --others

Where there is nothing to count, the table shows - and the JSON null. The exit code is 2 for a
file that can't be used."""

TEST_EPILOG = """Examples:

\b
  formcheck test samples
  formcheck test clips -e my/bridge.toml

The exit code is 0 if everything matches the labels, 1 if something differs, 2 for a file that
can't be used."""


def evaluate(
    places: PlacesArgument,
    exercise: WantedOption = None,
    json: Annotated[
        str | None,
        typer.Option(metavar="FILE|-", help="Write the numbers as JSON. - prints them instead."),
    ] = None,
    others: Annotated[
        bool,
        typer.Option(
            "--others",
            help="Also check each clip with all other exercises, which should count nothing in it.",
        ),
    ] = False,
    model: ModelOption = None,
) -> None:
    """Measure accuracy on labelled clips.

    For each exercise, shows how many reps formcheck found, how far off their times are, precision
    and recall of each rule, and where a rule fired by mistake or was missed.
    """
    from formcheck.evaluation.as_json import evaluation_table
    from formcheck.evaluation.label_files import find_label_files, read_clips
    from formcheck.evaluation.text import print_evaluation
    from formcheck.files.whole import whole_file
    from formcheck.results.as_json import to_json
    from formcheck.terminal.console import PrintableConsole

    with ExitStack() as stack:
        file = None
        if json and json != STDOUT:
            labels = find_label_files(places)
            clips = [each.clip for each in read_clips(labels)[0]]
            ready_to_write([Path(json)], [*places, *labels, *clips], model)
            places = labels
            file = stack.enter_context(whole_file(json))
        evaluation, code = _evaluated(places, exercise or [], model, others=others)
        text = to_json(evaluation_table(evaluation), indent=2)
        if file:
            file.write(f"{text}\n".encode())
    if json == STDOUT:
        echo(text)
    else:
        print_evaluation(PrintableConsole(highlight=False), evaluation)
    raise typer.Exit(code)


def check_labels(
    places: PlacesArgument, exercise: WantedOption = None, model: ModelOption = None
) -> None:
    """Compare results with your labels.

    If formcheck finds a fault you didn't label, that only counts as a difference if its severity is
    safety or your labels are marked as exhaustive.
    """
    from formcheck.evaluation.differences import differences
    from formcheck.wording import count

    evaluation, code = _evaluated(places, exercise or [], model, recognises=False)
    differing = 0
    for each in evaluation.clips:
        lines = differences(each.score, each.exercise)
        differing += bool(lines)
        echo_line(f"{'DIFFERS' if lines else 'ok':8}{each.clip.clip} ({each.exercise.name})")
        for line in lines:
            echo_line(f"{'':8}  {line}")
    for skipped in evaluation.skipped:
        if not skipped.is_broken:
            echo_line(f"skipped {skipped.file}: {skipped.reason}")
    unusable = sum(skipped.is_broken for skipped in evaluation.skipped)
    told = [f"{len(evaluation.clips) - differing} ok", f"{differing} differ"]
    told += [f"{len(evaluation.skipped) - unusable} skipped"]
    told += [f"{unusable} unusable"] if unusable else []
    echo(f"\n{count(len(evaluation.clips), 'clip')}: {', '.join(told)}")
    raise typer.Exit(code or (NOT_MET if differing else 0))


def _evaluated(
    places: list[Path], wanted: list[str], model: str | None, **how: bool
) -> tuple["Evaluation", int]:
    """The evaluation, and the worst exit code of what went wrong, which has been told.

    Nothing evaluated is no success.
    """
    from formcheck.errors import LabelError
    from formcheck.evaluation.run import definitions
    from formcheck.evaluation.run import evaluate as evaluate_all
    from formcheck.sources.model_finder import model_finder_with_bar

    known, find_model = definitions(wanted), model_finder_with_bar(model)
    evaluation, errors = evaluate_all(places, known, find_model, **how)
    once = {str(error): error for error in errors}  # without a model all videos say the same
    code = max([tell(error) for error in once.values()], default=0)
    if not evaluation.clips and not code:
        reasons = [f"{each.file}: {each.reason}" for each in evaluation.skipped]
        why = "; ".join(reasons[:MOST]) or "no clip shows that exercise"
        raise LabelError("formcheck could evaluate none of the labelled clips: {why}.", why=why)
    return evaluation, code
