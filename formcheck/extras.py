"""What `check` makes beside its summary where it is asked for: the report page, annotated video."""

from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO, Self

from formcheck.checking import Result, Witness
from formcheck.exercise import Exercise, Side
from formcheck.whole_file import whole_file, whole_path

if TYPE_CHECKING:
    from formcheck.keepsakes import Keepsakes


class Extras:
    """Report and video of one source, each whole or not at all; a context manager.

    OpenCV, jinja2 and PyAV are loaded only here, for those who want them.
    """

    def __init__(
        self, exercise: Exercise, side: Side | None, report: Path | None, video: Path | None
    ) -> None:
        """Take note of what is wanted."""
        self._exercise = exercise
        self._side: Side | None = side
        self._report, self._video = report, video
        self._stack = ExitStack()
        self._file: BinaryIO | None = None
        self._keepsakes: Keepsakes | None = None

    def __enter__(self) -> Self:
        """Open the report's file, so that one that cannot be written is told at once."""
        if self._report:
            self._file = self._stack.enter_context(whole_file(self._report))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Make the files appear, or, after an error, not."""
        self._stack.__exit__(kind, error, trace)

    def witnesses(self, size: tuple[int, int]) -> list[Witness]:
        """Who has to see every frame; `size` is that of the pictures."""
        found: list[Witness] = []
        if self._report:
            from formcheck.keepsakes import Keepsakes

            self._keepsakes = Keepsakes(self._exercise)
            found.append(self._keepsakes.add)
        if self._video:
            from formcheck.annotate import Annotator
            from formcheck.video_writer import VideoWriter

            path = self._stack.enter_context(whole_path(self._video))
            writer = self._stack.enter_context(VideoWriter(path, size, in_pieces=False))
            found.append(Annotator(writer, size, self._exercise, self._side).add)
        return found

    def finish(self, result: Result) -> None:
        """Write the report of what was found."""
        if self._file is None or self._report is None or self._keepsakes is None:
            return
        from formcheck.report_page import Section, clip_beside, report_page

        section = Section(
            self._exercise, result.summary, result.source, self._keepsakes, result.warnings
        )
        start = self._keepsakes.tracking.first
        clip = clip_beside(self._report, self._video, start) if self._video else None
        title = f"{self._exercise.title}: {Path(result.source.path).name}"
        self._file.write(report_page(title, [section], clip))
