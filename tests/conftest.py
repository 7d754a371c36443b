"""What several tests share."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import hypothesis
import numpy as np
import pytest
from helpers.places import SAMPLES
from helpers.screen import virtual_display
from helpers.videos import MakeVideo

from formcheck.sources.model_file import find_model

# A busy machine is no reason to fail.
hypothesis.settings.register_profile("formcheck", deadline=None)
hypothesis.settings.load_profile("formcheck")


def pytest_configure() -> None:
    """Let Ctrl-C be heard by what the tests start, though it may be ignored here, as after nohup.

    A process inherits that it ignores a signal, but not that it handles one.
    """
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def model_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pose model, fetched once and kept in the user's cache; by one worker at a time."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return find_model()
    turn = tmp_path_factory.getbasetemp().parent / "somebody looks for the model"
    while True:
        try:
            turn.mkdir()
        except FileExistsError:
            time.sleep(0.05)
            continue
        try:
            return find_model()
        finally:
            turn.rmdir()


@pytest.fixture(scope="session")
def bridge_video() -> Path:
    """A rendered person doing glute bridges, 640 x 480, 440 frames at 25 a second."""
    return SAMPLES / "rendered_bridge_side_right_clean.mp4"


@pytest.fixture(autouse=True)
def own_history(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the tests' sessions out of the history of whoever runs them."""
    folder = tmp_path_factory.getbasetemp() / "history"
    monkeypatch.setenv("FORMCHECK_HISTORY", str(folder / "history.sqlite3"))


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
def display() -> Iterator[dict[str, str]]:
    """A display on which windows can be opened, as environment variables."""
    yield from virtual_display()


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
