"""The hold of a timed exercise as tables: when the position is taken, kept, missed and left."""

import pytest

from formcheck.counting.hold_machine import HoldMachine, Spell
from formcheck.counting.rep_machine import PATIENCE
from formcheck.definition.loading import parse_exercise
from formcheck.exercise import Exercise

STEP = 0.1
TEXT = """
schema = 2
name = "wait"
title = "Wait"
summary = "Stand still."
reps = 3
camera = { view = "side", place = "Anywhere." }
measures = { height = { rise = ["hip", "ankle"] } }
start = [{ measure = "height", above = 1.0, slack = 0.2, cue = "Stand up." }]
hold = { seconds = 10, counts = 2 }

[fault.sinks]
during = ["hold"]
when = { measure = "height", below = 0.9, lasting = 0.5 }
cue = "Stay up."
why = "It is easier lower."
"""


def _spells(path: str) -> list[Spell]:
    """What is held along tenths of a second.

    `+` taken, `=` nearly, `~` missed by less than the slack, `-` left, `?` unseen.
    """
    machine = HoldMachine()
    spells = []
    for i, mark in enumerate(path):
        taken = None if mark == "?" else mark == "+"
        nearly = None if mark == "?" else mark in "+="
        step = machine.update(i * STEP, taken, nearly, mark == "-")
        spells += [step.over] if step.over else []
    last = machine.finish()
    return spells + ([last] if last else [])


@pytest.mark.parametrize(
    ("path", "seconds", "ending"),
    [
        ("-" * 10 + "+" * 31 + "-" * 20, [3.1], [""]),
        ("-" * 10 + "+" * 4 + "-" * 20, [], []),
        ("+" * 20 + "-" * 5 + "+" * 15 + "-" * 9, [4.0], [""]),
        ("+" * 20 + "~" * 8 + "-" * 9, [2.8], [""]),
        ("+" * 20 + "~" * 20 + "+" * 10 + "-" * 9, [5.0], [""]),
        ("+" * 21 + "~" * 20 + "-" * 9, [2.0], [""]),
        ("+" * 21 + "~" * 20, [2.0], ["cut off by the end"]),
        ("~" * 10 + "=" * 10 + "+" * 20 + "-" * 9, [2.0], [""]),
        ("=" * 30 + "-" * 9, [3.0], [""]),
        ("+" * 21 + "=" * 20 + "-" * 9, [2.0], [""]),
        ("+" * 21, [2.0], ["cut off by the end"]),
        ("+" * 20 + "?" * 10 + "+" * 11, [4.0], ["cut off by the end"]),
        ("+" * 21 + "?" * 40, [2.0], ["lost from sight"]),
        ("+" * 20 + "-" * 9 + "+" * 20 + "-" * 9, [2.0, 2.0], ["", ""]),
        ("+" * 20 + ("-" * 5 + "+" * 4) * 4, [2.0], [""]),
        ("+" * 20 + "-" * 5 + "+" * 10 + "-" * 9, [3.5], [""]),
        ("+" * 20 + ("-" * 5 + "+" * 40) * 2, [10.9], ["cut off by the end"]),
    ],
    ids=[
        *("held", "too short", "a wobble", "slack at the end", "slack between", "let go"),
        *("let go, then cut off", "nearly, then in full", "nearly throughout"),
        *("in full, then nearly", "cut off", "hidden", "lost", "twice"),
        *("dips again and again", "a wobble at the end", "a wobble now and then"),
    ],
)
def test_a_position_is_held_from_taking_to_leaving(
    path: str, seconds: list[float], ending: list[str]
) -> None:
    """Believed late, dated early; a wobble, the slack and a short loss of sight do not end it.

    But who keeps it only within the slack until the end had let go before; and once it was taken in
    full, to take it nearly is not enough.
    """
    spells = _spells(path)
    assert [spell.seconds for spell in spells] == pytest.approx(seconds, abs=0.01)
    assert [spell.ending for spell in spells] == ending


def test_sight_may_be_lost_for_a_while() -> None:
    """Up to the machine's patience the hold goes on."""
    unseen = int(PATIENCE / STEP) - 1
    assert len(_spells("+" * 20 + "?" * unseen + "+" * 20)) == 1
    assert len(_spells("+" * 20 + "?" * (unseen + 5) + "+" * 20)) == 2


def test_a_blink_does_not_put_off_the_beginning() -> None:
    """Who is not found for a moment while taking the position has taken it all the same."""
    (spell,) = _spells("-" * 5 + "++??+" + "+" * 20 + "-" * 9)
    assert (spell.start, spell.end) == pytest.approx((0.5, 3.0))
    (spell,) = _spells("++" + "?" * 9 + "+" * 20 + "-" * 9)
    assert spell.start == pytest.approx(1.1)


def test_a_blink_does_not_put_off_the_end() -> None:
    """Who is not found for a moment while getting up has left the position all the same."""
    (spell,) = _spells("+" * 20 + "-" * 4 + "?" + "-" * 9)
    assert (spell.end, spell.ending) == (pytest.approx(2.0), "")


def _timed() -> Exercise:
    exercise, problems = parse_exercise(TEXT)
    assert problems == []
    assert exercise is not None
    return exercise


def test_an_exercise_without_a_rep_is_timed() -> None:
    """Its start position is what is held and shown."""
    exercise = _timed()
    assert exercise.is_timed
    assert exercise.counted == "hold"
    assert exercise.main.name == "height"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("counts = 2", "within = 2", "hold: 'counts' is missing"),
        ("counts = 2", "counts = 2, within = 2", "hold > within: an exercise without [rep]"),
        ("counts = 2", "counts = 0", "hold > counts: must be more than 0"),
        ('start = [{ measure = "height", above = 1.0, slack = 0.2, cue = "Stand up." }]',
         "start = []", "start: is what is held"),
        ('measure = "height", below = 0.9, lasting', 'measure = "width", falls_by = 0.9, lasting',
         "falls_by is of the first measure of the start, 'height'"),
        ('measure = "height", below = 0.9, lasting = 0.5', 'duration = "out", below = 1',
         "there is no way out or back"),
        ("[fault.sinks]",
         '[[hallmark]]\npeak = "height"\nabove = 1\notherwise = "no"\n\n[fault.sinks]',
         "hallmark: belongs to a rep"),
    ],
)  # fmt: skip
def test_what_a_timed_exercise_cannot_mean_is_told(old: str, new: str, said: str) -> None:
    """Each with its place."""
    assert old in TEXT
    _, problems = parse_exercise(TEXT.replace(old, new))
    assert any(said in str(problem) for problem in problems), problems
