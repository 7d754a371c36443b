"""The wire to each page: pictures and scenes go out, commands come in."""

import asyncio
import contextlib
import json
from collections.abc import Callable
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from formcheck.stage.hub import PATIENCE, Hub, Viewer

LARGEST = 10_000
"""Letters of a message from a page."""

Obey = Callable[[dict[str, Any]], None]
"""Does what a page asks for."""


async def serve_wire(socket: WebSocket, hub: Hub, obey: Obey) -> None:
    """Talk to a page until it is closed."""
    await socket.accept()
    viewer = Viewer(shows=socket.query_params.get("shows") == "1")
    hub.join(viewer)
    sending = asyncio.create_task(_send(socket, hub, viewer))
    try:
        await _hear(socket, viewer, obey)
    except WebSocketDisconnect:
        return
    finally:
        hub.leave(viewer)
        sending.cancel()
        with contextlib.suppress(asyncio.CancelledError, WebSocketDisconnect, RuntimeError):
            await sending


async def _send(socket: WebSocket, hub: Hub, viewer: Viewer) -> None:
    """Send whatever must not be missed, and the newest picture if the page keeps up."""
    while True:
        await viewer.fresh.wait()
        viewer.fresh.clear()
        while viewer.messages:
            await socket.send_text(json.dumps(viewer.messages.popleft()))
        if viewer.shows and viewer.is_ready:
            await _send_newest(socket, hub, viewer)


async def _send_newest(socket: WebSocket, hub: Hub, viewer: Viewer) -> None:
    newest = hub.newest
    if newest.number == viewer.number:
        return
    viewer.number = newest.number
    jpeg = await asyncio.to_thread(newest.jpeg)
    state = {"kind": "scene", "number": newest.number, "picture": bool(jpeg), **newest.state}
    await socket.send_text(json.dumps(state, allow_nan=False))
    if jpeg:
        viewer.sent(newest.number)
        asyncio.get_running_loop().call_later(PATIENCE, viewer.drew, newest.number)
        await socket.send_bytes(jpeg)


async def _hear(socket: WebSocket, viewer: Viewer, obey: Obey) -> None:
    """Hear the page. What is no message of formcheck's own pages closes the wire."""
    while True:
        try:
            text = await socket.receive_text()
            message = json.loads(text) if len(text) <= LARGEST else None
        except (KeyError, RecursionError, ValueError):  # bytes, too deep, no JSON
            message = None
        if not isinstance(message, dict):
            await socket.close(1003)
            return
        if isinstance(message.get("drawn"), int):
            viewer.drew(message["drawn"])
        elif "speaks" in message:
            viewer.speaks = _codes(message["speaks"])
            obey({"speaks": viewer.speaks})
        else:
            obey(message)


def _codes(told: object) -> tuple[str, ...]:
    """The languages that a page names."""
    return tuple(each for each in told if isinstance(each, str)) if isinstance(told, list) else ()
