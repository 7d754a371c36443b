"""Which voice of a program speaks a language: an English one must not read German."""

import re
import shutil
import subprocess
import sys
from functools import cache

PATIENCE = 10.0
"""Seconds for a program to list its voices; on Windows it then has files to make."""
LIST_PYTTSX3 = """
import pyttsx3
for voice in pyttsx3.init().getProperty("voices"):
    for name in voice.languages or []:
        name = name.decode(errors="replace") if isinstance(name, bytes) else name
        print(name.strip(chr(5)), voice.id, sep=chr(9))
"""
"""Prints a language and a voice on each line; espeak writes a byte before a language."""
LISTS: dict[str, tuple[str, ...]] = {
    "say": ("say", "-v", "?"),
    "espeak-ng": ("espeak-ng", "--voices"),
    "pyttsx3": (sys.executable, "-P", "-X", "utf8", "-c", LIST_PYTTSX3),
}
"""How each program is asked for its voices."""
LINES = {
    "say": re.compile(r"^(?P<voice>\S.*?) +(?P<language>[a-z]{2,3})[_-]\S+ +#", re.M),
    "espeak-ng": re.compile(r"^ *\d+ +(?P<voice>(?P<language>[a-z]{2,3})\S*) ", re.M),
    "pyttsx3": re.compile(r"^(?P<language>[a-z]{2,3})\b[^\t]*\t(?P<voice>.+)$", re.M),
}
"""A line of each answer: `Anna  de_DE  # Hallo!`, ` 5  de  --/M  German  gmw/de`."""


@cache
def voices(program: str) -> dict[str, str]:
    """The first voice of each language that a program has; none where it does not answer."""
    if program != "pyttsx3" and shutil.which(LISTS[program][0]) is None:
        return {}
    try:
        done = subprocess.run(LISTS[program], capture_output=True, timeout=PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return {}
    found: dict[str, str] = {}
    for line in LINES[program].finditer(done.stdout.decode(errors="replace")):
        found.setdefault(line["language"], line["voice"].strip())
    return found
