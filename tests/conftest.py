"""What several tests share."""

import itertools
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import cv2
import hypothesis
import numpy as np
import pytest
from helpers.places import SAMPLES
from helpers.videos import MakeVideo

from formcheck.footage.video import open_video
from formcheck.landmarks.model_file import find_model
from formcheck.sources.opening import open_source
from formcheck.sources.recording import RecordingWriter

# A busy machine is no reason to fail, and what fails once fails again: `-m fuzz` tries other inputs
# in each run.
hypothesis.settings.register_profile("formcheck", deadline=None, derandomize=True)
hypothesis.settings.load_profile("formcheck")


def pytest_configure() -> None:
    """Let Ctrl-C be heard by what the tests start, though it may be ignored here, as after nohup.

    A process inherits that it ignores a signal, but not that it handles one.
    """
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ["FORMCHECK_LANGUAGE"] = "en"  # whatever this computer's user speaks


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that look for people in videos: a long test at the end is waited for."""
    long = {item.path for item in items if "model_path" in getattr(item, "fixturenames", ())}
    items.sort(key=lambda item: item.path not in long)


BEFORE = 20
"""The frame of the rendered bridge at 0.8 s; its first rep begins at 1.4 s."""
NUMBERS = itertools.count()
"""Of the tests that this worker runs."""
Once = Callable[[str, Callable[[Path], None]], Path]


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Make a file once for all workers: the first one makes it, and the others wait for it."""
    base = tmp_path_factory.getbasetemp()
    folder = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def make_once(name: str, make: Callable[[Path], None]) -> Path:
        path, turn = folder / name, folder / f"{name} is being made"
        while True:
            try:
                turn.mkdir()
            except FileExistsError:
                time.sleep(0.05)
                continue
            try:
                if not path.exists():
                    make(path)
                return path
            finally:
                turn.rmdir()

    return make_once


@pytest.fixture(scope="session")
def model_path(once: Once) -> Path:
    """The pose model, fetched once and kept in the user's cache."""
    told = once("model.txt", lambda path: path.write_text(str(find_model()), "utf-8") and None)
    return Path(told.read_text("utf-8"))


@pytest.fixture(scope="session")
def bridge_video() -> Path:
    """A rendered person doing glute bridges, 640 x 480, 440 frames at 25 a second."""
    return SAMPLES / "rendered_bridge_side_right_clean.mp4"


@pytest.fixture(scope="session")
def bridge_recording(bridge_video: Path, model_path: Path, once: Once) -> Path:
    """What is seen in that video, in each of its pictures."""

    def record(path: Path) -> None:
        with (
            open_source(bridge_video, lambda: model_path) as source,
            RecordingWriter(path, source.size) as writer,
        ):
            for pose in source:
                writer.add(pose)

    return once("bridge.npz", record)


@pytest.fixture(scope="session")
def half_bridge_video(bridge_video: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same video from just before the first rep, at half the frame rate: half the work."""
    return _halved(bridge_video, tmp_path_factory.mktemp("half") / "half.mp4", BEFORE, 440)


@pytest.fixture(scope="session")
def one_bridge(bridge_video: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first of its bridges at half the frame rate, 70 frames."""
    return _halved(bridge_video, tmp_path_factory.mktemp("one") / "one.mp4", BEFORE, 160)


@pytest.fixture(scope="session")
def a_moment(bridge_video: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its first seconds, 30 frames, for what need not be a whole rep."""
    return _halved(bridge_video, tmp_path_factory.mktemp("moment") / "moment.mp4", 0, 60)


def _halved(video: Path, path: Path, start: int, stop: int) -> Path:
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), 12.5, (640, 480))
    with open_video(video) as source:
        for frame in itertools.islice(source, start, stop, 2):
            writer.write(frame.image)
    writer.release()
    return path


@pytest.fixture(autouse=True)
def own_history(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each test an empty history, not that of whoever runs them, and keep no landmarks."""
    folder = tmp_path_factory.getbasetemp() / "histories" / f"{next(NUMBERS)}"
    monkeypatch.setenv("FORMCHECK_HISTORY", str(folder / "history.sqlite3"))
    monkeypatch.setenv("FORMCHECK_CACHE", "off")


@pytest.fixture
def make_video(tmp_path: Path) -> MakeVideo:
    """Write a small video with given times; its top left corner is red."""
    av = pytest.importorskip("av", reason="test videos are made with PyAV: pip install av")

    def make(
        name: str,
        milliseconds: list[int],
        size: tuple[int, int] = (64, 48),
        rotation: float = 0,
        **options: Any,
    ) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with av.open(str(path), "w", **options) as container:
            stream = container.add_stream("mpeg4", rate=30)
            stream.width, stream.height = size
            stream.pix_fmt = "yuv420p"
            stream.codec_context.time_base = Fraction(1, 1000)
            if rotation:
                stream.set_display_rotation(rotation)
            for time in milliseconds:
                picture = np.full((size[1], size[0], 3), 128, np.uint8)
                picture[: size[1] // 3, : size[0] // 3] = (0, 0, 255)
                frame = av.VideoFrame.from_ndarray(picture, "bgr24")
                frame.pts, frame.time_base = time, Fraction(1, 1000)
                container.mux(stream.encode(frame))
            container.mux(stream.encode())
        return path

    return make


@pytest.fixture(scope="session")
def without_network() -> list[str]:
    """The beginning of a command that is to run where there is no network, not even loopback."""
    unshare = shutil.which("unshare")
    if unshare is None:
        pytest.skip("needs unshare, of Linux")
    command = [unshare, "--user", "--map-root-user", "--net"]
    done = subprocess.run([*command, "true"], capture_output=True, text=True)
    if done.returncode:
        pytest.skip(f"this system lets nobody cut off the network: {done.stderr.strip()}")
    return command
