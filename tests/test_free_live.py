"""The live coach that is not told the exercise: from watching to coaching, and on to the next."""

from collections.abc import Iterable

import pytest
from figure import bridge, concatenate, crunch, pause
from test_live import Mouth

from formcheck.free_live import WATCHING, FreeCoach
from formcheck.overlay import Scene
from formcheck.pose import Pose
from formcheck.recognising import all_exercises

EXERCISES = list(all_exercises().values())


def _play(coach: FreeCoach, poses: Iterable[Pose]) -> list[Scene]:
    return [coach.update(pose, 120.0, 16 / 9) for pose in poses]


def test_an_exercise_is_recognised_and_its_reps_so_far_are_counted() -> None:
    """Nothing is named at first; then it is, and no rep is lost."""
    mouth = Mouth()
    coach = FreeCoach(EXERCISES, mouth)
    scenes = _play(coach, bridge(4).poses())
    assert scenes[0].exercise is None
    assert scenes[0].message == WATCHING
    assert scenes[-1].exercise is not None
    assert scenes[-1].exercise.name == "bridge"
    coach.finish()
    (result,) = coach.results
    assert result.exercise.name == "bridge"
    assert len(result.summary.reps) == 4
    assert "This looks like: Glute bridge." in mouth.texts()


def test_another_exercise_takes_over() -> None:
    """Each has its own result, with all of its reps."""
    coach = FreeCoach(EXERCISES, Mouth())
    _play(coach, concatenate([bridge(3), pause(2.0), crunch(4)]).poses())
    coach.finish()
    counts = [(each.exercise.name, len(each.summary.reps)) for each in coach.results]
    assert counts == [("bridge", 3), ("crunch", 4)]


@pytest.mark.parametrize("key", ["space", "m", "h", "q"])
def test_the_keys_work_while_nothing_is_recognised(key: str) -> None:
    """Pause, mute, help and quit do what they always do."""
    mouth = Mouth()
    coach = FreeCoach(EXERCISES, mouth)
    poses = bridge(1).poses()[:10]
    _play(coach, poses[:5])
    coach.press(key)
    scene = _play(coach, poses[5:])[-1]
    states = {
        "space": scene.is_paused,
        "m": scene.is_muted,
        "h": scene.show_help,
        "q": coach.is_over,
    }
    assert {each for each, is_on in states.items() if is_on} == {key}


def test_what_is_paused_is_not_counted() -> None:
    """Reps during a pause are nobody's."""
    coach = FreeCoach(EXERCISES, Mouth())
    coach.press("space")
    _play(coach, bridge(3).poses())
    coach.finish()
    assert coach.results == []
