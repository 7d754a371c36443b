"""Whether formcheck stays with the one who exercises when somebody else is in the picture.

    python benchmarks/company.py                       all scenes
    python benchmarks/company.py --only passes --look FOLDER    some, and pictures of them

Scenes are composed from the clips in `samples/`: a second person is cut out of one clip and put
into another. What is true is known from the clip without the second person.
"""

import argparse
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import mediapipe as mp
import numpy as np
from mediapipe.tasks.python import BaseOptions
from mediapipe.tasks.python.vision import PoseLandmarker, PoseLandmarkerOptions, RunningMode

from formcheck.counting.session import Session
from formcheck.definition.loading import load_exercise
from formcheck.footage.video import open_video
from formcheck.landmarks.follower import Follower
from formcheck.landmarks.model_file import find_model
from formcheck.landmarks.quiet import quiet_stderr
from formcheck.pose import INDEX, Frame, Pose

SAMPLES = Path(__file__).parent.parent / "samples"
CLIPS = {
    "bridge": "rendered_bridge_side_right_clean.mp4",
    "crunch": "rendered_crunch_side_right_full_situp.mp4",
    "side_lying_leg_raise": "rendered_sideleg_front_hold_too_short_raise_too_low.mp4",
}
RIGHT = 0.5
"""How far, in torsos, the middles of shoulders, hips, knees and ankles may be from where they are
without the second person."""
JOINTS = ("shoulder", "hip", "knee", "ankle")
CHECKED = [INDEX[f"{side}_{name}"] for name in JOINTS for side in ("left", "right")]


@dataclass(frozen=True)
class Cut:
    """A person cut out of a clip: pictures and how much of each pixel is the person's, 0..1."""

    pictures: list[np.ndarray]
    shares: list[np.ndarray]

    def at(self, i: int, height: float, turned: bool = False) -> tuple[np.ndarray, np.ndarray]:
        """The person at a frame, there and back again, scaled to a height in pixels."""
        n = len(self.pictures)
        k = i % (2 * n - 2)
        k = k if k < n else 2 * n - 2 - k
        picture, share = self.pictures[k], self.shares[k]
        if turned:
            picture, share = (
                cv2.rotate(each, cv2.ROTATE_90_COUNTERCLOCKWISE) for each in (picture, share)
            )
        rows, columns = (np.flatnonzero(share.max(axis=axis) > 0.5) for axis in (1, 0))
        if not len(rows) or not len(columns):
            return picture[:1, :1], share[:1, :1] * 0
        box = slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)
        scale = height / (box[0].stop - box[0].start)
        size = (max(1, round((box[1].stop - box[1].start) * scale)), max(1, round(height)))
        return cv2.resize(picture[box], size), cv2.resize(share[box], size)


def cut_out(frames: list[Frame], model: Path) -> Cut:
    """Cut the person out of each frame."""
    options = PoseLandmarkerOptions(
        base_options=BaseOptions(model_asset_buffer=model.read_bytes()),
        running_mode=RunningMode.VIDEO,
        output_segmentation_masks=True,
    )
    cut = Cut([], [])
    with quiet_stderr(), PoseLandmarker.create_from_options(options) as finder:
        for frame in frames:
            picture = mp.Image(mp.ImageFormat.SRGB, cv2.cvtColor(frame.image, cv2.COLOR_BGR2RGB))
            result = finder.detect_for_video(picture, round(frame.time * 1000))
            if result.segmentation_masks:
                share = np.squeeze(result.segmentation_masks[0].numpy_view())
                cut.pictures.append(frame.image)
                cut.shares.append(np.clip(share * 1.5 - 0.25, 0, 1).astype(np.float32))
    return cut


def paste(
    image: np.ndarray, person: tuple[np.ndarray, np.ndarray], x: float, foot: float
) -> np.ndarray:
    """The picture with a person whose middle is at x and lowest point at `foot`, in pixels."""
    picture, share = person
    left, top = round(x - picture.shape[1] / 2), round(foot - picture.shape[0])
    x0, y0 = max(0, left), max(0, top)
    x1, y1 = (
        min(image.shape[1], left + picture.shape[1]),
        min(image.shape[0], top + picture.shape[0]),
    )
    if x1 <= x0 or y1 <= y0:
        return image
    part = (slice(y0 - top, y1 - top), slice(x0 - left, x1 - left))
    result, weight = image.copy(), share[part][..., None]
    area = result[y0:y1, x0:x1]
    result[y0:y1, x0:x1] = (weight * picture[part] + (1 - weight) * area).astype(np.uint8)
    return result


@dataclass(frozen=True)
class Material:
    """What scenes are made of."""

    frames: list[Frame]
    own: Cut
    """The one who exercises."""
    other: Cut
    """Somebody lying on the side, who stands when turned by a quarter."""

    def behind(self, i: int, image: np.ndarray) -> np.ndarray:
        """Put the one who exercises in front of what was pasted."""
        weight = self.own.shares[min(i, len(self.own.shares) - 1)][..., None]
        mixed: np.ndarray = weight * self.frames[i].image + (1 - weight) * image
        return mixed.astype(np.uint8)


Compose = Callable[[Material, int, float], np.ndarray]
"""The picture of a scene at frame i, the share of the clip that is over being given."""


def alone(m: Material, i: int, done: float) -> np.ndarray:
    return m.frames[i].image


def _passer(m: Material, i: int, done: float, height: float, foot: float) -> np.ndarray:
    w, h = m.frames[i].image.shape[1::-1]
    x = (done - 0.35) / 0.3 * 1.4 * w - 0.2 * w
    return paste(m.frames[i].image, m.other.at(i, height * h, True), x, foot * h)


def passes_in_front(m: Material, i: int, done: float) -> np.ndarray:
    return _passer(m, i, done, 1.1, 1.15)


def comes_and_stands_there(m: Material, i: int, done: float) -> np.ndarray:
    """Who passed in front stays where the picture ends."""
    return _passer(m, i, min(done, 0.57), 1.1, 1.15)


def passes_behind(m: Material, i: int, done: float) -> np.ndarray:
    return m.behind(i, _passer(m, i, done, 0.65, 0.75))


def _crosses(height: float, foot: float, seconds: float = 1.5, stays: float = 0.0) -> Compose:
    """Somebody crosses the picture in front within so many seconds, staying amid it for some."""

    def compose(m: Material, i: int, done: float) -> np.ndarray:
        w, h = m.frames[i].image.shape[1::-1]
        since = m.frames[i].time - 0.4 * m.frames[-1].time
        way = min(since, max(seconds / 2, since - stays)) / seconds
        if not 0 < way < 1:
            return alone(m, i, done)
        share = (1 + height) * way - height / 2
        return paste(m.frames[i].image, m.other.at(i, height * h, True), share * w, foot * h)

    return compose


def _stands(x: float, height: float, foot: float, behind: bool) -> Compose:
    def compose(m: Material, i: int, done: float) -> np.ndarray:
        w, h = m.frames[i].image.shape[1::-1]
        image = paste(m.frames[i].image, m.other.at(i, height * h, True), x * w, foot * h)
        return m.behind(i, image) if behind else image

    return compose


def holds_the_legs(m: Material, i: int, done: float) -> np.ndarray:
    h = m.frames[i].image.shape[0]
    columns = np.flatnonzero(m.own.shares[min(i, len(m.own.shares) - 1)].max(axis=0) > 0.5)
    at = columns[-1] if len(columns) else 0
    near = abs(done - 0.5) < 0.25
    return (
        paste(m.frames[i].image, m.other.at(i, 0.8 * h, True), at, 0.98 * h)
        if near
        else alone(m, i, done)
    )


def lies_beside(height: float, foot: float, behind: bool) -> Compose:
    def compose(m: Material, i: int, done: float) -> np.ndarray:
        w, h = m.frames[i].image.shape[1::-1]
        image = paste(m.frames[i].image, m.other.at(i, height * h), 0.5 * w, foot * h)
        return m.behind(i, image) if behind else image

    return compose


def picture_on_the_wall(m: Material, i: int, done: float) -> np.ndarray:
    w, h = m.frames[i].image.shape[1::-1]
    return paste(m.frames[i].image, m.other.at(0, 0.3 * h, True), 0.25 * w, 0.36 * h)


def mirror(m: Material, i: int, done: float) -> np.ndarray:
    w, h = m.frames[i].image.shape[1::-1]
    picture, share = m.own.at(min(i, len(m.own.shares) - 1), 0.2 * h)
    flipped = np.ascontiguousarray(picture[:, ::-1]), np.ascontiguousarray(share[:, ::-1])
    return paste(m.frames[i].image, flipped, 0.5 * w, 0.4 * h)


def leaves(m: Material, i: int, done: float) -> np.ndarray:
    w, h = m.frames[i].image.shape[1::-1]
    x = 0.5 * w + max(0.0, done - 0.08) * 6 * w
    return paste(m.frames[i].image, m.other.at(i, 0.95 * h, True), x, 1.0 * h)


SCENES: dict[str, tuple[str, Compose]] = {
    "alone": ("bridge", alone),
    "passes in front": ("bridge", passes_in_front),
    "passes behind": ("bridge", passes_behind),
    "stands behind": ("bridge", _stands(0.5, 0.6, 0.72, True)),
    "stands at the foot end, large": ("bridge", _stands(0.95, 1.0, 1.05, False)),
    "stands before the head, large": ("bridge", _stands(0.06, 1.0, 1.05, False)),
    "holds the legs": ("bridge", holds_the_legs),
    "stands there at first": ("bridge", leaves),
    "lies behind": ("bridge", lies_beside(0.2, 0.55, True)),
    "a child lies in front": ("bridge", lies_beside(0.14, 0.99, False)),
    "picture on the wall": ("bridge", picture_on_the_wall),
    "mirror": ("bridge", mirror),
    "crunch, passes in front": ("crunch", passes_in_front),
    "comes in front and stands there": ("bridge", comes_and_stands_there),
    "crunch, comes and stands there": ("crunch", comes_and_stands_there),
    "crunch, stands behind": ("crunch", _stands(0.35, 0.6, 0.72, True)),
    "walks past in 1.5 s": ("bridge", _crosses(1.1, 1.15)),
    "walks past and stops for 1.5 s": ("bridge", _crosses(1.1, 1.15, stays=1.5)),
    "walks past close to the camera": ("bridge", _crosses(2.5, 1.9)),
    "crunch, walks past in 1.5 s": ("crunch", _crosses(1.1, 1.15)),
    "crunch, walks past and stops": ("crunch", _crosses(1.1, 1.15, stays=1.5)),
    "crunch, walks past close": ("crunch", _crosses(2.5, 1.9)),
    "leg raise, walks past in 1.5 s": ("side_lying_leg_raise", _crosses(1.1, 1.15)),
    "leg raise, walks past and stops": (
        "side_lying_leg_raise",
        _crosses(1.1, 1.15, stays=1.5),
    ),
}


def frames_of(exercise: str) -> list[Frame]:
    with open_video(SAMPLES / CLIPS[exercise]) as video:
        return list(video)


def found(frames: Iterator[Frame], model: Path) -> tuple[list[Pose], float]:
    """The poses, and processor seconds for each frame that has been composed already."""
    poses, seconds = [], 0.0
    with Follower(model) as finder:
        for frame in frames:
            started = time.process_time()
            poses.append(finder.detect(frame))
            seconds += time.process_time() - started
    return poses, seconds / len(poses)


def counted(exercise: str, poses: list[Pose]) -> tuple[int, tuple[str, ...]]:
    session = Session(load_exercise(exercise))
    for pose in poses:
        session.update(pose)
    summary = session.finish()
    return len(summary.counted), summary.notes


def right_share(poses: list[Pose], truth: list[Pose]) -> tuple[float, float]:
    """In how many of the frames the right person was found, and in how many another one."""
    at, true = (
        np.array([p.image[CHECKED, :2].reshape(4, 2, 2).mean(1) for p in each])
        for each in (poses, truth)
    )
    torso = np.nanmedian(np.linalg.norm(true[:, 0] - true[:, 1], axis=1))
    off = np.linalg.norm(at - true, axis=2).max(axis=1) / torso
    return float(np.mean(off < RIGHT)), float(np.mean(off >= RIGHT))


def composed(material: Material, compose: Compose) -> Iterator[Frame]:
    n = len(material.frames)
    for i, frame in enumerate(material.frames):
        yield Frame(frame.time, compose(material, i, i / (n - 1)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default="")
    parser.add_argument("--look", type=Path, help="a folder for a few pictures of each scene")
    args = parser.parse_args()
    model = find_model()
    other = cut_out(frames_of("side_lying_leg_raise")[:60], model)
    made: dict[str, tuple[Material, list[Pose], int]] = {}
    print(f"{'scene':30} {'right':>6} {'other':>6}   count  expected   ms a frame")
    for name, (exercise, compose) in SCENES.items():
        if args.only not in name:
            continue
        if exercise not in made:
            material = Material(frames_of(exercise), cut_out(frames_of(exercise), model), other)
            truth, _ = found(iter(material.frames), model)
            made[exercise] = material, truth, counted(exercise, truth)[0]
        material, truth, expected = made[exercise]
        if args.look:
            for share in (0.02, 0.43, 0.46, 0.5, 0.6):
                i = round(share * (len(material.frames) - 1))
                file = args.look / f"{name.replace(' ', '_').replace(',', '')}_{i:03d}.jpg"
                cv2.imwrite(str(file), compose(material, i, share))
        poses, cost = found(composed(material, compose), model)
        right, wrong = right_share(poses, truth)
        count, notes = counted(exercise, poses)
        print(
            f"{name:30} {right:6.0%} {wrong:6.0%}   {count:5}  {expected:8}   {1000 * cost:10.0f}"
            f"   {' '.join(notes)}",
            flush=True,
        )


if __name__ == "__main__":
    main()
