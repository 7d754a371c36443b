"""The documents say what the program does: their code runs, and nothing is left out."""

import os
import re
import subprocess
import sys
from functools import cache
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from shutil import copyfile, copytree
from types import ModuleType

import pytest
from helpers.places import SAMPLES
from typer.main import get_command

import formcheck
from formcheck.cli.app import app
from formcheck.definition.loading import exercise_files
from formcheck.measuring.kinds import KINDS

ROOT = next(folder for folder in Path(__file__).parents if (folder / "pyproject.toml").exists())
DOCS = ROOT / "docs"
PACKAGE = ROOT / "formcheck"
README = ROOT / "README.md"
MOST = 10_000
"""Bytes of the README: whoever comes new reads all of it, or none."""
DOCUMENTS = {
    str(path.relative_to(ROOT)).replace(os.sep, "/"): path
    for path in sorted(
        [*ROOT.glob("*.md"), *DOCS.rglob("*.md"), *ROOT.glob("*/README.md")], key=str
    )
}


@cache
def text_of(path: Path) -> str:
    """What a document says."""
    return path.read_text(encoding="utf-8")


def prose_of(path: Path) -> str:
    """A document without its blocks of code, in which # and ]( mean something else."""
    return re.sub(r"^ *```.*?^ *```", "", text_of(path), flags=re.MULTILINE | re.DOTALL)


def script(name: str) -> ModuleType:
    """A script in `docs`, imported."""
    spec = spec_from_file_location(name, DOCS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


EXAMPLES = [
    pytest.param(code, id=f"{name}-{number}")
    for name, path in DOCUMENTS.items()
    for number, code in enumerate(
        re.findall(r"^```python\n(.*?)^```", text_of(path), re.MULTILINE | re.DOTALL), start=1
    )
]
VERBS = sorted(get_command(app).commands)  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def short_project(one_bridge: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the samples, whose video is over after the first rep: it takes a quarter."""
    folder = tmp_path_factory.mktemp("project")
    copytree(SAMPLES, folder / "samples")
    copyfile(one_bridge, folder / "samples" / "rendered_bridge_side_right_clean.mp4")
    return folder


@pytest.mark.parametrize("code", EXAMPLES)
def test_the_python_in_the_documents_runs(
    code: str,
    short_project: Path,
    model_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """As it stands there, with nothing but what it imports, from the project's folder."""
    monkeypatch.setenv("FORMCHECK_MODEL", str(model_path))
    monkeypatch.chdir(short_project)
    exec(compile(code, "example", "exec"), {"__name__": "__main__"})
    assert capsys.readouterr().out.strip()


def test_there_is_python_in_the_documents() -> None:
    """Or else the test above would test nothing."""
    assert len(EXAMPLES) >= 8


def test_the_readme_is_short() -> None:
    """What is not for a newcomer belongs in `docs`."""
    assert README.stat().st_size <= MOST


@pytest.mark.parametrize("name", ["main", "tests"])
def test_the_command_to_copy_is_one_line_for_every_system(name: str) -> None:
    """As `.ci/run` reads it; the one for Windows below it does the same."""
    found = re.search(
        rf"^<!-- \.ci/run: {name} -->\n```sh\n(.+)\n```\n\nOn Windows.*\n\n```bat\n(.+)\n```\n",
        text_of(README),
        re.MULTILINE,
    )
    assert found
    elsewhere, windows = found.groups()
    assert elsewhere.startswith("python3 -m venv .venv && .venv/bin/pip install ")
    there = elsewhere.replace("python3 ", "py -3 ").replace("/bin/", "/Scripts/").replace("'", "")
    assert windows.replace("\\", "/") == there


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_in_the_index(verb: str) -> None:
    """With a word about it, and the page that says more."""
    row = re.search(rf"^\| `formcheck {verb}` \|.*\]\(([^)#]+)", text_of(DOCS / "README.md"), re.M)
    assert row, "docs/README.md has no row for it"
    assert f"formcheck {verb}" in text_of(DOCS / row[1]), f"{row[1]} does not mention it"


@pytest.mark.parametrize("name", exercise_files())
def test_every_exercise_has_its_place_for_the_camera(name: str) -> None:
    """As a name that can be copied."""
    assert f"`{name}`" in text_of(DOCS / "camera.md")


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_of_measure_is_in_the_documents(name: str) -> None:
    """As a name that can be copied, in the table of kinds."""
    assert f"\n| `{name}` |" in text_of(DOCS / "exercise-files.md")


def test_every_page_is_in_the_index() -> None:
    """So that nobody has to look into the folder."""
    linked = set(re.findall(r"\]\(([^)#]+)", text_of(DOCS / "README.md")))
    assert {path.name for path in DOCS.glob("*.md")} - {"README.md"} <= linked


PAGES = {path.name: path for path in (DOCS / "exercises").glob("*.md")}


def test_the_pages_of_the_exercises_say_what_their_definitions_say() -> None:
    """`python docs/make_pages.py` makes them anew."""
    made: dict[str, str] = script("make_pages").pages()
    assert set(made) == set(PAGES)
    for name, text in made.items():
        assert text_of(PAGES[name]) == text, f"{name} is out of date"


def test_the_pictures_of_the_exercises_show_what_the_figure_does() -> None:
    """`python docs/make_pages.py` makes them anew; another computer may round otherwise."""
    made: dict[str, str] = script("make_pages").pictures()
    folder = DOCS / "exercises" / "pictures"
    assert set(made) == {path.name for path in folder.glob("*")}
    for name, text in made.items():
        for new, old in zip(numbers(text), numbers(text_of(folder / name)), strict=True):
            assert abs(new - old) <= 2, f"{name} is out of date"


def numbers(text: str) -> list[float]:
    """All numbers in a text."""
    return [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", text)]


def test_the_places_for_the_camera_are_those_of_the_definitions() -> None:
    """`python docs/make_pages.py` makes the table anew."""
    assert text_of(DOCS / "camera.md") == script("make_pages").camera_page()


def test_the_picture_of_the_rooms_shows_their_imports() -> None:
    """`python docs/make_architecture.py` makes it anew."""
    assert text_of(DOCS / "architecture.md") == script("make_architecture").page()


def test_an_arrow_that_others_tell_is_left_out_of_the_picture() -> None:
    """And no other: what each room reaches stays the same."""
    nothing: frozenset[str] = frozenset()
    house = {"roof": frozenset({"room", "cellar"}), "room": frozenset({"cellar"})}
    make = script("make_architecture")
    assert make.reduced(house | {"cellar": nothing}) == {
        "roof": {"room"},
        "room": {"cellar"},
        "cellar": nothing,
    }


def test_rooms_that_import_each_other_cannot_be_drawn() -> None:
    """They would be one room."""
    circle = {"here": frozenset({"there"}), "there": frozenset({"here"})}
    with pytest.raises(ValueError, match=r"\['here', 'there'\]"):
        script("make_architecture").heights(circle)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_links_in_the_documents_lead_somewhere(name: str) -> None:
    """Files and headings that are linked to exist."""
    path = DOCUMENTS[name]
    for target, heading in re.findall(r"\]\(([^)#\s]*)(?:#([^)\s]*))?\)", prose_of(path)):
        if "://" in target:
            continue
        there = (path.parent / target).resolve() if target else path
        assert there.exists(), f"{name}: {target}"
        if heading:
            assert heading in headings(there), f"{name}: {target}#{heading}"


def headings(path: Path) -> set[str]:
    """A document's headings, as links name them."""
    found = re.findall(r"^#+ (.*)$", prose_of(path), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in found}


ROOMS = "|".join(path.parent.name for path in sorted(PACKAGE.glob("*/__init__.py")))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_modules_in_the_documents_exist(name: str) -> None:
    """They move; the documents must follow."""
    for room, module in re.findall(
        rf"`(?:formcheck/)?({ROOMS})/([\w.]+)`", text_of(DOCUMENTS[name])
    ):
        there = PACKAGE / room / module
        assert there.exists() or there.with_suffix(".py").exists(), f"{name}: {room}/{module}"
    for module in re.findall(r"`formcheck/(\w+\.py)`", text_of(DOCUMENTS[name])):
        assert (PACKAGE / module).exists(), f"{name}: {module}"
    for file in re.findall(r"`((?:test_|scenes)\w*\.py)`", text_of(DOCUMENTS[name])):
        assert any((ROOT / "tests").rglob(file)), f"{name}: {file}"


CODE = "\n".join(text_of(path) for path in sorted(PACKAGE.rglob("*.py"))).lower()
WORDS = re.findall(r"^\| ([a-z][^|]*) \| (.*) \|$", text_of(DOCS / "words.md"), re.MULTILINE)
NEEDED = """attempt claim clip course cue dwell event fault foothold guide hallmark hold label lane
    landmark level measure partial phase pose range rep rest session set side snapshot spell stretch
    tape tempo torso trace view visibility wave"""


@pytest.mark.parametrize("word", [each for words, _ in WORDS for each in words.split(", ")])
def test_every_word_of_the_glossary_is_used(word: str) -> None:
    """A word that the code no longer has leaves the glossary, too."""
    assert word.removesuffix("s") in CODE


@pytest.mark.parametrize("word", NEEDED.split())
def test_no_word_is_missing_in_the_glossary(word: str) -> None:
    """None of those that a reader of the code meets everywhere."""
    assert re.search(rf"^\| (?:[\w ]+, )?{word}s?\b", text_of(DOCS / "words.md"), re.MULTILINE)


@pytest.mark.parametrize(
    "usual", sorted({name for _, meaning in WORDS for name in re.findall(r"\*([^*]+)\*", meaning)})
)
def test_the_usual_name_of_a_technique_stands_in_the_code(usual: str) -> None:
    """Whoever searches for it finds where it is done."""
    assert re.search(re.escape(usual).replace(r"\ ", r"\s+"), CODE)


def test_the_public_names_are_importable() -> None:
    """Those that docs/python.md promises."""
    for name in formcheck.__all__:
        assert getattr(formcheck, name).__name__ == name
    for module in ("exercise", "pose", "events", "errors"):
        assert f"`formcheck.{module}`" in text_of(DOCS / "python.md")
        import_module(f"formcheck.{module}")
    assert callable(import_module("formcheck.cli").main)


def test_the_package_can_be_run_as_a_module() -> None:
    """`python -m formcheck` is the command."""
    command = [sys.executable, "-m", "formcheck", "--version"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert "0." in done.stdout
