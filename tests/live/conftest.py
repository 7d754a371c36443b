"""What tests of live sessions share."""

from collections.abc import Callable

import pytest
from helpers.live_session import KeyedPage, Play, Shown
from helpers.staged import Camera, Knowing

from formcheck.live import program
from formcheck.pose import Pose


@pytest.fixture
def play(monkeypatch: pytest.MonkeyPatch) -> Play:
    """Let `coach_live` see these poses, with a page and a voice that are none."""
    monkeypatch.setattr(program, "show_notice_once", lambda: None)

    def prepare(
        poses: list[Pose],
        ending: Callable[[Camera], None] = lambda camera: None,
        keys: list[str] | None = None,
        kind: type[Camera] = Camera,
    ) -> KeyedPage:
        window = KeyedPage(keys or [])
        source = kind(poses, at_end=ending)
        monkeypatch.setattr(program, "open_live", lambda address: source)
        monkeypatch.setattr(Shown, "window", window)
        loaded = Knowing(poses)
        monkeypatch.setattr(program, "_loaded_follower", lambda model: loaded)
        return window

    return prepare
