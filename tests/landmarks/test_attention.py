"""When a look at others is due: it needs only poses, and can be handed on."""

from dataclasses import replace
from itertools import pairwise

import numpy as np

from formcheck.figure.movements import bridge
from formcheck.landmarks.attention import (
    FOLLOWED_ANOTHER,
    LOOK_AROUND,
    LOOK_BACK,
    WAS_ACCOMPANIED,
    Attention,
)
from formcheck.landmarks.exerciser import figure_of
from formcheck.pose import Pose

ONE = bridge(0).poses()[0]


def _at(time: float, torsos: float = 0.0) -> Pose:
    """The pose at a time, moved to the side by so many torsos."""
    step = np.array([torsos * figure_of(ONE).torso, 0.0, 0.0])
    return replace(ONE, time=time, image=ONE.image + step)


def test_at_first_it_is_looked_around_a_few_times() -> None:
    """Counted from when somebody was first found."""
    attention, looked = Attention(), []
    for time in np.arange(0.0, 30.0, 0.5):
        pose = Pose.absent(time) if time < 3 else _at(time)
        due = attention.due(pose)
        if due:
            assert due == "around"
            attention.looked(due, time)
            looked.append(time - 3.0)
    assert looked == list(LOOK_AROUND)


def test_a_look_back_is_due_while_somebody_is_elsewhere() -> None:
    """Now and then, not at each pose."""
    attention, looked = Attention(), []
    for number in range(60):
        time = number / 20
        due = attention.due(_at(time, 2.0 if time > 1.5 else 0.0))
        if due:
            attention.looked(due, time)
            looked += [time] if due == "back" else []
    assert len(looked) == 3
    assert all(b - a >= LOOK_BACK for a, b in pairwise(looked))


def test_somebody_else_is_told_once_two_looks_saw_them() -> None:
    """One look may see a body where none is; whom formcheck followed by mistake matters more."""
    attention = Attention()
    attention.saw_another()
    assert attention.warnings() == []
    attention.saw_another()
    assert attention.warnings() == [WAS_ACCOMPANIED]
    attention.mistook("back")
    assert attention.warnings() == [FOLLOWED_ANOTHER]


def test_what_is_taken_in_twice_changes_nothing() -> None:
    """Whoever looks does not know whether others have taken it in."""
    once, twice = Attention(), Attention()
    for number in range(200):
        pose = _at(number / 10, 1.8 if 80 < number < 90 else 0.02 * (number % 7))
        due = once.due(pose)
        twice.due(pose)
        assert twice.due(pose) == due
        for each in (once, twice) if due else ():
            each.looked(due, pose.time)  # type: ignore[arg-type]
    assert vars(once.exerciser) == vars(twice.exerciser)
    assert replace(once, exerciser=twice.exerciser) == twice
