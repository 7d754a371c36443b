"""A text in English that remembers its pattern and what fills it, so that it can be said again.

What is judged is told in English: results go to files, which are the same whatever the language of
who reads the screen. A `Sentence` is that English text, a string like any other, until something
that a person reads or hears passes it to `tongue.tr`, which says it in their language.
"""

from collections.abc import Sequence
from functools import reduce
from string import Formatter
from typing import Any, Self


class Numbers(Formatter):
    """Fills a pattern as `str.format` does, with the decimal mark of a language.

    `{cue!l}` begins with a small letter, and `{cue!u}` with a capital.
    """

    def __init__(self, mark: str = ".") -> None:
        """Take the mark: a point, or a comma."""
        self._mark = mark

    def format_field(self, value: Any, format_spec: str) -> str:
        """One value as it is written."""
        written = format(value, format_spec)
        return written.replace(".", self._mark) if isinstance(value, float) else written

    def convert_field(self, value: Any, conversion: str | None) -> Any:
        """One text with its first letter as it is asked for."""
        if conversion == "l":
            return f"{value[:1].lower()}{value[1:]}"
        return f"{value[:1].upper()}{value[1:]}" if conversion == "u" else value


ENGLISH_NUMBERS = Numbers()


class Sentence(str):
    """An English text made of a pattern: `Sentence("held {seconds:.1f} s", seconds=2.5)`.

    A text without parts is one, too. It need not be a whole sentence: it may be a part of another.
    """

    pattern: str
    plural: str
    number: int
    parts: dict[str, Any]

    def __new__(cls, pattern: str, plural: str = "", number: int = 1, /, **parts: Any) -> Self:
        """Make the English text.

        Args:
            pattern: the text, with a place in braces for each part.
            plural: the same of several, where there may be one or several.
            number: how many they are; it fills a place of its name.
            parts: numbers, texts and sentences to fill in.
        """
        chosen = plural if plural and number != 1 else pattern
        filled = {"number": number, **parts} if plural else parts
        text = ENGLISH_NUMBERS.vformat(chosen, (), filled) if filled else chosen
        self = super().__new__(cls, text)
        self.pattern, self.plural, self.number, self.parts = pattern, plural, number, parts
        return self

    @classmethod
    def of(cls, text: str) -> Self:
        """A text that may be a sentence already."""
        return text if isinstance(text, cls) else cls(text)

    def __getnewargs_ex__(self) -> tuple[tuple[str, str, int], dict[str, Any]]:
        """Give what it is made of, for copies and other processes."""
        return (self.pattern, self.plural, self.number), self.parts


def packed(text: str) -> Any:
    """A text as plain data, such as JSON takes; `unpacked` makes it again."""
    if not isinstance(text, Sentence) or not (text.parts or text.plural):
        return text
    parts = {
        key: packed(part) if isinstance(part, str) else part for key, part in text.parts.items()
    }
    return {"pattern": [text.pattern, text.plural, text.number], "parts": parts}


def unpacked(data: Any) -> Sentence:
    """The text that was packed; KeyError or TypeError if it is none."""
    if isinstance(data, str):
        return Sentence.of(data)
    parts = {
        key: unpacked(part) if isinstance(part, dict | str) else part
        for key, part in data["parts"].items()
    }
    return Sentence(*data["pattern"], **parts)


def of_number(one: str, several: str, number: int, **parts: Any) -> Sentence:
    """The text of one, or of several; `{number}` is how many."""
    return Sentence(one, several, number, **parts)


def listed(words: Sequence[str]) -> Sentence:
    """Texts one after the other: `hips, knees and feet`."""
    *some, last = map(Sentence.of, words)
    if not some:
        return last
    return Sentence("{some} and {last}", some=in_a_row(some), last=last)


def in_a_row(words: Sequence[str]) -> Sentence:
    """Texts one after the other, of which there may be more: `hips, knees, feet`."""
    return reduce(_then, map(Sentence.of, words))


def listed_each(words: Sequence[str]) -> Sentence:
    """Things one after the other, where English has an article: `hip and the knee`."""
    return reduce(_and_the, map(Sentence.of, words))


def either(words: Sequence[str]) -> Sentence:
    """Things of which one may be: `squat or lunge`."""
    return reduce(_or, map(Sentence.of, words))


def _or(some: Sentence, last: Sentence) -> Sentence:
    return Sentence("{some} or {last}", some=some, last=last)


def _then(some: Sentence, following: Sentence) -> Sentence:
    return Sentence("{some}, {following}", some=some, following=following)


def _and_the(some: Sentence, last: Sentence) -> Sentence:
    return Sentence("{some} and the {last}", some=some, last=last)
