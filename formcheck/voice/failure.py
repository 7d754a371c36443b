"""Why nothing is heard, in words for the user."""

from formcheck.language.catalogues import language_name
from formcheck.language.sentences import Sentence

PYTTSX3_PACKAGE = "pyttsx3 (pip install 'formcheck[voice]')"


class CannotSpeak(Exception):
    """Why a way to be heard does not work on this computer, in words for the user."""

    def __init__(self, why: str) -> None:
        """Take the words, in English, to be said in any language."""
        self.sentence = Sentence.of(why)
        super().__init__(why)


def no_voice(program: str, language: str) -> Sentence:
    """What to say of a program that can't speak a language."""
    name = language_name(language)
    return Sentence("{program} has no voice for {language}", program=program, language=name)
