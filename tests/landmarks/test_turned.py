"""Of the bodies found in a picture turned this way and that, most are right."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from formcheck.figure.movements import MOVEMENTS
from formcheck.footage.video import open_video
from formcheck.landmarks.landmarker import Landmarker
from formcheck.landmarks.turned import are_same, likelier_turns
from formcheck.pose import INDEX, Pose

CLIP = Path(__file__).parent / "taken_for_upside_down.mp4"
"""Ten pictures of a rendered person who lies with the head to the left. When MediaPipe follows that
body from the first picture on, it takes the knees for the head; a glance at each turn is right."""
RIGHT = MOVEMENTS["crunch"](1).poses(fps=5)[0]
NOBODY = Pose.absent(0.0)


def upside_down(pose: Pose) -> Pose:
    """The same room taken up by a body the other way round."""
    x = pose.image[:, 0]
    image = pose.image.copy()
    image[:, 0] = np.nanmax(x) + np.nanmin(x) - x
    return replace(pose, image=image)


def beside(pose: Pose) -> Pose:
    """The same body, as far to the right as it is long."""
    x = pose.image[:, 0]
    return replace(pose, image=pose.image + np.array([np.nanmax(x) - np.nanmin(x), 0.0, 0.0]))


@pytest.mark.parametrize(
    ("turned", "likelier"),
    [
        ([RIGHT, RIGHT, RIGHT, RIGHT], [0, 1, 2, 3]),
        ([NOBODY, upside_down(RIGHT), RIGHT, RIGHT], [2, 3]),
        ([upside_down(RIGHT), upside_down(RIGHT), RIGHT, RIGHT], []),
        ([NOBODY, upside_down(RIGHT), NOBODY, RIGHT], []),
        ([NOBODY, upside_down(RIGHT), beside(RIGHT), beside(RIGHT)], []),
        ([NOBODY] * 4, []),
    ],
)
def test_most_turns_decide_about_one_body(turned: list[Pose], likelier: list[int]) -> None:
    """A tie changes nothing, nor do two who find somebody else."""
    assert likelier_turns(upside_down(RIGHT), turned) == likelier


def test_who_is_seen_alike_in_most_turns_stays_as_found() -> None:
    """Whatever a single one shows."""
    assert likelier_turns(RIGHT, [RIGHT, upside_down(RIGHT), RIGHT, NOBODY]) == []
    assert not are_same(RIGHT, upside_down(RIGHT))


def test_mediapipe_is_kept_from_following_a_body_upside_down(model_path: Path) -> None:
    """From the first picture on."""
    with open_video(CLIP) as source, Landmarker(model_path) as landmarker:
        poses = [landmarker.detect(frame) for frame in source]
    assert all(pose.is_present for pose in poses)
    heads, feet = (
        [pose.image[INDEX[name], 0] for pose in poses] for name in ("nose", "left_ankle")
    )
    assert max(heads) < 0.3 < 0.9 < min(feet)
