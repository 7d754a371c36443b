"""Nothing leaves the computer: it works without a network, and MediaPipe is kept off it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from helpers.commands import COMMAND, PATIENCE, Done

from formcheck.landmarks.privacy import NOWHERE, PERMISSION, block_usage_statistics
from formcheck.sources.model_finder import model_finder_with_bar


def run_without_proxy(program: str, *words: object, model: Path) -> Done:
    """Run a program in Python, in an environment that names no proxy, with this pose model."""
    environment = {k: v for k, v in os.environ.items() if k.lower() != "https_proxy"}
    return subprocess.run(
        [sys.executable, "-c", program, *map(str, words)],
        capture_output=True,
        text=True,
        env={**environment, "FORMCHECK_MODEL": str(model)},
        timeout=PATIENCE,
        check=False,
    )


def test_a_video_is_checked_without_a_network(
    without_network: list[str], one_bridge: Path, model_path: Path
) -> None:
    """With the right result and no complaint."""
    done = subprocess.run(
        [*without_network, *COMMAND, "check", one_bridge, "-e", "bridge", "--json", "-"],
        capture_output=True,
        text=True,
        env={**os.environ, "FORMCHECK_MODEL": str(model_path)},
        timeout=PATIENCE,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert [len(each["reps"]) for each in json.loads(done.stdout)["sets"]] == [1]


def test_mediapipe_is_sent_to_a_proxy_that_is_not_there(
    model_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the command line, as soon as the model is at hand; not before, to have it fetched."""
    monkeypatch.setenv("https_proxy", "http://proxy.example")
    monkeypatch.delenv(PERMISSION, raising=False)
    find = model_finder_with_bar(str(model_path))
    assert os.environ["https_proxy"] == "http://proxy.example"
    find()
    assert os.environ["https_proxy"] == NOWHERE


def test_the_variable_is_there_when_mediapipe_is_loaded(a_moment: Path, model_path: Path) -> None:
    """In the process of the command line itself."""
    program = (
        "import builtins, os, sys\n"
        "importing = builtins.__import__\n"
        "def told(name, *rest, **named):\n"
        "    if name == 'mediapipe' and name not in sys.modules:\n"
        "        print('proxy', os.environ.get('https_proxy'))\n"
        "    return importing(name, *rest, **named)\n"
        "builtins.__import__ = told\n"
        "from formcheck.cli import main\n"
        "main()\n"
    )
    done = run_without_proxy(program, "check", a_moment, "-e", "bridge", model=model_path)
    assert done.returncode == 0, done.stderr
    assert f"proxy {NOWHERE}" in done.stdout.splitlines()


def test_a_library_leaves_the_environment_alone(bridge_video: Path, model_path: Path) -> None:
    """A program that uses formcheck may have connections of its own."""
    program = (
        "import os, sys, formcheck\n"
        "before = dict(os.environ)\n"
        "with formcheck.open_source(sys.argv[1], lambda: __import__('pathlib').Path(sys.argv[2]))"
        " as poses:\n"
        "    next(iter(poses))\n"
        "print({k for k in os.environ if 'proxy' in k.lower()} == "
        "{k for k in before if 'proxy' in k.lower()}, before.get('https_proxy'))\n"
    )
    done = run_without_proxy(program, bridge_video, model_path, model=model_path)
    assert done.stdout == "True None\n", done.stderr


def test_whoever_permits_it_lets_mediapipe_send_its_figures() -> None:
    """Only 1 is a permission."""
    permitted = {PERMISSION: "1", "https_proxy": "http://proxy.example"}
    block_usage_statistics(permitted)
    assert permitted["https_proxy"] == "http://proxy.example"
    refused = {PERMISSION: "0"}
    block_usage_statistics(refused)
    assert refused["https_proxy"] == NOWHERE


@pytest.mark.parametrize("name", ["no_proxy", "NO_PROXY"])
@pytest.mark.parametrize(
    ("exceptions", "left"),
    [
        ("*", ""),
        ("localhost,.googleapis.com", "localhost"),
        ("com, camera.local", "camera.local"),
        ("play.googleapis.com", ""),
        ("localhost,127.0.0.1", "localhost,127.0.0.1"),
    ],
)
def test_no_exception_lets_it_past_the_proxy(name: str, exceptions: str, left: str) -> None:
    """Other exceptions stay: a camera's stream may need them."""
    environment = {name: exceptions}
    block_usage_statistics(environment)
    assert environment[name] == left
