"""Outlines over time as SVG says them: paths in whole units, and the moments to blend between."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from formcheck.pose import Array


@dataclass(frozen=True, slots=True)
class Fit:
    """How metres to the right and down become the units of a panel."""

    scale: float
    left: float
    top: float

    def units(self, places: Array) -> Array:
        """(..., 2) metres in whole units."""
        return np.rint(places * self.scale + (self.left, self.top)).astype(np.int64)

    def path(self, outlines: Iterable[Array], moment: int) -> str:
        """The data of one path: closed outlines (T, corners, 2), in metres, at one moment."""
        return "".join(_outline(self.units(each[moment])) for each in outlines)


def _outline(corners: Array) -> str:
    x, y = corners[0].tolist()
    steps = np.diff(corners, axis=0).ravel().tolist()
    # A minus sign parts two numbers as well as a space.
    packed = "".join(f"{step}" if step < 0 else f" {step}" for step in steps)
    return f"M{x} {y}l{packed.strip()}z"


@dataclass(frozen=True, slots=True)
class Keyframes:
    """A value that changes, as `keyTimes` and `values` of an animation; both empty if it stays."""

    still: str
    """What it is at the moment that matters."""
    rest: str
    """What it is at rest."""
    times: str = ""
    values: str = ""


def keyframes(values: Sequence[object], times: Array, matters: int) -> Keyframes:
    """The keyframes of a value from what it is at each time (T,), a share of the whole from 0 to 1.

    What stays for several moments is said for the first and the last of them.
    """
    said = [str(value) for value in values]
    if len(set(said)) == 1:
        return Keyframes(said[0], said[0])
    inner = range(1, len(said) - 1)
    kept = [0, *(k for k in inner if not said[k - 1] == said[k] == said[k + 1]), len(said) - 1]
    return Keyframes(
        said[matters],
        said[0],
        ";".join(f"{times[k]:.4f}".rstrip("0").rstrip(".") for k in kept),
        ";".join(said[k] for k in kept),
    )
