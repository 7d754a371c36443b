"""Real people and rendered bodies: what is seen in a sample is what formcheck says of it."""

from dataclasses import replace
from pathlib import Path

import pytest
from helpers.places import SAMPLES
from helpers.scenes import FPS, counted_in, judged_poses

from formcheck.definition.loading import exercise_files, load_exercise
from formcheck.evaluation.differences import differences
from formcheck.evaluation.label_files import LabelledClip, find_label_files, read_clips
from formcheck.evaluation.scoring import score_clip
from formcheck.events import Summary
from formcheck.sources.look import Looking
from formcheck.sources.opening import open_source
from formcheck.sources.recording import read_recording

CLIPS, UNUSABLE = read_clips(find_label_files([SAMPLES]))
KNOWN = [clip for clip in CLIPS if clip.labels.exercise in exercise_files()]
RECORDED = [clip for clip in CLIPS if clip.clip.suffix == ".npz"]
UPRIGHT_OR_PRONE = [clip for clip in CLIPS if clip.labels.exercise in ("squat", "push_up")]


def _name(clip: LabelledClip) -> str:
    return clip.clip.stem


def _summary(clip: LabelledClip, exercise: str, model: Path) -> Summary:
    with open_source(clip.clip, lambda: model, Looking(rate=FPS)) as source:
        return judged_poses(exercise, source)


def test_every_clip_has_labels_that_can_be_read() -> None:
    """Or else a sample would prove nothing."""
    assert UNUSABLE == []
    clips = {path for path in SAMPLES.iterdir() if path.suffix in (".npz", ".mp4")}
    assert clips == {clip.clip for clip in CLIPS}
    assert len(KNOWN) >= 9
    assert len(UPRIGHT_OR_PRONE) == 2


@pytest.mark.parametrize("clip", KNOWN, ids=_name)
def test_a_sample_is_judged_as_it_is_labelled(
    clip: LabelledClip, model_path: Path, request: pytest.FixtureRequest
) -> None:
    """The reps, their times and sides, every labelled fault and no other safety fault.

    Videos are looked at as often as a laptop would live, which takes half as long.
    """
    if clip.clip == request.getfixturevalue("bridge_video"):
        # Its landmarks are needed elsewhere as well; they are looked for once.
        clip = replace(clip, clip=request.getfixturevalue("bridge_recording"))
    exercise = load_exercise(str(clip.labels.exercise))
    summary = _summary(clip, exercise.name, model_path)
    assert differences(score_clip(clip.labels, exercise, summary), exercise) == []


@pytest.mark.parametrize("clip", RECORDED, ids=_name)
def test_real_people_are_counted_in_their_own_exercise_alone(clip: LabelledClip) -> None:
    """Of all that there are."""
    poses = read_recording(clip.clip).poses()
    assert counted_in(exercise_files(), poses) == {clip.labels.exercise}


@pytest.mark.parametrize("exercise", ["bridge", "crunch", "side_lying_leg_raise"])
@pytest.mark.parametrize("clip", UPRIGHT_OR_PRONE, ids=_name)
def test_another_exercise_is_not_counted(clip: LabelledClip, exercise: str) -> None:
    """Squats and push-ups are no bridges, crunches or leg raises lying down, and why is told."""
    summary = judged_poses(exercise, read_recording(clip.clip).poses())
    assert summary.reps == ()
    assert summary.notes or any(each.partials for each in summary.sets)
