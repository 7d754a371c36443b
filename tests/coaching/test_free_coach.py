"""The live coach that is not told the exercise: from watching to coaching, and on to the next."""

import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from helpers.coached import Mouth
from helpers.scenes import FPS

from formcheck.checking.passages import all_exercises
from formcheck.coaching.free_coach import WATCHING, FreeCoach
from formcheck.coaching.scene import Scene
from formcheck.figure.movements import MOVEMENTS, bridge, crunch
from formcheck.figure.script import concatenate, pause
from formcheck.live.outputs import growing_events
from formcheck.observer import hand_on
from formcheck.pose import Pose
from formcheck.report.sections import Sections

EXERCISES = list(all_exercises().values())


def _play(coach: FreeCoach, poses: Iterable[Pose]) -> list[Scene]:
    return [coach.update(pose, 120.0, 16 / 9).scene for pose in poses]


def test_an_exercise_is_recognised_and_its_reps_so_far_are_counted() -> None:
    """Nothing is named at first; then it is, and no rep is lost."""
    mouth = Mouth()
    coach = FreeCoach(EXERCISES, mouth)
    scenes = _play(coach, bridge(4).poses(FPS))
    assert scenes[0].exercise is None
    assert scenes[0].message == WATCHING
    assert scenes[-1].exercise is not None
    assert scenes[-1].exercise.name == "bridge"
    coach.finish()
    (result,) = coach.results
    assert result.summary.exercise == "bridge"
    assert len(result.summary.reps) == 4
    assert "Looks like: Glute bridge. 1 rep so far." in mouth.texts()


def test_another_exercise_takes_over() -> None:
    """Each has its own result, with all of its reps."""
    coach = FreeCoach(EXERCISES, Mouth())
    _play(coach, concatenate([bridge(3), pause(2.0), crunch(4)]).poses(FPS))
    coach.finish()
    counts = [(each.summary.exercise, len(each.summary.reps)) for each in coach.results]
    assert counts == [("bridge", 3), ("crunch", 4)]


@pytest.mark.parametrize("key", ["space", "m", "q"])
def test_the_keys_work_while_nothing_is_recognised(key: str) -> None:
    """Pause, mute and quit do what they always do."""
    mouth = Mouth()
    coach = FreeCoach(EXERCISES, mouth)
    poses = bridge(1).poses()[:10]
    _play(coach, poses[:5])
    coach.press(key)
    scene = _play(coach, poses[5:])[-1]
    states = {
        "space": scene.is_paused,
        "m": scene.is_muted,
        "q": coach.is_over,
    }
    assert {each for each, is_on in states.items() if is_on} == {key}


def test_who_says_that_it_hurts_is_heard_before_anything_is_recognised() -> None:
    """Nothing can be left out; but all of it waits, and goes on when asked to."""
    coach = FreeCoach(EXERCISES, Mouth())
    for _ in range(2):
        coach.press("o")
        assert coach.is_paused
    coach.press("space")
    assert not coach.is_paused


def test_what_is_paused_is_not_counted() -> None:
    """Reps during a pause are nobody's."""
    coach = FreeCoach(EXERCISES, Mouth())
    coach.press("space")
    _play(coach, bridge(3).poses(FPS))
    coach.finish()
    assert coach.results == []


def test_which_exercise_it_is_comes_before_anything_else_about_it() -> None:
    """With what was done so far, on the screen too; the count of that very rep is not said."""
    mouth = Mouth()
    scenes = _play(FreeCoach(EXERCISES, mouth), MOVEMENTS["plank"](1).poses(FPS))
    assert mouth.texts() == [WATCHING, "Looks like: Plank. 1 hold so far."]
    first = next(scene for scene in scenes if scene.exercise)
    assert (first.message, first.tone) == ("Looks like: Plank. 1 hold so far.", "guide")


def test_all_that_is_kept_of_a_recognised_exercise_has_its_beginning(tmp_path: Path) -> None:
    """The plot shows the reps before it was known; every frame and event is there, and once."""
    coach = FreeCoach(EXERCISES, Mouth())
    sections = Sections()
    poses = bridge(3).poses(FPS)
    with growing_events(tmp_path / "events") as log:
        for pose in poses:
            hand_on(coach.update(pose, 120.0, 16 / 9).news, [sections, log])
        hand_on(coach.finish(), [sections, log])
    (result,) = coach.results
    assert result.source.frames == len(poses)
    events = [json.loads(line) for line in (tmp_path / "events").read_text().splitlines()]
    assert [each["rep"] for each in events if each["kind"] == "rep"] == [1, 2, 3]
    assert {each["exercise"] for each in events} == {"bridge"}
    (section,) = sections.done
    points = [point for _, line in section.keepsakes.trace.lines() for point in line]
    assert points[0][0] <= result.summary.reps[0].start
