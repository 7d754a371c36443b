"""Keeps MediaPipe from sending statistics about its use.

MediaPipe 1.2.2 tries to reach play.googleapis.com about a minute after its start and when it is
closed, whatever its options say. It has no setting against that, but its HTTP library obeys the
environment variable `https_proxy`: sent to a proxy that is not there, nothing leaves the computer,
and not even the name is looked up.
"""

import os
from collections.abc import MutableMapping

PERMISSION = "FORMCHECK_ALLOW_USAGE_STATISTICS"
"""The environment variable that, set to 1, lets MediaPipe send what it wants to."""
NOWHERE = "http://127.0.0.1:9"
"""An address on this computer where nothing listens."""
HOST = "play.googleapis.com"
"""Whom MediaPipe wants to reach."""
EXCEPTIONS = ("no_proxy", "NO_PROXY")
"""Environment variables with hosts that are reached without the proxy."""


def is_permitted(environment: MutableMapping[str, str] = os.environ) -> bool:
    """Whether the user lets MediaPipe send statistics."""
    return environment.get(PERMISSION) == "1"


def block_usage_statistics(environment: MutableMapping[str, str] = os.environ) -> None:
    """Let nothing in this process reach the network by https through libcurl, unless permitted.

    For the command line only: a program that uses formcheck as a library may have connections of
    its own. To be called when the pose model is at hand and before MediaPipe is loaded. A camera's
    stream is not touched: FFmpeg, which reads it, does not know this variable.
    """
    if is_permitted(environment):
        return
    environment["https_proxy"] = NOWHERE
    for name in EXCEPTIONS:
        if name in environment:
            environment[name] = _without_host(environment[name])


def _without_host(exceptions: str) -> str:
    """What remains of a list of exceptions when none of them lets the host pass."""
    names = exceptions.replace(",", " ").split()
    return ",".join(n for n in names if n != "*" and not f".{HOST}".endswith(f".{n.lstrip('.')}"))
