"""The fields of what is written: nothing known is forgotten, and all of it comes back."""

from dataclasses import fields
from math import nan

import pytest

from formcheck.events import FaultFound, Hold, Partial, Rep
from formcheck.results.records import FIELDS, Record, back, kept, told
from formcheck.results.rows import FAULT_COLUMNS, REP_COLUMNS

BESIDE = {"side", "faults", "unjudged", "code"}
"""What is told of the set, or as a list of its own; a code is only for what runs along."""
RECORDS: tuple[Record, ...] = (
    Rep(1, "left", 1.0, 2.0, 3.00049, nan, 40.126, 170.0, 0.5, 0.25, clean=False),
    Hold(2, "left", 1.0, 21.0, 20.00061, 18.5),
    Partial("left", 1.0, 2.0, nan, "turned back"),
    FaultFound("low_hips", "fault", "left", 1, 1.23456, 2.0, 150.0049, 160.0, "Higher."),
)


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: type(record).__name__)
def test_everything_known_of_a_record_is_told(record: Record) -> None:
    """A new attribute without a field would be missing in every file."""
    attributes = {field.attribute for field in FIELDS[type(record)].values()}
    assert {field.name for field in fields(record)} - BESIDE == attributes - BESIDE


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: type(record).__name__)
def test_what_is_kept_of_a_record_makes_the_same_record_again(record: Record) -> None:
    """Unrounded, and what was unknown is unknown again."""
    again = type(record)(**{"side": "left"} | back(FIELDS[type(record)], kept(record)))
    assert repr(again) == repr(record)


def test_files_tell_milliseconds_and_hundredths() -> None:
    """And nothing where it is unknown."""
    rep, hold, partial, fault = map(told, RECORDS)
    assert (rep["end_s"], rep["hold_s"], rep["range"], rep["clean"]) == (3.0, None, 40.13, False)
    assert (hold["hold_s"], partial["peak"]) == (20.001, None)
    assert (fault["start_s"], fault["value"], fault["limit"]) == (1.235, 150.0, 160.0)


def test_times_have_their_unit_in_every_table() -> None:
    """Seconds, as the end of the name says."""
    for name, column in (REP_COLUMNS | FAULT_COLUMNS).items():
        assert (column.unit == "s") == name.endswith("_s")
