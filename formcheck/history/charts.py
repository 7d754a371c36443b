"""Bar charts of weeks as numbers to draw: places in an SVG picture, and nothing about its looks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from formcheck.history.trends import ExerciseTrend, PlanWeek, What
from formcheck.language.sentences import Sentence
from formcheck.language.tongue import number as decimal
from formcheck.language.tongue import tr
from formcheck.results.scales import round_up
from formcheck.wording import scale_of

WIDTH, HEIGHT = 360.0, 150.0
LEFT, RIGHT, TOP, BOTTOM = 34.0, 6.0, 12.0, 22.0
"""Room around the bars, for the labels of the axes."""
WIDEST_BAR = 28.0
SMALLEST_BAR = 1.5
"""Height of a bar for zero, which is not the same as no bar."""
A_WEEK: dict[What, Sentence] = {
    "rep": Sentence("Reps each week"),
    "hold": Sentence("Holds each week"),
}
CLEAN: dict[What, Sentence] = {
    "rep": Sentence("Clean reps, %"),
    "hold": Sentence("Clean holds, %"),
}
LABELS = 6
"""Weeks that are named below the bars, at most."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One week: a bar, or none where there is nothing to show."""

    x: float
    y: float
    width: float
    height: float
    value: str
    week: str
    label: str
    """Below the bar; empty for most weeks of a long time."""

    @property
    def middle(self) -> float:
        """Where the label belongs."""
        return self.x + self.width / 2


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with its bars, its scale, and the line to reach if there is one."""

    title: str
    bars: tuple[Bar, ...]
    scale: tuple[tuple[float, str], ...]
    """Height in the picture, and the number there."""
    goal: float | None = None
    width: float = WIDTH
    height: float = HEIGHT
    left: float = LEFT
    base: float = HEIGHT - BOTTOM


def exercise_charts(trend: ExerciseTrend, hold_goal: float | None = None) -> list[Chart]:
    """The charts of an exercise: how many, the clean share, the hold, and how far or how well.

    Args:
        trend: its weeks.
        hold_goal: seconds to hold; 0 where the exercise asks for no hold, and there is no chart
            of it; none if unknown.
    """
    weeks = [week.monday for week in trend.weeks]
    share = [_percent(week.clean_share) for week in trend.weeks]
    number = [float(week.reps) or None for week in trend.weeks]
    charts = [
        bar_chart(tr(A_WEEK[trend.counted]), weeks, number),
        bar_chart(tr(CLEAN[trend.counted]), weeks, share, "%", top=100.0),
    ]
    if hold_goal != 0:
        held = [week.hold for week in trend.weeks]
        charts.append(bar_chart(tr("Average hold, s"), weeks, held, " s", 1, goal=hold_goal))
    if trend.counted == "hold":
        good = [week.good for week in trend.weeks]
        charts.append(bar_chart(tr("Held in good form each week, s"), weeks, good, " s"))
    else:
        scale = scale_of(trend.unit)
        ranges = [None if w.range is None else scale.of(w.range) for w in trend.weeks]
        title = tr("Average range of motion, {unit}", unit=scale.unit.strip())
        charts.append(bar_chart(title, weeks, ranges, scale.unit, scale.decimals))
    return charts


def plan_charts(weeks: Sequence[PlanWeek], days: int, walk_minutes: int) -> list[Chart]:
    """Days of the routine, and minutes walked, with what the plan asks for."""
    mondays = [week.monday for week in weeks]
    full = [float(week.full_days) or None for week in weeks]
    part = [float(week.part_days) or None for week in weeks]
    charts = [
        bar_chart(tr("Days with the whole routine"), mondays, full, top=7.0, goal=float(days))
    ]
    if any(part):
        charts.append(bar_chart(tr("Days with part of it"), mondays, part, top=7.0))
    if walk_minutes:
        walked = [float(week.walked) or None for week in weeks]
        charts.append(
            bar_chart(tr("Minutes walked"), mondays, walked, " min", goal=walk_minutes * 7.0)
        )
    return charts


def bar_chart(
    title: str,
    weeks: Sequence[date],
    values: Sequence[float | None],
    unit: str = "",
    decimals: int = 0,
    top: float | None = None,
    goal: float | None = None,
) -> Chart:
    """A bar for each week; `goal` is a line to reach, `top` the end of the scale if it is known."""
    most = top or round_up(max([value or 0.0 for value in values] + [goal or 0.0]) or 1.0)
    room = HEIGHT - TOP - BOTTOM
    step = (WIDTH - LEFT - RIGHT) / max(1, len(weeks))
    named = max(1, ceil(len(weeks) / LABELS))
    bars = []
    for number, (monday, value) in enumerate(zip(weeks, values, strict=True)):
        width = min(WIDEST_BAR, step * 0.7)
        height = max(SMALLEST_BAR, room * (value or 0.0) / most)
        bars.append(
            Bar(
                x=round(LEFT + step * (number + 0.5) - width / 2, 1),
                y=round(HEIGHT - BOTTOM - height, 1),
                width=round(width, 1),
                height=round(height, 1),
                value="" if value is None else f"{decimal(value, f'.{decimals}f')}{unit}",
                week=monday.isoformat(),
                label=monday.strftime(tr("%d %b"))
                if (len(weeks) - 1 - number) % named == 0
                else "",
            )
        )
    parts = (0, 0.5, 1) if decimals or most % 2 == 0 else (0, 1)  # no half days
    scale = tuple((HEIGHT - BOTTOM - room * part, decimal(most * part, "g")) for part in parts)
    line = None if goal is None else round(HEIGHT - BOTTOM - room * goal / most, 1)
    return Chart(title, tuple(bars), scale, line)


def _day(day: date) -> str:
    """A day as short as can be, in the order of the language."""
    return day.strftime(tr("%d %b"))


def _percent(share: float | None) -> float | None:
    return None if share is None else 100 * share
