"""Plane geometry on points given as complex numbers: x to the right, y UP, any one unit.

Pure functions; a NaN in, a NaN out. Angles in degrees.
"""

from cmath import phase
from math import asin, degrees, hypot, nan, radians, sin

from formcheck.exercise import View

UNKNOWN = complex(nan, nan)


def joint_angle(a: complex, joint: complex, b: complex) -> float:
    """Angle at `joint` from `a` to `b`, -180..180; its size is 180 for a straight joint.

    Positive when turning from a to b is clockwise. `Unfolding` makes a joint angle of it.
    """
    return degrees(phase((a - joint) * (b - joint).conjugate()))


def direction(a: complex, b: complex) -> float:
    """Direction of the line from a to b: 0 to the right, 90 up, -180..180."""
    return degrees(phase(b - a))


def cross(u: complex, v: complex) -> float:
    """Twice the area between u and v; positive when v lies counter-clockwise of u."""
    return (u.conjugate() * v).imag


def along(u: complex, v: complex) -> float:
    """How far v goes in the direction of u, in lengths of u."""
    length = abs(u)
    return (u.conjugate() * v).real / (length * length) if length else nan


def offset(point: complex, a: complex, b: complex) -> float:
    """Distance of the point from the line through a and b; positive on its left side."""
    line = b - a
    length = abs(line)
    return cross(line, point - a) / length if length else nan


def degrees_off(view: View, turn: float, slant: float) -> float:
    """How many degrees the camera is off a view, where it sees a body turned and slanted so.

    The chest's direction is at right angles to both lines, so from the front sin² off = sin² turn
    + sin² slant. Straight opposite counts as that view: the plane of the movement is seen as well
    from there.

    Args:
        view: that the camera should have.
        turn: how far, in degrees, the line through the shoulders is turned out of the picture's
            plane, either way. NaN = unknown, and gives NaN.
        slant: the same of the line from the hips to the shoulders.
    """
    if view == "side":
        return 90.0 - abs(turn)
    return degrees(asin(min(1.0, hypot(sin(radians(turn)), sin(radians(slant))))))


class Unfolding:
    """Turns signed angles at a joint into a joint angle that runs on past 180.

    The size of an angle folds at 180, so that a hip bent backwards (190) would read as one bent
    forwards (170). Which way the joint bends is taken whenever it is clearly bent, unless it
    has come there by being overstretched little by little. Until then it is as expected.
    """

    CLEARLY_BENT = 150.0
    OVERSTRETCHED = 195.0
    FARTHEST = 220.0
    """No joint goes beyond: who turned round unseen bends the other way from here on."""
    STEP = 15.0
    """From one frame to the next a smoothed joint turns by less."""

    def __init__(self) -> None:
        self._sign = self._expected = 0.0
        self._last = nan

    def __call__(self, signed: float, expected: float = 0.0) -> float:
        """The joint angle, 0..360, for a signed angle -180..180.

        Args:
            signed: the angle.
            expected: the sign of one that is bent the usual way, if anything tells; or 0.
        """
        self._expected = expected or self._expected
        value = _unfolded(signed, self._sign or self._expected)
        is_usual = (self._sign or self._expected) * signed > 0
        if abs(signed) < self.CLEARLY_BENT and (is_usual or not self._goes_on(value)):
            self._sign = 1.0 if signed > 0 else -1.0
            value = _unfolded(signed, self._sign)
        self._last = value
        return value

    def _goes_on(self, value: float) -> bool:
        is_beyond = min(value, self._last) > self.OVERSTRETCHED and value < self.FARTHEST
        return is_beyond and abs(value - self._last) < self.STEP


def _unfolded(signed: float, sign: float) -> float:
    """The joint angle of a joint that bends this way; its plain size where that is 0."""
    if not sign:
        return abs(signed)
    value = sign * signed
    return value if not value < 0 else value + 360.0


class Unwrapping:
    """Makes a direction continuous where it jumps from 180 to -180."""

    def __init__(self) -> None:
        self._last = nan

    def __call__(self, angle: float) -> float:
        """The same direction, within 180 of the last one known."""
        if angle != angle:
            return angle
        if abs(self._last - angle) > 180.0:
            angle += 360.0 * round((self._last - angle) / 360.0)
        self._last = angle
        return angle
