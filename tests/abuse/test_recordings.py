"""Recordings that are damaged, or made to do harm."""

import io
import tracemalloc
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from helpers.abuse import Attack, held, named
from helpers.commands import BRIDGE

GOOD: dict[str, Any] = dict(np.load(BRIDGE))
Change = Callable[[Any], Any]
BRIDGES = "5 reps"


def recording(name: str = "it.npz", **changes: Change | None) -> Callable[[Path], Sequence[object]]:
    """Make a recording of five bridges with some arrays changed, or left out; check it."""

    def command(folder: Path) -> Sequence[object]:
        content = dict(GOOD)
        for key, change in changes.items():
            found = content.pop(key, None)
            if change is not None:
                content[key] = change(None if found is None else found.copy())
        np.savez_compressed(folder / name, **content)
        return ["check", name, "-e", "bridge"]

    return command


def at(frames: slice, value: float) -> Change:
    """Change these frames to one value."""

    def change(array: Any) -> Any:
        array[frames] = value
        return array

    return change


def zipped(name: str, *members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Any:
    """Make a zip of these files, and check it."""

    def command(folder: Path) -> Sequence[object]:
        with zipfile.ZipFile(folder / name, "w", method) as archive:
            for member, content in members:
                archive.writestr(member, content)
        return ["check", name, "-e", "bridge"]

    return command


def npy(array: Any) -> bytes:
    """An array as a file."""
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


def header(text: str) -> bytes:
    """A file of an array with this header and nothing behind it."""
    line = text.encode("latin-1").ljust(117) + b"\n"
    return b"\x93NUMPY\x01\x00" + len(line).to_bytes(2, "little") + line


def torso_at_one_point(array: Any) -> Any:
    """The hips where the shoulders are, for a while."""
    array[:60, 23:25] = array[:60, 11:13]
    return array


FRAMES = ("time_s", "landmarks", "world", "visibility")
FIRST = slice(0, 30)
ALL = slice(None)
ATTACKS = [
    # Damage.
    Attack("not a zip", lambda folder: begun_zip(folder), "it can't be read"),
    Attack("an empty zip", zipped("it.npz"), "it lacks"),
    Attack("LZMA that is none", lambda f: lzma_damaged(f), "it can't be read"),
    Attack("no times", recording(time_s=None), "it lacks time_s"),
    Attack("no frames", recording(**dict.fromkeys(FRAMES, lambda a: a[:0])), "has no frames"),
    Attack("times that stand", recording(time_s=at(ALL, 1.0)), "times don't increase"),
    Attack("times that nobody can tell apart", recording(time_s=lambda a: a * 1e-300),
           "times don't increase"),
    Attack("an unknown time", recording(time_s=at(slice(5, 6), np.nan)), "times don't increase"),
    Attack("a time without end", recording(time_s=at(slice(-1, None), np.inf)), "don't increase"),
    Attack("another shape", recording(world=lambda a: a[:, :32]), "world is float32"),
    Attack("words for numbers", recording(world=lambda a: a.astype(str)), "world is"),
    Attack("whole numbers", recording(landmarks=lambda a: a.astype(int)), "landmarks is int64"),
    Attack("complex numbers", recording(landmarks=lambda a: a + 1j), "landmarks is complex"),
    Attack("a single number", recording(time_s=lambda a: np.float64(1)), "time_s is float64"),
    Attack("no height", recording(size=lambda a: np.array([640, 0])), r"size is \[640, 0\]"),
    Attack("a very wide picture", recording(size=lambda a: np.array([2**62, 1])), "size is"),
    Attack("many sizes", recording(size=lambda a: np.arange(100_000)), r"size is .*\.\.\."),
    Attack("Python objects", zipped("it.npz", ("time_s.npy", header(
        "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }"))), "it can't be read"),
    Attack("a header that is no Python", zipped("it.npz", ("time_s.npy", header("{'descr': "))),
           "it can't be read"),
    Attack("more numbers than there are atoms", zipped("it.npz", ("time_s.npy", header(
        "{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999,), }"))),
        "it can't be read"),
    Attack("fewer numbers than none", zipped("it.npz", ("time_s.npy", header(
        "{'descr': '<f8', 'fortran_order': False, 'shape': (-1,), }"))), "it can't be read"),
    # Harm.
    Attack("a format that clears the screen",
           recording(format=lambda a: np.array("\x1b[2J\x1b]0;title\x07")), r"format '\\x1b\[2J"),
    Attack("a long format", recording(format=lambda a: np.array("x" * 100_000)), "format 'xx"),
    Attack("a format that is a table", recording(format=lambda a: np.zeros(1000)), "format '"),
    Attack("a format of the future", recording(format=lambda a: np.array("formcheck-recording/2")),
           "Update formcheck"),
    # What other programs write.
    Attack("nobody at first, at one point", recording(
        landmarks=at(FIRST, 0.0), world=at(FIRST, 0.0)), "visible in 87%", 0),
    Attack("nobody at all, at one point", recording(landmarks=at(ALL, 0.5)), "Nobody was found"),
    Attack("nobody, unknown", recording(landmarks=at(ALL, np.nan)), "Nobody was found"),
    Attack("shoulders and hips at one point", recording(landmarks=torso_at_one_point), "reps?", 0),
    Attack("more than surely visible", recording(visibility=at(ALL, 100.0)), BRIDGES, 0),
    Attack("less than not visible", recording(visibility=at(ALL, -5.0)), "Nobody was found"),
    Attack("endlessly visible", recording(visibility=at(FIRST, np.inf)), BRIDGES, 0),
    Attack("somebody without end", recording(landmarks=at(ALL, np.inf)), "Nobody was found"),
    Attack("depth without end", recording(world=at(ALL, np.inf)), "reps?", 0),
    Attack("depth that is huge", recording(world=at(ALL, 3e38)), "reps?", 0),
    Attack("half numbers", recording(landmarks=lambda a: a.astype(np.float16)), "reps?", 0),
    Attack("double numbers", recording(landmarks=lambda a: a.astype(float)), BRIDGES, 0),
    Attack("times before Christ", recording(time_s=lambda a: a - 1e11), "reps?", 0),
    Attack("years between two frames", recording(time_s=lambda a: np.where(a > 5, a + 1e9, a)),
           "reps?", 0),
    Attack("numbers from the largest computers", recording(
        time_s=lambda a: a.astype(">f8"), landmarks=lambda a: a.astype(">f4")), BRIDGES, 0),
    Attack("an array besides", recording(more=lambda a: np.zeros(3)), BRIDGES, 0),
    Attack("no format", recording(format=None), BRIDGES, 0),
]  # fmt: skip


def begun_zip(folder: Path) -> Sequence[object]:
    """The first bytes of one."""
    (folder / "it.npz").write_bytes(b"PK\x03\x04")
    return ["check", "it.npz"]


def lzma_damaged(folder: Path) -> Sequence[object]:
    """A member packed by LZMA, with other bytes in it."""
    command: Sequence[object] = zipped(
        "it.npz", ("time_s.npy", npy(np.arange(1000.0))), method=zipfile.ZIP_LZMA
    )(folder)
    path = folder / "it.npz"
    content = bytearray(path.read_bytes())
    content[60:90] = bytes(30)
    path.write_bytes(content)
    return command


@pytest.mark.parametrize("attack", **named(ATTACKS))
def test_a_recording_is_judged_or_refused(attack: Attack, tmp_path: Path) -> None:
    """With one line that says why."""
    held(attack, tmp_path)


@pytest.mark.parametrize("verb", ["plot", "learn", "convert", "recognise"])
def test_nobody_at_one_point_stops_no_verb(verb: str, tmp_path: Path) -> None:
    """Converters write frames without a person so."""
    command = recording(landmarks=at(FIRST, 0.0), world=at(FIRST, 0.0))
    words = {
        "plot": ["plot", "it.npz", "-e", "bridge", "-o", "it.png"],
        "learn": ["learn", "it.npz", "--reps", "4", "-o", "mine.toml"],
        "convert": ["convert", "it.npz", "-o", "it.trc"],
        "recognise": ["check", "it.npz"],
    }[verb]

    def begun(folder: Path) -> Sequence[object]:
        command(folder)
        return words

    held(Attack(verb, begun, "bridge|hip|frames", 0), tmp_path)


def test_a_small_file_that_unpacks_to_much_is_refused_unread(tmp_path: Path) -> None:
    """3 MB took 5.9 GB before."""
    path = tmp_path / "it.npz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name in ("landmarks", "world"):
            with archive.open(f"{name}.npy", "w", force_zip64=True) as member:
                for _ in range(600):
                    member.write(bytes(1_000_000))
    tracemalloc.start()
    try:
        attack = Attack("bomb", lambda _: ["check", "it.npz", "-e", "bridge"], "larger than 1 GB")
        held(attack, tmp_path)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 100_000_000
