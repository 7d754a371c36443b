"""The parts of MediaPipe that find people, loaded without those that draw.

These load matplotlib, which takes as long as all the rest. They are loaded once somebody uses them.
"""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import LazyLoader
from types import ModuleType

DRAWING = frozenset(
    f"mediapipe.tasks.python.vision.{name}" for name in ("drawing_styles", "drawing_utils")
)


class _Later(MetaPathFinder):
    """Finds the modules that draw, to be loaded when they are used."""

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        found = PathFinder.find_spec(name, path, target) if name in DRAWING else None
        if found is not None and found.loader is not None:
            found.loader = LazyLoader(found.loader)
        return found


@contextmanager
def _drawing_put_off() -> Iterator[None]:
    later = _Later()
    sys.meta_path.insert(0, later)
    try:
        yield
    finally:
        sys.meta_path.remove(later)


with _drawing_put_off():
    import mediapipe as mp
    from mediapipe.tasks.python import BaseOptions
    from mediapipe.tasks.python.vision import (
        PoseLandmarker,
        PoseLandmarkerOptions,
        PoseLandmarkerResult,
        RunningMode,
    )

__all__ = [
    "BaseOptions",
    "PoseLandmarker",
    "PoseLandmarkerOptions",
    "PoseLandmarkerResult",
    "RunningMode",
    "mp",
]
