"""Loading exercises: what is right is taken, and everything that is wrong is told at once."""

from pathlib import Path

import pytest
from helpers.places import EXERCISES
from hypothesis import example, given, settings
from hypothesis import strategies as st

from formcheck.counting.session import Session
from formcheck.definition.loading import (
    exercise_files,
    find_exercise,
    load_exercise,
    parse_exercise,
    read_exercise,
)
from formcheck.definition.words import explain
from formcheck.errors import ExerciseError
from formcheck.exercise import Exercise
from formcheck.pose import Pose

SHIPPED = sorted(EXERCISES.glob("*.toml"))

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
"""A small exercise without problems. Each case below changes a word of it."""


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


# What is right.


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_the_shipped_exercises_have_no_problem(path: Path) -> None:
    """The four that come with formcheck."""
    exercise, found = read_exercise(path)
    assert found == []
    assert exercise is not None
    assert exercise.name == path.stem


def test_a_good_text_becomes_an_exercise() -> None:
    """With what it says, and the defaults for what it leaves out."""
    exercise = loaded(GOOD)
    assert (exercise.sides, exercise.camera.within) == ("both", 45)
    assert exercise.measure("both").terms == (("hip_angle", 1), ("line", -1))
    assert exercise.measure("hip_rise").since_rest == "change"
    assert exercise.fault("too_low").severity == "fault"
    assert exercise.fault("sags").first.until == 155
    assert [fault.title for fault in exercise.faults] == ["Too low", "Hips sag"]
    assert [fault.is_live for fault in exercise.faults] == [False, True]


def test_a_list_of_conditions_means_all_of_them() -> None:
    """And one table is a list of one."""
    two = "[{ peak = 'hip_angle', below = 165 }, { duration = 'hold', below = 1 }]"
    exercise = loaded(changed(('{ peak = "hip_angle", below = 165 }', two)))
    assert [c.subject for c in exercise.fault("too_low").when] == ["peak", "duration"]
    assert len(exercise.fault("sags").when) == 1


def test_a_byte_order_mark_is_no_problem(tmp_path: Path) -> None:
    """Some editors on Windows write one."""
    path = tmp_path / "lift.toml"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert load_exercise(path).name == "lift"


# What is wrong: each case fires, and the good text (above) has none of them.


CASES: dict[str, tuple[tuple[str, str], str]] = {
    # The form.
    "unknown key": (
        ("reps =", "rep_count ="),
        "unknown key 'rep_count'",
    ),
    "unknown key with a suggestion": (
        ("below = 40", "belw = 40"),
        "start 1: unknown key 'belw', did you mean 'below'?",
    ),
    "unknown key in a condition": (
        ("lasting =", "lastin ="),
        "fault sags > when: unknown key 'lastin', did you mean 'lasting'?",
    ),
    "unknown kind of measure": (
        ("{ tilt", "{ tlit"),
        "measures > line: unknown key 'tlit', did you mean 'tilt'?",
    ),
    "unknown table": (
        ("[camera]", "[camra]"),
        "unknown key 'camra', did you mean 'camera'?",
    ),
    "missing key": (("counts = 12", ""), "rep: 'counts' is missing"),
    "missing table": (("[hold]", "[holds]"), "'hold' is missing"),
    "unknown severity": (
        ('"hint"', '"hnt"'),
        "fault sags > severity: must be 'safety', 'fault' or 'hint', not 'hnt', "
        "did you mean 'hint'?",
    ),
    "unknown phase": (
        ('["hold"]', '["hold", "top"]'),
        "fault sags > during 2: must be 'out', 'hold' or 'back', not 'top'",
    ),
    "text for a number": (
        ("counts = 12", 'counts = "12"'),
        "rep > counts: must be a number, not '12'",
    ),
    "no end to a number": (
        ("counts = 12", "counts = inf"),
        "rep > counts: must be a finite number, not inf",
    ),
    "half a rep": (("reps = 10", "reps = 10.5"), "reps: must be a whole number, not 10.5"),
    "a number for text": (('title = "Lift"', "title = 3"), "title: must be text in quotes, not 3"),
    "text for a list": (
        ('["hip"]', '"hip"'),
        "measures > hip_rise > rise: must be a list in [ ], not 'hip'",
    ),
    "a number for yes or no": (
        ('"mid_shoulder"]', '"mid_shoulder"], unsigned = 1'),
        "measures > line > unsigned: must be true or false, not 1",
    ),
    "a value said twice": (
        ('["hip"], since', '["hip"], says = "{value} up {value}", since'),
        "measures > hip_rise > says: may hold {value} once",
    ),
    "a number for a table": (
        ('{ rise = ["hip"], since_rest = "change" }', "3"),
        "measures > hip_rise: must be a table of keys and values, not 3",
    ),
    "a list for a condition": (
        ('{ peak = "hip_angle", below = 165 }', "[[1]]"),
        "fault too_low > when: must be a table of keys and values, not a list",
    ),
    "one bracket too few": (
        ("[[start]]", "[start]"),
        "start: must be written [[start]], with two brackets",
    ),
    # The meaning.
    "later schema": (("schema = 2", "schema = 3"), "schema: is 3; this formcheck reads 1 and 2"),
    "name of another file": (
        ('"lift"', '"press"'),
        "name: is 'press' but the file is called lift.toml",
    ),
    "name with a space": (('"lift"', '"my lift"'), "name: use small letters, digits and _ only"),
    "no reps": (("reps = 10", "reps = 0"), "reps: must be between 1 and"),
    "unknown measure in start": (
        ('measure = "line"', 'measure = "lines"'),
        "start 1: unknown measure 'lines', did you mean 'line'?",
    ),
    "unknown measure in rep": (
        ('measure = "hip_angle"\ndirection', 'measure = "hip_angel"\ndirection'),
        "rep > measure: unknown measure 'hip_angel', did you mean 'hip_angle'?",
    ),
    "unknown measure in a fault": (
        ('peak = "hip_angle"', 'peak = "hip"'),
        "fault too_low > when: unknown measure 'hip'",
    ),
    "unknown measure in a sum": (
        ("hip_angle = 1", "hip_angel = 1"),
        "measures > both: unknown measure 'hip_angel', did you mean 'hip_angle'?",
    ),
    "unknown landmark": (
        ('"knee"]', '"kne"]'),
        "measures > hip_angle: unknown landmark 'kne', did you mean 'knee'?",
    ),
    "wrong number of landmarks": (
        (', "knee"]', "]"),
        "measures > hip_angle: angle takes 3 landmarks, not 2",
    ),
    "no landmarks": (
        ('["hip"]', "[]"),
        "measures > hip_rise: rise takes 1, 2 or 3 landmarks, not 0",
    ),
    "too many landmarks": (
        ('tilt = ["mid_hip", "mid_shoulder"]', 'turn = ["hip"]'),
        "measures > line: turn takes no landmarks, not 1",
    ),
    "a landmark twice": (
        ('"hip", "knee"', '"hip", "hip"'),
        "measures > hip_angle: angle names the same landmark twice",
    ),
    "two kinds": (
        ('{ rise = ["hip"]', '{ rise = ["hip"], turn = []'),
        "measures > hip_rise: needs exactly one of angle",
    ),
    "no kind": (
        ('{ rise = ["hip"], ', "{ "),
        "measures > hip_rise: needs exactly one of angle",
    ),
    "a sum of a sum": (
        ("line = -1 } }", "line = -1 } }\nall = { sum = { both = 1 } }"),
        "measures > all: cannot sum 'both'",
    ),
    "a mean of a sum": (
        ("line = -1 } }", 'line = -1 } }\nall = { mean = ["both", "line"] }'),
        "measures > all: cannot average 'both'",
    ),
    "a mean of what is not there": (
        ("line = -1 } }", 'line = -1 } }\nall = { mean = ["line", "lime"] }'),
        "measures > all: unknown measure 'lime', did you mean 'line'?",
    ),
    "a sum of what is compared with rest": (
        ("line = -1", "hip_rise = 1"),
        "measures > both: cannot sum 'hip_rise'",
    ),
    "a sum of degrees and lengths": (
        ("line = -1 } }", 'line = -1, far = 1 } }\nfar = { distance = ["hip", "knee"] }'),
        "measures > both: cannot sum degrees and torsos",
    ),
    "an empty sum": (("{ hip_angle = 1, line = -1 }", "{}"), "must name the measures to sum"),
    "no limit": (("below = 40\n", ""), "start 1: needs above or below"),
    "limits that exclude each other": (
        ("below = 40", "below = 40\nabove = 40"),
        "start 1: can never be above 40 and below 40",
    ),
    "rest before there was any": (
        ('"mid_shoulder"]', '"mid_shoulder"], since_rest = "change"'),
        "start 1: the start position cannot be compared with rest",
    ),
    "a rep compared with rest twice": (
        ('"knee"]', '"knee"], since_rest = "change"'),
        "rep > measure: a rep is compared with rest by itself",
    ),
    "an attempt that is more than a rep": (
        ("attempt = 8", "attempt = 12"),
        "rep > attempt: must be more than 0 and less than counts",
    ),
    "an attempt of nothing": (("attempt = 8", "attempt = 0"), "rep > attempt: must be more than 0"),
    "a beginning that is unknown": (
        ("attempt = 8", 'attempt = 8\nbegins_with = "lean"'),
        "rep > begins_with: unknown measure 'lean'",
    ),
    "a beginning that is compared with rest": (
        ("attempt = 8", 'attempt = 8\nbegins_with = "hip_rise"'),
        "rep > begins_with: it leaves its rest by itself: use a measure without since_rest",
    ),
    "a share of a way without an end": (
        ("attempt = 8", "attempt = 8\nwithout_hold = 0.6"),
        "rep > without_hold: needs full",
    ),
    "a share that is the whole": (
        ("attempt = 8", "attempt = 8\nfull = 180\nwithout_hold = 1.0"),
        "rep > without_hold: must be more than 0 and less than 1",
    ),
    "a hold within nothing": (("within = 6", "within = 0"), "hold > within: must be more than 0"),
    "a hold of less than nothing": (("seconds = 2", "seconds = -2"), "hold > seconds: must not be"),
    "a fault twice": (("[fault.sags]", "[fault.too_low]"), "(at line 39, column "),
    "a fault that is called like another": (
        ('"Hips sag"', '"Hips sag"\nalso_called = ["too_low"]'),
        "fault sags > also_called: 'too_low' stands for too_low, too: keep it for one",
    ),
    "a fault with a space": (("[fault.sags]", '[fault."It sags"]'), "fault It sags: use small"),
    "faults as a list": (("[fault.sags]", "[[fault]]"), "(at line 39, column "),
    "a family of one": (
        ('"Hips sag"', '"Hips sag"\nfamily = "height"'),
        "fault sags > family: no other fault is of 'height'",
    ),
    "a long cue": (
        ("Lift higher.", "Lift " + "very " * 12 + "high."),
        "fault too_low > cue: has 70 letters; a cue has at most 60",
    ),
    "no cue": (("Lie down.", " "), "start 1 > cue: is empty"),
    "two subjects": (
        ('{ peak = "hip_angle"', '{ peak = "hip_angle", trough = "line"'),
        "fault too_low > when: needs exactly one of measure, peak, trough, duration, "
        "and has peak and trough",
    ),
    "no subject": (
        ('{ peak = "hip_angle", ', "{ "),
        "fault too_low > when: needs exactly one of measure",
    ),
    "no condition": (
        ('{ peak = "hip_angle", below = 165 }', "[]"),
        "fault too_low > when: must hold at least one condition",
    ),
    "a duration of no phase": (
        ('peak = "hip_angle"', 'duration = "top"'),
        "fault too_low > when: duration is of out, hold or back, not 'top'",
    ),
    "a fall of another measure": (
        ('measure = "hip_angle", below = 150, until = 155', 'measure = "line", falls_by = 150'),
        "fault sags > when: falls_by is of the rep's measure, 'hip_angle'",
    ),
    "a fall of a peak": (
        ("below = 165", "falls_by = 10"),
        "fault too_low > when: falls_by goes with measure, not with peak",
    ),
    "a fall beside a limit": (
        ("until = 155", "falls_by = 155"),
        "fault sags > when: has falls_by, so it has neither above nor below",
    ),
    "a fall of nothing": (("until = 155", "falls_by = 0"), "falls_by must be more than 0"),
    "lasting at the end of a rep": (
        ("below = 165", "below = 165, lasting = 1"),
        "fault too_low > when: peak is known when the rep is over: it has no lasting",
    ),
    "lasting less than nothing": (
        ("lasting = 0.5", "lasting = -1"),
        "lasting must not be negative",
    ),
    "now and then mixed": (
        (
            '{ peak = "hip_angle", below = 165 }',
            "[{ peak = 'line', below = 1 }, { measure = 'line', below = 1 }]",
        ),
        "fault too_low > when: mixes what is known at once with what is known when the rep",
    ),
    "a fault in no phase": (('["hold"]', "[]"), "fault sags > during: must name out"),
    "until on the wrong side": (
        ("until = 155", "until = 145"),
        "fault sags > when: until must be at least 150, where the fault begins",
    ),
    "until on the wrong other side": (
        ("below = 150, until = 155", "above = 190, until = 191"),
        "fault sags > when: until must be at most 190, where the fault begins",
    ),
    "until at the end of a rep": (
        ("below = 165 }", "below = 165, until = 170 }"),
        "fault too_low > when: until: only what is judged at once, by measure, can be over",
    ),
    # TOML.
    "an open quote": (('title = "Lift"', 'title = "Lift'), "(at line 4, column "),
    "an open list": (('["hold"]', '["hold"'), "not valid TOML: "),
    "an open end": (('It fell."\n', "It fell."), "(at line 45, the end of the file)"),
    "a key twice": (("reps = 10", "reps = 10\nreps = 11"), "(at line 7, column "),
    "a number of thousands of digits": (
        ("reps = 10", "reps = 1" + "0" * 5000),
        "not valid TOML: a number is too long or a list too deep",
    ),
    "a list of thousands of lists": (
        ("reps = 10", "reps = " + "[" * 5000),
        "not valid TOML: a number is too long or a list too deep",
    ),
    "a whole number too large for any use": (
        ("reps = 10", "reps = 0x1" + "0" * 5000),
        "reps: must be between 1 and",
    ),
}


@pytest.mark.parametrize(("change", "said"), CASES.values(), ids=CASES.keys())
def test_a_problem_is_told_with_its_place(change: tuple[str, str], said: str) -> None:
    """One change to the good text, and one line that names it."""
    found = problems(changed(change))
    assert any(said in line for line in found), found
    assert not any("\n" in line for line in found)
    assert not any("Input should" in line or "valid dictionary" in line for line in found)


def test_every_problem_is_told_at_once() -> None:
    """Of form and of meaning, in one run."""
    found = problems(
        changed(
            ("schema = 2", "schema = 7"),
            ("below = 40", "belw = 40"),
            ("attempt = 8", "attempt = 80"),
            ("seconds = 2", "seconds = true"),
            ('peak = "hip_angle"', 'peak = "hip_angel"'),
            ("until = 155", "until = 15"),
            ('"hint"', '"hnt"'),
            ('["hip"]', '["hipp"]'),
        )
    )
    assert found == [
        "start 1: unknown key 'belw', did you mean 'below'?",
        "hold > seconds: must be a number, not true",
        "fault sags > severity: must be 'safety', 'fault' or 'hint', not 'hnt', "
        "did you mean 'hint'?",
        "schema: is 7; this formcheck reads 1 and 2",
        "measures > hip_rise: unknown landmark 'hipp', did you mean 'hip'?",
        "rep > attempt: must be more than 0 and less than counts",
        "fault too_low > when: unknown measure 'hip_angel', did you mean 'hip_angle'?",
    ]


def test_a_measure_of_wrong_form_is_not_told_as_unknown_too() -> None:
    """It is there, only wrong; one slip is one problem."""
    assert problems(changed(('angle = ["shoulder"', 'angel = ["shoulder"'))) == [
        "measures > hip_angle: unknown key 'angel', did you mean 'angle'?"
    ]


def test_a_file_is_named_by_its_problems(tmp_path: Path) -> None:
    """One problem on the same line, more on lines of their own."""
    path = tmp_path / "lift.toml"
    path.write_text(changed(("counts = 12", "")), encoding="utf-8")
    with pytest.raises(ExerciseError) as refusal:
        load_exercise(path)
    assert str(refusal.value) == (f"Can't use the exercise file {path}: rep: 'counts' is missing")
    path.write_text(changed(("counts = 12", ""), ("reps = 10", "reps = 0")), encoding="utf-8")
    with pytest.raises(ExerciseError) as refusal:
        load_exercise(path)
    assert str(refusal.value).splitlines()[1:] == [
        "  rep: 'counts' is missing",
        "  reps: must be between 1 and 1000",
    ]


# Files that are no exercises.


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "doesn't exist"),
        (b'name = "\xff\xfe"', "is not UTF-8 text"),
        (b"", "'schema' is missing"),
        (b"\x89PNG\r\n\x1a\n", "is not UTF-8 text"),
        (b"[tool.ruff]\nline-length = 100", "unknown key 'tool'"),
    ],
)
def test_a_file_that_is_no_exercise_is_told_so(
    tmp_path: Path, content: bytes | None, said: str
) -> None:
    """Missing, empty, or something else."""
    path = tmp_path / "it.toml"
    if content is not None:
        path.write_bytes(content)
    exercise, found = read_exercise(path)
    assert exercise is None
    assert any(said in str(problem) for problem in found)


def test_a_folder_is_told_to_be_one(tmp_path: Path) -> None:
    """Though its name ends in .toml."""
    folder = tmp_path / "it.toml"
    folder.mkdir()
    exercise, found = read_exercise(folder)
    assert exercise is None
    assert len(found) == 1


# Names.


def test_an_exercise_here_comes_before_a_shipped_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that limits can be changed without touching the installation."""
    (tmp_path / "exercises").mkdir()
    own = tmp_path / "exercises" / "bridge.toml"
    own.write_text(changed(('"lift"', '"bridge"')), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert load_exercise("bridge").title == "Lift"
    assert list(exercise_files()) == [path.stem for path in SHIPPED]


def test_a_path_with_spaces_and_any_letters_is_found(tmp_path: Path) -> None:
    """Names of people and folders are not ASCII."""
    path = tmp_path / "meine Übungen" / "lift.toml"
    path.parent.mkdir()
    path.write_text(GOOD, encoding="utf-8")
    assert load_exercise(str(path)).name == "lift"


@pytest.mark.parametrize(
    ("name", "said"), [("bridg", "Did you mean 'bridge'"), ("qqq", "formcheck list")]
)
def test_an_unknown_name_is_refused_with_what_to_do(name: str, said: str) -> None:
    """A suggestion where one is close."""
    with pytest.raises(ExerciseError, match=said):
        find_exercise(name)


@pytest.mark.parametrize("name", ["Glute bridge", "glute-bridge", "GLUTE_BRIDGE"])
def test_an_exercise_is_found_by_its_title_however_it_is_written(name: str) -> None:
    """People do not know file names."""
    assert find_exercise(name).stem == "bridge"


# Nothing crashes.

WORDS = st.sampled_from(
    ["schema", "name", "measures", "fault", "when", "start", "rep", "hold", "until", "sum", "angle"]
)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["hip_angle", "line", "up", "hold", "knee", "change"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=6,
)


def as_toml(value: object) -> str:
    """A value as TOML writes it, more or less."""
    match value:
        case bool():
            return str(value).lower()
        case dict():
            return "{" + ", ".join(f"{key} = {as_toml(each)}" for key, each in value.items()) + "}"
        case list():
            return "[" + ", ".join(map(as_toml, value)) + "]"
        case str():
            return '"' + "".join(f"\\U{ord(letter):08x}" for letter in value) + '"'
    return "''" if value is None else str(value)


@settings(max_examples=300)
@given(st.text())
@example("\x00")
@example("a.b.c = 1\na.b = 2")
@example("when = 1979-05-27")
def test_arbitrary_text_never_crashes(text: str) -> None:
    """It is refused, with at least one problem."""
    exercise, found = parse_exercise(text)
    assert exercise is None
    assert all(str(problem) for problem in found)


@settings(max_examples=300)
@given(st.data())
def test_a_good_text_with_any_value_in_it_never_crashes(data: st.DataObject) -> None:
    """Whatever stands there is refused in single lines, or makes an exercise that can be used."""
    lines = GOOD.splitlines()
    places = [number for number, line in enumerate(lines) if " = " in line]
    place = data.draw(st.sampled_from(places))
    key = lines[place].partition(" = ")[0]
    lines[place] = f"{key} = {as_toml(data.draw(VALUES))}"
    exercise, found = parse_exercise("\n".join(lines))
    if exercise is not None:
        assert explain(exercise)
        Session(exercise).update(Pose.absent(0.0))
    assert not any("\n" in str(problem) for problem in found)


@pytest.mark.parametrize(
    ("base", "said"),
    [
        ("bridge", ""),
        ("brigde", "there is no exercise 'brigde', did you mean 'bridge'?"),
        ("lift", "names the exercise itself"),
    ],
)
def test_what_an_exercise_is_a_variant_of_must_be_another_one(
    base: str, said: str, tmp_path: Path
) -> None:
    """It is told when it is not, and taken from the file when it is."""
    path = tmp_path / "lift.toml"
    path.write_text(GOOD.replace("reps = 10", f'reps = 10\nvariant_of = "{base}"'))
    exercise, problems = read_exercise(path)
    assert [str(problem) for problem in problems] == ([f"variant_of: {said}"] if said else [])
    assert (exercise and exercise.variant_of) == (None if said else base)
