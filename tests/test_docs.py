"""The documents say what the program does: their code runs, and nothing is left out."""

import os
import re
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from typer.main import get_command

from formcheck.cli.app import app
from formcheck.definition.loading import exercise_files
from formcheck.measuring.kinds import KINDS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PYTHON = ROOT / "docs" / "python.md"
EXAMPLES = [
    code
    for path in (ROOT / "README.md", PYTHON)
    for code in re.findall(
        r"^```python\n(.*?)^```", path.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
]
VERBS = sorted(get_command(app).commands)  # type: ignore[attr-defined]


@pytest.mark.parametrize("code", EXAMPLES)
def test_the_python_in_the_documents_runs(code: str, model_path: Path) -> None:
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


def test_there_is_python_in_the_documents() -> None:
    """Or else the test above would test nothing."""
    assert len(EXAMPLES) >= 6


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_in_the_readme(verb: str) -> None:
    """With an example or a word about it."""
    assert f"formcheck {verb}" in README


@pytest.mark.parametrize("name", [*exercise_files(), *KINDS])
def test_every_exercise_and_kind_of_measure_is_in_the_readme(name: str) -> None:
    """As a name that can be copied."""
    assert f"`{name}`" in README


PAGES = {path.name: path for path in (ROOT / "docs" / "exercises").glob("*.md")}


def _made_pages() -> dict[str, str]:
    spec = spec_from_file_location("make_pages", ROOT / "docs" / "make_pages.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    made: dict[str, str] = module.pages()
    return made


def test_the_pages_of_the_exercises_say_what_their_definitions_say() -> None:
    """`python docs/make_pages.py` makes them anew."""
    made = _made_pages()
    assert set(made) == set(PAGES)
    for name, text in made.items():
        assert PAGES[name].read_text(encoding="utf-8") == text, f"{name} is out of date"


def test_the_links_in_the_documents_lead_somewhere() -> None:
    """Files and headings that are linked to exist."""
    documents = [ROOT / n for n in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")]
    for path in [*documents, *(ROOT / "docs").rglob("*.md")]:
        text = path.read_text(encoding="utf-8")
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text):
            assert "://" in target or (path.parent / target).exists(), f"{path.name}: {target}"
