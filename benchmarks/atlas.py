"""An atlas of MediaPipe's error: bias and spread of each exercise's measures, by view.

    python benchmarks/atlas.py FOLDER... -o docs/atlas.md

Each folder holds `mp/` and `perfect/`: recordings of the same rendered clips (NAME.npz beside
NAME.truth.json), one of what MediaPipe sees and one of the true landmarks. What a measure is off by
has two parts, and they are told apart:

* **view**: what the camera's place does to true landmarks. The true landmarks as the camera saw
  them, less the same ones seen from far away, square on to the view that the exercise asks for.
* **MediaPipe**: what its landmarks add. Its landmarks less the true ones, both as the camera saw
  them.

All go through formcheck's own `BodyTracker` and `MeasureReader`. Only true reps are looked at, on
the side that moves; what is compared with rest is compared with the half second before the rep.

Below stands what came of each rule on MediaPipe's landmarks; `atlas_rules.py` says how.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import isfinite, nan
from pathlib import Path
from typing import Any

import atlas_rules
import numpy as np
from numpy.typing import NDArray

from formcheck import Pose, load_exercise, open_source
from formcheck.exercise import Exercise, Measure
from formcheck.measuring.kinds import KINDS, LENGTH
from formcheck.measuring.reader import MeasureReader
from formcheck.measuring.tracker import BodyTracker

Array = NDArray[np.float64]

STEP = 15
"""Degrees of yaw in a column."""
REST = 0.5
"""Seconds before a rep in which the rest values are taken."""
SQUARE = {"side_right": 0.0, "side_left": 180.0, "front": 0.0, "back": 180.0, "side": 90.0}
"""Where the camera stands for a view that is asked for, in degrees around the scene."""
OBLIQUE = {"oblique30": "side_right", "oblique45": "side_right", "oblique_head30": "side_right"}
OBLIQUE |= {"oblique30_left": "side_left", "oblique45_left": "side_left", "foot_end": "side_right"}
OBLIQUE |= {"front_oblique30": "front", "front_oblique45": "front", "front_oblique_m30": "front"}
HEIGHTS = ((0.0, 0.45), (0.45, 0.75), (0.75, 2.0))
"""Metres between which a camera is low, middling or high."""
NAMES = {"glute_bridge": "bridge", "standing_side_leg_raise": "standing_leg_raise"}


@dataclass(frozen=True, slots=True)
class View:
    """From where a clip was seen."""

    yaw: int
    """Off the view that the exercise asks for, to the nearest column."""
    height: int
    """Which of `HEIGHTS` the camera was at."""


@dataclass(slots=True)
class Errors:
    """What the measures of one exercise were off by."""

    view: dict[str, dict[View, list[float]]] = field(default_factory=dict)
    landmarks: dict[str, dict[View, list[float]]] = field(default_factory=dict)
    clips: dict[View, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Course:
    """The measures of one side over time."""

    times: Array
    values: Array
    """(frames, measures), as read: not compared with rest."""
    weights: Array
    torso: Array


# ------------------------------------------------------------------------------ where things are


def camera_axes(truth: dict[str, Any]) -> Array:
    """The camera's right, down and forward in the scene, as rows."""
    eye, target = (np.array(truth["camera"][key], float) for key in ("eye", "target"))
    forward = (target - eye) / np.linalg.norm(target - eye)
    right = np.cross(forward, (0.0, 1.0, 0.0))
    right /= np.linalg.norm(right)
    return np.stack([right, -np.cross(right, forward), forward])


def square_axes(truth: dict[str, Any]) -> Array:
    """The same of a level camera square on to the view that is asked for."""
    azimuth = np.radians(SQUARE[_asked(truth)])
    forward = -np.array([np.sin(azimuth), 0.0, np.cos(azimuth)])
    return np.stack([np.cross(forward, (0.0, 1.0, 0.0)), (0.0, -1.0, 0.0), forward])


def view_of(truth: dict[str, Any]) -> View:
    """From where the clip was seen."""
    eye, target = (np.array(truth["camera"][key], float) for key in ("eye", "target"))
    towards = eye - target
    azimuth = np.degrees(np.arctan2(towards[0], towards[2])) - SQUARE[_asked(truth)]
    yaw = abs((azimuth + 180.0) % 360.0 - 180.0)
    height = next(i for i, (low, high) in enumerate(HEIGHTS) if low <= eye[1] < high)
    return View(int(STEP * round(yaw / STEP)), height)


def _asked(truth: dict[str, Any]) -> str:
    asked: str = truth["view"]
    return OBLIQUE.get(asked, asked)


def whole_places(poses: Sequence[Pose], truth: dict[str, Any]) -> Array:
    """(frames, 33, 3) true landmarks in the camera's axes, from the camera, in metres.

    A recording's world is measured from the hips. Where those are is solved for from the picture:
    every landmark must be projected where it is seen.
    """
    focal = 0.5 * truth["width"] / np.tan(np.radians(truth["camera"]["hfov_deg"]) / 2)
    focal /= truth["height"]
    middle = np.array([0.5 * truth["width"] / truth["height"], 0.5])
    placed = []
    for pose in poses:
        seen = (pose.image[:, :2] - middle) / focal
        rows = np.zeros((len(seen), 2, 3))
        rows[:, 0, 0] = rows[:, 1, 1] = 1.0
        rows[:, :, 2] = -seen
        wanted = seen * pose.world[:, 2:] - pose.world[:, :2]
        hips = np.linalg.lstsq(rows.reshape(-1, 3), wanted.reshape(-1), rcond=None)[0]
        placed.append(pose.world + hips)
    return np.array(placed)


def square_poses(poses: Sequence[Pose], truth: dict[str, Any]) -> Iterator[Pose]:
    """The same movement, seen from far away and square on."""
    turn = square_axes(truth) @ camera_axes(truth).T
    sign = np.array([-1.0 if truth.get("mirrored") else 1.0, 1.0, 1.0])
    places = (whole_places(poses, truth) * sign) @ turn.T
    low, high = places.min((0, 1)), places.max((0, 1))
    scale = 0.8 / float((high - low).max())
    for pose, place in zip(poses, places, strict=True):
        image = (place - (low + high) / 2) * scale + (0.5, 0.5, 0.0)
        world = place - (place[23] + place[24]) / 2
        yield Pose.from_normalized(pose.time, image, world, pose.visibility, (1000, 1000))


# ------------------------------------------------------------------------------ reading measures


def poses_of(path: Path) -> list[Pose]:
    """The poses of a recording."""
    with open_source(path, _no_model) as source:
        return list(source)


def _no_model() -> Path:
    raise SystemExit("recordings need no model")


def courses(poses: Iterable[Pose], reader: MeasureReader) -> Course:
    """What the reader reads off each pose."""
    tracker, readings, times = BodyTracker(), [], []
    for pose in poses:
        body = tracker.update(pose)
        readings.append(reader.read(body))
        times.append(body.time)
    return Course(
        np.array(times),
        np.array([reading.values for reading in readings]),
        np.array([reading.weights for reading in readings]),
        np.array([reading.torso for reading in readings]),
    )


def compared(course: Course, reader: MeasureReader, start: float, end: float) -> Array:
    """(frames, measures) during a rep, compared with the rest before it where that is asked."""
    before = (course.times >= start - REST) & (course.times < start)
    rest = medians(course.values[before])
    during = np.flatnonzero((course.times >= start) & (course.times <= end))
    reading_type = _reading_type(reader)
    return np.array(
        [
            reader.compared(
                reading_type(
                    course.values[i].tolist(), course.weights[i].tolist(), course.torso[i]
                ),
                rest,
            )
            for i in during
        ]
    )


def medians(values: Array) -> list[float]:
    """The median of each column, of what is known of it; NaN where nothing is."""
    columns = [column[np.isfinite(column)] for column in values.T]
    return [float(np.median(column)) if len(column) else nan for column in columns]


def _reading_type(reader: MeasureReader) -> Any:
    module = __import__(type(reader).__module__, fromlist=["Reading"])
    return module.Reading


# ------------------------------------------------------------------------------ gathering


def gather(folders: Sequence[Path], only: str | None) -> dict[str, Errors]:
    """What the measures were off by, by exercise."""
    found: dict[str, Errors] = defaultdict(Errors)
    for folder in folders:
        for file in sorted((folder / "mp").glob("*.truth.json")):
            truth = json.loads(file.read_text())
            name = file.name.replace(".truth.json", ".npz")
            exercise = NAMES.get(truth["exercise"], truth["exercise"])
            if truth["reps"] and exercise == (only or exercise):
                take_in(found[exercise], load_exercise(exercise), folder, name, truth)
    return dict(found)


def take_in(
    errors: Errors, exercise: Exercise, folder: Path, name: str, truth: dict[str, Any]
) -> None:
    """Add what one clip shows."""
    seen, true = poses_of(folder / "mp" / name), poses_of(folder / "perfect" / name)
    square = list(square_poses(true, truth))
    view = view_of(truth)
    errors.clips[view] = errors.clips.get(view, 0) + 1
    for side in {rep.get("side") for rep in truth["reps"]}:
        reads = side if exercise.sides == "each" else None
        reader = [MeasureReader(exercise, reads) for _ in range(3)]
        read = [courses(p, r) for p, r in zip((seen, true, square), reader, strict=True)]
        for rep in truth["reps"]:
            if rep.get("side") == side:
                values = [
                    compared(c, r, rep["start_s"], rep["end_s"])
                    for c, r in zip(read, reader, strict=True)
                ]
                _add(errors, reader[0].names, view, values)


def _add(errors: Errors, names: Sequence[str], view: View, values: Sequence[Array]) -> None:
    frames = min(len(each) for each in values)
    if not frames:
        return
    seen, true, square = (each[:frames] for each in values)
    for place, name in enumerate(names):
        for kept, off in ((errors.landmarks, seen - true), (errors.view, true - square)):
            known = off[:, place][np.isfinite(off[:, place])]
            kept.setdefault(name, {}).setdefault(view, []).extend(known.tolist())


# ------------------------------------------------------------------------------ telling


def cell(values: Sequence[float], decimals: int) -> str:
    """Bias ± robust standard deviation (90th percentile of the size)."""
    known = np.array([value for value in values if isfinite(value)])
    if len(known) < 10:
        return ""
    bias = float(np.median(known))
    spread = 1.4826 * float(np.median(np.abs(known - bias)))
    worst = float(np.quantile(np.abs(known), 0.9))
    return f"{bias:+.{decimals}f} ± {spread:.{decimals}f} ({worst:.{decimals}f})"


def by_yaw(kept: dict[View, list[float]], yaw: int) -> list[float]:
    """All that is known at a yaw, from whatever height."""
    return [value for view, values in kept.items() if view.yaw == yaw for value in values]


def by_height(kept: dict[View, list[float]], height: int) -> list[float]:
    """All that is known at a height, up to 30 degrees off."""
    return [
        value
        for view, values in kept.items()
        if view.height == height and view.yaw <= 2 * STEP
        for value in values
    ]


def is_length(exercise: Exercise, measure: Measure) -> bool:
    """Whether the measure is a length or a share, told with two decimals."""
    if measure.terms:
        return is_length(exercise, exercise.measure(measure.terms[0][0]))
    return measure.since_rest == "ratio" or KINDS[measure.kind].unit in (LENGTH, "of the way")


def table(exercise: Exercise, errors: Errors) -> Iterator[str]:
    """The lines of one exercise's part of the atlas."""
    yaws = sorted({view.yaw for view in errors.clips})
    clips = {yaw: sum(n for view, n in errors.clips.items() if view.yaw == yaw) for yaw in yaws}
    yield f"## {exercise.title}"
    yield ""
    camera = exercise.camera
    yield f"Filmed from the {camera.view}; judged up to {camera.within:g} degrees off."
    yield ""
    heads = [f"{yaw}° ({clips[yaw]} clips)" for yaw in yaws]
    heads += [f"low {HEIGHTS[0][1]:g} m", "middle", f"high {HEIGHTS[2][0]:g} m"]
    yield "| measure | error of | " + " | ".join(heads) + " |"
    yield "|---|---|" + "---|" * len(heads)
    for measure in exercise.measures:
        decimals = 2 if is_length(exercise, measure) else 1
        for title, kept in (("view", errors.view), ("MediaPipe", errors.landmarks)):
            own = kept.get(measure.name, {})
            cells = [cell(by_yaw(own, yaw), decimals) for yaw in yaws]
            cells += [cell(by_height(own, i), decimals) for i in range(len(HEIGHTS))]
            if any(cells):
                shown = measure.name if title == "view" else ""
                yield f"| {shown} | {title} | " + " | ".join(cells) + " |"
    yield ""


INTRODUCTION = f"""# Atlas of errors

Each cell shows bias ± robust spread (90th percentile of the size) over all frames of true reps, in
degrees, or in torsos for lengths. Columns are degrees off the right view, in steps of {STEP}; the
last three are camera heights, up to {2 * STEP} degrees off. **view** is the error that the camera's
place causes with true landmarks; **MediaPipe** is what its landmarks add. The people are rendered,
and `benchmarks/atlas.py` makes this file.

The rules follow: in how many reps formcheck, using MediaPipe, reported the fault rightly, reported
it wrongly, missed it, or didn't judge it. **Either** counts the reps in which the truth is within
the measuring error of the limit, or formcheck called the fault borderline.
"""


def main() -> None:
    """Write the atlas."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("-e", "--exercise")
    options = parser.parse_args()
    lines = [INTRODUCTION]
    gathered = sorted(gather(options.folders, options.exercise).items())
    scored = atlas_rules.scores(options.folders, [name for name, _ in gathered], _no_model)
    for name, errors in gathered:
        exercise = load_exercise(name)
        lines += table(exercise, errors)
        lines += atlas_rules.lines(exercise, scored[name], lambda truth: view_of(truth).yaw)
    options.output.write_text("\n".join(lines))


if __name__ == "__main__":
    main()
