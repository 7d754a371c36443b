"""A small exercise in the text of its file, what is wrong with such a text, and what it makes."""

from formcheck.definition.loading import parse_exercise
from formcheck.exercise import Exercise

GOOD = """
schema = 2
name = "lift"
title = "Lift"
summary = "Lift the hips."
reps = 10

[camera]
view = "side"
place = "Beside the mat."

[measures]
hip_angle = { angle = ["shoulder", "hip", "knee"] }
hip_rise = { rise = ["hip"], since_rest = "change" }
line = { tilt = ["mid_hip", "mid_shoulder"] }
both = { sum = { hip_angle = 1, line = -1 } }

[[start]]
measure = "line"
below = 40
cue = "Lie down."

[rep]
measure = "hip_angle"
direction = "up"
attempt = 8
counts = 12

[hold]
seconds = 2
within = 6
slower_than = 15

[fault.too_low]
when = { peak = "hip_angle", below = 165 }
cue = "Lift higher."
why = "It stopped short."

[fault.sags]
title = "Hips sag"
severity = "hint"
during = ["hold"]
when = { measure = "hip_angle", below = 150, until = 155, lasting = 0.5 }
cue = "Keep it up."
why = "It fell."
"""
"""A small exercise without problems. Tests change a word of it."""


def problems(text: str, expected_name: str | None = "lift") -> list[str]:
    """All that is wrong with a text, as it is told."""
    exercise, found = parse_exercise(text, expected_name)
    assert (exercise is None) == bool(found)
    return [str(problem) for problem in found]


def changed(*changes: tuple[str, str]) -> str:
    """The good text with some of it replaced."""
    text = GOOD
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def loaded(text: str) -> Exercise:
    """The exercise in a text that is good."""
    exercise, found = parse_exercise(text)
    assert exercise is not None, found
    return exercise
