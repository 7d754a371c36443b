"""A pose: the 33 landmarks (keypoints) that MediaPipe finds on a person, at one moment.

This is where formcheck's core begins. Where poses come from (a video, a camera, a recording, a
test) is not its business.
"""

from dataclasses import dataclass
from math import isfinite

import numpy as np
from numpy.typing import ArrayLike, NDArray

from formcheck.exercise import Side

Array = NDArray[np.float64]

LANDMARKS: tuple[str, ...] = (
    "nose",
    "left_eye_inner",
    "left_eye",
    "left_eye_outer",
    "right_eye_inner",
    "right_eye",
    "right_eye_outer",
    "left_ear",
    "right_ear",
    "mouth_left",
    "mouth_right",
    "left_shoulder",
    "right_shoulder",
    "left_elbow",
    "right_elbow",
    "left_wrist",
    "right_wrist",
    "left_pinky",
    "right_pinky",
    "left_index",
    "right_index",
    "left_thumb",
    "right_thumb",
    "left_hip",
    "right_hip",
    "left_knee",
    "right_knee",
    "left_ankle",
    "right_ankle",
    "left_heel",
    "right_heel",
    "left_foot_index",
    "right_foot_index",
)
"""MediaPipe's names in MediaPipe's order; left and right are the person's own."""

SEEN = 0.5
"""Visibility from which a landmark is believed; MediaPipe's maintainers suggest it (issue 1351)."""

INDEX: dict[str, int] = {name: index for index, name in enumerate(LANDMARKS)}


def _on_other_side(name: str) -> str:
    if "left" in name:
        return name.replace("left", "right")
    return name.replace("right", "left")


SWAPPED = np.array([INDEX[_on_other_side(name)] for name in LANDMARKS])
"""For each landmark the index of the one on the person's other side."""

OUTSIDE = 0.02
"""How far beyond the picture's edge, in picture sizes, a landmark may lie and still be believed.

MediaPipe invents landmarks that are out of the picture and often gives them high visibility
(google-ai-edge/mediapipe issue 5197); the small margin forgives a heel drawn on the very edge.
"""


Image = NDArray[np.uint8]


def to_image_heights(normalized: ArrayLike, size: tuple[int, int]) -> Array:
    """Bring MediaPipe's x, y, z to one unit, image heights.

    MediaPipe divides x (and z) by the picture's width and y by its height, so an angle taken from
    them raw is wrong by the aspect ratio.

    Args:
        normalized: (..., 33, 3) as MediaPipe gives them.
        size: width and height of the picture in pixels.
    """
    aspect = size[0] / size[1]
    return np.asarray(normalized, dtype=np.float64) * (aspect, 1.0, aspect)


def believed_visibility(normalized: ArrayLike, visibility: ArrayLike) -> Array:
    """Visibility (..., 33), with 0 for the landmarks that lie outside the picture: guesses."""
    xy = np.asarray(normalized, dtype=np.float64)[..., :2]
    inside = ((xy >= -OUTSIDE) & (xy <= 1 + OUTSIDE)).all(axis=-1)
    return np.where(inside, np.asarray(visibility, dtype=np.float64), 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class Pose:
    """All landmarks at one time. Nobody in view is a pose with zero visibility, never `None`."""

    time: float
    """Seconds, on the clock of the video or camera."""
    image: Array
    """(33, 3) x, y, z in image heights, x to the right, y down: one unit, so that angles hold."""
    world: Array
    """(33, 3) metres from the middle of the hips, axes as the camera's, z away from the camera."""
    visibility: Array
    """(33,) 0..1, how likely the landmark is in the picture and not hidden; 0 = unknown."""
    after_cut: bool = False
    """Whether the picture begins another scene than the one before: nothing goes on across that."""

    @classmethod
    def from_normalized(
        cls,
        time: float,
        landmarks: ArrayLike,
        world: ArrayLike,
        visibility: ArrayLike,
        size: tuple[int, int],
    ) -> "Pose":
        """Make a pose from MediaPipe's numbers.

        Args:
            time: seconds.
            landmarks: (33, 3) x divided by the picture's width, y by its height, z like x.
            world: (33, 3) metres.
            visibility: (33,) 0..1.
            size: width and height of the picture in pixels.
        """
        return cls(
            time=float(time),
            image=to_image_heights(landmarks, size),
            world=np.asarray(world, dtype=np.float64),
            visibility=believed_visibility(landmarks, visibility),
        )

    @classmethod
    def absent(cls, time: float, after_cut: bool = False) -> "Pose":
        """Nobody in view at this time."""
        nothing = np.full((33, 3), np.nan)
        return cls(float(time), nothing, nothing, np.zeros(33), after_cut)

    @property
    def is_present(self) -> bool:
        """Whether anybody is in view."""
        return bool(np.count_nonzero(self.visibility))


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """What a source of poses is, for the report."""

    path: str
    duration: float
    """Seconds from the first frame to the end of the last."""
    frames: int
    frames_with_pose: int


@dataclass(slots=True)
class PoseCount:
    """Counts the poses of a source while they go by."""

    first: float = 0.0
    last: float = 0.0
    frames: int = 0
    with_pose: int = 0

    def add(self, pose: Pose) -> None:
        """Take in the next pose."""
        self.first = self.first if self.frames else pose.time
        self.last = pose.time
        self.frames += 1
        self.with_pose += pose.is_present

    def info(self, path: str) -> SourceInfo:
        """What has been gone through so far, of the source of this name."""
        duration = whole_duration(self.first, self.last, self.frames)
        return SourceInfo(path, duration, self.frames, self.with_pose)


def whole_duration(first: float, last: float, frames: int) -> float:
    """Seconds from the first frame's beginning to the last one's end, taken as usually long."""
    return (last - first) * frames / (frames - 1) if frames > 1 else 0.0


def better_seen(pose: Pose) -> Side:
    """The side of the body that is seen better."""
    sides: dict[Side, float] = {"left": 0.0, "right": 0.0}
    for name, visibility in zip(LANDMARKS, pose.visibility, strict=True):
        for side in sides:
            if name.startswith(side) and isfinite(visibility):
                sides[side] += visibility
    return "left" if sides["left"] >= sides["right"] else "right"


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One picture of a video or camera."""

    time: float
    """Seconds on the clock of the video or camera."""
    image: Image
    """(height, width, 3) blue, green, red."""
