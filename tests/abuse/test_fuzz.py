"""Inputs made by chance: every reader takes them or refuses them, and nothing else happens.

`pytest -m fuzz` runs it, with ten thousand inputs for each reader.
"""

import io
import json
import shutil
import sqlite3
import tomllib
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pytest
from helpers.places import EXERCISES, SAMPLES
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as st_numpy

from formcheck.counting.session import Session
from formcheck.definition.loading import load_exercise, parse_exercise
from formcheck.definition.page import exercise_page
from formcheck.definition.routine import load_routine
from formcheck.definition.words import explain
from formcheck.errors import HistoryError, LabelError, SourceError
from formcheck.evaluation.label_files import read_labels
from formcheck.events import Summary
from formcheck.history.export import history_csv, history_json
from formcheck.history.page import history_page
from formcheck.history.rows import Origin, SavedSet, Walk
from formcheck.history.store import History
from formcheck.history.text import session_rows
from formcheck.pose import Pose, SourceInfo
from formcheck.printable import is_plain
from formcheck.results.as_json import summary_table, to_json
from formcheck.results.rows import numbered_sets
from formcheck.sources.recording import read_recording

Read = TypeVar("Read")
pytestmark = pytest.mark.fuzz
thoroughly = settings(
    max_examples=10_000, suppress_health_check=list(HealthCheck), derandomize=False
)

TABLES = [tomllib.loads(p.read_text("utf-8")) for p in sorted(EXERCISES.glob("*.toml"))]
BRIDGE = load_exercise("bridge")
BACK_CARE = load_routine("back-care")
RECORDING = read_recording(SAMPLES / "bridge_5.npz")
POSES = list(RECORDING.poses())[::4]
INFO = SourceInfo("it.npz", 9.7, len(POSES), len(POSES))

Leaf = st.one_of(
    st.integers(),
    st.floats(),
    st.floats(-200, 200),
    st.booleans(),
    st.text(max_size=20),
    st.sampled_from(["hip_angle", "left", "hold", "knee", "out", "side", ""]),
)
Value = st.recursive(
    Leaf, lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(), inner)),
    max_leaves=6,
)  # fmt: skip


def judged(exercise: Any, poses: list[Pose]) -> Summary:
    """What is found in the poses, as it is written as well."""
    session = Session(exercise)
    for pose in poses:
        session.update(pose)
    summary = session.finish()
    to_json(summary_table(summary, INFO))
    return summary


def taken(refusal: type[Exception], read: Callable[[], Read]) -> Read | None:
    """What is read; none if it is refused in words that can be shown."""
    try:
        return read()
    except refusal as error:
        words = str(error)
    assert words.strip()
    assert is_plain(words, keep="\n")
    assert len(words) < 5000
    return None


# Exercises.


def places(node: Any, keys: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a table."""
    items = node.items() if isinstance(node, dict) else enumerate(node)
    for key, value in items:
        yield (*keys, key)
        if isinstance(value, (dict, list)):
            yield from places(value, (*keys, key))


def written(value: Any) -> str:
    """A value as TOML."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        inner = ", ".join(f"{json.dumps(k)} = {written(v)}" for k, v in value.items())
        return f"{{ {inner} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(written, value))}]"
    return json.dumps(value) if isinstance(value, str) else repr(value)


@st.composite
def exercises(draw: st.DrawFn) -> str:
    """The file of an exercise, changed at up to four places."""
    table = json.loads(json.dumps(draw(st.sampled_from(TABLES))))
    for _ in range(draw(st.integers(1, 4))):
        *outer, last = draw(st.sampled_from(list(places(table))))
        node = table
        for key in outer:
            node = node[key]
        what = draw(st.sampled_from(["change", "change", "drop", "double", "scale", "add"]))
        if what == "drop":
            del node[last]
        elif what == "scale" and isinstance(node[last], (int, float)):
            node[last] = node[last] * draw(st.sampled_from([-1, 0, 0.1, 10, 1e6, 1e300]))
        elif what == "double" and isinstance(node, list):
            node.append(node[last])
        elif what == "add" and isinstance(node, dict):
            node[draw(st.text(max_size=8))] = draw(Value)
        else:
            node[last] = draw(Value)
        if not table:
            break
    return "\n".join(f"{json.dumps(key)} = {written(value)}" for key, value in table.items())


@thoroughly
@given(exercises())
def test_an_exercise_is_built_or_refused(text: str) -> None:
    """One that is built can be explained, shown as a page, and done."""
    exercise, problems = parse_exercise(text)
    assert (exercise is None) == bool(problems)
    assert all(is_plain(str(problem)) for problem in problems)
    assert len(problems) < 60
    if exercise is not None:
        explain(exercise)
        exercise_page(exercise)
        judged(exercise, POSES)


@thoroughly
@given(st.one_of(st.text(), st.binary().map(lambda raw: raw.decode("latin-1"))))
def test_no_text_is_too_odd(text: str) -> None:
    """Of which hardly any is TOML."""
    _, problems = parse_exercise(text)
    assert problems


# Recordings.

Places = st.one_of(st.floats(width=32), st.floats(-0.5, 1.5, width=32), st.just(0.5))


@st.composite
def recordings(draw: st.DrawFn) -> dict[str, Any]:
    """The arrays of a recording; some are noise, some those of a good one with holes."""
    frames = draw(st.integers(1, 12))
    every = draw(st.integers(1, 15))
    content: dict[str, Any] = {
        "time_s": RECORDING.time_s[::every][:frames].copy(),
        "landmarks": RECORDING.landmarks[::every][:frames].copy(),
        "world": RECORDING.world[::every][:frames].copy(),
        "visibility": RECORDING.visibility[::every][:frames].copy(),
        "size": np.array(draw(st.sampled_from([RECORDING.size, (1, 1), (99_999, 1), (1, 99_999)]))),
    }
    for _ in range(draw(st.integers(1, 3))):
        name = draw(st.sampled_from(["time_s", "landmarks", "world", "visibility"]))
        array = content[name]
        what = draw(st.sampled_from(["holes", "noise", "scale", "one point"]))
        if what == "holes":
            array[draw(st.integers(0, len(array) - 1))] = draw(Places)
        elif what == "noise":
            content[name] = draw(st_numpy.arrays(array.dtype, array.shape, elements=Places))
        elif what == "scale":
            with np.errstate(all="ignore"):
                content[name] = array * array.dtype.type(draw(Places))
        elif array.ndim > 1:
            array[:, draw(st.integers(0, 32)) :] = array[:, :1]
    return content


@thoroughly
@given(recordings())
def test_a_recording_is_judged_or_refused(
    tmp_path_factory: pytest.TempPathFactory, content: dict[str, Any]
) -> None:
    """Whatever its numbers are."""
    path = tmp_path_factory.getbasetemp() / "fuzz.npz"
    np.savez(path, **content)
    recording = taken(SourceError, lambda: read_recording(path))
    if recording is not None:
        judged(BRIDGE, list(recording.poses()))


@thoroughly
@given(st.data())
def test_a_damaged_recording_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """With other bytes at some places."""
    path = tmp_path_factory.getbasetemp() / "damaged.npz"
    content = bytearray(SMALL)
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(content[: data.draw(st.sampled_from([len(content), len(content) // 2]))])
    taken(SourceError, lambda: read_recording(path))


def small() -> bytes:
    """A recording of three frames, not packed, so that damage gets far."""
    file = io.BytesIO()
    few = slice(0, 3)
    np.savez(
        file,
        time_s=RECORDING.time_s[few],
        landmarks=RECORDING.landmarks[few],
        world=RECORDING.world[few],
        visibility=RECORDING.visibility[few],
        size=np.array(RECORDING.size),
    )
    return file.getvalue()


SMALL = small()

# Labels.

Times = st.one_of(st.none(), st.floats(), st.floats(0, 20), st.integers(-3, 30))
Word = st.one_of(
    st.text(max_size=10), st.sampled_from(["left", "right", "bridge", "hold_too_short"])
)
RepTable = st.dictionaries(
    st.sampled_from([
        "side", "start_s", "peak_s", "end_s", "hold_s", "complete", "faults", "unsure", "rep",
        "exercise", "top_start_s", "top_end_s",
    ]),
    st.one_of(Times, Word, st.booleans(), st.lists(Word, max_size=3)),
)  # fmt: skip
Labels = st.fixed_dictionaries(
    {},
    optional={
        "format": st.one_of(st.just("formcheck-labels/1"), Word),
        "source": Word,
        "recording": Word,
        "name": Word,
        "exercise": st.one_of(st.none(), Word),
        "reps": st.one_of(st.lists(RepTable, max_size=4), Leaf),
        "count": st.one_of(st.none(), st.integers()),
        "counted": Leaf,
        "partials": Leaf,
        "peaks_s": st.lists(Times, max_size=4),
        "sides": st.lists(Word, max_size=4),
        "faults": st.one_of(
            st.dictionaries(Word, st.one_of(Word, st.from_regex(r"reps? \d+ to \d+"))),
            st.lists(st.one_of(Word, RepTable)),
        ),
        "view": Word,
        "judgeable": st.booleans(),
    },
)


@thoroughly
@given(st.one_of(Labels, Value))
def test_labels_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, table: Any) -> None:
    """Of all three forms, or none."""
    path = tmp_path_factory.getbasetemp() / "fuzz.labels.json"
    path.write_text(json.dumps(table), "utf-8")
    taken(LabelError, lambda: read_labels(path))


# The history.

COLUMNS = {
    "sessions": ("started_at", "kind", "source", "routine"),
    "sets": ("exercise", "side", "number", "unit"),
    "reps": ("number", "start_s", "peak_s", "end_s", "hold_s", "range", "clean", "unjudged"),
    "faults": ("name", "severity", "start_s", "value", "bound", "unit", "cue", "rep"),
    "walks": ("day", "minutes"),
}
Cell = st.one_of(
    st.none(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False),
    st.text(max_size=12),
    st.binary(max_size=8),
    st.sampled_from(
        ["2026-01-01", "[]", "[[1, 2]]", "{}", "left", "degrees", "safety", "9999-12-31"]
    ),
)


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A history with five bridges and a walk in it."""
    path = tmp_path_factory.mktemp("saved") / "history.sqlite3"
    sets = numbered_sets(BRIDGE, judged(BRIDGE, list(RECORDING.poses())).sets, "it.npz")
    started = datetime(2026, 10, 5, 8, tzinfo=timezone(timedelta(hours=2)))
    with History.open(path) as history:
        history.save_session(Origin(started, "check", "it.npz", None, "it"), sets)
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO walks (day, minutes) VALUES ('2026-10-05', 30)")
        connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()
    return path


PLACES = [(table, column) for table, columns in COLUMNS.items() for column in columns]


@thoroughly
@given(st.sampled_from(PLACES), Cell)
def test_a_history_is_shown_or_refused(
    tmp_path_factory: pytest.TempPathFactory, saved: Path, place: tuple[str, str], cell: Any
) -> None:
    """Whatever somebody wrote into its rows."""
    path = tmp_path_factory.getbasetemp() / "fuzz.sqlite3"
    shutil.copy(saved, path)
    for more in ("-wal", "-shm"):
        path.with_name(path.name + more).unlink(missing_ok=True)
    table, column = place
    with closing(sqlite3.connect(path)) as connection, suppress(sqlite3.Error, UnicodeEncodeError):
        connection.execute(f"UPDATE {table} SET {column} = ?", (cell,))
        connection.commit()
    found = taken(HistoryError, lambda: all_of(path))
    if found is not None:
        sets, walks = found
        history_csv(sets)
        history_json(sets, walks)
        session_rows(sets)
        history_page(sets, walks, BACK_CARE, date(2026, 10, 6))


def all_of(path: Path) -> tuple[list[SavedSet], list[Walk]]:
    """What is in a history."""
    with History.open(path) as history:
        return history.sets(), history.walks()
