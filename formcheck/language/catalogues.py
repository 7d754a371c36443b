"""The languages there are: a catalogue each, compiled from the `.po` file beside it.

English is the source and needs none. The compiled catalogues are kept with their sources, so that
neither an installation from the checkout nor a wheel has anything to make; `docs/make_languages.py`
makes them, and a test fails where they are not of today.
"""

from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files

from formcheck.language.sentences import Sentence

ENGLISH = "en"
NAMES = {"en": Sentence("English"), "de": Sentence("German"), "es": Sentence("Spanish")}
"""What a language is called, by its code of ISO 639; others go by their code."""
OWN_NAMES = {"en": "English", "de": "Deutsch", "es": "Español"}
"""What each language calls itself."""
POINT = (ENGLISH, "ja", "ko", "zh", "he", "th")
"""Languages that write a point in 2.5; most others write a comma."""
ENDING = ".mo"


@cache
def languages() -> tuple[str, ...]:
    """The codes of all languages, English first."""
    entries = files(__package__).joinpath("catalogues").iterdir()
    found = sorted(e.name.removesuffix(ENDING) for e in entries if e.name.endswith(ENDING))
    return (ENGLISH, *found)


def language_name(code: str) -> str:
    """What a language is called: in English, to be said in any language."""
    return NAMES.get(code, code)


@cache
def catalogue(code: str) -> NullTranslations:
    """The texts of the program in a language; of English, which is said as it is written, none."""
    if code == ENGLISH:
        return NullTranslations()
    source = files(__package__).joinpath("catalogues").joinpath(f"{code}{ENDING}")
    with source.open("rb") as file:
        return GNUTranslations(file)


def decimal_mark(code: str) -> str:
    """What stands between ones and tenths."""
    return "." if code in POINT else ","
