"""What is kept of a live session: landmarks, annotated video, events, and the results."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO, TextIO

import typer
from rich.console import Console

from formcheck.coaching.routine_coach import StepResult
from formcheck.coaching.scene import Scene
from formcheck.errors import OutputError
from formcheck.events import Event, Snapshot
from formcheck.exercise import Exercise
from formcheck.live.loop import Guide, News, Watcher
from formcheck.picture.overlay import draw_as_filmed
from formcheck.picture.video_writer import VideoWriter
from formcheck.pose import Frame, Pose, SourceInfo, whole_duration
from formcheck.results.as_json import event_json, summary_table, to_json
from formcheck.results.text import print_report
from formcheck.sources.recording import RecordingWriter
from formcheck.terminal import STDOUT, note
from formcheck.whole_file import whole_file


@dataclass(frozen=True, slots=True)
class LiveOutputs:
    """Where a live session is kept, besides the terminal."""

    json: str | None = None
    """A file, or `-` for stdout instead of the summary."""
    events: Path | None = None
    record: Path | None = None
    video: Path | None = None
    report: Path | None = None

    @property
    def files(self) -> list[Path]:
        """All files that will be written."""
        json = Path(self.json) if self.json and self.json != STDOUT else None
        paths = (json, self.events, self.record, self.video, self.report)
        return [path for path in paths if path]


@dataclass(slots=True)
class _Frames:
    """How many frames a step had, and from when to when."""

    first: float = 0.0
    last: float = 0.0
    count: int = 0
    with_pose: int = 0

    def add(self, pose: Pose) -> None:
        self.first = self.first if self.count else pose.time
        self.last = pose.time
        self.count += 1
        self.with_pose += pose.is_present

    def info(self, path: str) -> SourceInfo:
        duration = whole_duration(self.first, self.last, self.count)
        return SourceInfo(path, duration, self.count, self.with_pose)


@dataclass(slots=True)
class StepFrames:
    """Counts the frames that were judged for each result: not those of pauses and rests."""

    coach: Guide
    _steps: list[_Frames] = field(default_factory=list)
    _news: News = field(init=False)

    def __post_init__(self) -> None:
        """Have seen nothing yet."""
        self._news = News(self.coach)

    def __call__(self, frame: Frame, pose: Pose, scene: Scene, snapshot: Snapshot | None) -> None:
        """Take in a frame."""
        for judged, _ in self._news.of(pose, snapshot):
            # In the very frame in which a step ends, its result is there already.
            self._step(len(self.coach.results)).add(judged)

    def info(self, number: int, path: str) -> SourceInfo:
        """What was gone through for a result, by its number from 0."""
        return self._step(number).info(path)

    def _step(self, number: int) -> _Frames:
        while len(self._steps) <= number:
            self._steps.append(_Frames())
        return self._steps[number]


def opened_watchers(
    stack: ExitStack, outputs: LiveOutputs, size: tuple[int, int], coach: Guide
) -> Iterator[Watcher]:
    """Begin the files that grow during the session; `stack` finishes them."""
    if outputs.events:
        yield stack.enter_context(EventsLog(outputs.events, coach))
    if outputs.record:
        yield _recorder(stack.enter_context(RecordingWriter(outputs.record, size, keep=True)))
    if outputs.video:
        video = stack.enter_context(VideoWriter(outputs.video, size))
        note([video.note] if video.note else [])
        yield _filmer(video)


def _recorder(recording: RecordingWriter) -> Watcher:
    def record(frame: Frame, pose: Pose, scene: Scene, snapshot: Snapshot | None) -> None:
        # What is not judged is left out, so that `check` finds the same in the recording.
        if not scene.is_paused:
            recording.add(pose)

    return record


def _filmer(video: VideoWriter) -> Watcher:
    def film(frame: Frame, pose: Pose, scene: Scene, snapshot: Snapshot | None) -> None:
        video.add(frame.time, draw_as_filmed(frame.image, replace(scene, show_help=False)))

    return film


class EventsLog:
    """A file of events that grows as they happen, a line at a time; a context manager."""

    def __init__(self, path: Path, coach: Guide) -> None:
        """Begin the file; OutputError if it cannot be written."""
        self._path = path
        self._coach = coach
        self._news = News(coach)
        self._ended = 0
        """Results of which the last events were written."""
        try:
            # What is written is handed to the operating system with each line.
            self._file: TextIO = path.open("w", encoding="utf-8", buffering=1)
        except OSError as error:
            raise OutputError(f"Cannot write {path}: {error.strerror}.") from error

    def __call__(self, frame: Frame, pose: Pose, scene: Scene, snapshot: Snapshot | None) -> None:
        """Write what is new."""
        for _, judged in self._news.of(pose, snapshot):
            self._write(judged.events, scene.exercise)
        self._write_endings()

    def __enter__(self) -> "EventsLog":
        """Return the log itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Write what the end of the session brought, and close the file."""
        try:
            self._write_endings()
        finally:
            self._file.close()

    def _write_endings(self) -> None:
        for result in self._coach.results[self._ended :]:
            self._write(result.summary.ending, result.exercise)
            self._ended += 1

    def _write(self, events: tuple[Event, ...], exercise: Exercise | None) -> None:
        name = exercise.name if exercise else ""
        try:
            for event in events:
                self._file.write(f"{event_json(event, name)}\n")
        except OSError as error:
            raise OutputError(f"Cannot write {self._path}: {error.strerror}.") from error


class Results:
    """Where the results go at the end; a context manager that opens the file at the beginning."""

    def __init__(self, outputs: LiveOutputs) -> None:
        """Take note of where they go."""
        self._json = outputs.json
        self._stack = ExitStack()
        self._file: BinaryIO | None = None

    def __enter__(self) -> "Results":
        """Open the file of JSON, if there is to be one; OutputError if it cannot be written."""
        if self._json and self._json != STDOUT:
            self._file = self._stack.enter_context(whole_file(self._json))
        return self

    def __exit__(self, *error: object) -> None:
        """Make the file appear, or, after an error, not."""
        self._stack.__exit__(*error)  # type: ignore[arg-type]

    def hand_out(self, results: list[StepResult], infos: list[SourceInfo]) -> None:
        """Give each result to whoever is to have it: a file, a program or a person."""
        indent = 2 if len(results) == 1 else None
        for result, info in zip(results, infos, strict=True):
            table = summary_table(result.summary, info)
            if self._file is not None:
                self._file.write(f"{to_json(table, indent)}\n".encode())
            if self._json == STDOUT:
                typer.echo(to_json(table))
                continue
            print_report(Console(highlight=False), result.exercise, result.summary, info)
            typer.echo()
        if not any(result.summary.sets for result in results):
            typer.echo("No rep or hold was done.", file=sys.stderr)
