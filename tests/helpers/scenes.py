"""Sessions over the stick figure, and what its faults bring with them."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from formcheck.counting.session import Session
from formcheck.definition.loading import load_exercise
from formcheck.events import Hold, Rep, Summary
from formcheck.exercise import Exercise, Side
from formcheck.figure.movements import MOVEMENTS
from formcheck.figure.script import Script
from formcheck.measuring.tracker import BodyTracker
from formcheck.pose import Pose

COMPANIONS: dict[tuple[str, str], set[str]] = {
    ("bridge", "hips_sag"): {"hold_too_short"},  # a sag ends the hold
    ("crunch", "sit_up"): {"coming_high"},
    ("crunch", "gaze_drops"): {"neck_pulled"},  # who looks at the knees bends the neck
    ("curl_up", "gaze_drops"): {"neck_pulled"},
    ("crunch", "jerky"): {"hold_too_short"},
    ("single_leg_bridge", "hips_sag"): {"hold_too_short"},
    ("knee_to_chest", "eases_off"): {"hold_too_short"},
    ("curl_up", "sit_up"): {"coming_high"},
    ("crunch", "neck_pulled"): {"gaze_drops"},
    ("curl_up", "neck_pulled"): {"coming_high", "gaze_drops"},  # the head alone
}
"""By exercise and fault: other faults that it brings with it."""


VARIANTS: list[tuple[str, dict[str, Any]]] = [
    *((name, {}) for name in sorted(MOVEMENTS)),
    ("push_up", {"on_knees": True}),
    ("plank", {"on_knees": True}),
    ("plank", {"on_hands": True}),
    ("side_plank", {"on_knees": True}),
    ("bird_dog", {"alternate": True}),
]
"""Each exercise, and the ways in which it can be done."""


loaded = cache(load_exercise)
"""An exercise by its name; its file is read once."""
FPS = 15.0
"""Poses a second where the rate does not matter: about as many as a laptop finds live."""


def judged(
    exercise: Exercise | str,
    script: Script,
    side: Side | None = None,
    fps: float = FPS,
    **sampling: Any,
) -> Summary:
    """The summary of a session over a script's poses, sampled as `Script.poses` says."""
    return judged_poses(exercise, script.poses(fps=fps, **sampling), side)


def judged_poses(
    exercise: Exercise | str, poses: Iterable[Pose], side: Side | None = None
) -> Summary:
    """The summary of a session over poses."""
    session = Session(loaded(exercise) if isinstance(exercise, str) else exercise, side)
    for pose in poses:
        session.update(pose)
    return session.finish()


def counted_in(names: Iterable[str], poses: Iterable[Pose]) -> set[str]:
    """Those of the exercises that count anything in poses; the body is tracked once for all."""
    tracker = BodyTracker()
    sessions = {name: Session(loaded(name)) for name in names}
    for pose in poses:
        body = tracker.update(pose)
        for session in sessions.values():
            session.follow(body, pose.is_present)
    for body in tracker.finish():
        for session in sessions.values():
            session.follow(body)
    return {name for name, session in sessions.items() if session.finish().counted}


def fault_names(rep: Rep | Hold) -> set[str]:
    """The names of the faults found in a rep or hold."""
    return {fault.name for fault in rep.faults}
