"""Tests for what a session says at its end about the whole of it."""

import pytest
from helpers.scenes import judged

from formcheck.counting.remarks import FAR_SIDE, OTHER_SIDE
from formcheck.exercise import Side
from formcheck.figure.movements import MOVEMENTS
from formcheck.figure.viewpoint import Viewpoint


@pytest.mark.parametrize(("yaw", "told"), [(0.0, FAR_SIDE), (180.0, OTHER_SIDE)])
@pytest.mark.parametrize(("side", "other"), [("left", "right"), ("right", "left")])
def test_of_a_side_away_from_the_camera_nobody_is_told_that_it_was_not_done(
    side: Side, other: Side, yaw: float, told: dict[Side, str]
) -> None:
    """It may have been, and hidden. The figure's front leg is next to a camera without yaw."""
    summary = judged("lunge", MOVEMENTS["lunge"](3, side=side), camera=Viewpoint(yaw=yaw))
    assert summary.notes == (told[other].format(**{side: 3, other: 0}),)
