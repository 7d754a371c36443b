"""Label files of strangers, and folders of them."""

import json
import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from helpers.abuse import Attack, held, named
from helpers.commands import BRIDGE, run

OWN: dict[str, Any] = {
    "format": "formcheck-labels/1",
    "source": "it.npz",
    "exercise": "bridge",
    "count": 5,
}
NOTES: dict[str, Any] = {"recording": "it.npz", "exercise": "bridge", "counted": 5}
TRUTH: dict[str, Any] = {"name": "it", "reps": []}


def labels(*contents: dict[str, Any] | str | bytes) -> Callable[[Path], Sequence[object]]:
    """Put label files beside a recording of five bridges; hold formcheck against them."""

    def command(folder: Path) -> Sequence[object]:
        shutil.copy(BRIDGE, folder / "it.npz")
        for number, content in enumerate(contents):
            text = json.dumps(content) if isinstance(content, dict) else content
            whole = text.encode() if isinstance(text, str) else text
            (folder / f"{number}.labels.json").write_bytes(whole)
        return ["test", folder]

    return command


ATTACKS = [
    # One bad file in a folder costs only itself.
    Attack("a long source beside a good one", labels(OWN, OWN | {"source": "x" * 5000}), "1 ok"),
    Attack("no JSON beside a good one", labels(OWN, "{"), "1 ok"),
    Attack("a source with NUL", labels(OWN, OWN | {"source": "a\0b"}), r"1 ok"),
    Attack("a source that clears the screen", labels(OWN, OWN | {"source": "\x1b[2J"}),
           r"The clip \\x1b\[2J is missing"),
    Attack("half a letter as a source", labels(OWN, OWN | {"source": "\ud800"}), r"1 ok"),
    Attack("a folder as a source", labels(OWN, OWN | {"source": ".."}), "is missing"),
    Attack("a device as a source", labels(OWN, OWN | {"source": "/dev/zero"}), "is missing"),
    Attack("an exercise that clears the screen", labels(OWN, OWN | {"exercise": "\x1b[2J"}),
           "no exercise '2j'", 0),
    Attack("a fault that clears the screen", labels(OWN | {
        "reps": [{"peak_s": 1.0, "faults": ["\x1b[2J"]}], "count": 1}), "fault 2j is labelled", 1),
    Attack("an exercise of 5,000 letters", labels(OWN, OWN | {"exercise": "x" * 5000}), "1 ok"),
    # No end.
    Attack("a large file", labels(OWN, " " * 10_100_000), "too large"),
    Attack("a list in a list", labels("[" * 100_000), "is nested too deeply"),
    Attack("a table in a table", labels('{"a":' * 100_000), "is nested too deeply"),
    Attack("a long number", labels('{"counted":' + "9" * 100_000 + "}"), "is not JSON"),
    Attack("very many reps", labels(OWN | {"reps": [{"peak_s": 1.0}] * 20_000}), "at most 10000"),
    Attack("very many faults", labels(OWN | {
        "reps": [{"peak_s": 1.0, "faults": ["a"] * 500}]}), "at most 100"),
    Attack("many mistakes", labels(OWN | {f"k{n}": n for n in range(5000)}), r"and 4995 more"),
    Attack("a mistake of many letters", labels(OWN | {"k" * 100_000: 1}), r"kkk\.\.\."),
    Attack("more reps than a life has", labels(OWN | {"count": 10**18}), "10000"),
    Attack("reps from 1 to the end of time", labels(NOTES | {
        "peaks_s": [1.0, 3.0], "counted": 2, "faults": {"hold_too_short": f"reps 1 to {10**15}"}}),
        "DIFFERS", 1),
    # No labels.
    Attack("numbers without end", labels('{"name": "it", "reps": [], "x": 1e999}'), "it", 2),
    Attack("a time that is none", labels(json.dumps(OWN)[:-1] + ', "reps": [{"peak_s": NaN}]}'),
           "finite"),
    Attack("a list", labels("[1]"), "not a table"),
    Attack("nothing", labels(b""), "is not JSON"),
    Attack("noise", labels(bytes(range(256))), "is not UTF-8"),
    Attack("words for numbers", labels(NOTES | {"counted": "five"}), "counted"),
    Attack("a table for a list", labels(TRUTH | {"reps": {}}), "reps"),
    Attack("a rep that is none", labels(TRUTH | {"reps": [1]}), "reps 1"),
]  # fmt: skip


@pytest.mark.parametrize("attack", **named(ATTACKS))
def test_a_label_file_is_used_or_told(attack: Attack, tmp_path: Path) -> None:
    """And the others in its folder are used."""
    held(attack, tmp_path)


@pytest.mark.skipif(
    os.name != "posix" or os.geteuid() == 0, reason="needs a folder that may not be read"
)
def test_a_folder_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    """It is not the same as one without labels."""
    closed = tmp_path / "closed"
    closed.mkdir(mode=0)
    told = [run("test", folder) for folder in (closed, tmp_path)]
    closed.chmod(0o700)
    for done in told:
        assert done.returncode == 2
        assert "closed can't be read: Permission denied" in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="needs pipes with names")
def test_a_pipe_among_labels_is_no_label_file(tmp_path: Path) -> None:
    """Nobody waits for it."""
    command = labels(OWN)(tmp_path)
    os.mkfifo(tmp_path / "pipe.labels.json")
    held(Attack("pipe", lambda _: command, "1 ok", 0), tmp_path)
