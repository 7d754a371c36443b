"""Exercise and routine files of strangers: wrong, endless, or made to do harm."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from helpers.abuse import Attack, held, named
from helpers.commands import BRIDGE, run
from helpers.places import EXERCISES, SAMPLES

BRIDGE_TEXT = (EXERCISES / "bridge.toml").read_text("utf-8")
VIDEO = SAMPLES / "rendered_bridge_side_right_clean.mp4"
FAULT = """
[fault.f{n}]
when = {{ peak = "hip_angle", above = 10 }}
cue = "Do it."
why = "So."
"""
TITLE = '"Glute bridge"'
PEAK = '{ peak = "hip_angle", above = 10 }'
MEASURES = "".join(f'm{n} = {{ angle = ["shoulder", "hip", "knee"] }}\n' for n in range(101))


def text(content: str | bytes, verb: str = "lint") -> Callable[[Path], Sequence[object]]:
    """Write a file, and give it to a verb."""

    def command(folder: Path) -> Sequence[object]:
        whole = content.encode("utf-8") if isinstance(content, str) else content
        (folder / "bridge.toml").write_bytes(whole)
        return [verb, "bridge.toml"]

    return command


def bridge(*changes: tuple[str, str]) -> Callable[[Path], Sequence[object]]:
    """The file of the bridge with some of its text changed; lint it."""
    changed = BRIDGE_TEXT
    for before, after in changes:
        assert before in changed
        changed = changed.replace(before, after, 1)
    return text(changed)


def routine(steps: str, more: str = "") -> Callable[[Path], Sequence[object]]:
    """A routine's file; lint it."""
    head = 'schema = 1\nname = "bridge"\ntitle = "T"\nsummary = "S"\n'
    return text(f"{head}{more}\n{steps}")


STEP = '[[step]]\nexercise = "bridge"\n'
CONTROLS = "must not hold .*control characters"
ATTACKS = [
    # No end.
    Attack("a large file", text("#" * 300_000), "too large .0.3 MB; the limit is 0.2 MB"),
    Attack("a key of many parts", text(f"{'a.' * 20_000}b = 1"), "a key of too many parts"),
    Attack("such a key in quotes", text("x = 1\n" + 20_000 * "'a' . " + "b = 1"), "line 2"),
    Attack("with quotes in quotes", text(r'"\"".' * 20_000 + "b = 1"), "too many parts"),
    Attack("with backslashes", text(r'"\\" .' * 20_000 + "b = 1"), "too many parts"),
    Attack("such a table", text(f"[{'a.' * 20_000}b]"), "a key of too many parts"),
    Attack("such a key within a table", text(f"x = {{ {'a.' * 20_000}b = 1 }}"), "too many parts"),
    Attack("a word as long as the file", text("x" * 190_000), "not valid TOML"),
    Attack("quotes as long as the file", text('"' * 190_000), "not valid TOML"),
    Attack("escapes as long as the file", text('"' + r"\"" * 95_000), "not valid TOML"),
    Attack("backslashes as long as the file", text('"' + "\\" * 190_000), "not valid TOML"),
    Attack("dots as long as the file", text("a." * 90_000), "too many parts"),
    Attack("a list in a list in a list", text(f"a = {'[' * 50_000}"), "not valid TOML"),
    Attack("a table in a table in a table", text(f"a = {'{a=' * 30_000}"), "not valid TOML"),
    Attack("a number as long as the file", text(f"reps = {'9' * 190_000}"), "not valid TOML"),
    Attack("wrong names for measures", bridge(
        ("[measures]", "[measures]\n" + "".join(f"M{n}x = 1\n" for n in range(1500)))),
        "more mistakes"),
    Attack("unknown measures", bridge(("[fault.over_arched]", "".join(
        FAULT.format(n=n).replace("hip_angle", f"hip_angel_{'x' * 40}_{n}") for n in range(90))
        + "[fault.over_arched]")), "more mistakes"),
    Attack("very many measures", bridge(("[measures]", f"[measures]\n{MEASURES}")), "at most 100"),
    Attack("very many faults", text(BRIDGE_TEXT + "".join(FAULT.format(n=n) for n in range(1200))),
           "fault: must have at most 100 entries"),
    Attack("very many conditions", bridge(("[fault.over_arched]", FAULT.format(n=0).replace(
        PEAK, f"[{99 * (PEAK + ',')}]") + "[fault.over_arched]")), "at most 20 entries"),
    Attack("unknown keys", text("".join(f"key{n} = 1\n" for n in range(10_000))), "more mistakes"),
    Attack("a long title", bridge((TITLE, f"'{100_000 * 'x'}'")), "at most 60 letters, not 'xxx"),
    Attack("a long name", bridge(('name    = "bridge"', f"name = '{9999 * 'x'}'")), "at most 60"),
    Attack("a long cue", bridge(("cue", f"cue = '{5000 * 'x'}' #")), "at most 300 letters"),
    Attack("many steps", routine(STEP * 5000), "at most 100 entries"),
    Attack("more reps than a life has", routine(f"{STEP}reps = 99999999"), "at most 1000"),
    Attack("a rest of a year", routine(f"{STEP}rest = 31536000.0"), "at most 3600"),
    Attack("a step with NUL", routine('[[step]]\nexercise = "\\u0000.toml"'), CONTROLS),
    # What a terminal, a table or a voice would obey.
    Attack("a title that clears the screen", bridge((TITLE, '"\\u001b[2J"')), CONTROLS),
    Attack("a title of two lines", bridge((TITLE, '"a\\nb"')), CONTROLS),
    Attack("a title with NUL", bridge((TITLE, '"a\\u0000b"')), CONTROLS),
    Attack("a title from right to left", bridge((TITLE, '"a\\u202eb"')), CONTROLS),
    Attack("a summary with NUL", bridge(("summary = \"", "summary = \"\\u0000")), CONTROLS),
    Attack("a cue with a bell", bridge(('cue', 'cue = "\\u0007" #')), CONTROLS),
    Attack("a key that clears the screen", text('"\\u001b[2J" = 1'), r"unknown key '\\x1b\[2J'"),
    Attack("a measure that clears the screen", text(
        'x = { y = 1 }\n[measures]\n"\\u001b[2J" = 1'), r"measures > \\x1b\[2J"),
    Attack("a fault that clears it", text('[fault."\\u001b[2J"]\nx = 1'), r"\\x1b"),
    Attack("a step that clears the screen", routine('[[step]]\nexercise = "\\u001b[2J"'), r"\\x1b"),
    Attack("a measure called time_s", bridge(("[measures]", "[measures]\ntime_s = { turn = [] }")),
           "another column"),
    Attack("a measure called reps", bridge(("[measures]", '[measures]\nreps = { turn = [] }')),
           "another column"),
    Attack("text that is no TOML and no text", text("\x1b]0;title\x07"), "not valid TOML"),
    # What goes in a circle, or leads elsewhere.
    Attack("a routine in itself", routine('[[step]]\nexercise = "bridge.toml"'), "unknown key"),
    Attack("a device as a step", routine('[[step]]\nexercise = "/dev/zero.toml"'), "step 1 >"),
    Attack("a sum of itself", bridge(("[measures]", "[measures]\na = { sum = { a = 1.0 } }")),
           "a sum is of measures"),
    Attack("a number that has no end", bridge(("reps    = 15", "reps = inf")), "reps"),
    Attack("a number that is none", bridge(("\nseconds", "\nseconds = nan #")), "nan|number"),
    Attack("UTF-16", text(BRIDGE_TEXT.encode("utf-16")), "not UTF-8"),
]  # fmt: skip


@pytest.mark.parametrize("attack", **named(ATTACKS))
def test_a_file_is_refused_with_reasons(attack: Attack, tmp_path: Path) -> None:
    """At once, and with as many as can be read."""
    held(attack, tmp_path)


def mine(folder: Path, title: str = "Mine", **changes: str) -> Path:
    """An exercise of one's own in the folder where they are looked for."""
    path = folder / "exercises" / "mine.toml"
    path.parent.mkdir(exist_ok=True)
    text = BRIDGE_TEXT.replace('name    = "bridge"', 'name = "mine"').replace("Glute bridge", title)
    for before, after in changes.items():
        assert before in text
        text = text.replace(before, after, 1)
    path.write_text(text, "utf-8")
    return path


def test_tags_in_a_title_are_shown_and_not_obeyed(tmp_path: Path) -> None:
    """In the report's page; and rich's markup in the terminal."""
    mine(tmp_path, "<script>[red]x")
    done = run("check", BRIDGE, "-e", "mine", "--report", "it.html", cwd=tmp_path)
    assert "<script>[red]x" in done.stdout
    page = (tmp_path / "it.html").read_text("utf-8")
    assert "&lt;script&gt;[red]x" in page
    assert "<script>[red]x" not in page


def test_no_cell_of_a_table_is_a_formula(tmp_path: Path) -> None:
    """The names of clips, and the cues, come from outside."""
    mine(tmp_path, cue='cue = "=HYPERLINK(1)" #')
    name = "=cmd|calc!A1.npz"
    (tmp_path / name).write_bytes(BRIDGE.read_bytes())
    tables = ["--reps", "reps.csv", "--faults", "faults.csv"]
    done = run("check", name, "-e", "mine", *tables, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    for table in ("reps.csv", "faults.csv"):
        _, *rows = (tmp_path / table).read_text("utf-8").splitlines()
        assert rows
        assert not any(cell.startswith(("=", "@")) for row in rows for cell in row.split(","))


@pytest.mark.parametrize(
    "command", [["check", BRIDGE], ["evaluate", SAMPLES / "bridge_5.labels.json"]]
)
def test_a_broken_exercise_costs_only_itself(command: list[object], tmp_path: Path) -> None:
    """Half written, a folder, or a pipe where there are pipes."""
    mine(tmp_path).write_text("[[fault]")
    (tmp_path / "exercises" / "folder.toml").mkdir()
    words = r"[Bb]ridge \(5 matches|bridge +Glute|bridge +1"
    held(Attack("broken", lambda _: command, words, 0), tmp_path)


def test_live_leaves_out_a_broken_exercise(tmp_path: Path) -> None:
    """And tells it, before anything else goes wrong."""
    mine(tmp_path).write_text("[[fault]")
    command = ["live", "--mute", "--no-save", "--camera", "nowhere.mp4"]
    held(Attack("broken", lambda _: command, "doesn't exist"), tmp_path)
