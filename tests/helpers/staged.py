"""The coach's pages without a camera, a model or a browser."""

import contextlib
import time
from collections.abc import Callable, Iterator
from math import inf
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from formcheck.app.desk import Desk, World
from formcheck.pose import Frame, Pose
from formcheck.stage import preview, sitting
from formcheck.voice import voice

PICTURE = np.full((48, 64, 3), 128, np.uint8)


class Camera:
    """Gives a picture for each pose, at once or at a pace; then something happens."""

    size = (64, 48)
    ending = ""

    def __init__(
        self,
        poses: list[Pose],
        pace: float = 0.0,
        at_end: Callable[["Camera"], None] = lambda camera: None,
    ) -> None:
        self.poses, self.pace, self.at_end = poses, pace, at_end
        self.waiting: Callable[[float], None] = lambda silent: None
        self.is_stopped = False

    def __iter__(self) -> Iterator[Frame]:
        """Give the frames."""
        for pose in self.poses:
            if self.is_stopped:
                return
            time.sleep(self.pace)
            yield Frame(pose.time, PICTURE)
        self.at_end(self)

    def stop(self) -> None:
        """Give no more."""
        self.is_stopped = True

    def __enter__(self) -> "Camera":
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Do nothing."""


class Knowing(contextlib.nullcontext[None]):
    """Finds in each picture the pose that it was made for."""

    def __init__(self, poses: list[Pose]) -> None:
        super().__init__()
        self.by_time = {pose.time: pose for pose in poses}

    def __enter__(self) -> Any:
        """Return itself."""
        return self

    def detect(self, frame: Frame) -> Pose:
        """Give the pose of that time."""
        return self.by_time[frame.time]

    def sees_another(self, frame: Frame, pose: Pose) -> bool:
        """See nobody else."""
        return False


@contextlib.contextmanager
def own_settings(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Keep choices and notice out of the home of whoever runs the tests; wait for no page."""
    monkeypatch.setattr(sitting, "ALONE", inf)
    place = "platformdirs.user_config_path"
    monkeypatch.setattr(place, lambda *_args, **_named: folder / "settings")
    monkeypatch.setenv("FORMCHECK_HISTORY", str(folder / "history.sqlite3"))
    yield


def desk_before(
    poses: list[Pose], monkeypatch: pytest.MonkeyPatch, pace: float = 0.0, **named: Any
) -> Desk:
    """A desk whose camera shows these poses; no session waits at its end for a page's voice."""
    for module in (sitting, preview):
        monkeypatch.setattr(module, "open_live", lambda address: Camera(poses, pace))
    monkeypatch.setattr(sitting, "LAST_WORDS", 0.0)
    monkeypatch.setattr(voice, "CLOSE_WITHIN", 0.0)
    knowing: Any = Knowing(poses)
    return Desk(World(follower=lambda: knowing, voices=lambda code: [], camera="7", **named))
