"""The documents say what the program does: their code runs, and nothing is left out."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from formcheck.cli import app
from formcheck.loading import exercise_files
from formcheck.measures import KINDS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```python\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
VERBS = sorted(get_command(app).commands)  # type: ignore[attr-defined]


@pytest.mark.parametrize("code", EXAMPLES)
def test_the_python_in_the_readme_runs(code: str, model_path: Path) -> None:
    """As it stands there, from the project's folder."""
    environment = os.environ | {"FORMCHECK_MODEL": str(model_path)}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def test_there_is_python_in_the_readme() -> None:
    """Or else the test above would test nothing."""
    assert len(EXAMPLES) >= 2


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_in_the_readme(verb: str) -> None:
    """With an example or a word about it."""
    assert f"formcheck {verb}" in README


@pytest.mark.parametrize("name", [*exercise_files(), *KINDS])
def test_every_exercise_and_kind_of_measure_is_in_the_readme(name: str) -> None:
    """As a name that can be copied."""
    assert f"`{name}`" in README


def test_the_links_in_the_documents_lead_somewhere() -> None:
    """Files and headings that are linked to exist."""
    for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md"):
        text = (ROOT / name).read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text):
            assert "://" in target or (ROOT / target).exists(), f"{name}: {target}"
