"""Texts in the language of whoever reads or hears them."""

import copy
import json
import pickle
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest

from formcheck.language.sentences import Sentence, listed, of_number, packed, unpacked
from formcheck.language.tongue import about, language, number, speaking, tr, trn, untranslated


@dataclass
class Lift:
    """What has texts of its own."""

    title: str = "Lift"
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


GERMAN = Lift(translations={"de": {"Lift": "Heben", "Lower it.": "Senk es."}})


def test_english_is_spoken_unless_another_language_is_asked_for() -> None:
    """And again when it is over, even if it went wrong."""
    with speaking("de"):
        assert (language(), tr("Go on.")) == ("de", "Weiter.")
    with pytest.raises(KeyError), speaking("de"):
        raise KeyError
    assert (language(), tr("Go on.")) == ("en", "Go on.")


def test_a_thread_begins_in_english() -> None:
    """Two sessions cannot change each other's language."""
    heard = []
    with speaking("es"):
        thread = threading.Thread(target=lambda: heard.append(tr("Go on.")))
        thread.start()
        thread.join()
        assert tr("Go on.") == "Sigue."
    assert heard == ["Go on."]


def test_numbers_have_the_mark_of_the_language() -> None:
    """Those within a text, and those alone; names that hold points stay as they are."""
    held = Sentence(
        "only {got}, needs {wanted}", got=Sentence("{value:.1f} s", value=1.25), wanted="2.x"
    )
    assert held == "only 1.2 s, needs 2.x"
    with speaking("de"):
        assert tr(held) == "nur 1,2 s, nötig sind 2.x"
        assert number(2.5, ".1f") == "2,5"
        assert (
            tr("{low} to {high}{unit}", low=number(0.5, "g"), high="3", unit=" s") == "0,5 bis 3 s"
        )


def test_one_and_several_are_told_apart() -> None:
    """In English as in every language."""
    assert [of_number("{number} rep", "{number} reps", n) for n in (1, 2)] == ["1 rep", "2 reps"]
    with speaking("es"):
        assert trn("{number} rep", "{number} reps", 1) == "1 repetición"
        assert tr(of_number("{number} rep", "{number} reps", 5)) == "5 repeticiones"


def test_the_first_letter_follows_the_language() -> None:
    """A cue goes on an English sentence, and begins one in German."""
    done = Sentence(
        "Done. {reps}{clean}. Next time: {cue!l}", reps="2", clean="", cue=Sentence("Hold.")
    )
    assert done == "Done. 2. Next time: hold."
    with speaking("de"):
        assert tr(done) == "Fertig. 2. Nächstes Mal: Halten."


def test_things_are_listed_as_one_says_them() -> None:
    """In any number."""
    parts = [Sentence(name) for name in ("hips", "knees", "feet")]
    assert [listed(parts[:n]) for n in (1, 2, 3)] == [
        "hips",
        "hips and knees",
        "hips, knees and feet",
    ]
    with speaking("de"):
        assert tr(listed(parts)) == "Hüfte, Knie und Füße"


@pytest.mark.parametrize("again", [copy.deepcopy, lambda each: pickle.loads(pickle.dumps(each))])
def test_a_sentence_is_still_one_in_another_process(again) -> None:  # type: ignore[no-untyped-def]
    """Reports are made where the clips were judged, or elsewhere."""
    told = again(Sentence("Left {left}, right {right}. Now do the left side.", left=1, right=4))
    assert (type(told), told) == (Sentence, "Left 1, right 4. Now do the left side.")
    with speaking("de"):
        assert tr(told) == "Links 1, rechts 4. Jetzt die linke Seite."


def test_a_sentence_that_was_kept_in_a_file_is_still_one() -> None:
    """As what is amiss in a video whose landmarks were kept."""
    damaged = Sentence(
        "is damaged; formcheck skipped the frames it couldn't read{at}",
        at=Sentence(" at {times}", times=Sentence("{value:.1f} s", value=1.5)),
    )
    again = unpacked(json.loads(json.dumps(packed(damaged))))
    assert again == damaged
    with speaking("de"):
        assert tr(again).startswith("ist beschädigt bei 1,5 s; ")
        assert tr(unpacked(json.loads(json.dumps(packed("Go on."))))) == "Weiter."


def test_files_for_programs_hold_the_english() -> None:
    """Whatever language is spoken meanwhile."""
    with speaking("de"):
        assert (
            json.dumps({"reason": Sentence("lost from sight")}) == '{"reason": "lost from sight"}'
        )


def test_an_exercise_is_told_in_its_own_words() -> None:
    """Beside those of the program."""
    with speaking("de"), about(GERMAN):
        assert (tr("Lower it."), tr("Go on.")) == ("Senk es.", "Weiter.")
    with about(GERMAN):
        assert tr("Lower it.") == "Lower it."


def test_nothing_is_told_by_halves() -> None:
    """Where one exercise has no words in the language, all is English, and that is said."""
    with speaking("de"):
        with about(GERMAN, Lift()):
            assert (language(), tr("Lower it."), tr("Go on.")) == ("en", "Lower it.", "Go on.")
        assert untranslated(GERMAN, None) == []
        assert untranslated(GERMAN, Lift()) == [
            "Lift is not translated into your language yet, so this is in English."
        ]
        assert untranslated(Lift(), Lift()) == [
            "2 exercises are not translated into your language yet, so this is in English."
        ]
    assert untranslated(Lift()) == []
