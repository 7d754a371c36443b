"""Lets in only this computer's own browser, and only on pages of formcheck itself.

The server listens on the loopback address, which other users of the computer and every page that
is open in a browser can reach too. So the address holds a secret; the host must be named as it is,
or a name of the network could be made to lead here (DNS rebinding); and what changes anything must
come from formcheck's own pages.
"""

from collections.abc import Iterable
from secrets import compare_digest

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SAFE = frozenset({"GET", "HEAD"})
CLOSED = "This page is not here. Start formcheck again to get a new address."
STRANGE = 4403
"""The code of a WebSocket that was not let in."""


class Gate:
    """Middleware around all pages."""

    def __init__(self, app: ASGIApp, token: str, port: int) -> None:
        """Guard `app`.

        Args:
            app: what is behind it.
            token: the secret that every path begins with.
            port: on which the server listens.
        """
        self._app = app
        self._token = token
        self._hosts = frozenset(f"{name}:{port}" for name in ("127.0.0.1", "localhost"))
        self._policy = policy(self._hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let in, or not."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif self._is_welcome(scope):
            await self._app(self._within(scope), receive, self._dressed(send))
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": STRANGE})
        else:
            await PlainTextResponse(CLOSED, 403)(scope, receive, self._dressed(send))

    def _is_welcome(self, scope: Scope) -> bool:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        _, first, rest = (f"{scope['path']}//").split("/", 2)
        is_known = compare_digest(first.encode(), self._token.encode()) and rest != "/"
        if host not in self._hosts or not is_known:
            return False
        if headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
            return False
        changes = scope["type"] == "websocket" or scope["method"] not in SAFE
        return not changes or headers.get("origin") == f"http://{host}"

    def _within(self, scope: Scope) -> Scope:
        """The scope without the token, which pages need not know: their links are relative."""
        path = scope["path"][1 + len(self._token) :]
        return {**scope, "path": path or "/", "raw_path": (path or "/").encode()}

    def _dressed(self, send: Send) -> Send:
        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("Content-Security-Policy", self._policy)
                headers["X-Content-Type-Options"] = "nosniff"
                headers["X-Frame-Options"] = "DENY"
                headers["Referrer-Policy"] = "same-origin"
                headers["Cross-Origin-Opener-Policy"] = "same-origin"
                headers["Cross-Origin-Resource-Policy"] = "same-origin"
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        return dressed


def policy(hosts: Iterable[str]) -> str:
    """What a page may do: show what comes from here, and talk to here."""
    sockets = " ".join(f"ws://{host}" for host in sorted(hosts))
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
        f"connect-src 'self' {sockets}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
