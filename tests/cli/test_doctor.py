"""The doctor: it says what is wrong and how to put it right, and never fails itself."""

import importlib
import importlib.metadata
import sqlite3
import sys
import webbrowser
from contextlib import closing
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import platformdirs
import pytest
from helpers.sets import ORIGIN, a_set

from formcheck.cli import examination
from formcheck.cli.examination import Finding, examine
from formcheck.history.store import History
from formcheck.landmarks import model_file, model_names, privacy


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache, and no model named by the environment."""
    monkeypatch.setattr(platformdirs, "user_cache_path", lambda _: tmp_path)
    monkeypatch.delenv(model_names.ENVIRONMENT_VARIABLE, raising=False)
    return tmp_path


def named(name: str) -> Finding:
    """The one finding of this name."""
    (finding,) = [finding for finding in examine() if finding.name == name]
    return finding


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Make a package fail to import, as if it were not installed."""
    real_import, real_version = importlib.import_module, importlib.metadata.version

    def remove(package: str) -> None:
        def load(name: str, *rest: Any) -> ModuleType:
            if name.split(".")[0] == package:
                raise ModuleNotFoundError(f"No module named '{package}'")
            return real_import(name, *rest)

        def version(name: str) -> str:
            if name == package:
                raise importlib.metadata.PackageNotFoundError(name)
            return real_version(name)

        monkeypatch.setattr(importlib, "import_module", load)
        monkeypatch.setattr(importlib.metadata, "version", version)

    return remove


def test_what_is_needed_is_found_here() -> None:
    """Where the tests run, nothing is a problem."""
    assert [finding for finding in examine() if finding.status == "problem"] == []


def test_every_problem_comes_with_advice(without: Any) -> None:
    """What is wrong is no use without what to do."""
    without("cv2")
    assert all(finding.advice for finding in examine() if finding.status == "problem")


def test_nothing_is_fetched(cache: Path) -> None:
    """A missing model is only announced."""
    finding = named("Model")
    assert finding.status == "warning"
    assert "will be downloaded the first time you need it" in finding.detail
    assert not list(cache.iterdir())


def test_missing_mediapipe_is_a_problem(without: Any) -> None:
    """With the command that installs it."""
    without("mediapipe")
    finding = named("MediaPipe")
    assert (finding.status, finding.detail) == ("problem", "not installed")
    assert "pip install" in finding.advice


def test_missing_opencv_is_a_problem(without: Any) -> None:
    """With the command that installs it; cameras and display do not fail for that."""
    without("cv2")
    finding = named("OpenCV")
    assert finding.status == "problem"
    assert "No module named 'cv2'" in finding.detail
    assert "pip install" in finding.advice


def test_two_opencvs_at_once_are_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the commands that leave one: first remove both, or the files of one go missing."""
    owners = {"cv2": ["opencv-python", "opencv-contrib-python", "opencv-python"]}
    monkeypatch.setattr(importlib.metadata, "packages_distributions", lambda: owners)
    finding = named("OpenCV package")
    assert finding.status == "problem"
    assert "pip uninstall -y opencv-contrib-python opencv-python" in finding.advice
    assert finding.advice.endswith("pip install opencv-contrib-python")


def test_opencv_whose_files_are_gone_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    """After one of two was removed, `import cv2` gives an empty folder."""
    monkeypatch.setitem(sys.modules, "cv2", ModuleType("cv2"))
    monkeypatch.setattr(examination, "_camera_indices", lambda: [])
    assert named("OpenCV").detail == "its files are missing"


def test_a_whole_model_is_ok(model_path: Path) -> None:
    """Path, size and SHA-256."""
    path = model_names.cached_path("full")
    model_file._keep(path, model_path.read_bytes())
    finding = named("Model")
    assert finding.status == "ok"
    assert str(path) in finding.detail
    assert "MB, checksum OK" in finding.detail


def test_a_damaged_model_is_told(cache: Path) -> None:
    """It will be fetched again, so it is a warning only."""
    model_names.cached_path("full").write_bytes(b"hello")
    assert named("Model").status == "warning"


def test_a_wrong_path_in_the_environment_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the name of the variable."""
    monkeypatch.setenv(model_names.ENVIRONMENT_VARIABLE, str(tmp_path / "nowhere.task"))
    finding = named("Model")
    assert finding.status == "problem"
    assert model_names.ENVIRONMENT_VARIABLE in finding.advice


def test_a_named_model_is_ok(model_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of the user's own."""
    monkeypatch.setenv(model_names.ENVIRONMENT_VARIABLE, str(model_path))
    assert named("Model").status == "ok"


def test_cameras_are_named_with_size_and_speed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Camera 2 gives pictures, the others do not."""
    cv2 = importlib.import_module("cv2")
    released = []

    def capture(index: int) -> Any:
        values = {cv2.CAP_PROP_FRAME_WIDTH: 640.0, cv2.CAP_PROP_FRAME_HEIGHT: 480.0}
        return SimpleNamespace(
            isOpened=lambda: index == 2,
            get=lambda what: values.get(what, 30.0),
            release=lambda: released.append(index),
        )

    monkeypatch.setattr(cv2, "VideoCapture", capture)
    monkeypatch.setattr(examination, "_camera_indices", lambda: [0, 2])
    assert named("Camera") == Finding("Camera", "ok", "2: 640 x 480, 30 a second")
    assert released == [0, 2]


def test_no_camera_is_only_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    """Videos can still be checked."""
    monkeypatch.setattr(examination, "_camera_indices", lambda: [])
    assert named("Camera").status == "warning"


def test_no_browser_is_only_a_warning(monkeypatch: pytest.MonkeyPatch) -> None:
    """The coach can be heard, and its page opened by hand."""

    def fail() -> None:
        raise webbrowser.Error("could not locate runnable browser")

    monkeypatch.setattr(webbrowser, "get", fail)
    assert named("Browser").status == "warning"
    monkeypatch.setattr(webbrowser, "get", lambda: object())
    assert named("Browser").status == "ok"


def test_what_mediapipe_would_send_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """And whether it is kept from it."""
    monkeypatch.delenv(privacy.PERMISSION, raising=False)
    finding = named("Network")
    assert finding.status == "ok"
    assert "play.googleapis.com; formcheck blocks this" in finding.detail
    monkeypatch.setenv(privacy.PERMISSION, "1")
    finding = named("Network")
    assert finding.status == "warning"
    assert privacy.PERMISSION in finding.advice


@pytest.mark.parametrize(
    ("kind", "reason", "status"),
    [("speech", "", "ok"), ("tones", "no engine", "warning"), ("silent", "no output", "warning")],
)
def test_it_says_how_the_coach_will_be_heard(
    kind: str, reason: str, status: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And why not by speech, where it is not."""

    class Heard:
        """A voice whose kind is known."""

        def __init__(self, *_: object, **__: object) -> None:
            self.kind, self.reason = kind, reason

        def __enter__(self) -> "Heard":
            return self

        def __exit__(self, *_: object) -> None:
            """Nothing to close."""

        def wait_until_decided(self, timeout: float) -> None:
            """Known at once."""

    monkeypatch.setattr(examination, "Voice", Heard)
    (found,) = (finding for finding in examine() if finding.name == "Voice")
    assert found.status == status
    assert reason in found.detail


def test_a_damaged_history_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In parts or as a whole; none is well, too."""
    path = tmp_path / "history.sqlite3"
    monkeypatch.setenv("FORMCHECK_HISTORY", str(path))
    assert named("History") == Finding("History", "ok", "none yet")
    with History.open(path) as history:
        history.save_session(ORIGIN, [a_set()])
    assert named("History").detail.startswith("1 session, 0 walks")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE reps SET range = 'far' WHERE id = 1")
        connection.commit()
    for content in (path.read_bytes(), b"dear diary"):
        path.write_bytes(content)
        found = named("History")
        assert found.status == "warning"
        assert "formcheck history --repair" in found.detail + found.advice
