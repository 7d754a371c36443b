"""What cannot be kept or read: told on the page, and put right from there."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from html import unescape
from pathlib import Path

import pytest
from helpers.pages import Stage, poses_of, wait_for
from helpers.staged import Camera

from formcheck.app.past import read_past
from formcheck.errors import CameraError
from formcheck.history.file import history_path
from formcheck.history.reports import kept_reports
from formcheck.history.saving import SetSaver
from formcheck.history.store import History


def test_a_history_that_cannot_be_written_is_told_as_such(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In what it means for whoever exercised; the count is there all the same."""
    (tmp_path / "file").touch()
    monkeypatch.setenv("FORMCHECK_HISTORY", str(tmp_path / "file" / "history.sqlite3"))
    desk, client = stage()
    client.post("begin", data={"exercise": "bridge"})
    wait_for(lambda: not desk.is_busy)
    page = client.get("end").text
    assert "What you did could not be kept." in page
    assert "5 reps" in page


def test_who_has_a_damaged_history_can_exercise_and_repair_it(stage: Stage) -> None:
    """What is wrong stands on the page, and the damaged file is kept."""
    _, client = stage()
    client.post("notice")
    history_path().write_bytes(b"no history at all, but long enough to be looked at" * 100)
    for name in ("", "history"):
        page = unescape(client.get(name).text)
        assert "Your history can't be read" in page
        assert "is damaged" in page
        assert "Repair the history" in page
    assert ">Start<" in client.get("").text
    page = client.post("repair").text
    assert "Repaired." in page
    assert "You have no sessions yet." in page
    assert "Repair the history" not in client.get("").text
    assert len(list(history_path().parent.glob("history*"))) > 1


@pytest.mark.parametrize("table", ["sessions", "sets", "reps", "feelings", "walks"])
def test_a_history_of_which_a_part_is_damaged_is_told_as_such(stage: Stage, table: str) -> None:
    """Whichever part it is: what hurt today must not be missed because the sets can be read."""
    desk, client = stage()
    client.post("notice")
    client.post("begin", data={"exercise": "bridge"})
    wait_for(lambda: not desk.is_busy)
    damage(table)
    for name in ("", "history"):
        assert "Your history can't be read" in unescape(client.get(name).text)
    client.post("repair")
    assert "Your history can't be read" not in unescape(client.get("").text)


def damage(table: str) -> None:
    """Overwrite the page of the history that a table begins on."""
    with closing(sqlite3.connect(history_path())) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (size,) = connection.execute("PRAGMA page_size").fetchone()
        where = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        (page,) = connection.execute(where, (table,)).fetchone()
    with history_path().open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)


def test_what_could_not_be_kept_is_kept_once_the_history_is_repaired(stage: Stage) -> None:
    """Every rep, and the report; the end then tells of no trouble."""
    desk, client = stage()
    history_path().write_bytes(b"no history at all, but long enough to be looked at" * 100)
    client.post("begin", data={"exercise": "bridge"})
    wait_for(lambda: not desk.is_busy)
    page = client.get("end").text
    assert "What you did could not be kept." in page
    assert 'action="repair"' in page
    assert "Repaired." in client.post("repair").text
    assert [len(each.labelled.set.counted) for each in read_past().sets] == [5]
    assert len(kept_reports()) == 1
    page = client.get("end").text
    assert "could not be kept" not in page
    assert "stays on this computer" in page


@pytest.mark.parametrize("way", ["keep", "begin", "end"])
def test_what_could_not_be_kept_is_tried_again(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    """When it is asked for, and before it would be forgotten."""
    monkeypatch.setattr("formcheck.history.saving.LIVE_PATIENCE", 0.01)
    monkeypatch.setattr(SetSaver.save_waiting, "__defaults__", (0.01,))
    desk, client = stage()
    with History.open(history_path()):
        pass
    with closing(sqlite3.connect(history_path(), isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        client.post("begin", data={"exercise": "bridge"})
        wait_for(lambda: not desk.is_busy)
        assert "is in use by another program" in client.post("keep").text
    if way == "end":
        desk.close()
    elif way == "keep":
        with ThreadPoolExecutor(4) as presses:
            list(presses.map(lambda _: client.post("keep"), range(4)))
    else:
        client.post(way, data={"exercise": "bridge"})
        wait_for(lambda: not desk.is_busy)
    kept = [len(each.labelled.set.counted) for each in read_past().sets]
    assert kept == [5] * (2 if way == "begin" else 1)
    assert "could not be kept" not in client.get("end").text


def test_a_session_that_broke_off_is_kept_again_too(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both are told, and what went wrong first stays told."""

    def lose(_: Camera) -> None:
        raise CameraError("The camera is gone.")

    desk, client = stage()
    poses = poses_of("bridge_5")
    monkeypatch.setattr("formcheck.stage.sitting.open_live", lambda _: Camera(poses, at_end=lose))
    history_path().write_bytes(b"no history at all, but long enough to be looked at" * 100)
    client.post("begin", data={"exercise": "bridge"})
    wait_for(lambda: not desk.is_busy)
    page = client.get("end").text
    assert "The camera is gone." in page
    assert "What you did could not be kept." in page
    client.post("repair")
    assert [len(each.labelled.set.counted) for each in read_past().sets] == [5]
    page = client.get("end").text
    assert "The camera is gone." in page
    assert "could not be kept" not in page


def test_who_repairs_in_two_tabs_repairs_once(stage: Stage) -> None:
    """And where nothing is wrong nothing is said to be repaired."""
    _, client = stage()
    assert "Repaired." not in client.post("repair").text
    history_path().write_bytes(b"no history at all, but long enough to be looked at" * 100)
    with ThreadPoolExecutor(4) as presses:
        pages = list(presses.map(lambda _: client.post("repair").text, range(4)))
    assert sum("Repaired." in page for page in pages) == 1
    assert len(list(history_path().parent.glob("*before-repair*"))) == 1


def test_a_history_repaired_during_a_session_has_all_of_it(stage: Stage) -> None:
    """Also what had been saved in the damaged one."""
    desk, client = stage(pace=0.002)
    client.post("begin", data={"exercise": "bridge"})
    wait_for(lambda: read_past().sets)
    for path in history_path().parent.glob("history.sqlite3-*"):
        path.unlink()
    history_path().write_bytes(b"no history at all, but long enough to be looked at" * 100)
    client.post("repair")
    wait_for(lambda: not desk.is_busy)
    assert [len(each.labelled.set.counted) for each in read_past().sets] == [5]


def test_a_report_that_was_removed_or_cannot_be_read_is_told_as_such(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though the history still lists it, as on a page that is open."""
    desk, client = stage()
    client.post("begin", data={"exercise": "bridge"})
    wait_for(lambda: not desk.is_busy)
    (report,) = kept_reports().values()
    monkeypatch.setattr("formcheck.history.reports.kept_reports", lambda: {1: report})
    report.unlink()
    answer = client.get("report?session=1")
    assert answer.status_code == 404
    assert "There is no such report any more." in answer.text
    report.mkdir()
    assert "Can't read" in unescape(client.get("report?session=1").text)
    monkeypatch.undo()
    assert kept_reports(history_path()) == {}


def test_a_history_that_a_repair_would_not_help_is_only_told(stage: Stage) -> None:
    """As one of a newer formcheck."""
    _, client = stage()
    client.post("notice")
    with History.open(history_path()):
        pass
    with closing(sqlite3.connect(history_path())) as connection:
        connection.execute("PRAGMA user_version = 999")
    page = unescape(client.get("").text)
    assert "A newer formcheck wrote" in page
    assert "Repair the history" not in page
