"""Clips checked side by side: what is written, what is kept, and what is not done twice."""

import json
import shutil
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from helpers.places import SAMPLES

from formcheck.batch import check_clip as check_clip_module
from formcheck.batch.check_clip import EVENTS, REPORT, RESULT, Task, folder_of
from formcheck.batch.clips import find_clips
from formcheck.batch.kept import KEPT, definitions_word
from formcheck.batch.pool import Crash
from formcheck.batch.run import Step, check_clips, in_processes
from formcheck.batch.writing import write_all
from formcheck.definition.loading import load_exercise
from formcheck.observer import Outcome
from formcheck.sources.opening import PoseSource


@pytest.fixture
def clips(tmp_path: Path) -> Path:
    """Two clips and one that is none."""
    folder = tmp_path / "clips"
    (folder / "anna").mkdir(parents=True)
    shutil.copy(SAMPLES / "bridge_5.npz", folder / "anna" / "monday #1.npz")
    shutil.copy(SAMPLES / "crunch_4.npz", folder / "b.npz")
    (folder / "broken.npz").write_bytes(b"not a recording")
    return folder


def _tasks(clips: Path, exercise: str | None = None) -> list[Task]:
    out = clips.parent / "out"
    loaded = load_exercise(exercise) if exercise else None
    tasks = [Task(clip, loaded) for clip in find_clips([clips])]
    return [
        replace(task, out=folder, address=address)
        for task in tasks
        for folder, address in [folder_of(task.clip, out)]
    ]


def _in_threads(workers: int) -> Executor:
    return ThreadPoolExecutor(workers)


def _checked(tasks: list[Task], definitions: str = "1") -> dict[str, Step]:
    return {
        s.task.clip.name: s for s in check_clips(tasks, definitions, in_processes(2, _in_threads))
    }


def test_each_clip_has_its_files_and_its_row(clips: Path) -> None:
    """A clip that cannot be read is told by name, and costs the others nothing."""
    found = _checked(_tasks(clips))
    (bridge,) = found["anna/monday #1.npz"].checked.rows
    assert (bridge.exercise, bridge.counted, bridge.person) == ("Glute bridge", 5, "anna")
    assert bridge.report == "anna/monday%20%231.npz/report.html"
    assert bridge.picture.startswith(b"\xff\xd8")
    assert "can't be read" in found["broken.npz"].checked.rows[0].remark
    folder = clips.parent / "out" / "anna" / "monday #1.npz"
    assert {path.name for path in folder.iterdir()} == {REPORT, RESULT, EVENTS, KEPT}
    assert len(json.loads((folder / RESULT).read_text())["sets"][0]["reps"]) == 5


def test_what_was_checked_is_not_checked_again(clips: Path) -> None:
    """Unless the clip, the exercise or formcheck has changed; the answer is the same."""
    tasks = _tasks(clips, "bridge")
    first, second = _checked(tasks), _checked(tasks)
    assert [step.is_new for step in second.values()].count(False) == 2
    assert {n: s.checked for n, s in first.items()} == {n: s.checked for n, s in second.items()}
    shutil.copy(SAMPLES / "crunch_4.npz", clips / "anna" / "monday #1.npz")
    third = _checked(tasks)
    assert third["anna/monday #1.npz"].is_new
    assert not third["b.npz"].is_new
    assert all(step.is_new for step in _checked(tasks, "2").values())


def test_a_result_that_was_cut_off_is_made_anew(clips: Path) -> None:
    """Whatever killed the program that wrote it."""
    tasks = _tasks(clips, "bridge")
    _checked(tasks)
    kept = clips.parent / "out" / "b.npz" / KEPT
    kept.write_text(kept.read_text()[:100])
    assert _checked(tasks)["b.npz"].is_new


def test_the_overview_and_the_tables_hold_all(clips: Path) -> None:
    """With a row for each clip, and the person in each table."""
    parquet = pytest.importorskip("pyarrow.parquet")
    found = [step.checked for step in _checked(_tasks(clips)).values()]
    out = clips.parent / "out"
    write_all(out, "clips", found, [load_exercise("bridge")])
    page = (out / "index.html").read_text("utf-8")
    assert all(name in page for name in ("anna/monday #1.npz", "b.npz", "broken.npz"))
    reps = parquet.read_table(out / "reps.parquet").to_pylist()
    assert len(reps) == 9
    assert {rep["person"] for rep in reps if rep["exercise"] == "bridge"} == {"anna"}
    assert len(parquet.read_table(out / "clips.parquet").to_pylist()) == 3
    assert parquet.read_table(out / "faults.parquet").num_rows > 0


def test_a_crash_of_our_own_costs_one_clip(clips: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told as one, and the others are checked."""
    judge = check_clip_module.judge

    def crash_at_anna(source: PoseSource, *arguments: Any) -> Outcome:
        if "anna" in source.info().path:
            raise ZeroDivisionError("oh")
        return judge(source, *arguments)

    monkeypatch.setattr(check_clip_module, "judge", crash_at_anna)
    found = _checked(_tasks(clips, "bridge"))
    assert "ZeroDivisionError: oh" in found["anna/monday #1.npz"].checked.error
    assert found["b.npz"].checked.error == ""


def test_of_a_process_that_is_gone_only_that_is_told(clips: Path) -> None:
    """Too little memory ends it as a bad video does."""
    tasks = _tasks(clips, "bridge")[:1]
    (step,) = check_clips(tasks, "1", lambda tasks: ((task, Crash()) for task in tasks))
    assert "ended too early" in step.checked.error
    assert "--workers" in step.checked.error


def test_a_folder_that_cannot_be_made_is_no_mistake_of_ours(clips: Path) -> None:
    """As when somebody takes it away meanwhile."""
    (clips.parent / "out").write_text("")
    found = _checked(_tasks(clips, "bridge"))
    assert "Can't write to" in found["anna/monday #1.npz"].checked.error


def test_an_exercise_that_cannot_be_read_still_changes_the_word(tmp_path: Path) -> None:
    """Once it can be; its name need not be text."""
    path = tmp_path / "\udce9.toml"
    before = definitions_word({path.stem: path})
    assert definitions_word({"x": path}) != before
