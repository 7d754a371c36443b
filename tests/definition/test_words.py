"""An exercise said back in plain words: nothing left out, and readable at any width."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from helpers.places import EXERCISES

from formcheck.definition.loading import load_exercise
from formcheck.definition.words import condition_words, explain
from formcheck.exercise import Condition, Exercise, Measure
from formcheck.measuring.kinds import KINDS, unit_of

NAMES = sorted(path.stem for path in EXERCISES.glob("*.toml"))


@pytest.fixture(scope="module")
def bridge() -> Exercise:
    """The bridge that comes with formcheck."""
    return load_exercise("bridge")


def words(text: str) -> str:
    """The text without its lines."""
    return " ".join(text.split())


@pytest.mark.parametrize("name", NAMES)
def test_nothing_in_the_definition_is_left_out(name: str) -> None:
    """Every measure, fault, cue, reason and thing that cannot be seen."""
    exercise = load_exercise(name)
    text = words(explain(exercise))
    for part in (exercise.title, exercise.summary, exercise.camera.place, *exercise.not_seen):
        assert words(part) in text
    for fault in exercise.faults:
        assert f"{fault.name}: " in text
        assert f'"{fault.cue}"' in text
        assert words(fault.why) in text
        for condition in fault.when:
            assert condition_words(exercise, condition) in text
    for start in exercise.start:
        assert condition_words(exercise, start.when) in text
        assert f'"{start.cue}"' in text
        assert start.slack is None or f"during a {exercise.counted}, {start.slack:g} more" in text
    assert all(f"- {measure.name}: " in text for measure in exercise.measures)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("width", [40, 80, 100])
def test_no_line_is_wider_than_asked_for(name: str, width: int) -> None:
    """And items go on in the next line below their text."""
    lines = explain(load_exercise(name), width).splitlines()
    assert max(map(len, lines)) <= width
    assert all(line == line.rstrip() for line in lines)
    assert not any(re.match(r"  \S", line) for line in _after_items(lines))


def _after_items(lines: list[str]) -> list[str]:
    """The lines that go on with an item."""
    return [
        line
        for before, line in pairwise(lines)
        if before.startswith("  - ") and line.startswith("  ") and not line.startswith("  - ")
    ]


def test_a_very_narrow_terminal_is_no_error(bridge: Exercise) -> None:
    """Some report a width of nothing."""
    assert explain(bridge, 0) == explain(bridge, 40)


def test_an_old_console_can_print_it(bridge: Exercise) -> None:
    """Only the author's own words may hold other letters."""
    assert explain(bridge).isascii()


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        (
            Condition("measure", "hip_angle", above=195, lasting=0.4),
            "hip_angle above 195 degrees for 0.4 s",
        ),
        (
            Condition("peak", "hip_angle", below=165),
            "the rep's highest hip_angle below 165 degrees",
        ),
        (
            Condition("trough", "hip_angle", above=1, below=2),
            "the rep's lowest hip_angle above 1 degrees and below 2 degrees",
        ),
        (
            Condition("fall", "hip_angle", above=12),
            "hip_angle more than 12 degrees back from its farthest point",
        ),
        (Condition("duration", "hold", below=2.7), "seconds of the hold below 2.7 s"),
        (Condition("duration", "out", below=0.4), "seconds of the way up below 0.4 s"),
        (Condition("measure", "heel_rise", above=0.08), "heel_rise above 0.08 torsos"),
    ],
)
def test_a_condition_is_said_with_its_unit(
    bridge: Exercise, condition: Condition, said: str
) -> None:
    """Each subject in its own words."""
    assert condition_words(bridge, condition) == said


@pytest.mark.parametrize(
    ("measure", "unit"),
    [
        (Measure("it", "angle", ("hip", "knee", "ankle")), " degrees"),
        (Measure("it", "distance", ("hip", "ankle")), " torsos"),
        (Measure("it", "distance", ("hip", "ankle"), since_rest="ratio"), " of its rest length"),
        (Measure("it", "along", ("wrist", "hip", "knee")), " of the way"),
        (Measure("it", "sum", terms=(("hip_angle", 1.0),)), " degrees"),
    ],
)
def test_a_unit_is_that_of_the_measure(bridge: Exercise, measure: Measure, unit: str) -> None:
    """A sum has the unit of what it sums."""
    exercise = replace(bridge, measures=(*bridge.measures, measure))
    assert unit_of(exercise, Condition("measure", "it", above=1)) == unit


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_measure_is_explained(bridge: Exercise, kind: str) -> None:
    """In the words of the vocabulary, with its landmarks and how it is compared."""
    landmarks = ("hip", "knee", "ankle")[: KINDS[kind].landmarks[0]]
    measure = Measure("it", kind, landmarks, since_rest="change", minus=5, unsigned=True)  # type: ignore[arg-type]
    text = words(explain(replace(bridge, measures=(*bridge.measures, measure))))
    assert f"- it: {words(KINDS[kind].meaning)}" in text
    assert ", change since rest, counted from 5, in either direction" in text


def test_a_rep_that_goes_down_is_said_so(bridge: Exercise) -> None:
    """Falls, and must get below."""
    text = words(explain(replace(bridge, rep=replace(bridge.rep, direction="down"))))
    assert "hip_angle falls from its rest level" in text
    assert ", and gets below" in text
