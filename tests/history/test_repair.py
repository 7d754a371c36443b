"""A damaged history: what can be read of it is read, and repairing keeps the rest."""

import os
import random
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from helpers.commands import refused, run
from helpers.sets import ORIGIN, a_set

from formcheck.errors import HistoryError
from formcheck.history.file import copies
from formcheck.history.repair import repair
from formcheck.history.rows import Walk
from formcheck.history.store import History

SESSIONS, REPS = 40, 5
PAGE = 4096


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A history with some sessions and a walk, all in its one file."""
    path = tmp_path / "history.sqlite3"
    monkeypatch.setenv("FORMCHECK_HISTORY", str(path))
    with History.open(path) as history:
        for _ in range(SESSIONS):
            history.save_session(ORIGIN, [a_set(reps=REPS)])
        history.add_walk(Walk(date(2026, 10, 7), 30))
    return path


def execute(path: Path, sql: str) -> None:
    """Change the history behind formcheck's back."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(sql)
        connection.commit()


def reps_in(path: Path) -> int:
    """How many reps can be read."""
    with History.open(path) as history:
        return sum(len(each.labelled.set.reps) for each in history.sets())


def test_a_sound_history_is_left_as_it_is(path: Path) -> None:
    """And that is said."""
    told = run("history", "--repair").stdout
    assert "The history is fine" in told
    assert "40 sessions with 200 reps, and 1 walk" in told
    assert copies(path) == []


@pytest.mark.parametrize(
    ("sql", "reps"),
    [
        ("UPDATE sessions SET started_at = 'yesterday' WHERE id = 3", -REPS),
        ("UPDATE sessions SET started_at = '0001-01-01T00:00:00+23:00' WHERE id = 3", -REPS),
        ("UPDATE sessions SET started_at = x'ff00' WHERE id = 3", -REPS),
        ("UPDATE sets SET side = 'top' WHERE id = 3", -REPS),
        ("UPDATE sets SET exercise = 7.5e9 WHERE id = 3", 0),
        ("UPDATE reps SET unjudged = '[[' WHERE id = 3", -1),
        ("UPDATE reps SET range = 'far' WHERE id = 3", -1),
        ("UPDATE reps SET clean = x'00' WHERE id = 3", -1),
        ("UPDATE partials SET peak = 'x' WHERE id = 3", 0),
        ("UPDATE faults SET severity = 'dire' WHERE id = 3", 0),
        ("UPDATE faults SET cue = x'ff' WHERE id = 3", 0),
        ("UPDATE walks SET day = '0000-00-00' WHERE id = 1", 0),
        ("UPDATE walks SET minutes = 'long' WHERE id = 1", 0),
    ],
)
def test_a_bad_row_costs_no_other(path: Path, sql: str, reps: int) -> None:
    """Every verb goes on, and says so; deleting works; repairing leaves a sound history."""
    execute(path, sql)
    assert reps_in(path) == SESSIONS * REPS + reps
    done = run("history")
    assert done.returncode == 0
    assert ("can't be read" in done.stderr) == ("exercise" not in sql)
    assert run("history", "--json", "-").returncode == 0
    assert run("history", "--delete", 3, "--yes").stdout == "Deleted session 3.\n"
    assert (
        repair(path).counted == reps_in(path) == (SESSIONS - 1) * REPS + (reps if reps == -1 else 0)
    )
    assert repair(path).kept is None
    assert run("history", "--delete-all", "--yes").returncode == 0
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_a_session_without_its_date_gets_that_of_its_neighbour(path: Path) -> None:
    """Its reps are worth more than its date."""
    execute(path, "UPDATE sessions SET started_at = 'yesterday' WHERE id = 3")
    execute(path, "DELETE FROM sessions WHERE id = 7")  # without what would delete its sets, too
    done = repair(path)
    assert (done.sessions, done.counted, done.left_out) == (SESSIONS, SESSIONS * REPS, 0)
    with History.open(path) as history:
        assert {each.day for each in history.sets()} == {ORIGIN.started.date()}


def test_a_damaged_page_costs_what_was_on_it(path: Path) -> None:
    """Wherever it is. The damaged file is kept, byte for byte."""
    whole = path.read_bytes()
    saved = []
    for page in range(1, len(whole) // PAGE):
        damaged = bytearray(whole)
        damaged[page * PAGE : (page + 1) * PAGE] = b"\xaa" * PAGE
        path.write_bytes(damaged)
        done = repair(path)
        assert done.counted == reps_in(path)
        if done.kept is not None:
            assert done.kept.read_bytes() == damaged
            done.kept.unlink()
        saved.append(done.counted)
    assert sum(0 < each < SESSIONS * REPS for each in saved) > 0, saved
    assert sum(saved) > 0.5 * SESSIONS * REPS * len(saved), saved


def test_whatever_is_damaged_it_can_be_used_again(path: Path) -> None:
    """Bytes here and there, among them the first; a file that was cut off."""
    whole, chance = path.read_bytes(), random.Random(7)
    told: list[str] = []
    for number in range(30):
        damaged = bytearray(whole[: chance.randrange(1, len(whole)) if number % 5 == 0 else None])
        for _ in range(chance.choice([1, 10, 200])):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        path.write_bytes(damaged)
        try:
            done = repair(path)
        except HistoryError as error:
            told.append(str(error))
            continue
        assert repair(path).kept is None
        assert done.counted <= SESSIONS * REPS
        with History.open(path) as history:
            assert history.save_session(ORIGIN, [a_set()])
        for each in path.parent.iterdir():
            each.unlink()
    assert [e for e in told if "another program" not in e and "newer formcheck" not in e] == []


def test_a_damaged_history_says_how_to_repair_it(path: Path) -> None:
    """Whether it is a part or all of it."""
    path.write_bytes(b"\0" * 100 + path.read_bytes()[100:])
    assert "formcheck history --repair" in refused(2, "history")
    told = run("history", "--repair").stdout
    assert "from everything that can be read" in told
    assert "before-repair-1" in told
    assert "You have no sessions yet." in run("history").stdout


def test_what_is_in_use_or_of_others_is_not_repaired(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not damaged."""
    monkeypatch.setattr("formcheck.history.repair.PATIENCE", 0.01)
    execute(path, "UPDATE reps SET range = 'far' WHERE id = 3")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(HistoryError, match="in use"):
            repair(path)
        other.execute("COMMIT")
    for pragma, said in (("user_version = 99", "newer"), ("application_id = 5", "another program")):
        execute(path, f"PRAGMA {pragma}")
        before = path.read_bytes()
        with pytest.raises(HistoryError, match=said):
            repair(path)
        assert path.read_bytes() == before
    with pytest.raises(HistoryError, match="nothing to repair"):
        repair(path.with_name("nowhere"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_what_is_no_file_is_left_alone(path: Path) -> None:
    """Repairing it would put a file in its place: /dev/null was lost to all that way."""
    path.unlink()
    os.mkfifo(path)
    for command in (["history"], ["history", "--repair"], ["log", "walk", "3"]):
        assert f"{path} is a pipe" in refused(2, *command)
    assert path.is_fifo()


def test_a_copy_is_kept_before_an_older_history_is_changed(path: Path) -> None:
    """The schema before is still there; deleting everything deletes that, too."""
    execute(path, "ALTER TABLE reps DROP COLUMN good_s")
    execute(path, "DROP TABLE feelings")
    execute(path, "ALTER TABLE sessions DROP COLUMN person")
    for table, column in (("sets", "title"), ("faults", "title"), ("faults", "is_borderline")):
        execute(path, f"ALTER TABLE {table} DROP COLUMN {column}")
    execute(path, "PRAGMA user_version = 2")
    assert reps_in(path) == SESSIONS * REPS
    (copy,) = copies(path)
    assert copy.name == "history.before-schema-3-1.sqlite3"
    assert copy.stat().st_mode & 0o077 == 0
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (2,)
        assert connection.execute("SELECT count(*) FROM reps").fetchone() == (SESSIONS * REPS,)
    assert copy.name in run("history", "--delete", 1, "--yes").stderr
    run("history", "--delete-all", "--yes")
    assert copies(path) == []


@pytest.mark.parametrize(
    "text", ["CREATE TABLE walks", "TABLE sessions", "INDEX reps_by", "reps(", "walks"]
)
def test_damage_to_what_the_tables_are_costs_no_row(path: Path, text: str) -> None:
    """The rows are on other pages."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    whole = path.read_bytes()
    words = text.encode()
    for place in [n for n in range(PAGE) if whole.startswith(words, n)]:
        for letter in range(len(words)):
            damaged = bytearray(whole)
            damaged[place + letter] ^= 0xA5
            path.write_bytes(damaged)
            done = repair(path)
            assert (done.sessions, done.counted, done.walks) == (SESSIONS, SESSIONS * REPS, 1)
            assert (done.left_out, done.is_unknown) == (0, False)


def test_it_is_said_where_nobody_knows_what_is_lost(path: Path) -> None:
    """With the name of the old file, in which it may be still."""
    whole = path.read_bytes()
    path.write_bytes(b"\0" * PAGE + whole[PAGE:])
    told = run("history", "--repair").stdout
    assert f"before-repair-1.sqlite3 ({len(whole):,} bytes)" in told
    assert "can't say what is missing" in told
    assert "when you no longer need it" not in told


@pytest.mark.parametrize("others", [(), (0,), (1,)])
def test_the_rows_before_a_lost_end_are_kept(path: Path, others: tuple[int, ...]) -> None:
    """And those between two damaged pages; that nobody knows how many were lost is said."""
    cells = "set_id, rep, partial, name, severity, value, bound, unit, cue"
    for _ in range(3):
        execute(path, f"INSERT INTO faults ({cells}) SELECT {cells} FROM faults")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        ((root, number),) = connection.execute(
            "SELECT rootpage, (SELECT max(id) FROM faults) FROM sqlite_master WHERE name = 'faults'"
        )
    damaged = bytearray(path.read_bytes())
    for page in (*(_leaves(damaged, root)[each] for each in others), _leaves(damaged, root)[-1]):
        damaged[(page - 1) * PAGE : page * PAGE] = bytes(PAGE)
    path.write_bytes(damaged)
    with closing(sqlite3.connect(path)) as connection:
        whole = [each for each in range(1, number + 1) if _can_be_read(connection, each)]
    assert number / 2 < len(whole) < number
    told = run("history", "--repair").stdout
    assert "can't say what is missing" in told
    assert "Lost: " not in told
    with closing(sqlite3.connect(path)) as connection:
        assert [
            each for (each,) in connection.execute("SELECT id FROM faults ORDER BY id")
        ] == whole


@pytest.mark.parametrize("is_swap", [False, True])
def test_no_number_is_told_where_pages_are_mixed_up(path: Path, is_swap: bool) -> None:
    """Each can be read, so nothing seems to be missing; a copy that went wrong may be so."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        ((root,),) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'reps'")
    damaged = bytearray(path.read_bytes())
    first, second = (slice((page - 1) * PAGE, page * PAGE) for page in _leaves(damaged, root)[:2])
    kept = damaged[second]
    damaged[second] = damaged[first]
    if is_swap:
        damaged[first] = kept
    path.write_bytes(damaged)
    told = run("history", "--repair").stdout
    assert "can't say what is missing" in told
    assert "Lost: " not in told


def _leaves(database: bytes | bytearray, root: int) -> list[int]:
    """The pages of a table's rows, in order, where its root is right above them."""
    page = memoryview(database)[(root - 1) * PAGE : root * PAGE]
    assert page[0] == 5, "the table has but one page"
    cells = [int.from_bytes(page[at : at + 2]) for at in range(12, 12 + 2 * page[4], 2)]
    return [int.from_bytes(page[at : at + 4]) for at in (*cells, 8)]


def _can_be_read(connection: sqlite3.Connection, fault: int) -> bool:
    try:
        return bool(connection.execute("SELECT * FROM faults WHERE id = ?", (fault,)).fetchone())
    except sqlite3.DatabaseError:
        return False


@pytest.mark.parametrize(
    ("table", "word", "damaged"),
    [
        ("sets", "session ", "sessi_n "),
        ("reps", "id INTEGER PRIMARY", "id INTEGEX PRIMARY"),
        ("faults", "set_id", "set_ix"),
        ("walks", "day TEXT NOT NULL, ", "day TEXT NOT NULL  "),
    ],
)
def test_columns_whose_names_are_damaged_cost_no_row(
    path: Path, monkeypatch: pytest.MonkeyPatch, table: str, word: str, damaged: str
) -> None:
    """Even where they cannot be mended: rows hold their cells by place."""
    monkeypatch.setattr("formcheck.history.repair._mend_schema", lambda copy: None)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP INDEX sets_by_session")
        connection.execute("DROP INDEX faults_by_set_id")
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE name = ?",
            (word, damaged, table),
        )
        connection.commit()
    done = repair(path)
    assert done.kept is not None
    assert (done.sessions, done.counted, done.left_out) == (SESSIONS, SESSIONS * REPS, 0)


@pytest.mark.parametrize("version", [-1, -99])
def test_a_schema_below_zero_is_damage(path: Path, version: int) -> None:
    """No older formcheck wrote it: nothing is copied or changed before it is repaired."""
    execute(path, f"PRAGMA user_version = {version}")
    assert "formcheck history --repair" in refused(2, "history")
    assert copies(path) == []
    done = repair(path)
    assert (done.sessions, done.counted, done.walks) == (SESSIONS, SESSIONS * REPS, 1)
    assert (done.left_out, done.is_unknown) == (0, False)
    assert copies(path) == [done.kept]
