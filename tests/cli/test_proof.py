"""`formcheck evaluate` and `formcheck test` as an author of exercises meets them."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from helpers.commands import BRIDGE, refused, run
from helpers.places import EXERCISES

PEAKS = [0.75, 2.75, 4.65, 6.6, 8.55]
LABELS: dict[str, Any] = {
    "format": "formcheck-labels/1",
    "source": "a clip.npz",
    "exercise": "bridge",
    "partials": 0,
    "reps": [{"peak_s": peak, "faults": ["hold_too_short"]} for peak in PEAKS],
}


@pytest.fixture
def clips(tmp_path: Path) -> Path:
    """A folder with a space in its name that holds a recording of five bridges."""
    folder = tmp_path / "my clips" / "below"
    folder.mkdir(parents=True)
    shutil.copy(BRIDGE, folder / "a clip.npz")
    return folder.parent


def label(clips: Path, name: str = "a clip", **changes: Any) -> Path:
    """Write labels beside the clip; their file."""
    path = clips / "below" / f"{name}.labels.json"
    path.write_text(json.dumps(LABELS | changes), encoding="utf-8")
    return path


def evaluated(clips: Path, *options: object) -> dict[str, Any]:
    """The numbers of an evaluation."""
    done = run("evaluate", clips, "--json", "-", *options)
    assert (done.returncode, done.stderr) == (0, "")
    table: dict[str, Any] = json.loads(done.stdout)
    return table


def test_labels_that_are_met_are_ok(clips: Path) -> None:
    """Exit code 0, one line for each clip, in the folders below too."""
    label(clips)
    done = run("test", clips)
    assert (done.returncode, done.stderr) == (0, "")
    first, *_, last = done.stdout.splitlines()
    assert first.startswith("ok ")
    assert first.endswith("a clip.npz (bridge)")
    assert last == "1 clip: 1 ok, 0 differ, 0 skipped"


def test_what_differs_is_told_and_fails(clips: Path) -> None:
    """Exit code 1, and a line for each difference with rep and time."""
    reps = [*LABELS["reps"], {"peak_s": 12.0}]
    reps[1] = reps[1] | {"faults": ["hips_too_low"]}
    label(clips, reps=reps)
    done = run("test", clips)
    assert done.returncode == 1
    assert "DIFFERS" in done.stdout
    assert "expected 6 reps, found 5" in done.stdout
    assert "rep 6 at 12.0 s: not found" in done.stdout
    assert "rep 2 at 2.8 s: expected fault hips_too_low, not found (hip_angle 1" in done.stdout
    assert "hold_too_short" not in done.stdout  # not labelled in rep 2, but no safety fault either
    assert done.stdout.endswith("1 clip: 0 ok, 1 differ, 0 skipped\n")


def test_exhaustive_labels_allow_no_other_fault(clips: Path) -> None:
    """Not even a hint; without the word only safety faults differ."""
    label(clips, exhaustive=True, reps=[{"peak_s": peak} for peak in PEAKS])
    done = run("test", clips)
    assert done.returncode == 1
    assert done.stdout.count("found fault hold_too_short, not labelled") == len(PEAKS)


def test_an_unusable_file_is_told_and_the_others_are_tested(clips: Path) -> None:
    """Exit code 2, even where all else is well."""
    label(clips)
    label(clips, "damaged", reps=[{"peak": 1.0}])
    label(clips, "lost", source="lost.npz")
    done = run("test", clips)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 2
    assert "reps 1 peak: unknown key" in done.stderr
    assert "The clip lost.npz" in done.stderr
    assert done.stdout.endswith("1 clip: 1 ok, 0 differ, 0 skipped, 2 unusable\n")


def test_an_exercise_that_nobody_defined_is_skipped_with_the_reason(clips: Path) -> None:
    """And does not fail, because nothing is wrong with the labels."""
    label(clips)
    label(clips, "other", exercise="brigde")
    done = run("test", clips)
    assert done.returncode == 0
    assert "other.labels.json: there is no exercise 'brigde', did you mean 'bridge'?" in done.stdout
    (skipped,) = evaluated(clips)["skipped"]
    assert skipped["exercise"] == "brigde"
    assert "there is no exercise" in skipped["reason"]


def test_nothing_to_evaluate_is_no_success(clips: Path) -> None:
    """A folder without labels, and labels of nothing that is known."""
    assert "There are no label files" in refused(2, "test", clips)
    assert "There are no label files" in refused(2, "evaluate", clips)
    label(clips, exercise="somersault")
    assert "there is no exercise 'somersault'" in refused(2, "test", clips)
    assert "no clip shows that exercise" in refused(2, "evaluate", clips, "-e", "crunch")
    assert "There is no exercise 'crunsh'" in refused(2, "evaluate", clips, "-e", "crunsh")


def test_the_numbers_of_an_evaluation(clips: Path) -> None:
    """Counting, timing, rules and where they went wrong, with null for a share of nothing."""
    label(clips, reps=[*LABELS["reps"], {"peak_s": 12.0}])
    table = evaluated(clips)
    assert table["format"] == "formcheck-evaluation/1"
    (bridge,) = table["exercises"]
    counting = bridge["counting"]
    assert (counting["reps_expected"], counting["reps_found"]) == (6, 5)
    assert (counting["obo"], counting["exact"]) == (1.0, 0.0)
    assert counting["mae"] == pytest.approx(1 / 6, abs=1e-4)
    assert bridge["timing"]["peak"]["reps"] == 5
    assert bridge["timing"]["peak"]["median_abs_s"] < 0.2
    assert bridge["timing"]["start"]["median_abs_s"] is None
    rules = {rule["rule"]: rule for rule in bridge["rules"]}
    assert [rules["hold_too_short"][key] for key in ("tp", "fp", "fn", "f1")] == [5, 0, 0, 1.0]
    assert rules["over_arched"]["precision"] is None
    assert bridge["correct_reps"] == 0
    assert bridge["false_alarms_per_10_correct_reps"] is None
    assert bridge["clips"][0]["missed"][0]["time_s"] == 12.0
    for misfire in bridge["misfires"]:
        assert misfire["kind"] == "false"
        assert misfire["value"] < misfire["limit"]


def test_a_file_of_one_s_own_takes_the_place_of_the_exercise(clips: Path, tmp_path: Path) -> None:
    """So that an author sees what another limit would do."""
    label(clips, "also", exercise="crunch")
    label(clips)
    own = tmp_path / "mine" / "bridge.toml"
    own.parent.mkdir()
    text = (EXERCISES / "bridge.toml").read_text(encoding="utf-8")
    own.write_text(text.replace("below = 2.7", "below = 0.1"), encoding="utf-8")
    table = evaluated(clips, "-e", own)
    (bridge,) = table["exercises"]
    rules = {rule["rule"]: rule for rule in bridge["rules"]}
    assert rules["hold_too_short"]["fn"] >= 4
    assert table["left_out"] == 1
    assert "is there twice" in refused(2, "evaluate", clips, "-e", own, "-e", "bridge")


def test_a_clip_of_no_exercise_is_watched_by_all(clips: Path) -> None:
    """Whatever counts in it is told by the exercise that counted."""
    label(clips, exercise=None, reps=[])
    table = evaluated(clips)
    assert table["exercises"] == []
    counted = {each["exercise"]: each["reps_found"] for each in table["elsewhere"]}
    assert counted["bridge"] == 5
    assert counted["standing_leg_raise"] == 0
    done = run("test", clips)
    assert done.returncode == 1
    assert "a rep of bridge at 0." in done.stdout
    assert "5 reps of bridge" in run("evaluate", clips).stdout


def test_a_clip_can_be_watched_by_other_exercises_too(clips: Path) -> None:
    """Which may count nothing in it; its own is not among them."""
    label(clips)
    assert evaluated(clips)["elsewhere"] == []
    others = {each["exercise"] for each in evaluated(clips, "--others")["elsewhere"]}
    assert {"crunch", "standing_leg_raise"} <= others
    assert "bridge" not in others
    table = evaluated(clips, "-e", "standing_leg_raise", "--others")
    assert [each["reps_found"] for each in table["elsewhere"]] == [0]


def test_the_table_for_people_says_what_the_numbers_are(clips: Path, tmp_path: Path) -> None:
    """With the sense of each share, a dash for a share of nothing, and the same numbers as JSON."""
    label(clips, reps=[rep | {"faults": ["hips_too_low"]} for rep in LABELS["reps"]])
    out = tmp_path / "numbers.json"
    done = run("evaluate", clips, "--json", out)
    assert (done.returncode, done.stderr) == (0, "")
    text = " ".join(done.stdout.split())
    assert "bridge 1 5/5 0/0 100% 100% 0.00 100% 100%" in text
    assert "higher is better" in text
    assert "False alarms: -, because no rep is labelled as correct" in text
    assert "hips_too_low fault 5 0 0 5 - 0% 0.00 0%" in text
    assert "hips_too_low (fault): labelled but not found, 5 reps" in text
    assert "a clip.npz rep 1 at 0.8 s: hip_angle 1" in text
    assert json.loads(out.read_text(encoding="utf-8")) == evaluated(clips)


def test_a_file_that_cannot_be_written_is_told_before_the_work(clips: Path) -> None:
    """And nothing is printed as if it had been."""
    label(clips)
    out = clips / "nowhere" / "numbers.json"
    assert "there is no folder" in refused(2, "evaluate", clips, "--json", out)


def test_labels_are_not_overwritten(clips: Path) -> None:
    """By a slip in the name of the numbers' file."""
    path = label(clips)
    assert "would be overwritten" in refused(2, "evaluate", clips, "--json", path)
    assert json.loads(path.read_text(encoding="utf-8")) == LABELS
