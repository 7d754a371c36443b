"""Attacks that take minutes: `pytest -m abuse_long` runs them."""

import os
import random
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from helpers.abuse import Attack, held
from helpers.commands import BRIDGE, PATIENCE
from helpers.places import EXERCISES

pytestmark = pytest.mark.abuse_long

GO_THROUGH = """
import os, sys
from formcheck.errors import SourceError
from formcheck.footage.video import open_video
for name in sorted(os.listdir(b".")):
    try:
        with open_video(os.fsdecode(name)) as video:
            times = [frame.time for frame in video]
            video.amiss()
        assert all(later > earlier for earlier, later in zip(times, times[1:]))
        print("read")
    except SourceError:
        print("refused")
"""


def gone_through(folder: Path) -> list[str]:
    """What came of each video in a folder, in a process that may die of one of them."""
    done = subprocess.run(
        [sys.executable, "-c", GO_THROUGH],
        capture_output=True,
        text=True,
        cwd=folder,
        timeout=PATIENCE,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.split()


def test_damaged_videos_are_read_or_refused(one_bridge: Path, tmp_path: Path) -> None:
    """With holes, other bytes, and cut off."""
    whole = one_bridge.read_bytes()
    for seed in range(150):
        chance = random.Random(seed)
        content = bytearray(whole)
        for _ in range(chance.choice([1, 10, 200])):
            content[chance.randrange(len(content))] = chance.randrange(256)
        hole = chance.randrange(len(content))
        length = chance.choice([0, 500, 5000])
        content[hole : hole + length] = bytes(len(content[hole : hole + length]))
        (tmp_path / f"{seed}.mp4").write_bytes(content[: chance.choice([None, hole])])
    found = gone_through(tmp_path)
    assert len(found) == 150
    assert found.count("read") > 20


@pytest.mark.skipif(sys.platform != "linux", reason="names are text elsewhere")
def test_every_byte_may_be_in_a_name(one_bridge: Path, tmp_path: Path) -> None:
    """To the system a name is bytes."""
    bytes_of_names = [bytes([each]) for each in range(1, 256) if each != ord("/")]
    for each in bytes_of_names:
        os.link(one_bridge, os.fsencode(tmp_path) + b"/a" + each + b".mp4")
    assert gone_through(tmp_path) == ["read"] * len(bytes_of_names)


def test_the_largest_exercise_is_judged(tmp_path: Path) -> None:
    """As many measures, faults and conditions as a file may have."""
    text = (EXERCISES / "bridge.toml").read_text("utf-8")
    peaks = ", ".join(f'{{ peak = "m{n}", above = 1 }}' for n in range(20))
    faults = "".join(
        f'\n[fault.f{n}]\nwhen = [{peaks}]\ncue = "Do it."\nwhy = "So."\n' for n in range(80)
    )
    measures = "".join(f'm{n} = {{ angle = ["shoulder", "hip", "knee"] }}\n' for n in range(70))
    whole = text.replace("[measures]\n", f"[measures]\n{measures}", 1) + faults
    (tmp_path / "bridge.toml").write_text(whole, "utf-8")
    command = ["check", BRIDGE, "-e", "bridge.toml", "--json", "it.json"]
    held(Attack("largest", lambda _: command, "5 reps", 0), tmp_path)


def test_an_hour_of_nobody_is_judged(tmp_path: Path) -> None:
    """An hour in which nobody comes, and five bridges at the end."""
    content = dict(np.load(BRIDGE))
    frames = 108_000
    times = np.arange(frames) / 30
    long = {"time_s": np.concatenate([times, times[-1] + 1 + content["time_s"]])}
    for name in ("landmarks", "world", "visibility"):
        nobody = np.zeros((frames, *content[name].shape[1:]), np.float32)
        long[name] = np.concatenate([nobody, content[name]])
    np.savez_compressed(tmp_path / "it.npz", size=content["size"], **long)
    command = ["check", "it.npz", "-e", "bridge"]
    held(Attack("hour", lambda _: command, "5 reps", 0), tmp_path)
