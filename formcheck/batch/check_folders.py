"""`formcheck check` of folders: a line for each clip, a table of all, and the files in --out."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from formcheck.batch.check_clip import Checked, Task, folder_of
from formcheck.batch.check_sources import stopped_after
from formcheck.batch.clips import FoundClip, find_clips
from formcheck.batch.cluster import Cluster
from formcheck.batch.in_language import in_language
from formcheck.batch.kept import definitions_word
from formcheck.batch.run import DoTasks, Step, check_clips, in_processes
from formcheck.batch.writing import INDEX, refuse_folders, refuse_foreign, write_all
from formcheck.definition.loading import (
    exercise_files,
    find_exercise,
    left_out,
    load_exercise,
    usable_exercises,
)
from formcheck.errors import SourceError, Stopped
from formcheck.exercise import Exercise, Side
from formcheck.files.swept import tell_swept
from formcheck.files.whole import make_folder, refuse_closed_folder
from formcheck.history.file import history_path
from formcheck.history.store import History
from formcheck.language.tongue import language, tr, trn
from formcheck.overview.clips import ClipRow, totals
from formcheck.sources.look import Looking
from formcheck.sources.opening import FindModel, is_recording
from formcheck.terminal.bars import count_bar
from formcheck.terminal.lines import NOT_MET, echo, echo_line, note
from formcheck.terminal.signals import heard_later
from formcheck.wording import count, lowered


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What is asked for."""

    sources: Sequence[Path]
    exercise: str | None
    side: Side | None
    find_model: FindModel
    out: Path | None
    person: str
    workers: int
    """Processes that work at a time."""
    look: Looking
    cluster: Cluster | None
    """None for processes of this computer."""
    save: bool
    """Whether to add what is found to the history."""
    on: date | None
    """The day to save it under, if not each file's."""


def check_folders(batch: Batch, strict: bool) -> int:
    """Check all clips and tell of each; the exit code.

    What was found is kept as it comes: after Ctrl-C the overview tells of the clips until then.

    Raises:
        FormcheckError: nothing could be begun, or it was stopped.
    """
    clips = find_clips(batch.sources, batch.person)
    tasks = _tasks(batch, clips)
    definitions = definitions_word(_definitions(batch.exercise))
    known = _known(batch.exercise)
    steps: dict[str, Step] = {}
    is_stopped = is_shown = False
    try:
        with _doing(batch) as do, count_bar(tr("Checking"), len(tasks)) as show:
            for step in check_clips(tasks, definitions, do):
                steps[step.task.clip.name] = step
                show(len(steps))
                _tell(step, known)
    except KeyboardInterrupt:  # the folders of some clips may be written, though none is told yet
        is_stopped = True
    found = [steps[clip.name].checked for clip in clips if clip.name in steps]
    if batch.out is not None and found:
        try:
            with heard_later():
                write_all(batch.out, _title(batch.sources), found, known)
                is_shown = True
        except KeyboardInterrupt:
            is_stopped = True
    if is_stopped:
        raise _stopped(len(steps), len(tasks), batch.out, is_shown)
    _tell_all(batch, list(steps.values()), found, known)
    return _code(found, strict)


def _stopped(done: int, number: int, out: Path | None, is_shown: bool) -> Stopped:
    """What to say where Ctrl-C came: the overview shows what is done, if it was not cut off."""
    if out is None or not done:
        return Stopped("stopped after {done} of {number} clips.", done=done, number=number)
    if not is_shown:
        return stopped_after(done, number)
    return Stopped(
        "stopped after {done} of {number} clips. {file} shows those.",
        done=done,
        number=number,
        file=out / INDEX,
    )


@contextmanager
def _doing(batch: Batch) -> Iterator[DoTasks]:
    """Who checks the clips."""
    if batch.cluster is None:
        yield in_processes(batch.workers)
        return
    from formcheck.batch.cluster import on_cluster

    with on_cluster(batch.cluster) as do:
        yield do


def _tasks(batch: Batch, clips: Sequence[FoundClip]) -> list[Task]:
    exercise = load_exercise(batch.exercise) if batch.exercise else None
    needs_model = any(not is_recording(clip.path) for clip in clips)
    model = batch.find_model() if needs_model else None
    if batch.save:
        with History.open(history_path()):
            pass  # one that can't be used is told before any work
    folders = _folders(batch.out, clips) if batch.out else [(None, "")] * len(clips)
    return [
        Task(
            clip,
            exercise,
            batch.side,
            model,
            *folder,
            batch.look,
            language=language(),
            save=batch.save,
            on=batch.on,
        )
        for clip, folder in zip(clips, folders, strict=True)
    ]


def _folders(out: Path, clips: Sequence[FoundClip]) -> list[tuple[Path, str]]:
    """Each clip's own, and its address.

    OutputError if one may not write there, or something that is not our own is there.
    """
    folders = [folder_of(clip, out) for clip in clips]
    own = [folder for folder, _ in folders]
    refuse_folders(out, dict(zip([clip.name for clip in clips], own, strict=True)))
    written = [out, *own]
    for folder in written:
        refuse_closed_folder(folder)
    make_folder(out)
    refuse_foreign(out)
    tell_swept(written)
    return folders


def _definitions(exercise: str | None) -> dict[str, Path]:
    """The files of the exercises that a clip may be found to show."""
    if exercise is None:
        return exercise_files()
    path = find_exercise(exercise)
    return {path.stem: path}


def _known(exercise: str | None) -> list[Exercise]:
    """The exercises that a clip may be found to show; those that can't be used are told."""
    if exercise is not None:
        return [load_exercise(exercise)]
    exercises, unusable = usable_exercises()
    note(left_out(unusable))
    return list(exercises.values())


def _title(sources: Sequence[Path]) -> str:
    return ", ".join(source.resolve().name for source in sources)


def _tell(step: Step, exercises: Sequence[Exercise]) -> None:
    note(step.checked.warnings if step.is_new else ())
    for row in in_language(step.checked.rows, exercises):
        echo_line(f"{row.clip}: {_words(row)}")


def _words(row: ClipRow) -> str:
    if row.remark:
        return row.remark
    clean = tr(", {clean} clean", clean=row.clean)
    words = f"{row.exercise}, {count(row.counted, 'rep')}{clean}"
    return f"{words}; {lowered(row.fault.title)}" if row.fault else words


def _tell_all(
    batch: Batch, steps: Sequence[Step], found: Sequence[Checked], exercises: Sequence[Exercise]
) -> None:
    rows = in_language((row for checked in found for row in checked.rows), exercises)
    echo()
    for each in totals(rows):
        who = f"{each.person}, " if each.person else ""
        clean = tr(", {clean} clean", clean=each.clean)
        clips, reps = count(each.clips, "clip"), count(each.counted, "rep")
        echo_line(f"{who}{each.exercise}: {clips}, {reps}{clean}")
    before = sum(not step.is_new for step in steps)
    if before:
        echo_line(
            trn(
                "{number} clip had not changed since the last check, so formcheck reused its "
                "result.",
                "{number} clips had not changed since the last check, so formcheck reused their "
                "results.",
                before,
            )
        )
    if batch.out is not None:
        echo_line(tr("Open {file} in a browser to see them all.", file=batch.out / INDEX))


def _code(found: Sequence[Checked], strict: bool) -> int:
    if any(checked.error for checked in found):
        return SourceError.exit_code
    rows = [row for checked in found for row in checked.rows]
    is_met = all(row.counted and row.clean == row.counted for row in rows)
    return NOT_MET if strict and not is_met else 0
