"""Every verb that reads is given what is no file, or none of its kind."""

import json
import os
import shutil
import socket
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from helpers.abuse import Attack, held, named
from helpers.commands import BRIDGE, run
from helpers.places import SAMPLES

VIDEO = SAMPLES / "rendered_bridge_side_right_clean.mp4"
Command = Callable[[Path], list[object]]

READERS: dict[str, tuple[str, Command]] = {
    "check": ("it.mp4", lambda path: ["check", path, "-e", "bridge"]),
    "check a recording": ("it.npz", lambda path: ["check", path, "-e", "bridge"]),
    "check what was left": ("it.npz.part", lambda path: ["check", path, "-e", "bridge"]),
    "recognise": ("it.npz", lambda path: ["check", path]),
    "record": ("it.mp4", lambda path: ["record", path, "-o", "out.npz"]),
    "learn": ("it.npz", lambda path: ["learn", path, "--reps", 3, "-o", "learnt.toml"]),
    "plot": ("it.npz", lambda path: ["plot", path, "-e", "bridge", "-o", "out.png"]),
    "convert": ("it.npz", lambda path: ["convert", path, "-o", "out.csv"]),
    "live": ("it.mp4", lambda path: ["live", "bridge", "--mute", "--camera", path]),
    "test": ("it.labels.json", lambda path: ["test", path]),
    "evaluate": ("it.labels.json", lambda path: ["evaluate", path]),
    "an exercise": ("it.toml", lambda path: ["check", BRIDGE, "-e", path]),
    "lint": ("it.toml", lambda path: ["lint", path]),
    "show": ("it.toml", lambda path: ["show", path]),
    "a copy": ("it.toml", lambda path: ["new", "mine.toml", "--from", path]),
    "a routine": ("it.toml", lambda path: ["live", "--routine", path, "--camera", VIDEO]),
    "a plan": ("it.toml", lambda path: ["history", "--plan", path]),
    "a model": ("it.task", lambda path: ["check", VIDEO, "-e", "bridge", "--model", path]),
}
"""The name of what is read, and the command line."""


def bind(path: Path) -> None:
    """Make a socket; its name must be short, so it is made where it is to be."""
    before = Path.cwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(before)


MADE: dict[str, tuple[Callable[[Path], object], str]] = {
    "nothing": (lambda path: None, "doesn't exist|there is no"),
    "an empty file": (Path.touch, "."),
    "noise": (lambda path: path.write_bytes(bytes(range(256)) * 20), "."),
    "a picture": (lambda path: path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(500)), "."),
    "a folder": (Path.mkdir, "is a folder|no label files|no video or recording"),
    "a pipe": (lambda path: os.mkfifo(path), "is a pipe"),
    "a link to a pipe": (
        lambda path: (os.mkfifo(path.parent / "pipe"), path.symlink_to("pipe")),
        "is a pipe",
    ),
    "a device": (lambda path: path.symlink_to("/dev/zero"), "is a device"),
    "a socket": (bind, "is a socket"),
    "a link to itself": (lambda path: path.symlink_to(path.name), "symbolic links|symlink"),
}
"""What there is instead of what is read, and what is said of it."""
ANYWHERE = ("nothing", "an empty file", "noise", "a picture", "a folder")


def attacks() -> list[Attack]:
    """Each reader given each of these."""
    found = []
    for (reader, (name, command)), (kind, (make, words)) in product(READERS.items(), MADE.items()):
        if os.name != "posix" and kind not in ANYWHERE:
            continue

        def begun(
            folder: Path,
            name: str = name,
            make: Callable[[Path], object] = make,
            command: Command = command,
        ) -> list[object]:
            make(folder / name)
            return command(Path(name))

        code = 3 if reader == "a model" else 2
        found.append(Attack(f"{reader}: {kind}", begun, words, code))
    return found


@pytest.mark.parametrize("attack", **named(attacks()))
def test_what_is_no_file_is_told_at_once(attack: Attack, tmp_path: Path) -> None:
    """Nothing is waited for, and nothing is written."""
    held(attack, tmp_path)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", ["x" * 5000, "\x1b]0;title\x07\x1b[2J", "a\u202eb"])
def test_names_that_are_none_are_told(reader: str, name: str, tmp_path: Path) -> None:
    """Too long ones, and those that a terminal would obey."""
    suffix, command = READERS[reader]
    path = Path(name + suffix)
    code = 3 if reader == "a model" else 2
    why = "can't be read|cannot be read|doesn't exist"
    held(Attack(reader, lambda _: command(path), why, code), tmp_path)


@pytest.mark.parametrize("reader", READERS)
def test_no_name_makes_a_line_of_its_own(reader: str, tmp_path: Path) -> None:
    """What follows in it would seem to be said by formcheck."""
    suffix, command = READERS[reader]
    path = Path("a\nformcheck: All is well" + suffix)
    code = 3 if reader == "a model" else 2
    done = held(Attack(reader, lambda _: command(path), r"a\\nformcheck: All", code), tmp_path)
    assert not [line for line in done.stderr.splitlines() if line.startswith("formcheck: All")]


def copied(folder: Path, source: Path, name: str) -> str:
    """Copy a file into the folder; its name there."""
    (folder / name).parent.mkdir(exist_ok=True)
    shutil.copy(source, folder / name)
    return name


def with_labels(folder: Path) -> str:
    """A recording with its labels; their name."""
    labels = BRIDGE.with_suffix(".labels.json")
    content = labels.read_text("utf-8").replace(BRIDGE.name, f"{json.dumps(FORGED)[1:-1]}.npz")
    copied(folder, BRIDGE, f"{FORGED}.npz")
    (folder / f"{FORGED}.labels.json").write_text(content, "utf-8")
    return f"{FORGED}.labels.json"


def begun_before(folder: Path) -> str:
    """A file that a killed program left; the name that it was to get."""
    copied(folder, BRIDGE, f"{FORGED}.json.part")
    return f"{FORGED}.json"


def with_an_exercise(folder: Path) -> Path:
    """A recording, and a file among the exercises that is none; the recording."""
    copied(folder, BRIDGE, f"exercises/{FORGED}.toml")
    return BRIDGE


def with_a_walk(_: Path) -> str:
    """A walk in the history; the option that looks through it."""
    run("log", "walk", 30)
    return "--repair"


FORGED = "a\nformcheck: All is well"
"""A name of two lines, of which the second seems to be said by formcheck."""
CHECK = ["-e", "bridge"]
NAMERS: dict[str, Command] = {
    "check": lambda folder: ["check", copied(folder, BRIDGE, f"{FORGED}.npz"), *CHECK],
    "recognise": lambda folder: ["check", copied(folder, BRIDGE, f"{FORGED}.npz")],
    "a folder": lambda folder: [
        *("check", Path(copied(folder, BRIDGE, f"{FORGED}/{FORGED}.npz")).parent, *CHECK),
        *("--out", f"{FORGED} out"),
    ],
    "what was left": lambda folder: ["check", BRIDGE, *CHECK, "--json", begun_before(folder)],
    "convert": lambda folder: ["convert", BRIDGE, "-o", f"{FORGED}.csv"],
    "a person": lambda folder: ["check", BRIDGE, *CHECK, "--save", "--person", FORGED],
    "plot": lambda folder: [
        *("plot", copied(folder, BRIDGE, f"{FORGED}.npz"), *CHECK, "-o", f"{FORGED}.svg")
    ],
    "labels": lambda folder: ["test", with_labels(folder)],
    "evaluate": lambda folder: ["evaluate", with_labels(folder)],
    "a figure": lambda folder: ["show", "bridge", "--demo", "-o", f"{FORGED}.html"],
    "no exercise": lambda folder: ["check", with_an_exercise(folder)],
    "the history": lambda folder: ["history", with_a_walk(folder)],
}
"""What tells the names of files that it uses, though nothing is wrong with them."""


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such names")
@pytest.mark.parametrize("verb", NAMERS)
def test_no_name_makes_a_line_of_what_is_found(
    verb: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor of a note."""
    monkeypatch.setenv("FORMCHECK_HISTORY", f"{tmp_path / FORGED}.sqlite3")
    done = held(Attack(verb, NAMERS[verb], "(?s).", 0), tmp_path)
    lines = (done.stdout + done.stderr).splitlines()
    assert not [line for line in lines if line.startswith("formcheck: All")]
