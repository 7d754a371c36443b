"""A screen that nobody sees, for tests of the whole live program."""

import os
import shutil
import subprocess
from collections.abc import Iterator

import pytest


def virtual_display() -> Iterator[dict[str, str]]:
    """The environment in which windows open on a display of Xvfb; skips where there is none."""
    xvfb = shutil.which("Xvfb")
    if xvfb is None:
        pytest.skip("needs Xvfb, a virtual display: on Debian and Ubuntu, apt install xvfb")
    reading, writing = os.pipe()
    command = [xvfb, "-displayfd", str(writing), "-screen", "0", "1280x800x24", "-nolisten", "tcp"]
    process = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            number = told.readline().strip()
        assert number, "Xvfb did not start"
        yield {"DISPLAY": f":{number}"}
    finally:
        process.terminate()
        process.wait(timeout=10)
