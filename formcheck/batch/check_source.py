"""`formcheck check` of one source: as the exercise that was named, or as whatever it shows."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

from formcheck.checking.judge_source import judge
from formcheck.checking.passages import judge_parts
from formcheck.definition.loading import left_out, usable_exercises
from formcheck.exercise import Exercise, Side
from formcheck.files.outlet import Outlet, Outside, Tell
from formcheck.files.whole import whole_path
from formcheck.observer import Observer, Outcome, TimeShown
from formcheck.results.as_json import events_file, values_file
from formcheck.results.outputs import Outputs
from formcheck.sources.look import Looking
from formcheck.sources.opening import FindModel, PoseSource, open_source
from formcheck.terminal.bars import getting_ready, time_bar
from formcheck.terminal.lines import note


def check_source(
    path: Path,
    exercise: Exercise | None,
    side: Side | None,
    find_model: FindModel,
    look: Looking,
    outputs: Outputs,
    tell: Tell,
) -> list[Outcome]:
    """Judge a source as one exercise, or find out which there are in it and judge each.

    `tell` is told of files that fail once they were begun: they cost the others nothing.

    Raises:
        SourceError: it cannot be used, or nobody is to be seen in it.
        ModelError: the pose model cannot be had.
        OutputError: a file cannot be begun.
    """
    with ExitStack() as stack:
        files = [*_files(path, outputs)]
        observers = [_outside(stack, file, tell) for file in files]
        with getting_ready(path.name):
            source = stack.enter_context(open_source(path, find_model, look))
        if outputs.video:
            observers.append(_outside(stack, _annotator(outputs.video, source, side), tell))
        show = stack.enter_context(time_bar(path.name, source.length))
        if exercise is not None:
            return [judge(source, exercise, side, [*observers, TimeShown(show)])]
        exercises, unusable = usable_exercises()
        note(left_out(unusable))
        return judge_parts(source, exercises, side, observers, show)


def _outside(stack: ExitStack, file: AbstractContextManager[Observer], tell: Tell) -> Observer:
    """What writes a file; `stack` finishes it, or leaves none behind."""
    return Outside(stack.enter_context(Outlet(file, tell)))


def _files(path: Path, outputs: Outputs) -> Iterator[AbstractContextManager[Observer]]:
    """What else was asked for. OpenCV and jinja2 are loaded only for who wants a page."""
    if outputs.report:
        from formcheck.report.sections import page_file

        name = path.name
        yield page_file(outputs.report, outputs.video, lambda page: f"{page.titles}: {name}")
    if outputs.events:
        yield events_file(outputs.events)
    if outputs.values:
        yield values_file(outputs.values)


@contextmanager
def _annotator(video: Path, source: PoseSource, side: Side | None) -> Iterator[Observer]:
    from formcheck.picture.annotate import Annotator
    from formcheck.picture.video_writer import VideoWriter

    with (
        whole_path(video) as path,
        VideoWriter(path, source.size, in_pieces=False, shown=video) as writer,
    ):
        yield Annotator(writer, source.size, side)
