"""How late the page in the browser is, and what it costs beside MediaPipe.

python benchmarks/page.py CLIP [SECONDS]

A clip plays as the camera, and Chromium shows the page. The delay is from the moment at which a
picture is taken from the camera until the page has drawn it with its scene; it is told beside what
finding the body takes. The cost is the processor time of this process, reading the clip included,
less that of the thread that drives the browser, and less what finding the body in as many pictures
takes alone.
"""

import os
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import uvicorn

from formcheck.app.desk import Desk, World
from formcheck.app.server import served
from formcheck.app.serving import config_of, listening_socket
from formcheck.definition.loading import load_exercise
from formcheck.definition.routine import one_exercise
from formcheck.footage.video import open_video
from formcheck.landmarks.follower import Follower
from formcheck.landmarks.model_file import find_model
from formcheck.live.notice import acknowledge
from formcheck.pose import Frame, Pose
from formcheck.stage.hub import Viewer

TOKEN = "benchmark"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")


class Timed:
    """A follower that notes when it was given each picture, and how long it took."""

    def __init__(self, model: Path) -> None:
        self.follower = Follower(model)
        self.given: list[float] = []
        self.took: list[float] = []

    def __enter__(self) -> "Timed":
        return self

    def __exit__(self, *_: object) -> None:
        self.follower.close()

    def sees_another(self, frame: Frame, pose: Pose) -> bool:
        return self.follower.sees_another(frame, pose)

    def detect(self, frame: Frame) -> Pose:
        self.given.append(time.perf_counter())
        pose = self.follower.detect(frame)
        self.took.append(time.perf_counter() - self.given[-1])
        return pose


def alone(clip: Path, model: Path, pictures: int) -> float:
    """Processor seconds for each picture, for finding the body alone."""
    with Follower(model) as follower, open_video(clip) as video:
        frames = [frame for frame, _ in zip(video, range(pictures), strict=False)]
        follower.detect(frames[0])
        before = time.process_time()
        for frame in frames[1:]:
            follower.detect(frame)
    return (time.process_time() - before) / (len(frames) - 1)


def _own_time() -> float:
    """Processor seconds of this process, but for this thread."""
    return time.process_time() - time.thread_time()


def serving(desk: Desk, port_of: Callable[[int], None]) -> uvicorn.Server:
    """Serve the pages, in a thread."""
    listening = listening_socket()
    port = listening.getsockname()[1]
    begun = threading.Event()
    server = uvicorn.Server(config_of(served(desk, TOKEN, port, begun.set)))
    threading.Thread(target=lambda: server.run(sockets=[listening]), daemon=True).start()
    begun.wait(10)
    port_of(port)
    return server


def main(clip: Path, seconds: float) -> None:
    """Measure, and print."""
    model = find_model()
    timed = Timed(model)
    made: Any = lambda: timed  # noqa: E731
    desk = Desk(World(follower=made, voices=lambda code: [], camera=str(clip)))
    delays: list[float] = []
    shown: dict[int, float] = {}
    show = desk.hub.show

    def noting(state: Any, image: Any = None) -> None:
        show(state, image)
        if timed.given:
            shown[desk.hub.newest.number] = timed.given[-1]

    desk.hub.show = noting  # type: ignore[method-assign]
    drew = Viewer.drew

    def drawn(viewer: Viewer, number: int) -> None:
        if number in shown:
            delays.append(time.perf_counter() - shown.pop(number))
        drew(viewer, number)

    Viewer.drew = drawn  # type: ignore[assignment,method-assign]
    ports: list[int] = []
    server = serving(desk, ports.append)
    acknowledge()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        options = ["--headless", "--no-sandbox", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=options)
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        begun = time.perf_counter()
        desk.begin(one_exercise(load_exercise("bridge"), 1000, None))
        page.goto(f"http://127.0.0.1:{ports[0]}/{TOKEN}/session")
        page.wait_for_selector("#stage[data-screen=coach]")
        first = time.perf_counter() - begun
        pictures, before = len(timed.given), _own_time()
        started = time.perf_counter()
        page.wait_for_timeout(1000 * seconds)
        spent, pictures = _own_time() - before, len(timed.given) - pictures
        rate = pictures / (time.perf_counter() - started)
        browser.close()
    desk.close()
    server.should_exit = True
    own = spent / pictures - alone(clip, model, 100)
    late, found = statistics.median(delays), statistics.median(timed.took)
    print(f"first picture after {first:.2f} s; {rate:.0f} pictures a second")
    print(f"drawn after {1000 * late:.0f} ms; finding the body takes {1000 * found:.0f} ms of that")
    print(f"bound: 1.3 times that and 30 ms: {1300 * found + 30:.0f} ms")
    print(
        f"{1000 * own:.1f} ms a picture beside MediaPipe: {100 * own * 30:.0f} % of a core at 30 Hz"
    )


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.environ["FORMCHECK_HISTORY"] = str(Path(folder) / "history.sqlite3")
        os.environ["XDG_CONFIG_HOME"] = folder
        main(Path(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 15.0)
