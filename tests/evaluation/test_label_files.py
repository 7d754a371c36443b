"""Label files: formcheck's own form, two others, and every way in which one can be wrong."""

import json
from math import isnan
from pathlib import Path
from typing import Any

import pytest
from helpers.places import closed_folder
from pydantic import ValidationError

from formcheck.definition.loading import load_exercise
from formcheck.errors import LabelError
from formcheck.evaluation import label_form
from formcheck.evaluation.label_files import find_label_files, read_clips, read_labels
from formcheck.evaluation.label_form import LabelForm, form_errors, labels_of, schema_text
from formcheck.evaluation.label_words import exercise_name, fault_name
from formcheck.evaluation.labels import Labels, RepLabel
from formcheck.exercise import Fault

OWN: dict[str, Any] = {
    "format": "formcheck-labels/1",
    "source": "clip.npz",
    "exercise": "bridge",
    "reps": [{"start_s": 1, "peak_s": 2.5, "end_s": 4.0, "hold_s": 1.2, "faults": ["hips_sag"]}],
}
NOTES: dict[str, Any] = {
    "recording": "clip.npz",
    "exercise": "bridge",
    "counted": 3,
    "partials": 1,
    "peaks_s": [1.0, 3.0, 5.0],
}
TRUTH: dict[str, Any] = {
    "name": "clip",
    "exercise": "glute_bridge",
    "view": "side_right",
    "reps": [
        {
            "rep": rep,
            "exercise": "glute_bridge",
            "side": None,
            "start_s": 6.0 * rep,
            "top_start_s": 6.0 * rep + 1,
            "top_end_s": 6.0 * rep + 3,
            "end_s": 6.0 * rep + 4,
            "hold_s": 2.0,
            "complete": True,
        }
        for rep in range(3)
    ],
    "faults": [],
}


def write(path: Path, table: Any) -> Path:
    """Write a table as JSON; the path, for convenience."""
    path.write_text(json.dumps(table), encoding="utf-8")
    return path


def read(folder: Path, table: Any) -> Labels:
    """The one table of labels that a file of this content says."""
    (labels,) = read_labels(write(folder / "clip.labels.json", table))
    return labels


def test_own_labels_are_read_as_they_are_written(tmp_path: Path) -> None:
    """Every key arrives, and what is left out is unknown."""
    rep = RepLabel(start=1.0, peak=2.5, end=4.0, hold=1.2, faults=("hips_sag",))
    table = OWN | {"unsure": ["rushed_up"], "judgeable": False, "exhaustive": True, "note": "A."}
    expected = Labels(
        "clip.npz",
        "bridge",
        (rep,),
        unsure=("rushed_up",),
        judgeable=False,
        exhaustive=True,
        note="A.",
    )
    assert read(tmp_path, table) == expected
    only_end = read(tmp_path, OWN | {"reps": [{"end_s": 4.0, "complete": False}]})
    assert isnan(only_end.reps[0].start)
    assert only_end.reps[0].time == 4.0
    assert only_end.partial_count == 1
    assert only_end.expected_reps == 0


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"format": "formcheck-labels/2"}, "format: it must be 'formcheck-labels/1'"),
        ({"exercises": "bridge"}, "exercises: unknown key"),
        ({"reps": [{"hold_s": 2.0}]}, "reps 1: needs start_s, peak_s or end_s"),
        ({"reps": [{"peak_s": -1}]}, "reps 1 peak_s: it must be at least 0"),
        ({"reps": [{"peak_s": 3.0, "end_s": 2.0}]}, "must come in this order"),
        ({"reps": [{"peak_s": 3.0, "side": "up"}]}, "reps 1 side: it must be 'left' or"),
        ({"reps": [{"peak_s": True}]}, "reps 1 peak_s: it must be a number"),
        ({"count": 4}, "count is 4, but reps has 1 that are complete"),
        (
            {"partials": 0, "reps": [{"peak_s": 1.0, "complete": False}]},
            "partials is 0, but reps has 1",
        ),
        ({"exercise": None}, "with exercise null nothing may count"),
        ({"source": ""}, "source: string should have at least 1 character"),
    ],
)
def test_a_slip_in_own_labels_is_told_with_its_place(
    tmp_path: Path, change: dict[str, Any], told: str
) -> None:
    """Nothing that is written there is silently no label."""
    with pytest.raises(LabelError) as error:
        read(tmp_path, OWN | change)
    assert told in str(error.value)
    assert "clip.labels.json" in str(error.value)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"{", "is not JSON"),
        (b"\xff\xfe{", "is not UTF-8 text"),
        (b"[1]", "not a table of keys and values"),
        (b"{}", '"format": "formcheck-labels/1" is missing'),
        (b"[" * 100_000, "is nested too deeply"),
    ],
)
def test_what_is_no_label_file_is_told(tmp_path: Path, content: bytes, told: str) -> None:
    """In one line, with the file."""
    path = tmp_path / "clip.labels.json"
    path.write_bytes(content)
    with pytest.raises(LabelError) as error:
        read_labels(path)
    assert told in str(error.value)
    assert "\n" not in str(error.value)


def test_many_slips_are_told_in_a_few_words(tmp_path: Path) -> None:
    """A file that is wrong throughout does not fill the screen."""
    with pytest.raises(LabelError, match=r"\(and 15 more\)"):
        read(tmp_path, OWN | {"reps": [{"hold_s": 1}] * 20})


def test_the_schema_in_the_package_is_that_of_the_program() -> None:
    """Editors and other programs are told the form that is read. Write `schema_text()` there."""
    shipped = Path(label_form.__file__).parent / "labels.schema.json"
    assert shipped.read_text(encoding="utf-8") == schema_text()


def test_the_schema_knows_every_key() -> None:
    """With words about each, for whoever writes labels in an editor."""
    properties = json.loads(schema_text())["properties"]
    assert set(OWN) < set(properties)
    assert all("description" in each for key, each in properties.items() if key != "format")


@pytest.mark.parametrize(
    ("faults", "by_rep"),
    [
        ({}, [(), (), ()]),
        ({"hold too short": "every rep: under 0.3 s"}, [("hold too short",)] * 3),
        ({"trunk leans": "strongly"}, [("trunk leans",)] * 3),
        ({"a": "rep 2: a little"}, [(), ("a",), ()]),
        ({"a": "reps 1 and 3", "b": "reps 2-3: yes"}, [("a",), ("b",), ("a", "b")]),
        ({"a": [2, 3]}, [(), ("a",), ("a",)]),
        (["a"], [("a",)] * 3),
    ],
)
def test_notes_by_eye_give_faults_to_reps(tmp_path: Path, faults: Any, by_rep: list[Any]) -> None:
    """To all of them, unless reps are named."""
    labels = read(tmp_path, NOTES | {"faults": faults})
    assert [rep.faults for rep in labels.reps] == by_rep
    assert (labels.expected_reps, labels.partial_count) == (3, 1)
    assert [rep.peak for rep in labels.reps] == [1.0, 3.0, 5.0]


def test_notes_by_eye_may_have_sides_doubts_and_reps(tmp_path: Path) -> None:
    """And what is uncertain is scored neither way."""
    sides = ["left", "right", "left"]
    labels = read(tmp_path, NOTES | {"sides": sides, "uncertain": ["comes high: by eye"]})
    assert [rep.side for rep in labels.reps] == sides
    assert labels.unsure == ("comes high",)
    reps = [{"start_s": 0.2, "peak_s": 1.6, "end_s": 3.0, "hold_s": 1.8, "complete": True}]
    labels = read(tmp_path, NOTES | {"counted": 1, "reps": reps, "peaks_s": []})
    assert labels.reps == (RepLabel(None, 0.2, 1.6, 3.0, 1.8),)
    with pytest.raises(LabelError, match="3 peaks_s and 2 sides"):
        read(tmp_path, NOTES | {"sides": ["left", "right"]})


def test_notes_with_a_count_alone_describe_no_rep(tmp_path: Path) -> None:
    """They can be counted, and not matched."""
    labels = read(tmp_path, NOTES | {"peaks_s": []})
    assert labels.expected_reps == 3
    assert labels.is_counted_only


def test_the_truth_of_a_rendered_clip_is_read(tmp_path: Path) -> None:
    """The peak is the middle of the top, and a raise that is too low is a partial."""
    faults = [
        {"rep": 1, "exercise": "glute_bridge", "kind": "hips_too_low"},
        {"rep": 2, "exercise": "glute_bridge", "kind": "raise_too_low"},
    ]
    (labels,) = read_labels(write(tmp_path / "clip.truth.json", TRUTH | {"faults": faults}))
    assert labels.source == "clip"
    assert [rep.complete for rep in labels.reps] == [True, True, False]
    assert [rep.peak for rep in labels.reps] == [2.0, 8.0, 14.0]
    assert [rep.faults for rep in labels.reps] == [(), ("hips_too_low",), ()]
    assert labels.partial_count == 1
    assert labels.judgeable


@pytest.mark.parametrize(
    ("more", "hold"),
    [
        ({}, 2.0),
        ({"time_above_90pct_rom_s": 2.6}, 2.6),
        ({"time_above_90pct_rom_s": 2.6, "timed": True}, 2.0),
    ],
)
def test_the_hold_is_the_time_near_the_top(
    tmp_path: Path, more: dict[str, object], hold: float
) -> None:
    """Where a rendered clip's truth has it; a timed hold is the time in the position."""
    table = TRUTH | {"reps": [rep | more for rep in TRUTH["reps"]]}
    (labels,) = read_labels(write(tmp_path / "clip.truth.json", table))
    assert [rep.hold for rep in labels.reps] == [hold] * 3


def test_the_truth_of_several_exercises_gives_labels_for_each(tmp_path: Path) -> None:
    """In a clip in which one follows on the other."""
    crunch = TRUTH["reps"][0] | {"exercise": "crunch"}
    table = TRUTH | {"exercise": None, "reps": [*TRUTH["reps"], crunch]}
    labels = read_labels(write(tmp_path / "clip.truth.json", table))
    assert [(each.exercise, each.expected_reps) for each in labels] == [
        ("glute_bridge", 3),
        ("crunch", 1),
    ]


def test_a_view_along_the_body_can_not_be_judged(tmp_path: Path) -> None:
    """From the feet or the head; and a mirrored picture has no sides."""
    table = TRUTH | {"view": "foot_end", "mirrored": True}
    table["reps"] = [rep | {"side": "left"} for rep in TRUTH["reps"]]
    (labels,) = read_labels(write(tmp_path / "clip.truth.json", table))
    assert not labels.judgeable
    assert {rep.side for rep in labels.reps} == {None}


CALLED = {
    "sit_up": ("full situp", "full sit-up instead of a crunch"),
    "over_arched": ("hips over-arched",),
    "arms_leave_chest": ("arms not on the chest",),
    "rolls_back": ("trunk rolls back",),
}


@pytest.mark.parametrize(
    ("words", "rules", "name"),
    [
        ("Hold too short", ["hold_too_short"], "hold_too_short"),
        ("full_situp", ["sit_up"], "sit_up"),
        ("full sit-up instead of a crunch", ["sit_up"], "sit_up"),
        ("hips_over_arched", ["over_arched"], "over_arched"),
        ("lifts too high", ["lift_too_high"], "lift_too_high"),
        ("arms not on the chest", ["arms_leave_chest"], "arms_leave_chest"),
        ("trunk_rolls_back", ["rolls_back"], "rolls_back"),
        ("trunk_rolls_back", ["trunk_rolls_back", "rolls_back"], "trunk_rolls_back"),
        ("lifts too high", ["rushed_up"], "lifts_too_high"),
    ],
)
def test_words_for_a_fault_find_its_rule(words: str, rules: list[str], name: str) -> None:
    """A rule of the very name comes first, and what matches none keeps its name, to be told."""
    faults = [
        Fault(rule, "fault", ("out",), (), "", "", also_called=CALLED.get(rule, ()))
        for rule in rules
    ]
    assert fault_name(words, faults) == name


@pytest.mark.parametrize(
    ("words", "exercise", "name"),
    [
        ("arms_not_on_chest", "crunch", "arms_leave_chest"),
        ("bent_knee", "side_lying_leg_raise", "knee_bends"),
        ("chin to chest", "curl_up", "neck_pulled"),
        ("comes_high", "crunch", "coming_high"),
        ("feet_off_the_floor", "crunch", "feet_lift"),
        ("full sit-up", "curl_up", "sit_up"),
        ("over_arch", "single_leg_bridge", "over_arched"),
        ("lift_too_small", "standing_leg_raise", "lift_too_low"),
        ("raise too high", "side_lying_leg_raise", "lift_too_high"),
        ("pelvis_rolls_back", "clamshell", "rolls_back"),
        ("short_hold", "plank", "hold_too_short"),
        ("toes_up", "side_lying_leg_raise", "toes_turn_up"),
    ],
)
def test_the_exercises_know_plain_words_for_their_faults(
    words: str, exercise: str, name: str
) -> None:
    """Their files say what a fault is also called."""
    assert fault_name(words, load_exercise(exercise).faults) == name


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("bridge", "bridge"),
        ("hip_bridge", "bridge"),
        ("glute_bridge", "bridge"),
        ("Shoulder bridge", "bridge"),
        ("squat", "squat"),
        ("curl-up", "curl_up"),
    ],
)
def test_words_for_an_exercise_find_it(words: str, name: str) -> None:
    """By its name, by what its file says it is also called, or by a name that is known here."""
    assert exercise_name(words, {"bridge": ["Glute bridge", "shoulder bridge"]}) == name


def test_labels_are_found_in_folders_below(tmp_path: Path) -> None:
    """Labels before the truth beside the same clip, and nothing else that is JSON."""
    below = tmp_path / "a folder" / "deep"
    below.mkdir(parents=True)
    names = ["one.labels.json", "one.truth.json", "two.truth.json", "other.json"]
    for name in names:
        write(below / name, {})
    found = find_label_files([tmp_path, below / "one.labels.json"])
    assert [path.name for path in found] == ["one.labels.json", "two.truth.json"]
    with pytest.raises(LabelError, match="There are no label files"):
        find_label_files([_empty(tmp_path)])
    with pytest.raises(LabelError, match="doesn't exist"):
        find_label_files([tmp_path / "nowhere"])


def test_a_folder_that_may_not_be_read_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In a note if there are labels elsewhere; else it may be why there are none."""
    closed = _empty(tmp_path)
    write(closed / "one.labels.json", OWN)
    write(tmp_path / "other.json", {})
    with closed_folder(closed):
        with pytest.raises(LabelError, match="empty can't be read: Permission denied"):
            find_label_files([tmp_path])
        own = write(tmp_path / "two.labels.json", OWN)
        assert find_label_files([tmp_path]) == [own]
    told = f"Note: formcheck skips the folder {closed} because it can't be read: Permission denied."
    assert capsys.readouterr().err == f"{told}\n"


def _empty(folder: Path) -> Path:
    empty = folder / "empty"
    empty.mkdir()
    return empty


def test_the_clip_is_the_one_named_or_one_beside_of_that_name(tmp_path: Path) -> None:
    """Labels whose clip is missing are told, and do not stop the others."""
    write(tmp_path / "a.labels.json", OWN)
    write(tmp_path / "clip.truth.json", TRUTH)
    write(tmp_path / "lost.labels.json", OWN | {"source": "lost.mp4"})
    for name in ("clip.npz", "clip.mp4"):
        (tmp_path / name).touch()
    clips, unusable = read_clips(find_label_files([tmp_path]))
    assert [(clip.file.name, clip.clip.name) for clip in clips] == [
        ("a.labels.json", "clip.npz"),
        ("clip.truth.json", "clip.npz"),
    ]
    assert [each.file.name for each in unusable] == ["lost.labels.json"]
    assert "The clip lost.mp4" in str(unusable[0].error)


def test_labels_of_no_exercise_are_read() -> None:
    """They say that nothing may count."""
    form = LabelForm.model_validate(OWN | {"exercise": None, "reps": []})
    assert labels_of(form).exercise is None
    with pytest.raises(ValidationError) as error:
        LabelForm.model_validate({})
    assert "exercise: it is missing" in form_errors(error.value)
