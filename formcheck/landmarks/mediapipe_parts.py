"""The parts of MediaPipe that find people, loaded without those that draw, listen and read.

These load matplotlib and what drives the sound card, which takes longer than all the rest. They are
loaded once somebody uses them.
"""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import LazyLoader
from types import ModuleType

PUT_OFF = frozenset(
    f"mediapipe.tasks.python.{name}"
    for name in ("audio", "text", "vision.drawing_styles", "vision.drawing_utils")
)


class _Later(MetaPathFinder):
    """Finds what is not needed, to be loaded when it is used."""

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        found = PathFinder.find_spec(name, path, target) if name in PUT_OFF else None
        if found is not None and found.loader is not None:
            found.loader = LazyLoader(found.loader)
        return found


@contextmanager
def _rest_put_off() -> Iterator[None]:
    later = _Later()
    sys.meta_path.insert(0, later)
    try:
        yield
    finally:
        sys.meta_path.remove(later)


with _rest_put_off():
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
