"""Results for programs: always valid JSON with the promised keys, and CSV that any sheet reads."""

import csv
import json
from collections.abc import Mapping
from math import inf, nan
from pathlib import Path
from typing import Any

import pytest
from helpers.places import SAMPLES
from helpers.scenes import judged
from hypothesis import given
from hypothesis import strategies as st

from formcheck.checking.judge_source import judge
from formcheck.definition.loading import load_exercise
from formcheck.events import Event, FaultFound, Partial, Rep, Set, Snapshot, Summary, Unjudged
from formcheck.figure.movements import MOVEMENTS
from formcheck.landmarks.model_file import find_model
from formcheck.observer import Judged
from formcheck.pose import Pose, SourceInfo
from formcheck.results.as_json import event_json, events_file, summary_table, to_json, values_file
from formcheck.sources.opening import open_source

NUMBER = (int, float)
KEYS: dict[str, dict[str, Any]] = {
    "result": {
        "format": str,
        "source": dict,
        "exercise": str,
        "recognised": type(None),
        "sets": list,
        "faults": list,
        "unjudged": list,
        "notes": list,
    },
    "source": {"path": str, "duration_s": NUMBER, "frames": int, "frames_with_pose": int},
    "set": {
        "side": (str, type(None)),
        "start_s": NUMBER,
        "end_s": NUMBER,
        "reps": list,
        "holds": list,
        "partials": list,
    },
    "rep": {
        "number": int,
        "start_s": NUMBER,
        "peak_s": NUMBER,
        "end_s": NUMBER,
        "hold_s": NUMBER,
        "range": NUMBER,
        "range_unit": str,
        "range_deg": (*NUMBER, type(None)),
        "out_s": (*NUMBER, type(None)),
        "back_s": (*NUMBER, type(None)),
        "clean": bool,
        "faults": list,
        "unjudged": list,
        "borderline": list,
        "raise_s": (*NUMBER, type(None)),
        "lower_s": (*NUMBER, type(None)),
    },
    "hold": {
        "number": int,
        "start_s": NUMBER,
        "end_s": NUMBER,
        "hold_s": NUMBER,
        "good_s": NUMBER,
        "clean": bool,
        "faults": list,
        "unjudged": list,
        "borderline": list,
    },
    "partial": {"start_s": NUMBER, "end_s": NUMBER, "peak": (*NUMBER, type(None)), "reason": str},
    "fault": {
        "name": str,
        "severity": str,
        "side": (str, type(None)),
        "rep": (int, type(None)),
        "start_s": NUMBER,
        "end_s": NUMBER,
        "value": NUMBER,
        "limit": NUMBER,
        "cue": str,
        "unit": str,
        "title": str,
    },
    "unjudged": {"name": str, "reason": str, "title": str},
}
"""The promised format: every key with the type of its value."""

FOUND = FaultFound("sags", "hint", "left", 1, 2.00049, 3.0, 151.239, 150.0, "Keep it up.")
REP = Rep(1, "left", 1.0, 2.0, 4.0, 1.5, 50.126, 170.0, 0.8, 0.9, (FOUND,), clean=True)


def a_summary(*, value: float = 1.0, rep: Rep = REP) -> Summary:
    """One set of one rep and one partial, with this value wherever one may be unknown."""
    partial = Partial("left", 5.0, 6.0, value, "did not go far enough to count")
    each = Set("left", (rep,), (partial,))
    return Summary("lift", (each,), (Unjudged("too_low", "cannot see the hip"),), ("Turn.",))


def as_promised(kind: str, table: Mapping[str, Any]) -> bool:
    """Whether a table has exactly the promised keys, with values of the promised types."""
    keys = KEYS[kind]
    assert list(table) == list(keys), kind
    for key, value in table.items():
        assert isinstance(value, keys[key]), (kind, key, value)
    return True


def check_result(result: Mapping[str, Any]) -> None:
    """Check every table of a result against the promise."""
    assert as_promised("result", result)
    assert result["format"] == "formcheck/1"
    assert as_promised("source", result["source"])
    for each in result["sets"]:
        assert as_promised("set", each)
        assert each["side"] in ("left", "right", None)
        assert all(as_promised("rep", rep) for rep in each["reps"])
        assert all(as_promised("hold", hold) for hold in each["holds"])
        assert all(as_promised("partial", partial) for partial in each["partials"])
        for rep in each["reps"]:
            assert all(isinstance(name, str) for name in (*rep["faults"], *rep["unjudged"]))
    assert all(as_promised("fault", fault) for fault in result["faults"])
    assert all(as_promised("unjudged", unjudged) for unjudged in result["unjudged"])
    assert all(isinstance(note, str) for note in result["notes"])


@pytest.mark.parametrize(
    ("name", "exercise"),
    [
        ("bridge_5", "bridge"),
        ("push_up_6", "bridge"),
        ("crunch_4", "crunch"),
        ("standing_leg_raise_6", "standing_leg_raise"),
        ("side_lying_leg_raise_3", "side_lying_leg_raise"),
    ],
)
def test_a_result_has_exactly_the_promised_keys_and_types(name: str, exercise: str) -> None:
    """For each exercise, and where nothing was found."""
    with open_source(SAMPLES / f"{name}.npz", find_model) as source:
        result = judge(source, load_exercise(exercise))
    table = summary_table(result.summary, result.source)
    read = json.loads(to_json(table), parse_constant=lambda word: pytest.fail(word))
    check_result(read)
    assert read == table


@pytest.mark.parametrize(
    ("name", "counted", "unit"),
    [("plank", "holds", None), ("bird_dog", "reps", "torsos"), ("squat", "reps", "degrees")],
)
def test_holds_and_ranges_in_torsos_have_the_promised_keys_too(
    name: str, counted: str, unit: str | None
) -> None:
    """A hold has no range; and torsos are not told as degrees."""
    summary = judged(name, MOVEMENTS[name](1), fps=15)
    table = summary_table(summary, SourceInfo("it", 1.0, 1, 1))
    check_result(json.loads(to_json(table)))
    (only,) = table["sets"]
    assert [len(only[each]) for each in ("reps", "holds")] == [
        counted == "reps",
        counted == "holds",
    ]
    for rep in only["reps"]:
        assert rep["range_unit"] == unit
        assert rep["range_deg"] == (rep["range"] if unit == "degrees" else None)


@pytest.mark.parametrize("value", [nan, inf, -inf, 1e308, -0.0])
def test_an_unknown_number_is_null_and_never_nan(value: float) -> None:
    """NaN is not JSON, and many programs refuse it."""
    rep = Rep(1, None, 1.0, 2.0, 4.0, value, value, value, value, value)
    table = summary_table(a_summary(value=value, rep=rep), SourceInfo("it", value, 1, 1))
    json.loads(to_json(table), parse_constant=lambda word: pytest.fail(word))
    event_json(Event(1.0, "rep", value=value))


def test_numbers_are_rounded_to_what_they_are_worth() -> None:
    """Milliseconds, and hundredths of a degree."""
    table = summary_table(a_summary(), SourceInfo("it", 17.61234, 10, 9))
    assert table["source"]["duration_s"] == 17.612
    assert table["sets"][0]["reps"][0]["range_deg"] == 50.13
    assert (table["faults"][0]["start_s"], table["faults"][0]["value"]) == (2.0, 151.24)
    assert table["sets"][0]["reps"][0]["faults"] == ["sags"]


@given(st.text(st.characters()))
def test_any_file_name_can_be_said_in_json(path: str) -> None:
    """Also one that is not Unicode, as file names may be on Linux; and it comes back."""
    text = to_json(summary_table(a_summary(), SourceInfo(path, 1.0, 1, 1)))
    assert text.isascii()
    assert json.loads(text)["source"]["path"] == path


def test_an_event_is_one_line_without_what_it_does_not_have() -> None:
    """The value 0 is something."""
    assert json.loads(event_json(Event(1.23456, "ready"))) == {"time_s": 1.235, "kind": "ready"}
    assert json.loads(event_json(Event(1.0, "ready"), "plank"))["exercise"] == "plank"
    event = Event(2.0, "fault", "sags", "left", 3, 0.0, "Keep it\nup.")
    line = event_json(event)
    assert "\n" not in line
    assert json.loads(line) == {
        "time_s": 2.0,
        "kind": "fault",
        "name": "sags",
        "side": "left",
        "rep": 3,
        "value": 0.0,
        "cue": "Keep it\nup.",
    }


def a_snapshot(time: float, *events: Event, **values: float) -> Snapshot:
    """A moment of the raise."""
    return Snapshot(time, "out", None, 2, 0.0, (), events, values=values)


def moment(snapshot: Snapshot) -> Judged:
    """A pose that was judged like this."""
    return Judged(0, None, Pose.absent(snapshot.time), None, snapshot)


def test_events_are_written_a_line_each(tmp_path: Path) -> None:
    """In order; moments without events leave no line."""
    path = tmp_path / "events.jsonl"
    with events_file(path) as log:
        log.add(moment(a_snapshot(0.0, Event(0.0, "ready"), Event(0.0, "phase", "rest"))))
        log.add(moment(a_snapshot(0.1)))
        log.add(moment(a_snapshot(0.2, Event(0.2, "phase", "out"))))
    lines = [json.loads(line) for line in path.read_bytes().decode("ascii").splitlines()]
    assert [(line["time_s"], line["kind"]) for line in lines] == [
        (0.0, "ready"),
        (0.0, "phase"),
        (0.2, "phase"),
    ]


def test_values_are_a_table_with_an_empty_cell_for_unknown(tmp_path: Path) -> None:
    """One row a moment, one column a measure."""
    path = tmp_path / "values.csv"
    with values_file(path) as table:
        table.add(moment(a_snapshot(0.0, hip_angle=123.456, rise=nan)))
        table.add(moment(a_snapshot(0.04, hip_angle=0.0, rise=1e-9)))
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows == [
        ["time_s", "phase", "side", "reps", "hip_angle", "rise"],
        ["0.000", "out", "", "2", "123.5", ""],
        ["0.040", "out", "", "2", "0", "1e-09"],
    ]


@pytest.mark.parametrize("writer", [events_file, values_file])
def test_a_file_that_is_interrupted_does_not_appear(writer: Any, tmp_path: Path) -> None:
    """Half a table looks like a whole one."""

    def write_and_stop() -> None:
        with writer(tmp_path / "it") as observer:
            observer.add(moment(a_snapshot(0.0, Event(0.0, "ready"), hip_angle=1.0)))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_and_stop()
    assert not list(tmp_path.iterdir())
