"""The annotated video of something filmed before: what `formcheck live` would have shown."""

import numpy as np

from formcheck.coaching.coach import Coach
from formcheck.coaching.scene import Scene
from formcheck.events import Snapshot
from formcheck.exercise import Exercise, Side
from formcheck.picture.close_up import GROUND
from formcheck.picture.overlay import draw_as_filmed
from formcheck.picture.video_writer import VideoWriter
from formcheck.pose import Image, Pose


class Annotator:
    """Draws every frame of a session and writes it."""

    def __init__(
        self, writer: VideoWriter, size: tuple[int, int], exercise: Exercise, side: Side | None
    ) -> None:
        """Begin; `size` is the width and height of the pictures in pixels."""
        self._writer = writer
        self._ground = np.full((size[1], size[0], 3), GROUND, np.uint8)
        self._exercise = exercise
        self._coach = Coach(exercise, exercise.reps, side)
        self._not_judged: tuple[str, ...] = ()

    def add(self, pose: Pose, picture: Image | None, snapshot: Snapshot) -> None:
        """Write a frame; without a picture the skeleton is drawn on a plain ground."""
        for done in snapshot.counted:
            self._not_judged = tuple(each.name.replace("_", " ") for each in done.unjudged)
        coaching = self._coach.update(snapshot, None)
        scene = Scene(
            exercise=self._exercise,
            pose=pose,
            snapshot=snapshot if coaching.state != "setting up" else None,
            target=self._exercise.reps,
            message=coaching.message,
            tone=coaching.tone,
            not_judged=self._not_judged,
        )
        image = self._ground if picture is None else picture
        self._writer.add(pose.time, draw_as_filmed(image, scene))
