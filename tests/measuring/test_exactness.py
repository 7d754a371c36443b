"""How far values may be off."""

from dataclasses import replace
from math import cos, nan, radians

import pytest

from formcheck.definition.loading import load_exercise
from formcheck.measuring.exactness import (
    blur,
    foreshortening,
    measuring_error,
    raised_limit,
    steepening,
)


def test_beyond_a_line_its_error_grows() -> None:
    """A foot over the trunk's line is off by what hip and shoulder are off, and more than once."""
    exercise = load_exercise("bird_dog")
    over = measuring_error(exercise, exercise.measure("leg_over"))
    assert over == pytest.approx(
        2.3 * measuring_error(exercise, exercise.measure("thigh")), rel=0.1
    )
    bridge = load_exercise("bridge")
    between = measuring_error(bridge, bridge.measure("hip_height"))
    assert between == measuring_error(bridge, replace(bridge.measure("hip_rise"), since_rest="no"))


def test_a_body_that_comes_forward_looks_to_come_less_far_from_beside() -> None:
    """By the cosine of how far the camera is off; no further than the view's own limit."""
    chair = load_exercise("sit_to_stand")
    forward = next(each.when for each in chair.hallmarks if each.when.name == "balance")
    views = (0.0, 45.0, chair.camera.within, 89.0)
    missed = [foreshortening(chair, forward, blur(off)) for off in views]
    assert missed[:2] == pytest.approx([0.0, forward.limit * (1 - cos(radians(45)))])
    assert missed[2] == missed[3] > missed[1]
    assert foreshortening(chair, forward, blur(nan)) == 0.0


@pytest.mark.parametrize(("off", "looks"), [(0.0, 45.0), (45.0, 54.74), (60.0, 63.43)])
def test_a_raised_leg_looks_steeper_from_beside(off: float, looks: float) -> None:
    """The floor is foreshortened, and the height is not."""
    assert 45.0 + steepening(45.0, blur(off)) == pytest.approx(looks, abs=0.01)


@pytest.mark.parametrize(
    ("name", "fault", "limit"),
    [
        ("side_lying_leg_raise", "lift_too_high", 55.0),
        ("side_lying_leg_raise", "knee_bends", 0.0),
        ("side_lying_leg_raise", "hold_too_short", 0.0),
        ("standing_leg_raise", "lift_too_high", 0.0),
    ],
)
def test_only_what_is_raised_from_the_floor_looks_steeper(
    name: str, fault: str, limit: float
) -> None:
    """From upright, a leg looks less far away instead."""
    exercise = load_exercise(name)
    assert raised_limit(exercise, exercise.fault(fault).first) == limit


@pytest.mark.parametrize(("name", "measure"), [("lunge", "step"), ("sit_to_stand", "hip_rise")])
def test_the_distance_of_two_feet_and_heights_need_not_look_less(name: str, measure: str) -> None:
    """Feet that stand apart look further from each other there, and a height is a height."""
    exercise = load_exercise(name)
    condition = replace(exercise.hallmarks[0].when, name=measure, above=0.5, below=None)
    assert foreshortening(exercise, condition, blur(45.0)) == 0.0


@pytest.mark.parametrize(("off", "times"), [(0.0, 1.0), (60.0, 2.0), (85.0, 2.0), (nan, 1.0)])
def test_from_beside_the_view_a_measure_may_be_further_off(off: float, times: float) -> None:
    """By what foreshortening makes of it, up to twice."""
    assert blur(off) == pytest.approx(times)
