"""The source is formatted, linted and typed; the exercises are linted."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
EXERCISES = [str(path) for path in sorted((ROOT / "exercises").glob("**/*.toml"))]


@pytest.mark.parametrize(
    "command",
    [
        ["ruff", "check", "."],
        ["ruff", "format", "--check", "."],
        ["mypy"],
        ["formcheck", "lint", *EXERCISES],
    ],
    ids=["ruff check", "ruff format", "mypy", "formcheck lint"],
)
def test_the_source_is_clean(command: list[str]) -> None:
    """As pyproject.toml asks for."""
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, encoding="utf-8"
    )
    assert done.returncode == 0, done.stdout + done.stderr
