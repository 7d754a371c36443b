"""Files of schema 1: read as before, and brought up to date with nothing lost."""

from pathlib import Path

import pytest
from helpers.commands import run

from formcheck.definition.loading import parse_exercise
from formcheck.definition.updating import updated_text
from formcheck.errors import ExerciseError

OLD = """# An old file.
schema = 1        # of then
name   = "lift"
title  = "Lift"
summary = "Lift the hips."
reps   = 10
camera = { view = "side", place = "Beside the mat." }
hold   = { seconds = 2, within = 6, slower_than = 15 }
start  = []       # nothing is asked for

[measures]
hip_angle = { angle = ["shoulder", "hip", "knee"] }
hip_rise  = { rise = ["hip"], since_rest = "change" }

[rep]
measure = "hip_angle"
direction = "up"
attempt = 8
counts = 12

# Above the fault.
[[fault]]
name     = "hips_high"      # its name
severity = "hint"
during   = ["raise", "lower"]
when     = [
    { measure = "hip_rise", above = 0.20, lasting = 0.3 },    # the first
    { measure = "hip_angle", above = 150 },
]
until    = 0.10             # its end
cue      = "Not so high."
why      = "It is enough."

# Above the next.
[[fault]]
name = "sags"
when = { drop = "hip_angle", above = 12, lasting = 0.5 }   # of the rep
until = 8
cue = "Keep it up."
why = "It fell."

[[fault]]
name = "rushed"
when = { duration = "raise", below = 0.70 }
cue = "Slowly."
why = "It was fast."
"""
NEW = """# An old file.
schema = 2        # of then
name   = "lift"
title  = "Lift"
summary = "Lift the hips."
reps   = 10
camera = { view = "side", place = "Beside the mat." }
hold   = { seconds = 2, within = 6, slower_than = 15 }
start  = []       # nothing is asked for

[measures]
hip_angle = { angle = ["shoulder", "hip", "knee"] }
hip_rise  = { rise = ["hip"], since_rest = "change" }

[rep]
measure = "hip_angle"
direction = "up"
attempt = 8
counts = 12

# Above the fault.
[fault.hips_high]
title    = "Hips high"      # its name
severity = "hint"
during   = ["out", "back"]
when     = [
    { measure = "hip_rise", above = 0.20, until = 0.10, lasting = 0.3 },    # the first
    { measure = "hip_angle", above = 150 },
]             # its end
cue      = "Not so high."
why      = "It is enough."

# Above the next.
[fault.sags]
title = "Sags"
when = { measure = "hip_angle", falls_by = 12, until = 8, lasting = 0.5 }   # of the rep
cue = "Keep it up."
why = "It fell."

[fault.rushed]
title = "Rushed"
when = { duration = "out", below = 0.70 }
cue = "Slowly."
why = "It was fast."
"""


def test_a_file_is_brought_up_to_date_with_its_comments() -> None:
    """Word by word: only what schema 2 writes otherwise is written otherwise."""
    text, told = updated_text(OLD)
    assert text == NEW
    assert told == (
        "now schema 2; 3 faults with the name in the heading, and a title; 2 untils beside the "
        "limit; 1 drop as falls_by; 3 phases called out and back"
    )


def test_an_old_file_is_read_as_the_new_one() -> None:
    """Nothing that reads exercises can tell which it was."""
    old, new = parse_exercise(OLD), parse_exercise(NEW)
    assert old == new
    assert old[0] is not None


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('name = "sags"', "", "fault 2: must be a table with a name in it"),
        ('name = "sags"', 'name = "rushed"', "fault rushed: there are two faults of this name"),
        ('"raise", "lower"', '"top"', "fault hips_high > during 1: must be 'out', 'hold' or"),
        ("until = 8", "until = 13", "fault sags > when: until must be at most 12, where"),
        ('"hip_angle", above = 12', '"hip_rise", above = 12', "fault sags > when: falls_by is of"),
        ("above = 12", "below = 12", "fault sags > when: unknown key 'drop'"),
        ("when = { duration", "wen = { duration", "fault rushed: unknown key 'wen', did you mean"),
    ],
)
def test_what_is_wrong_in_an_old_file_is_told(before: str, after: str, said: str) -> None:
    """As in a new one."""
    assert before in OLD
    exercise, problems = parse_exercise(OLD.replace(before, after))
    assert exercise is None
    assert any(str(problem).startswith(said) for problem in problems), problems


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('\n[[fault]]\nname = "rushed"', "\n[[fault]]\n'name' = \"rushed\""),
        ("when = { duration = ", "when.duration = "),
        ('{ duration = "raise", below = 0.70 }', '[{ duration = "raise", below = 0.70 }]'),
        ("until = 8\n", "\n"),
    ],
)
def test_however_it_is_written_it_says_the_same_afterwards(before: str, after: str) -> None:
    """Or it is left alone."""
    old = OLD.replace(before, after).replace(
        'when.duration = "raise", below = 0.70 }', 'when.duration = "raise"\nwhen.below = 0.70'
    )
    assert old != OLD
    try:
        new, _ = updated_text(old)
    except ExerciseError:
        return
    assert "schema = 2" in new
    assert parse_exercise(new)[0] == parse_exercise(old)[0]


def test_lint_fixes_a_file_whole_or_not_at_all(tmp_path: Path) -> None:
    """It says what it did, and leaves alone what has mistakes or cannot be converted."""
    path = tmp_path / "lift.toml"
    path.write_text(OLD, "utf-8")
    told = run("lint", "lift.toml", cwd=tmp_path)
    assert "`formcheck lint --fix` updates it" in told.stderr
    assert path.read_text("utf-8") == OLD
    fixed = run("lint", "lift.toml", "--fix", cwd=tmp_path)
    assert (fixed.returncode, fixed.stderr) == (0, "")
    assert "lift.toml: now schema 2; 3 faults with" in fixed.stdout
    assert path.read_text("utf-8") == NEW
    again = run("lint", "lift.toml", "--fix", cwd=tmp_path)
    assert again.stdout == "1 exercise file is good.\n"
    for wrong, code in (("reps   = 10", "reps   = 0"), ("[[fault]]", "[[ fault ]]  # kept?")):
        path.write_text(OLD.replace(wrong, code), "utf-8")
        before = path.read_bytes()
        assert run("lint", "lift.toml", "--fix", cwd=tmp_path).returncode == 2
        assert path.read_bytes() == before
