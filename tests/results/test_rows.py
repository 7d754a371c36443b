"""Tidy rows of reps and faults, and the files that they are written to."""

import csv
import importlib.util
from math import nan
from pathlib import Path

import pytest
from helpers.scenes import judged

from formcheck.definition.loading import load_exercise
from formcheck.errors import OutputError, PackageError
from formcheck.events import FaultFound, Partial, Rep, Set
from formcheck.fields import FAULT_COLUMNS, REP_COLUMNS
from formcheck.figure.movements import bridge, side_lying_leg_raise
from formcheck.results.rows import NumberedSet, fault_rows, numbered_sets, rep_rows
from formcheck.results.tables import check_table_name, table_file

FAULT = FaultFound(
    "low_hips", "fault", None, 1, 1.23456, 2.0, 150.0049, 160.0, "Higher.", unit="degrees"
)
REP = Rep(1, None, 1.0, 2.0, 3.0, nan, 40.126, 170.0, 0.5, 0.25, (FAULT,), clean=False)
PARTIAL = Partial(
    None,
    5.0,
    6.0,
    120.0,
    "turned back",
    (FAULT.__class__("dropped", "hint", None, None, 5.5, 6.0, 0.3, 0.8, "Slowly.", unit="s"),),
)
LABELLED = NumberedSet(
    "=a, b.mp4",
    "bridge",
    1,
    "degrees",
    Set(None, (REP,), (PARTIAL,)),
)


def test_a_rep_is_a_row_with_every_column_in_order() -> None:
    """Rounded to what it is worth, and nothing where it is unknown."""
    (row,) = rep_rows([LABELLED])
    assert list(row) == list(REP_COLUMNS)
    assert row == {
        "source": "=a, b.mp4", "exercise": "bridge", "side": None, "set": 1, "rep": 1,
        "start_s": 1.0, "peak_s": 2.0, "end_s": 3.0, "range": 40.13, "range_unit": "degrees",
        "hold_s": None, "good_s": None, "out_s": 0.5, "back_s": 0.25, "clean": False,
        "faults": 1, "unjudged": 0, "borderline": 0,
    }  # fmt: skip


def test_a_fault_is_a_row_and_has_no_rep_in_a_partial() -> None:
    """With its value, its limit and their unit."""
    rows = list(fault_rows([LABELLED]))
    assert all(list(row) == list(FAULT_COLUMNS) for row in rows)
    assert [
        (row["fault"], row["rep"], row["value"], row["limit"], row["unit"]) for row in rows
    ] == [
        ("low_hips", 1, 150.0, 160.0, "degrees"),
        ("dropped", None, 0.3, 0.8, "s"),
    ]


def test_sets_are_numbered_on_each_side() -> None:
    """As they are in the report."""
    exercise = load_exercise("side_lying_leg_raise")
    left, right = (
        judged(exercise, side_lying_leg_raise(1, side=side)).sets[0] for side in ("left", "right")
    )
    labelled = numbered_sets(exercise, [left, right, left], "x")
    assert [(each.set.side, each.number) for each in labelled] == [
        ("left", 1), ("right", 1), ("left", 2),
    ]  # fmt: skip


def test_every_fault_that_is_found_has_a_unit() -> None:
    """The unit of its rule's first condition."""
    exercise = load_exercise("bridge")
    summary = judged(exercise, bridge(3, faults={"over_arched": {2}}))
    rows = list(fault_rows(numbered_sets(exercise, summary.sets, "x")))
    assert [row["rep"] for row in rows if row["fault"] == "over_arched"] == [2]
    assert {row["unit"] for row in rows if row["fault"] == "over_arched"} == {"degrees"}


def test_csv_comes_back_as_it_went(tmp_path: Path) -> None:
    """With commas in names, an empty cell for unknown, and no formula for a spreadsheet to run."""
    path = tmp_path / "reps.csv"
    with table_file(path, REP_COLUMNS) as add:
        add(rep_rows([LABELLED]))
    with path.open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert list(row) == list(REP_COLUMNS)
    assert (row["source"], row["hold_s"], row["clean"], row["range"]) == (
        "'=a, b.mp4", "", "false", "40.13",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("columns", "rows"), [(REP_COLUMNS, rep_rows), (FAULT_COLUMNS, fault_rows)]
)
def test_parquet_keeps_types_units_and_values(columns, rows, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    """And unknown stays unknown."""
    parquet = pytest.importorskip("pyarrow.parquet", reason="pip install pyarrow")
    path = tmp_path / "it.parquet"
    with table_file(path, columns) as add:
        add(rows([LABELLED]))
    table = parquet.read_table(path)
    types = {"text": "string", "number": "double", "yes_no": "bool"}
    types |= {"seconds": "double", "whole": "int64", "named": "int64"}
    assert {f.name: str(f.type) for f in table.schema} == {
        name: types[type_] for name, type_ in columns.items()
    }
    assert table.schema.field("start_s").metadata == {b"unit": b"s"}
    assert table.to_pylist() == list(rows([LABELLED]))


def test_a_parquet_file_without_rows_still_has_its_columns(tmp_path: Path) -> None:
    """So that a program can read it like any other."""
    parquet = pytest.importorskip("pyarrow.parquet", reason="pip install pyarrow")
    with table_file(tmp_path / "none.parquet", FAULT_COLUMNS):
        pass
    table = parquet.read_table(tmp_path / "none.parquet")
    assert (table.num_rows, table.column_names) == (0, list(FAULT_COLUMNS))


def test_without_pyarrow_parquet_is_refused_before_any_work(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """With the command that brings it; CSV goes on working."""
    monkeypatch.setattr("formcheck.results.tables.find_spec", lambda name: None)
    assert importlib.util.find_spec("csv")
    with pytest.raises(PackageError, match=r"pip install 'formcheck\[parquet\]'"):
        check_table_name(tmp_path / "x.parquet")
    check_table_name(tmp_path / "x.csv")


def test_a_table_of_another_kind_is_refused(tmp_path: Path) -> None:
    """The name says how it is written."""
    with pytest.raises(OutputError, match=r"\.csv or \.parquet"):
        check_table_name(tmp_path / "x.xlsx")


def test_a_table_that_is_interrupted_does_not_appear(tmp_path: Path) -> None:
    """Half a table looks like a whole one."""
    with pytest.raises(KeyboardInterrupt), table_file(tmp_path / "x.csv", REP_COLUMNS):
        raise KeyboardInterrupt
    assert not list(tmp_path.iterdir())
