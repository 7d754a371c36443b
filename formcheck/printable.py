r"""Makes text from outside safe to show: names, titles, cues and whatever else a file may say.

What a terminal, a spreadsheet or a page would obey instead of showing it is written as an escape,
such as `\x1b`. Every way out asks here, and nobody else escapes anything.
"""

import re
from unicodedata import category, normalize

HARMFUL = {"Cc", "Cf", "Cs", "Zl", "Zp"}
"""Unicode's categories of what is no letter: controls (terminals obey them), formats (some turn
the direction of writing, so that a name seems another), halves of letters, ends of lines."""
HARMLESS = {"\u00ad", "\u200c", "\u200d"}
"""Formats that words need: the soft hyphen, and what joins letters or keeps them apart."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""With these a spreadsheet takes the text of a cell for a formula, and runs it."""
ORDERS = re.compile(r"[<>\[\]{}\\]")
"""Tags for the voices of Windows, commands in brackets for those of macOS."""
LOGIN = re.compile(r"(?<=://)(?:[^/?#]*|[^/?#:@\[]+:(?!\d+[/?#]).*)@")
"""In an address: who asks, and the password, in which somebody may have left a slash. A number
after a colon is no password, but the port."""
SECRET = re.compile(
    r"(?i)(\b[\w.-]*(?:user|usr|login|pass|pwd|auth|token|key|secret|sign)[\w.-]*="
    r"|(?<=[?&;])[up]=)[^&;#]+"
)
"""The same further on in an address, as cameras have it: `?user=anna&pwd=secret`."""
SUSPECT = re.compile(r"[^ -~]")
"""All but plain ASCII has to be looked at."""


def printable(text: str) -> str:
    """Return the text with escapes for all but letters, tabs and the ends of lines."""
    return SUSPECT.sub(lambda found: _shown(found[0], keep="\n\t"), text)


def on_one_line(text: str) -> str:
    """Return the text with escapes for all but letters: such as a name."""
    return SUSPECT.sub(lambda found: _shown(found[0], keep=""), text)


def person_name(text: str) -> str:
    """Return the name of a person as it is kept: however it is typed, it is the same person's.

    Some keyboards and file systems write an accent as a letter of its own.
    """
    return on_one_line(normalize("NFC", text.strip()))


def shortened(text: str, most: int = 80) -> str:
    """Return the text on one line of so many letters: such as a word that a file should not say."""
    text = on_one_line(text)
    return text if len(text) <= most else f"{text[: most - 3]}..."


def is_plain(text: str, keep: str = "") -> bool:
    """Whether all of a text can be shown, but for what is to be kept."""
    return all(_shown(letter, keep) == letter for letter in SUSPECT.findall(text))


def is_text(name: str) -> bool:
    """Whether a file's name is text that every program can take; to the system it is bytes."""
    return not any("\ud800" <= letter <= "\udfff" for letter in name)


def without_login(address: str) -> str:
    """Return a stream's address without the user and password in it: results are passed on."""
    if "://" not in address:
        return address
    return SECRET.sub(r"\1...", LOGIN.sub("", address, count=1))


def cell(text: str) -> str:
    """Return the text as a cell of a table, which no spreadsheet takes for a formula."""
    return f"'{on_one_line(text)}" if text.startswith(FORMULA) else on_one_line(text)


def spoken(text: str) -> str:
    """Return the text without the signs in which some programs that speak take orders."""
    return ORDERS.sub(" ", on_one_line(text))


def _shown(letter: str, keep: str) -> str:
    if letter in keep or letter in HARMLESS or category(letter) not in HARMFUL:
        return letter
    return letter.encode("unicode_escape").decode("ascii")


SAYS = (
    (r"Value error, ", ""),
    (r"Input should be a valid integer[^.]*?(?=\.?$| See)", "it must be a whole number"),
    (r"Input should be a valid number[^.]*?(?=\.?$| See)", "it must be a number"),
    (r"Input should be a valid string", "it must be text"),
    (r"Input should be a valid boolean[^.]*", "it must be true or false"),
    (r"Input should be a valid list", "it must be a list"),
    (r"Input should be a valid (dictionary|mapping)[^.]*", "it must be a table"),
    (r"Input should be a finite number", "it must be a finite number"),
    (r"Input should be greater than or equal to (\S+)", r"it must be at least \1"),
    (r"Input should be less than or equal to (\S+)", r"it must be at most \1"),
    (r"Input should be greater than (\S+)", r"it must be more than \1"),
    (r"Input should be less than (\S+)", r"it must be less than \1"),
    (r"Input should be ('.*)", r"it must be \1"),
    (r"String should have at most (\d+) character[^.]*", r"it must have at most \1 letters"),
    (r"List should have at most (\d+) item[^.]*", r"it must have at most \1 entries"),
    (r"Field required", "it is missing"),
)
"""What a library says of wrong values, and what a person would say."""


def everyday(message: str) -> str:
    """A library's message on a wrong value, in everyday words."""
    for jargon, words in SAYS:
        message = re.sub(jargon, words, message)
    return message
