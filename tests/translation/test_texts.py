"""Translations of exercises, held against them."""

import tomllib
from pathlib import Path

import pytest
from helpers.commands import run
from helpers.places import EXERCISES, ROOT

from formcheck.definition.loading import find_exercise, load_exercise, translated_file
from formcheck.exercise import Exercise
from formcheck.translation.texts import Translation, compare

COMPLETE = sorted(path.stem for path in EXERCISES.glob("*.toml"))
"""The exercises that every language that comes with formcheck speaks."""
LANGUAGES = ("de", "es")
FILES = sorted(path for code in LANGUAGES for path in (EXERCISES / code).glob("*.toml"))


@pytest.fixture(scope="module")
def bridge() -> Exercise:
    """An exercise with every kind of text."""
    return load_exercise("bridge")


def _compared(exercise: Exercise, text: str) -> Translation:
    return compare(exercise, tomllib.loads(f"schema = 1\n{text}"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_what_comes_with_formcheck_is_whole(path: Path) -> None:
    """Nothing is missing, nothing is wrong."""
    exercise = load_exercise(EXERCISES / path.name)
    compared = compare(exercise, tomllib.loads(path.read_text("utf-8")))
    assert (compared.problems, compared.missing) == ((), ())
    assert compared.called


def test_every_language_has_every_exercise() -> None:
    """So that nobody is coached in half a language."""
    assert {(path.parent.name, path.stem) for path in FILES} == {
        (code, name) for code in LANGUAGES for name in COMPLETE
    }


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_value_that_is_told_has_words(path: Path) -> None:
    """A measure without words of its own would be told in English."""
    exercise = load_exercise(EXERCISES / path.name)
    told = {f.first.name for f in exercise.faults if f.first.subject != "duration"}
    assert [name for name in sorted(told) if not exercise.measure(name).says] == []


def test_texts_are_found_by_their_english(bridge: Exercise) -> None:
    """Of the title, a list, a table, a start, a hallmark, a measure and a fault."""
    german = bridge.translations["de"]
    assert german["Glute bridge"] == "Brücke"
    assert german["pain"] == "Schmerzen"
    assert german["Bend your knees and put your feet flat."].startswith("Beug die Knie")
    assert german["heels lifted {value}"] == "Fersen {value} abgehoben"
    assert german["Hold too short"] == "Zu kurz gehalten"


@pytest.mark.parametrize("name", ["Brücke", "beckenheben", "Puente de glúteos", "hip bridge"])
def test_an_exercise_is_found_by_its_name_in_any_language(name: str) -> None:
    """Whatever language is spoken."""
    assert find_exercise(name).stem == "bridge"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('titel = "Brücke"', ("titel", "the exercise has no such text")),
        ("title = 3", ("title", "must be text in quotes")),
        ('title = "  "', ("title", "must be text in quotes")),
        ('title = "Brücke\\u001b"', ("title", "must not hold line ends or control characters")),
        (f'title = "{"B" * 61}"', ("title", "has 61 letters, and may have 60")),
        (
            'camera.place = "Neben der Matte, 30 bis 90 cm hoch, 2 bis 3 m entfernt."',
            ("camera > place", "has the numbers 2, 3, 30, 90, the English has 2, 3, 30, 60"),
        ),
        (
            'measures.heel_rise = "Fersen abgehoben"',
            ("measures > heel_rise", "has the places none, the English has {value}"),
        ),
        (
            '[[hallmark]]\ntrough = "hip_rise"\notherwise = "zu tief"',
            ("hallmark trough hip_rise > otherwise", "the exercise has no such text"),
        ),
        (
            '[fault.hips_too_lo]\ncue = "Höher."',
            ("fault hips_too_lo > cue", "the exercise has no such text"),
        ),
        ('also_called = "Brücke"', ("also_called", "must be a list of names")),
        ("start = [3]", ("start", "the exercise has no such text")),
    ],
)
def test_what_does_not_fit_the_exercise_is_told(
    bridge: Exercise, text: str, problem: tuple[str, str]
) -> None:
    """With its place; the text is not used."""
    compared = _compared(bridge, text)
    assert compared.problems == (problem,)
    assert dict(compared.texts) == {}


def test_a_file_of_another_schema_is_told(bridge: Exercise) -> None:
    """It may mean something else."""
    assert compare(bridge, {"title": "Brücke"}).problems == (("schema", "must be 1"),)


def test_what_is_missing_stays_english_and_is_told(bridge: Exercise) -> None:
    """A translation may grow."""
    compared = _compared(bridge, 'title = "Brücke"')
    assert (dict(compared.texts), compared.problems) == ({"Glute bridge": "Brücke"}, ())
    assert "summary" in compared.missing
    assert "title" not in compared.missing


def test_one_text_is_said_in_one_way() -> None:
    """The same English stands at two places of a crunch."""
    crunch = load_exercise("crunch")
    cues = zip(crunch.start[:2], ("Leg dich hin.", "Hinlegen."), strict=True)
    starts = [f'[[start]]\nmeasure = "{each.when.name}"\ncue = "{cue}"' for each, cue in cues]
    compared = _compared(crunch, "\n".join(starts))
    ((place, why),) = compared.problems
    assert (place, why[:5]) == ("start hip_height > cue", "says ")


def test_lint_tells_translations_from_exercises(tmp_path: Path) -> None:
    """What is wrong is an error; what is missing only a note."""
    (tmp_path / "de").mkdir()
    (tmp_path / "bridge.toml").write_bytes((EXERCISES / "bridge.toml").read_bytes())
    file = tmp_path / "de" / "bridge.toml"
    file.write_text('schema = 1\ntitle = "Brücke"\n', encoding="utf-8")
    assert translated_file(file) == tmp_path / "bridge.toml"
    done = run("lint", file)
    assert (done.returncode, done.stdout) == (0, "1 translation file is good.\n")
    assert "still has English text in: summary, not_seen 1" in done.stderr
    file.write_text('schema = 1\nname = "brücke"\n', encoding="utf-8")
    done = run("lint", file)
    assert done.returncode == 2
    assert "name: the exercise has no such text" in done.stderr


def test_an_exercise_works_without_what_is_wrong_in_its_translation(tmp_path: Path) -> None:
    """Somebody may be writing it just now."""
    (tmp_path / "de").mkdir()
    (tmp_path / "bridge.toml").write_bytes((EXERCISES / "bridge.toml").read_bytes())
    file = tmp_path / "de" / "bridge.toml"
    file.write_text('schema = 1\ntitle = "Brücke"\nsummary = 3\n', encoding="utf-8")
    assert load_exercise(tmp_path / "bridge.toml").translations == {
        "de": {"Glute bridge": "Brücke"}
    }
    file.write_text("title = ", encoding="utf-8")
    assert load_exercise(tmp_path / "bridge.toml").translations == {}


def test_the_example_in_the_documents_fits_its_exercise(bridge: Exercise) -> None:
    """Whoever copies it begins well; and it says what the file says."""
    page = (ROOT / "docs" / "languages.md").read_text("utf-8")
    example = page.partition("```toml\n")[2].partition("```")[0]
    compared = compare(bridge, tomllib.loads(example))
    assert compared.problems == ()
    assert len(compared.texts) == 6
    assert compared.texts.items() <= bridge.translations["de"].items()
