"""What is known of a clip that was checked before: it is not checked again for nothing.

Beside the files of each clip lies one that tells what they were made of: the clip's content, the
exercise's file, and formcheck's version. While these are the same, so is what was found.
"""

import json
import os
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import asdict, fields, replace
from hashlib import file_digest, sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from formcheck.batch.check_clip import Checked, Task
from formcheck.definition.loading import MOST_BYTES
from formcheck.files.whole import write_whole
from formcheck.overview.clips import ClipRow, MainFault
from formcheck.reading import NotReadable, open_file, read_bytes, read_text

FORMAT = "formcheck-clip/1"
KEPT = "checked.json"
MOST = 50_000_000
"""Bytes of it that are read, at most."""


def key_of(task: Task, definitions: str) -> str:
    """Return what a clip's result depends on, as one word; NotReadable if it can't be read.

    Args:
        task: the clip, and how it is checked.
        definitions: a word for the exercises that it may be.
    """
    with open_file(task.clip.path) as file:
        digest = file_digest(file, "sha256")
    model = task.model.name if task.model else ""
    about = version("formcheck"), definitions, task.side or "", model, task.clip.person
    for word in (*about, task.language, f"{task.look.rate:g}"):
        digest.update(b"\0" + word.encode(errors="surrogateescape"))
    return digest.hexdigest()


def definitions_word(files: Mapping[str, Path]) -> str:
    """Return a word that changes whenever one of these exercises does."""
    digest = sha256()
    for name, path in sorted(files.items()):
        digest.update(os.fsencode(name) + b"\0" + _content(path) + b"\0")
    return digest.hexdigest()


def _content(path: Path) -> bytes:
    """What an exercise's file says; nothing of one that can't be read, and so isn't used either."""
    try:
        return read_bytes(path, MOST_BYTES)
    except NotReadable:
        return b""


def keep(out: Path, key: str, checked: Checked) -> None:
    """Write what was found beside the clip's other files in `out`, once these are written."""
    if checked.error:
        return
    rows = [
        {**asdict(row), "picture": b64encode(row.picture).decode("ascii")} for row in checked.rows
    ]
    table = {"format": FORMAT, "key": key, **asdict(checked), "rows": rows}
    write_whole(out / KEPT, json.dumps(table).encode())


def kept(out: Path, key: str) -> Checked | None:
    """Return what was found before and kept in `out`, if in just the same; none else."""
    try:
        table = json.loads(read_text(out / KEPT, MOST))
        return _checked(table) if (table["format"], table["key"]) == (FORMAT, key) else None
    except (NotReadable, ValueError, KeyError, TypeError):
        return None  # it was cut off, or written by another version: it is written anew


def _checked(table: Mapping[str, Any]) -> Checked:
    known = {each.name: table[each.name] for each in fields(Checked)}
    plain = Checked(**known)
    return replace(
        plain,
        rows=tuple(_row(row) for row in plain.rows),  # type: ignore[arg-type]
        reps=tuple(plain.reps),
        faults=tuple(plain.faults),
        warnings=tuple(plain.warnings),
    )


def _row(row: Mapping[str, Any]) -> ClipRow:
    fault = MainFault(**row["fault"]) if row["fault"] else None
    picture, unjudged = b64decode(row["picture"]), tuple(row["unjudged"])
    return ClipRow(**{**row, "fault": fault, "picture": picture, "unjudged": unjudged})
