"""The pictures: every exercise and every fault has one, and a browser can draw it."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import numpy as np
import pytest
from helpers.places import EXERCISES

from formcheck.definition.loading import load_exercise
from formcheck.demonstration.fault_place import spoilt_phase
from formcheck.demonstration.panel import Panel
from formcheck.demonstration.picture import find_fault, shown_faults, svg
from formcheck.demonstration.showing import LONGEST_HOLD, showing
from formcheck.errors import ExerciseError

SHIPPED = {path.stem: load_exercise(path) for path in sorted(EXERCISES.glob("*.toml"))}
NOT_SHOWN: dict[str, str] = {}
"""Faults that the figure cannot show, as `exercise.fault`, each with the reason."""
FAULTS = [
    (name, fault.name)
    for name, exercise in SHIPPED.items()
    for fault in exercise.faults
    if f"{name}.{fault.name}" not in NOT_SHOWN
]
SMALL = 60_000
"""Bytes that a picture in the documents may take."""
SVG = "{http://www.w3.org/2000/svg}"


def wrong_and_right(name: str, fault: str) -> tuple[Panel, Panel]:
    """Both panels of the picture of a fault."""
    exercise = SHIPPED[name]
    right = showing(exercise)
    wrong = showing(exercise, fault)
    return (
        Panel.wrong(exercise, wrong, exercise.fault(fault), right),
        Panel.right(exercise, right),
    )


@pytest.mark.parametrize("name", SHIPPED)
def test_every_exercise_has_a_small_picture_that_stands_alone(name: str) -> None:
    """It is told in words as well, and moves without a script or anything from elsewhere."""
    text = svg(SHIPPED[name])
    assert len(text.encode()) <= SMALL
    picture = ET.fromstring(text)
    assert picture.findtext(f"{SVG}title") == SHIPPED[name].title
    assert SHIPPED[name].summary in str(picture.findtext(f"{SVG}desc"))
    named = str(picture.get("aria-labelledby")).split()
    assert named == [each.get("id") for each in picture if each.get("id")]
    assert {each.tag.removeprefix(SVG) for each in picture.iter()} == {
        *("svg", "title", "desc", "style", "rect", "g", "path", "circle", "animate"),
        *(["text"] if picture.find(f".//{SVG}text") is not None else []),
    }
    assert not re.search(r"href|url\(|@import", text)
    assert "prefers-reduced-motion" in text
    assert "prefers-color-scheme" in text


@pytest.mark.parametrize("name", SHIPPED)
def test_it_is_seen_from_where_the_camera_should_stand(name: str) -> None:
    """A little off, so that what is behind shows, and never further than the exercise allows."""
    seen, camera = showing(SHIPPED[name]), SHIPPED[name].camera
    assert seen.movement.view == camera.view
    assert abs(seen.setting.camera.yaw) < camera.within


@pytest.mark.parametrize("name", SHIPPED)
def test_every_fault_has_a_picture(name: str) -> None:
    """Or the reason why it has none stands above."""
    missing = {fault.name for fault in SHIPPED[name].faults} - set(shown_faults(SHIPPED[name]))
    assert missing == {key.partition(".")[2] for key in NOT_SHOWN if key.startswith(f"{name}.")}


@pytest.mark.parametrize(("name", "fault"), FAULTS)
def test_what_is_wrong_is_marked_and_can_be_seen(name: str, fault: str) -> None:
    """A place that is as far astray as two fingers are wide, or a phase that is shorter."""
    wrong, right = wrong_and_right(name, fault)
    phase = spoilt_phase(SHIPPED[name].fault(fault))
    if phase is None:
        assert wrong.astray is not None
        assert wrong.astray.max() > 0.04
        return
    assert wrong.astray is None
    spoilt, good = (
        next(beat.end - beat.start for beat in panel.showing.beats if beat.phase == phase)
        for panel in (wrong, right)
    )
    assert spoilt < 0.72 * good


@pytest.mark.parametrize(
    ("name", "fault", "place"),
    [
        ("bridge", "hips_too_low", "left_hip"),
        ("bridge", "heels_lift", "left_heel"),
        ("bridge", "head_lifts", "left_ear"),
        ("squat", "trunk_folds", "right_shoulder"),
        ("standing_leg_raise", "standing_knee_bends", "right_knee"),
        ("dead_bug", "same_side_arm", "left_wrist"),
        ("bird_dog", "arm_low", "left_wrist"),
        ("plank", "hips_sag", "right_hip"),
        ("clamshell", "rolls_back", "left_hip"),
    ],
)
def test_a_fault_is_marked_where_a_person_would_point(name: str, fault: str, place: str) -> None:
    """On the side that works or is near, or on the other one if the rule says so."""
    wrong, _ = wrong_and_right(name, fault)
    assert wrong.place == place


@pytest.mark.parametrize("name", ["bridge", "march", "wall_sit", "side_plank"])
def test_a_browser_can_blend_from_moment_to_moment(name: str) -> None:
    """Paths of one course have the same commands, and the moments go from 0 to 1."""
    for fault in (None, SHIPPED[name].faults[0].name):
        for each in ET.fromstring(svg(SHIPPED[name], fault)).iter(f"{SVG}animate"):
            values = str(each.get("values")).split(";")
            times = [float(time) for time in str(each.get("keyTimes") or "0;1").split(";")]
            assert len(values) == len(times)
            assert times == sorted(times)
            assert times[0] == 0
            assert times[-1] == 1 or each.get("calcMode") == "discrete"
            if each.get("attributeName") == "d":
                drawn = {re.sub(r"-?\d+ ?", "#", value) for value in values}
                assert len(drawn) == 1


def test_what_stays_is_not_said_again() -> None:
    """In a bridge the feet and the head stay; so does everything during the hold."""
    picture = ET.fromstring(svg(SHIPPED["bridge"]))
    courses = picture.findall(f".//{SVG}path/{SVG}animate")
    assert 0 < len(courses) < len(picture.findall(f".//{SVG}g[@class='moving']/{SVG}path"))
    for each in courses:
        times = np.array(str(each.get("keyTimes")).split(";"), dtype=float)
        assert np.diff(times).max() * 8.2 > 2.5


def test_a_still_shows_the_moment_that_matters() -> None:
    """Without anything that moves, in both panels alike."""
    text = svg(SHIPPED["bridge"], "hips_too_low", moves=False)
    assert "<animate" not in text
    assert text.count('class="ring"') == 1
    assert 'class="still"' not in text


def test_who_loses_balance_has_no_chair_at_hand() -> None:
    """The cue is to use one, and who does it right has one."""
    wrong, right = wrong_and_right("standing_leg_raise", "balance_lost")
    assert len(wrong.things()) < len(right.things())
    wrong, right = wrong_and_right("standing_leg_raise", "trunk_leans")
    assert len(wrong.things()) == len(right.things())


def test_a_long_hold_is_shown_shorter_but_told_in_full() -> None:
    """Who looks at it need not wait, and is not told anything wrong."""
    exercise = SHIPPED["knee_to_chest"]
    assert exercise.hold.seconds > LONGEST_HOLD
    assert showing(exercise).beats[1].end - showing(exercise).beats[1].start == LONGEST_HOLD
    text = svg(exercise)
    assert ">hold 15 s<" in text
    assert "shortens the hold of 15 seconds" in text
    assert ">hold 6 s<" in svg(exercise, "hold_too_short")


def test_names_and_cues_are_text_whatever_they_hold() -> None:
    """A file of one's own cannot put anything into the picture."""
    markup = "<script>alert(1)</script>"
    bridge = SHIPPED["bridge"]
    fault = replace(bridge.fault("hips_sag"), cue=markup)
    own = replace(bridge, title=markup, summary=markup, faults=(fault,))
    picture = ET.fromstring(svg(own, "hips_sag"))
    assert picture.find(f".//{SVG}script") is None
    assert f"“{markup}”" in [each.text for each in picture.iter(f"{SVG}text")]


def test_a_fault_is_found_however_it_is_written() -> None:
    """As in the file, as in a report, and by its other names; else those there are are listed."""
    bridge = SHIPPED["bridge"]
    for written in ("hold_too_short", "Hold too short", "short hold"):
        assert find_fault(bridge, written) == "hold_too_short"
    with pytest.raises(
        ExerciseError, match=r"no mistake 'bad mood'.* hips too low, hold too short"
    ):
        svg(bridge, "bad_mood")


def test_an_exercise_that_the_figure_does_not_know_is_refused() -> None:
    """Its file does not say how it is done."""
    with pytest.raises(ExerciseError, match="no moving picture of My own"):
        svg(replace(SHIPPED["bridge"], name="mine", title="My own"))
