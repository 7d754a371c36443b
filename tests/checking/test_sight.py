"""What made somebody hard to see is told once, with what would help."""

from dataclasses import replace
from math import nan

import pytest

from formcheck.checking.sight import SightLog
from formcheck.definition.loading import load_exercise
from formcheck.figure.movements import bridge
from formcheck.pose import INDEX, LANDMARKS, Pose

SIZE = (1280, 720)
POSES = bridge(0, rest=2.0).poses()


def notes(poses: list[Pose], brightness: float = nan, torso: float = 0.25) -> tuple[str, ...]:
    """What is told of these poses, all seen in pictures of this brightness."""
    sight = SightLog(load_exercise("bridge"), SIZE)
    for pose in poses:
        sight.add(pose, brightness, torso)
    return sight.notes()


def unseen(pose: Pose, *parts: str) -> Pose:
    """The pose with the landmarks in whose name a part stands hardly seen."""
    visibility = pose.visibility.copy()
    for name in LANDMARKS:
        if any(part in name for part in parts):
            visibility[INDEX[name]] = 0.1
    return replace(pose, visibility=visibility)


def test_who_is_seen_well_is_told_nothing() -> None:
    """With pictures and without."""
    assert notes(POSES) == notes(POSES, 120.0) == ()


def test_darkness_is_told() -> None:
    """Whether or not somebody is found in it."""
    assert notes(POSES, 10.0) == ("It was dark. Turn on a light.",)
    assert "light" in notes([Pose.absent(0.0)], 10.0)[0]


def test_who_is_far_away_is_asked_nearer() -> None:
    """Not for a moment, but most of the time."""
    (told,) = notes(POSES, torso=0.08)
    assert "Move the camera closer" in told


def test_what_is_outside_the_picture_is_named() -> None:
    """The camera is to be moved, not the clothes."""
    image = POSES[0].image.copy()
    feet = [i for name, i in INDEX.items() if "ankle" in name or "heel" in name or "foot" in name]
    image[feet, 0] = -0.2
    (told,) = notes([replace(pose, image=image) for pose in POSES])
    assert told.startswith("Your feet were outside the picture")


def test_what_is_hidden_on_both_sides_is_named() -> None:
    """As under a blanket."""
    (told,) = notes([unseen(pose, "knee", "ankle", "heel", "foot") for pose in POSES])
    assert told.startswith("Your knees and feet were hard to see.")


@pytest.mark.parametrize("side", ["left", "right"])
def test_the_far_side_may_be_hidden(side: str) -> None:
    """From the side it always is."""
    assert notes([unseen(pose, side) for pose in POSES]) == ()


def test_a_moment_is_not_worth_a_word() -> None:
    """Somebody walks past."""
    hidden = [unseen(pose, "knee") for pose in POSES[: len(POSES) // 3]]
    assert notes([*hidden, *POSES]) == ()
