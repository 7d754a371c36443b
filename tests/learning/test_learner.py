"""Learning an exercise: what is proposed from good reps counts them, others', and nothing else."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from helpers.places import SAMPLES
from helpers.scenes import FPS, judged, judged_poses

from formcheck.definition.loading import parse_exercise
from formcheck.errors import LearningError
from formcheck.exercise import Exercise
from formcheck.figure.movements import bridge, crunch, side_lying_leg_raise, standing_leg_raise
from formcheck.figure.script import Script
from formcheck.figure.viewpoint import Noise, Viewpoint
from formcheck.learning.candidates import CANDIDATES
from formcheck.learning.choosing import ranked
from formcheck.learning.clips import Clip
from formcheck.learning.learner import Learnt, learn
from formcheck.learning.writing import learnt_text
from formcheck.measuring.kinds import KINDS
from formcheck.pose import INDEX
from formcheck.sources.recording import read_recording

REPS = {
    "bridge_5": 5,
    "bridging_1": 1,
    "crunch_4": 4,
    "push_up_6": 6,
    "side_lying_leg_raise_3": 3,
    "situp_10": 10,
    "squat_8": 8,
    "standing_leg_raise_6": 6,
}
MEASURES = {
    "bridge_5": "hip_angle",
    "crunch_4": "trunk_tilt",
    "push_up_6": "elbow_angle",
    "situp_10": "trunk_tilt",
    "squat_8": "knee_angle",
    "standing_leg_raise_6": "leg_direction",
}
"""What a person would say is moved in these recordings."""
FOREIGN = {
    "bridge_5": {"crunch_4", "push_up_6", "situp_10", "squat_8", "standing_leg_raise_6"},
    "push_up_6": set(REPS) - {"push_up_6"},
    "situp_10": {"bridge_5", "bridging_1", "push_up_6", "squat_8", "standing_leg_raise_6"},
    "squat_8": set(REPS) - {"squat_8"},
    "standing_leg_raise_6": set(REPS) - {"standing_leg_raise_6"},
}
"""The recordings in which nothing may be counted by what was learnt from one."""


@cache
def clip(name: str, reps: int = 0) -> Clip:
    """A recording of `samples`, with the number of its reps."""
    recording = read_recording(SAMPLES / f"{name}.npz")
    return Clip(name, tuple(recording.poses()), reps or REPS[name])


@cache
def learnt_from(name: str) -> Learnt:
    """What is learnt from a recording."""
    return learn("learnt", [clip(name)])


def exercise_of(learnt: Learnt) -> Exercise:
    """The exercise that a file says; it has no problem."""
    exercise, problems = parse_exercise(learnt.text, expected_name="learnt")
    assert problems == []
    assert exercise is not None
    return exercise


def counted(learnt: Learnt, name: str) -> int:
    """How many reps the file counts in a recording."""
    return len(judged_poses(exercise_of(learnt), clip(name).poses).reps)


def filmed(script: Script, reps: int, **sampling: object) -> Clip:
    """A clip of the figure."""
    return Clip("figure", tuple(script.poses(**{"fps": FPS, **sampling})), reps)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", sorted(REPS))
def test_what_is_learnt_counts_its_own_clip_and_finds_no_fault(name: str) -> None:
    """The reps that were shown are good ones, so all of them count and are clean."""
    summary = judged_poses(exercise_of(learnt_from(name)), clip(name).poses)
    assert len(summary.reps) == REPS[name]
    assert summary.faults == ()


@pytest.mark.parametrize("name", sorted(MEASURES))
def test_the_measure_is_the_one_that_a_person_would_name(name: str) -> None:
    """Not merely one that happens to move along."""
    rep = exercise_of(learnt_from(name)).rep
    assert rep is not None
    assert rep.measure == MEASURES[name]


@pytest.mark.parametrize(
    ("name", "other"), [(n, o) for n in sorted(FOREIGN) for o in sorted(FOREIGN[n])]
)
def test_what_is_learnt_does_not_count_another_exercise(name: str, other: str) -> None:
    """A sit-up opens the hip as far as a bridge does, and is none."""
    assert counted(learnt_from(name), other) == 0


def test_a_bridge_learnt_from_one_person_counts_others() -> None:
    """A person who holds longer with the feet nearer, and the figure, which lies differently."""
    learnt = learnt_from("bridge_5")
    assert counted(learnt, "bridging_1") == 1
    assert len(judged_poses(exercise_of(learnt), bridge(3).poses()).reps) == 3
    seen_obliquely = bridge(3).poses(camera=Viewpoint(yaw=25), noise=Noise(sd=0.01, seed=1))
    assert len(judged_poses(exercise_of(learnt), seen_obliquely).reps) == 3


def test_legs_that_take_turns_are_counted_each_for_itself() -> None:
    """Where one side moves and the other does not, the sides are told apart."""
    assert exercise_of(learnt_from("standing_leg_raise_6")).sides == "each"
    assert exercise_of(learnt_from("squat_8")).sides == "both"


def test_the_way_down_comes_first_where_the_body_goes_down() -> None:
    """A squat goes down and up, a bridge up and down, and their faults say so."""
    squat, up = exercise_of(learnt_from("squat_8")), exercise_of(learnt_from("bridge_5"))
    assert squat.rep is not None
    assert up.rep is not None
    assert (squat.rep.ways, up.rep.ways) == (("down", "up"), ("up", "down"))
    assert squat.fault("rushed_down").first.name == "out"
    assert up.fault("rushed_up").first.name == "out"


FIGURES = {
    "bridge": (bridge(4), "both"),
    "crunch": (crunch(4), "both"),
    "side_lying_leg_raise": (side_lying_leg_raise(4), "each"),
    "standing_leg_raise": (standing_leg_raise(4), "each"),
}


@cache
def learnt_from_figure(name: str, **sampling: object) -> Learnt:
    """What four good reps of the figure teach."""
    return learn("learnt", [filmed(FIGURES[name][0], 4, **sampling)])


@pytest.mark.parametrize("name", sorted(FIGURES))
@pytest.mark.parametrize("sampling", [{}, {"fps": 12.0}, {"noise": Noise(sd=0.015, seed=3)}])
def test_the_figure_s_exercises_are_learnt(name: str, sampling: dict[str, object]) -> None:
    """Whatever it does, at any frame rate, with noise: as many reps, on the sides that it moves."""
    script, sides = FIGURES[name]
    exercise = exercise_of(learnt_from_figure(name, **sampling))
    assert exercise.sides == sides
    assert len(judged(exercise, script).reps) == 4


@pytest.mark.parametrize("name", sorted(FIGURES))
def test_the_hold_of_good_reps_is_the_one_to_aim_at(name: str) -> None:
    """As long as they held, down to the half second."""
    script, _ = FIGURES[name]
    exercise = exercise_of(learnt_from_figure(name))
    assert exercise.hold.seconds == pytest.approx(script.truth[0].hold, abs=0.75)


def test_a_poor_rep_counts_and_is_called_too_small() -> None:
    """Counting leaves room: half of the way is a rep, and is criticised."""
    exercise = exercise_of(learnt_from_figure("bridge"))
    low = judged_poses(exercise, bridge(3, faults={"hips_too_low": {2}}).poses())
    assert len(low.reps) == 3
    assert [rep.number for rep in low.reps if rep.faults] in ([], [2])
    assert len(judged_poses(exercise, bridge(3, faults={"partial": {2}}).poses()).reps) == 2


def test_a_hold_that_is_cut_short_is_found() -> None:
    """The hold of the good reps is the one to aim at."""
    exercise = exercise_of(learnt_from_figure("bridge"))
    summary = judged_poses(exercise, bridge(3, faults={"hold_too_short": {2}}).poses())
    found = [{fault.name for fault in rep.faults} for rep in summary.reps]
    assert found == [set(), {"hold_too_short"}, set()]


def test_an_arm_alone_is_enough() -> None:
    """Where hips and legs are out of the picture there is less to ask of the start position."""
    seen = [INDEX[name] for name in ("left_shoulder", "left_elbow", "left_wrist")]
    poses = []
    for pose in clip("push_up_6").poses:
        visibility = np.zeros_like(pose.visibility)
        visibility[seen] = pose.visibility[seen]
        poses.append(replace(pose, visibility=visibility))
    learnt = learn("learnt", [Clip("an arm", tuple(poses), 6)])
    assert len(judged_poses(exercise_of(learnt), poses).reps) == 6


def test_without_anything_to_begin_from_the_file_is_good() -> None:
    """A start position that was not seen is left to the author."""
    proposal = replace(learnt_from("bridge_5").proposal, posture=())
    text = learnt_text("learnt", [clip("bridge_5")], proposal)
    assert exercise_of(Learnt(text, proposal)).start == ()


def test_several_clips_give_one_exercise_for_all() -> None:
    """Its comments say from what; it counts each."""
    clips = [clip("bridge_5"), clip("bridging_1")]
    learnt = learn("learnt", clips)
    exercise = exercise_of(learnt)
    assert [len(judged_poses(exercise, each.poses).reps) for each in clips] == [5, 1]
    assert "# Learnt from bridge_5, which shows 5." in learnt.text
    assert "# Learnt from bridging_1, which shows 1." in learnt.text


def test_reps_that_are_not_there_are_not_learnt() -> None:
    """The message says what is seen most clearly instead, and what to do."""
    with pytest.raises(LearningError, match=r"hip_angle shows 5 in bridge_5.*Count again"):
        learn("learnt", [clip("bridge_5", 7)])


def test_somebody_who_does_nothing_teaches_nothing() -> None:
    """There is no rep in a rest, and no measure is taken for one."""
    resting = bridge(1).poses()[:20]
    with pytest.raises(LearningError, match="No measure shows"):
        learn("learnt", [Clip("rest", tuple(resting), 5)])


def test_a_number_that_is_seen_less_clearly_is_doubted() -> None:
    """Four dips lie between five bridges: they can be counted, and are not what was meant."""
    learnt = learn("learnt", [clip("bridge_5", 4)])
    assert ["hip_angle shows 5 reps more clearly" in doubt for doubt in learnt.doubts] == [True]
    assert learnt_from("bridge_5").doubts == ()


def test_the_runner_up_is_told() -> None:
    """So that an author can choose it instead."""
    learnt = learnt_from("bridge_5")
    assert "second best: trunk_tilt" in learnt.text.replace("\n# ", " ")
    assert "Second best: trunk_tilt" in learnt.told


def test_what_is_seen_stands_beside_each_level() -> None:
    """The median of what the reps do, and how far they are from it."""
    text = learnt_from("bridge_5").text
    assert (
        "counts    = 19                # a rep counts this far from rest; seen: 56 degrees ± 1.5"
        in text
    )
    assert "seen: 127 degrees ±" in text


def test_a_file_s_name_cannot_break_the_file() -> None:
    """It is told in a comment, in which a line's end would begin something else."""
    odd = replace(clip("bridge_5"), name='a\nname = "b"')
    assert exercise_of(learn("learnt", [odd])).name == "learnt"


def test_the_better_measure_is_ranked_first() -> None:
    """In order of merit, and all of them show as many reps as there are."""
    choices = ranked([clip("squat_8")])
    assert [each.merit for each in choices] == sorted((c.merit for c in choices), reverse=True)
    assert all(len(each.ranges) == 8 for each in choices)


def test_every_candidate_can_stand_in_a_file() -> None:
    """Its kind takes as many landmarks as it names, and a rep can be counted by it."""
    for candidate in CANDIDATES:
        measure = candidate.measure
        assert len(measure.landmarks) in KINDS[measure.kind].landmarks
        assert measure.since_rest == "no"
        assert not measure.unsigned
    names = [candidate.measure.name for candidate in CANDIDATES]
    assert len(set(names)) == len(names)
