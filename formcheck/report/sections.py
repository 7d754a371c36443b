"""Gathers what the page needs of each exercise while it goes by, and makes the page of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from formcheck.exercise import Exercise
from formcheck.files.whole import whole_file
from formcheck.language.tongue import about, tr
from formcheck.observer import Judged, Observer, Outcome, Stretch
from formcheck.report.keepsakes import Keeper
from formcheck.report.page import Section, clip_beside, report_page


class Sections(Observer):
    """One section for each exercise, in the order in which they ended."""

    needs_pictures = True

    def __init__(self, source: str | None = None) -> None:
        """Begin without any; `source` is told in place of the source's own name."""
        self._source = source
        self._first: float | None = None
        """When the first picture was taken: there an annotated video begins."""
        self._keeper: Keeper | None = None
        """Of the part that is going on. Some are left before anything was done, and never end."""
        self._number = -1
        """That of the part."""
        self.done: list[Section] = []
        self._unknown: list[Stretch] = []

    def add(self, judged: Judged) -> None:
        """Keep what may be shown of a pose."""
        if self._first is None:
            self._first = judged.pose.time
        if judged.exercise is None or judged.snapshot is None:
            return
        keeper = self._keeper_of(judged.number, judged.exercise)
        keeper.add(judged.pose, judged.picture, judged.snapshot)

    def end(self, outcome: Outcome) -> None:
        """Make a section of an exercise that is over; of what was not recognised, keep why."""
        if outcome.exercise is None:
            if outcome.stretch is not None:
                self._unknown.append(outcome.stretch)
            return
        kept = self._keeper_of(outcome.number, outcome.exercise).finish(outcome.summary)
        self._keeper = None
        source = replace(outcome.source, path=self._source) if self._source else outcome.source
        self.done.append(Section(outcome.exercise, outcome.summary, source, kept, outcome.warnings))

    def _keeper_of(self, number: int, exercise: Exercise) -> Keeper:
        """The keeper of a part; one part comes after the other."""
        if self._keeper is None or self._number != number:
            self._keeper, self._number = Keeper(exercise), number
        return self._keeper

    @property
    def titles(self) -> str:
        """The exercises, each once; something to say even where there is none."""
        with about(*(section.exercise for section in self.done)):
            titles = dict.fromkeys(tr(section.exercise.title) for section in self.done)
            return ", ".join(titles) or tr("No known exercise")

    def page(self, title: str, report: Path, video: Path | None = None) -> bytes:
        """The whole page, for a file of this name, with the annotated video if there is one."""
        clip = clip_beside(report, video, self._first or 0.0) if video else None
        return report_page(title, self.done, self._unknown, clip)


@contextmanager
def page_file(
    path: Path, video: Path | None, title: Callable[[Sections], str], source: str | None = None
) -> Iterator[Observer]:
    """Write the page of what is seen, at the end, whole or not at all; OutputError if it cannot be.

    Args:
        path: the file.
        video: the annotated video, if there is one.
        title: tells the page's title, once all was seen.
        source: as in `Sections`.
    """
    with whole_file(path) as file:
        sections = Sections(source)
        yield sections
        file.write(sections.page(title(sections), path, video))
