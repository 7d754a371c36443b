"""The icon on the desktop: a file that starts formcheck, whatever the path to Python holds."""

import os
import shlex
import subprocess
from pathlib import Path

import pytest

from formcheck.app.shortcut import launcher, put_on_desktop


def test_on_windows_the_window_is_small_and_percent_is_no_variable() -> None:
    """Paths with spaces are usual there."""
    made = launcher("win32", r"C:\Program Files\100%\python.exe")
    assert made.name == "formcheck.cmd"
    assert r'"C:\Program Files\100%%\python.exe" -m formcheck app' in made.text


@pytest.mark.skipif(os.name != "posix", reason="runs a shell script")
def test_on_macos_it_is_a_script_that_the_finder_opens(tmp_path: Path) -> None:
    """It runs, though the path has spaces and quotes."""
    python = tmp_path / "it's my python"
    python.write_text('#!/bin/sh\necho "$@"\n')
    python.chmod(0o755)
    script = tmp_path / "formcheck.command"
    script.write_text(launcher("darwin", str(python)).text)
    done = subprocess.run(["sh", script], capture_output=True, text=True, check=True)
    assert done.stdout == "-m formcheck app\n"


def test_on_linux_it_is_an_entry_of_the_desktop() -> None:
    """Its command is quoted as entries are."""
    made = launcher("linux", '/opt/my "py" 100%/python', "/icon.svg")
    lines = dict(line.split("=", 1) for line in made.text.splitlines()[1:])
    assert lines["Exec"] == '"/opt/my \\\\"py\\\\" 100%%/python" -m formcheck app'
    assert shlex.split(lines["Exec"].replace("\\\\", "\\").replace("%%", "%"))[0] == (
        '/opt/my "py" 100%/python'
    )
    assert lines["Icon"] == "/icon.svg"


def test_it_is_put_where_people_look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On the desktop and among the programs, and it may be run."""
    monkeypatch.setattr("platformdirs.user_desktop_path", lambda: tmp_path / "Desktop")
    monkeypatch.setattr("platformdirs.user_data_path", lambda: tmp_path / "share")
    paths = put_on_desktop("linux")
    assert [path.parent.name for path in paths] == ["Desktop", "applications"]
    assert all(os.access(path, os.X_OK) for path in paths)
    assert put_on_desktop("linux") == paths
