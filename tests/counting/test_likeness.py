"""What a rep must show to count, and what becomes of it where that is hidden."""

from dataclasses import replace

from helpers.scenes import judged_poses, loaded

from formcheck.counting.judge import NOT_SEEN
from formcheck.events import Summary
from formcheck.figure.movements import lunge
from formcheck.language.tongue import about, speaking, tr
from formcheck.pose import INDEX, Pose


def without_feet(poses: list[Pose]) -> list[Pose]:
    """The same poses, of which the feet of the right leg are hidden."""
    hidden = [INDEX["right_ankle"], INDEX["right_heel"], INDEX["right_foot_index"]]
    return [replace(p, visibility=_dimmed(p, hidden)) for p in poses]


def _dimmed(pose: Pose, points: list[int]) -> object:
    visibility = pose.visibility.copy()
    visibility[points] = 0.1
    return visibility


def lunges(must_be_seen: bool) -> Summary:
    """Three lunges on the left leg, by a definition whose legs must be seen apart, or needn't."""
    exercise = loaded("lunge")
    first, *others = exercise.hallmarks
    assert first.when.name == "legs_apart"
    first = replace(first, must_be_seen=must_be_seen)
    poses = without_feet(lunge(3, side="left").poses(fps=15))
    return judged_poses(replace(exercise, hallmarks=(first, *others)), poses, "left")


def test_what_must_be_seen_and_is_not_makes_no_rep() -> None:
    """And it says so, rather than that it was wrong."""
    summary = lunges(must_be_seen=True)
    assert summary.reps == ()
    reasons = [part.reason for each in summary.sets for part in each.partials]
    why = loaded("lunge").hallmarks[0].otherwise
    assert reasons == [NOT_SEEN.format(why=why)] * 3


def test_why_is_told_wholly_in_the_readers_language() -> None:
    """What the exercise says, too, within what formcheck says of it."""
    exercise = loaded("lunge")
    why = exercise.translations["de"][exercise.hallmarks[0].otherwise]
    partial = lunges(must_be_seen=True).sets[0].partials[0]
    with speaking("de"), about(exercise):
        told = tr(partial.reason)
    assert told.startswith(why)
    assert told != partial.reason


def test_another_hallmark_that_was_not_seen_is_let_pass() -> None:
    """Reps of an exercise that is named are not lost behind a chair."""
    assert len(lunges(must_be_seen=False).reps) == 3
