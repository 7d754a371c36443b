"""How long a ten-minute report takes to write, how large it is, and what it costs on the way.

python benchmarks/report_page.py              measure and print
python benchmarks/report_page.py --enforce    and exit with 1 where a target is missed
"""

import argparse
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import count, cycle
from pathlib import Path
from statistics import median

import cv2
import numpy as np

from formcheck.counting.session import Session
from formcheck.definition.loading import load_exercise
from formcheck.footage.video import open_video
from formcheck.pose import Image, Pose, SourceInfo
from formcheck.report.keepsakes import Keeper
from formcheck.report.page import Section, report_page
from formcheck.sources.recording import read_recording

SAMPLES = Path(__file__).parent.parent / "samples"
CLIP = SAMPLES / "rendered_crunch_side_right_full_situp.mp4"
RECORDINGS = {
    "bridge": "bridge_5",
    "crunch": "situp_10",
    "side_lying_leg_raise": "side_lying_leg_raise_3",
    "standing_leg_raise": "standing_leg_raise_6",
}
SIZE = (1280, 720)
SECONDS = 600.0
MOST_SECONDS, MOST_BYTES = 3.0, 3_000_000
"""Targets for each of the exercises."""


def main() -> int:
    args = _arguments()
    pictures = list(busy_pictures())
    is_met = True
    for exercise, recording in RECORDINGS.items():
        section, each_frame, drawn = followed(exercise, recording, pictures)
        start = time.perf_counter()
        page = report_page("Ten minutes", [section])
        seconds = time.perf_counter() - start + drawn
        is_met = is_met and seconds <= MOST_SECONDS and len(page) <= MOST_BYTES
        print(
            f"{exercise}: {len(section.summary.reps)} reps, {len(section.summary.faults)} faults; "
            f"{1000 * median(each_frame):.2f} ms a frame (95th percentile "
            f"{1000 * sorted(each_frame)[int(0.95 * len(each_frame))]:.2f}), then {seconds:.2f} s; "
            f"{len(page) / 1e6:.2f} MB",
            flush=True,
        )
    told = "met" if is_met else "MISSED"
    print(f"targets: at most {MOST_SECONDS:g} s and {MOST_BYTES / 1e6:g} MB: {told}")
    return 1 if args.enforce and not is_met else 0


def followed(
    exercise: str, recording: str, pictures: list[Image]
) -> tuple[Section, list[float], float]:
    """A session of ten minutes; the seconds that each frame took beside judging it, and its end."""
    loaded = load_exercise(exercise)
    session, keeper = Session(loaded), Keeper(loaded)
    times: list[float] = []
    frames = 0
    for pose, picture in zip(repeated(SAMPLES / f"{recording}.npz"), cycle(pictures), strict=False):
        snapshot = session.update(pose)
        start = time.perf_counter()
        keeper.add(pose, picture, snapshot)
        times.append(time.perf_counter() - start)
        frames += 1
    info = SourceInfo("ten minutes.mp4", SECONDS, frames, frames)
    summary = session.finish()
    start = time.perf_counter()
    kept = keeper.finish(summary)
    drawn = time.perf_counter() - start
    return Section(loaded, summary, info, kept), times, drawn


def repeated(path: Path) -> Iterator[Pose]:
    """The recording over and over."""
    recording = read_recording(path)
    poses = list(recording.poses())
    for turn in count():
        for pose in poses:
            when = pose.time - poses[0].time + turn * recording.duration
            if when > SECONDS:
                return
            yield replace(pose, time=when)


def busy_pictures() -> Iterator[Image]:
    """Pictures with much in them, and with a camera's noise: they make large JPEGs."""
    noise = np.random.default_rng(0).normal(0, 4, (SIZE[1], SIZE[0], 3))
    with open_video(CLIP) as video:
        for number, frame in enumerate(video):
            if number % 30 == 0:
                large = cv2.resize(frame.image, SIZE, interpolation=cv2.INTER_CUBIC)
                yield np.clip(large + noise, 0, 255).astype(np.uint8)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument(
        "--enforce", action="store_true", help="exit with 1 where a target is missed"
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
