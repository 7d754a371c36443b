"""Whether a live session needs no more memory as it goes on.

    python benchmarks/memory.py                  30 minutes of video
    python benchmarks/memory.py --minutes 5 --mediapipe

A clip is played in a loop, as fast as it goes, through all of `formcheck live` but the page and
the sound: camera thread, coach, pictures, voice, recording, events and annotated video. Landmarks
are found once and then replayed, unless --mediapipe asks to find them in every frame. Prints the
resident memory at each minute of video, and exits with 1 if it grew by more than 30 MB after the
second minute.
"""

import argparse
import os
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from formcheck.coaching.routine_coach import LiveCoach
from formcheck.coaching.scene import Scene
from formcheck.coaching.speech import Utterance
from formcheck.definition.loading import load_exercise
from formcheck.definition.routine import one_exercise
from formcheck.footage.video import open_video
from formcheck.landmarks.follower import Follower
from formcheck.landmarks.model_file import find_model
from formcheck.live.loop import Detect, Watch, run
from formcheck.live.outputs import growing_events, growing_watches
from formcheck.pose import Frame, Image, Pose
from formcheck.results.outputs import Outputs
from formcheck.sources.camera import LiveSource
from formcheck.voice.speakers import VoiceKind
from formcheck.voice.voice import Voice

CLIP = Path(__file__).parent.parent / "samples" / "rendered_bridge_side_right_clean.mp4"
LENGTH = 17.6
"""Seconds of the clip."""
ALLOWED_MB = 30.0
SETTLED = 2
"""Minutes after which all is loaded and every buffer has its size."""


class Loop:
    """The clip over and over; each frame waits until the one before was taken."""

    is_video, ending = True, ""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.taken = threading.Semaphore(1)

    def read(self, stopped: threading.Event) -> Iterator[Frame]:
        start = 0.0
        while start < self.seconds:
            with open_video(CLIP) as video:
                for frame in video:
                    while not self.taken.acquire(timeout=0.1):
                        if stopped.is_set():
                            return
                    yield Frame(start + frame.time, frame.image)
            start += LENGTH

    def begin(self) -> None:
        pass

    def close(self) -> None:
        pass


class NoScreen:
    """Shows nothing, and has no keys."""

    def show(self, image: Image, scene: Scene) -> None:
        pass

    def key(self) -> str | None:
        return None


class NoSound:
    """A speaker that has said everything at once."""

    kind: VoiceKind = "speech"

    def speak(self, utterance: Utterance, interrupted: threading.Event) -> None:
        pass

    def close(self) -> None:
        pass


class Minutes:
    """A watcher that prints the memory at each minute."""

    def __init__(self) -> None:
        self.megabytes: list[float] = []

    def __call__(self, frame: Frame, scene: Scene) -> None:
        if frame.time < 60 * len(self.megabytes):
            return
        self.megabytes.append(resident_megabytes())
        reps = scene.snapshot.reps if scene.snapshot else 0
        print(f"{frame.time / 60:5.1f} min  {self.megabytes[-1]:7.1f} MB  {reps} reps", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--minutes", type=float, default=30.0, help="of video")
    parser.add_argument("--mediapipe", action="store_true", help="find every pose anew")
    args = parser.parse_args()
    minutes = Minutes()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="formcheck-memory-")))
        follower = stack.enter_context(Follower(find_model()))
        detect = follower.detect if args.mediapipe else replayed(follower.detect)
        play(detect, args.minutes * 60, folder, minutes)
    settled = minutes.megabytes[SETTLED:]
    growth = settled[-1] - settled[0] if settled else 0.0
    print(f"growth after minute {SETTLED}: {growth:+.1f} MB")
    return 1 if growth > ALLOWED_MB else 0


def play(detect: Detect, seconds: float, folder: Path, minutes: Minutes) -> None:
    """Let somebody exercise for so long, and keep everything that can be kept."""
    outputs = Outputs(None, record=folder / "it.npz", video=folder / "it.mp4")
    with ExitStack() as stack:
        voice = stack.enter_context(Voice([NoSound]))
        coach = LiveCoach(one_exercise(load_exercise("bridge"), 1_000_000, None), voice)
        loop = Loop(seconds)
        source = stack.enter_context(LiveSource(loop))

        def detect_next(frame: Frame) -> Pose:
            loop.taken.release()
            return detect(frame)

        events = stack.enter_context(growing_events(folder / "it.jsonl"))
        watches: list[Watch] = [*growing_watches(stack, outputs, source.size, print), minutes]
        run(source, detect_next, coach, NoScreen(), [events], watches)


def replayed(detect: Detect) -> Detect:
    """Find the poses of the clip once, to be had again by their time in it."""
    with open_video(CLIP) as video:
        poses = {round(frame.time * 1000): detect(frame) for frame in video}
    period = round(LENGTH * 1000)

    def replay(frame: Frame) -> Pose:
        return replace(poses[round(frame.time * 1000) % period], time=frame.time)

    return replay


def resident_megabytes() -> float:
    """What this process holds in memory now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    sys.exit(main())
