"""`formcheck live`: joins camera, MediaPipe, window, voice and files to the live coach."""

import signal
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import FrameType
from typing import BinaryIO

import typer
from rich.console import Console

from formcheck.camera import LiveSource, open_live
from formcheck.errors import CameraError, OutputError
from formcheck.events import Event, Snapshot
from formcheck.export import event_json, summary_table, to_json
from formcheck.landmarker import Landmarker
from formcheck.live import LiveCoach, StepResult, Watcher, run
from formcheck.live_report import LiveReport
from formcheck.overlay import Scene, draw_as_filmed
from formcheck.pose import Pose, SourceInfo, whole_duration
from formcheck.recording import RecordingWriter
from formcheck.report import print_report
from formcheck.routine import Routine
from formcheck.sources import FindModel
from formcheck.speech import Say
from formcheck.video import Frame
from formcheck.video_writer import VideoWriter
from formcheck.voice import open_voice
from formcheck.whole_file import whole_file
from formcheck.window import Window

STDOUT = "-"


@dataclass(frozen=True, slots=True)
class LiveOutputs:
    """Where a live session is kept, besides the terminal."""

    json: str | None = None
    """A file, or `-` for stdout instead of the summary."""
    events: Path | None = None
    record: Path | None = None
    video: Path | None = None
    report: Path | None = None


@dataclass(slots=True)
class _Counter:
    """Counts the frames that were judged."""

    first: float = 0.0
    last: float = 0.0
    frames: int = 0
    with_pose: int = 0

    def __call__(self, frame: Frame, pose: Pose, scene: Scene, snapshot: Snapshot | None) -> None:
        self.first = self.first if self.frames else frame.time
        self.last = frame.time
        self.frames += 1
        self.with_pose += pose.is_present

    def info(self, path: str) -> SourceInfo:
        duration = whole_duration(self.first, self.last, self.frames)
        return SourceInfo(path, duration, self.frames, self.with_pose)


def coach_live(
    address: str,
    routine: Routine,
    find_model: FindModel,
    outputs: LiveOutputs,
    say: Say = "all",
    muted: bool = False,
) -> list[StepResult]:
    """Coach someone in front of a camera, then tell how it went.

    Whatever ends it (the routine's end, `q`, Ctrl-C, a camera that is gone), what was done until
    then is told and kept.
    """
    model = find_model()
    counter = _Counter()
    lost: CameraError | None = None
    with ExitStack() as stack:
        json_file = None
        if outputs.json and outputs.json != STDOUT:
            json_file = stack.enter_context(whole_file(outputs.json))
        page = stack.enter_context(whole_file(outputs.report)) if outputs.report else None
        voice = stack.enter_context(open_voice(muted))
        coach = LiveCoach(routine, voice, say)
        reporter = LiveReport(coach) if outputs.report else None
        with ExitStack() as running:
            source = running.enter_context(open_live(address))
            landmarker = running.enter_context(Landmarker(model))
            watchers: list[Watcher] = [counter, *_watchers(running, outputs, source, coach)]
            watchers += [reporter] if reporter else []
            window = running.enter_context(Window(f"formcheck: {routine.title}"))
            running.enter_context(_stoppable(coach))
            running.callback(coach.finish)
            try:
                run(source, landmarker.detect, coach, window, watchers)
            except CameraError as error:
                lost = error  # told last, when what was done until then is safe
        info = counter.info(address)
        if page and reporter and outputs.report:
            infos = [info] * len(coach.results)
            shown = reporter.page(
                routine.title, coach.results, infos, outputs.report, outputs.video
            )
            page.write(shown)
        _hand_out(coach.results, info, outputs, json_file)
    if lost:
        raise lost
    return coach.results


def _watchers(
    stack: ExitStack, outputs: LiveOutputs, source: LiveSource, coach: LiveCoach
) -> Iterator[Watcher]:
    if outputs.record:
        recording = stack.enter_context(RecordingWriter(outputs.record, source.size))
        yield lambda frame, pose, scene, snapshot: recording.add(pose)
    if outputs.video:
        video = stack.enter_context(VideoWriter(outputs.video, source.size))
        yield lambda frame, pose, scene, snapshot: video.add(
            frame.time, draw_as_filmed(frame.image, replace(scene, show_help=False))
        )
    if outputs.events:
        yield stack.enter_context(_events_log(outputs.events))


@contextmanager
def _events_log(path: Path) -> Iterator[Watcher]:
    """A file of events that grows as they happen, so that a killed session keeps them."""
    try:
        with path.open("w", encoding="utf-8") as file:
            told: list[Event] = []

            def write(frame: Frame, pose: Pose, scene: Scene, snapshot: Snapshot | None) -> None:
                events = list(snapshot.events) if snapshot else []
                if events and events != told:
                    file.writelines(f"{event_json(event)}\n" for event in events)
                    file.flush()
                told[:] = events

            yield write
    except OSError as error:
        raise OutputError(f"Cannot write {path}: {error.strerror}.") from error


@contextmanager
def _stoppable(coach: LiveCoach) -> Iterator[None]:
    """Let Ctrl-C end the session as `q` does, so that nothing is lost."""

    def stop(number: int, frame: FrameType | None) -> None:
        coach.finish()

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _hand_out(
    results: list[StepResult],
    info: SourceInfo,
    outputs: LiveOutputs,
    json_file: BinaryIO | None,
) -> None:
    tables = [to_json(summary_table(result.summary, info)) for result in results]
    if json_file is not None:
        for table in tables:
            json_file.write(f"{table}\n".encode())
    if outputs.json == STDOUT:
        for table in tables:
            typer.echo(table)
        return
    console = Console(highlight=False)
    for result in results:
        print_report(console, result.exercise, result.summary, info)
        console.print()
    if not results:
        typer.echo("No rep was done.", file=sys.stderr)
