"""The coach in other languages: what it says and shows, from the set-up to the end."""

import re
from dataclasses import replace

import pytest
from helpers.coached import Mouth, played

from formcheck.coaching.routine_coach import LiveCoach
from formcheck.definition.loading import load_exercise
from formcheck.definition.routine import Routine, RoutineStep
from formcheck.figure.movements import MOVEMENTS, bridge, crunch, side_lying_leg_raise
from formcheck.figure.script import concatenate, pause
from formcheck.language.catalogues import ENGLISH, languages
from formcheck.language.tongue import about, speaking
from formcheck.picture.panels import phase_words

TRANSLATED = [code for code in languages() if code != ENGLISH]
WORDS = re.compile(r"\b(the|your|and|of|rep|reps|hold|good|done|next|side|now|it)\b", re.IGNORECASE)
"""Some of which is in every English sentence of the coach, and none in German or Spanish."""


def _session(code: str) -> tuple[list[str], list[str]]:
    """What is said and shown of a routine with faults, in a language."""
    steps = (
        RoutineStep(load_exercise("bridge"), 2, None, rest=5.0),
        RoutineStep(load_exercise("side_lying_leg_raise"), 1, "left", rest=5.0),
        RoutineStep(load_exercise("crunch"), 2, None, rest=0.0),
    )
    script = concatenate(
        [
            bridge(2, faults={"over_arched": {2}}),
            pause(14.0),
            side_lying_leg_raise(1, side="left"),
            pause(14.0),
            crunch(2),
            pause(6.0),
        ]
    )
    mouth = Mouth()
    with speaking(code), about(*(step.exercise for step in steps)):
        coach = LiveCoach(Routine("r", "R", "", steps), mouth)
        scenes = played(coach, script.poses(fps=15))
    shown = list(dict.fromkeys(scene.message for scene in scenes if scene.message))
    return mouth.texts(), shown


def test_a_routine_is_coached_in_german() -> None:
    """From what is to be done to what it was worth, with the cues of each exercise."""
    said, shown = _session("de")
    assert said[0].startswith("Brücke. 2 Wiederholungen. Gut. Fang an")
    assert {"Nummer eins", "Nummer zwei", "Halten: eins", "zwei", "Langsam ablegen."} <= set(said)
    assert "Etwas tiefer, bis dein Körper gerade ist." in said
    assert "5 Sekunden Pause. Danach: Beinheben in Seitlage, linke Seite." in said
    assert any(
        text.startswith("Fertig. 2 Wiederholungen, 1 sauber. Nächstes Mal: ") for text in said
    )
    assert "Gehalten. Langsam ablegen." in shown


@pytest.mark.parametrize("code", TRANSLATED)
def test_no_english_is_said_or_shown(code: str) -> None:
    """And as much is said as in English, neither more nor less."""
    english, _ = _session(ENGLISH)
    said, shown = _session(code)
    assert len(said) == len(english)
    assert [text for text in (*said, *shown) if WORDS.search(text)] == []


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_way_that_is_no_raise_or_lower_is_told_in_the_language(code: str) -> None:
    """With a capital letter, as it begins a line."""
    bird_dog = load_exercise("bird_dog")
    with speaking(code), about(bird_dog):
        told = phase_words(bird_dog)
    assert {told["out"], told["back"]}.isdisjoint({"Out", "Back"})
    assert told["out"][0].isupper()


@pytest.mark.parametrize("code", TRANSLATED)
def test_the_picture_speaks_the_language_too(code: str) -> None:
    """The phases and the keys; `tests/language` sees that all else is in the catalogue."""
    exercise = load_exercise("bridge")
    with speaking(code), about(exercise):
        told = phase_words(exercise)
    assert set(told.values()).isdisjoint(phase_words(exercise).values())


def test_a_squat_is_coached_in_english_where_it_has_no_german() -> None:
    """All of it."""
    squat = replace(load_exercise("squat"), translations={})
    mouth = Mouth()
    with speaking("de"), about(squat):
        step = RoutineStep(squat, 2, None, 0.0)
        played(LiveCoach(Routine("r", "R", "", (step,)), mouth), MOVEMENTS["squat"](1).poses()[:3])
    assert mouth.texts() == ["Squat. 2 reps. Good. Start when you're ready."]
