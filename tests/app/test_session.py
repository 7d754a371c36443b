"""A session on the page, without a browser: what is shown, commanded and kept."""

import json
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from helpers.commands import run
from helpers.places import SAMPLES
from helpers.staged import Camera, desk_before, own_settings
from starlette.testclient import TestClient

from formcheck.app.asked import number_asked
from formcheck.app.desk import ENDS_WITHIN, Desk
from formcheck.app.past import Past, read_past
from formcheck.app.server import served
from formcheck.app.serving import _begun
from formcheck.app.settings import Choices, chosen, load_choices
from formcheck.app.today import due_today, rest_of_today
from formcheck.coaching.speech import Say, Utterance
from formcheck.definition.loading import load_exercise
from formcheck.definition.routine import Routine, RoutineStep, load_routine
from formcheck.errors import CameraError
from formcheck.history.file import history_path
from formcheck.history.reports import kept_reports
from formcheck.history.saving import SetSaver
from formcheck.history.store import History
from formcheck.language.tongue import about, speaking
from formcheck.pose import Pose
from formcheck.sources.recording import read_recording
from formcheck.stage.hub import Hub
from formcheck.stage.page_speaker import PageManner
from formcheck.stage.sitting import Order, Sitting
from formcheck.voice.failure import CannotSpeak
from formcheck.voice.speakers import LONGEST
from formcheck.voice.tones import NOTES

ENGLISH = PageManner("en", lambda: 1.0, asks=False)
TOKEN, PORT = "secret", 4711
HERE = f"http://127.0.0.1:{PORT}"
ORIGIN = {"origin": HERE}


def poses_of(name: str) -> list[Pose]:
    """The poses of a sample."""
    return list(read_recording(SAMPLES / f"{name}.npz").poses())


Staged = tuple[Desk, TestClient]
Stage = Callable[..., Staged]


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    """A desk before a sample, and somebody who asks for its pages."""
    clients = []

    def begin(name: str = "bridge_5", pace: float = 0.0, **named: Any) -> Staged:
        desk = desk_before(poses_of(name), monkeypatch, pace, **named)
        client = TestClient(served(desk, TOKEN, PORT), base_url=f"{HERE}/{TOKEN}/")
        client.headers.update(ORIGIN)
        client.__enter__()
        clients.append(client)
        return desk, client

    with own_settings(tmp_path, monkeypatch):
        yield begin
        for client in clients:
            client.__exit__(None, None, None)


def wait_for(is_so: Callable[[], object], seconds: float = 20.0) -> None:
    """Wait until it is so."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.01)


def wire_of(client: TestClient) -> Any:
    """A page that shows the session."""
    return client.websocket_connect(f"ws://127.0.0.1:{PORT}/{TOKEN}/wire?shows=1", headers=ORIGIN)


def next_scene(wire: Any) -> dict[str, Any]:
    """The next scene; its picture is taken, and said to be drawn."""
    while True:
        message = json.loads(wire.receive_text())
        if message["kind"] == "scene":
            if message["picture"]:
                assert wire.receive_bytes()[:2] == b"\xff\xd8"
                wire.send_text(json.dumps({"drawn": message["number"]}))
            return dict(message)


def hear_word(wire: Any) -> None:
    """Wait until something is to be said."""
    while (message := json.loads(wire.receive_text()))["kind"] != "say":
        if message["picture"]:
            wire.receive_bytes()


def test_the_first_time_the_notice_comes_first(stage: Stage) -> None:
    """And only then."""
    _, client = stage()
    assert "Before you begin" in client.get("").text
    assert "Can you see and hear?" in client.post("notice").text
    assert "Before you begin" not in client.get("").text


def test_who_cannot_keep_anything_can_exercise(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The notice is not asked for again and again, and a choice holds until the end."""
    (tmp_path / "file").touch()
    monkeypatch.setattr("platformdirs.user_config_path", lambda *_: tmp_path / "file" / "it")
    desk, client = stage()
    client.post("notice")
    assert "Start" in client.get("").text
    answer = client.post("choices", data={"camera": "2"})
    assert "Can't write" in unescape(answer.text)
    assert desk.choices.camera == "2"


def test_a_session_is_shown_counted_and_kept(stage: Stage) -> None:
    """The same reps as `check` finds; the end card and the report are there afterwards."""
    desk, client = stage()
    client.post("begin", data={"exercise": "bridge"})
    wait_for(lambda: not desk.is_busy)
    with History.open(history_path()) as history:
        assert sum(len(each.labelled.set.counted) for each in history.sets()) == 5
    page = client.get("end").text
    assert "5 reps" in page
    assert client.get("session").url.path.endswith("/end")
    assert "Glute bridge" in client.get("report").text
    assert "stays on this computer" in page
    assert 'href="report?session=1"' in client.get("history").text
    assert "Glute bridge" in client.get("report?session=1").text
    for nonsense in ("2", "x", "../1"):
        assert client.get("report", params={"session": nonsense}).status_code == 404
    client.post("feel", data={"effort": "4", "pain": "0"})
    client.post("feel", data={"effort": "11", "pain": "much"})
    with History.open(history_path()) as history:
        told = [(each.kind, each.score, each.session) for each in history.feelings()]
    assert sorted(told) == [("effort", 4, 1), ("pain", 0, 1)]


def test_what_was_borderline_is_shown_for_a_while_and_at_the_end(stage: Stage) -> None:
    """In the words of the report, beside reps that are clean all the same."""
    desk, client = stage("push_up_6")
    client.post("begin", data={"exercise": "push_up"})
    shown = []
    with wire_of(client) as page:
        while (scene := next_scene(page))["screen"] != "over":
            shown.append(scene.get("words", {}).get("borderline", ""))
    wait_for(lambda: not desk.is_busy)
    assert set(shown) == {"", "Borderline: too fast down"}
    assert "Borderline: too fast down" in client.get("end").text


def test_from_history_and_reports_there_is_a_way_back(stage: Stage) -> None:
    """The history is one of the pages; a report has a link, but not as it is kept."""
    desk, client = stage()
    page = client.get("history").text
    assert 'href="history" aria-current="page"' in page
    assert "You have no sessions yet." in page
    for name in ("history.css", "style.css"):
        assert name in page
        assert client.get(name).headers["content-type"].startswith("text/css")
    client.post("begin", data={"exercise": "bridge"})
    wait_for(lambda: not desk.is_busy)
    assert '<a href="end">' in client.get("report").text
    assert '<a href="history">' in client.get("report?session=1").text
    (report,) = kept_reports().values()
    assert b'<a href="history">' not in report.read_bytes()


def test_a_report_is_kept_if_wanted_and_as_long_as_its_session(stage: Stage) -> None:
    """Nobody else may read it."""
    desk, client = stage()
    client.post("begin", data={"exercise": "bridge"})
    wait_for(lambda: not desk.is_busy)
    (report,) = kept_reports().values()
    assert os.name != "posix" or report.stat().st_mode & 0o077 == 0
    with History.open(history_path()) as history:
        history.delete(1)
    assert kept_reports() == {}
    client.post("choices", data={"voice": "on"})
    client.post("begin", data={"exercise": "bridge"})
    wait_for(lambda: not desk.is_busy)
    assert kept_reports() == {}
    assert "kept nowhere" in client.get("end").text


def test_a_day_without_what_hurts_is_not_called_all_done(stage: Stage) -> None:
    """Nor is it a day of the whole routine."""
    desk, client = stage()
    client.post("notice")
    due = desk.due(Past())
    rest, hurt = due[:-1], due[-1]
    for stated, words in (
        ([*rest, hurt], "All done for today."),
        ([*rest, replace(hurt, done=0, is_hurt=True)], "Done for today. What hurts is left out."),
    ):
        desk.due = lambda past, stated=stated: [  # type: ignore[method-assign, misc]
            each if each.is_hurt else replace(each, done=each.needed) for each in stated
        ]
        page = client.get("").text
        assert words in page
        assert "This week: the whole routine on 0 of 7 days." in page


def test_who_has_no_javascript_is_told(stage: Stage) -> None:
    """On each page, as none works without."""
    _, client = stage()
    assert "<noscript>" in client.get("choices").text


def test_sessions_of_others_are_not_shown(stage: Stage) -> None:
    """Of those whose clips were checked and saved by name."""
    stage()
    recording = SAMPLES / "bridge_5.npz"
    arguments = ("check", recording, "-e", "bridge", "--save", "--on", "2026-03-04")
    run(*arguments, "--person", "anna")
    assert not read_past().sets
    run(*arguments)
    assert [each.origin.person for each in read_past().sets] == [None]


def test_two_pages_show_the_same_and_either_commands(stage: Stage) -> None:
    """Pause on one is seen on the other; so is what follows a reload."""
    desk, client = stage(pace=0.01)
    client.post("begin", data={"exercise": "bridge"})
    with wire_of(client) as one, wire_of(client) as other:
        while next_scene(one)["screen"] != "coach":
            pass
        one.send_text(json.dumps({"press": "space"}))
        while not next_scene(other).get("paused"):
            pass
    with wire_of(client) as again:
        wait_for(lambda: next_scene(again)["paused"])
        again.send_text(json.dumps({"press": "o"}))
        while not next_scene(again).get("hurt"):
            pass
        again.send_text(json.dumps({"press": "space"}))
    wait_for(lambda: not desk.is_busy)
    page = client.get("end").text
    assert "left out for today" in page
    client.post("notice")
    assert "Left out today: it hurt." in client.get("").text


def test_a_closed_tab_pauses(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """And long after, the session ends."""
    monkeypatch.setattr("formcheck.stage.sitting.ALONE", 0.05)
    desk, client = stage(pace=0.01)
    client.post("begin", data={"exercise": "bridge"})
    wait_for(lambda: desk.hub.newest.state.get("paused"))
    monkeypatch.setattr("formcheck.stage.sitting.LEFT", 0.1)
    wait_for(lambda: not desk.is_busy)
    assert "Nothing was counted" in client.get("end").text


def test_the_coach_does_not_wait_for_a_page_that_draws_nothing(stage: Stage) -> None:
    """It misses pictures, and the last one is the end."""
    desk, client = stage()
    client.post("begin", data={"exercise": "bridge"})
    with wire_of(client) as slow:
        wait_for(lambda: not desk.is_busy)
        numbers = []
        while True:
            message = json.loads(slow.receive_text())
            if message["picture"]:
                slow.receive_bytes()
            numbers.append(message["number"])
            slow.send_text(json.dumps({"drawn": message["number"]}))
            if message["screen"] == "over":
                break
    assert len(numbers) < desk.hub.newest.number / 2


def test_whatever_is_done_is_found_out(stage: Stage) -> None:
    """Without an exercise that was chosen."""
    desk, client = stage()
    client.post("begin", data={"free": "1"})
    wait_for(lambda: not desk.is_busy, 60.0)
    assert "Glute bridge" in client.get("end").text


def test_the_camera_is_shown_before_anybody_exercises(stage: Stage) -> None:
    """Until a session begins, which has it then; nothing is found or kept."""
    desk, client = stage(pace=0.01)
    with wire_of(client) as page:
        page.send_text(json.dumps({"press": "look"}))
        while next_scene(page)["screen"] != "preview":
            pass
        client.post("begin", data={"exercise": "bridge"})
        while next_scene(page)["screen"] != "coach":
            pass
        page.send_text(json.dumps({"press": "q"}))
    wait_for(lambda: not desk.is_busy)
    assert not read_past().sets


def test_a_camera_that_cannot_be_opened_is_told(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On the page, in the words of the command line."""
    desk, client = stage()

    def fail(address: str) -> None:
        raise CameraError(f"Camera {address} gives no picture.")

    monkeypatch.setattr("formcheck.stage.sitting.open_live", fail)
    client.post("begin", data={"exercise": "bridge"})
    wait_for(lambda: not desk.is_busy)
    assert "Camera 7 gives no picture." in client.get("end").text


def test_a_scene_has_all_that_is_drawn(stage: Stage) -> None:
    """Bones, count, ring and words, in shares of the picture."""
    desk, client = stage(pace=0.004)
    client.post("begin", data={"exercise": "bridge"})
    seen = []
    with wire_of(client) as page:
        while (scene := next_scene(page))["screen"] != "over":
            seen.append(scene)
    coached = [scene for scene in seen if scene["screen"] == "coach"]
    assert {scene["cue"] for scene in coached} <= {"high", "low"}
    assert all(0 <= x <= 4 / 3 + 0.1 for scene in coached for x in (b[0] for b in scene["bones"]))
    assert {scene.get("count") for scene in coached} >= {0, 1, 2}
    assert any(scene.get("ring") for scene in coached)
    assert any(scene.get("measure") for scene in coached)
    assert desk.sitting is not None


def test_who_clicks_twice_begins_one_session(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Though the camera is slow to be freed by its preview."""
    desk, client = stage(pace=0.01)
    opened: list[str] = []
    begin = desk.order

    def slow_order(routine: Routine | None, say: Say) -> Order:
        opened.append("once")
        time.sleep(0.1)
        return begin(routine, say)

    monkeypatch.setattr(desk, "order", slow_order)
    form = {"exercise": "bridge"}
    with ThreadPoolExecutor(2) as clicks:
        list(clicks.map(lambda _: client.post("begin", data=form, follow_redirects=False), "ab"))
    assert opened == ["once"]


def test_nothing_done_is_told_and_not_asked_about(stage: Stage) -> None:
    """What to look at is said, and no score is kept of a session that is not."""
    desk, client = stage("crunch_4")
    client.post("begin", data={"exercise": "squat"})
    wait_for(lambda: not desk.is_busy)
    page = client.get("end").text
    assert "look whether the camera sees the whole of you" in page
    assert "How was it?" not in page
    client.post("feel", data={"pain": "4"})
    assert not read_past().feelings


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


def test_what_no_page_would_send_is_refused(stage: Stage) -> None:
    """As what is no text, and numbers too long to be any."""
    _, client = stage()
    answer = client.post("choices", content=b"camera=caf\xe9")
    assert answer.status_code == 400
    assert "This could not be understood." in answer.text
    assert client.post("choices", content=b"camera=%ff").status_code == 400
    assert client.post("choices", content=b"a=b" * 9000).status_code == 413
    for reps in ("000000001" + "9" * 5000, "0000000012000", "-1", "\N{SUPERSCRIPT TWO}"):
        assert number_asked(reps) is None
    assert number_asked("1000") == 1000


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


def test_nobody_waits_for_the_words_of_a_page_that_was_closed(stage: Stage) -> None:
    """It cannot tell that they are over."""
    desk, client = stage()
    over = threading.Event()

    def say() -> None:
        desk.voice.say(Utterance(0.0, "One", "count"), ENGLISH, threading.Event())
        over.set()

    with wire_of(client) as page:
        page.send_text(json.dumps({"speaks": ["en"]}))
        wait_for(lambda: any(viewer.speaks for viewer in desk.hub._viewers))
        threading.Thread(target=say, daemon=True).start()
        hear_word(page)
        assert not over.is_set()
    assert over.wait(LONGEST / 2)


def test_the_end_of_formcheck_does_not_wait_for_last_words(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though the page never tells that they are over."""
    desk, client = stage(pace=0.01)
    monkeypatch.setattr("formcheck.stage.sitting.LAST_WORDS", 2 * ENDS_WITHIN)
    client.post("begin", data={"exercise": "bridge"})
    with wire_of(client) as page:
        page.send_text(json.dumps({"speaks": ["en"]}))
        hear_word(page)
        desk.close()
        assert not desk.is_busy


def test_the_end_of_formcheck_frees_the_camera(stage: Stage) -> None:
    """Which was looked through before anybody exercised."""
    desk, client = stage(pace=0.01)
    with wire_of(client) as page:
        page.send_text(json.dumps({"press": "look"}))
        while next_scene(page)["screen"] != "preview":
            pass
        desk.close()
        assert not any(each.name == "formcheck preview" for each in threading.enumerate())


def test_a_browser_that_keeps_us_waiting_does_not_hold_up_its_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Firefox does, when it is the first to be started."""
    shown, opened = threading.Event(), threading.Event()

    def slow_open(_: str) -> bool:
        shown.wait(LONGEST)
        opened.set()
        return True

    monkeypatch.setattr("webbrowser.open", slow_open)
    _begun("http://127.0.0.1/", opens=True, tell=lambda words: None)
    assert not opened.is_set()
    shown.set()
    assert opened.wait(LONGEST)


def test_choices_are_kept_and_nonsense_is_not(stage: Stage) -> None:
    """A damaged file is no reason not to start."""
    desk, client = stage()
    client.post("choices", data={"camera": "2", "volume": "40", "say": "counts", "routine": "x"})
    usual = Choices().routine
    silent = Choices(usual, "2", mirror=False, voice=False, tones=False, reports=False)
    assert load_choices() == replace(silent, volume=40, say="counts")
    desk.choices = replace(desk.choices, routine="gone")
    assert desk.routine().name == usual
    client.post("take", data={"routine": "gentle-back"})
    assert desk.routine().name == "gentle-back"
    assert chosen({"volume": 700, "mirror": "yes"}) == Choices()
    assert chosen({"volume": True, "say": "nothing"}) == Choices()
    assert chosen({"camera": "a\0b", "volume": 40, "language": "xx"}) == Choices(volume=40)


def test_what_is_due_is_what_was_not_done_today(stage: Stage) -> None:
    """Reps of an exercise go to its first step, then to the next."""
    desk, client = stage()
    client.post("begin", data={"exercise": "bridge"})
    wait_for(lambda: not desk.is_busy)
    bridge = load_exercise("bridge")
    steps = tuple(RoutineStep(bridge, reps, None, 10.0) for reps in (3, 4))
    routine = Routine("r", "R", "", steps)
    sets = read_past().sets
    due = due_today(routine, sets, sets[0].day)
    assert [(each.done, each.needed, each.is_done) for each in due] == [(3, 3, True), (2, 4, False)]
    left = rest_of_today(routine, due)
    assert left is not None
    assert left.steps == steps[1:]
    assert rest_of_today(routine, due_today(routine, sets, sets[0].day, {"bridge"})) is None
    client.post("notice")
    assert "5 of 15 done" in client.get("").text


@pytest.mark.parametrize(
    "path", ["", "exercises", "exercises/bridge", "choices", "notice", "history"]
)
def test_every_page_is_there(stage: Stage, path: str) -> None:
    """With a title, and what runs on it is a file of formcheck's own."""
    _, client = stage()
    client.post("notice")
    answer = client.get(path)
    assert answer.status_code == 200
    assert "<title>" in answer.text
    assert load_routine("back-care").title in client.get("").text


def test_everything_is_in_the_language_that_was_chosen(stage: Stage) -> None:
    """Pages, what the coach shows, and the voice that is asked for."""
    desk, client = stage(pace=0.004)
    client.post("choices", data={"language": "de", "voice": "on"})
    client.post("notice")
    for path, words in (("", "Heute"), ("exercises/bridge", "Brücke"), ("notice", "gelesen")):
        page = client.get(path).text
        assert '<html lang="de">' in page
        assert words in page
    client.post("begin", data={"exercise": "bridge"})
    with wire_of(client) as page:
        page.send_text(json.dumps({"speaks": ["de", "en"]}))
        said, scenes = [], []
        while (message := json.loads(page.receive_text())).get("screen") != "over":
            if message["kind"] == "say":
                said.append((message["language"], message["words"]))
                page.send_text(json.dumps({"said": message["number"]}))
            elif message["picture"]:
                page.receive_bytes()
                page.send_text(json.dumps({"drawn": message["number"]}))
                scenes.append(message)
    assert {language for language, _ in said} == {"de"}
    assert any("Wiederholung" in words for _, words in said)
    assert {scene["words"]["pause"] for scene in scenes} == {"Pause"}
    assert {scene["title"] for scene in scenes} == {"Brücke"}
    wait_for(lambda: not desk.is_busy)
    assert "5 Wiederholungen" in client.get("end").text
    client.post("choices", data={"language": "xx"})
    assert load_choices().language == "de"


def test_the_opening_is_in_the_language_that_was_chosen() -> None:
    """As all that follows it."""
    hub, bridge = Hub(), load_exercise("bridge")
    opened = Sitting(bridge.title, hub, SetSaver("0", None))
    with speaking("de"), about(bridge), opened.going_on():
        assert hub.newest.state["title"] == "Brücke"


def test_one_exercise_is_done_as_often_and_on_the_side_that_was_chosen(stage: Stage) -> None:
    """What means nothing is as usual."""
    desk, client = stage()
    for form, told in (
        ({"reps": "2", "side": "left"}, (2, "left")),
        ({"reps": "0", "side": "up"}, (load_exercise("side_lying_leg_raise").reps, None)),
    ):
        begun: list[Any] = []
        desk.begin = begun.append  # type: ignore[method-assign]
        client.post("begin", data={"exercise": "side_lying_leg_raise", **form})
        (step,) = begun[0].steps
        assert (step.reps, step.side) == told


def test_tones_are_played_by_the_page_where_nothing_is_said(stage: Stage) -> None:
    """Each kind of utterance has its own; there is nothing to wait for."""
    _, client = stage(pace=0.004)
    client.post("choices", data={"tones": "on"})
    client.post("begin", data={"exercise": "bridge"})
    notes = []
    with wire_of(client) as page:
        page.send_text(json.dumps({"speaks": []}))
        while (message := json.loads(page.receive_text())).get("screen") != "over":
            if message["kind"] == "tone":
                notes.append(len(message["notes"]))
            elif message["picture"]:
                page.receive_bytes()
                page.send_text(json.dumps({"drawn": message["number"]}))
    assert len(notes) > 1
    assert set(notes) <= {len(each) for each in NOTES.values()}


def test_a_page_that_may_not_speak_gives_way(stage: Stage) -> None:
    """To the computer's own voice; where there is none it asks for the click that it needs."""
    desk, client = stage()
    refused: list[str] = []

    def say(manner: PageManner) -> None:
        try:
            desk.voice.say(Utterance(0.0, "One", "count"), manner, threading.Event())
        except CannotSpeak as why:
            refused.append(str(why))

    with wire_of(client) as page:
        page.send_text(json.dumps({"speaks": ["en"]}))
        wait_for(lambda: any(viewer.speaks for viewer in desk.hub._viewers))
        for manner in (ENGLISH, replace(ENGLISH, asks=True)):
            saying = threading.Thread(target=say, args=[manner])
            saying.start()
            while (message := json.loads(page.receive_text()))["kind"] != "say":
                pass
            page.send_text(json.dumps({"said": message["number"], "refused": True}))
            saying.join(LONGEST)
    assert refused == ["the browser won't speak until you click on the page"]
