"""What more cores, more computers and kept landmarks give: one line for each comparison.

    python benchmarks/scale.py                     all parts but the scheduler's
    python benchmarks/scale.py --part one          one of: one, folder, dask, again, memory
    python benchmarks/scale.py --part scheduler    tasks without work, up to 100,000

README.md, beside this file, says what is measured. Both sides of a comparison are measured in one
run and take turns, so that a busy computer slows both.
"""

import argparse
import os
import pickle
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median

import cv2
from speed import run_mediapipe

from formcheck.batch.check_clip import Task, check_clip, folder_of
from formcheck.batch.clips import find_clips
from formcheck.batch.cluster import Cluster, on_cluster
from formcheck.batch.executors import done_by
from formcheck.batch.run import DoTasks, check_clips, in_processes
from formcheck.checking.judge_source import judge
from formcheck.definition.loading import load_exercise
from formcheck.landmarks.model_file import find_model
from formcheck.sources.look import Looking
from formcheck.sources.opening import open_source

SAMPLES = Path(__file__).parent.parent / "samples"
CLIP = SAMPLES / "rendered_bridge_side_right_clean.mp4"
EXERCISE = "bridge"
SIZES = (1_000, 10_000, 100_000)


def main() -> int:
    args = _arguments()
    with tempfile.TemporaryDirectory(prefix="formcheck-scale-") as name:
        folder = Path(name)
        os.environ["FORMCHECK_CACHE"] = str(folder / "cache")
        parts = {
            "one": lambda: one_clip(_long_clip(folder, args.minutes), args.runs),
            "folder": lambda: a_folder(_clips(folder, 24, args.seconds), args.runs),
            "dask": lambda: a_cluster(_clips(folder, 24, args.seconds), args.runs),
            "again": lambda: once_more(CLIP, args.runs),
            "memory": lambda: memory(folder),
        }
        if args.part == "scheduler":
            scheduler()
        for name, part in parts.items():
            if args.part in ("all", name):
                part()
    return 0


def one_clip(clip: Path, runs: int) -> None:
    """One clip by one and by two processes, beside MediaPipe alone in a plain loop."""
    model = find_model()

    def ours(workers: int) -> int:
        with open_source(clip, lambda: model, Looking(workers=workers)) as source:
            return judge(source, load_exercise(EXERCISE)).source.frames

    alone, one, two = _in_turn(
        [lambda: run_mediapipe(clip, model), lambda: ours(1), lambda: ours(2)], runs
    )
    print(
        f"one clip: MediaPipe alone {alone:.1f} s, one process {one:.1f} s ({alone / one:.2f} "
        f"times as fast), two {two:.1f} s ({alone / two:.2f} times)",
        flush=True,
    )


def a_folder(clips: Path, runs: int) -> None:
    """A folder by one and by two processes."""
    one, two = _in_turn(
        [lambda: _checked(clips, in_processes(1)), lambda: _checked(clips, in_processes(2))], runs
    )
    print(f"24 clips: one worker {one:.1f} s, two {two:.1f} s ({one / two:.2f} times as fast)")


def a_cluster(clips: Path, runs: int) -> None:
    """A folder by the local pool and by a local Dask cluster, both begun before."""
    import distributed

    with (
        distributed.LocalCluster(2, threads_per_worker=1, dashboard_address=None) as cluster,
        on_cluster(Cluster(cluster.scheduler_address)) as on_dask,
    ):
        pool, dask = _in_turn(
            [lambda: _checked(clips, in_processes(2)), lambda: _checked(clips, on_dask)], runs
        )
    print(f"24 clips: local pool {pool:.1f} s, Dask {dask:.1f} s ({dask / pool:.2f} times as long)")


def once_more(clip: Path, runs: int) -> None:
    """One clip checked, and judged again from what was kept; without and with a report."""
    exercise, model = load_exercise(EXERCISE), find_model()

    def checked(keeps: bool) -> int:
        with open_source(clip, lambda: model, Looking(keeps=keeps)) as source:
            return judge(source, exercise).source.frames

    def reported(keeps: bool) -> int:
        with tempfile.TemporaryDirectory() as out:
            found = find_clips([clip])[0]
            task = Task(found, exercise, None, model, Path(out), "", Looking(keeps=keeps))
            return len(check_clip(task).rows)

    checked(True)
    anew, again, report, report_again = _in_turn(
        [
            lambda: checked(False),
            lambda: checked(True),
            lambda: reported(False),
            lambda: reported(True),
        ],
        runs,
    )
    print(
        f"judged again: {anew:.2f} s and {again:.3f} s ({anew / again:.0f} times as fast), with a "
        f"report {report:.2f} s and {report_again:.2f} s ({report / report_again:.0f} times)"
    )


def memory(folder: Path) -> None:
    """The most memory of the parent over 20 and 200 recordings, and of a worker with videos."""
    clips = folder / "recordings"
    clips.mkdir()
    peaks = []
    for number in range(200):
        shutil.copy(SAMPLES / "bridge_5.npz", clips / f"{number:03}.npz")
        if number + 1 in (20, 200):
            _checked(clips, in_processes(2))
            peaks.append(_peak(resource.RUSAGE_SELF))
    _checked(_clips(folder, 4, 10.0), in_processes(2))
    print(
        f"memory: the parent {peaks[0]:.0f} MB after 20 clips and {peaks[1]:.0f} MB after 200; the "
        f"largest worker {_peak(resource.RUSAGE_CHILDREN):.0f} MB"
    )


def scheduler() -> None:
    """Tasks that do nothing, handed to a real Dask scheduler as clips are."""
    import distributed

    exercise = pickle.dumps(load_exercise(EXERCISE))
    clip = find_clips([CLIP])[0]
    with (
        distributed.LocalCluster(2, threads_per_worker=1, dashboard_address=None) as cluster,
        distributed.Client(cluster.scheduler_address, set_as_default=False) as client,
    ):
        executor = client.get_executor(pure=False)
        for size in SIZES:
            tasks = ((Task(replace(clip, name=f"{n}.mp4"), None), exercise) for n in range(size))
            started, processor = time.perf_counter(), time.process_time()
            answered = sum(1 for _ in done_by(executor, _nothing, tasks))
            took = time.perf_counter() - started
            print(
                f"scheduler: {answered} tasks in {took:.1f} s, {answered / took:.0f} a second, "
                f"{1e3 * (time.process_time() - processor) / size:.2f} ms of scheduler and client "
                f"each, {_peak(resource.RUSAGE_SELF):.0f} MB",
                flush=True,
            )


def _nothing(parcel: tuple[Task, bytes]) -> str:
    return parcel[0].clip.name


def _checked(clips: Path, do: DoTasks) -> int:
    exercise, model = load_exercise(EXERCISE), find_model()
    with tempfile.TemporaryDirectory() as out:
        tasks = [
            Task(clip, exercise, None, model, *folder_of(clip, Path(out)))
            for clip in find_clips([clips])
        ]
        return sum(not step.checked.error for step in check_clips(tasks, "", do))


def _in_turn(ways: list[Callable[[], int]], runs: int) -> Iterator[float]:
    """The median seconds of each way; they take turns."""
    took: list[list[float]] = [[] for _ in ways]
    for run in range(runs):
        order = range(len(ways)) if run % 2 == 0 else range(len(ways) - 1, -1, -1)
        for number in order:
            started = time.perf_counter()
            assert ways[number]()
            took[number].append(time.perf_counter() - started)
    return iter([median(each) for each in took])


def _long_clip(folder: Path, minutes: float) -> Path:
    return _repeated(folder / "long.mp4", 60 * minutes)


def _clips(folder: Path, number: int, seconds: float) -> Path:
    clips = folder / f"{number} clips"
    if not clips.exists():
        clips.mkdir()
        first = _repeated(clips / "00.mp4", seconds)
        for other in range(1, number):
            shutil.copy(first, clips / f"{other:02}.mp4")
    return clips


def _repeated(path: Path, seconds: float) -> Path:
    """The sample over and over, for so long."""
    writer, written = None, 0
    while written < 25 * seconds:
        capture = cv2.VideoCapture(str(CLIP))
        while written < 25 * seconds:
            found, picture = capture.read()
            if not found:
                break
            if writer is None:
                size = picture.shape[1], picture.shape[0]
                writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), 25, size)
            writer.write(picture)
            written += 1
    assert writer is not None
    writer.release()
    return path


def _peak(who: int) -> float:
    """Megabytes, at most until now."""
    most = resource.getrusage(who).ru_maxrss
    return most / 1e6 if sys.platform == "darwin" else most / 1e3


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    names = ["all", "one", "folder", "dask", "again", "memory", "scheduler"]
    parser.add_argument("--part", choices=names, default="all")
    parser.add_argument("--runs", type=int, default=3, help="how often each way is timed")
    parser.add_argument("--minutes", type=float, default=3.0, help="of the one clip")
    parser.add_argument("--seconds", type=float, default=10.0, help="of each of 24 clips")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
