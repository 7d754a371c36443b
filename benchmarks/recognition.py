"""Ask what it costs to follow every exercise at once, beside following the one that is named.

    .venv/bin/python benchmarks/recognition.py
    .venv/bin/python benchmarks/recognition.py --enforce

A frame from MediaPipe takes about 10 ms on a laptop; all exercises together must stay well below.
"""

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

from formcheck.checking.passages import all_exercises
from formcheck.counting.session import Session
from formcheck.definition.loading import load_exercise
from formcheck.evaluation.label_files import read_labels
from formcheck.pose import Pose
from formcheck.recognition.recogniser import Recogniser
from formcheck.sources.recording import read_recording

SAMPLES = Path(__file__).parent.parent / "samples"
HOUR = 3600 * 30
"""Frames."""
TARGET_MS = 4.0
"""Milliseconds a frame for all exercises: less than half of what MediaPipe takes."""


def milliseconds(update: Callable[[Pose], object], poses: Sequence[Pose]) -> float:
    start = time.process_time()
    for pose in poses:
        update(pose)
    return 1000 * (time.process_time() - start) / len(poses)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--enforce", action="store_true")
    options = parser.parse_args()
    exercises = list(all_exercises().values())
    worst = 0.0
    print(f"{'recording':28}{'all ms':>8}{'one ms':>8}{'ratio':>8}   {len(exercises)} exercises")
    for path in sorted(SAMPLES.glob("*.npz")):
        (labels,) = read_labels(path.with_suffix(".labels.json"))
        poses = list(read_recording(path).poses())
        one = load_exercise(labels.exercise or "bridge")
        alone, together = [], []
        for _ in range(options.runs):
            alone.append(milliseconds(Session(one).update, poses))
            together.append(milliseconds(Recogniser(exercises).update, poses))
        worst = max(worst, median(together))
        ratio = median(together) / median(alone)
        print(f"{path.stem:28}{median(together):8.2f}{median(alone):8.3f}{ratio:8.1f}")
    print(f"an hour of landmarks at 30 frames a second, at the worst: {worst / 1000 * HOUR:.0f} s")
    return int(options.enforce and worst > TARGET_MS)


if __name__ == "__main__":
    sys.exit(main())
