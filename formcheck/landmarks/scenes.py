"""Notices that a video goes on with another picture: a cut, a title card, a cross-fade.

As PySceneDetect's content detector does, it compares small copies of successive pictures. Here that
is by their correlation, which a lamp that is switched on or a fade to black hardly changes.
Somebody who exercises changes it little: it was 0.90 or more from one picture to the next, and 0.50
or more over `BLEND`, in rendered clips in which people walked through the picture and lay down too;
0.67 where the camera was held in the hand. At cuts it was below 0.1.
"""

from collections import deque
from math import inf, sqrt

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.pose import Image

SAME_SCENE, NEXT = 0.6, 0.12
"""Correlation of one picture with the next below which it is a cut, and so many seconds in which
the next must come. Who sits up close to a slow camera changes 0.42 of it from one picture to the
next."""
SAME_PLACE = 0.3
"""Correlation over `BLEND`, or longer, below which one scene has gone over into another."""
BLOCKS, TEXTURE, SAME_BLOCK = 8, 0.02, 0.9
"""A picture has so many blocks by so many; one shows something from this share of the picture's
contrast on, and the same in two pictures from this correlation on."""
KEPT = 0.18
"""Share of the blocks that show the same from which it is still the same scene: somebody passes
close before the camera. It was 0.22 or more then, and at most 0.15 from one scene to another, or to
the same mirrored or 1.3 times as large."""
BLEND = 0.6
"""Seconds within which a cross-fade changes most of a picture."""
SIZE = (32, 24)
"""Width and height of the small copies."""
SPARSE = 96
"""The shorter side of a picture keeps about so many pixels before it is made small."""
FLAT = 3.0
"""Standard deviation, of 255, up to which a picture shows nothing, as in the dark: what comes after
is compared with what was before."""
BLANK = 0.2
"""Seconds of one colour, bare of the least noise, after which the scene is over: no camera films
that, not even in the dark, so it was put there."""


SmallCopy = NDArray[np.float32]
"""A small copy (height, width, 3) without its brightness and contrast: the sum of its squares is
1."""


class SceneWatch:
    """Goes through the pictures of a video or camera."""

    def __init__(self) -> None:
        """Begin with no picture."""
        self._lately: deque[tuple[float, SmallCopy]] = deque()
        self._blank_since = inf

    def is_new(self, time: float, picture: Image) -> bool:
        """Whether the picture (height, width, 3) at this time, in seconds, begins a new scene."""
        step = max(1, min(picture.shape[:2]) // SPARSE)
        sparse = np.ascontiguousarray(picture[::step, ::step])
        lately = self._lately
        if _is_blank(sparse):
            return self._is_over(time)
        self._blank_since = inf
        shape = _shape(sparse)
        if shape is None:
            return False
        while len(lately) > 1 and time - lately[1][0] >= BLEND:
            lately.popleft()
        is_new = bool(lately) and self._is_elsewhere(time, shape)
        if is_new:
            lately.clear()
        lately.append((time, shape))
        return is_new

    def _is_elsewhere(self, time: float, shape: SmallCopy) -> bool:
        then, before = self._lately[-1]
        least = SAME_SCENE if time - then <= NEXT else SAME_PLACE
        return _is_other(before, shape, least) or _is_other(self._lately[0][1], shape, SAME_PLACE)

    def _is_over(self, time: float) -> bool:
        """Take in a blank picture; whether it ends the scene, of which then nothing is left."""
        self._blank_since = min(self._blank_since, time)
        is_over = bool(self._lately) and time - self._blank_since >= BLANK
        if is_over:
            self._lately.clear()
        return is_over


def _is_other(one: SmallCopy, other: SmallCopy, least: float) -> bool:
    """Whether the pictures correlate by less than this, and not because of something in front."""
    return float(np.vdot(one, other)) < least and _share_kept(one, other) < KEPT


def _share_kept(one: SmallCopy, other: SmallCopy) -> float:
    """Of the blocks in which there is anything to see, the share that shows the same in both."""
    a, b = _blocks(one), _blocks(other)
    sizes = np.linalg.norm(a, axis=1), np.linalg.norm(b, axis=1)
    shows = np.maximum(*sizes) > TEXTURE
    is_same = (a * b).sum(axis=1) > SAME_BLOCK * sizes[0] * sizes[1]
    return float(is_same[shows].mean()) if shows.any() else 0.0


def _blocks(shape: SmallCopy) -> SmallCopy:
    """The blocks of a small copy, (8 x 8, values), each without its mean."""
    width, height = SIZE[0] // BLOCKS, SIZE[1] // BLOCKS
    blocks = shape.reshape(BLOCKS, height, BLOCKS, width, 3).swapaxes(1, 2)
    blocks = blocks - blocks.mean(axis=(2, 3), keepdims=True)
    return np.asarray(blocks.reshape(BLOCKS * BLOCKS, -1), np.float32)


def _is_blank(picture: Image) -> bool:
    """Whether it is of one colour; a film's compression may add 1."""
    channels = (cv2.minMaxLoc(channel) for channel in cv2.split(picture))
    return all(high - low <= 1 for low, high, *_ in channels)


def _shape(sparse: Image) -> SmallCopy | None:
    """A small copy; none where nothing is to be seen."""
    small = cv2.resize(sparse, SIZE, interpolation=cv2.INTER_AREA)
    around_0 = small.astype(np.float32) - small.mean(axis=(0, 1), dtype=np.float32)
    norm = np.linalg.norm(around_0)
    if norm <= FLAT * sqrt(around_0.size):
        return None
    return np.asarray(around_0 / norm, np.float32)
