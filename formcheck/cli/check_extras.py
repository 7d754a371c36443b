"""What `check` makes beside its summary where it is asked for: the report page, annotated video."""

from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO, Self

from formcheck.checking.judge_source import Result, Witness
from formcheck.exercise import Exercise, Side
from formcheck.sources.opening import PoseSource
from formcheck.whole_file import whole_file, whole_path

if TYPE_CHECKING:
    from formcheck.picture.video_writer import VideoWriter
    from formcheck.report.keepsakes import Keepsakes
    from formcheck.report.page import Section


class Extras:
    """Report and video of one source, each whole or not at all; a context manager.

    OpenCV, jinja2 and PyAV are loaded only here, for those who want them.
    """

    def __init__(
        self, name: str, side: Side | None, report: Path | None, video: Path | None
    ) -> None:
        """Take note of what is wanted; the name is that of the source."""
        self._name = name
        self._side: Side | None = side
        self._report, self._video = report, video
        self._stack = ExitStack()
        self._file: BinaryIO | None = None
        self._writer: VideoWriter | None = None
        self._keepsakes: Keepsakes | None = None
        self._first: float | None = None
        self._sections: list[Section] = []

    @property
    def are_wanted(self) -> bool:
        """Whether anybody needs to see the pictures."""
        return bool(self._report or self._video)

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
        """Write the report and make the files appear, or, after an error, not."""
        if error is None and self._file is not None and self._report is not None:
            self._file.write(self._page(self._report))
        self._stack.__exit__(kind, error, trace)

    def witnesses(self, exercise: Exercise, size: tuple[int, int]) -> list[Witness]:
        """Who has to see every frame of an exercise; `size` is that of the pictures."""
        found: list[Witness] = []
        if self._report:
            from formcheck.report.keepsakes import Keepsakes

            self._keepsakes = Keepsakes(exercise)
            found.append(self._keepsakes.add)
        if self._video:
            from formcheck.picture.annotate import Annotator

            writer = self._video_writer(self._video, size)
            found.append(Annotator(writer, size, exercise, self._side).add)
        return found

    def add(self, exercise: Exercise, result: Result) -> None:
        """Take in what was found of an exercise that has been gone through."""
        if self._keepsakes is None:
            return
        from formcheck.report.page import Section

        if self._first is None:
            self._first = self._keepsakes.tracking.first
        self._sections.append(
            Section(exercise, result.summary, result.source, self._keepsakes, result.warnings)
        )

    def pass_by(self, source: PoseSource) -> None:
        """Go through what is no known exercise: it is in the video, with nothing drawn on it."""
        if not self.are_wanted:
            return
        for pose in source:  # even for the report alone: the pictures come in their order
            self._first = pose.time if self._first is None else self._first
            if self._video and source.picture is not None:
                self._video_writer(self._video, source.size).add(pose.time, source.picture)

    def _video_writer(self, video: Path, size: tuple[int, int]) -> "VideoWriter":
        """The one writer of the video, opened when it is first needed."""
        from formcheck.picture.video_writer import VideoWriter

        if self._writer is None:
            path = self._stack.enter_context(whole_path(video))
            self._writer = self._stack.enter_context(VideoWriter(path, size, in_pieces=False))
        return self._writer

    def _page(self, report: Path) -> bytes:
        from formcheck.report.page import clip_beside, report_page

        clip = clip_beside(report, self._video, self._first or 0.0) if self._video else None
        titles = ", ".join(dict.fromkeys(each.exercise.title for each in self._sections))
        return report_page(f"{titles or 'No known exercise'}: {self._name}", self._sections, clip)
