"""`formcheck check` of one source: as the exercise that was named, or as whatever it shows."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from formcheck.checking.judge_source import judge
from formcheck.checking.passages import gather, judge_passages
from formcheck.definition.loading import left_out, usable_exercises
from formcheck.exercise import Exercise, Side
from formcheck.observer import Observer, Outcome, TimeShown
from formcheck.results.as_json import events_file, values_file
from formcheck.results.outputs import Outputs
from formcheck.sources.opening import FindModel, PoseSource, open_source
from formcheck.terminal import getting_ready, note, time_bar
from formcheck.whole_file import whole_file, whole_path


def check_source(
    path: Path,
    exercise: Exercise | None,
    side: Side | None,
    find_model: FindModel,
    outputs: Outputs,
) -> list[Outcome]:
    """Judge a source as one exercise, or find out which there are in it and judge each.

    Raises:
        SourceError: it cannot be used, or nobody is to be seen in it.
        ModelError: the pose model cannot be had.
    """
    with ExitStack() as stack:
        observers = list(_observers(stack, path, outputs))
        with getting_ready(path.name):
            source = stack.enter_context(open_source(path, find_model))
        if outputs.video:
            observers.append(_annotator(stack, outputs.video, source, side))
        show = stack.enter_context(time_bar(path.name, source.length))
        if exercise is not None:
            return [judge(source, exercise, side, [*observers, TimeShown(show)])]
        exercises, unusable = usable_exercises()
        note(left_out(unusable))
        gathered = gather(source, exercises.values(), show)
        return list(judge_passages(path, gathered, exercises, side, observers))


def _observers(stack: ExitStack, path: Path, outputs: Outputs) -> Iterator[Observer]:
    """Who writes what else was asked for; `stack` finishes the files, or leaves none behind."""
    if outputs.report:
        yield stack.enter_context(_page(outputs.report, outputs.video, path.name))
    if outputs.events:
        yield stack.enter_context(events_file(outputs.events))
    if outputs.values:
        yield stack.enter_context(values_file(outputs.values))


@contextmanager
def _page(report: Path, video: Path | None, name: str) -> Iterator[Observer]:
    """Write the report at the end. OpenCV and jinja2 are loaded only here, for who wants one."""
    with whole_file(report) as file:
        from formcheck.report.sections import Sections

        sections = Sections()
        yield sections
        file.write(sections.page(f"{sections.titles}: {name}", report, video))


def _annotator(stack: ExitStack, video: Path, source: PoseSource, side: Side | None) -> Observer:
    from formcheck.picture.annotate import Annotator
    from formcheck.picture.video_writer import VideoWriter

    path = stack.enter_context(whole_path(video))
    writer = stack.enter_context(VideoWriter(path, source.size, in_pieces=False))
    return Annotator(writer, source.size, side)
