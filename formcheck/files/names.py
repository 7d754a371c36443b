"""Names of files as systems of all kinds compare them."""

from unicodedata import normalize


def as_compared(name: str) -> str:
    """Return what all names of one file have in common: some systems don't tell A from a."""
    return normalize("NFC", name).casefold()
