"""What is wrong with an exercise's file is told with its place, and all of it at once."""

import pytest
from helpers.lift import changed, problems

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
