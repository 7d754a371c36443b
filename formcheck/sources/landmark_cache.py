"""Landmarks that were found are kept, so that judging a video again needs no MediaPipe.

They lie in the user's cache folder, one file for each video. Its name is made of all that they
depend on: the video's content, the model, the programs that look, and how often they looked. So
neither the video's name nor the person's is kept, and what is out of date is never found. A file
begins with a line of text; then come one row for each frame, words in JSON, and the length of these
with a check sum, by which a file that is damaged is known, and found anew.
"""

import json
import os
import time
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import file_digest
from importlib.metadata import PackageNotFoundError, version
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import platformdirs
from numpy.typing import NDArray

from formcheck.files.leftovers import sweep
from formcheck.files.whole import whole_file
from formcheck.language.sentences import packed, unpacked
from formcheck.pose import Pose
from formcheck.reading import NotReadable, open_file
from formcheck.sources.journal import ROW
from formcheck.sources.look import Looking

PLACE = "FORMCHECK_CACHE"
"""The environment variable that names another folder, or says `off`."""
OFF = "off"
FIRST_LINE = b"formcheck-landmarks/2\n"
LANDMARKER = 3
"""To be raised whenever formcheck comes to find other landmarks in the same pictures."""
PROGRAMS = ("mediapipe", "opencv-contrib-python")
"""What else landmarks depend on."""
SUFFIX = ".landmarks"
MOST_BYTES = 2_000_000_000
"""Of all files: twenty hours of video at 30 pictures a second. What was used longest ago goes."""
MOST_DAYS = 30.0
"""Days that landmarks are kept after they were last used: a video that is gone shall be gone."""
SEEN = np.dtype([("brightness", "<f8"), *((name, ROW[name]) for name in ROW.names or ())])
END = np.dtype([("words", "<u8"), ("check_sum", "<u4")])


@dataclass(frozen=True, slots=True, eq=False)
class KeptLandmarks:
    """What was seen in a video."""

    rows: NDArray[Any]
    """Of `SEEN`, one for each frame."""
    size: tuple[int, int]
    """Width and height of the picture in pixels."""
    length: float | None
    """Seconds that the video states."""
    amiss: tuple[str, ...]
    """What is amiss in the file, in words after its name."""
    remarks: tuple[str, ...]
    """What the user should know besides."""


def cache_folder() -> Path | None:
    """Where landmarks are kept; none if the environment says that they are not."""
    place = os.environ.get(PLACE)
    if place == OFF:
        return None
    return Path(place) if place else platformdirs.user_cache_path("formcheck") / "landmarks"


def cache_key(video: Path, model: Path, look: Looking) -> str:
    """A word for all that the landmarks of a video depend on; NotReadable if it can't be read."""
    from formcheck.landmarks.model_file import sha256 as sha256_of

    with open_file(video) as file:
        digest = file_digest(file, "sha256")
    others = sha256_of(model), LANDMARKER, *map(_version, PROGRAMS), look.rate
    digest.update(b"\0" + repr(others).encode())
    return digest.hexdigest()


def _version(program: str) -> str:
    try:
        return version(program)
    except PackageNotFoundError:  # as where somebody has another build of OpenCV
        return ""


def kept_landmarks(folder: Path, key: str) -> KeptLandmarks | None:
    """What is kept under this key; none if nothing is, or if it is damaged."""
    path = folder / f"{key}{SUFFIX}"
    try:
        seen = _read(path)
        os.utime(path)  # it was used now
    except (NotReadable, OSError, ValueError, KeyError, TypeError):
        return None
    return seen


def _read(path: Path) -> KeptLandmarks:
    """Read a file; ValueError and others if it is damaged."""
    with open_file(path) as file:
        whole = memoryview(mmap(file.fileno(), 0, access=ACCESS_READ))
    length = len(whole)
    end = np.frombuffer(whole[length - END.itemsize :], END)[0]
    if zlib.crc32(whole[: length - END.itemsize]) != int(end["check_sum"]):
        raise ValueError("it is not what was written")
    begin, words_at = len(FIRST_LINE), length - END.itemsize - int(end["words"])
    if bytes(whole[:begin]) != FIRST_LINE:
        raise ValueError("it is of another version")
    words = json.loads(bytes(whole[words_at : length - END.itemsize]))
    rows = np.frombuffer(whole[begin:words_at], SEEN)
    width, height = words["size"]
    amiss, remarks = (tuple(map(unpacked, words[name])) for name in ("amiss", "remarks"))
    return KeptLandmarks(rows, (width, height), words["length"], amiss, remarks)


class LandmarkWriter:
    """Writes what is seen of a video, row by row, and at the end the words."""

    def __init__(self, file: BinaryIO, size: tuple[int, int], length: float | None) -> None:
        """Begin; the arguments are as in `KeptLandmarks`."""
        self._file = file
        self._words: dict[str, object] = {"size": size, "length": length}
        self._scale = np.array([size[0] / size[1], 1.0, size[0] / size[1]])
        self._row = np.zeros(1, SEEN)
        self._check_sum = 0
        self._write(FIRST_LINE)

    def add(self, pose: Pose, brightness: float) -> None:
        """Append a pose; as in a recording, MediaPipe's own numbers, which come back exactly."""
        row = self._row[0]
        row["brightness"], row["time_s"] = brightness, pose.time
        row["landmarks"] = pose.image / self._scale
        row["world"], row["visibility"] = pose.world, pose.visibility
        row["after_cut"] = pose.after_cut
        self._write(self._row.tobytes())

    def finish(self, amiss: Sequence[str], remarks: Sequence[str]) -> None:
        """Write what is told of the video, and the end."""
        told = {"amiss": list(map(packed, amiss)), "remarks": list(map(packed, remarks))}
        words = json.dumps({**self._words, **told}).encode()
        self._write(words)
        self._file.write(np.array([(len(words), self._check_sum)], END).tobytes())

    def _write(self, content: bytes) -> None:
        self._check_sum = zlib.crc32(content, self._check_sum)
        self._file.write(content)


@contextmanager
def keeping_landmarks(
    folder: Path, key: str, size: tuple[int, int], length: float | None
) -> Iterator[LandmarkWriter]:
    """Keep what is written, whole or not at all, and drop what need not be kept any more.

    Raises:
        OutputError: it cannot be written.
    """
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with whole_file(folder / f"{key}{SUFFIX}") as file:
        yield LandmarkWriter(file, size, length)
    drop_old(folder, time.time())


def drop_old(
    folder: Path, now: float, most: int = MOST_BYTES, most_days: float = MOST_DAYS
) -> None:
    """Remove what was not used for long, and the oldest of too much; time in seconds since 1970."""
    sweep(folder)
    left, oldest = most, now - most_days * 86400
    for path, size, used in sorted(_files(folder), key=lambda each: -each[2]):
        left -= size
        if left < 0 or used < oldest:
            with suppress(OSError):
                path.unlink()


def cache_size(folder: Path) -> tuple[int, int]:
    """How many videos' landmarks are kept, and their bytes."""
    sizes = [size for _, size, _ in _files(folder)]
    return len(sizes), sum(sizes)


def clear_cache(folder: Path) -> int:
    """Remove all landmarks that are kept; of how many videos."""
    sweep(folder)
    removed = 0
    for path, _, _ in _files(folder):
        with suppress(OSError):
            path.unlink()
            removed += 1
    return removed


def _files(folder: Path) -> list[tuple[Path, int, float]]:
    """Each file, with its bytes and when it was last used."""
    found = []
    with suppress(OSError):
        for path in folder.iterdir():
            if path.suffix == SUFFIX:
                with suppress(OSError):
                    stat = path.stat()
                    found.append((path, stat.st_size, stat.st_mtime))
    return found
