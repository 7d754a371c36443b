"""Whether formcheck needs more memory, files or threads the longer it runs.

    python benchmarks/endurance.py                    eight hours of each
    python benchmarks/endurance.py --hours 1 --only free

A recording of landmarks is played in a loop, as fast as it goes: through `check` of one exercise,
through a coach of one exercise, and through the coach that finds out what is done; in small
pictures, without a window, but with all that a report keeps. Now and then nobody is there. Prints
what is held at each hour, and exits with 1 if the memory has grown by more than `ALLOWED_MB` an
hour after the first one.
"""

import argparse
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from math import nan
from pathlib import Path

import numpy as np

from formcheck.checking.judge_source import judge
from formcheck.checking.passages import all_exercises
from formcheck.coaching.by_gesture import Guide
from formcheck.coaching.free_coach import FreeCoach
from formcheck.coaching.routine_coach import LiveCoach
from formcheck.coaching.scene import Scene
from formcheck.coaching.speech import Utterance
from formcheck.definition.loading import load_exercise
from formcheck.definition.routine import one_exercise
from formcheck.live.loop import run
from formcheck.pose import Frame, Image, Pose, PoseCount, SourceInfo
from formcheck.report.sections import Sections
from formcheck.sources.recording import read_recording

RECORDING = Path(__file__).parent.parent / "samples" / "bridge_5.npz"
STEP = 3
"""Every so manieth pose is played: 8 a second, as of a slow laptop."""
ROUNDS, AWAY = 30, 45.0
"""After so many rounds nobody is there for so many seconds, and the set is over."""
ALLOWED_MB = {"check": 3.0, "one": 3.0, "free": 12.0}
"""What is told at the end has to be kept: about 1 MB for the 1600 reps of an hour. Free training
ends an exercise after its usual reps, some hundred times an hour, and keeps for the report what its
section shows: 90 kB, more than half of it for the plot, and a third for two pictures."""
PICTURE: Image = np.full((180, 320, 3), 128, np.uint8)


def looped(hours: float) -> Iterator[Pose]:
    """The poses of the recording over and over."""
    every = list(read_recording(RECORDING).poses())[::STEP]
    period = every[-1].time + 0.125
    start, rounds = 0.0, 0
    while start < hours * 3600:
        for pose in every:
            yield replace(pose, time=start + pose.time)
        start, rounds = start + period, rounds + 1
        if rounds % ROUNDS == 0:
            for step in range(int(AWAY * 8)):
                yield Pose.absent(start + step / 8)
            start += AWAY


class Hours:
    """Prints what is held at each hour."""

    def __init__(self, name: str) -> None:
        self.megabytes: list[float] = []
        self._name, self._begun = name, time.process_time()

    def look(self, now: float) -> None:
        if now < 3600 * len(self.megabytes):
            return
        self.megabytes.append(resident_megabytes())
        files = len(os.listdir("/proc/self/fd"))
        print(
            f"{self._name:6} {now / 3600:4.1f} h  {self.megabytes[-1]:7.1f} MB  {files} files  "
            f"{threading.active_count()} threads  {time.process_time() - self._begun:6.0f} s",
            flush=True,
        )

    def growth(self) -> float:
        """Megabytes an hour, after the first one."""
        settled = self.megabytes[1:]
        return (settled[-1] - settled[0]) / max(1, len(settled) - 1) if settled else 0.0


class Looped:
    """The loop as a source for `check`."""

    size = (64, 48)
    length: float | None = None
    brightness = nan
    picture: Image | None = None

    def __init__(self, hours: float, look: Callable[[float], None]) -> None:
        self._hours, self._look, self._count = hours, look, PoseCount()

    def __iter__(self) -> Iterator[Pose]:
        for pose in looped(self._hours):
            self._count.add(pose)
            self._look(pose.time)
            yield pose

    def again(self) -> None:
        return None

    def info(self) -> SourceInfo:
        return self._count.info("loop")

    def warnings(self) -> list[str]:
        return []


class Silent:
    """Shows nothing, has no keys, and says nothing."""

    muted = True

    def show(self, image: Image, scene: Scene) -> None:
        pass

    def key(self) -> str | None:
        return None

    def say(self, utterance: Utterance) -> None:
        pass


def check(hours: float, look: Callable[[float], None]) -> int:
    outcome = judge(Looped(hours, look), load_exercise("bridge"))
    return len(outcome.summary.counted)


def live(coach: Guide, hours: float, look: Callable[[float], None]) -> int:
    poses: dict[float, Pose] = {}

    def frames() -> Iterator[Frame]:
        for pose in looped(hours):
            look(pose.time)
            poses[pose.time] = pose
            yield Frame(pose.time, PICTURE.copy())  # a camera gives a new one each time

    def detect(frame: Frame) -> Pose:
        return poses.pop(frame.time)

    run(frames(), detect, coach, Silent(), [Sections()])
    return sum(len(result.summary.counted) for result in coach.results)


def coach_of_one(hours: float, look: Callable[[float], None]) -> int:
    routine = one_exercise(load_exercise("bridge"), 1_000_000, None)
    return live(LiveCoach(routine, Silent()), hours, look)


def coach_of_any(hours: float, look: Callable[[float], None]) -> int:
    return live(FreeCoach(list(all_exercises().values()), Silent()), hours, look)


def resident_megabytes() -> float:
    """What this process holds in memory now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


RUNS = {"check": check, "one": coach_of_one, "free": coach_of_any}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--hours", type=float, default=8.0, help="of landmarks, for each run")
    parser.add_argument("--only", choices=RUNS, help="one of them")
    args = parser.parse_args()
    is_met = True
    for name, play in RUNS.items():
        if args.only in (None, name):
            hours = Hours(name)
            reps = play(args.hours, hours.look)
            print(f"{name}: {reps} reps, {hours.growth():+.1f} MB an hour")
            is_met = is_met and hours.growth() <= ALLOWED_MB[name]
    return 0 if is_met else 1


if __name__ == "__main__":
    sys.exit(main())
