"""The voice of a language: no English one reads German."""

import subprocess
from collections.abc import Callable

import pytest

from formcheck.voice import speakers, voices
from formcheck.voice.failure import CannotSpeak
from formcheck.voice.speakers import Program

ANSWERS = {
    "say": "Alex                en_US    # Most people recognize me by my voice.\n"
    "Anna                de_DE    # Hallo! Ich heiße Anna.\n"
    "Eddy (German (Germany)) de_DE    # Hallo! Ich heiße Eddy.\n"
    "Mónica              es_ES    # ¡Hola! Me llamo Mónica.\n",
    "espeak-ng": "Pty Language Age/Gender VoiceName File Other Languages\n"
    " 5  de              --/M      German             gmw/de               \n"
    " 5  en-gb           --/M      English_(Great_Britain) gmw/en      (en 2)\n"
    " 5  es-419          --/M      Spanish_(Latin_America) roa/es-419  (es 6)\n",
    "pyttsx3": "de-DE\tHKEY_LOCAL_MACHINE\\Voices\\TTS_MS_DE-DE_HEDDA_11.0\nen-US\tZIRA\n",
}

Answering = Callable[[dict[str, str]], None]


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> Answering:
    """Let only some programs be there, with what they answer."""

    def set_answers(answers: dict[str, str]) -> None:
        def run(command: tuple[str, ...], **_: object) -> subprocess.CompletedProcess[bytes]:
            name = next(name for name, asked in voices.LISTS.items() if asked == command)
            return subprocess.CompletedProcess(command, 0, answers.get(name, "").encode(), b"")

        monkeypatch.setattr(voices.shutil, "which", lambda name: name if name in answers else None)
        monkeypatch.setattr(voices.subprocess, "run", run)
        voices.voices.cache_clear()

    return set_answers


@pytest.fixture(autouse=True)
def _forgets() -> object:
    """What was found out about a made-up computer."""
    yield
    voices.voices.cache_clear()


@pytest.mark.parametrize(
    ("program", "language", "voice"),
    [
        ("say", "de", "Anna"),
        ("say", "es", "Mónica"),
        ("espeak-ng", "de", "de"),
        ("espeak-ng", "es", "es-419"),
        ("pyttsx3", "de", "HKEY_LOCAL_MACHINE\\Voices\\TTS_MS_DE-DE_HEDDA_11.0"),
        ("pyttsx3", "es", None),
    ],
)
def test_each_program_tells_its_voices(
    program: str, language: str, voice: str | None, answering: Answering
) -> None:
    """The first of a language is taken."""
    answering(ANSWERS)
    assert voices.voices(program).get(language) == voice


def test_a_program_speaks_with_the_voice_of_the_language(answering: Answering) -> None:
    """Or says that it cannot."""
    answering(ANSWERS)
    made = speakers._in_language(Program("say", ("say",)), "de")
    assert made.command == ("say", "-v", "Anna")
    made = speakers._in_language(Program("pyttsx3", ("python", "-c", "...")), "de")
    assert made.command[-1].endswith("HEDDA_11.0")
    assert speakers._in_language(Program("say", ("say",)), "en").command == ("say",)
    with pytest.raises(CannotSpeak, match="pyttsx3 has no voice for Spanish"):
        speakers._in_language(Program("pyttsx3", ("python",)), "es")
