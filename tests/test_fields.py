"""The one list of fields: nothing known of a record is forgotten, and what is kept comes back."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from math import nan
from pathlib import Path

import pytest
from helpers.places import SAMPLES

import formcheck
from formcheck.events import FaultFound, Hold, Partial, Rep, Set, Unjudged
from formcheck.fields import FAULT, HOLD, PARTIAL, REP, REP_COLUMNS, Field, json_cells
from formcheck.history.rows import Origin
from formcheck.history.store import History
from formcheck.pose import SourceInfo
from formcheck.results.as_json import summary_table
from formcheck.results.rows import NumberedSet

FOUND = FaultFound("low_hips", "fault", "left", 1, 1.23456, 2.0, 150.0049, 160.0, "Higher.")
REP_DONE = Rep(
    *(1, "left", 1.0, 2.0, 3.00049, nan, 40.126, 170.0, 0.5, 0.25),
    faults=(FOUND,),
    unjudged=(Unjudged("heels_lift", "cannot see the left heel"),),
    clean=False,
)
HELD = Hold(1, "left", 1.0, 21.0, 20.00061, 18.5, faults=(FOUND,))
TRIED = Partial("left", 4.0, 5.0, nan, "turned back")
OF_THE_SET = {"side", "code", "hallmarks_seen"}
"""The side is the set's where the record's file does not tell it; the others are for the moment."""


@pytest.mark.parametrize(
    ("record", "known"),
    [(REP_DONE, REP), (HELD, HOLD), (TRIED, PARTIAL), (FOUND, FAULT)],
    ids=lambda each: type(each).__name__,
)
def test_every_attribute_of_a_record_has_a_field(
    record: Rep | Hold | Partial | FaultFound, known: Sequence[Field]
) -> None:
    """One without a field would be missing in every file. A partial's faults are told apart."""
    beside = OF_THE_SET | ({"faults"} if isinstance(record, Partial) else set())
    attributes = {field.attribute for field in known if field.attribute}
    assert {each.name for each in fields(record)} - beside == attributes - OF_THE_SET


@pytest.mark.parametrize(
    "done",
    [Set("left", (REP_DONE,), (TRIED,)), Set("left", (), (TRIED,), (HELD,))],
    ids=["reps", "holds"],
)
def test_the_history_gives_back_what_it_was_given(done: Set, tmp_path: Path) -> None:
    """Every number as it was, not as it is told; what was unknown is unknown again."""
    origin = Origin(datetime(2026, 11, 20, 18).astimezone(), "check", "a.mp4")
    labelled = NumberedSet("a.mp4", "bridge", 1, "degrees", done)
    with History.open(tmp_path / "h.sqlite3") as history:
        history.save_session(origin, [labelled])
        (saved,) = history.sets()
    assert repr(saved.labelled) == repr(labelled)


def test_files_tell_milliseconds_and_hundredths() -> None:
    """And nothing where it is unknown."""
    rep = json_cells(REP, REP_DONE, range_unit="degrees", range_deg=40.126)
    assert (rep["end_s"], rep["hold_s"], rep["range"]) == (3.0, None, 40.13)
    assert (rep["faults"], rep["unjudged"]) == (["low_hips"], ["heels_lift"])
    assert "top" not in rep
    fault = json_cells(FAULT, FOUND)
    assert (fault["start_s"], fault["value"], fault["limit"]) == (1.235, 150.0, 160.0)


def test_a_summary_alone_can_be_written() -> None:
    """As the JSON and the table of reps have it, name for name."""
    source = SourceInfo("a.mp4", 1.0, 1, 1)
    summary = formcheck.check(SAMPLES / "bridge_5.npz", "bridge")
    plain = summary.to_dict()
    assert plain.items() <= summary_table(summary, source).items()
    frame = summary.to_frame()
    assert list(frame.columns) == [name for name in REP_COLUMNS if name != "source"]
    assert list(frame["out_s"][1:]) == [rep["out_s"] for rep in plain["sets"][0]["reps"][1:]]
    assert (frame["set"] == 1).all()
    assert frame["faults"].tolist() == [len(rep.faults) for rep in summary.reps]
