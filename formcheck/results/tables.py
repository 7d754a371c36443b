"""Tidy tables as files: CSV for everybody, Parquet for pandas, Polars, R and DuckDB.

CSV is UTF-8 with a header, `true` and `false`, and an empty cell for unknown. Parquet keeps the
types, and the unit of each column beside its name; it needs pyarrow. Text that a spreadsheet would
take for a formula begins with an apostrophe in CSV.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import BinaryIO

from formcheck.errors import OutputError, PackageError
from formcheck.fields import Cell, Columns, FieldType, Row
from formcheck.files.growing import GrowingFile, told
from formcheck.files.whole import whole_file
from formcheck.printable import cell, on_one_line

PARQUET = ".parquet"
SUFFIXES = (".csv", PARQUET)
ARROW_TYPES: Mapping[FieldType, str] = {
    "text": "string",
    "whole": "int64",
    "seconds": "float64",
    "number": "float64",
    "yes_no": "bool_",
    "named": "int64",  # how many there are
}


def check_table_name(path: Path) -> None:
    """Refuse, before any work is done, a table that could not be written.

    Raises:
        OutputError: its name says neither CSV nor Parquet.
        PackageError: it is Parquet, and pyarrow is not here.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise OutputError("Can't write {file}: its name must end in .csv or .parquet.", file=path)
    if path.suffix.lower() == PARQUET and find_spec("pyarrow") is None:
        raise PackageError(
            "Can't write {file}: Parquet needs pyarrow. Install it with `pip install "
            "'formcheck[parquet]'`, or write a .csv file.",
            file=path,
        )


@contextmanager
def table_file(path: Path, columns: Columns) -> Iterator[Callable[[Iterable[Row]], None]]:
    """Write all the rows it is given, as CSV or Parquet by the name; whole or not at all."""
    check_table_name(path)
    kind = _parquet_file if path.suffix.lower() == PARQUET else _csv_file
    with kind(path, columns) as write:
        yield write


@contextmanager
def _csv_file(path: Path, columns: Columns) -> Iterator[Callable[[Iterable[Row]], None]]:
    """A table that grows with its rows; its head comes with the first."""
    with told(GrowingFile(path)) as file:
        head = [list(columns)]

        def write(rows: Iterable[Row]) -> None:
            file.write(_csv_lines([*head, *_cells(list(columns), rows)]).encode())
            file.flush()
            head.clear()

        yield write
        if head:
            write([])


@contextmanager
def _parquet_file(path: Path, columns: Columns) -> Iterator[Callable[[Iterable[Row]], None]]:
    rows: list[Row] = []
    with whole_file(path) as file:
        yield rows.extend
        _write_parquet(file, columns, rows)


def csv_text(columns: Iterable[str], rows: Iterable[Row]) -> str:
    """A table as CSV with a head, lines ending in a newline."""
    names = list(columns)
    return _csv_lines([names, *_cells(names, rows)])


def _cells(names: Sequence[str], rows: Iterable[Row]) -> list[list[str]]:
    return [[_cell(row.get(name)) for name in names] for row in rows]


def _csv_lines(lines: Iterable[Sequence[str]]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(lines)
    return text.getvalue()


def _cell(value: Cell) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return cell(value)
    return "" if value is None else str(value)


def _write_parquet(file: BinaryIO, columns: Columns, rows: list[Row]) -> None:
    import pyarrow
    from pyarrow import parquet

    fields = [
        pyarrow.field(
            name,
            getattr(pyarrow, ARROW_TYPES[type_])(),
            metadata={"unit": "s"} if type_ == "seconds" else None,
        )
        for name, type_ in columns.items()
    ]
    printable = [{name: _printable(cell) for name, cell in row.items()} for row in rows]
    parquet.write_table(pyarrow.Table.from_pylist(printable, pyarrow.schema(fields)), file)


def _printable(value: Cell) -> Cell:
    return on_one_line(value) if isinstance(value, str) else value
