"""Every exercise that comes with formcheck: it loads, and each of its faults can be raised."""

from dataclasses import dataclass

import pytest
from helpers.scenes import COMPANIONS, fault_names, judged

from formcheck.definition.loading import exercise_files, load_exercise, read_exercise
from formcheck.definition.words import explain
from formcheck.events import Summary
from formcheck.figure.movements import MOVEMENTS

NAMES = sorted(exercise_files())
EVERY_FAULT = [(name, fault.name) for name in NAMES for fault in load_exercise(name).faults]


@dataclass(frozen=True)
class Faulty:
    """Three reps, or holds, of which the second has a fault."""

    name: str
    fault: str
    summary: Summary


@pytest.fixture(scope="module", params=EVERY_FAULT, ids="-".join)
def faulty(request: pytest.FixtureRequest) -> Faulty:
    """Judged once for all that is asked of it."""
    name, fault = request.param
    return Faulty(name, fault, judged(name, MOVEMENTS[name](3, faults={fault: {2}})))


@pytest.mark.parametrize("name", NAMES)
def test_an_exercise_file_has_no_problem(name: str) -> None:
    """It loads, is called as its file is, and can be explained."""
    exercise, problems = read_exercise(exercise_files()[name])
    assert problems == []
    assert exercise is not None
    assert exercise.name == name
    assert all(fault.name in explain(exercise) for fault in exercise.faults)


@pytest.mark.parametrize("name", NAMES)
def test_a_clean_set_is_counted_and_nothing_is_found(name: str) -> None:
    """Three good reps, or holds, are three clean ones: no fault, nothing left unjudged."""
    summary = judged(name, MOVEMENTS[name](3))
    assert [rep.number for rep in summary.counted] == [1, 2, 3]
    assert summary.partials == ()
    assert summary.faults == ()
    assert summary.unjudged == ()
    assert all(rep.clean for rep in summary.counted)


def test_a_fault_is_found_in_its_rep_and_in_no_other(faulty: Faulty) -> None:
    """With the fault in the second of three reps, all three count and only the second has it."""
    assert len(faulty.summary.counted) == 3
    found = [fault_names(rep) for rep in faulty.summary.counted]
    assert faulty.fault in found[1]
    assert found[1] <= {faulty.fault} | COMPANIONS.get((faulty.name, faulty.fault), set())
    assert found[0] == found[2] == set()


def test_a_fault_says_when_and_by_how_much(faulty: Faulty) -> None:
    """It lies within its rep, and its value is beyond its limit."""
    rep = faulty.summary.counted[1]
    (found,) = (each for each in rep.faults if each.name == faulty.fault)
    condition = load_exercise(faulty.name).fault(faulty.fault).first
    assert rep.start - 0.1 <= found.start <= found.end <= rep.end + 1.0
    assert condition.holds(found.value)
    assert found.rep == 2
    if found.severity != "hint":
        assert not rep.clean


@pytest.mark.parametrize("name", NAMES)
def test_an_attempt_that_turns_back_early_is_a_partial(name: str) -> None:
    """It does not count, is told, and the reps or holds around it do count."""
    summary = judged(name, MOVEMENTS[name](3, faults={"partial": {2}}))
    assert len(summary.counted) == 2
    (partial,) = summary.partials
    timed = load_exercise(name).is_timed
    assert partial.code == ("too_short" if timed else "too_small")
    assert partial.reason.startswith(("only ", "just short of "))


@pytest.mark.parametrize("name", ["side_lying_leg_raise", "standing_leg_raise"])
@pytest.mark.parametrize("side", ["left", "right"])
def test_the_side_that_moves_is_counted(name: str, side: str) -> None:
    """Whichever leg is raised, its reps are that side's and the other side has none."""
    summary = judged(name, MOVEMENTS[name](3, side=side))
    assert [each.side for each in summary.sets] == [side]
    assert len(summary.sets[0].reps) == 3


def test_legs_that_take_turns_are_counted_each_for_itself() -> None:
    """Four raises, left and right in turn, are two reps on each side, all of them clean."""
    summary = judged("standing_leg_raise", MOVEMENTS["standing_leg_raise"](4, alternate=True))
    assert {each.side: len(each.reps) for each in summary.sets} == {"left": 2, "right": 2}
    assert summary.faults == ()


def test_one_side_alone_is_followed_by_the_advice_to_turn() -> None:
    """When one side is well ahead, the summary says so."""
    summary = judged("side_lying_leg_raise", MOVEMENTS["side_lying_leg_raise"](4, side="left"))
    assert "Left 4, right 0. Now do the right side." in summary.notes
