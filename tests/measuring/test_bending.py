"""How far a limb is bent, by how near its ends are to each other: from wherever it is seen."""

from cmath import rect
from collections.abc import Iterable
from math import cos, isnan, nan, radians

import pytest

from formcheck.measuring.bending import Bending
from formcheck.measuring.tracker import Body

STEP = 0.04


def _leg(angle: float, size: float = 1.0, yaw: float = 0.0) -> list[complex]:
    """Hip, knee and ankle of a leg of two equal parts, each 0.4 long, hip over ankle.

    The knee points to the side of the picture, or by `yaw` degrees out of it.
    """
    half = rect(0.4 * size, radians(angle / 2))
    return [half.imag * 1j, complex(half.real * cos(radians(yaw))), -half.imag * 1j]


def _body(time: float, points: list[complex], size: float = 1.0) -> Body:
    return Body(time, points, [1.0] * len(points), 0.5 * size, 1.0, nan, 1.0, 0.0, 0.0)


def _read(bending: Bending, legs: Iterable[list[complex]], start: float = 0.0) -> list[float]:
    return [bending(_body(start + STEP * i, leg)) for i, leg in enumerate(legs)]


@pytest.mark.parametrize("yaw", [0.0, 45.0, 90.0])
def test_a_knee_that_comes_out_of_the_picture_is_bent_as_far(yaw: float) -> None:
    """Who has stood is measured from the front as from the side."""
    angles = [178.0] * 50 + [178.0 - 2 * i for i in range(50)]
    values = _read(Bending(0, 1, 2), (_leg(angle, yaw=yaw) for angle in angles))
    assert values[-1] == pytest.approx(80.0, abs=1.0)
    assert values[49] == pytest.approx(178.0, abs=3.0)


def test_nobody_need_have_been_straight() -> None:
    """A bent limb in the picture's plane shows how long it is."""
    values = _read(Bending(0, 1, 2), (_leg(angle) for angle in [140.0] * 20 + [90.0] * 20))
    assert values[0] == pytest.approx(140.0, abs=0.5)
    assert values[-1] == pytest.approx(90.0, abs=0.5)


def test_one_frame_of_noise_is_not_the_limb_s_length() -> None:
    """A landmark that jumps by a tenth of the leg moves the angle afterwards by little."""
    legs = [_leg(100.0)] * 20 + [_leg(100.0, size=1.1)] + [_leg(100.0)] * 20
    assert _read(Bending(0, 1, 2), legs)[-1] == pytest.approx(100.0, abs=1.5)


@pytest.mark.parametrize("size", [0.5, 2.0])
def test_who_goes_away_or_comes_nearer_is_measured_as_before(size: float) -> None:
    """The known length follows the person's size."""
    bending = Bending(0, 1, 2)
    _read(bending, [_leg(175.0)] * 30)
    assert bending(_body(2.0, _leg(100.0, size), size)) == pytest.approx(100.0, abs=1.0)


def test_what_is_not_seen_is_unknown() -> None:
    """Without an end there is no number; the joint alone may be hidden once the length is known."""
    bending = Bending(0, 1, 2)
    hip, knee, ankle = _leg(120.0)
    hidden = complex(nan, nan)
    assert isnan(bending(_body(0.0, [hip, hidden, ankle])))
    assert bending(_body(0.1, [hip, knee, ankle])) == pytest.approx(120.0)
    assert bending(_body(0.2, [hip, hidden, ankle])) == pytest.approx(120.0)
    assert isnan(bending(_body(0.3, [hip, knee, hidden])))
