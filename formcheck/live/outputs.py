"""What grows while a live session goes on: landmarks, annotated video and events."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from formcheck.coaching.scene import Scene
from formcheck.errors import OutputError
from formcheck.live.loop import Watch
from formcheck.picture.overlay import draw_as_filmed
from formcheck.picture.video_writer import VideoWriter
from formcheck.pose import Frame
from formcheck.results.as_json import EventsLog
from formcheck.results.outputs import Outputs
from formcheck.sources.recording import RecordingWriter
from formcheck.terminal import note


@contextmanager
def growing_events(path: Path) -> Iterator[EventsLog]:
    """Write events as they happen: should the program be killed, they are there until then.

    Raises:
        OutputError: the file cannot be written.
    """
    try:
        # What is written is handed to the operating system with each line.
        file = path.open("w", encoding="utf-8", buffering=1)
    except OSError as error:
        raise OutputError(f"Cannot write {path}: {error.strerror}.") from error

    def write(line: str) -> None:
        try:
            file.write(line)
        except OSError as error:
            raise OutputError(f"Cannot write {path}: {error.strerror}.") from error

    with file:
        yield EventsLog(write)


def watches_of(stack: ExitStack, outputs: Outputs, size: tuple[int, int]) -> Iterator[Watch]:
    """Begin the recording and the film that were asked for; `stack` finishes them."""
    if outputs.record:
        yield _recorder(stack.enter_context(RecordingWriter(outputs.record, size, keep=True)))
    if outputs.video:
        video = stack.enter_context(VideoWriter(outputs.video, size))
        note([video.note] if video.note else [])
        yield _filmer(video)


def _recorder(recording: RecordingWriter) -> Watch:
    def record(frame: Frame, scene: Scene) -> None:
        # What is not judged is left out, so that `check` finds the same in the recording.
        if not scene.is_paused:
            recording.add(scene.pose)

    return record


def _filmer(video: VideoWriter) -> Watch:
    def film(frame: Frame, scene: Scene) -> None:
        video.add(frame.time, draw_as_filmed(frame.image, replace(scene, show_help=False)))

    return film
