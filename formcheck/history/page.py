"""The history as a page: trends over weeks in one HTML file that needs nothing else.

Everything put into the page is escaped. Its rules let it load nothing, run nothing and send
nothing; its only style is the one that its own check sum names.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from markupsafe import Markup

from formcheck.definition.loading import load_exercise
from formcheck.definition.routine import Routine
from formcheck.errors import ExerciseError
from formcheck.exercise import Exercise
from formcheck.history.charts import Chart, exercise_charts, plan_charts
from formcheck.history.feelings import Feeling
from formcheck.history.progress import (
    FaultChange,
    SideShare,
    calendar,
    days_in_a_row,
    fault_changes,
    sides,
)
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
from formcheck.templates.rendering import page_style, policy_hash, render
from formcheck.wording import amount, count, plain, seconds

RECENT = 30
"""Sessions in the table at the end."""
ROOM = "formcheck.history"


@dataclass(frozen=True, slots=True)
class _Trend:
    title: str
    words: str
    charts: list[Chart]
    faults: list[str]
    sides: list[str]


def history_page(
    sets: Sequence[SavedSet],
    walks: Sequence[Walk],
    routine: Routine,
    today: date,
    feelings: Sequence[Feeling] = (),
    home: str = "",
    reports: Collection[int] = (),
) -> str:
    """The page, as HTML text.

    Args:
        sets: what was done.
        walks: minutes walked.
        routine: whose plan it is held against.
        today: the last day to show.
        feelings: what hurt, and how hard and painful it was.
        home: an address to go back to, if there is one.
        reports: the sessions that have one there.
    """
    weeks = plan_weeks(sets, walks, routine, today)
    plan = {
        "title": routine.title,
        "days": routine.plan.days,
        "walk_minutes": routine.plan.walk_minutes,
        "week": weeks[-1],
        "charts": plan_charts(weeks, routine.plan.days, routine.plan.walk_minutes),
    }
    style = page_style(ROOM, "history.css")
    return render(
        ROOM,
        "history.html.j2",
        policy=_policy(style),
        style=Markup(style),
        today=today.isoformat(),
        plan=plan,
        in_a_row=days_in_a_row(sets, today),
        calendar=calendar(sets, today),
        trends=_trends(sets, today),
        recent=[_recent(row, feelings) for row in session_rows(sets)[:RECENT]],
        hurts=[_hurt(each) for each in feelings if each.kind == "hurt"][-RECENT:],
        home=home,
        reports=reports,
    )


def _hurt(feeling: Feeling) -> str:
    return f"{_title_of(feeling.exercise or '')}, on {feeling.day}"


def _title_of(name: str) -> str:
    exercise = _known_exercise(name)
    return exercise.title if exercise else name


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
        told.append(
            _Trend(
                _title_of(trend.exercise),
                words,
                exercise_charts(trend, goal),
                [_change(each, trend.counted, exercise) for each in fault_changes(done)],
                [_side(each, trend.counted) for each in sides(done, today)],
            )
        )
    return told


def _change(change: FaultChange, counted: str, exercise: Exercise | None) -> str:
    known = {fault.name: fault.title for fault in exercise.faults} if exercise else {}
    then, now = f"{change.then} of {change.of_then}", f"{change.now} of {change.of_now}"
    title = known.get(change.name, plain(change.name))
    return f"{title}: {then} {counted}s in the first week, {now} in the last."


def _side(share: SideShare, counted: str) -> str:
    words = f"{share.side.capitalize()}: {count(share.counted, counted)}, {share.clean} clean"
    return f"{words}, held for {seconds(share.hold)}" if share.hold else words


@cache
def _known_exercise(name: str) -> Exercise | None:
    """The exercise of that name, if it is still there to be found."""
    try:
        return load_exercise(name)
    except ExerciseError:
        return None


def _recent(row: SessionRow, feelings: Sequence[Feeling]) -> dict[str, object]:
    counted = counted_in(row.sets)
    scores = {each.kind: f"{each.score}" for each in feelings if each.session == row.session}
    return {
        "number": row.session,
        "done": f"{row.sets[0].origin.started:%Y-%m-%d %H:%M}",
        "exercise": _title_of(row.exercise),
        "numbers": [
            len(row.sets),
            count(len(counted), what_is_counted(row.sets)),
            sum(each.clean for each in counted),
            seconds(mean_hold(counted)),
            amount(mean_range(counted), row.sets[0].labelled.unit),
            scores.get("effort", "-"),
            scores.get("pain", "-"),
        ],
    }
