"""Running formcheck in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from helpers.places import SAMPLES

COMMAND = [sys.executable, "-m", "formcheck"]
BRIDGE = SAMPLES / "bridge_5.npz"
PATIENCE = 300
"""Seconds that a process may take: it only takes so long if it hangs, or the machine is busy."""


def run(*arguments: object, cwd: Path | None = None, **environment: str) -> Any:
    """Run formcheck and return the finished process, its output as text."""
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        cwd=cwd,
        env={**os.environ, "COLUMNS": "80", "PYTHONIOENCODING": "utf-8", **environment},
        timeout=PATIENCE,
    )


def refused(code: int, *arguments: object, **environment: str) -> str:
    """Run formcheck where it must fail with one line and nothing else; the line."""
    done = run(*arguments, **environment)
    assert (done.returncode, done.stdout) == (code, ""), done.stderr
    (line,) = done.stderr.splitlines()
    assert line.startswith("formcheck: ")
    return str(line)
