"""Videos made for a test."""

from collections.abc import Callable
from pathlib import Path

MakeVideo = Callable[..., Path]
