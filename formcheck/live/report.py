"""The report of a live session: a watcher that keeps what the page needs of each exercise."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import isfinite, nan
from pathlib import Path

from formcheck.coaching.routine_coach import StepResult
from formcheck.coaching.scene import Scene
from formcheck.events import Snapshot
from formcheck.live.loop import Guide, News
from formcheck.pose import Frame, Pose, SourceInfo
from formcheck.report.keepsakes import Keepsakes
from formcheck.report.page import Section, clip_beside, report_page

UNNAMED = "live session"
"""What is told as the source: a stream's address may hold a password, and helps no reader."""


@dataclass(slots=True)
class LiveReport:
    """Watches a live session and writes its page."""

    coach: Guide
    _kept: dict[int, Keepsakes] = field(default_factory=dict)
    """By the number of the result, from 0."""
    _session: object = None
    _news: News = field(init=False)
    _first: float = nan

    def __post_init__(self) -> None:
        """Have seen nothing yet."""
        self._news = News(self.coach)

    def __call__(self, frame: Frame, pose: Pose, scene: Scene, snapshot: Snapshot | None) -> None:
        """Take in a frame; those of pauses and rests have no new snapshot."""
        self._first = self._first if isfinite(self._first) else frame.time
        news = self._news.of(pose, snapshot)
        if not news or scene.exercise is None:
            return
        # In the very frame in which a step ends, its result is there already; but an exercise that
        # is begun again leaves none, and what was kept of it is dropped.
        number = len(self.coach.results)
        if number not in self._kept or self.coach.session is not self._session:
            self._kept[number] = Keepsakes(scene.exercise)
            self._session = self.coach.session
        for judged, known in news:
            picture = frame.image if known is snapshot else None
            self._kept[number].add(judged, picture, known)

    def page(
        self,
        title: str,
        results: Sequence[StepResult],
        infos: Sequence[SourceInfo],
        report: Path,
        video: Path | None = None,
    ) -> bytes:
        """The page; `infos` are what was gone through for each of the results."""
        sections = [
            Section(
                result.exercise,
                result.summary,
                SourceInfo(UNNAMED, info.duration, info.frames, info.frames_with_pose),
                self._kept.get(number) or Keepsakes(result.exercise),
            )
            for number, (result, info) in enumerate(zip(results, infos, strict=True))
        ]
        start = self._first if isfinite(self._first) else 0.0
        clip = clip_beside(report, video, start) if video else None
        return report_page(title, sections, clip)
