"""The annotated video of something filmed before: what `formcheck live` would have shown."""

from dataclasses import replace

import numpy as np

from formcheck.coaching.coach import Coach
from formcheck.coaching.scene import coached_scene
from formcheck.exercise import Exercise, Side
from formcheck.language.tongue import about, tr
from formcheck.observer import Judged, Observer
from formcheck.picture.close_up import GROUND
from formcheck.picture.overlay import draw_scene
from formcheck.picture.video_writer import VideoWriter


class Annotator(Observer):
    """Draws every frame and writes it, with nothing on it where the exercise is unknown."""

    needs_pictures = True

    def __init__(self, writer: VideoWriter, size: tuple[int, int], side: Side | None) -> None:
        """Begin; `size` is the width and height of the pictures in pixels."""
        self._writer = writer
        self._ground = np.full((size[1], size[0], 3), GROUND, np.uint8)
        self._side: Side | None = side
        self._number = -1

    def add(self, judged: Judged) -> None:
        """Write a frame; without a picture the skeleton is drawn on a plain ground."""
        picture = self._ground if judged.picture is None else judged.picture
        if judged.exercise is not None and judged.snapshot is not None:
            coach = self._coach_of(judged.number, judged.exercise)
            with about(judged.exercise):
                coaching = coach.update(judged.snapshot, None)
                scene = coached_scene(
                    judged.exercise, judged.pose, judged.snapshot, coaching, judged.exercise.reps
                )
                picture = draw_scene(picture, replace(scene, message=tr(scene.message)))
        self._writer.add(judged.pose.time, picture)

    def _coach_of(self, number: int, exercise: Exercise) -> Coach:
        """The coach of this part, a new one for each."""
        if number != self._number:
            self._number = number
            self._coach = Coach(exercise, exercise.reps, self._side)
        return self._coach
