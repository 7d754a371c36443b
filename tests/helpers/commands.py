"""Running formcheck as its user does: by arguments, exit code and output."""

import os
import subprocess
import sys
from contextlib import chdir
from io import BytesIO, TextIOWrapper
from pathlib import Path
from unittest import mock

from formcheck.cli import main
from helpers.places import SAMPLES

COMMAND = [sys.executable, "-m", "formcheck"]
BRIDGE = SAMPLES / "bridge_5.npz"
PATIENCE = 300
"""Seconds that a process may take: it only takes so long if it hangs, or the machine is busy."""

Done = subprocess.CompletedProcess[str]


def run(*arguments: object, cwd: Path | None = None, **environment: str) -> Done:
    """Run formcheck within this process, which saves its start; what it did, its output as text.

    It has the streams, the environment and the folder of a process of its own.
    """
    out, err = (TextIOWrapper(BytesIO(), encoding="utf-8", newline="") for _ in range(2))
    words = ["formcheck", *map(str, arguments)]
    code: object = 0
    with (
        mock.patch.dict(os.environ, {"COLUMNS": "80", **environment}),
        mock.patch.multiple(sys, argv=words, stdout=out, stderr=err),
        chdir(cwd or Path.cwd()),
    ):
        try:
            main()
        except SystemExit as ended:
            code = ended.code or 0
    assert isinstance(code, int)
    texts = []
    for stream in (out, err):
        stream.flush()
        texts.append(stream.buffer.getvalue().decode("utf-8").replace("\r\n", "\n"))  # type: ignore[attr-defined]
    return subprocess.CompletedProcess(words, code, *texts)


def refused(code: int, *arguments: object, **environment: str) -> str:
    """Run formcheck where it must fail with one line and nothing else; the line."""
    done = run(*arguments, **environment)
    assert (done.returncode, done.stdout) == (code, ""), done.stderr
    (line,) = done.stderr.splitlines()
    assert line.startswith("formcheck: ")
    return line


def killed_after(seconds: float, program: str, path: Path) -> float:
    """Kill a program that writes a file and prints the seconds that it has reached; the last."""
    command = [sys.executable, "-c", program, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        last = next(float(line) for line in process.stdout if float(line) > seconds)
        process.kill()
        return max([last, *map(float, process.stdout.read().split())])
