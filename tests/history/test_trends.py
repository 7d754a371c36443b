"""Weeks, days and the plan, and the page that shows them."""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from html.parser import HTMLParser

import pytest

from formcheck.definition.loading import load_exercise
from formcheck.definition.routine import Plan, Routine, RoutineStep, load_routine
from formcheck.events import FaultFound, Hold, Rep, Set
from formcheck.exercise import Side
from formcheck.history.charts import bar_chart
from formcheck.history.page import history_page
from formcheck.history.rows import Origin, SavedSet, Walk
from formcheck.history.trends import exercise_trends, plan_weeks, reps_needed
from formcheck.language.tongue import speaking
from formcheck.results.rows import NumberedSet

HERE = timezone(timedelta(hours=2))
TODAY = date(2026, 10, 7)  # a Wednesday
BRIDGE, LEG = load_exercise("bridge"), load_exercise("side_lying_leg_raise")
ROUTINE = Routine(
    "r",
    "R",
    "",
    (RoutineStep(BRIDGE, 3, None, 0.0), RoutineStep(LEG, 2, None, 0.0)),
    Plan(5, walk_minutes=30),
)


def done(
    day: date, exercise: str = "bridge", reps: int = 3, side: Side | None = None, clean: int = 0
) -> SavedSet:
    """A set on a day, late in the evening."""
    each = tuple(
        Rep(n, side, 0.0, 1.0, 2.0, 3.0, 40.0 + n, 170.0, 0.5, 0.5, clean=n <= clean)
        for n in range(1, reps + 1)
    )
    origin = Origin(datetime(day.year, day.month, day.day, 23, 30, tzinfo=HERE), "live", "0")
    return SavedSet(1, origin, NumberedSet("0", exercise, 1, "degrees", Set(side, each, ())))


def whole_day(day: date) -> list[SavedSet]:
    """All of the routine."""
    legs = [done(day, LEG.name, 2, side) for side in ("left", "right")]
    return [done(day), *legs]


def test_a_week_has_the_reps_of_its_days_and_their_means() -> None:
    """And a week without any is told too."""
    sets = [done(date(2026, 9, 21), reps=2, clean=1), done(date(2026, 10, 5), reps=3)]
    (trend,) = exercise_trends(sets, TODAY)
    assert (trend.exercise, trend.unit) == ("bridge", "degrees")
    assert [(w.monday, w.days, w.reps, w.clean_share, w.hold, w.range) for w in trend.weeks] == [
        (date(2026, 9, 21), 1, 2, 0.5, 3.0, 41.5),
        (date(2026, 9, 28), 0, 0, None, None, None),
        (date(2026, 10, 5), 1, 3, 0.0, 3.0, 42.0),
    ]


def held(day: date, seconds: float, good: float) -> SavedSet:
    """A set of two such holds."""
    holds = tuple(Hold(n, None, 0.0, seconds, seconds, good) for n in (1, 2))
    return replace(
        done(day), labelled=NumberedSet("0", "plank", 1, "degrees", Set(None, (), (), holds))
    )


def test_holds_are_told_as_holds() -> None:
    """With their seconds in good form where reps have a range; on the page too."""
    sets = [held(TODAY, 12.0, 9.0)]
    (trend,) = exercise_trends(sets, TODAY)
    (week,) = trend.weeks
    assert (trend.counted, week.reps, week.hold, week.good, week.range) == (
        "hold",
        2,
        12.0,
        18.0,
        None,
    )
    page = history_page(sets, [], ROUTINE, TODAY)
    assert "2 holds on 1 day since 2026-10-07" in page
    for words in (
        "Holds each week",
        "Clean holds, %",
        "Held in good form each week, s",
        "2 holds<",
    ):
        assert words in page
    assert "range of motion" not in page
    assert "Reps each week" not in page


def test_there_is_no_chart_of_a_hold_where_none_is_asked_for() -> None:
    """As in the squat, in which nobody is to stay down."""
    page = history_page([done(TODAY, "squat")], [], ROUTINE, TODAY)
    assert "Reps each week" in page
    assert "Average hold" not in page


def test_the_day_is_the_one_where_the_exercise_was_done() -> None:
    """Half past eleven in the evening is still that day, wherever the history is read."""
    assert done(TODAY).day == TODAY


def test_an_exercise_of_each_side_is_needed_on_both() -> None:
    """Unless the routine names one."""
    assert reps_needed(ROUTINE) == {
        ("bridge", None): 3, (LEG.name, "left"): 2, (LEG.name, "right"): 2,
    }  # fmt: skip
    one = replace(
        ROUTINE, steps=(RoutineStep(LEG, 4, "left", 0.0), RoutineStep(LEG, 1, "left", 0.0))
    )
    assert reps_needed(one) == {(LEG.name, "left"): 5}


def test_a_day_counts_in_full_only_with_every_rep_of_every_exercise() -> None:
    """Several sets add up; what lacks something is a part."""
    monday, tuesday = date(2026, 10, 5), date(2026, 10, 6)
    sets = [
        *whole_day(monday),
        done(tuesday, reps=2),
        done(tuesday, LEG.name, 2, "left"),
        done(tuesday, LEG.name, 2, "right"),
    ]
    (week,) = plan_weeks(sets, [], ROUTINE, TODAY)
    assert (week.full_days, week.part_days) == (1, 1)
    (week,) = plan_weeks([*sets, done(tuesday, reps=1)], [], ROUTINE, TODAY)
    assert (week.full_days, week.part_days) == (2, 0)


def test_what_is_no_part_of_the_routine_does_not_count() -> None:
    """However much of it was done."""
    (week,) = plan_weeks([done(TODAY, "crunch", 50)], [], ROUTINE, TODAY)
    assert (week.full_days, week.part_days) == (0, 0)


def test_walks_belong_to_their_weeks() -> None:
    """Sunday is the last day of one."""
    walks = [Walk(date(2026, 10, 4), 30), Walk(date(2026, 10, 5), 20), Walk(TODAY, 10)]
    weeks = plan_weeks([], walks, ROUTINE, TODAY)
    assert [(week.monday, week.walked) for week in weeks] == [
        (date(2026, 9, 28), 30), (date(2026, 10, 5), 30),
    ]  # fmt: skip


def test_only_the_last_weeks_are_told() -> None:
    """Half a year, or the charts are too crowded to read."""
    (trend,) = exercise_trends([done(date(2024, 1, 1)), done(TODAY)], TODAY)
    assert len(trend.weeks) == 26
    assert trend.weeks[-1].monday == date(2026, 10, 5)


def test_the_back_care_routine_asks_for_every_day_and_half_an_hour_of_walking() -> None:
    """As its file says."""
    assert load_routine("back-care").plan == Plan(7, 30)


@pytest.mark.parametrize(
    ("value", "end"), [(0, 1), (0.3, 0.3), (1, 1), (7.2, 8), (11, 20), (95, 100), (210, 300)]
)
def test_scales_end_with_round_numbers(value: float, end: float) -> None:
    """Not below what is to be shown."""
    chart = bar_chart("T", [date(2026, 10, 5)], [value])
    assert float(chart.scale[-1][1]) == end


def test_bars_are_as_high_as_their_values_and_zero_is_not_nothing() -> None:
    """Within the picture."""
    weeks = [date(2026, 9, 21), date(2026, 9, 28), date(2026, 10, 5)]
    chart = bar_chart("T", weeks, [100.0, 0.0, None], "%", top=100.0, goal=50.0)
    full, zero, none = chart.bars
    assert (full.y + full.height, zero.y + zero.height) == (chart.base, chart.base)
    assert full.height > 50 > 5 > zero.height > 0
    assert (full.value, zero.value, none.value) == ("100%", "0%", "")
    assert chart.goal == pytest.approx(chart.base - full.height / 2)


# The page.


class Reader(HTMLParser):
    """Collects what a page consists of."""

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the tag."""
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Keep the text."""
        self.text += data


def read(page: str) -> Reader:
    """The page, parsed."""
    reader = Reader()
    reader.feed(page)
    return reader


def test_the_page_shows_plan_trends_and_sessions() -> None:
    """In words, besides the pictures."""
    sets = [done(date(2026, 9, 21), reps=4, clean=2), *whole_day(TODAY)]
    page = read(history_page(sets, [Walk(TODAY, 25)], ROUTINE, TODAY))
    text = " ".join(page.text.split())
    assert "the whole routine on 1 of 5 days; 25 of 210 minutes walked" in text
    assert "Glute bridge 7 reps on 2 days since 2026" in text
    assert sum(tag == "svg" for tag, _ in page.tags) == 3 + 1 + 4 + 4
    labels = [attrs["aria-label"] for tag, attrs in page.tags if tag == "svg"]
    assert any("2026-09-21: 4; 2026-09-28: none; 2026-10-05: 3" in str(each) for each in labels)


def test_the_page_loads_and_runs_nothing() -> None:
    """Its rules forbid it, and there is nothing to load."""
    page = history_page(whole_day(TODAY), [], ROUTINE, TODAY)
    tags = read(page).tags
    (policy,) = (a["content"] for t, a in tags if t == "meta" and "http-equiv" in a)
    assert re.fullmatch(
        r"default-src 'none'; style-src 'sha256-[\w+/]{43}='; base-uri 'none'; form-action 'none'",
        str(policy),
    )
    assert {tag for tag, _ in tags} & {"script", "link", "img", "iframe", "object", "form"} == set()
    assert not any(
        name in attrs for _, attrs in tags for name in ("src", "href", "style", "onload")
    )
    assert "http:" not in page
    assert "https:" not in page


def test_names_cannot_become_part_of_the_page() -> None:
    """An exercise file of a stranger may be named anything."""
    page = history_page([done(TODAY, "<script>alert(1)</script>")], [], ROUTINE, TODAY)
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_a_page_is_written_in_german_with_what_was_borderline() -> None:
    """With the exercise's own German words for its mistakes."""
    arched = FaultFound("over_arched", "safety", None, 1, 0.0, 1.0, 196.0, 195.0, "Down.")
    day = done(TODAY, "bridge")
    reps = tuple(replace(rep, borderline=(arched,)) for rep in day.labelled.set.reps)
    labelled = replace(day.labelled, set=replace(day.labelled.set, reps=reps))
    with speaking("de"):
        page = history_page([replace(day, labelled=labelled)], [], ROUTINE, TODAY)
    text = re.sub(r"<style>.*?</style>|<[^>]*>", " ", page, flags=re.DOTALL)
    assert '<html lang="de">' in page
    assert "Brücke" in text
    assert f"Ins Hohlkreuz gedrückt: {len(reps)}-mal" in text
    assert not re.search(r"\b(the|reps?|clean|hold|week|days?|range)\b", text)


def test_an_empty_history_is_a_page_too() -> None:
    """That says so."""
    assert "You have no sessions yet." in history_page([], [], ROUTINE, TODAY)
