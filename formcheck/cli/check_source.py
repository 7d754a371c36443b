"""`formcheck check` of one source: as the exercise that was named, or as whatever it shows."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from formcheck.checking.judge_source import Result, Sink, judge
from formcheck.checking.passages import all_exercises, gather, passages, pictures_of
from formcheck.cli.check_extras import Extras
from formcheck.events import Summary
from formcheck.exercise import Exercise, Side
from formcheck.pose import SourceInfo
from formcheck.recognition.claims import Stretch
from formcheck.results.as_json import TellEvents, events_file, values_file
from formcheck.sources.opening import FindModel, PoseSource, open_source
from formcheck.terminal import STDOUT, time_bar


@dataclass(frozen=True, slots=True)
class Outputs:
    """Where the results go, besides the terminal."""

    json: str | None = None
    """A file, or `-` for stdout instead of the summary."""
    events: Path | None = None
    values: Path | None = None
    report: Path | None = None
    video: Path | None = None
    reps: Path | None = None
    faults: Path | None = None
    save: bool = False
    """Whether the history is to have the results too."""
    on: date | None = None
    """When it was done, for the history, if not when the source was written."""

    @property
    def json_file(self) -> Path | None:
        """The file of JSON, if it is one."""
        return Path(self.json) if self.json and self.json != STDOUT else None

    @property
    def files(self) -> list[Path]:
        """All files that will be written."""
        pages = (self.report, self.video)
        tables = (self.json_file, self.events, self.values, self.reps, self.faults)
        return [path for path in (*tables, *pages) if path]


@dataclass(frozen=True, slots=True)
class Checked:
    """A source, or a stretch of one, and what was found in it."""

    summary: Summary
    source: SourceInfo
    exercise: Exercise | None
    """None where it is unknown."""
    stretch: Stretch | None = None
    """Where and why the exercise was recognised; none where it was named."""
    warnings: tuple[str, ...] = ()


def check_source(
    path: Path,
    exercise: Exercise | None,
    side: Side | None,
    find_model: FindModel,
    outputs: Outputs,
) -> list[Checked]:
    """Judge a source as one exercise, or find out which there are in it and judge each.

    Raises:
        SourceError: it cannot be used, or nobody is to be seen in it.
        ModelError: the pose model cannot be had.
    """
    with ExitStack() as stack:
        extras = stack.enter_context(Extras(path.name, side, outputs.report, outputs.video))
        tell_events = stack.enter_context(events_file(outputs.events)) if outputs.events else None
        writers = _Writers(extras, tell_events)
        if outputs.values:
            writers.sinks.append(stack.enter_context(values_file(outputs.values)))
        source = stack.enter_context(open_source(path, find_model))
        show = stack.enter_context(time_bar(path.name, source.length))
        if exercise is None:
            return list(_recognised(path, source, side, writers, show))
        writers.sinks.append(lambda snapshot: show(snapshot.time))
        result = writers.judge(source, exercise, side)
        return [Checked(result.summary, result.source, exercise, warnings=result.warnings)]


class _Writers:
    """Whoever wants to see what is judged while it goes on."""

    def __init__(self, extras: Extras, tell_events: TellEvents | None) -> None:
        self.extras = extras
        self._tell_events = tell_events
        self.sinks: list[Sink] = []

    def judge(self, source: PoseSource, exercise: Exercise, side: Side | None) -> Result:
        """Judge a source, and let everybody know."""
        sinks, tell = [*self.sinks], self._tell_events
        if tell is not None:
            sinks.append(lambda snapshot: tell(snapshot.events, exercise.name))
        result = judge(source, exercise, side, sinks, self.extras.witnesses(exercise, source.size))
        self.extras.add(exercise, result)
        if tell is not None:
            tell(result.summary.ending, exercise.name)
        return result


def _recognised(
    path: Path,
    source: PoseSource,
    side: Side | None,
    writers: _Writers,
    show: Callable[[float], None],
) -> Iterator[Checked]:
    """Each stretch of a source, judged as the exercise that it shows."""
    exercises = all_exercises()
    gathered = gather(source, exercises.values(), show)
    with ExitStack() as stack:
        pictures = None
        if writers.extras.are_wanted:
            pictures = stack.enter_context(pictures_of(path))
        for stretch, passage in passages(gathered, pictures):
            exercise = exercises.get(stretch.exercise or "")
            if exercise is None:
                writers.extras.pass_by(passage)
                summary = Summary("", (), (), notes=(stretch.words,))
            else:
                summary = writers.judge(passage, exercise, side).summary
            yield Checked(summary, gathered.info, exercise, stretch, gathered.warnings)
