"""`formcheck record`: what it writes is worth as much as the video."""

import json
from pathlib import Path

from helpers.commands import refused, run


def test_a_recording_that_cannot_be_written_is_refused(
    bridge_video: Path, tmp_path: Path, model_path: Path
) -> None:
    """At once, not when all is done; and only under a name that will be known again."""
    known = {"FORMCHECK_MODEL": str(model_path)}
    missing = tmp_path / "nowhere" / "it.npz"
    assert "Can't write" in refused(2, "record", bridge_video, "-o", missing, **known)
    assert ".npz" in refused(2, "record", bridge_video, "-o", tmp_path / "it.mp4", **known)


def test_a_recording_gives_the_same_result_as_its_video(
    one_bridge: Path, tmp_path: Path, model_path: Path
) -> None:
    """To the last digit; only the path differs."""
    recording = tmp_path / "it.npz"
    known = {"FORMCHECK_MODEL": str(model_path)}
    recorded = run("record", one_bridge, "-o", recording, **known)
    assert recorded.stdout.endswith("70 frames, a person in 70 of them\n")
    assert (recorded.returncode, recorded.stderr) == (0, "")
    results = [
        json.loads(run("check", path, "-e", "bridge", "--json", "-", **known).stdout)
        for path in (one_bridge, recording)
    ]
    assert results[0]["sets"][0]["reps"]
    for result in results:
        del result["source"]["path"]
    assert results[0] == results[1]
