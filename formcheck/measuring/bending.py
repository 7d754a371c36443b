"""How far a limb of two parts is bent, told by how near its ends are to each other.

The angle in the picture is wrong where the limb leaves the picture's plane: elbows that flare,
knees that come towards the camera. It is also wrong where MediaPipe puts the middle joint too far
in, as in deep knees. How near the ends are tells it all the same, once the limb's length is known.
Of a limb that is nearly straight it tells little: the last 30 degrees bring the ends apart by no
more than 3 %. But straight looks straight from everywhere: there the angle in the picture counts.
"""

from math import asin, degrees, nan

from formcheck.measuring.geometry import joint_angle
from formcheck.measuring.tracker import Body
from formcheck.trust.easing import eased, gain

GROWING = 0.5
"""Time constant, in seconds, of taking a limb for longer than was known: noise is over sooner."""
NEARER = 1.2
"""By how many times somebody must look larger, or smaller, to have come nearer or gone away. In a
movement on the spot the torso's size is seen to change by up to 1.14 times (rendered people)."""
CLEARLY_BENT, NEARLY_STRAIGHT = 130.0, 165.0
"""Degrees below which only the ends are gone by, and above which only the angle in the picture."""


class Bending:
    """Follows one limb; knows how long its two parts have looked together at the longest.

    Both parts are taken as equally long. Nobody need have been straight: bent, too, they show their
    length when they lie in the picture's plane. Until then the number is the angle in the picture.
    """

    def __init__(self, end: int, joint: int, other_end: int) -> None:
        """Take the places of the landmarks in `Body.points`."""
        self._end, self._joint, self._other_end = end, joint, other_end
        self._longest = self._torso = self._time = nan
        self._was = nan
        """The longest when the torso had the size that is known."""

    def __call__(self, body: Body) -> float:
        """Degrees at the joint: 180 straight, 90 a right angle, never more than 180."""
        end, joint = body.points[self._end], body.points[self._joint]
        other_end = body.points[self._other_end]
        length = abs(end - joint) + abs(joint - other_end)
        if body.is_new:
            self._longest = self._torso = nan
        if length == length:
            self._follow(body, length)
        share = abs(end - other_end) / (self._longest or nan)
        if share != share:
            return nan
        bent = 2.0 * degrees(asin(min(1.0, share)))
        angle = abs(joint_angle(end, joint, other_end))
        straightness = (bent - CLEARLY_BENT) / (NEARLY_STRAIGHT - CLEARLY_BENT)
        if angle != angle or straightness <= 0:
            return bent
        return bent + min(1.0, straightness) * (angle - bent)

    def _follow(self, body: Body, length: float) -> None:
        """Bring the known length up to date: when it looks longer, as of who comes nearer, too."""
        size = body.torso / (self._torso or nan)
        if not 1 / NEARER < size < NEARER:
            # Of who comes nearer, the limb may have looked longer before the torso did.
            shrunk, grown = self._longest * size, max(self._longest, self._was * size)
            self._longest = self._was = shrunk if size < 1 else grown
            self._torso = body.torso
        if self._longest != self._longest:
            self._longest = self._was = length
        elif length > self._longest:
            share = gain(body.time - self._time, GROWING)
            self._longest = eased(self._longest, length, share)
        self._time = body.time
