"""The history: what goes in comes out, older files are migrated, and failures are told."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import pytest
from helpers.places import ROOT
from helpers.sets import MORNING, ORIGIN, a_set

from formcheck.definition.loading import load_exercise
from formcheck.errors import HistoryError
from formcheck.events import FaultFound, Summary
from formcheck.history.file import (
    APPLICATION,
    MIGRATIONS,
    SCHEMA,
    history_path,
    open_history,
    open_to_read,
)
from formcheck.history.rows import Feeling, Origin, Walk
from formcheck.history.saving import SetSaver
from formcheck.history.store import History
from formcheck.observer import Outcome
from formcheck.pose import SourceInfo

on_posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals")
KILLS = int(os.environ.get("FORMCHECK_TEST_KILLS", "12"))
"""How often the writer is killed; more is slower."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file in a folder that does not exist yet."""
    return tmp_path / "data" / "history.sqlite3"


def test_what_goes_in_comes_out(path: Path) -> None:
    """Every number, fault, partial and reason; unknown stays unknown."""
    with History.open(path) as history:
        session = history.save_session(ORIGIN, [a_set(reps=1)])
        sets = [a_set(), a_set("left"), a_set()]
        assert history.save_session(ORIGIN, sets, session) == session
        saved = history.sets()
    assert [(each.session, each.labelled.set.side, each.labelled.number) for each in saved] == [
        (session, None, 1), (session, "left", 1), (session, None, 2),
    ]  # fmt: skip
    assert {each.origin for each in saved} == {ORIGIN}
    assert repr(saved[0].labelled) == repr(a_set())


def test_the_same_file_checked_again_takes_the_place_of_the_first(path: Path) -> None:
    """Or a habit of checking twice would double the reps."""
    origin = Origin(MORNING, "check", "/a.mp4", None, "bridge /a.mp4")
    with History.open(path) as history:
        history.save_session(origin, [a_set(reps=1)])
        history.save_session(origin, [a_set(reps=2)])
        (saved,) = history.sets()
    assert len(saved.labelled.set.reps) == 2


def test_walks_of_a_day_add_up_and_nought_takes_them_back(path: Path) -> None:
    """Of that day only."""
    day, other = date(2026, 10, 7), date(2026, 10, 6)
    with History.open(path) as history:
        history.add_walk(Walk(other, 20))
        history.add_walk(Walk(day, 10))
        assert history.add_walk(Walk(day, 15)) == 25
        assert history.add_walk(Walk(day, 0)) == 0
        assert history.walks() == [Walk(other, 20)]


def test_feelings_go_with_their_session_and_the_last_score_stays(path: Path) -> None:
    """What hurt is kept though nothing was counted."""
    now = datetime.now().astimezone().replace(microsecond=0)
    with History.open(path) as history:
        session = history.save_session(ORIGIN, [a_set()])
        for score in (3, 5):
            history.add_feeling(Feeling(now, "pain", None, score, session))
        history.add_feeling(Feeling(now, "hurt", "bridge"))
        kept = [Feeling(now, "pain", None, 5, session), Feeling(now, "hurt", "bridge")]
        assert history.feelings() == kept
        assert session is not None
        history.delete(session)
        assert history.feelings() == kept[1:]
        history.delete_all()
        assert history.feelings() == []


def test_what_hurts_is_kept_though_nothing_was_counted(path: Path) -> None:
    """By whoever saves a live session."""
    saver = SetSaver("7", None, path)
    summary = Summary("bridge", (), ())
    saver.end(Outcome(0, load_exercise("bridge"), summary, SourceInfo("7", 1, 1, 1), hurt=True))
    saver.save_waiting()
    with History.open(path) as history:
        (feeling,) = history.feelings()
        assert (feeling.kind, feeling.exercise, feeling.session) == ("hurt", "bridge", None)
        assert history.sets() == []


def test_what_is_deleted_is_gone_from_the_disk(path: Path) -> None:
    """Its words are in none of the files."""
    with History.open(path) as history:
        origin = Origin(MORNING, "check", "/secret/place.mp4")
        gone, kept = (
            history.save_session(origin, [a_set()]),
            history.save_session(ORIGIN, [a_set()]),
        )
        history.delete(gone)
        assert {each.session for each in history.sets()} == {kept}
        for file in path.parent.iterdir():
            assert b"/secret/place.mp4" not in file.read_bytes(), file
        history.add_walk(Walk(MORNING.date(), 30))
        history.delete_all()
        assert (history.sets(), history.walks()) == ([], [])
        for file in path.parent.iterdir():
            assert b"turned back" not in file.read_bytes(), file
    connection = sqlite3.connect(path)
    for table in ("sets", "reps", "partials", "faults"):
        assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
    connection.close()


def test_a_history_that_cannot_be_opened_to_write_is_read_all_the_same(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a full disk WAL cannot make the file that it needs even to read."""
    with History.open(path) as history:
        history.save_session(ORIGIN, [a_set()])

    def fail(path: Path) -> sqlite3.Connection:
        raise HistoryError("full")

    monkeypatch.setattr("formcheck.history.file.open_history", fail)
    opened = History.open_to_read(path)
    assert opened
    with opened:
        assert len(opened.sets()) == 1


@on_posix
def test_nobody_else_may_read_it(path: Path) -> None:
    """It is about somebody's health."""
    History.open(path).__exit__()
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_the_environment_names_another_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """Or it is in the user's data folder."""
    monkeypatch.setenv("FORMCHECK_HISTORY", "elsewhere.db")
    assert history_path() == Path("elsewhere.db")
    monkeypatch.delenv("FORMCHECK_HISTORY")
    assert history_path().name == "history.sqlite3"
    assert history_path().parent.name == "formcheck"


# Schemas.

FIRST_SCHEMA = f"""
CREATE TABLE sessions (id INTEGER PRIMARY KEY AUTOINCREMENT, started_at TEXT NOT NULL,
    kind TEXT NOT NULL, source TEXT NOT NULL, routine TEXT, identity TEXT UNIQUE);
CREATE TABLE sets (id INTEGER PRIMARY KEY,
    session INTEGER NOT NULL REFERENCES sessions ON DELETE CASCADE, exercise TEXT NOT NULL,
    side TEXT, number INTEGER NOT NULL, unit TEXT NOT NULL);
CREATE TABLE reps (id INTEGER PRIMARY KEY,
    set_id INTEGER NOT NULL REFERENCES sets ON DELETE CASCADE, number INTEGER NOT NULL,
    start_s REAL, peak_s REAL, end_s REAL, hold_s REAL, raise_s REAL, lower_s REAL,
    range REAL, top REAL, clean INTEGER NOT NULL, unjudged TEXT NOT NULL);
CREATE TABLE partials (id INTEGER PRIMARY KEY,
    set_id INTEGER NOT NULL REFERENCES sets ON DELETE CASCADE,
    start_s REAL, end_s REAL, peak REAL, reason TEXT NOT NULL);
CREATE TABLE faults (id INTEGER PRIMARY KEY,
    set_id INTEGER NOT NULL REFERENCES sets ON DELETE CASCADE,
    rep INTEGER REFERENCES reps ON DELETE CASCADE,
    partial INTEGER REFERENCES partials ON DELETE CASCADE,
    name TEXT NOT NULL, severity TEXT NOT NULL, start_s REAL, end_s REAL, value REAL, bound REAL,
    unit TEXT NOT NULL, cue TEXT NOT NULL);
CREATE INDEX sets_by_session ON sets (session);
CREATE INDEX reps_by_set_id ON reps (set_id);
CREATE INDEX partials_by_set_id ON partials (set_id);
CREATE INDEX faults_by_set_id ON faults (set_id);
INSERT INTO sessions VALUES (7, '2026-01-02T08:00:00+01:00', 'live', '0', NULL, NULL);
INSERT INTO sets VALUES (3, 7, 'bridge', NULL, 1, 'degrees');
INSERT INTO reps VALUES (9, 3, 1, 0.5, 1, 2.5, 3.1, 0.4, 0.6, 48.5, 171, 0, '[]');
INSERT INTO faults VALUES (4, 3, 9, NULL, 'low', 'fault', 1, 2, 150, 160, 'degrees', 'Higher.');
PRAGMA application_id = {APPLICATION};
PRAGMA user_version = 1;
"""
"""A history as the first schema kept it, with a rep and a fault in it."""


def make(path: Path, script: str) -> None:
    """A database made by a script of SQL."""
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path)
    connection.executescript(script)
    connection.close()


def make_of_schema(path: Path, number: int, *more: str) -> None:
    """The first history as it was when there were so many schemas, with more in it."""
    make(path, FIRST_SCHEMA)
    with sqlite3.connect(path) as old:
        for migration in MIGRATIONS[1:number]:
            migration(old)
        for each in (*more, f"PRAGMA user_version = {number}"):
            old.execute(each)
    old.close()


def schema_of(path: Path) -> dict[str, str]:
    """The SQL of every table and index, its spaces and comments aside, and the version."""
    connection = sqlite3.connect(path)
    rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    found = {
        name: " ".join(" ".join(line.partition("--")[0] for line in sql.splitlines()).split())
        .replace(" ,", ",").replace("( ", "(").replace(" )", ")")
        for name, sql in rows
    }  # fmt: skip
    found["user_version"] = str(connection.execute("PRAGMA user_version").fetchone()[0])
    connection.close()
    return found


def test_a_history_of_the_first_schema_is_brought_up_to_date(path: Path) -> None:
    """What it holds is kept, and it becomes what a new one is."""
    make(path, FIRST_SCHEMA)
    with History.open(path) as history:
        (saved,) = history.sets()
        assert history.add_walk(Walk(date(2026, 1, 3), 30)) == 30
    assert (saved.session, saved.origin.started.isoformat()) == (7, "2026-01-02T08:00:00+01:00")
    (rep,) = saved.labelled.set.reps
    assert (rep.hold, rep.range, rep.clean) == (3.1, 48.5, False)
    assert rep.faults == (
        FaultFound("low", "fault", None, 1, 1.0, 2.0, 150.0, 160.0, "Higher.", unit="degrees"),
    )
    new = path.with_name("new")
    History.open(new).__exit__()
    assert schema_of(path) == schema_of(new)


def test_a_history_of_before_there_were_persons_is_brought_up_to_date(path: Path) -> None:
    """Its sessions are those of whoever uses this computer; a copy is kept."""
    make_of_schema(path, 4, "INSERT INTO walks VALUES (1, '2026-01-03', 30)")
    with History.open(path) as history:
        (saved,) = history.sets()
        assert saved.origin.person is None
        assert history.walks() == [Walk(date(2026, 1, 3), 30)]
    assert path.with_name(f"{path.stem}.before-schema-5-1{path.suffix}").exists()


def test_a_history_of_before_there_were_titles_is_brought_up_to_date(path: Path) -> None:
    """Its faults have their names for titles, and none is borderline; a copy is kept."""
    make_of_schema(path, 5)
    with History.open(path) as history:
        (saved,) = history.sets()
        (rep,) = saved.labelled.set.reps
        assert saved.labelled.title == "Bridge"
        assert ([fault.title for fault in rep.faults], rep.borderline) == (["Low"], ())
        history.save_session(ORIGIN, [a_set()])
        assert repr(history.sets()[-1].labelled) == repr(a_set())
    assert path.with_name(f"{path.stem}.before-schema-6-1{path.suffix}").exists()


def test_the_first_migration_is_what_it_was_when_it_was_published() -> None:
    """Changing it would leave two different schemas with one number."""
    one, stored = sqlite3.connect(":memory:"), sqlite3.connect(":memory:")
    MIGRATIONS[0](one)
    stored.executescript(FIRST_SCHEMA)
    for table in ("sessions", "sets", "reps", "partials", "faults"):
        query = f"PRAGMA table_info({table})"
        assert one.execute(query).fetchall() == stored.execute(query).fetchall()
    one.close()
    stored.close()


def test_a_migration_that_fails_leaves_the_old_file_as_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of it or nothing."""
    make(path, FIRST_SCHEMA)
    before = schema_of(path)

    def fail(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE half (id)")
        raise sqlite3.OperationalError("no more")

    monkeypatch.setattr("formcheck.history.file.MIGRATIONS", [MIGRATIONS[0], fail])
    with pytest.raises(HistoryError, match="no more"):
        History.open(path)
    assert schema_of(path) == before


def test_a_history_of_a_newer_formcheck_is_left_alone(path: Path) -> None:
    """Byte for byte."""
    make(path, FIRST_SCHEMA + f"PRAGMA user_version = {SCHEMA + 1};")
    before = path.read_bytes()
    for opened in (History.open, History.open_to_read):
        with pytest.raises(HistoryError, match=r"newer formcheck .*Update formcheck"):
            opened(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("CREATE TABLE mine (id);", "another program's database"),
        ("PRAGMA application_id = 5;", "another program's database"),
        ("PRAGMA user_version = 3;", "another program's database"),
    ],
)
def test_the_database_of_another_program_is_left_alone(
    path: Path, script: str, message: str
) -> None:
    """However it was named by mistake."""
    make(path, script)
    before = path.read_bytes()
    with pytest.raises(HistoryError, match=message):
        History.open(path)
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_left_alone(path: Path) -> None:
    """A text, for instance."""
    path.parent.mkdir()
    path.write_bytes(b"dear diary\n" * 1000)
    with pytest.raises(HistoryError, match="isn't a formcheck history"):
        History.open(path)
    assert path.read_bytes() == b"dear diary\n" * 1000


# What can go wrong.


def test_a_locked_history_is_told_and_its_writer_not_disturbed(path: Path) -> None:
    """After waiting a little."""
    with History.open(path, patience=0.05) as history:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(HistoryError, match="in use by another program"):
            history.save_session(ORIGIN, [a_set()])
        other.execute("COMMIT")
        other.close()
        assert history.save_session(ORIGIN, [a_set()])


def test_a_full_disk_is_told_and_leaves_no_half_set(path: Path) -> None:
    """What was there before stays."""
    with History.open(path) as history:
        history.save_session(ORIGIN, [a_set()])
        pages = history._connection.execute("PRAGMA page_count").fetchone()[0]
        history._connection.execute(f"PRAGMA max_page_count = {pages + 1}")
        with pytest.raises(HistoryError, match="disk is full"):
            history.save_session(ORIGIN, [a_set(reps=500)])
        assert [len(each.labelled.set.reps) for each in history.sets()] == [5]


def test_a_read_only_history_is_told(path: Path) -> None:
    """A database on a disk that is mounted so, for instance."""
    with History.open(path) as history:
        history._connection.execute("PRAGMA query_only = ON")
        with pytest.raises(HistoryError, match="read-only"):
            history.save_session(ORIGIN, [a_set()])


def test_a_read_only_history_can_still_be_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a file being made beside it."""
    with History.open(path) as history:
        history.save_session(ORIGIN, [a_set()])
    monkeypatch.setattr(os, "access", lambda *_: False)
    opened = History.open_to_read(path)
    assert opened
    with opened:
        assert len(opened.sets()) == 1
        assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("wal", [False, True])
def test_an_empty_file_has_no_sessions(
    path: Path, monkeypatch: pytest.MonkeyPatch, wal: bool
) -> None:
    """As after a full disk; it is not one of an older formcheck."""
    path.parent.mkdir()
    path.touch()
    if wal:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert History.open_to_read(path) is None


def test_a_link_that_leads_back_to_itself_is_told(path: Path) -> None:
    """It is not a history that is still to be made."""
    path.parent.mkdir()
    path.symlink_to(path.name)
    for opened in (History.open, History.open_to_read):
        with pytest.raises(HistoryError, match=r"symbolic links|symlink"):
            opened(path)


def test_no_name_of_a_file_means_anything_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite takes this one for a database that is kept nowhere."""
    monkeypatch.chdir(tmp_path)
    path = Path(":memory:")
    with History.open(path) as history:
        history.save_session(ORIGIN, [a_set()])
    opened = History.open_to_read(path)
    assert opened
    with opened:
        assert len(opened.sets()) == 1


def test_a_folder_in_its_place_is_told(tmp_path: Path) -> None:
    """In one line."""
    with pytest.raises(HistoryError, match="is a folder"):
        History.open(tmp_path)


def test_a_history_that_is_not_there_is_read_as_none(path: Path) -> None:
    """And not made by looking at it."""
    assert History.open_to_read(path) is None
    assert not path.parent.exists()


WRITER = """
import sys
sys.path.insert(0, sys.argv[2])
from pathlib import Path
from helpers.sets import ORIGIN, a_set
from formcheck.history.store import History
from formcheck.observer import Outcome
from formcheck.pose import SourceInfo
while True:
    with History.open(Path(sys.argv[1])) as history:
        print(history.save_session(ORIGIN, [a_set(reps=8)]), flush=True)
"""


@on_posix
def test_killed_at_any_instant_it_holds_every_finished_set(path: Path) -> None:
    """Each set that was told as saved, whole; at most one more, whole too."""
    told = 0
    for _ in range(KILLS):
        told += _sets_told_before_a_kill(path, random.uniform(0.0, 0.1))
        with History.open(path) as history:
            saved = history.sets()
            check = history._connection.execute("PRAGMA integrity_check").fetchone()
            orphans = history._connection.execute("PRAGMA foreign_key_check").fetchall()
        assert (check, orphans) == (("ok",), [])
        assert told <= len(saved) <= told + 1
        assert {len(each.labelled.set.reps) for each in saved} <= {8}
        assert {len(each.labelled.set.partials) for each in saved} <= {1}
        told = len(saved)
    assert told


def _sets_told_before_a_kill(path: Path, seconds: float) -> int:
    command = [sys.executable, "-c", WRITER, str(path), str(ROOT / "tests")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        first = writer.stdout.readline()
        time.sleep(seconds)
        writer.send_signal(signal.SIGKILL)
        rest = writer.stdout.read()
    # A line that was cut off was still printed after its set was saved.
    return (first + rest).count("\n") + (not (first + rest).endswith("\n"))


def test_what_the_file_is_is_asked_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """To read as well as to write."""
    asked: list[Path] = []
    monkeypatch.setattr("formcheck.history.file.is_there", lambda path: not asked.append(path))
    for opened in (open_history(path), open_to_read(path)):
        assert opened is not None
        opened.close()
    assert asked == [path, path]
