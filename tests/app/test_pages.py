"""What the pages beside the session say, and what they keep."""

import json
from dataclasses import replace

import pytest
from helpers.commands import run
from helpers.pages import Stage, wait_for, wire_of
from helpers.places import SAMPLES

from formcheck.app.asked import number_asked
from formcheck.app.past import read_past
from formcheck.app.settings import Choices, chosen, load_choices
from formcheck.app.today import due_today, rest_of_today
from formcheck.definition.loading import load_exercise
from formcheck.definition.routine import Routine, RoutineStep, load_routine
from formcheck.history.saving import SetSaver
from formcheck.language.tongue import about, speaking
from formcheck.stage.hub import Hub
from formcheck.stage.sitting import Sitting


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


def test_the_first_time_the_notice_comes_first(stage: Stage) -> None:
    """And only then."""
    _, client = stage()
    assert "Before you begin" in client.get("").text
    assert "Can you see and hear?" in client.post("notice").text
    assert "Before you begin" not in client.get("").text
