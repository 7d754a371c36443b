"""A live session with neither camera nor page: what it sees, and what it shows."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from formcheck.coaching.routine_coach import LiveCoach
from formcheck.definition.loading import load_exercise
from formcheck.definition.routine import Routine, one_exercise
from formcheck.live.loop import Screen
from formcheck.live.program import Venue, coach_live
from formcheck.pose import Image, Pose
from formcheck.results.outputs import Outputs
from formcheck.sources.recording import read_recording
from helpers.coached import Screen as Unseen
from helpers.places import SAMPLES


class KeyedPage:
    """Notes whether anything is shown, and has the keys of a list."""

    def __init__(self, keys: list[str]) -> None:
        self.keys = keys
        self.shown = 0

    def show(self, image: Image, scene: object) -> None:
        """Count it."""
        self.shown += 1

    def key(self) -> str | None:
        """Give the next key."""
        return self.keys.pop(0) if self.keys else None


class Shown:
    """The place where the coach of a test is shown."""

    window: Screen = Unseen()


def poses_of(name: str, start: float = 0.0) -> list[Pose]:
    """The poses of a sample, from this time on."""
    poses = read_recording(SAMPLES / f"{name}.npz").poses()
    return [Pose(p.time + start, p.image, p.world, p.visibility) for p in poses]


Play = Callable[..., KeyedPage]
"""Lets a session see poses; the page that it is shown on."""


def coached(outputs: Outputs, routine: Routine | None = None) -> Any:
    """Coach the bridge, or a routine."""
    chosen = routine or one_exercise(load_exercise("bridge"), None, None)
    return coach_live(
        "7",
        chosen.title,
        lambda mouth: LiveCoach(chosen, mouth, source="7"),
        Path,
        outputs,
        lambda: Venue(Shown.window),
        muted=True,
    )
