"""What stands around the body: a mat, the floor, a chair, a wall."""

from collections.abc import Callable, Sequence

import numpy as np

from formcheck.demonstration.settings import Furniture
from formcheck.demonstration.solids import Solid
from formcheck.figure.viewpoint import mid_hip
from formcheck.pose import Array

ON_THE_FLOOR = 0.3
"""Metres: what comes lower needs the mat below it."""


def things_around(names: Sequence[Furniture], landmarks: Array) -> list[list[Solid]]:
    """What stands around somebody who moves so, (T, 33, 3) in the room, from rest on."""
    makers: dict[Furniture, Callable[[Array], list[Solid]]] = {
        "mat": _mat,
        "floor": _floor,
        "chair": _chair,
        "chair beside": _chair_beside,
        "wall": _wall,
    }
    return [makers[name](landmarks) for name in names]


def _box(low: Sequence[float], high: Sequence[float]) -> Solid:
    """A box along the room's axes, its edges slightly rounded."""
    corners = np.stack(np.meshgrid(*zip(low, high, strict=True)), axis=-1).reshape(1, 8, 3)
    return Solid(corners, np.full(8, 0.01))


def _mat(landmarks: Array) -> list[Solid]:
    on_it = landmarks[landmarks[..., 1] < ON_THE_FLOOR]
    room = np.array([0.16, 0.0, 0.2])
    low, high = on_it.min(axis=0) - room, on_it.max(axis=0) + room
    return [_box((low[0], -0.03, low[2]), (high[0], -0.02, high[2]))]


def _floor(landmarks: Array) -> list[Solid]:
    """A round piece of it below somebody who stands."""
    low, high = landmarks[0, :, 0].min(), landmarks[0, :, 0].max()
    turns = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    across = (low + high) / 2 + ((high - low) / 2 + 0.25) * np.cos(turns)
    rim = np.stack([across, np.zeros(40), 0.36 * np.sin(turns)], axis=1)
    return [Solid(rim[None], np.full(40, 0.005))]


def _chair(landmarks: Array) -> list[Solid]:
    """One that somebody sits on at rest, looking along x."""
    x, y, _ = mid_hip(landmarks[0])[0]
    return _seat(x - 0.22, x + 0.24, y - 0.11, y + 0.38)


def _chair_beside(landmarks: Array) -> list[Solid]:
    """One whose back is below the hand of the standing side."""
    hand = float(landmarks[0, :, 0].min())
    return _seat(hand - 0.03, hand - 0.47, 0.46, 0.86)


def _seat(back: float, front: float, height: float, top: float) -> list[Solid]:
    """A chair from its back to its front along x; its seat's height and its top."""
    thick, aside = 0.01, 0.21
    legs = [
        _box((x - thick, 0.01, z - thick), (x + thick, height, z + thick))
        for x in (back, front)
        for z in (-aside, aside)
    ]
    low, high = sorted((back, front))
    seat = _box((low - thick, height - 0.03, -aside), (high + thick, height, aside))
    return [*legs, _box((back - thick, height, -aside), (back + thick, top, aside)), seat]


def _wall(landmarks: Array) -> list[Solid]:
    """One that somebody leans on at rest, looking along x."""
    x = mid_hip(landmarks[0])[0, 0]
    return [_box((x - 0.16, -0.01, -0.5), (x - 0.115, 1.85, 0.5))]
