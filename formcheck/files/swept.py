"""Sweeps folders that are about to be written to, and says so."""

from collections.abc import Iterable
from pathlib import Path

from formcheck.files.leftovers import sweep
from formcheck.language.sentences import Sentence
from formcheck.terminal.lines import note


def tell_swept(folders: Iterable[Path]) -> None:
    """Sweep folders that are written to, and tell what was removed."""
    for folder in set(folders):
        swept = ", ".join(path.name for path in sweep(folder))
        told = Sentence("Deleted what an interrupted formcheck left behind: {files}.", files=swept)
        note([told] if swept else [])
