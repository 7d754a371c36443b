"""Where the cue lies: not over somebody on the mat, and never to and fro."""

import itertools

import numpy as np
import pytest
from helpers.places import SAMPLES

from formcheck.pose import LANDMARKS, Pose
from formcheck.sources.recording import read_recording
from formcheck.stage.cue_place import CuePlace


def somebody(top: float, time: float) -> Pose:
    """Somebody from this height of the picture down to the floor."""
    heights = np.linspace(top, 0.9, len(LANDMARKS))
    places = np.column_stack([np.full_like(heights, 0.5), heights, np.zeros_like(heights)])
    return Pose(time, places, places, np.ones(len(LANDMARKS)))


def test_a_cue_is_high_over_who_lies_low_and_low_under_who_stands() -> None:
    """And where nobody is seen it stays where it was."""
    place = CuePlace()
    assert not place.is_high("Sit back.", somebody(0.1, 0.0))
    assert not place.is_high("Come nearer.", Pose.absent(5.0))
    assert place.is_high("Lift your hips.", somebody(0.5, 20.0))
    assert place.is_high("Where are you?", Pose.absent(21.0))
    assert not place.is_high("Sit back.", somebody(0.1, 22.0))


def test_a_cue_stays_where_it_is_while_it_is_shown() -> None:
    """However somebody moves; and the next one goes elsewhere only if it is much better there."""
    place = CuePlace()
    shown = [place.is_high("Up.", somebody(*each)) for each in ((0.1, 0.0), (0.5, 30.0))]
    assert shown == [False, False]
    assert place.is_high("Lie down.", somebody(0.5, 60.0))
    assert place.is_high("Lie down.", somebody(0.1, 61.0))
    place = CuePlace()
    assert not place.is_high("Up.", somebody(0.36, 0.0))
    assert place.is_high("Down.", somebody(0.5, 30.0))
    assert place.is_high("Up.", somebody(0.36, 31.0))


@pytest.mark.parametrize("name", ["bridge_5", "crunch_4", "push_up_6", "squat_8"])
def test_whoever_exercises_sees_all_cues_in_one_place(name: str) -> None:
    """Though each picture had its own."""
    place = CuePlace()
    poses = list(read_recording(SAMPLES / f"{name}.npz").poses())
    high = [place.is_high(f"{number}", pose) for number, pose in enumerate(poses)]
    assert sum(one != other for one, other in itertools.pairwise(high)) <= 1
