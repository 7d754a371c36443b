"""The live coach over the stick figure: whole routines, keys, and the same counts as `check`."""

from collections.abc import Iterator

import numpy as np
from helpers.coached import Mouth, Screen, played
from helpers.scenes import judged_poses

from formcheck.coaching.routine_coach import LiveCoach
from formcheck.coaching.scene import Scene
from formcheck.coaching.speech import Say
from formcheck.definition.loading import load_exercise
from formcheck.definition.routine import Routine, RoutineStep, one_exercise
from formcheck.figure.movements import MOVEMENTS, bridge, crunch, side_lying_leg_raise
from formcheck.figure.script import Script, concatenate, pause
from formcheck.live.loop import run
from formcheck.observer import Judged, Observer, Outcome
from formcheck.pose import Frame, Image

ASPECT = 16 / 9


def _coach(name: str, reps: int, mouth: Mouth | None = None, say: Say = "all") -> LiveCoach:
    return LiveCoach(one_exercise(load_exercise(name), reps, None), mouth or Mouth(), say)


def _frames(script: Script, fps: float = 10) -> Iterator[Frame]:
    for pose in script.poses(fps=fps):
        yield Frame(pose.time, np.full((180, 320, 3), 128, np.uint8))


def test_the_counts_are_those_of_a_recording() -> None:
    """Live and recorded are one path."""
    poses = bridge(3, faults={"over_arched": {2}}).poses()
    coach = _coach("bridge", 10)
    played(coach, poses)
    (result,) = coach.results
    assert result.summary == judged_poses("bridge", poses)


def test_it_stops_at_the_target() -> None:
    """And does not count what comes after."""
    coach = _coach("bridge", 2)
    played(coach, bridge(4).poses())
    assert coach.is_over
    assert len(coach.results[0].summary.reps) == 2


def test_a_routine_goes_from_exercise_to_exercise_by_itself() -> None:
    """With rests, announced, each with its own result."""
    mouth = Mouth()
    steps = (
        RoutineStep(load_exercise("bridge"), 2, None, rest=5.0),
        RoutineStep(load_exercise("side_lying_leg_raise"), 1, "left", rest=5.0),
        RoutineStep(load_exercise("crunch"), 2, None, rest=0.0),
    )
    coach = LiveCoach(Routine("r", "R", "", steps), mouth)
    script = concatenate(
        [
            bridge(2),
            pause(14.0),
            side_lying_leg_raise(1, side="left"),
            pause(14.0),
            crunch(2),
            pause(6.0),
        ]
    )
    scenes = played(coach, script.poses())
    assert coach.is_over
    assert [(r.summary.exercise, len(r.summary.reps)) for r in coach.results] == [
        ("bridge", 2),
        ("side_lying_leg_raise", 1),
        ("crunch", 2),
    ]
    texts = mouth.texts()
    for words in ("Glute bridge. 2 reps.", "Side-lying leg raise, left side. 1 rep."):
        assert any(text.startswith(words) for text in texts)
    assert "Rest for 5 seconds. Next: Crunch." in texts
    assert any(scene.message.startswith("Rest:") for scene in scenes)


def test_only_what_was_asked_for_is_said() -> None:
    """`--say counts` counts, and does not criticise."""
    mouth = Mouth()
    played(_coach("bridge", 2, mouth, "counts"), bridge(2, faults={"over_arched": {1}}).poses())
    kinds = {utterance.kind for utterance in mouth.said}
    assert "count" in kinds
    assert not kinds & {"safety", "fault", "hint", "praise"}


def test_a_pause_counts_nothing_and_says_so() -> None:
    """Space begins and ends it."""
    coach = _coach("bridge", 5)
    script = bridge(3)
    during = script.truth[1]
    scenes = []
    for pose in script.poses():
        is_now = during.start - 0.5 < pose.time < during.end + 0.5
        if is_now != coach.is_paused:
            coach.press("space")
        scenes.append(coach.update(pose, 120.0, ASPECT).scene)
    coach.finish()
    assert len(coach.results[0].summary.reps) == 2
    assert any(scene.is_paused and scene.message == "Paused" for scene in scenes)


def test_keys_do_what_they_say() -> None:
    """Mute, other side, quit; an unknown key does nothing."""
    mouth = Mouth()
    coach = _coach("side_lying_leg_raise", 5, mouth)
    poses = side_lying_leg_raise(2, side="left").poses()
    for pose in poses:
        coach.update(pose, 120.0, ASPECT)
    for key in ("m", "x"):
        coach.press(key)
    assert mouth.muted
    coach.press("s")
    assert len(coach.results[0].summary.reps) == 2
    coach.press("q")
    assert coach.is_over
    assert len(coach.results) == 1


def test_the_loop_shows_every_frame_and_ends_with_q() -> None:
    """And tells its watchers; what was done until then is kept."""
    script = bridge(2)
    poses = iter(script.poses(fps=10))
    coach, screen = _coach("bridge", 5), Screen({120: "q"})
    watched: list[float] = []
    run(
        _frames(script),
        lambda frame: next(poses),
        coach,
        screen,
        watches=[lambda frame, scene: watched.append(frame.time)],
    )
    assert len(screen.shown) == len(watched) == 120
    assert coach.is_over
    assert len(coach.results[0].summary.reps) == 1


def test_what_is_counted_is_handed_on_before_it_is_shown() -> None:
    """So that who is killed after the rep that is seen has it in the history."""
    script = bridge(1)
    poses = iter(script.poses(fps=10))
    kept: list[int] = []
    shown: list[tuple[int, int]] = []

    class Keeper(Observer):
        def add(self, judged: Judged) -> None:
            """Count what was counted."""
            if judged.snapshot is not None:
                kept.extend(rep.number for rep in judged.snapshot.completed)

    class Looking(Screen):
        def show(self, image: Image, scene: Scene) -> None:
            """Note how many are seen, and how many are kept."""
            shown.append((scene.snapshot.reps if scene.snapshot else 0, len(kept)))

    run(_frames(script), lambda frame: next(poses), _coach("bridge", 5), Looking(), [Keeper()])
    assert (1, 1) in shown
    assert all(is_kept >= seen for seen, is_kept in shown)


def test_the_end_of_the_frames_is_the_end() -> None:
    """As when a video that plays as a camera is over."""
    script = bridge(2)
    poses = iter(script.poses(fps=10))
    coach = _coach("bridge", 5)
    run(_frames(script), lambda frame: next(poses), coach, Screen())
    assert coach.is_over
    assert len(coach.results[0].summary.reps) == 2


def test_a_slow_computer_counts_the_same() -> None:
    """Eight frames a second, the others dropped: the same reps and faults, the holds alike."""
    script = bridge(3, faults={"over_arched": {2}, "hold_too_short": {3}})
    fast, slow = _coach("bridge", 10), _coach("bridge", 10)
    played(fast, script.poses(fps=30))
    played(slow, script.poses(fps=8))
    reps = [coach.results[0].summary.reps for coach in (fast, slow)]
    assert [[f.name for f in rep.faults] for rep in reps[0]] == [
        [f.name for f in rep.faults] for rep in reps[1]
    ]
    for a, b in zip(*reps, strict=True):
        assert abs(a.hold - b.hold) < 0.3


def test_what_is_to_be_done_is_said_even_to_somebody_who_stands_ready() -> None:
    """With "begin" in one breath: of two pieces of guidance the first would be dropped."""
    mouth = Mouth()
    played(_coach("squat", 2, mouth), MOVEMENTS["squat"](1).poses()[:3])
    assert mouth.texts() == ["Squat. 2 reps. Good. Start when you're ready."]


def test_a_set_of_planks_is_coached_without_nagging() -> None:
    """The seconds, when to let go, how long it was; nobody who rests is asked back at once."""
    mouth = Mouth()
    coach = _coach("plank", 2, mouth)
    scenes = played(coach, MOVEMENTS["plank"](2).poses(fps=15))
    coach.finish()
    seconds = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    texts = mouth.texts()
    assert texts[0] == "Plank. 2 holds of 10 seconds."
    second = texts.index("One hold done: 11 seconds.") + 1
    assert texts[second:] == [
        "Hold.",
        *seconds,
        "You can let go.",
        "Two holds done: 11 seconds.",
        "Done. 2 holds, all clean.",
    ]
    assert scenes[-1].message == "Done. 2 holds, all clean."


def test_getting_up_after_the_last_rep_is_no_fault() -> None:
    """Nothing is said after "done", and that is what stays on the screen."""
    mouth = Mouth()
    coach = _coach("cat_cow", 1, mouth)
    leaning = MOVEMENTS["cat_cow"](1).poses(fps=15)
    getting_up = MOVEMENTS["push_up"](1).poses(fps=15, start_time=leaning[-1].time + 0.1)
    scenes = played(coach, [*leaning, *getting_up])
    assert coach.is_over
    assert mouth.texts()[-1] == scenes[-1].message == "Done. 1 rep, clean."


def test_sides_are_announced_where_both_are_to_be_done() -> None:
    """But not where the step names one."""
    mouth = Mouth()
    played(_coach("bird_dog", 6, mouth), MOVEMENTS["bird_dog"](1).poses()[:2])
    assert mouth.texts()[0].startswith("Bird dog. 6 reps on each side.")


def _two(reps: int = 2, mouth: Mouth | None = None) -> LiveCoach:
    steps = (
        RoutineStep(load_exercise("bridge"), reps, None, rest=20.0),
        RoutineStep(load_exercise("crunch"), reps, None, rest=20.0),
        RoutineStep(load_exercise("bridge"), reps, None, rest=20.0),
    )
    return LiveCoach(Routine("r", "R", "", steps), mouth or Mouth())


def test_an_exercise_and_a_rest_can_be_left_out() -> None:
    """What was done of it is kept; after the last one all is over."""
    coach = _two()
    poses = bridge(2).poses()
    half = [pose for pose in poses if pose.time < bridge(2).truth[0].end + 1.0]
    for pose in half:
        coach.update(pose, 120.0, ASPECT)
    coach.press("n")
    assert [len(each.summary.reps) for each in coach.results] == [1]
    assert (coach.exercise.name, coach.is_over) == ("crunch", False)
    coach.press("n")
    scene = coach.update(poses[-1], 120.0, ASPECT).scene
    assert (scene.exercise and scene.exercise.name, scene.place) == ("bridge", (3, 3))
    coach.press("n")
    assert coach.is_over
    coach.press("n")
    assert len(coach.results) == 1


def test_a_rest_is_told_and_can_be_cut_short() -> None:
    """What comes next, and the seconds that are left."""
    coach = _two(reps=1)
    for pose in [*bridge(1).poses(), *pause(8.0).poses(start_time=bridge(1).duration + 0.1)]:
        scene = coach.update(pose, 120.0, ASPECT).scene
    assert scene.rest is not None
    assert (scene.rest.following.exercise.name, scene.rest.whole) == ("crunch", 20.0)
    assert 0 < scene.rest.left < 20
    coach.press("n")
    assert coach.exercise.name == "crunch"


def test_it_hurts_stops_the_exercise_and_leaves_it_out() -> None:
    """It is said first of all, kept though nothing was done, and nothing goes on by itself."""
    mouth = Mouth()
    coach = _two(mouth=mouth)
    poses = bridge(3).poses()
    coach.update(poses[0], 120.0, ASPECT)
    coach.press("o")
    guided = coach.update(poses[1], 120.0, ASPECT)
    assert (guided.scene.is_hurt, guided.scene.is_paused) == (True, True)
    assert [each.hurt for each in guided.news if isinstance(each, Outcome)] == [True]
    assert mouth.said[-1].kind == "safety"
    for pose in poses[2:]:
        assert not coach.update(pose, 120.0, ASPECT).news
    coach.press("space")
    assert coach.exercise.name == "crunch"
    coach.press("n")
    assert coach.is_over  # the bridge at the end is left out, too
    assert coach.results == []


def test_it_can_be_told_to_hurt_in_the_rest_after_it() -> None:
    """The reps that were done stay; that it hurts is told once."""
    coach = _two(reps=1)
    told = []
    for pose in [*bridge(1).poses(), *pause(8.0).poses(start_time=bridge(1).duration + 0.1)]:
        told += coach.update(pose, 120.0, ASPECT).news
    coach.press("o")
    coach.press("o")
    told += coach.finish()
    outcomes = [each for each in told if isinstance(each, Outcome)]
    assert [(len(each.summary.reps), each.hurt) for each in outcomes] == [(1, False), (0, True)]
    assert outcomes[0].number != outcomes[1].number
