"""One clip of many, checked in whatever process: what is written of it, and what is handed back."""

import os
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from formcheck.batch.clips import FoundClip
from formcheck.checking.judge_source import judge
from formcheck.checking.passages import all_exercises, judge_parts
from formcheck.errors import FormcheckError, HistoryError
from formcheck.exercise import Exercise, Side
from formcheck.fields import Row
from formcheck.files.whole import make_folder, write_whole
from formcheck.language.catalogues import ENGLISH
from formcheck.language.sentences import Sentence
from formcheck.language.tongue import about, speaking, tr
from formcheck.observer import Observer, Outcome
from formcheck.overview.clips import ClipRow, clip_row
from formcheck.results.as_json import events_file, summary_table, to_json
from formcheck.results.rows import fault_rows, numbered_sets, rep_rows
from formcheck.sources.look import AS_USUAL, Looking
from formcheck.sources.opening import open_source
from formcheck.wording import raised

if TYPE_CHECKING:
    from collections.abc import Sequence

    from formcheck.report.page import Section

REPORT, RESULT, EVENTS = "report.html", "result.json", "events.jsonl"
"""What is written of a clip."""


@dataclass(frozen=True, slots=True)
class Task:
    """A clip to check, with all that is needed for it; it can be sent to another process."""

    clip: FoundClip
    exercise: Exercise | None
    """None to find out."""
    side: Side | None = None
    model: Path | None = None
    """The pose model's file; none where only recordings are checked."""
    out: Path | None = None
    """The folder for its files, which is made; none to write nothing."""
    address: str = ""
    """Of that folder, as the overview has it."""
    look: Looking = AS_USUAL
    shown: Path | None = None
    """What the clip's path is told as, if it is not where it was."""
    language: str = ENGLISH
    """Of its report."""
    save: bool = False
    """Whether to add what was found to the history."""
    on: date | None = None
    """The day to save it under, if not its file's."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in a clip."""

    clip: str
    rows: tuple[ClipRow, ...]
    """One for each exercise in it."""
    reps: tuple[Row, ...] = ()
    faults: tuple[Row, ...] = ()
    warnings: tuple[str, ...] = ()
    error: str = ""
    """Why it could not be checked; empty if it was."""


def check_clip(task: Task) -> Checked:
    """Check a clip, write its report, result and events, and tell what was found.

    What cannot be checked is told, too: it must not end the others.
    """
    try:
        with speaking(task.language):
            return _checked(task)
    except FormcheckError as error:
        return not_checked(task.clip, _as_shown(error.sentence, task))
    except Exception as error:
        name = f"{type(error).__name__}: {error}"
        why = Sentence(
            "Something went wrong in formcheck itself ({error}). Please report it.",
            error=name,
        )
        return not_checked(task.clip, why)


def _as_shown(told: Sentence, task: Task) -> str:
    """What went wrong, with the path that the user knows."""
    if task.shown is None:
        return told
    return told.replace(str(task.clip.path), str(task.shown))


def not_checked(clip: FoundClip, why: str) -> Checked:
    """Tell of a clip that could not be checked."""
    return Checked(clip.name, (ClipRow(clip.name, clip.person, remark=why),), error=why)


def _checked(task: Task) -> Checked:
    with ExitStack() as stack:
        observers: list[Observer] = []
        sections = None
        if task.out is not None:
            from formcheck.report.sections import Sections

            make_folder(task.out)
            sections = Sections(task.clip.name)
            observers = [sections, stack.enter_context(events_file(task.out / EVENTS))]
        outcomes = _outcomes(stack, task, observers)
        if task.out is not None and sections is not None:
            page = sections.page(f"{sections.titles}: {task.clip.name}", task.out / REPORT)
            write_whole(task.out / REPORT, page)
            write_whole(task.out / RESULT, _result(outcomes))
    checked = _told(task, outcomes, sections.done if sections else ())
    return _saved(task, outcomes, checked) if task.save else checked


def _saved(task: Task, outcomes: list[Outcome], checked: Checked) -> Checked:
    """Add what was found to the history, and tell of that; a history that fails costs no report."""
    from formcheck.history.saving import save_checked

    try:
        notes, error = save_checked(outcomes, task.side, task.on, task.clip.person), ""
    except HistoryError as failed:
        notes, error = [failed.sentence], failed.sentence
    return replace(checked, warnings=(*checked.warnings, *notes), error=error)


def _outcomes(stack: ExitStack, task: Task, observers: list[Observer]) -> list[Outcome]:
    path, shown = task.clip.path, task.shown
    source = stack.enter_context(open_source(path, lambda: _model(task), task.look, shown))
    if task.exercise is not None:
        return [judge(source, task.exercise, task.side, observers)]
    return judge_parts(source, all_exercises(), task.side, observers)


def _model(task: Task) -> Path:
    assert task.model is not None, "whoever sends a video has found the model"
    return task.model


def _result(outcomes: list[Outcome]) -> bytes:
    tables = [summary_table(each.summary, each.source, each.stretch) for each in outcomes]
    return "".join(f"{to_json(table)}\n" for table in tables).encode()


def _told(task: Task, outcomes: list[Outcome], sections: "Sequence[Section]") -> Checked:
    clip, report = task.clip, f"{task.address}/{REPORT}" if task.address else ""
    known = [(each.exercise, each.summary) for each in outcomes if each.exercise is not None]
    rows, reps, faults = [], [], []
    for (exercise, summary), section in zip_longest(known, sections):
        row = clip_row(clip.name, clip.person, exercise, summary, report)
        rows.append(_with_picture(row, section) if section else row)
        sets = numbered_sets(exercise, summary.sets, clip.name)
        reps += [{"person": clip.person, **row} for row in rep_rows(sets)]
        faults += [{"person": clip.person, **row} for row in fault_rows(sets)]
    if not known:
        with about(*all_exercises().values()):
            words = "; ".join(tr(each.stretch.words) for each in outcomes if each.stretch)
        remark = f"{raised(words)}."
        rows.append(ClipRow(clip.name, clip.person, remark=remark, report=report))
    return Checked(clip.name, tuple(rows), tuple(reps), tuple(faults), outcomes[0].warnings)


def _with_picture(row: ClipRow, section: "Section") -> ClipRow:
    if row.fault is None:
        return row
    from formcheck.report.small_picture import small_picture

    return replace(row, picture=small_picture(section, row.fault.name))


def folder_of(clip: FoundClip, out: Path) -> tuple[Path, str]:
    """The folder for what is written of a clip, and its address within an overview beside it."""
    parts = [part for part in clip.name.split("/") if part not in ("", os.curdir, os.pardir)]
    return out.joinpath(*parts), quote(os.fsencode("/".join(parts)))
