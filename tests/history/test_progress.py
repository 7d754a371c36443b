"""Days in a row, the calendar, faults then and now, left beside right."""

from dataclasses import replace
from datetime import date, timedelta

from helpers.sets import ORIGIN, a_set

from formcheck.definition.loading import load_exercise
from formcheck.history.progress import (
    calendar,
    days_in_a_row,
    fault_changes,
    ready_for_more,
    sides,
)
from formcheck.history.rows import SavedSet

TODAY = date(2026, 10, 8)
"""A Thursday."""


def done(days_ago: int, side: str | None = None, reps: int = 2) -> SavedSet:
    """A set in which the first rep has a fault."""
    started = ORIGIN.started.replace(year=2026, month=10, day=8) - timedelta(days=days_ago)
    return SavedSet(1, replace(ORIGIN, started=started), a_set(side, reps))


def test_days_in_a_row_end_today_or_yesterday() -> None:
    """Who has not exercised yet today has lost nothing."""
    assert days_in_a_row([done(0), done(1), done(2), done(4)], TODAY) == 3
    assert days_in_a_row([done(1), done(2)], TODAY) == 2
    assert days_in_a_row([done(2)], TODAY) == 0
    assert days_in_a_row([], TODAY) == 0


def test_the_calendar_ends_with_this_week() -> None:
    """From Monday to Sunday; days to come are told from idle ones."""
    weeks = calendar([done(0), done(0), done(3)], TODAY)
    last = weeks[-1]
    assert (len(weeks), {len(week) for week in weeks}) == (12, {7})
    assert [each.counted for each in last] == [2, 0, 0, 4, 0, 0, 0]
    assert [each.is_future for each in last] == [False] * 4 + [True] * 3


def test_faults_of_the_first_week_stand_beside_those_of_the_last() -> None:
    """By reps, so that more reps are not more faults."""
    (change,) = fault_changes([done(14), done(7), done(0, reps=5)])
    assert (change.fault.name, change.then, change.of_then, change.now, change.of_now) == (
        ("low", 1, 2, 1, 5)
    )
    assert fault_changes([done(0), done(1)]) == []


def test_sides_are_compared_where_both_were_done_lately() -> None:
    """One alone says nothing."""
    both = sides([done(0, "left"), done(1, "right", 3), done(40, "left")], TODAY)
    assert [(each.side, each.counted, each.clean) for each in both] == [
        ("left", 2, 1), ("right", 3, 2),
    ]  # fmt: skip
    assert sides([done(0, "left"), done(40, "right")], TODAY) == []


def clean(days_ago: int, reps: int) -> SavedSet:
    """A set without a fault."""
    it = done(days_ago, reps=reps + 1)
    kept = replace(it.labelled.set, reps=it.labelled.set.reps[1:])
    return replace(it, labelled=replace(it.labelled, set=kept))


def test_more_is_suggested_after_three_clean_days() -> None:
    """Whole ones, and never by itself."""
    bridge = load_exercise("bridge")
    days = [clean(ago, bridge.reps) for ago in (9, 4, 0)]
    assert "try a hold of 4 s" in ready_for_more(bridge, days)
    assert ready_for_more(bridge, days[1:]) == ""
    assert ready_for_more(bridge, [*days[1:], clean(9, bridge.reps - 1)]) == ""
    assert ready_for_more(bridge, [*days[1:], done(9, reps=bridge.reps)]) == ""
    assert ready_for_more(load_exercise("crunch"), days) == ""
