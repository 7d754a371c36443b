"""What a live session writes: files that grow with it, and a page at its end."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

from formcheck.coaching.scene import Scene
from formcheck.files.growing import GrowingFile, told
from formcheck.files.outlet import Outlet, Outside, Tell
from formcheck.live.loop import Watch
from formcheck.live.said_log import SaidLog
from formcheck.observer import Observer
from formcheck.picture.overlay import draw_scene
from formcheck.picture.video_writer import VideoWriter
from formcheck.pose import Frame
from formcheck.report.sections import page_file
from formcheck.results.as_json import EventsLog
from formcheck.results.outputs import Outputs
from formcheck.sources.recording import RecordingWriter
from formcheck.terminal.lines import note

UNNAMED = "live session"
"""What a report tells as the source: a stream's address may hold a password."""


def whole_observers(
    stack: ExitStack, outputs: Outputs, title: str, tell: Tell
) -> Iterator[Observer]:
    """Begin the page that was asked for; `stack` finishes it, `tell` is told if that fails."""
    if outputs.report:
        page = page_file(outputs.report, outputs.video, lambda _: title, UNNAMED)
        yield Outside(stack.enter_context(Outlet(page, tell)))


def events_log(stack: ExitStack, path: Path | None, tell: Tell) -> SaidLog:
    """Begin the events that were asked for, as the page; without a file they go nowhere."""
    if path is None:
        return SaidLog()
    return SaidLog(stack.enter_context(Outlet(growing_events(path), tell)))


def growing_watches(
    stack: ExitStack, outputs: Outputs, size: tuple[int, int], tell: Tell
) -> Iterator[Watch]:
    """Begin the recording and the film that were asked for, as the page."""
    if outputs.record:
        yield _apart(stack, _recorder(outputs.record, size), tell)
    if outputs.video:
        yield _apart(stack, _filmer(outputs.video, size), tell)


def _apart(stack: ExitStack, context: AbstractContextManager[Watch], tell: Tell) -> Watch:
    """A watch that may fail alone."""
    outlet = stack.enter_context(Outlet(context, tell))

    def watch(frame: Frame, scene: Scene) -> None:
        outlet(lambda each: each(frame, scene))

    return watch


@contextmanager
def growing_events(path: Path) -> Iterator[EventsLog]:
    """Write events as they happen: should the program be killed, they are there until then.

    Raises:
        OutputError: the file cannot be written.
    """
    with told(GrowingFile(path)) as file:

        def write(line: str) -> None:
            file.write(line.encode())
            file.flush()

        yield EventsLog(write)


@contextmanager
def _recorder(path: Path, size: tuple[int, int]) -> Iterator[Watch]:
    recording = RecordingWriter(path, size, keep=True)

    def record(frame: Frame, scene: Scene) -> None:
        # What is not judged is left out, so that `check` finds the same in the recording.
        if not scene.is_paused:
            recording.add(scene.pose)

    with told(recording.growing), recording:
        yield record


@contextmanager
def _filmer(path: Path, size: tuple[int, int]) -> Iterator[Watch]:
    growing = GrowingFile(path)
    with told(growing):
        with VideoWriter(growing.part, size, shown=path) as video:
            note([video.note] if video.note else [])

            def film(frame: Frame, scene: Scene) -> None:
                video.add(frame.time, draw_scene(frame.image, scene))

            yield film
        if not video.has_pictures:
            growing.remove()
