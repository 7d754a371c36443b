"""The history as a page: trends over weeks in one HTML file that needs nothing else.

Everything put into the page is escaped. Its rules let it load nothing, run nothing and send
nothing; its only style is the one that its own check sum names.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from formcheck.definition.routine import Routine
from formcheck.events import FaultFound
from formcheck.history.charts import Chart, exercise_charts, plan_charts
from formcheck.history.progress import (
    FaultChange,
    SideShare,
    borderline_faults,
    calendar,
    days_in_a_row,
    fault_changes,
    sides,
)
from formcheck.history.rows import Feeling, SavedSet, Walk
from formcheck.history.text import SessionRow, session_rows
from formcheck.history.titles import exercise_title, fault_title, known_exercise
from formcheck.history.trends import (
    counted_in,
    exercise_trends,
    mean_hold,
    mean_range,
    plan_weeks,
    what_is_counted,
)
from formcheck.language.tongue import tr
from formcheck.templates.rendering import page_style, policy_hash, render
from formcheck.wording import SIDE_WORDS, amount, count, seconds

RECENT = 30
"""Sessions in the table at the end."""
ROOM = "formcheck.history"


@dataclass(frozen=True, slots=True)
class _Trend:
    title: str
    words: str
    charts: list[Chart]
    faults: list[str]
    borderline: list[str]
    sides: list[str]


def history_page(
    sets: Sequence[SavedSet],
    walks: Sequence[Walk],
    routine: Routine,
    today: date,
    feelings: Sequence[Feeling] = (),
) -> str:
    """The page as one file, as HTML text.

    Args:
        sets: what was done.
        walks: minutes walked.
        routine: whose plan it is held against.
        today: the last day to show.
        feelings: what hurt, and how hard and painful it was.
    """
    style = page_style(ROOM, "history.css")
    body = history_body(sets, walks, routine, today, feelings)
    return render(ROOM, "history.html.j2", policy=_policy(style), style=Markup(style), body=body)


def history_body(
    sets: Sequence[SavedSet],
    walks: Sequence[Walk],
    routine: Routine,
    today: date,
    feelings: Sequence[Feeling] = (),
    reports: Collection[int] = (),
) -> Markup:
    """What stands on the page, for one that has its own frame and style.

    Args:
        sets: as in `history_page`, as are all that follow but the last.
        walks: minutes walked.
        routine: whose plan it is held against.
        today: the last day to show.
        feelings: what hurt, and how hard and painful it was.
        reports: the sessions that have a report at `report?session=`.
    """
    weeks = plan_weeks(sets, walks, routine, today)
    plan = {
        "title": tr(routine.title),
        "days": routine.plan.days,
        "walk_minutes": routine.plan.walk_minutes,
        "week": weeks[-1],
        "charts": plan_charts(weeks, routine.plan.days, routine.plan.walk_minutes),
    }
    body = render(
        ROOM,
        "history_body.html.j2",
        today=today.isoformat(),
        plan=plan,
        in_a_row=days_in_a_row(sets, today),
        calendar=calendar(sets, today),
        trends=_trends(sets, today),
        recent=[_recent(row, feelings) for row in session_rows(sets)[:RECENT]],
        hurts=[_hurt(each) for each in feelings if each.kind == "hurt"][-RECENT:],
        reports=reports,
    )
    return Markup(body)


def _hurt(feeling: Feeling) -> str:
    title = exercise_title(feeling.exercise or "")
    return tr("{exercise}, on {day}", exercise=title, day=feeling.day.isoformat())


def _policy(style: str) -> Markup:
    """Nothing may be loaded or run at all."""
    return Markup(
        f"default-src 'none'; style-src '{policy_hash(style)}'; base-uri 'none'; form-action 'none'"
    )


def _trends(sets: Sequence[SavedSet], today: date) -> list[_Trend]:
    told = []
    for trend in exercise_trends(sets, today):
        name, exercise = trend.exercise, known_exercise(trend.exercise)
        done = [each for each in sets if each.labelled.exercise == name]
        counted = counted_in(done)
        days = len({each.day for each in done if each.labelled.set.counted})
        words = tr(
            "{counted} on {days} since {day}, {clean} of them clean.",
            counted=count(len(counted), trend.counted),
            days=count(days, "day"),
            day=done[0].day.isoformat(),
            clean=sum(each.clean for each in counted),
        )
        told.append(
            _Trend(
                exercise_title(name, done[-1].labelled.title),
                words,
                exercise_charts(trend, exercise.hold.seconds if exercise else None),
                [_change(name, each, trend.counted) for each in fault_changes(done)],
                [_borderline(name, *each) for each in borderline_faults(done)],
                [_side(each, trend.counted) for each in sides(done, today)],
            )
        )
    return told


def _change(exercise: str, change: FaultChange, counted: str) -> str:
    return tr(
        "{fault}: {then} of {of_then} in the first week, {now} of {of_now} in the last.",
        fault=fault_title(exercise, change.fault),
        then=change.then,
        of_then=count(change.of_then, counted),
        now=change.now,
        of_now=count(change.of_now, counted),
    )


def _borderline(exercise: str, fault: FaultFound, number: int) -> str:
    return f"{fault_title(exercise, fault)}: {count(number, 'time')}"


def _side(share: SideShare, counted: str) -> str:
    side = tr(SIDE_WORDS[share.side])
    words = tr(
        "{side}: {counted}, {clean} clean",
        side=side,
        counted=count(share.counted, counted),
        clean=share.clean,
    )
    if share.hold:
        words += tr(", average hold {hold}", hold=seconds(share.hold))
    return words


def _recent(row: SessionRow, feelings: Sequence[Feeling]) -> dict[str, object]:
    counted = counted_in(row.sets)
    scores = {each.kind: f"{each.score}" for each in feelings if each.session == row.session}
    return {
        "number": row.session,
        "done": f"{row.sets[0].origin.started:%Y-%m-%d %H:%M}",
        "exercise": exercise_title(row.exercise, row.sets[-1].labelled.title),
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
