"""What belongs to getting into a held position, and out of it, is no part of the hold."""

from math import nan

import pytest

from formcheck.counting.hold_machine import Spell
from formcheck.counting.trimming import trimmed

STEP = 0.1


def _course(*parts: tuple[float, float, float]) -> list[tuple[float, float]]:
    """Times and values: each part lasts so many seconds and goes from one value to another."""
    values: list[float] = []
    for seconds, first, last in parts:
        steps = round(seconds / STEP)
        values += [first + (last - first) * i / steps for i in range(steps)]
    return [(STEP * i, value) for i, value in enumerate(values)]


UP_AND_DOWN = _course((2, -10, -10), (1, -10, 0), (8, 0, 0), (1, 0, -10), (2, -10, -10))


@pytest.mark.parametrize("spell", [Spell(2.1, 11.9), Spell(0.0, 13.9), Spell(2.6, 11.2)])
def test_a_hold_is_the_time_within_a_tenth(spell: Spell) -> None:
    """Whether the limits let in half of the way, the rest before and after, or less."""
    found = trimmed(spell, UP_AND_DOWN, least=4.0)
    assert found.start == pytest.approx(2.9, abs=0.01)
    assert found.end == pytest.approx(11.1, abs=0.01)


@pytest.mark.parametrize("sign", [1, -1])
def test_whichever_way_it_goes(sign: int) -> None:
    """The measure may shrink on the way into the position, as a knee's angle does at a wall."""
    course = [(time, sign * value) for time, value in UP_AND_DOWN]
    assert trimmed(Spell(2.1, 11.9), course, 4.0).start == pytest.approx(2.9, abs=0.01)


def test_it_is_never_made_longer() -> None:
    """What the limits leave out stays out."""
    assert trimmed(Spell(4.0, 9.0), UP_AND_DOWN, 4.0) == Spell(4.0, 9.0)


def test_a_course_without_a_way_is_left_alone() -> None:
    """Who is seen in the position from the first to the last moment held it all the time."""
    course = _course((5, 0, 1), (5, 1, 0))
    assert trimmed(Spell(0.0, 9.9), course, 4.0) == Spell(0.0, 9.9)


def test_who_holds_it_poorly_at_first_is_timed() -> None:
    """Half of the way up is no rest: only the way is cut off, however long it takes to be good."""
    course = _course((2, -10, -10), (1, -10, -5), (4, -5, -5), (1, -5, 0), (8, 0, 0))
    assert trimmed(Spell(2.2, 15.9), course, 4.0).start < 4.5


def test_what_was_not_seen_changes_nothing() -> None:
    """Unknown values are passed over; without any there is nothing to go by."""
    holes = [(time, nan if 20 < i < 26 else value) for i, (time, value) in enumerate(UP_AND_DOWN)]
    assert trimmed(Spell(2.1, 11.9), holes, 4.0).start == pytest.approx(2.9, abs=0.01)
    blind = [(time, nan) for time, _ in UP_AND_DOWN]
    assert trimmed(Spell(2.1, 11.9), blind, 4.0) == Spell(2.1, 11.9)


def test_who_begins_in_the_position_has_no_way_into_it() -> None:
    """A dip soon after is no rest that somebody came from."""
    course = _course((0.2, 0, 0), (0.2, -10, -10), (8, 0, 0))
    assert trimmed(Spell(0.0, 8.3), course, 4.0).start == 0.0


def test_a_middle_that_is_never_reached_again_is_not_looked_for() -> None:
    """Somebody who sinks all the time has no level: nothing is cut off before the middle."""
    course = _course((10, 0, -50))
    assert trimmed(Spell(0.0, 9.9), course, 4.0).seconds > 1.0
