"""What is written of all clips together: the overview, and tables of clips, reps and faults."""

from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from pathlib import Path

from formcheck.batch.check_clip import Checked
from formcheck.fields import FAULT_COLUMNS, REP_COLUMNS, Columns, Row
from formcheck.files.whole import write_whole
from formcheck.overview.clips import ClipRow
from formcheck.overview.page import overview_page
from formcheck.results.tables import PARQUET, table_file

INDEX = "index.html"
CLIP_COLUMNS: Columns = {
    "clip": "text",
    "person": "text",
    "exercise": "text",
    "reps": "whole",
    "clean": "whole",
    "partials": "whole",
    "held_s": "seconds",
    "main_fault": "text",
    "severity": "text",
    "unjudged": "whole",
    "remark": "text",
}
PERSON: Columns = {"person": "text"}


def write_all(out: Path, title: str, found: Sequence[Checked]) -> None:
    """Write the overview and the tables into a folder, Parquet where pyarrow is there, or CSV."""
    rows = [row for checked in found for row in checked.rows]
    suffix = PARQUET if find_spec("pyarrow") else ".csv"
    _write_table(out / f"clips{suffix}", CLIP_COLUMNS, [_clip(row) for row in rows])
    _write_table(
        out / f"reps{suffix}", {**PERSON, **REP_COLUMNS}, (r for c in found for r in c.reps)
    )
    _write_table(
        out / f"faults{suffix}", {**PERSON, **FAULT_COLUMNS}, (r for c in found for r in c.faults)
    )
    write_whole(out / INDEX, overview_page(title, rows))


def _write_table(path: Path, columns: Columns, rows: Iterable[Row]) -> None:
    with table_file(path, columns) as write:
        write(rows)


def _clip(row: ClipRow) -> Row:
    return {
        "clip": row.clip,
        "person": row.person or None,
        "exercise": row.exercise or None,
        "reps": row.counted,
        "clean": row.clean,
        "partials": row.partials,
        "held_s": row.seconds or None,
        "main_fault": row.fault.name if row.fault else None,
        "severity": row.fault.severity if row.fault else None,
        "unjudged": len(row.unjudged),
        "remark": row.remark or None,
    }
