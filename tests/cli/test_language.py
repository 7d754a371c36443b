"""The language of what a person reads, as a user meets it."""

import json
import re
from pathlib import Path

import pytest
from helpers.commands import BRIDGE, refused, run
from helpers.places import EXERCISES, SAMPLES

SQUAT = SAMPLES / "squat_8.npz"


def test_a_check_is_told_in_german() -> None:
    """All of it: the table, the advice, the numbers."""
    done = run("check", BRIDGE, "-e", "bridge", "--language", "de")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Brücke: ")
    assert "5 Wiederholungen, " in done.stdout
    assert "(Ziel 15)" in done.stdout
    assert '"Bleib oben und zähl ganz bis drei."' in done.stdout
    assert re.search(r"mindestens 2,7\s+s", done.stdout)
    assert not re.search(r"\b(hold|reps?|clean|aim|goal|the|of)\b", done.stdout)


def test_files_for_programs_stay_english(tmp_path: Path) -> None:
    """They are the same whatever is spoken."""
    results = []
    for code in ("en", "es"):
        file = tmp_path / f"{code}.json"
        assert run("check", BRIDGE, "--json", file, "--language", code).returncode == 0
        results.append(json.loads(file.read_text("utf-8")))
    assert results[0] == results[1]


def test_a_report_is_written_in_spanish(tmp_path: Path) -> None:
    """Its language is stated for whoever reads it aloud."""
    page = tmp_path / "informe.html"
    assert run("check", BRIDGE, "--language", "es", "--report", page).returncode == 0
    text = page.read_text("utf-8")
    assert '<html lang="es">' in text
    assert "Por tu seguridad" in text
    assert "Puente de glúteos" in text
    words = re.sub(r"<style>.*?</style>|<[^>]*>", " ", text, flags=re.DOTALL)
    assert not re.search(r"\b(reps?|clean|aim|goal|the|of|was)\b", words)


def own_squat(folder: Path) -> Path:
    """An exercise that nobody has translated."""
    file = folder / "my_squat.toml"
    text = (EXERCISES / "squat.toml").read_text("utf-8")
    file.write_text(text.replace('"squat"', '"my_squat"', 1), "utf-8")
    return file


def test_an_exercise_that_is_not_translated_is_told_in_english_as_a_whole(tmp_path: Path) -> None:
    """And that is said, once for each source."""
    done = run("check", SQUAT, "-e", own_squat(tmp_path), "--language", "de")
    assert "8 reps" in done.stdout
    assert "Wiederholung" not in done.stdout
    (line,) = done.stderr.splitlines()
    assert line == "Hinweis: Squat ist noch nicht übersetzt, darum ist das Folgende auf Englisch."


def test_an_exercise_is_explained_in_spanish() -> None:
    """`show` too; the rules behind it are for those who write exercises, in English."""
    told = run("show", "bridge", "--language", "es").stdout
    assert told.startswith("Puente de glúteos\n")
    assert not re.search(r"\b(the|your|and|camera|hold)\b", told)
    for option in ("--rules", "--markdown"):
        alike = [run("show", "bridge", option, "--language", code).stdout for code in ("en", "es")]
        assert alike[0] == alike[1]


@pytest.mark.parametrize(
    "environment", [{"FORMCHECK_LANGUAGE": "de"}, {"FORMCHECK_LANGUAGE": "", "LANG": "de_DE.UTF-8"}]
)
def test_the_language_may_be_set_once(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """For formcheck, or for the whole system."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    assert run("show", "bridge", **environment).stdout.startswith("Brücke\n")


def test_a_language_that_is_not_spoken_is_refused() -> None:
    """With those that are."""
    line = refused(2, "show", "bridge", "--language", "xx")
    assert "does not speak 'xx' yet; it speaks en, de, es." in line


@pytest.mark.parametrize(
    ("arguments", "code", "german"),
    [
        (["check", "none.mp4"], 2, "none.mp4 gibt es nicht. Prüf den Namen und den Ordner."),
        (["check", "README.md"], 2, "README.md ist kein Video, das formcheck lesen kann, "),
        (["check", BRIDGE, "-e", "bridg"], 2, "Es gibt keine Übung 'bridg'. Meinst du 'bridge'?"),
        (["live", "--camera", "12345"], 3, "Es gibt keine Kamera 12345."),
        (["history", "--delete", "7"], 2, "Es gibt keine Einheit 7."),
    ],
)
def test_what_goes_wrong_on_an_ordinary_day_is_told_in_german(
    arguments: list[object], code: int, german: str
) -> None:
    """Though the verb is over by then."""
    line = refused(code, *arguments, FORMCHECK_LANGUAGE="de")
    assert line.startswith(f"formcheck: {german}")


def test_what_is_told_of_a_verb_in_english_is_english(tmp_path: Path) -> None:
    """And the language of one verb is not that of the next."""
    refused(2, "check", "none.mp4", "--language", "es")
    assert "doesn't exist" in refused(2, "record", "none.mp4", "-o", tmp_path / "it.npz")


def test_results_for_programs_hold_errors_in_english(tmp_path: Path) -> None:
    """The line for a person beside them is in their language."""
    clips = tmp_path / "clips"
    clips.mkdir()
    (clips / "broken.mp4").write_bytes(b"no video")
    done = run("check", clips, "--out", tmp_path / "out", "--language", "es")
    assert "no es un vídeo que formcheck pueda leer" in done.stdout
    (table,) = (tmp_path / "out").glob("clips.*")
    assert b"is not a video formcheck can read" in table.read_bytes()
    assert b"no es un v" not in table.read_bytes()
    assert "no es un vídeo" in (tmp_path / "out" / "index.html").read_text("utf-8")


@pytest.mark.parametrize("code", ["en", "de", "es"])
def test_the_history_folds_no_word(code: str, tmp_path: Path) -> None:
    """On a terminal of 80 columns, though the titles are longer than their column."""
    history = {"FORMCHECK_HISTORY": str(tmp_path / "history.sqlite3"), "COLUMNS": "80"}
    for name, clip in (("crunch", "situp_10"), ("side_lying_leg_raise", "side_lying_leg_raise_3")):
        done = run("check", SAMPLES / f"{clip}.npz", "-e", name, "--save", **history)
        assert done.returncode == 0
    lines = run("history", "--language", code, **history).stdout.splitlines()
    words = {word for line in lines for word in line.split()}
    for name in ("crunch", "side_lying_leg_raise"):
        told = run("show", name, "--language", code).stdout.splitlines()[0]
        assert set(told.split()) <= words, told
