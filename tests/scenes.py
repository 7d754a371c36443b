"""What several tests need: sessions over the stick figure, and its exercises by name."""

from collections.abc import Callable, Iterable
from typing import Any

from figure import (
    Script,
    bridge,
    crunch,
    side_lying_leg_raise,
    standing_leg_raise,
)

from formcheck.events import Rep, Summary
from formcheck.exercise import Exercise, Side
from formcheck.loading import load_exercise
from formcheck.pose import Pose
from formcheck.session import Session

FIGURES: dict[str, Callable[..., Script]] = {
    "bridge": bridge,
    "crunch": crunch,
    "side_lying_leg_raise": side_lying_leg_raise,
    "standing_leg_raise": standing_leg_raise,
}
"""Each exercise's figure, doing it cleanly unless told otherwise."""


def judged(
    exercise: Exercise | str, script: Script, side: Side | None = None, **sampling: Any
) -> Summary:
    """The summary of a session over a script's poses, sampled as `Script.poses` says."""
    return judged_poses(exercise, script.poses(**sampling), side)


def judged_poses(
    exercise: Exercise | str, poses: Iterable[Pose], side: Side | None = None
) -> Summary:
    """The summary of a session over poses."""
    loaded = load_exercise(exercise) if isinstance(exercise, str) else exercise
    session = Session(loaded, side)
    for pose in poses:
        session.update(pose)
    return session.finish()


def fault_names(rep: Rep) -> set[str]:
    """The names of the faults found in a rep."""
    return {fault.name for fault in rep.faults}
