"""Finds label files and reads them, in formcheck's own form or one of two others."""

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from formcheck.errors import LabelError
from formcheck.evaluation.foreign_labels import Notes, Truth, is_notes, is_truth, noted, truths
from formcheck.evaluation.label_form import FORMAT, LabelForm, form_errors, labels_of
from formcheck.evaluation.labels import Labels
from formcheck.printable import shortened
from formcheck.reading import (
    NotReadable,
    check_file,
    check_folder,
    is_file,
    is_folder,
    read_text,
    skipped_folder,
)
from formcheck.terminal.lines import note

LABELS = ".labels.json"
TRUTH = ".truth.json"
CLIPS = (".npz", ".mp4", ".mov", ".m4v", ".avi", ".mkv", ".webm")
"""What a clip beside its labels may end in; a recording first, because it is quicker to judge."""
MOST_BYTES = 10_000_000
"""Of a label file."""
MOST = 5
"""Problems of one file that are told."""
LINE = 200
"""Letters of a problem that are told."""


@dataclass(frozen=True, slots=True)
class LabelledClip:
    """A clip, and what is seen of one exercise in it."""

    file: Path
    """The label file."""
    clip: Path
    labels: Labels


@dataclass(frozen=True, slots=True)
class Unusable:
    """A label file that cannot be used, and why."""

    file: Path
    error: LabelError


def find_label_files(places: Iterable[Path]) -> list[Path]:
    """The label files among these files and, recursively, in these folders.

    Where a clip has labels of its own, the truth beside it is left alone. Folders in these that
    can't be read are told.

    Raises:
        LabelError: there is no such file or folder, or there are no labels in any.
    """
    places, found = list(places), []
    for place in places:
        try:
            if is_folder(place):
                found += _in_folder(place)
            else:
                check_file(place, MOST_BYTES)
                found.append(place)
        except NotReadable as error:
            raise LabelError(error.sentence) from error
    if not found:
        raise LabelError(
            "There are no label files (NAME{labels}) in {places}.",
            labels=LABELS,
            places=" or ".join(map(str, places)),
        )
    return list(dict.fromkeys(found))


def _in_folder(folder: Path) -> list[Path]:
    check_folder(folder)
    closed: list[OSError] = []
    below = [
        Path(here, name)
        for here, _, names in os.walk(folder, onerror=closed.append)
        for name in names
    ]
    files = sorted(path for path in below if path.name.endswith((LABELS, TRUTH)) and is_file(path))
    if closed and not files:
        check_folder(closed[0].filename)
    note(map(skipped_folder, closed))
    own = {path.with_name(_stem(path)) for path in files if path.name.endswith(LABELS)}
    return [
        path
        for path in files
        if path.name.endswith(LABELS)
        or (path.name.endswith(TRUTH) and path.with_name(_stem(path)) not in own)
    ]


def read_clips(files: Iterable[Path]) -> tuple[list[LabelledClip], list[Unusable]]:
    """The clips of label files, and the files that cannot be used."""
    clips: list[LabelledClip] = []
    unusable: list[Unusable] = []
    for file in files:
        try:
            for labels in read_labels(file):
                clips.append(LabelledClip(file, _clip_of(file, labels.source), labels))
        except LabelError as error:
            unusable.append(Unusable(file, error))
    return clips, unusable


def read_labels(file: Path) -> tuple[Labels, ...]:
    """The labels of a file: one for each exercise that is done in the clip.

    Raises:
        LabelError: it can't be read, or is no label file.
    """
    table = _table(file)
    try:
        if "format" in table:
            return (labels_of(LabelForm.model_validate(table)),)
        if is_notes(table):
            return (noted(Notes.model_validate(table)),)
        if is_truth(table):
            return truths(Truth.model_validate(table), _stem(file))
    except ValidationError as error:
        problems = [shortened(each, LINE) for each in form_errors(error)]
        more = f" (and {len(problems) - MOST} more)" if len(problems) > MOST else ""
        raise LabelError(
            "Can't use the label file {file}: {problems}{more}.",
            file=file,
            problems="; ".join(problems[:MOST]),
            more=more,
        ) from error
    except ValueError as error:
        raise LabelError(
            "Can't use the label file {file}: it {why}.",
            file=file,
            why=shortened(str(error), LINE),
        ) from error
    raise LabelError(
        '{file} is not a label file: "format": "{format}" is missing.', file=file, format=FORMAT
    )


def _table(file: Path) -> dict[str, Any]:
    try:
        table = json.loads(read_text(file, MOST_BYTES))
    except NotReadable as error:
        raise LabelError(error.sentence) from error
    except RecursionError as error:
        raise LabelError(
            "{file} is not a label file: it is nested too deeply.", file=file
        ) from error
    except ValueError as error:  # of which bad JSON is a kind
        raise LabelError("{file} is not JSON: {why}.", file=file, why=str(error)) from error
    if not isinstance(table, dict):
        raise LabelError(
            "{file} is not a label file: it is not a table of keys and values.", file=file
        )
    return table


def _stem(file: Path) -> str:
    return file.name.removesuffix(LABELS).removesuffix(TRUTH)


def _clip_of(file: Path, source: str) -> Path:
    """The clip that is named, or one beside the labels that goes by their name."""
    named = file.parent / source
    if source and is_file(named):
        return named
    for suffix in CLIPS:
        beside = file.with_name(_stem(file) + suffix)
        if is_file(beside):
            return beside
    raise LabelError(
        "The clip {clip} is missing: put it next to {file}.",
        clip=shortened(source or _stem(file)),
        file=file,
    )
