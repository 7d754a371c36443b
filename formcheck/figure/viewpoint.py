"""What a camera makes of the stick figure: projection, visibility, noise, lost frames."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from formcheck.figure.vectors import reflected
from formcheck.pose import INDEX, LANDMARKS, SWAPPED, Array, believed_visibility

SEEN = 0.99
HIDDEN = 0.1
FAR_SIDE: dict[str, float] = {
    "elbow": 0.3,
    "wrist": 0.3,
    "pinky": 0.3,
    "index": 0.3,
    "thumb": 0.3,
    "knee": 0.5,
    "ankle": 0.55,
    "heel": 0.6,
    "foot_index": 0.6,
}
"""Visibility of the far limbs in a pure side view, where the near ones are in front of them;
MediaPipe keeps far shoulder and hip at 1."""
BESIDE, APART = 0.1, 0.3
"""Metres in the picture from the near limb: to where a far one is hidden, from where it is seen."""


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """Where the camera stands and how it looks. Orthographic unless `perspective`.

    Without yaw it stands in front of the script's scene, level, and the middle of the scene is in
    the middle of the picture.
    """

    yaw: float = 0.0
    """Degrees it is moved around the person, to the right of where it would stand square on."""
    pitch: float = 0.0
    """Degrees it looks down."""
    roll: float = 0.0
    """Degrees by which a tilted camera turns the picture clockwise."""
    distance: float = 2.5
    """Metres to the middle of the scene."""
    height: float | None = None
    """Metres above the floor; None = so that the scene is in the middle of the picture."""
    field_of_view: float = 45.0
    """Degrees across the picture's shorter side: at 2.5 m it spans 2.07 m."""
    perspective: bool = False
    size: tuple[int, int] = (1280, 720)
    """Width and height of the picture in pixels."""
    mirrored: bool = False
    """A selfie picture: MediaPipe then calls the person's left side right."""
    hidden: Collection[str] = ()
    """Landmarks with visibility 0.1, by the names that MediaPipe would give them."""
    far_side_hidden: bool = True
    """Whether far limbs lose visibility in a side view."""

    @property
    def image_heights_per_metre(self) -> float:
        """Scale of the picture at the distance of the scene."""
        shorter = 2 * self.distance * np.tan(np.radians(self.field_of_view) / 2)
        return float(min(1.0, self.size[0] / self.size[1]) / shorter)

    def axes(self) -> Array:
        """(3, 3) rows: the picture's right, the picture's down and away, in the room."""
        yaw, pitch, roll = np.radians((self.yaw, self.pitch, self.roll))
        right = np.array([np.cos(yaw), 0.0, -np.sin(yaw)])
        level = np.array([-np.sin(yaw), 0.0, -np.cos(yaw)])
        away = np.cos(pitch) * level - np.sin(pitch) * np.array([0.0, 1.0, 0.0])
        down = np.cross(away, right)
        return np.stack(
            [
                np.cos(roll) * right - np.sin(roll) * down,
                np.sin(roll) * right + np.cos(roll) * down,
                away,
            ]
        )

    def seen_from(self, room: Array, middle: Array) -> Array:
        """Landmarks (T, 33, 3) in the camera's axes, metres, from the point on its optical axis.

        Args:
            room: (T, 33, 3) in the room.
            middle: (3,) the middle of the scene.
        """
        axes = self.axes()
        centre = middle.copy()
        if self.height is not None:
            centre[1] = self.height - self.distance * np.sin(np.radians(self.pitch))
        return np.asarray((room - centre) @ axes.T, dtype=np.float64)

    def picture(self, camera_axes: Array) -> Array:
        """Landmarks (T, 33, 3) in image heights; z is the depth from mid-hip in the same unit."""
        scale = np.full(camera_axes.shape[:-1], self.image_heights_per_metre)
        if self.perspective:
            scale = scale * self.distance / (self.distance + camera_axes[..., 2])
        image = np.empty_like(camera_axes)
        image[..., 0] = camera_axes[..., 0] * scale + self.size[0] / self.size[1] / 2
        image[..., 1] = camera_axes[..., 1] * scale + 0.5
        depth = camera_axes[..., 2] - mid_hip(camera_axes)[..., 2]
        image[..., 2] = depth * self.image_heights_per_metre
        return image

    def visibility(self, camera_axes: Array) -> Array:
        """(T, 33) before anything is called hidden: 0.99, far limbs in a side view less."""
        visibility = np.full(camera_axes.shape[:-1], SEEN)
        if not self.far_side_hidden:
            return visibility
        across = camera_axes[:, INDEX["left_hip"]] - camera_axes[:, INDEX["right_hip"]]
        # 1 = the left side is straight behind the right side, -1 = straight in front of it.
        behind = across[:, 2] / np.linalg.norm(across, axis=-1)
        for part, least in FAR_SIDE.items():
            left, right = INDEX[f"left_{part}"], INDEX[f"right_{part}"]
            apart = np.linalg.norm((camera_axes[:, left] - camera_axes[:, right])[:, :2], axis=-1)
            covered = np.interp(apart, (BESIDE, APART), (1.0, 0.0))
            for point, sign in ((left, 1.0), (right, -1.0)):
                share = covered * np.interp(sign * behind, (0.6, 0.9), (0.0, 1.0))
                visibility[:, point] += share * (least - SEEN)
        return visibility

    def shoot(self, room: Array, middle: Array, noise: Array) -> tuple[Array, Array, Array]:
        """Image (T, 33, 3), world (T, 33, 3) and visibility (T, 33) of a scene.

        Args:
            room: (T, 33, 3) in the room.
            middle: (3,) the middle of the scene.
            noise: (T, 33, 3) metres, added in the camera's axes.
        """
        exact = self.seen_from(room, middle)
        noisy = exact + noise
        image = self.picture(noisy)
        world = noisy - mid_hip(noisy)
        visibility = self.visibility(exact)
        aspect = self.size[0] / self.size[1]
        if self.mirrored:
            image = reflected(image) + np.array([aspect, 0.0, 0.0])
            world = reflected(world)
            visibility = visibility[:, SWAPPED]
        for name in self.hidden:
            visibility[:, INDEX[name]] = HIDDEN
        return image, world, believed_visibility(image / (aspect, 1.0, aspect), visibility)


def mid_hip(landmarks: Array) -> Array:
    """(..., 1, 3) the middle of the hips of (..., 33, 3)."""
    hips = landmarks[..., [INDEX["left_hip"], INDEX["right_hip"]], :]
    return np.asarray(hips.mean(axis=-2, keepdims=True), dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Noise:
    """Error of the landmarks that wanders: an Ornstein-Uhlenbeck process per landmark and axis.

    The step is exact for any time between frames, so it is the same process at any frame rate.
    """

    sd: float = 0.02
    """Standard deviation in metres on the body, per axis."""
    correlation: float = 0.2
    """Seconds after which the error has forgotten 63 % of itself; 0 = white noise."""
    seed: int = 0

    def along(self, times: Array) -> Array:
        """(T, 33, 3) metres."""
        shape = (len(times), len(LANDMARKS), 3)
        error = np.random.default_rng(self.seed).normal(0.0, self.sd, shape)
        if self.correlation == 0:
            return error
        kept = np.exp(-np.diff(times) / self.correlation)
        fresh = np.sqrt(1 - kept**2)
        for k in range(1, len(times)):
            error[k] = kept[k - 1] * error[k - 1] + fresh[k - 1] * error[k]
        return error


@dataclass(frozen=True, slots=True)
class Drop:
    """Frames that are not there."""

    fraction: float = 0.0
    """Share of the frames that are lost at random."""
    gaps: Sequence[tuple[float, float]] = ()
    """From, to in seconds of the script."""
    absent: bool = False
    """In the gaps: False = no frames at all, True = frames without anybody in view."""
    seed: int = 0


def within(times: Array, gaps: Sequence[tuple[float, float]]) -> NDArray[np.bool_]:
    """(T,) whether a time lies in a gap, its start included."""
    inside = np.zeros(len(times), dtype=np.bool_)
    for start, end in gaps:
        inside |= (times >= start) & (times < end)
    return inside
