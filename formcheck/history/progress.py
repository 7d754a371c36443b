"""How it goes, beside the weeks: days in a row, each fault then and now, and left beside right."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from formcheck.events import Counted, FaultFound
from formcheck.exercise import Exercise, Side
from formcheck.history.rows import SavedSet
from formcheck.history.trends import WEEK, counted_in, mean_hold, monday_of
from formcheck.language.tongue import tr
from formcheck.wording import count

SHOWN_WEEKS = 12
"""Weeks of the calendar."""
RECENT = timedelta(days=28)
"""For left beside right."""
DAY = timedelta(days=1)
SIDES: tuple[Side, ...] = ("left", "right")
CLEAN_DAYS = 3
"""Days on which all was clean, after which more may be tried."""


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day of the calendar."""

    day: date
    counted: int
    """Reps and holds."""
    is_future: bool


@dataclass(frozen=True, slots=True)
class FaultChange:
    """In how many reps or holds a fault was found, in the first week that has any, and the last."""

    fault: FaultFound
    then: int
    of_then: int
    now: int
    of_now: int


@dataclass(frozen=True, slots=True)
class SideShare:
    """One side of an exercise in the last weeks."""

    side: Side
    counted: int
    clean: int
    hold: float | None
    """Mean seconds."""


def days_in_a_row(sets: Iterable[SavedSet], today: date) -> int:
    """Up to today, or yesterday where nothing was done today as yet."""
    days = {each.day for each in sets if each.labelled.set.counted}
    last = today if today in days else today - DAY
    row = 0
    while last - row * DAY in days:
        row += 1
    return row


def calendar(sets: Iterable[SavedSet], today: date) -> list[list[CalendarDay]]:
    """The last weeks, each from Monday to Sunday."""
    counted: dict[date, int] = {}
    for each in sets:
        counted[each.day] = counted.get(each.day, 0) + len(each.labelled.set.counted)
    first = monday_of(today) - (SHOWN_WEEKS - 1) * WEEK
    return [
        [
            CalendarDay(day, counted.get(day, 0), day > today)
            for day in (first + week * WEEK + number * DAY for number in range(7))
        ]
        for week in range(SHOWN_WEEKS)
    ]


def fault_changes(sets: Sequence[SavedSet]) -> list[FaultChange]:
    """What became of each fault of one exercise, the most frequent first."""
    done = [each for each in sets if each.labelled.set.counted]
    mondays = sorted({monday_of(each.day) for each in done})
    if len(mondays) < 2:
        return []
    then, now = (
        counted_in(each for each in done if monday_of(each.day) == monday)
        for monday in (mondays[0], mondays[-1])
    )
    found = {fault.name: fault for rep in (*then, *now) for fault in rep.faults}
    changes = [
        FaultChange(fault, _found(name, then), len(then), _found(name, now), len(now))
        for name, fault in found.items()
    ]
    return sorted(changes, key=lambda each: (-each.then - each.now, each.fault.name))


def borderline_faults(sets: Iterable[SavedSet]) -> list[tuple[FaultFound, int]]:
    """Each fault that was borderline in reps or holds, and in how many; the most frequent first."""
    found: dict[str, list[FaultFound]] = {}
    for done in counted_in(sets):
        for fault in {each.name: each for each in done.borderline}.values():
            found.setdefault(fault.name, []).append(fault)
    return sorted(((each[-1], len(each)) for each in found.values()), key=lambda each: -each[1])


def ready_for_more(exercise: Exercise, sets: Iterable[SavedSet]) -> str:
    """What could be tried next, once the last days of an exercise were all clean; else nothing."""
    by_day: dict[date, list[Counted]] = {}
    for each in sets:
        if each.labelled.exercise == exercise.name:
            by_day.setdefault(each.day, []).extend(each.labelled.set.counted)
    last = [by_day[day] for day in sorted(by_day)[-CLEAN_DAYS:]]
    is_so = all(len(day) >= exercise.reps and all(rep.clean for rep in day) for day in last)
    if len(last) < CLEAN_DAYS or not is_so:
        return ""
    hold = exercise.hold.seconds
    more = (
        tr("a hold of {seconds:g} s", seconds=hold + 1)
        if hold
        else count(exercise.reps + 2, exercise.counted)
    )
    return tr(
        "All clean on the last {days} days. If it feels easy, try {more}.",
        days=CLEAN_DAYS,
        more=more,
    )


def _found(name: str, counted: Iterable[Counted]) -> int:
    return sum(any(fault.name == name for fault in each.faults) for each in counted)


def sides(sets: Iterable[SavedSet], today: date) -> list[SideShare]:
    """Left beside right of one exercise; nothing where it was not done on both."""
    recent = [each for each in sets if each.day > today - RECENT]
    shares = []
    for side in SIDES:
        counted = counted_in(each for each in recent if each.labelled.set.side == side)
        if not counted:
            return []
        clean = sum(each.clean for each in counted)
        shares.append(SideShare(side, len(counted), clean, mean_hold(counted)))
    return shares
