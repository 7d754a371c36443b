"""Whatever is written to: what is needed stays, and what is finished is kept."""

import json
import os
import subprocess
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest
from helpers.abuse import Attack, held, named
from helpers.commands import BRIDGE, COMMAND, PATIENCE, run
from helpers.full_disk import full_disk
from helpers.places import SAMPLES

VIDEO = SAMPLES / "rendered_bridge_side_right_clean.mp4"
CHECK = ("check", BRIDGE, "-e", "bridge")
on_posix = pytest.mark.skipif(os.name != "posix", reason="POSIX only")


def with_file(name: str, *command: object) -> Callable[[Path], list[object]]:
    """A command line in a folder in which there is a file of this name."""

    def begin(folder: Path) -> list[object]:
        (folder / name).write_bytes(b"old")
        return list(command)

    return begin


def with_links(folder: Path) -> list[object]:
    """Two names that are one file."""
    (folder / "a.csv").write_bytes(b"old")
    (folder / "b.csv").symlink_to("a.csv")
    return [*CHECK, "--reps", "a.csv", "--faults", "b.csv"]


def over_the_history(folder: Path) -> list[object]:
    """The database itself."""
    run(*CHECK, "--save")
    return [*CHECK, "--json", os.environ["FORMCHECK_HISTORY"]]


def over_its_wal(folder: Path) -> list[object]:
    """What belongs to it."""
    return ["history", "--csv", os.environ["FORMCHECK_HISTORY"] + "-wal"]


def over_an_exercise(folder: Path) -> list[object]:
    """One that is read because it lies there."""
    (folder / "exercises").mkdir()
    (folder / "exercises" / "mine.toml").write_text("name = 1", encoding="utf-8")
    return [*CHECK, "--json", "exercises/mine.toml"]


def over_a_clip(folder: Path) -> list[object]:
    """The video that labels speak of."""
    labels = VIDEO.with_suffix(".labels.json")
    (folder / VIDEO.name).write_bytes(b"old")
    (folder / labels.name).write_bytes(labels.read_bytes())
    return ["evaluate", ".", "--json", VIDEO.name]


def over_a_translation(folder: Path) -> list[object]:
    """Which is no exercise of its own."""
    (folder / "exercises" / "de").mkdir(parents=True)
    (folder / "exercises" / "de" / "BRIDGE.TOML").write_bytes(b"old")
    return [*CHECK, "--json", "exercises/de/BRIDGE.TOML"]


def into_a_pipe(*command: object) -> Callable[[Path], list[object]]:
    """A command line in a folder with a pipe that nobody reads."""

    def begin(folder: Path) -> list[object]:
        os.mkfifo(folder / "pipe")
        return list(command)

    return begin


def with_a_part_in_the_way(folder: Path) -> list[object]:
    """A link that leads nowhere, under the name that the recording grows under."""
    (folder / "it.npz.part").symlink_to("nowhere")
    return ["record", VIDEO, "-o", "it.npz"]


def read_only(folder: Path) -> list[object]:
    """Somebody wants it to stay."""
    (folder / "it.json").write_bytes(b"old")
    (folder / "it.json").chmod(0o444)
    return [*CHECK, "--json", "it.json"]


def with_folders(clip: str, *folders: str) -> Callable[[Path], list[object]]:
    """The check of a folder in which a clip lies, and folders that are there already."""

    def begin(folder: Path) -> list[object]:
        (folder / "clips" / clip).parent.mkdir(parents=True)
        (folder / "clips" / clip).write_bytes(b"old")
        for each in folders:
            (folder / each).mkdir(parents=True)
        return ["check", "clips", "-e", "bridge", "--out", "out"]

    return begin


REFUSED = [
    Attack(
        "two names by case", lambda _: [*CHECK, "--reps", "A.csv", "--faults", "a.csv"], "twice"
    ),
    Attack("by dots", lambda _: [*CHECK, "--json", "x", "--events", "./x"], "twice"),
    Attack("by link", with_links, "twice"),
    Attack(
        "three in one", lambda _: ["history", "--csv", "x", "--json", "x", "--report", "x"], "twice"
    ),
    Attack("the history", over_the_history, "is the history"),
    Attack("its log", over_its_wal, "is the history"),
    Attack("an exercise", over_an_exercise, "is an exercise"),
    Attack("a labelled clip", over_a_clip, "twice"),
    Attack(
        "the model",
        with_file("m.task", *CHECK, "--model", "m.task", "--json", "m.task"),
        "is the pose model",
    ),
    Attack("labels", with_file("x.LABELS.json", *CHECK, "--json", "x.LABELS.json"), "holds labels"),
    Attack("truth", with_file("x.truth.json", *CHECK, "--events", "x.truth.json"), "holds labels"),
    Attack("a translation", over_a_translation, "or a translation and would be overwritten"),
    Attack("a video", with_file("x.MP4", *CHECK, "--json", "x.MP4"), "is a video"),
    Attack("a recording", with_file("x.npz", *CHECK, "--events", "x.npz"), "is a recording"),
    Attack("one left", with_file("x.npz.part", *CHECK, "--values", "x.npz.part"), "a recording"),
    Attack("any model", with_file("x.task", "history", "--csv", "x.task"), "is a pose model"),
    *(
        Attack(f"a pipe for {option}", into_a_pipe(*CHECK, option, "pipe"), "nobody reads")
        for option in ("--json", "--events", "--values", "--report")
    ),
    Attack("a part in the way", with_a_part_in_the_way, r"it\.npz\.part: something else"),
    Attack("a read-only file", read_only, "it is read-only"),
    Attack("no MP4", lambda _: [*CHECK, "--video", "x.avi"], r"must end in \.mp4"),
    Attack("no folder", lambda _: [*CHECK, "--report", "no/x.html"], "there is no folder"),
    Attack("a folder", lambda folder: [*CHECK, "--json", folder], "it is a folder"),
    *(
        Attack(f"a folder {name}", with_folders("x.npz", f"out/{name}"), "would replace it")
        for name in ("index.html", "x.npz/report.html", "x.npz/result.json", "x.npz/checked.json")
    ),
    *(
        Attack(f"clips in {name}", with_folders(f"{name}/x.npz"), "it can't be a folder for")
        for name in ("index.html", "INDEX.html")
    ),
    Attack("a file as folder", with_file("x", *CHECK, "--json", "x/y"), "there is no folder"),
    Attack("a long name", lambda _: [*CHECK, "--json", "x" * 300], "too long"),
    Attack(
        "live, one of two",
        with_file("e", "live", "--camera", VIDEO, "--events", "e", "--record", "no/x.npz"),
        "there is no folder",
    ),
    Attack(
        "a day too long ago", lambda _: [*CHECK, "--save", "--on", "0001-01-01"], "too long ago"
    ),
    Attack("a day to come", lambda _: ["log", "walk", "3", "--on", "9999-12-31"], "in the future"),
]


@on_posix
@pytest.mark.parametrize("attack", **named(REFUSED))
def test_what_is_needed_is_not_written_over(attack: Attack, tmp_path: Path) -> None:
    """It is refused before anything is done, and every file is as it was."""
    held(attack, tmp_path)
    for path in tmp_path.rglob("*"):
        if path.is_file() and "labels" not in path.name and path.suffix != ".toml":
            assert path.read_bytes() == b"old"


@on_posix
@pytest.mark.parametrize("option", ["--json", "--events", "--values", "--report", "--reps"])
def test_a_file_for_which_there_is_no_room_costs_no_other(option: str, tmp_path: Path) -> None:
    """What was found is printed, the others are whole, and the error names the one."""
    names = {"--json": "it.json", "--reps": "it.csv"}
    if option == "--reps":  # whose name must end in .csv, and which alone becomes long here
        del names["--json"]
    else:
        names[option] = "/dev/full"
    with full_disk(300) if option == "--reps" else nullcontext():
        done = run(*CHECK, *(word for pair in names.items() for word in pair), cwd=tmp_path)
    assert done.returncode == 2
    assert "5 reps" in done.stdout
    (line,) = [line for line in done.stderr.splitlines() if line.startswith("formcheck: ")]
    assert line.startswith(f"formcheck: Can't write {names[option]}")
    for path in tmp_path.iterdir():
        if path.suffix == ".json":
            assert json.loads(path.read_text())["sets"]
        if path.name == "it.csv":
            assert len(path.read_text().splitlines()) == 6


@on_posix
@pytest.mark.parametrize("closing", ["2>&-", ">&-", ">&- 2>&- <&-"])
def test_closed_streams_cost_nothing(closing: str, tmp_path: Path) -> None:
    """As under pythonw, which has none; nothing that is told gets into a file instead."""
    words = " ".join(f"'{word}'" for word in [*COMMAND, *map(str, CHECK), "--json", "it.json"])
    done = subprocess.run(["sh", "-c", f"exec {words} {closing}"], cwd=tmp_path, timeout=PATIENCE)
    assert done.returncode == 0
    assert [path.name for path in tmp_path.iterdir()] == ["it.json"]
    assert json.loads((tmp_path / "it.json").read_text())["sets"]


@on_posix
@pytest.mark.parametrize("words", [["list"], ["--help"], list(map(str, CHECK))])
def test_no_room_for_what_is_printed_is_told(words: list[str]) -> None:
    """It is no error of formcheck's own."""
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([*COMMAND, *words], stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 2
    assert done.stderr == "formcheck: Can't print the results: No space left on device.\n"


@on_posix
def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    """With what to do."""
    script = f"rmdir ../gone; exec '{COMMAND[0]}' -c 'from formcheck.cli import main; main()'"
    (tmp_path / "gone").mkdir()
    done = subprocess.run(
        ["sh", "-c", f"{script} check it.npz -e bridge"],
        cwd=tmp_path / "gone",
        env={**os.environ, "PYTHONPATH": str(SAMPLES.parent)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert "folder you are in no longer exists" in done.stderr


@on_posix
def test_what_is_of_the_same_kind_is_replaced(tmp_path: Path) -> None:
    """A recording by a recording; and a pipe that somebody reads gets all of it."""
    (tmp_path / "it.npz").write_bytes(b"old")
    assert run("record", VIDEO, "-o", "it.npz", cwd=tmp_path).returncode == 0
    os.mkfifo(tmp_path / "pipe")
    with subprocess.Popen(["cat", "pipe"], cwd=tmp_path, stdout=subprocess.PIPE) as reader:
        again = [run("check", "it.npz", "-e", "bridge", "--json", "pipe", cwd=tmp_path)]
        while "nobody reads" in again[-1].stderr:  # it has not begun yet
            again.append(run("check", "it.npz", "-e", "bridge", "--json", "pipe", cwd=tmp_path))
        assert json.loads(reader.communicate()[0])["sets"]
