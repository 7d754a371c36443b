"""The coach's pages as a browser asks for them, without one."""

import json
import time
from collections.abc import Callable
from typing import Any

from starlette.testclient import TestClient

from formcheck.app.desk import Desk
from formcheck.pose import Pose
from formcheck.sources.recording import read_recording
from helpers.places import SAMPLES

TOKEN, PORT = "secret", 4711
HERE = f"http://127.0.0.1:{PORT}"
ORIGIN = {"origin": HERE}

Staged = tuple[Desk, TestClient]
Stage = Callable[..., Staged]


def poses_of(name: str) -> list[Pose]:
    """The poses of a sample."""
    return list(read_recording(SAMPLES / f"{name}.npz").poses())


def wait_for(is_so: Callable[[], object], seconds: float = 20.0) -> None:
    """Wait until it is so."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.01)


def wire_of(client: TestClient) -> Any:
    """A page that shows the session."""
    return client.websocket_connect(f"ws://127.0.0.1:{PORT}/{TOKEN}/wire?shows=1", headers=ORIGIN)


def next_scene(wire: Any) -> dict[str, Any]:
    """The next scene; its picture is taken, and said to be drawn."""
    while True:
        message = json.loads(wire.receive_text())
        if message["kind"] == "scene":
            if message["picture"]:
                assert wire.receive_bytes()[:2] == b"\xff\xd8"
                wire.send_text(json.dumps({"drawn": message["number"]}))
            return dict(message)


def hear_word(wire: Any) -> None:
    """Wait until something is to be said."""
    while (message := json.loads(wire.receive_text()))["kind"] != "say":
        if message["picture"]:
            wire.receive_bytes()
