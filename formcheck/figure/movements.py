"""All movements by name, and what can be made of them: poses over time, and one for a drawing.

poses("bridge", 3, faults={"over_arched": {2}}, camera=Viewpoint(yaw=20), noise=Noise(seed=1))
pose_at("bridge", 0.5, faults="over_arched")
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from formcheck.figure.bridges import bridge, single_leg_bridge
from formcheck.figure.curls import crunch, curl_up
from formcheck.figure.face_down import bird_dog, cat_cow, superman
from formcheck.figure.legs import march, side_lying_leg_raise, standing_leg_raise
from formcheck.figure.movement import Movement
from formcheck.figure.planks import plank, push_up
from formcheck.figure.side_lying import clamshell, side_plank
from formcheck.figure.supine import dead_bug, knee_to_chest
from formcheck.figure.upright import lunge, sit_to_stand, squat, wall_sit
from formcheck.figure.viewpoint import Drop, Noise, Viewpoint
from formcheck.pose import Pose

MOVEMENTS: dict[str, Movement] = {
    movement.name: movement
    for movement in (
        bird_dog,
        bridge,
        cat_cow,
        clamshell,
        crunch,
        curl_up,
        dead_bug,
        knee_to_chest,
        lunge,
        march,
        plank,
        push_up,
        side_lying_leg_raise,
        side_plank,
        single_leg_bridge,
        sit_to_stand,
        squat,
        standing_leg_raise,
        superman,
        wall_sit,
    )
}
"""Each exercise's movement, done cleanly unless told otherwise."""


def poses(
    movement: str,
    reps: int = 3,
    *,
    fps: float = 30.0,
    start_time: float = 0.0,
    camera: Viewpoint | None = None,
    noise: Noise | None = None,
    drop: Drop | float | Sequence[tuple[float, float]] | None = None,
    jitter: float = 0.0,
    **how: Any,
) -> list[Pose]:
    """What MediaPipe would report of somebody doing it, frame by frame.

    Args:
        movement: its name.
        reps: how many repetitions.
        fps: frames per second.
        start_time: time of the first frame.
        camera: who looks, also whether as in a mirror; `Viewpoint()` if not given.
        noise: error of the landmarks.
        drop: lost frames, see `Script.poses`.
        jitter: how far frames stray from their due time, in frame intervals.
        how: side, near, alternate, faults, body, pace and options, see `Movement`.
    """
    script = MOVEMENTS[movement](reps, **how)
    return script.poses(fps, start_time, camera, noise, drop, jitter)


def pose_at(movement: str, share: float, camera: Viewpoint | None = None, **how: Any) -> Pose:
    """How somebody looks in the midst of one repetition.

    Args:
        movement: its name.
        share: 0..1 of the repetition's time, from the last moment of rest to the next one.
        camera: who looks; `Viewpoint()` if not given.
        how: as for `poses`, above all `faults`: how it looks when it is done wrong.
    """
    script = MOVEMENTS[movement](1, **how)
    rep = script.truth[0]
    seconds = rep.start + share * (rep.end - rep.start)
    return script.seen(np.array([seconds]), camera=camera)[0]
