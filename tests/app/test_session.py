"""A session on the page, without a browser: what is shown, commanded and kept."""

import json
import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from helpers.pages import Stage, hear_word, next_scene, wait_for, wire_of

from formcheck.app.desk import ENDS_WITHIN
from formcheck.app.past import Past, read_past
from formcheck.app.serving import _begun
from formcheck.coaching.speech import Say, Utterance
from formcheck.definition.loading import load_exercise
from formcheck.definition.routine import Routine
from formcheck.errors import CameraError
from formcheck.history.file import history_path
from formcheck.history.reports import kept_reports
from formcheck.history.store import History
from formcheck.stage.page_speaker import PageManner
from formcheck.stage.sitting import Order
from formcheck.voice.failure import CannotSpeak
from formcheck.voice.speakers import LONGEST
from formcheck.voice.tones import NOTES

ENGLISH = PageManner("en", lambda: 1.0, asks=False)


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
