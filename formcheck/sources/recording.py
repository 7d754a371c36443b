"""Keep the landmarks of a video and play them again: the same poses, without video or MediaPipe.

A recording is a NumPy `.npz` file with these arrays, T being the number of frames:

* `format`: "formcheck-recording/1" (older files lack it)
* `time_s` (T,) float64: seconds
* `landmarks` (T, 33, 3) float32: x divided by the picture's width, y by its height, z like x
* `world` (T, 33, 3) float32: metres from the middle of the hips
* `visibility` (T, 33) float32: 0..1
* `after_cut` (T,) bool: whether another scene begins here (older files lack it)
* `size` (2,) int64: width and height of the picture in pixels

A frame without a person is NaN with visibility 0.
"""

import io
import lzma
import os
import struct
import tokenize
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Self

import numpy as np
from numpy.typing import NDArray

from formcheck.errors import SourceError, reason_of
from formcheck.files.growing import PART, GrowingFile
from formcheck.files.whole import whole_file
from formcheck.pose import (
    Pose,
    SourceInfo,
    believed_visibility,
    to_image_heights,
    whole_duration,
)
from formcheck.printable import shortened
from formcheck.reading import NotReadable, open_file
from formcheck.sources.journal import MOST_BYTES, ROW, Journal, read_journal

FORMAT = "formcheck-recording/1"
LARGEST = 100_000
"""Pixels of a picture's side."""
SHORTEST = 1e-6
"""Seconds from one frame to the next; nothing that is filmed comes so quickly."""
CHUNK = 4096
"""Frames converted at once when replaying."""

FIELDS: tuple[str, ...] = ROW.names or ()
"""The arrays that have one entry a frame."""
OPTIONAL = {"format", "after_cut"}
MEMBERS = {f"{name}.npy": name for name in ("size", "format", *FIELDS)}
"""The arrays by the names of the files that NumPy packs them in."""

UNREADABLE = (
    *(ValueError, TypeError, EOFError, RuntimeError, MemoryError),
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error),
    *(SyntaxError, tokenize.TokenError),
)
"""What NumPy and zipfile raise for a damaged file: each kind of damage has its own."""


@dataclass(frozen=True, slots=True, eq=False)
class Recording:
    """The landmarks of one video, as MediaPipe gave them. The arrays are as in the file."""

    path: Path
    time_s: NDArray[np.float64]
    landmarks: NDArray[np.float32]
    world: NDArray[np.float32]
    visibility: NDArray[np.float32]
    after_cut: NDArray[np.bool_]
    size: tuple[int, int]
    """Width and height of the picture in pixels."""

    def poses(self) -> Iterator[Pose]:
        """Give the poses in order of time, the same bit for bit as when they were recorded."""
        return poses_of({name: getattr(self, name) for name in FIELDS}, self.size)

    @property
    def frames(self) -> int:
        """How many frames there are."""
        return len(self.time_s)

    @property
    def frames_with_pose(self) -> int:
        """How many frames show anybody."""
        return sum(
            int(believed_visibility(self.landmarks[part], self.visibility[part]).any(axis=1).sum())
            for part in (slice(start, start + CHUNK) for start in range(0, self.frames, CHUNK))
        )

    @property
    def duration(self) -> float:
        """Seconds from the first frame to the end of the last, which is taken as usually long."""
        if not self.frames:
            return 0.0
        return whole_duration(float(self.time_s[0]), float(self.time_s[-1]), self.frames)

    @property
    def info(self) -> SourceInfo:
        """What this recording is, for the report."""
        return SourceInfo(str(self.path), self.duration, self.frames, self.frames_with_pose)


def poses_of(arrays: Any, size: tuple[int, int]) -> Iterator[Pose]:
    """Give the poses of arrays as in a recording, by their names, bit for bit as they were."""
    for start in range(0, len(arrays["time_s"]), CHUNK):
        part = slice(start, start + CHUNK)
        landmarks = arrays["landmarks"][part]
        rows = zip(
            arrays["time_s"][part].tolist(),
            to_image_heights(landmarks, size),
            arrays["world"][part].astype(np.float64),
            believed_visibility(landmarks, arrays["visibility"][part]),
            arrays["after_cut"][part].tolist(),
            strict=True,
        )
        for time, image, world, visibility, after_cut in rows:
            yield Pose(time, image, world, visibility, after_cut)


def read_recording(path: str | os.PathLike[str]) -> Recording:
    """Read a recording.

    Raises:
        SourceError: there is no such file, or it is not a recording.
    """
    file = Path(path)
    arrays = _journal_arrays(file) if file.suffix == PART else _arrays(file)
    version = shortened(str(arrays.get("format", FORMAT)))
    if version != FORMAT:
        raise SourceError(
            "{file} has the format '{version}', not '{known}'. Update formcheck.",
            file=file,
            version=version,
            known=FORMAT,
        )
    _check_frames(file, arrays)
    return Recording(
        path=file,
        time_s=_times(file, arrays["time_s"]),
        landmarks=_places(arrays["landmarks"]),
        world=_places(arrays["world"]),
        visibility=_visibility(arrays["landmarks"], arrays["visibility"]),
        after_cut=arrays["after_cut"],
        size=_size(file, arrays["size"]),
    )


def write_npz(file: BinaryIO, name: str, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write the arrays of a recording as NumPy's `.npz`."""
    np.savez_compressed(file, allow_pickle=False, **arrays)


class RecordingWriter:
    """Writes a recording, whole or not at all, when its block ends well.

    Until then it grows beside its place, under the name with `.part` added. Should the program be
    killed, that file remains, and is read like a recording.
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        size: tuple[int, int],
        write: Callable[[BinaryIO, str, Mapping[str, NDArray[Any]]], None] = write_npz,
        *,
        keep: bool = False,
    ) -> None:
        """Begin to write.

        Args:
            path: the file to write, usually `.npz`; a file already there is replaced at the end.
            size: width and height of the picture in pixels.
            write: writes the arrays to the open file, being told the file's name.
            keep: whether after an error, too, the growing file remains: for what cannot be had
                again.

        Raises:
            OutputError: it cannot be written.
        """
        self._path = Path(path)
        self._write_arrays = write
        self._aspect = size[0] / size[1]
        self._keep = keep
        self.growing = GrowingFile(self._path, ending=PART)
        self._journal = Journal(self.growing.file, size)

    def add(self, pose: Pose) -> None:
        """Take one more pose, later than the ones before.

        The image heights are divided back into MediaPipe's numbers. That is exact: two roundings
        of a float64 are far too small to move the float32 that MediaPipe gave.
        """
        self._journal.add(
            time_s=pose.time,
            landmarks=pose.image / (self._aspect, 1.0, self._aspect),
            world=pose.world,
            visibility=pose.visibility,
            after_cut=pose.after_cut,
        )

    def __enter__(self) -> Self:
        """Return the writer itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Write the file, unless an exception is on its way out."""
        try:
            if self.growing.keep() and kind is None:
                self._write()
                self.growing.remove()
        finally:
            if not self._keep:
                self.growing.remove()

    def _write(self) -> None:
        arrays = _journal_arrays(self.growing.part)
        with whole_file(self._path) as file:
            self._write_arrays(file, self._path.name, arrays)


def _journal_arrays(path: Path) -> dict[str, NDArray[Any]]:
    """The arrays of a recording that is still growing, or was left behind."""
    rows, size = read_journal(path)
    arrays = {name: np.array(rows[name]) for name in rows.dtype.names or ()}
    return arrays | {"size": np.array(size, dtype=np.int64), "format": np.array(FORMAT)}


def _arrays(file: Path) -> dict[str, NDArray[Any]]:
    """Read the arrays of the file.

    Each is had whole before NumPy sees it, so that the zip's check sums find damage first; what
    NumPy raises for a damaged array is hard to foresee.
    """
    try:
        with open_file(file) as content, zipfile.ZipFile(content) as archive:
            found = [each for each in archive.infolist() if each.filename in MEMBERS]
            # A small file may unpack to what no memory holds, so its promise is looked at first.
            # zipfile unpacks no more than what is promised.
            if sum(each.file_size for each in found) > MOST_BYTES:
                raise _damaged(file, f"it is larger than {MOST_BYTES // 10**9} GB")
            return {MEMBERS[each.filename]: _array(archive.read(each)) for each in found}
    except NotReadable as error:
        raise SourceError(error.sentence) from error
    except OSError as error:
        raise SourceError(
            "Can't read {file}: {reason}.", file=file, reason=reason_of(error)
        ) from error
    except UNREADABLE as error:
        raise _damaged(file, "it can't be read") from error


def _array(content: bytes) -> NDArray[Any]:
    array: NDArray[Any] = np.lib.format.read_array(io.BytesIO(content), allow_pickle=False)
    return array


def _check_frames(file: Path, arrays: dict[str, NDArray[Any]]) -> None:
    missing = sorted(set(MEMBERS.values()) - OPTIONAL - set(arrays))
    if missing:
        raise _damaged(file, f"it lacks {', '.join(missing)}")
    frames = arrays["time_s"].shape[:1]
    arrays.setdefault("after_cut", np.zeros(frames, np.bool_))
    for name in FIELDS:
        array, wanted = arrays[name], ROW[name]
        if (
            array.dtype.kind != wanted.base.kind
            or array.dtype.itemsize > 8
            or array.shape != (*frames, *wanted.shape)
            or not frames
        ):
            raise _damaged(file, f"{name} is {array.dtype} {array.shape}")
    if not frames[0]:
        raise _damaged(file, "it has no frames")


def _places(array: NDArray[Any]) -> NDArray[np.float32]:
    """The coordinates, unknown where they are without end."""
    with np.errstate(over="ignore"):
        places = array.astype(np.float32, copy=False)
    endless = np.isinf(places)
    return np.where(endless, np.float32(np.nan), places) if endless.any() else places


def _visibility(landmarks: NDArray[Any], visibility: NDArray[Any]) -> NDArray[np.float32]:
    """How well each landmark is seen: 0..1, and 0 where nobody is.

    Converters write nobody as landmarks that are all at one point.
    """
    is_nobody = (landmarks == landmarks[:, :1]).all(axis=(1, 2))
    known = np.nan_to_num(visibility.astype(np.float32), nan=0.0).clip(0.0, 1.0)
    return np.where(is_nobody[:, np.newaxis], np.float32(0.0), known)


def _times(file: Path, times: NDArray[Any]) -> NDArray[np.float64]:
    if not np.isfinite(times).all() or (np.diff(times) < SHORTEST).any():
        raise _damaged(file, "its times don't increase")
    return times.astype(np.float64, copy=False)


def _size(file: Path, size: NDArray[Any]) -> tuple[int, int]:
    if (
        size.shape != (2,)
        or size.dtype.kind not in "iu"
        or not ((size > 0) & (size < LARGEST)).all()
    ):
        raise _damaged(file, f"size is {shortened(str(size.tolist()))}")
    return int(size[0]), int(size[1])


def _damaged(file: Path, why: str) -> SourceError:
    return SourceError(
        "{file} is damaged, or isn't a recording of landmarks: {reason}.", file=file, reason=why
    )
