"""How far values may be off."""

from dataclasses import replace

import pytest

from formcheck.definition.loading import load_exercise
from formcheck.measuring.exactness import measuring_error


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
