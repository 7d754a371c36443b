"""What several tests need: sessions over the stick figure, and its exercises by name."""

from collections.abc import Callable, Iterable
from typing import Any

import figure_lying
import figure_prone
import figure_standing
from figure import (
    Script,
    bridge,
    crunch,
    side_lying_leg_raise,
    standing_leg_raise,
)

from formcheck.counting.session import Session
from formcheck.definition.loading import load_exercise
from formcheck.events import Hold, Rep, Summary
from formcheck.exercise import Exercise, Side
from formcheck.pose import Pose

FIGURES: dict[str, Callable[..., Script]] = (
    {
        "bridge": bridge,
        "crunch": crunch,
        "side_lying_leg_raise": side_lying_leg_raise,
        "standing_leg_raise": standing_leg_raise,
    }
    | figure_lying.FIGURES
    | figure_standing.FIGURES
    | figure_prone.FIGURES
)
"""Each exercise's figure, doing it cleanly unless told otherwise."""

AMOUNTS: dict[tuple[str, str], dict[str, object]] = (
    {
        ("crunch", "coming_high"): {"amount": 33},
        ("crunch", "neck_pulled"): {"amount": 50},
        ("crunch", "gaze_drops"): {"amount": -25},
        ("crunch", "hold_too_short"): {"amount": 0.0},
    }
    | figure_lying.AMOUNTS
    | figure_standing.AMOUNTS
    | figure_prone.AMOUNTS
)
"""By exercise and fault: where a fault is only believed in clear cases, a clear case."""

COMPANIONS: dict[tuple[str, str], set[str]] = (
    {
        ("bridge", "hips_sag"): {"hold_too_short"},  # a sag ends the hold
        ("crunch", "sit_up"): {"coming_high"},
        ("crunch", "jerky"): {"hold_too_short"},
    }
    | figure_lying.COMPANIONS
    | figure_standing.COMPANIONS
    | figure_prone.COMPANIONS
)
"""By exercise and fault: other faults that it brings with it."""


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


def fault_names(rep: Rep | Hold) -> set[str]:
    """The names of the faults found in a rep or hold."""
    return {fault.name for fault in rep.faults}
