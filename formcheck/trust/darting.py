"""Notices that a leg darts away, farther at once than anybody's can: it was mistaken for another.

Where somebody passes close in front, MediaPipe may lay a leg on theirs in one picture and on
something else in the next, for as long as they hide it. The bones may look as long as before.
"""

from math import inf

from formcheck.trust.leg import SIDES, Leg, PairOfLegs

DART, FASTEST = 0.13, 7.0
"""How far knee or ankle may go, in torsos: so far, which is twice the error of a landmark, and so
much more for each second. In rendered clips of 20 exercises, true knees and ankles made up to 7
torsos a second, in quick marching and in lunges; MediaPipe's made 10 to 25 where somebody passed
close to the camera. Whoever swings a leg up in 0.3 s may be hidden."""
CALM = 0.2
"""Seconds without another dart after which a leg is believed again."""


class Darting:
    """Follows both legs of one body, in order of time."""

    def __init__(self) -> None:
        """Begin with none."""
        self._before: list[tuple[float, Leg] | None] = [None, None]
        """When each leg was seen last, and where."""
        self._darted = [-inf, -inf]

    def update(self, time: float, legs: PairOfLegs, torso: float) -> list[int]:
        """Take in the legs; the sides of those that just darted. The torso is in their unit."""
        for side in SIDES:
            leg, before = legs[side], self._before[side]
            if leg is None or (before is not None and before[1] == leg):
                continue  # a camera in the dark gives each picture several times
            if before is not None and _is_dart(before[1], leg, time - before[0], torso):
                self._darted[side] = time
            self._before[side] = time, leg
        return [side for side in SIDES if time - self._darted[side] < CALM]


def _is_dart(before: Leg, now: Leg, seconds: float, torso: float) -> bool:
    """Whether knee or ankle have gone farther than they can."""
    far = max(abs(now[1] - before[1]), abs(now[2] - before[2]))
    return far > (DART + FASTEST * seconds) * torso
