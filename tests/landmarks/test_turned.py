"""Of the bodies found in a picture turned this way and that, most are right."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from formcheck.figure.movements import MOVEMENTS
from formcheck.footage.video import open_video
from formcheck.landmarks.landmarker import Landmarker
from formcheck.landmarks.turned import (
    AT_FIRST,
    FOUND_AGAIN,
    LATER,
    Comparing,
    are_same,
    likelier_turns,
)
from formcheck.pose import INDEX, Pose

CLIP = Path(__file__).parent / "taken_for_upside_down.mp4"
"""Ten pictures of a rendered person who lies with the head to the left. When MediaPipe follows that
body from the first picture on, it takes the knees for the head; a glance at each turn is right."""
LATE = Path(__file__).parent / "upside_down_for_seconds.mp4"
"""Four seconds of a rendered push-up, seen from beside the head. In the first second most turns
show the body upside down; after three seconds, with bent arms, three show it right."""
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


def test_who_is_followed_is_compared_again_and_again() -> None:
    """After a second, and then half as often each time; anew when another is followed."""
    comparing = Comparing()
    times = [step / 10 for step in range(320)]
    enough = {time: comparing.begin(time, time == 0.2) for time in times}
    assert {time: turns for time, turns in enough.items() if turns} == {
        0.2: AT_FIRST, 1.2: LATER, 3.2: LATER, 7.2: LATER, 15.2: LATER, 31.2: LATER,
    }  # fmt: skip
    comparing.changed(32.0)
    assert [time for time in range(32, 40) if comparing.begin(time, False)] == [33, 35, 39]


def test_who_is_found_again_at_once_was_compared_already() -> None:
    """Somebody who is lost again and again would cost time all along."""
    comparing = Comparing()
    assert [comparing.begin(time, True) for time in (0.0, 0.5, FOUND_AGAIN)] == [
        AT_FIRST,
        0,
        AT_FIRST,
    ]
    later = [time for time in range(6, 22) if comparing.begin(time, time == 21) == AT_FIRST]
    assert later == [21]  # though it was looked again meanwhile


def test_a_body_that_is_upside_down_in_most_turns_is_put_right_later(model_path: Path) -> None:
    """Once it is seen better."""
    with open_video(LATE) as source, Landmarker(model_path) as landmarker:
        last = [landmarker.detect(frame) for frame in source][-1]
    assert last.image[INDEX["left_ankle"], 0] < 0.5 < 1.0 < last.image[INDEX["nose"], 0]


def test_mediapipe_is_kept_from_following_a_body_upside_down(model_path: Path) -> None:
    """From the first picture on."""
    with open_video(CLIP) as source, Landmarker(model_path) as landmarker:
        poses = [landmarker.detect(frame) for frame in source]
    assert all(pose.is_present for pose in poses)
    heads, feet = (
        [pose.image[INDEX[name], 0] for pose in poses] for name in ("nose", "left_ankle")
    )
    assert max(heads) < 0.3 < 0.9 < min(feet)
