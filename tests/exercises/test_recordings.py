"""Rendered bodies whose movement is known exactly: what once went wrong, rep by rep in time.

`recordings/README.md` says what each of them shows.
"""

from pathlib import Path

import pytest
from helpers.places import SAMPLES
from helpers.scenes import judged_poses

from formcheck.counting.remarks import CANNOT_SEE
from formcheck.definition.loading import exercise_files, load_exercise
from formcheck.evaluation.label_files import find_label_files, read_clips
from formcheck.evaluation.labels import RepLabel
from formcheck.evaluation.matching import FoundRep, found_in, match_reps
from formcheck.events import Summary
from formcheck.recognition.recogniser import Recogniser
from formcheck.sources.recording import read_recording

FOLDER = Path(__file__).parent / "recordings"
CLIPS, UNUSABLE = read_clips(find_label_files([FOLDER]))
LABELS = {clip.clip.stem: clip.labels for clip in CLIPS}
LATE = 0.6
"""Seconds by which the start or end of a rep may be off."""
HOLD_ERROR = 0.3
"""Seconds by which a hold may be."""


def _summary(name: str) -> Summary:
    exercise = LABELS[name].exercise
    assert exercise is not None
    return judged_poses(exercise, read_recording(FOLDER / f"{name}.npz").poses())


def _pairs(name: str) -> list[tuple[RepLabel, FoundRep]]:
    """Each rep as it was made and as it was counted: all of them, and no other."""
    made, found = LABELS[name].counted, found_in(_summary(name))
    matched = match_reps(made, found)
    assert [sorted(matched), sorted(matched.values())] == [list(range(len(made)))] * 2, found
    return [(made[i], found[j]) for i, j in matched.items()]


def _wrong(name: str, reason: str) -> object:
    return pytest.param(name, marks=pytest.mark.xfail(reason=reason, strict=True))


def test_every_recording_has_labels_and_a_line_that_says_what_it_is() -> None:
    """Or else it would prove nothing."""
    assert UNUSABLE == []
    assert {path.stem for path in FOLDER.glob("*.npz")} == set(LABELS)
    told = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert [name for name in LABELS if f"`{name}`" not in told] == []


@pytest.mark.parametrize(
    "name",
    [
        "bridge_holds",
        "bridge_lost_in_hold",
        "bridge_oblique",
        "bridge_over_arched_from_above",
        "clamshell_oblique",
        "crunch_quick",
        "dead_bug_waiting_limbs",
        "knee_to_chest_far_leg",
        "lunge_hidden_leg",
        "lunge_legs_in_between",
        "lunge_mixed_up_legs",
        "lunge_quick_steps",
        "push_up_bent_from_the_start",
        "push_up_from_above",
        "side_raise_from_behind",
        "single_leg_bridge_swapped_legs",
        "sit_to_stand_oblique",
        "sit_to_stand_quick",
        "squat_quick",
        "squat_wide_feet",
        "leg_raise_towards_the_camera",
        _wrong("bridge_upside_down", "MediaPipe takes the hips for the shoulders"),
    ],
)
def test_every_rep_counts_once_at_its_time(name: str) -> None:
    """Neither too few nor too many, and none of them long before or after it was made."""
    for made, found in _pairs(name):
        assert found.start == pytest.approx(made.start, abs=LATE)
        assert found.end == pytest.approx(made.end, abs=LATE)


@pytest.mark.parametrize(
    "name",
    [
        "bridge_holds",
        "bridge_lost_in_hold",
        "bridge_over_arched_from_above",
        "clamshell_oblique",
        "crunch_quick",
        "dead_bug_hidden_leg",
        "push_up_bent_from_the_start",
        "push_up_from_above",
        "single_leg_bridge_swapped_legs",
        "sit_to_stand_quick",
        _wrong("bridge_oblique", "from 30 degrees off the side it looks 0.6 s longer"),
        "side_plank_propped",
    ],
)
def test_a_hold_is_the_time_within_a_tenth_of_the_range_from_the_top(name: str) -> None:
    """However quick the rep is, and where the person is lost for a moment."""
    for made, found in _pairs(name):
        assert found.hold == pytest.approx(made.hold, abs=HOLD_ERROR)


@pytest.mark.parametrize("exercise", ["standing_leg_raise", "march", "squat", "lunge"])
def test_to_walk_in_and_out_is_no_rep(exercise: str) -> None:
    """Steps lift a leg, too."""
    summary = judged_poses(exercise, read_recording(FOLDER / "walking.npz").poses())
    assert found_in(summary) == ()


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("bridge_oblique", "over_arched"),
        ("dead_bug_guessed_leg", "rushed_out"),
        ("dead_bug_waiting_limbs", "back_arches"),
        ("dead_bug_waiting_limbs", "waiting_leg_drifts"),
        pytest.param(
            "single_leg_bridge_swapped_legs",
            "free_leg_drops",
            marks=pytest.mark.xfail(reason="MediaPipe swaps the legs at the top", strict=True),
        ),
    ],
)
def test_a_fault_that_was_not_made_is_not_told(name: str, rule: str) -> None:
    """Neither in a rep nor in what the other side did meanwhile."""
    summary = _summary(name)
    attempts = [*summary.reps, *(part for each in summary.sets for part in each.partials)]
    assert rule in [fault.name for fault in load_exercise(str(LABELS[name].exercise)).faults]
    assert rule not in [fault.name for each in attempts for fault in each.faults]


def test_hips_that_sink_are_noticed_where_they_never_look_low() -> None:
    """They look higher than they are, but not higher than they looked before."""
    (hold,) = (each for done in _summary("side_plank_hips_sink").sets for each in done.holds)
    told = [fault.name for fault in (*hold.faults, *hold.borderline)]
    assert told == ["hips_drop"]


def test_one_movement_is_no_rep_of_each_leg() -> None:
    """Where MediaPipe takes one leg for the other in the middle of it."""
    (rep,) = _summary("lunge_exchanged_legs").reps
    assert rep.start == pytest.approx(LABELS["lunge_exchanged_legs"].counted[0].start, abs=LATE)


def test_what_is_a_little_beyond_a_limit_is_borderline_and_spoils_nothing() -> None:
    """A real leg raise looks a degree too high, which is less than MediaPipe may be off."""
    poses = read_recording(SAMPLES / "side_lying_leg_raise_3.npz").poses()
    rep = judged_poses("side_lying_leg_raise", poses).reps[0]
    assert [fault.name for fault in rep.borderline] == ["lift_too_high"]
    assert "lift_too_high" not in [fault.name for fault in rep.faults]


@pytest.mark.parametrize(
    "name",
    ["bridge_oblique", "clamshell_oblique", "squat_quick", "squat_wide_feet", "wall_sit_oblique"],
)
def test_one_rep_is_enough_to_recognise_an_exercise(name: str) -> None:
    """Of all exercises that formcheck knows."""
    recogniser = Recogniser(load_exercise(each) for each in exercise_files())
    for pose in read_recording(FOLDER / f"{name}.npz").poses():
        recogniser.update(pose)
    assert [stretch.exercise for stretch in recogniser.finish()] == [LABELS[name].exercise]


def test_a_body_upside_down_is_told_to_be_seen_badly() -> None:
    """Rather than judged as if it were one."""
    summary = _summary("bridge_upside_down")
    assert CANNOT_SEE["side"] in summary.notes
    assert found_in(summary) == ()
