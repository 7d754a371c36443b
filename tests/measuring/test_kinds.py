"""Every kind of measure, on a body whose numbers are known."""

from dataclasses import replace
from math import isnan, nan

import pytest

from formcheck.definition.loading import load_exercise
from formcheck.exercise import Camera as Placed
from formcheck.exercise import Exercise, HoldRule, Measure, RepRule
from formcheck.figure.movement import Flaw
from formcheck.figure.movements import bridge, side_lying_leg_raise
from formcheck.figure.viewpoint import Viewpoint
from formcheck.measuring.kinds import KINDS
from formcheck.measuring.reader import MeasureReader, Reading, landmarks_of
from formcheck.measuring.tracker import POINTS, Body, BodyTracker


def _body(
    torso: float = 0.5,
    facing: float = 1.0,
    heading: float = 1.0,
    forward: float = 1.0,
    **points: complex,
) -> Body:
    """A body of which only the given points are seen."""
    places = [points.get(name, complex(nan, nan)) for name in POINTS]
    visibility = [1.0 if name in points else 0.0 for name in POINTS]
    return Body(0.0, places, visibility, torso, heading, forward, facing, turn=30.0, slant=40.0)


def _exercise(*measures: Measure) -> Exercise:
    """An exercise of which only the measures matter."""
    return Exercise(
        "test",
        "Test",
        "",
        Placed("side", ""),
        "both",
        1,
        measures,
        (),
        RepRule(measures[0].name, "up", 1, 2),
        HoldRule(1, 1, 1),
        (),
    )


def _value(measure: Measure, body: Body, side: str | None = "left") -> float:
    reader = MeasureReader(_exercise(measure), side)  # type: ignore[arg-type]
    return reader.compared(reader.read(body), reader.unknown)[0]


LEG = {"left_hip": 0 + 0j, "left_knee": 0 - 0.4j, "left_ankle": 0.4 - 0.4j}


@pytest.mark.parametrize(
    ("kind", "landmarks", "points", "expected"),
    [
        ("angle", ("hip", "knee", "ankle"), LEG, 90.0),
        ("bend", ("hip", "knee", "ankle"), LEG, 90.0),
        ("tilt", ("hip", "ankle"), {"left_hip": 0j, "left_ankle": 0.3j}, 90.0),
        ("swing", ("hip", "ankle"), {"left_hip": 0j, "left_ankle": -1j}, -90.0),
        ("rise", ("ankle",), LEG, -0.8),
        ("rise", ("hip", "ankle"), LEG, 0.8),
        ("rise", ("knee", "hip", "ankle"), LEG, -0.4 * 2**0.5),
        ("lean", ("hip", "shoulder"), {"left_hip": 0j, "left_shoulder": 0.3 + 0.3j}, 45.0),
        ("ahead", ("knee", "ankle"), {"left_knee": 0.3 + 0.4j, "left_ankle": 0.1 + 0j}, 0.4),
        ("offset", ("ankle", "hip", "knee"), LEG, 0.8),
        ("distance", ("knee", "ankle"), LEG, 0.8),
        ("along", ("knee", "hip", "left_heel"), LEG | {"left_heel": -0.8j}, 0.5),
        ("sideways", ("ankle",), LEG, 0.8),
        ("turn", (), {}, 30.0),
        ("chest", (), {}, 54.5237),
    ],
)
def test_a_kind_measures_what_it_says(
    kind: str, landmarks: tuple[str, ...], points: dict[str, complex], expected: float
) -> None:
    """Angles in degrees, lengths in torsos of half an image height."""
    measure = Measure("m", kind, landmarks)  # type: ignore[arg-type]
    assert _value(measure, _body(**points)) == pytest.approx(expected, rel=1e-5)


def test_every_kind_is_tried_above() -> None:
    """A new kind needs a row there."""
    marks = test_a_kind_measures_what_it_says.pytestmark  # type: ignore[attr-defined]
    assert {row[0] for row in marks[0].args[1]} == set(KINDS)


@pytest.mark.parametrize("kind", ["swing", "offset", "sideways", "turn"])
def test_outwards_is_the_same_on_both_sides_and_from_behind(kind: str) -> None:
    """Right is left turned round; so is the back turned towards the camera."""
    landmarks = {"swing": ("hip", "ankle"), "offset": ("ankle", "hip", "knee"), "turn": ()}
    measure = Measure("m", kind, landmarks.get(kind, ("ankle",)))  # type: ignore[arg-type]
    both = LEG | {name.replace("left", "right"): point for name, point in LEG.items()}
    value = _value(measure, _body(**both))
    assert _value(measure, _body(**both), "right") == pytest.approx(-value)
    assert _value(measure, _body(**both, facing=-1.0)) == pytest.approx(-value)


def test_a_direction_is_told_by_where_the_head_lies() -> None:
    """Someone lying with the head to the left tilts as someone with the head to the right."""
    trunk = Measure("m", "tilt", ("hip", "shoulder"))
    right = _body(left_hip=0j, left_shoulder=0.4 + 0.3j)
    left = _body(left_hip=0j, left_shoulder=-0.4 + 0.3j, heading=-1.0)
    assert _value(trunk, right) == pytest.approx(_value(trunk, left))


def test_hips_bend_to_the_front() -> None:
    """So even those that are hardly bent show whether they are overstretched."""
    hip = Measure("m", "angle", ("shoulder", "hip", "knee"))
    body = _body(left_hip=0j, left_shoulder=-0.5 + 0j, left_knee=0.5 + 0.1j)
    folded = _value(hip, body)
    assert folded < 180
    assert _value(hip, replace(body, front=1.0)) == pytest.approx(folded)
    assert _value(hip, replace(body, front=-1.0)) == pytest.approx(360 - folded)


def test_forwards_is_where_the_person_faces() -> None:
    """Someone who faces left leans and reaches as someone who faces right."""
    trunk = Measure("m", "lean", ("hip", "shoulder"))
    reach = Measure("m", "ahead", ("shoulder", "hip"))
    for measure in (trunk, reach):
        right = _body(left_hip=0j, left_shoulder=0.2 + 0.4j)
        left = _body(left_hip=0j, left_shoulder=-0.2 + 0.4j, forward=-1.0)
        away = _body(left_hip=0j, left_shoulder=0.2 + 0.4j, forward=-1.0)
        assert _value(measure, right) == pytest.approx(_value(measure, left))
        assert _value(measure, right) == pytest.approx(-_value(measure, away))
        assert isnan(_value(measure, _body(left_hip=0j, left_shoulder=0.4j, forward=nan)))


def test_above_a_line_is_above_it_whichever_way_it_runs() -> None:
    """The height over a line does not depend on which of its ends is named first."""
    points = {"left_shoulder": 0j, "left_ankle": 0.8 + 0.1j, "left_hip": 0.4 + 0.3j}
    for ends in (("shoulder", "ankle"), ("ankle", "shoulder")):
        assert _value(Measure("m", "rise", ("hip", *ends)), _body(**points)) > 0


def test_a_hidden_side_does_not_count() -> None:
    """Averaged are the sides that are seen, each as well as it is seen."""
    knee = Measure("m", "angle", ("hip", "knee", "ankle"))
    straight = {"right_hip": 0j, "right_knee": -0.4j, "right_ankle": -0.8j}
    assert _value(knee, _body(**LEG), None) == pytest.approx(90)
    assert _value(knee, _body(**LEG, **straight), None) == pytest.approx(135)
    assert isnan(_value(knee, _body(left_hip=0j), None))


def test_a_change_of_weight_between_the_sides_is_no_movement() -> None:
    """Each side is compared with its own rest: a far heel coming into sight does not rise."""
    heel = Measure("m", "rise", ("heel",), since_rest="change")
    reader = MeasureReader(_exercise(heel), None)
    body = _body(left_heel=-0.9j, right_heel=-0.7j)
    rest = reader.read(body).values
    body.visibility[POINTS["left_heel"]] = 0.6
    assert reader.compared(reader.read(body), rest)[0] == pytest.approx(0.0)


def test_a_change_of_the_torso_is_no_movement() -> None:
    """Lengths are divided by the torso only after the comparison with rest."""
    heel = Measure("m", "rise", ("heel",), since_rest="change")
    reader = MeasureReader(_exercise(heel), "left")
    rest = reader.read(_body(left_heel=-0.9j, torso=0.5)).values
    later = reader.read(_body(left_heel=-0.9j, torso=0.6))
    assert reader.compared(later, rest)[0] == 0.0


def test_how_a_value_is_compared() -> None:
    """As a change, as a ratio, counted from a place, without its sign."""
    reading = Reading([3.0], [1.0], torso=1.0)
    for expected, options in (
        (-2.0, {"since_rest": "change"}),
        (0.6, {"since_rest": "ratio"}),
        (2.0, {"minus": 1.0}),
        (2.0, {"since_rest": "change", "unsigned": True}),
    ):
        measure = Measure("m", "rise", ("heel",), **options)  # type: ignore[arg-type]
        reader = MeasureReader(_exercise(measure), "left")
        assert reader.compared(reading, [5.0])[0] == pytest.approx(expected)


def test_without_rest_there_is_nothing_to_compare_with() -> None:
    """Then the value is unknown, not zero."""
    measure = Measure("m", "rise", ("heel",), since_rest="change")
    assert isnan(_value(measure, _body(left_heel=0j)))


def test_a_sum_adds_its_measures() -> None:
    """Each times its factor; unknown if one of them is."""
    a, b = Measure("a", "rise", ("heel",)), Measure("b", "rise", ("ankle",))
    total = Measure("t", "sum", terms=(("a", 1.0), ("b", -2.0)))
    reader = MeasureReader(_exercise(a, b, total), "left")
    seen = reader.read(_body(left_heel=0.5j, left_ankle=0.25j))
    assert reader.compared(seen, reader.unknown)[2] == pytest.approx(0.0)
    half = reader.read(_body(left_heel=0.5j))
    assert isnan(reader.compared(half, reader.unknown)[2])


def test_a_mean_is_of_what_is_seen() -> None:
    """So an arm or a leg behind the body does no harm; unknown only if nothing is seen."""
    a, b = Measure("a", "rise", ("heel",)), Measure("b", "rise", ("ankle",))
    mean = Measure("m", "mean", terms=(("a", 1.0), ("b", 1.0)))
    reader = MeasureReader(_exercise(a, b, mean), "left")
    for points, expected in (
        ({"left_heel": 0.5j, "left_ankle": 0.25j}, 0.75),
        ({"left_heel": 0.5j}, 1.0),
        ({"left_ankle": 0.25j}, 0.5),
    ):
        seen = reader.read(_body(**points))
        assert reader.compared(seen, reader.unknown)[2] == pytest.approx(expected)
    assert isnan(reader.compared(reader.read(_body()), reader.unknown)[2])


def test_names_mean_the_side_that_is_watched() -> None:
    """`hip` is its own, `other_hip` the other's, a full name itself."""
    measure = Measure("m", "angle", ("hip", "other_knee", "mid_hip"))
    assert landmarks_of(measure, "right") == ("right_hip", "left_knee", "mid_hip")


def _of_figure(name: str, measure: str, script: object, side: str | None, when: float) -> float:
    tracker, reader = BodyTracker(), MeasureReader(load_exercise(name), side)  # type: ignore[arg-type]
    for pose in script.poses():  # type: ignore[attr-defined]
        body = tracker.update(pose)
        values = reader.compared(reader.read(body), reader.unknown)
        if body.time >= when:
            break
    return values[reader.names.index(measure)]


@pytest.mark.parametrize("top", [150.0, 176.0, 198.0])
def test_the_figure_s_hip_is_read_exactly(top: float) -> None:
    """The bridge's hip angle is what the figure shows, also past straight."""
    script = bridge(1, faults={"hips_too_low": Flaw(amount=top)})
    middle = (script.truth[0].top_start + script.truth[0].top_end) / 2
    assert _of_figure("bridge", "hip_angle", script, None, middle) == pytest.approx(top, abs=0.1)


@pytest.mark.parametrize("side", ["left", "right"])
def test_a_leg_raised_to_its_side_swings_outwards(side: str) -> None:
    """By as much as it is raised, on either side."""
    script = side_lying_leg_raise(1, side=side, top=35, lying=-9)  # type: ignore[arg-type]
    rest = _of_figure("side_lying_leg_raise", "leg_direction", script, side, 0.5)
    middle = (script.truth[0].top_start + script.truth[0].top_end) / 2
    top = _of_figure("side_lying_leg_raise", "leg_direction", script, side, middle)
    assert top - rest == pytest.approx(44, abs=0.5)


def test_angles_hold_in_any_shape_of_picture() -> None:
    """Portrait or landscape: points are in one unit."""
    script = bridge(1)
    for size in ((1280, 720), (720, 1280), (640, 480)):
        pose = script.poses(camera=Viewpoint(size=size, distance=4))[0]
        tracker, reader = BodyTracker(), MeasureReader(load_exercise("bridge"), None)
        values = reader.compared(reader.read(tracker.update(pose)), reader.unknown)
        assert values[0] == pytest.approx(90 + 75 / 2, abs=0.5)
