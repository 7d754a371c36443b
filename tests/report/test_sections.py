"""What is gathered for the page while a session goes on, and how much of it stays."""

import pickle
import weakref

import numpy as np
from helpers.coached import Mouth, Screen

from formcheck.coaching.routine_coach import LiveCoach
from formcheck.counting.session import Session
from formcheck.definition.loading import load_exercise
from formcheck.definition.routine import one_exercise
from formcheck.figure.movements import bridge
from formcheck.live.loop import run
from formcheck.observer import Judged
from formcheck.pose import Frame, Image
from formcheck.report.sections import Sections

MOST_BYTES = 200_000
"""Of an exercise of two reps, with two pictures: less than a tenth of one of the camera's."""


def photographed() -> Image:
    """A picture as large as a camera gives it."""
    return np.full((720, 1280, 3), 128, np.uint8)


def test_of_an_exercise_that_is_over_only_what_its_page_shows_is_kept() -> None:
    """A long session has many; neither the camera's pictures stay nor any that is not packed."""
    poses = bridge(2, faults={"hold_too_short": {2}}).poses(fps=10)
    coach = LiveCoach(one_exercise(load_exercise("bridge"), None, None), Mouth())
    sections, left = Sections(), iter(poses)
    frames = (Frame(pose.time, photographed()) for pose in poses)
    run(frames, lambda _: next(left), coach, Screen(), [sections])
    (section,) = sections.done
    assert len(section.summary.reps) == 2
    album = section.keepsakes.album
    assert album.best is not None
    assert set(album.worst) == {"hold_too_short"}
    assert len(pickle.dumps(section)) < MOST_BYTES


def test_of_an_exercise_that_was_left_before_anything_was_done_nothing_is_kept() -> None:
    """Its end is never told: it is over when another one begins."""
    sections, exercise = Sections(), load_exercise("bridge")
    pictures = []
    for number, pose in enumerate(bridge(1).poses(fps=10)[:2]):
        picture = photographed()
        pictures.append(weakref.ref(picture))
        snapshot = Session(exercise).update(pose)
        sections.add(Judged(number, exercise, pose, picture, snapshot))
        del picture
    assert [picture() is None for picture in pictures] == [True, False]
