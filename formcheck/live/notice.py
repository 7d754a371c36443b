"""The notice before the first live session: whom to ask first, and when to stop."""

import shutil
import sys
from contextlib import suppress
from pathlib import Path
from textwrap import fill

import platformdirs

from formcheck.language.sentences import Sentence
from formcheck.language.tongue import tr

NOTICE = Sentence(
    "Before you begin\n\n"
    "formcheck gives exercise guidance. It is not medical advice and not a medical device. Ask a "
    "doctor or physiotherapist first if you have strong back pain now or had it recently, after an "
    "injury or operation, with osteoporosis, in pregnancy, with heart, balance or nerve problems, "
    "or if you are unsure.\n\n"
    "Stop if pain is sharp, spreads into a leg or rises. Stop and call for help at chest pain, "
    "faintness or unusual shortness of breath. Back pain with numbness between the legs, or with "
    "new trouble controlling bladder or bowel, is an emergency.\n\n"
    "Clear the floor, use a mat, keep a stable chair at hand when you stand on one leg.\n"
)
WIDEST = 80
"""Columns of text; longer lines are hard to read."""
QUESTION = Sentence("Press Enter to confirm you've read this, or Ctrl-C to quit. ")


def acknowledgement() -> Path:
    """The file whose presence says that the notice was read on this computer."""
    return platformdirs.user_config_path("formcheck") / "notice-read"


def is_acknowledged() -> bool:
    """Whether the notice was read on this computer."""
    return acknowledgement().exists()


def acknowledge() -> None:
    """Remember that it was read. Not being able to only means to show it again."""
    path = acknowledgement()
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


def wrapped(text: str) -> str:
    """Paragraphs in lines that fit the terminal, each with an empty line after it."""
    width = min(WIDEST, shutil.get_terminal_size().columns)
    return "".join(f"{fill(each, width)}\n\n" for each in text.strip().split("\n\n"))


def show_notice_once() -> None:
    """Show the notice, and ask to have it read, unless that was done before.

    Without a terminal it is shown and nobody is asked; then it is shown again the next time.
    """
    if is_acknowledged():
        return
    sys.stderr.write(wrapped(tr(NOTICE)))
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return
    sys.stderr.write(tr(QUESTION))
    sys.stderr.flush()
    if not sys.stdin.readline():  # Ctrl-D, which is not an answer
        sys.stderr.write("\n")
        return
    acknowledge()
