"""Landmarks as files of other programs: CSV for spreadsheets, TRC for OpenSim and Pose2Sim.

Both are made of the arrays of a recording. CSV holds everything that it holds, as MediaPipe gave
it. TRC holds the world landmarks: metres from the middle of the hips, X to the right of the
picture, Y up, Z towards the camera.
"""

import csv
import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from formcheck.pose import LANDMARKS

Arrays = Mapping[str, NDArray[Any]]
"""As in a recording: `time_s`, `landmarks`, `world`, `visibility`."""
Write = Callable[[BinaryIO, str, Arrays], None]
"""Writes arrays to an open file, being told the file's name."""

CSV_PARTS = ("x", "y", "z", "visibility", "world_x_m", "world_y_m", "world_z_m")
TRC_AXES = (1.0, -1.0, -1.0)
"""MediaPipe's world has y down and z away from the camera; half a turn about x brings y up."""
TRC_KEYS = (
    *("DataRate", "CameraRate", "NumFrames", "NumMarkers", "Units"),
    *("OrigDataRate", "OrigDataStartFrame", "OrigNumFrames"),
)


def write_csv(file: BinaryIO, name: str, arrays: Arrays) -> None:
    """One row a frame: `time_s`, and for each landmark `CSV_PARTS`, empty where nobody was seen."""
    text = io.TextIOWrapper(file, encoding="ascii", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["time_s", *(f"{each}_{part}" for each in LANDMARKS for part in CSV_PARTS)])
    visibility = arrays["visibility"][..., np.newaxis]
    rows = np.concatenate([arrays["landmarks"], visibility, arrays["world"]], axis=2)
    for time, row in zip(arrays["time_s"].tolist(), rows, strict=True):
        writer.writerow([repr(time), *map(_exact, row.ravel().tolist())])
    text.detach()  # or else it closes the file, which is not its own


def write_trc(file: BinaryIO, name: str, arrays: Arrays) -> None:
    """A Track Row Column file: five lines of header, an empty one, and a row for each frame.

    Each line of labels and data ends in a tab, as OpenSim writes them: without it, OpenSim does
    not see that a row's last cell is there when it is empty.
    """
    times = arrays["time_s"]
    markers = range(1, len(LANDMARKS) + 1)
    lines = [
        f"PathFileType\t4\t(X/Y/Z)\t{_plain(name)}",
        "\t".join(TRC_KEYS),
        "\t".join(_trc_values(times)),
        "Frame#\tTime\t" + "".join(f"{each}\t\t\t" for each in LANDMARKS),
        "\t\t" + "".join(f"X{each}\tY{each}\tZ{each}\t" for each in markers),
        "",
    ]
    file.writelines(f"{line}\n".encode("ascii") for line in lines)
    places = arrays["world"].astype(np.float64) * TRC_AXES
    for number, (time, row) in enumerate(zip(times.tolist(), places, strict=True), start=1):
        cells = "".join(f"{_metres(value)}\t" for value in row.ravel().tolist())
        file.write(f"{number}\t{time:.6f}\t{cells}\n".encode("ascii"))


WRITERS: dict[str, Write] = {".csv": write_csv, ".trc": write_trc}
"""By the ending of the file's name."""


def writer_for(path: Path) -> Write | None:
    """What writes a file of this name; none if it is no name of a file of landmarks."""
    return WRITERS.get(path.suffix.lower())


def _trc_values(times: NDArray[np.float64]) -> list[str]:
    """The values of the header. The rate is the mean; each row's time is its own."""
    frames = len(times)
    rate = (frames - 1) / float(times[-1] - times[0]) if frames > 1 else 1.0
    told = f"{rate:.6g}"
    return [told, told, str(frames), str(len(LANDMARKS)), "m", told, "1", str(frames)]


def _exact(value: float) -> str:
    """Enough digits to get the same 32-bit number back."""
    return f"{value:.9g}" if value == value else ""


def _metres(value: float) -> str:
    """Whole micrometres: far more than a camera knows."""
    return f"{value:.6f}" if value == value else ""


def _plain(name: str) -> str:
    """A file's name as ASCII on one line without tabs, which would shift the header."""
    return "".join(letter if letter.isascii() and letter.isprintable() else "_" for letter in name)
