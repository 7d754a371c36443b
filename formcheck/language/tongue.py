"""Says texts in the language of who reads or hears them.

The language belongs to the context (`contextvars`) in which something is told. It is set by the
verb of the command line that tells, for as long as it does, and is English everywhere else. So no
call carries a language along, and yet there is nothing that two sessions, or two tests, could
change under each other: each thread begins in English. Whoever starts a thread that is to speak
another language copies the context; the voice needs none, as it is given words.

An exercise brings texts of its own, in some languages. What is told of one that has none in the
language is told in English as a whole: never half of it.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Protocol

from formcheck.language.catalogues import ENGLISH, catalogue, decimal_mark
from formcheck.language.sentences import Numbers, Sentence, of_number

Texts = Mapping[str, str]
"""Texts of exercises in a language, by their English."""


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language, and what exercises say in it."""

    code: str = ENGLISH
    texts: Texts = field(default_factory=dict)


class Translated(Protocol):
    """What has texts of its own: an exercise."""

    @property
    def title(self) -> str:
        """What it is called in English."""

    @property
    def translations(self) -> Mapping[str, Texts]:
        """Its texts by language."""


PLAIN = Tongue()
_TONGUE = ContextVar("tongue", default=PLAIN)


def language() -> str:
    """The code of the language in which things are told here and now."""
    return _TONGUE.get().code


def speak(code: str) -> None:
    """Tell things in a language from now on, until whoever began the context ends it."""
    _TONGUE.set(Tongue(code))


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Tell things in a language."""
    before = _TONGUE.set(Tongue(code))
    try:
        yield
    finally:
        _TONGUE.reset(before)


@contextmanager
def about(*exercises: Translated | None) -> Iterator[None]:
    """Tell things of exercises: in the language if they all have texts in it, else in English."""
    told = tongue_for(*exercises)
    before = _TONGUE.set(told)
    try:
        yield
    finally:
        _TONGUE.reset(before)


def tongue_for(*exercises: Translated | None) -> Tongue:
    """The language of here and now with the exercises' texts; English where one has none in it."""
    code = language()
    texts: dict[str, str] = {}
    for exercise in exercises:
        if exercise is not None and code != ENGLISH:
            if code not in exercise.translations:
                return PLAIN
            texts |= exercise.translations[code]
    return Tongue(code, texts)


def untranslated(*exercises: Translated | None) -> list[str]:
    """What to tell where exercises have no texts in the language of here and now."""
    code = language()
    spoken = [(each.title, (ENGLISH, *each.translations)) for each in exercises if each]
    titles = [title for title, codes in spoken if code not in codes]
    if not titles:
        return []
    if len(titles) == 1:
        return [
            Sentence(
                "{exercise} is not translated into your language yet, so this is in English.",
                exercise=titles[0],
            )
        ]
    return [
        Sentence(
            "{number} exercises are not translated into your language yet, so this is in English.",
            number=len(titles),
        )
    ]


def tr(text: str, **parts: Any) -> str:
    """A text in the language of here and now.

    Args:
        text: in English, as in the catalogue or in an exercise; a `Sentence` brings its parts.
        parts: what fills its places, if any: numbers, and texts, which stay as they are.
    """
    if isinstance(text, Sentence):
        return _sentence(text)
    tongue = _TONGUE.get()
    return _filled(tongue, _said(tongue, text), parts) if parts else _said(tongue, text)


def trn(one: str, several: str, number: int, **parts: Any) -> str:
    """A text of one or several, in the language of here and now; `{number}` is how many."""
    return _sentence(of_number(one, several, number, **parts))


def number(value: float, digits: str) -> str:
    """A number as it is written in the language of here and now.

    Args:
        value: the number.
        digits: how it is rounded, as `format` has it: `.1f`.
    """
    return Numbers(decimal_mark(language())).format_field(float(value), digits)


def _sentence(sentence: Sentence) -> str:
    tongue = _TONGUE.get()
    if not sentence.plural:
        said = _said(tongue, sentence.pattern)
        return _filled(tongue, said, sentence.parts) if sentence.parts else said
    said = catalogue(tongue.code).ngettext(sentence.pattern, sentence.plural, sentence.number)
    return _filled(tongue, said, {"number": sentence.number, **sentence.parts})


def _said(tongue: Tongue, text: str) -> str:
    return tongue.texts.get(text) or (catalogue(tongue.code).gettext(text) if text else text)


def _filled(tongue: Tongue, pattern: str, parts: Mapping[str, Any]) -> str:
    told = {key: tr(part) if isinstance(part, Sentence) else part for key, part in parts.items()}
    return Numbers(decimal_mark(tongue.code)).vformat(pattern, (), told)
