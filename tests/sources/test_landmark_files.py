"""Landmarks as CSV and TRC, read back by readers written from the formats' descriptions."""

import csv
import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from helpers.places import SAMPLES

from formcheck.pose import INDEX, LANDMARKS
from formcheck.sources.landmark_files import CSV_PARTS, write_csv, write_trc, writer_for
from formcheck.sources.recording import read_recording

SAMPLE = SAMPLES / "bridge_5.npz"
TAB = "\t"


def arrays() -> dict[str, Any]:
    """A sample's arrays, with a frame in which nobody is seen."""
    recording = read_recording(SAMPLE)
    names = ("time_s", "landmarks", "world", "visibility")
    found = {name: np.array(getattr(recording, name)) for name in names}
    found["landmarks"][3] = found["world"][3] = np.nan
    found["visibility"][3] = 0.0
    return found


def read_trc(text: str) -> tuple[dict[str, str], list[str], Any, Any]:
    """The header, markers, times and places (frames, markers, 3) of a TRC file.

    As OpenSim describes and reads it: three lines of header, two of labels, an empty one, then
    the rows. Each tab ends a cell; what follows the last one is a cell if it is not empty.
    """
    lines = text.split("\n")
    assert lines.pop() == ""
    kind, keys, values, names, places, blank, *rows = lines
    assert kind.split(TAB)[:3] == ["PathFileType", "4", "(X/Y/Z)"]
    header = dict(zip(keys.split(TAB), values.split(TAB), strict=True))
    markers = [cell for cell in names.split(TAB) if cell]
    assert markers[:2] == ["Frame#", "Time"]
    assert len(markers) == 2 + int(header["NumMarkers"])
    wanted = [f"{axis}{n}" for n in range(1, len(markers) - 1) for axis in "XYZ"]
    assert [cell for cell in places.split(TAB) if cell] == wanted
    assert blank == ""
    cells = [row.split(TAB)[: -1 if row.endswith(TAB) else None] for row in rows]
    assert {len(row) for row in cells} == {2 + len(wanted)}
    assert [row[0] for row in cells] == [str(n) for n in range(1, len(rows) + 1)]
    numbers = np.array([[float(cell or "nan") for cell in row[1:]] for row in cells])
    return header, markers[2:], numbers[:, 0], numbers[:, 1:].reshape(len(rows), -1, 3)


def test_the_header_of_a_trc_file_is_exact() -> None:
    """Its first five lines and the empty one, letter for letter."""
    file = io.BytesIO()
    content = {name: array[:3] for name, array in arrays().items()}
    content["time_s"] = np.array([0.0, 0.04, 0.08])
    write_trc(file, "clip.trc", content)
    lines = file.getvalue().decode("ascii").split("\n")
    assert lines[0] == "PathFileType\t4\t(X/Y/Z)\tclip.trc"
    assert lines[1] == (
        "DataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\t"
        "OrigDataRate\tOrigDataStartFrame\tOrigNumFrames"
    )
    assert lines[2] == "25\t25\t3\t33\tm\t25\t1\t3"
    assert lines[3].startswith("Frame#\tTime\tnose\t\t\tleft_eye_inner\t\t\t")
    assert lines[4].startswith("\t\tX1\tY1\tZ1\tX2\tY2\tZ2\t")
    assert lines[4].endswith("X33\tY33\tZ33\t")
    assert lines[5] == ""
    assert lines[6].startswith("1\t0.000000\t")


def test_trc_comes_back_to_the_micrometre() -> None:
    """Times and places of every frame; nobody in a frame is empty cells."""
    file, content = io.BytesIO(), arrays()
    write_trc(file, "x.trc", content)
    header, markers, times, places = read_trc(file.getvalue().decode("ascii"))
    assert header["Units"] == "m"
    assert markers == list(LANDMARKS)
    np.testing.assert_allclose(times, content["time_s"], atol=1e-6)
    np.testing.assert_allclose(places * (1, -1, -1), content["world"], atol=1e-6)
    assert np.isnan(places[3]).all()
    rate = float(header["DataRate"])
    assert rate == pytest.approx(1 / np.diff(content["time_s"]).mean(), rel=1e-4)


def test_y_is_up_in_a_trc_file() -> None:
    """In the bridge the knee is above the ankle; the axes stay right-handed."""
    file = io.BytesIO()
    write_trc(file, "x.trc", arrays())
    _, markers, _, places = read_trc(file.getvalue().decode("ascii"))
    knee, ankle = (places[0, markers.index(f"right_{joint}")] for joint in ("knee", "ankle"))
    assert knee[1] > ankle[1] + 0.2
    assert np.linalg.det(np.diag([1.0, -1.0, -1.0])) == pytest.approx(1.0)


def test_a_name_cannot_shift_the_header() -> None:
    """Tabs and letters that are not ASCII are replaced."""
    file = io.BytesIO()
    write_trc(file, "a\tb\nü.trc", arrays())
    assert file.getvalue().startswith(b"PathFileType\t4\t(X/Y/Z)\ta_b__.trc\nDataRate")


def test_csv_comes_back_bit_for_bit() -> None:
    """Every number of the recording, as 32-bit numbers."""
    file, content = io.BytesIO(), arrays()
    write_csv(file, "x.csv", content)
    rows = list(csv.DictReader(io.StringIO(file.getvalue().decode("ascii"))))
    assert list(rows[0])[:8] == ["time_s", *(f"nose_{part}" for part in CSV_PARTS)]
    assert len(rows[0]) == 1 + 33 * len(CSV_PARTS)
    assert [float(row["time_s"]) for row in rows] == content["time_s"].tolist()
    for part, array, axis in (
        ("x", "landmarks", 0),
        ("z", "landmarks", 2),
        ("world_y_m", "world", 1),
        ("world_z_m", "world", 2),
    ):
        got = np.float32([float(row[f"left_knee_{part}"] or "nan") for row in rows])
        np.testing.assert_array_equal(got, content[array][:, INDEX["left_knee"], axis])
    seen = np.float32([float(row["left_knee_visibility"]) for row in rows])
    np.testing.assert_array_equal(seen, content["visibility"][:, INDEX["left_knee"]])


def test_the_name_says_how_landmarks_are_written() -> None:
    """By its ending, whatever its case."""
    assert writer_for(Path("a.TRC")) is write_trc
    assert writer_for(Path("a.csv")) is write_csv
    assert writer_for(Path("a.c3d")) is None
