"""What is seen of solids from a place: outlines in the plane of the picture."""

import numpy as np

from formcheck.demonstration.solids import Solid
from formcheck.figure.viewpoint import Viewpoint
from formcheck.pose import Array


def seen(points: Array, camera: Viewpoint) -> Array:
    """(..., 3) points of the room as (..., 2) metres to the right and down."""
    return np.asarray((points @ camera.axes().T)[..., :2], dtype=np.float64)


def outline(solid: Solid, camera: Viewpoint, corners: int) -> Array:
    """(T, corners, 2) right and down: in each direction the point of the hull that is furthest out.

    This is the hull's *support function*. The number of corners stays the same while the solid
    moves, so that one outline can be blended into the next.
    """
    angles = 2 * np.pi * np.arange(corners) / corners
    outward = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    places = seen(solid.centres, camera)
    reach = places @ outward.T + solid.radii[:, None]
    # Of balls that are equally far the first one, whatever the last digits say.
    furthest = np.argmax(reach.round(6), axis=1)
    rows = np.arange(len(places))[:, None]
    return np.asarray(places[rows, furthest] + solid.radii[furthest][..., None] * outward)
