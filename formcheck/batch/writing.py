"""What is written of all clips together: the overview, and tables of clips, reps and faults."""

from collections.abc import Iterable, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

from formcheck.batch.check_clip import EVENTS, REPORT, RESULT, Checked
from formcheck.batch.in_language import in_language
from formcheck.batch.kept import KEPT
from formcheck.errors import OutputError
from formcheck.exercise import Exercise
from formcheck.fields import FAULT_COLUMNS, REP_COLUMNS, Columns, Row
from formcheck.files.names import as_compared
from formcheck.files.whole import write_whole
from formcheck.overview.clips import ClipRow
from formcheck.overview.page import SIGNED, overview_page
from formcheck.reading import NotReadable, is_folder, open_file
from formcheck.results.tables import PARQUET, table_file

INDEX = "index.html"
CLIP_FILES = (REPORT, RESULT, EVENTS, KEPT)
"""What is written of each clip."""
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
HEAD = 10_000
"""Bytes of an overview in which it is told whose it is."""


def refuse_foreign(out: Path) -> None:
    """OutputError if there is something in a folder that would be replaced, and is not our own."""
    if _is_own(out / INDEX):
        return
    for path in _overview_files(out):
        if path.exists():
            raise _foreign(path)


def refuse_folders(out: Path, folders: Mapping[str, Path]) -> None:
    """OutputError if a folder is, or would be, where a file is to be written.

    Args:
        out: where the overview is to be.
        folders: those for the files of each clip, by its name.
    """
    files = _overview_files(out)
    files += [folder / name for folder in folders.values() for name in CLIP_FILES]
    for path in filter(is_folder, files):
        raise _foreign(path)
    own = {as_compared(str(path)): path for path in files}
    for clip, folder in folders.items():
        for path in (folder, *folder.parents):
            if file := own.get(as_compared(str(path))):
                raise OutputError(
                    "formcheck writes {file} itself, so it can't be a folder for {clip}. Rename "
                    "that clip or its folder.",
                    file=file,
                    clip=clip,
                )


def _overview_files(out: Path) -> list[Path]:
    """What is written of all clips together."""
    return [out / INDEX, *_tables(out)]


def _foreign(path: Path) -> OutputError:
    return OutputError(
        "formcheck didn't write {file}, and would replace it. Move it away, or choose another "
        "folder for --out.",
        file=path,
    )


def _is_own(index: Path) -> bool:
    try:
        with open_file(index) as file:
            return SIGNED in file.read(HEAD)
    except (NotReadable, OSError):
        return False


def _tables(out: Path) -> tuple[Path, Path, Path]:
    """The tables of clips, reps and faults: Parquet where pyarrow is there, or else CSV."""
    suffix = PARQUET if find_spec("pyarrow") else ".csv"
    return out / f"clips{suffix}", out / f"reps{suffix}", out / f"faults{suffix}"


def write_all(
    out: Path, title: str, found: Sequence[Checked], exercises: Sequence[Exercise]
) -> None:
    """Write the overview and the tables into a folder; the exercises are those of the clips.

    The overview is first: where it is, the others are our own.
    """
    rows = [row for checked in found for row in checked.rows]
    clips, reps, faults = _tables(out)
    write_whole(out / INDEX, overview_page(title, in_language(rows, exercises)))
    _write_table(clips, CLIP_COLUMNS, [_clip(row) for row in rows])
    _write_table(reps, {**PERSON, **REP_COLUMNS}, (r for c in found for r in c.reps))
    _write_table(faults, {**PERSON, **FAULT_COLUMNS}, (r for c in found for r in c.faults))


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
