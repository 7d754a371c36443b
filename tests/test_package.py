"""The wheel: what users install, away from the checkout."""

import os
import subprocess
import sys
import zipfile
from email import message_from_string
from pathlib import Path

import pytest
from helpers.places import ROOT

BUILD = ("--no-deps", "--no-build-isolation", "--no-index", "--disable-pip-version-check")

LOAD_ALL = """
import formcheck
from formcheck.definition.loading import exercise_files, load_exercise
for name, path in exercise_files().items():
    print(name, path, load_exercise(name).title, sep="|")
from formcheck.definition.routine import load_routine, routine_files
for name, path in routine_files().items():
    print(name, path, load_routine(name).title, sep="|")
from formcheck.language.catalogues import languages
from formcheck.language.tongue import about, speaking, tr
for code in languages():
    with speaking(code), about(bridge := load_exercise("bridge")):
        print(code, tr(bridge.title), tr("Go on."), sep="|")
print(formcheck.__file__)
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, built without the network."""
    pytest.importorskip("hatchling", reason="the wheel is built with hatchling: pip install it")
    folder = tmp_path_factory.mktemp("wheel")
    done = subprocess.run(
        [sys.executable, "-m", "pip", "wheel", *BUILD, "--wheel-dir", str(folder), str(ROOT)],
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (path,) = folder.glob("*.whl")
    return path


def test_every_exercise_and_routine_loads_from_the_wheel(wheel: Path, tmp_path: Path) -> None:
    """By name, in a process that sees neither the checkout nor its folder of exercises."""
    installed = tmp_path / "installed here"
    zipfile.ZipFile(wheel).extractall(installed)
    done = subprocess.run(
        [sys.executable, "-c", LOAD_ALL],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(installed), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    *exercises, english, german, spanish, package = done.stdout.splitlines()
    assert english == "en|Glute bridge|Go on."
    assert german == "de|Brücke|Weiter."
    assert spanish == "es|Puente de glúteos|Sigue."
    names = [line.split("|")[0] for line in exercises]
    folder = ROOT / "exercises"
    routines = sorted(path.stem for path in (folder / "routines").glob("*.toml"))
    assert names == [*sorted(path.stem for path in folder.glob("*.toml")), *routines]
    assert all(str(installed) in line for line in [*exercises, package])


def test_the_wheel_holds_the_package_and_nothing_else(wheel: Path) -> None:
    """Types, schema and templates included; no tests, no samples, no model."""
    names = zipfile.ZipFile(wheel).namelist()
    assert {"formcheck/py.typed", "formcheck/evaluation/labels.schema.json"} <= set(names)
    templates = {name.removeprefix("formcheck/") for name in names if name.endswith(".j2")}
    assert templates == {
        "app/app.html.j2",
        "app/camera.html.j2",
        "app/cameras.html.j2",
        "app/choices.html.j2",
        "app/end.html.j2",
        "app/exercise.html.j2",
        "app/exercises.html.j2",
        "app/history.html.j2",
        "app/notice.html.j2",
        "app/session.html.j2",
        "app/today.html.j2",
        "app/trouble.html.j2",
        "app/unread.html.j2",
        "demonstration/demonstration.svg.j2",
        "demonstration/demonstrations.html.j2",
        "history/history.html.j2",
        "history/history_body.html.j2",
        "learning/learnt.toml.j2",
        "overview/overview.html.j2",
        "report/report.html.j2",
        "report/shapes.html.j2",
        "templates/page.html.j2",
    }
    assert {name.split("/")[0].split("-")[0] for name in names} == {"formcheck"}
    assert {Path(name).suffix for name in names if name.startswith("formcheck/")} == {
        ".css",
        ".j2",
        ".js",
        ".json",
        ".mo",
        ".py",
        ".svg",
        ".toml",
        ".typed",
    }


def test_the_wheel_has_the_command_and_the_needed_python(wheel: Path) -> None:
    """`formcheck` after installation, on Python 3.11 or newer."""
    with zipfile.ZipFile(wheel) as archive:
        folder = next(name for name in archive.namelist() if name.endswith("/METADATA"))
        metadata = message_from_string(archive.read(folder).decode())
        commands = archive.read(folder.replace("METADATA", "entry_points.txt")).decode()
    assert metadata["Requires-Python"] == ">=3.11"
    assert "formcheck = formcheck.cli:main" in commands
