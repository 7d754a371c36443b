"""The history as a page: trends over weeks in one HTML file that needs nothing else.

Everything put into the page is escaped. Its rules let it load nothing, run nothing and send
nothing; its only style is the one that its own check sum names.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from formcheck.definition.loading import load_exercise
from formcheck.definition.routine import Routine
from formcheck.errors import ExerciseError
from formcheck.exercise import Exercise
from formcheck.history.charts import Chart, exercise_charts, plan_charts
from formcheck.history.rows import SavedSet, Walk
from formcheck.history.text import SessionRow, session_rows
from formcheck.history.trends import (
    counted_in,
    exercise_trends,
    mean_hold,
    mean_range,
    plan_weeks,
    what_is_counted,
)
from formcheck.templates.rendering import policy_hash, render, style_beside
from formcheck.wording import amount, count, seconds

RECENT = 30
"""Sessions in the table at the end."""
ROOM = "formcheck.history"


@dataclass(frozen=True, slots=True)
class _Trend:
    title: str
    words: str
    charts: list[Chart]


def history_page(
    sets: Sequence[SavedSet], walks: Sequence[Walk], routine: Routine, today: date
) -> str:
    """The page, as HTML text."""
    weeks = plan_weeks(sets, walks, routine, today)
    plan = {
        "title": routine.title,
        "days": routine.plan.days,
        "walk_minutes": routine.plan.walk_minutes,
        "week": weeks[-1],
        "charts": plan_charts(weeks, routine.plan.days, routine.plan.walk_minutes),
    }
    style = style_beside(ROOM, "history.css")
    return render(
        ROOM,
        "history.html.j2",
        policy=_policy(style),
        style=Markup(style),
        today=today.isoformat(),
        plan=plan,
        trends=_trends(sets, today),
        recent=[_recent(row) for row in session_rows(sets)[:RECENT]],
    )


def _policy(style: str) -> Markup:
    """Nothing may be loaded or run at all."""
    return Markup(
        f"default-src 'none'; style-src '{policy_hash(style)}'; base-uri 'none'; form-action 'none'"
    )


def _trends(sets: Sequence[SavedSet], today: date) -> list[_Trend]:
    told = []
    for trend in exercise_trends(sets, today):
        exercise = _known_exercise(trend.exercise)
        done = [each for each in sets if each.labelled.exercise == trend.exercise]
        counted = counted_in(done)
        days = len({each.day for each in done if each.labelled.set.counted})
        clean = sum(each.clean for each in counted)
        words = (
            f"{count(len(counted), trend.counted)} on {count(days, 'day')} since {done[0].day}, "
            f"{clean} of them clean."
        )
        goal = exercise.hold.seconds if exercise else None
        title = exercise.title if exercise else trend.exercise
        told.append(_Trend(title, words, exercise_charts(trend, goal)))
    return told


def _known_exercise(name: str) -> Exercise | None:
    """The exercise of that name, if it is still there to be found."""
    try:
        return load_exercise(name)
    except ExerciseError:
        return None


def _recent(row: SessionRow) -> dict[str, object]:
    counted = counted_in(row.sets)
    return {
        "number": row.session,
        "done": f"{row.sets[0].origin.started:%Y-%m-%d %H:%M}",
        "exercise": row.exercise,
        "numbers": [
            len(row.sets),
            count(len(counted), what_is_counted(row.sets)),
            sum(each.clean for each in counted),
            seconds(mean_hold(counted)),
            amount(mean_range(counted), row.sets[0].labelled.unit),
        ],
    }
