"""How the pages are served."""

import asyncio
import socket

from formcheck.app.serving import LOOPBACK, listening_socket


async def sends_at_once(listening: socket.socket) -> bool:
    """Serve on a socket, connect to it, and tell whether the server waits to fill its packets."""
    told: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def met(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        end: socket.socket = writer.get_extra_info("socket")
        told.set_result(end.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        writer.close()

    async with await asyncio.start_server(met, sock=listening):
        _, writer = await asyncio.open_connection(*listening.getsockname())
        try:
            return bool(await told)
        finally:
            writer.close()


def test_only_this_computer_can_reach_the_pages() -> None:
    """It listens on the loopback address."""
    with listening_socket() as listening:
        assert listening.getsockname()[0] == LOOPBACK == "127.0.0.1"


def test_a_picture_is_sent_whole_at_once() -> None:
    """Its end doesn't wait for what follows it, as it would on a socket that names no protocol."""
    assert asyncio.run(sends_at_once(listening_socket()))
