"""The report as one HTML page: for a person and for their physiotherapist, on paper too.

The page holds everything it shows but the video, which lies beside it. It loads nothing else from
anywhere, and a Content-Security-Policy keeps it from doing so: styles and script are only run if
they are the ones whose hash it names.
"""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from formcheck.definition.limits import top_band
from formcheck.events import Summary
from formcheck.exercise import Exercise, shown_measure
from formcheck.language.tongue import about, tr
from formcheck.measuring.kinds import measure_unit
from formcheck.measuring.saying import called
from formcheck.observer import Stretch
from formcheck.pose import SourceInfo
from formcheck.report.chart import rows
from formcheck.report.gauges import gauge_names
from formcheck.report.keepsakes import Keepsakes
from formcheck.report.parts import pictures, sets, tiles
from formcheck.results.advice import advice
from formcheck.templates.rendering import page_style, policy_hash, render, text_beside
from formcheck.wording import percent_of, raised, scale_of, seconds, span

ROOM = "formcheck.report"


@dataclass(frozen=True, slots=True)
class Section:
    """One exercise as it was done."""

    exercise: Exercise
    summary: Summary
    source: SourceInfo
    keepsakes: Keepsakes
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VideoLink:
    """The annotated video beside the report."""

    address: str
    """Relative to the page."""
    name: str
    start: float
    """The time that the video shows at its beginning."""


def clip_beside(report: Path, video: Path, start: float) -> VideoLink:
    """The video as it is found from the report: both may be moved together."""
    try:
        path = os.path.relpath(video.absolute(), report.absolute().parent)
    except ValueError:  # on another drive of Windows
        path = str(video.absolute())
    return VideoLink(
        quote(Path(path).as_posix().encode(errors="surrogateescape")), video.name, start
    )


def report_page(
    title: str,
    sections: Sequence[Section],
    unknown: Iterable[Stretch] = (),
    clip: VideoLink | None = None,
    written: datetime | None = None,
) -> bytes:
    """The whole page, in UTF-8.

    Args:
        title: what was done or gone through.
        sections: one for each exercise.
        unknown: what was not recognised.
        clip: the annotated video, if there is one.
        written: when; now, if it is not given.
    """
    style, script = page_style(ROOM, "report.css"), text_beside(ROOM, "report.js")
    written = written or datetime.now().astimezone()
    with about(*(section.exercise for section in sections)):
        page = render(
            ROOM,
            "report.html.j2",
            title=tr(title),
            sections=[_section(each) for each in sections],
            unknown=[_told_unknown(each) for each in unknown],
            clip=clip,
            policy=_policy(style, script),
            style=Markup(style),
            script=Markup(script),
            written=written.strftime(tr("%Y-%m-%d %H:%M")),
            version=version("formcheck"),
        )
    return page.encode("utf-8", "backslashreplace")


def _told_unknown(stretch: Stretch) -> dict[str, str]:
    """When it was and why it is unknown, or what it may have been."""
    with about(*stretch.exercises.values()):
        return {"span": span(stretch.start, stretch.end), "words": tr(stretch.words)}


def _section(section: Section) -> dict[str, Any]:
    """All that the template says of an exercise."""
    exercise, summary, kept = section.exercise, section.summary, section.keepsakes
    advised = advice(exercise, summary)
    numbers = {each.name: number for number, each in enumerate(advised, 1)}
    band, measure = top_band(exercise), shown_measure(exercise)
    unit = measure_unit(exercise, measure)
    return {
        "exercise": exercise,
        "summary": summary,
        "gauges": gauge_names(exercise),
        "tiles": list(tiles(exercise, summary)),
        "advice": advised,
        "rows": rows(summary, kept.trace, band, numbers),
        "measure": raised(called(measure)),
        "unit": scale_of(unit).unit,
        "target": band.words(unit),
        "sets": list(sets(exercise, summary, numbers)),
        "pictures": list(pictures(exercise, summary, kept.album, advised)),
        "unjudged": _reasons((tr(each.reason), tr(each.title)) for each in summary.unjudged),
        "notes": [tr(note) for note in (*summary.notes, *section.warnings)],
        "source": section.source,
        "length": seconds(section.source.duration),
        "not_seen": "; ".join(map(tr, exercise.not_seen)),
        "seen": percent_of(section.source.frames_with_pose, section.source.frames),
        "tracking": kept.tracking,
        "known": percent_of(kept.tracking.known, kept.tracking.moments),
    }


def _reasons(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """What was not judged, by the reason."""
    reasons: dict[str, list[str]] = {}
    for reason, name in pairs:
        reasons.setdefault(reason, []).append(name)
    return reasons


def _policy(style: str, script: str) -> str:
    """Nothing may be loaded but pictures within the page and the video beside it."""
    return (
        "default-src 'none'; img-src data:; media-src 'self' file:; base-uri 'none'; "
        f"form-action 'none'; style-src '{policy_hash(style)}'; script-src '{policy_hash(script)}'"
    )
