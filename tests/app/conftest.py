"""What tests of the coach's pages share."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from helpers.pages import HERE, ORIGIN, PORT, TOKEN, Stage, Staged, poses_of
from helpers.staged import desk_before, own_settings
from starlette.testclient import TestClient

from formcheck.app.server import served


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    """A desk before a sample, and somebody who asks for its pages."""
    clients = []

    def begin(name: str = "bridge_5", pace: float = 0.0, **named: Any) -> Staged:
        desk = desk_before(poses_of(name), monkeypatch, pace, **named)
        client = TestClient(served(desk, TOKEN, PORT), base_url=f"{HERE}/{TOKEN}/")
        client.headers.update(ORIGIN)
        client.__enter__()
        clients.append(client)
        return desk, client

    with own_settings(tmp_path, monkeypatch):
        yield begin
        for client in clients:
            client.__exit__(None, None, None)
