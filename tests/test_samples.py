"""Real people and rendered bodies: what is seen in a sample is what formcheck says of it."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from scenes import judged_poses

from formcheck.checking import check
from formcheck.events import Rep, Summary
from formcheck.loading import exercise_files
from formcheck.recording import read_recording

SAMPLES = Path(__file__).parent.parent / "samples"
RECORDINGS = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in SAMPLES.glob("*.toml")}
KNOWN = sorted(name for name, seen in RECORDINGS.items() if seen["exercise"] in exercise_files())
OTHERS = sorted(set(RECORDINGS) - set(KNOWN))
RENDERED = sorted(path.stem.removesuffix(".truth") for path in SAMPLES.glob("*.truth.json"))

PEAK_TOLERANCE = 0.35
"""Seconds: 0.2 of the eye, and a hold has no one moment that is its peak."""
HOLD_TOLERANCE = 0.6
"""Seconds: a slow arrival at the top looks like holding, to formcheck as to the eye."""

EXERCISES = {"glute_bridge": "bridge"}
"""What the rendered clips call by another name."""
FAULTS = {
    "full_situp": "sit_up",
    "raise_too_low": None,  # such a raise is a partial
}
"""The fault that stands for what was done to a rendered movement; by default the same name."""


def _summary(name: str) -> Summary:
    recording = read_recording(SAMPLES / f"{name}.npz")
    return judged_poses(RECORDINGS[name]["exercise"], recording.poses())


def _in_time(summary: Summary) -> list[Rep]:
    return sorted(summary.reps, key=lambda rep: rep.peak)


@pytest.mark.parametrize("name", KNOWN)
def test_a_recording_has_the_reps_that_the_eye_counts(name: str) -> None:
    """As many reps and partials, with their peaks at the same times and on the same sides."""
    seen, summary = RECORDINGS[name], _summary(name)
    reps = _in_time(summary)
    assert len(reps) == seen["reps"]
    assert len(summary.partials) == seen["partials"]
    assert [rep.peak for rep in reps] == pytest.approx(seen["peaks_s"], abs=PEAK_TOLERANCE)
    assert [rep.side for rep in reps] == seen.get("sides", [None] * len(reps))


@pytest.mark.parametrize("name", KNOWN)
def test_a_recording_has_the_faults_that_the_eye_sees(name: str) -> None:
    """Every fault seen is found in its reps, and no safety fault is raised where none is seen."""
    seen = RECORDINGS[name]["faults"]
    for number, rep in enumerate(_in_time(_summary(name)), 1):
        found = {fault.name: fault.severity for fault in rep.faults}
        assert {fault for fault, reps in seen.items() if number in reps} <= set(found)
        safety = {fault for fault, severity in found.items() if severity == "safety"}
        assert safety <= {fault for fault, reps in seen.items() if number in reps}


@pytest.mark.parametrize("name", KNOWN)
def test_a_recording_from_elsewhere_is_not_judged_on_what_the_view_hides(name: str) -> None:
    """What cannot be seen from there is named as not judged, in every rep."""
    hidden = set(RECORDINGS[name].get("not_judged", []))
    for rep in _summary(name).reps:
        assert hidden <= {unjudged.name for unjudged in rep.unjudged}
        assert all(unjudged.reason for unjudged in rep.unjudged)


@pytest.mark.parametrize("exercise", ["bridge", "crunch", "side_lying_leg_raise"])
@pytest.mark.parametrize("name", OTHERS)
def test_another_exercise_is_not_counted(name: str, exercise: str) -> None:
    """Squats and push-ups are no bridges, crunches or raises of a leg lying down."""
    recording = read_recording(SAMPLES / f"{name}.npz")
    summary = judged_poses(exercise, recording.poses())
    assert summary.reps == ()
    assert summary.notes != ()


def _truth(name: str) -> dict[str, Any]:
    truth: dict[str, Any] = json.loads((SAMPLES / f"{name}.truth.json").read_text("utf-8"))
    return truth


@pytest.mark.parametrize("name", RENDERED)
def test_a_rendered_clip_is_judged_as_it_was_made(name: str, model_path: Path) -> None:
    """Through the whole program: the reps, their holds, and the faults that were built in."""
    truth = _truth(name)
    exercise = EXERCISES.get(truth["exercise"], truth["exercise"])
    summary = check(SAMPLES / f"{name}.mp4", exercise, model=str(model_path))
    made = [rep for rep in truth["reps"] if rep["complete"]]
    reps = _in_time(summary)
    assert len(reps) == len(made)
    assert len(summary.partials) == len(truth["reps"]) - len(made)
    middles = [(rep["top_start_s"] + rep["top_end_s"]) / 2 for rep in made]
    assert [rep.peak for rep in reps] == pytest.approx(middles, abs=PEAK_TOLERANCE)
    holds = [rep["hold_s"] for rep in made]
    assert [rep.hold for rep in reps] == pytest.approx(holds, abs=HOLD_TOLERANCE)
    for rep, truly in zip(reps, made, strict=True):
        built_in = {f["kind"] for f in truth["faults"] if f["rep"] == truly["rep"]}
        wanted = {FAULTS.get(kind, kind) for kind in built_in} - {None}
        found = {fault.name: fault.severity for fault in rep.faults}
        assert wanted <= set(found)
        assert {f for f, severity in found.items() if severity == "safety"} <= wanted
