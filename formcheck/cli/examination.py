"""Look at this computer and say what formcheck needs that is missing, and how to put it right.

Nothing is installed, fetched or changed, and nothing that is missing makes the examination fail.
Only what was kept to save time is removed, if that is asked for.
"""

import importlib
import importlib.metadata
import os
import platform
import sys
import webbrowser
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, Literal

from rich.table import Table
from rich.text import Text

from formcheck.errors import HistoryError, ModelError
from formcheck.history.file import history_path
from formcheck.history.store import History
from formcheck.history.trouble import REPAIR
from formcheck.landmarks import model_file, model_names
from formcheck.landmarks.model_bundle import is_bundle
from formcheck.landmarks.privacy import HOST, PERMISSION, is_permitted
from formcheck.reading import NotReadable
from formcheck.sources.landmark_cache import (
    OFF,
    PLACE,
    cache_folder,
    cache_size,
    clear_cache,
)
from formcheck.terminal.console import PrintableConsole
from formcheck.voice.speakers import makers
from formcheck.voice.voice import Voice
from formcheck.wording import count

Status = Literal["ok", "warning", "problem"]
MARKS: dict[Status, tuple[str, str]] = {
    "ok": ("ok", "green"),
    "warning": ("warning", "yellow"),
    "problem": ("PROBLEM", "red"),
}
"""What stands before a finding, and its colour."""

OLDEST_PYTHON = (3, 11)
CAMERAS = range(4)
NO_LANDMARKS = "No landmarks are saved."
VOICE_WITHIN = 5.0
"""Seconds that speech may take to start, the first time."""
OPENCV_DISTRIBUTION = "opencv-contrib-python"
"""The one of OpenCV's four distributions that MediaPipe asks for."""

BROKEN_IMPORT = (ImportError, OSError, AttributeError, RuntimeError)
"""What importing a package raises when it, or a system library of its, is missing or damaged."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. A problem keeps formcheck from working; a warning is good to know."""

    name: str
    status: Status
    detail: str
    advice: str = ""
    """What to do, with the exact command where there is one; empty when nothing need be done."""


def examine() -> list[Finding]:
    """Return what was found, in the order in which to put things right."""
    opencv = _imported("cv2")
    return [
        _python(),
        _mediapipe(),
        _opencv_owner(),
        _opencv(opencv),
        _model(),
        _cameras(opencv),
        _browser(),
        _voice(),
        _history(),
        _kept_landmarks(),
        _network(),
    ]


def print_findings(findings: Iterable[Finding]) -> None:
    """Print what was found, and what to do."""
    table = Table.grid(padding=(0, 2))
    for finding in findings:
        table.add_row(Text(*MARKS[finding.status]), Text(f"{finding.name}: {finding.detail}"))
        if finding.advice:
            table.add_row("", Text(finding.advice))
    PrintableConsole(highlight=False).print(table)


def _python() -> Finding:
    version = platform.python_version()
    if sys.version_info < OLDEST_PYTHON:
        return Finding("Python", "problem", version, "Install Python 3.11 or newer.")
    return Finding("Python", "ok", f"{version} on {platform.system()} {platform.machine()}")


def _mediapipe() -> Finding:
    version = _version("mediapipe")
    install = f'"{sys.executable}" -m pip install --force-reinstall mediapipe'
    if version is None:
        return Finding("MediaPipe", "problem", "not installed", f"Run: {install}")
    vision = _imported("mediapipe.tasks.python.vision")
    if not isinstance(vision, ModuleType):
        return Finding("MediaPipe", "problem", f"{version} cannot be loaded: {vision}", install)
    if not hasattr(vision, "PoseLandmarker"):
        return Finding("MediaPipe", "problem", f"{version} has no PoseLandmarker", install)
    return Finding("MediaPipe", "ok", f"{version}, Tasks API")


def _opencv_owner() -> Finding:
    """Two distributions of OpenCV overwrite one another's files, and removing one breaks both."""
    owners = sorted(set(importlib.metadata.packages_distributions().get("cv2", [])))
    pip = f'"{sys.executable}" -m pip'
    if len(owners) > 1:
        return Finding(
            "OpenCV package",
            "problem",
            f"{len(owners)} at once: {', '.join(owners)}",
            f"Run: {pip} uninstall -y {' '.join(owners)} "
            f"and then: {pip} install {OPENCV_DISTRIBUTION}",
        )
    if not owners:
        detail = "pip doesn't know which package cv2 belongs to"
        return Finding("OpenCV package", "warning", detail, f"{pip} install {OPENCV_DISTRIBUTION}")
    return Finding("OpenCV package", "ok", owners[0])


def _opencv(cv2: ModuleType | str) -> Finding:
    install = f'Run: "{sys.executable}" -m pip install --force-reinstall {OPENCV_DISTRIBUTION}'
    if isinstance(cv2, str):
        return Finding("OpenCV", "problem", f"cannot be loaded: {cv2}", install)
    version = getattr(cv2, "__version__", None)
    if version is None:
        return Finding("OpenCV", "problem", "its files are missing", install)
    if cv2.CAP_FFMPEG not in cv2.videoio_registry.getBackends():
        return Finding("OpenCV", "problem", f"{version} without FFmpeg cannot read videos", install)
    return Finding("OpenCV", "ok", f"{version} with FFmpeg")


def _model() -> Finding:
    wanted = os.environ.get(model_names.ENVIRONMENT_VARIABLE) or model_file.DEFAULT
    if wanted not in model_file.OFFICIAL_SHA256:
        return _given_model(Path(wanted).expanduser())
    path = model_names.cached_path(wanted)
    try:
        state = model_file.model_state(path)
    except ModelError as error:
        return Finding("Model", "problem", str(error), "Make the file readable, or delete it.")
    if state == "missing":
        detail = f"'{wanted}' will be downloaded the first time you need it, to {path}"
        return Finding("Model", "warning", detail)
    if state == "damaged":
        detail = f"{path}: checksum mismatch"
        return Finding(
            "Model",
            "warning",
            detail,
            "formcheck will download it again the next time you need it.",
        )
    return Finding("Model", "ok", f"{_sized(path)}, checksum OK")


def _given_model(path: Path) -> Finding:
    advice = f"Change or unset {model_names.ENVIRONMENT_VARIABLE}."
    try:
        is_model = is_bundle(path)
    except NotReadable as error:
        return Finding("Model", "problem", str(error), advice)
    if not is_model:
        return Finding("Model", "problem", f"{path} is not a pose landmarker model", advice)
    known = model_file.sha256(path) in model_file.OFFICIAL_SHA256.values()
    origin = "an official model (checksum OK)" if known else "not one of the official models"
    return Finding("Model", "ok", f"{_sized(path)}, {origin}")


def _sized(path: Path) -> str:
    return f"{path}, {path.stat().st_size / 1e6:.1f} MB"


def _cameras(cv2: ModuleType | str) -> Finding:
    if isinstance(cv2, str):
        return Finding("Camera", "warning", "not checked, because OpenCV doesn't load")
    found = [camera for index in _camera_indices() if (camera := _camera(cv2, index))]
    if found:
        return Finding("Camera", "ok", "; ".join(found))
    advice = (
        "To use one, connect it and allow this program to use it in your system's privacy settings."
    )
    return Finding("Camera", "warning", "none found. You can still check videos.", advice)


def _camera_indices() -> list[int]:
    """Where a camera may be. On Linux a look at /dev saves OpenCV's complaints."""
    if sys.platform == "linux":
        return [index for index in CAMERAS if Path(f"/dev/video{index}").exists()]
    return list(CAMERAS)


def _camera(cv2: Any, index: int) -> str | None:
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    capture = cv2.VideoCapture(index)
    try:
        if not capture.isOpened():
            return None
        width = round(capture.get(cv2.CAP_PROP_FRAME_WIDTH))
        height = round(capture.get(cv2.CAP_PROP_FRAME_HEIGHT))
        return f"{index}: {width} x {height}, {capture.get(cv2.CAP_PROP_FPS):.0f} a second"
    finally:
        capture.release()


def _browser() -> Finding:
    """Whether one could be opened on the coach's page."""
    try:
        found = webbrowser.get()
    except webbrowser.Error:
        advice = "`formcheck live --no-browser` coaches by ear, and prints the page's address."
        return Finding("Browser", "warning", "none that formcheck could open", advice)
    return Finding("Browser", "ok", getattr(found, "name", "") or "there is one")


def _voice() -> Finding:
    with Voice(makers(), muted=True) as voice:
        voice.wait_until_decided(VOICE_WITHIN)
        kind, reason = voice.kind, voice.reason
    if kind == "speech":
        return Finding("Voice", "ok", "`formcheck live` can speak")
    heard = "tones only" if kind == "tones" else "none"
    advice = (
        "You can read the screen instead. Or connect a loudspeaker and install speech: "
        "formcheck[voice]"
    )
    if sys.platform == "linux":
        advice += " or espeak-ng"
    return Finding("Voice", "warning", f"{heard}: {reason}", f"{advice}.")


def _history() -> Finding:
    """Whether the history can be read, and all of it means something."""
    path = history_path()
    try:
        opened = History.open_to_read(path)
        if opened is None:
            return Finding("History", "ok", "none yet")
        with opened:
            sessions, walks = {each.session for each in opened.sets()}, opened.walks()
            if opened.is_whole() and not opened.bad:
                holds = f"{count(len(sessions), 'session')}, {count(len(walks), 'walk')}"
                return Finding("History", "ok", f"{holds}, in {path}")
            return Finding("History", "warning", f"{path} is partly damaged", REPAIR)
    except HistoryError as error:
        return Finding("History", "warning", str(error))


def _kept_landmarks() -> Finding:
    """What `check` has kept of videos."""
    folder = cache_folder()
    if folder is None:
        return Finding("Landmarks", "ok", f"not saved, because {PLACE} is {OFF}")
    videos, size = cache_size(folder)
    if not videos:
        return Finding("Landmarks", "ok", "none saved")
    holds = f"of {count(videos, 'video')} are kept in {folder}, {size / 1e6:.1f} MB"
    return Finding("Landmarks", "ok", holds, "To delete them: formcheck doctor --clear-cache")


def cleared() -> str:
    """Remove the landmarks that are kept; what to say of it."""
    folder = cache_folder()
    removed = clear_cache(folder) if folder else 0
    return f"The landmarks of {count(removed, 'video')} were removed." if removed else NO_LANDMARKS


def _network() -> Finding:
    """Say what MediaPipe would send.

    Seen with 1.2.2: it contacts the address a minute after the start and again at the end, whatever
    its options say; 0.10.21 does not. How it is kept from it is told in `privacy`.
    """
    version = _version("mediapipe")
    if version is None or version.startswith("0.10.2"):
        return Finding("Network", "ok", "nothing to block")
    what = f"MediaPipe {version} would send usage statistics (no images, according to Google)"
    if is_permitted():
        detail = f"{what} to {HOST}, and {PERMISSION}=1 lets it"
        return Finding("Network", "warning", detail, f"To block this, unset {PERMISSION}.")
    detail = f"{what} to {HOST}; formcheck blocks this and sends nothing itself"
    if sys.platform != "linux":
        return Finding("Network", "ok", f"{detail} (tested on Linux only)")
    return Finding("Network", "ok", detail)


def _version(distribution: str) -> str | None:
    try:
        return importlib.metadata.version(distribution)
    except importlib.metadata.PackageNotFoundError:
        return None


def _imported(name: str) -> ModuleType | str:
    """Return the module, or in a few words why it cannot be loaded."""
    try:
        return importlib.import_module(name)
    except BROKEN_IMPORT as error:
        return str(error).strip().split("\n")[0]
