"""Rows of an overview in the language of whoever reads it; tables have them in English."""

from collections.abc import Iterable
from dataclasses import replace

from formcheck.exercise import Exercise
from formcheck.language.tongue import about, tr
from formcheck.overview.clips import ClipRow


def in_language(rows: Iterable[ClipRow], exercises: Iterable[Exercise]) -> list[ClipRow]:
    """The rows with the texts of these exercises as they are told here and now."""
    known = {exercise.title: exercise for exercise in exercises}
    return [_told(row, known.get(row.exercise)) for row in rows]


def _told(row: ClipRow, exercise: Exercise | None) -> ClipRow:
    with about(exercise):
        fault = row.fault and replace(row.fault, title=tr(row.fault.title), cue=tr(row.fault.cue))
        unjudged = tuple(map(tr, row.unjudged))
        exercise_told, remark = tr(row.exercise), tr(row.remark)
        return replace(row, exercise=exercise_told, fault=fault, unjudged=unjudged, remark=remark)
