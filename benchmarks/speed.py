"""How fast formcheck is, beside MediaPipe alone and on an hour of recorded landmarks.

    python benchmarks/speed.py              measure and print
    python benchmarks/speed.py --enforce    and exit with 1 where a target is missed

README.md, beside this file, says what is measured and how to read it.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path
from statistics import median

import cv2
import mediapipe as mp
from mediapipe.tasks.python import BaseOptions
from mediapipe.tasks.python.vision import PoseLandmarker, PoseLandmarkerOptions, RunningMode

from formcheck.checking.judge_source import judge
from formcheck.definition.loading import load_exercise
from formcheck.landmarks.model_file import find_model
from formcheck.pose import Pose
from formcheck.sources.opening import open_source
from formcheck.sources.recording import RecordingWriter, read_recording

SAMPLES = Path(__file__).parent.parent / "samples"
CLIP = SAMPLES / "rendered_bridge_side_right_clean.mp4"
RECORDINGS = {"bridge": "bridge_5.npz", "side_lying_leg_raise": "side_lying_leg_raise_3.npz"}
"""For each exercise, the recording that is repeated for an hour."""

FRAMES_PER_SECOND = 30
HOUR = 3600 * FRAMES_PER_SECOND
LEAST_RATIO = 0.95
"""Target: formcheck's frames per second, divided by those of MediaPipe alone."""
MOST_SECONDS = 10.0
"""Target: for an hour of landmarks."""


def main() -> int:
    args = _arguments()
    met = []
    if args.part != "hour":
        met.append(compare_with_mediapipe(args.clip, args.exercise, args.runs))
    if args.part != "video":
        met += [measure_hour(name, SAMPLES / file) for name, file in RECORDINGS.items()]
    return 1 if args.enforce and not all(met) else 0


def compare_with_mediapipe(clip: Path, exercise: str, runs: int) -> bool:
    """Time both ways in turn, so that both meet the same computer; whether the target is met."""
    model = find_model()
    ways: dict[str, Callable[[], int]] = {
        "MediaPipe alone": lambda: run_mediapipe(clip, model),
        "formcheck check": lambda: run_formcheck(clip, exercise, model),
    }
    for way in ways.values():
        way()  # once unmeasured: files come into the cache, libraries are loaded
    rates: dict[str, list[float]] = {name: [] for name in ways}
    for run in range(runs):
        order = list(ways) if run % 2 == 0 else list(ways)[::-1]
        for name in order:
            seconds, frames = timed(ways[name])
            rates[name].append(frames / seconds)
    print(f"{clip.name}, {frames} frames, {runs} runs of each in turn")
    for name, found in rates.items():
        told = f"median {median(found):.1f}, worst {min(found):.1f}, best {max(found):.1f}"
        print(f"  {name}: {told} frames per second")
    alone, ours = (median(found) for found in rates.values())
    ratio = ours / alone
    line = f"  ratio of the medians: {ratio:.3f}"
    return _told(line, ratio >= LEAST_RATIO, f"at least {LEAST_RATIO:g}")


def run_mediapipe(clip: Path, model: Path) -> int:
    """The least that any program must do: decode, turn BGR to RGB, find the landmarks."""
    options = PoseLandmarkerOptions(
        base_options=BaseOptions(model_asset_buffer=model.read_bytes()),
        running_mode=RunningMode.VIDEO,
    )
    capture = cv2.VideoCapture(str(clip), cv2.CAP_FFMPEG)
    frames = 0
    with PoseLandmarker.create_from_options(options) as landmarker:
        while True:
            found, picture = capture.read()
            if not found:
                break
            milliseconds = round(capture.get(cv2.CAP_PROP_POS_MSEC))
            image = mp.Image(mp.ImageFormat.SRGB, cv2.cvtColor(picture, cv2.COLOR_BGR2RGB))
            landmarker.detect_for_video(image, milliseconds)
            frames += 1
    capture.release()
    return frames


def run_formcheck(clip: Path, exercise: str, model: Path) -> int:
    """What `formcheck check` does, with the model already at hand."""
    with open_source(clip, lambda: model) as source:
        return judge(source, load_exercise(exercise)).source.frames


def measure_hour(exercise: str, recording: Path) -> bool:
    """Time `check` on an hour of landmarks, reading included; whether the target is met."""
    with tempfile.TemporaryDirectory(prefix="formcheck-speed-") as folder:
        hour = Path(folder) / f"{exercise}.npz"
        write_hour(recording, hour)
        # By the processor's time: what else the computer does meanwhile counts less.
        seconds, frames = timed(lambda: run_formcheck(hour, exercise, Path()), time.process_time)
    line = (
        f"{exercise}, an hour of landmarks, {frames} frames: {seconds:.1f} s, "
        f"{seconds / frames * 1e6:.0f} microseconds per frame"
    )
    return _told(line, seconds <= MOST_SECONDS, f"at most {MOST_SECONDS:g} s")


def write_hour(recording: Path, hour: Path) -> None:
    """Repeat a recording, at 30 frames a second, until an hour is full."""
    original = read_recording(recording)
    poses = islice(cycle(list(original.poses())), HOUR)
    with RecordingWriter(hour, original.size) as writer:
        for index, pose in enumerate(poses):
            shifted = index / FRAMES_PER_SECOND
            writer.add(Pose(shifted, pose.image, pose.world, pose.visibility))


def timed(
    work: Callable[[], int], clock: Callable[[], float] = time.perf_counter
) -> tuple[float, int]:
    """Seconds that the work took by this clock, and what it returned."""
    start = clock()
    result = work()
    return clock() - start, result


def _told(line: str, is_met: bool, target: str) -> bool:
    print(f"{line}; target: {target}, {'met' if is_met else 'MISSED'}", flush=True)
    return is_met


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--enforce", action="store_true", help="exit with 1 if a target is missed")
    parser.add_argument("--runs", type=int, default=5, help="how often each way is timed")
    parser.add_argument("--part", choices=["all", "video", "hour"], default="all")
    parser.add_argument("--clip", type=Path, default=CLIP)
    parser.add_argument("--exercise", default="bridge", help="what is done in the clip")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
