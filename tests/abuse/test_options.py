"""Numbers, dates and names on the command line that nobody can mean."""

from pathlib import Path

import pytest
from helpers.abuse import Attack, held, named
from helpers.commands import BRIDGE
from helpers.places import SAMPLES

VIDEO = SAMPLES / "rendered_bridge_side_right_clean.mp4"
HUGE = "9" * 20
LONG = "x" * 5000
CLEAR = "\x1b[2J"
SAVE = ["check", BRIDGE, "-e", "bridge", "--save", "--on"]


def told(name: str, words: str, *command: object, code: int = 2) -> Attack:
    """An attack that needs no file."""
    return Attack(name, lambda folder: command, words, code)


ATTACKS = [
    told("a camera beyond all", "is no camera 9999", "live", "bridge", "--camera", HUGE, code=3),
    told("a camera one beyond", "There is no camera 21474", "live", "--camera", 2**31, code=3),
    told("a camera before the first", "doesn't exist", "live", "bridge", "--camera", "-1"),
    told("no camera", "is a folder", "live", "bridge", "--camera", ""),
    told("a camera of many letters", "can't be|cannot be", "live", "bridge", "--camera", LONG),
    told("reps beyond all", "--reps", "live", "bridge", "--reps", HUGE),
    told("reps below none", "--reps", "live", "bridge", "--reps", "-3"),
    told("reps that are no number", "--reps", "live", "bridge", "--reps", "ten"),
    told("learning reps beyond all", "--reps", "learn", BRIDGE, "--reps", HUGE, "-o", "a.toml"),
    told("the first day", "1970", *SAVE, "0001-01-01"),
    told("a day to come", "is in the future", *SAVE, "9999-12-31"),
    told("a day that is none", "--on", *SAVE, "2026-02-30"),
    told("a day in words", "--on", *SAVE, CLEAR),
    told("walking on the first day", "1970", "log", "walk", "5", "--on", "0001-01-01"),
    told("walking beyond all", "1440", "log", "walk", HUGE),
    told("lines beyond all", "no sessions yet|done", "history", "--last", HUGE, code=0),
    told("lines below none", "--last", "history", "--last", "-1"),
    told("a session beyond all", "There is no session", "history", "--delete", HUGE, "--yes"),
    told("an exercise of many letters", "There is no exercise", "show", LONG),
    told("an exercise that clears the screen", r"no exercise '\\x1b\[2J'", "show", CLEAR),
    told("no exercise", "There is no exercise ''", "show", ""),
    told("a measure of many letters", "no measure", "plot", BRIDGE, "-m", LONG, "-o", "a.png"),
    told("a routine of many letters", "There is no routine", "live", "--routine", LONG),
    told("a plan of many letters", "There is no routine", "history", "--plan", LONG),
    told("a name of many letters", "can't be the name|can't be a file name", "new", f"{LONG}.toml"),
    told("a verb of many letters", "No such command", LONG),
    told("a verb that clears the screen", r"No such command '\\x1b", CLEAR),
    told("an option that clears the screen", r"\\x1b", "check", f"--{CLEAR}"),
    told("a side that is none", "--side", "check", BRIDGE, "-e", "bridge", "--side", CLEAR),
    told("a home that is none", "[.]task file", "check", VIDEO, "-e", "bridge", "--model",
         "~nobody-of-this-name/x.task", code=3),
]  # fmt: skip


@pytest.mark.parametrize("attack", **named(ATTACKS))
def test_what_nobody_can_mean_is_told(attack: Attack, tmp_path: Path) -> None:
    """As wrong usage, and never as a mistake of formcheck's own."""
    held(attack, tmp_path)
