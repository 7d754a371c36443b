"""`formcheck check`: judge one source after the other and give each result to whoever wants it."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import typer
from rich.console import Console

from formcheck.checking import Result, Sink, judge
from formcheck.errors import ModelError, SourceError
from formcheck.exercise import Exercise, Side
from formcheck.export import events_file, summary_table, to_json, values_file
from formcheck.extras import Extras
from formcheck.messages import NOT_MET, note, tell
from formcheck.progress import download_bar, time_bar
from formcheck.report import print_report
from formcheck.sources import FindModel, open_source
from formcheck.whole_file import whole_file

STDOUT = "-"


@dataclass(frozen=True, slots=True)
class Outputs:
    """Where the results go, besides the terminal."""

    json: str | None = None
    """A file, or `-` for stdout instead of the summary."""
    events: Path | None = None
    values: Path | None = None
    report: Path | None = None
    video: Path | None = None

    @property
    def json_file(self) -> Path | None:
        """The file of JSON, if it is one."""
        return Path(self.json) if self.json and self.json != STDOUT else None

    @property
    def files(self) -> list[Path]:
        """All files that will be written."""
        paths = (self.json_file, self.events, self.values, self.report, self.video)
        return [path for path in paths if path]


def check_all(
    sources: Sequence[Path],
    exercise: Exercise,
    side: Side | None,
    find_model: FindModel,
    outputs: Outputs,
) -> tuple[list[Result], int]:
    """Judge all sources; what was found, and the worst exit code of those that are no good.

    The file of JSON is opened before any work is done for it, and is not written if no source
    could be judged.
    """
    results: list[Result] = []
    code = 0
    with ExitStack() as files:
        path = outputs.json_file
        file = files.enter_context(whole_file(path)) if path else None
        for source in sources:
            try:
                result = _check_one(source, exercise, side, find_model, outputs)
            except (SourceError, ModelError) as error:
                code = max(code, tell(error))
                continue
            if results and outputs.json != STDOUT:
                typer.echo()
            results.append(result)
            _hand_out(result, exercise, outputs, file, indent=2 if len(sources) == 1 else None)
        if not results:
            raise typer.Exit(code)
    return results, code


def exit_code_of_form(results: Sequence[Result]) -> int:
    """0 if there are reps in every result and all are clean."""
    clean = (
        bool(result.summary.reps) and all(rep.clean for rep in result.summary.reps)
        for result in results
    )
    return 0 if all(clean) else NOT_MET


def model_finder(name_or_path: str | None) -> FindModel:
    """Find the model when it is needed, showing its download; what came of it is remembered."""
    answers: list[Path | ModelError] = []

    def find() -> Path:
        from formcheck.model_file import find_model

        if not answers:
            try:
                with download_bar("Fetching the pose model, once") as show:
                    answers.append(find_model(name_or_path, progress=show))
            except ModelError as error:
                answers.append(error)
        (answer,) = answers
        if isinstance(answer, ModelError):
            raise answer
        return answer

    return find


def _check_one(
    path: Path,
    exercise: Exercise,
    side: Side | None,
    find_model: FindModel,
    outputs: Outputs,
) -> Result:
    with ExitStack() as stack:
        sinks: list[Sink] = []
        tell_events = stack.enter_context(events_file(outputs.events)) if outputs.events else None
        if tell_events:
            sinks.append(lambda snapshot: tell_events(snapshot.events))
        if outputs.values:
            sinks.append(stack.enter_context(values_file(outputs.values)))
        extras = None
        if outputs.report or outputs.video:
            extras = stack.enter_context(Extras(exercise, side, outputs.report, outputs.video))
        source = stack.enter_context(open_source(path, find_model))
        witnesses = extras.witnesses(source.size) if extras else []
        show = stack.enter_context(time_bar(path.name, source.length))
        sinks.append(lambda snapshot: show(snapshot.time))
        result = judge(source, exercise, side, sinks, witnesses)
        if extras:
            extras.finish(result)
        if tell_events:
            tell_events(result.summary.ending)
        return result


def _hand_out(
    result: Result,
    exercise: Exercise,
    outputs: Outputs,
    file: BinaryIO | None,
    indent: int | None,
) -> None:
    """Give a result to whoever is to have it: a file, a program or a person."""
    note(result.warnings)
    table = summary_table(result.summary, result.source)
    if file:
        file.write(f"{to_json(table, indent)}\n".encode())
    if outputs.json == STDOUT:
        typer.echo(to_json(table))
    else:
        print_report(Console(highlight=False), exercise, result.summary, result.source)
