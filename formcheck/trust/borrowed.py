"""Notices that the legs are suddenly somebody else's: their bones change length at once.

Where somebody passes in front, MediaPipe may keep the trunk of the one who exercises and take the
other's legs for theirs, for as long as these are in the way. It does not know: the visibility stays
high.
"""

from collections.abc import Sequence
from math import nan

from formcheck.trust.leg import Leg, PairOfLegs

JUMP, FASTEST = 0.2, 1.5
"""By how much thighs or shanks may look longer or shorter than they did, in torsos: by so much, and
so much more for each second in between. In recordings of people it was at most 0.13 within 0.05 s
and 0.21 within 0.09 s; where MediaPipe took another's legs, 0.3 to 0.4 within 0.04 s."""
STAYS = 2.0
"""Seconds for which legs that have changed so are not believed, unless they change back."""


class Borrowed:
    """Follows the legs of one body, in order of time."""

    def __init__(self) -> None:
        """Begin with none."""
        self._legs: PairOfLegs = (None, None)
        self._time = self._since = nan

    def update(self, time: float, legs: PairOfLegs, torso: float) -> bool:
        """Take in the legs; whether they are somebody else's. The torso is as they are."""
        if legs == (None, None):
            return False
        if self._have_jumped(legs, time, torso):
            return True
        self._legs, self._time, self._since = legs, time, nan
        return False

    def _have_jumped(self, legs: PairOfLegs, time: float, torso: float) -> bool:
        """Whether the middle of the legs that were seen, and are, has another length at once.

        One leg alone may be a guess behind the other.
        """
        both = [
            (now, before)
            for now, before in zip(legs, self._legs, strict=True)
            if now is not None and before is not None
        ]
        if not both:
            return False
        lengths = zip(*(_lengths(each) for each in zip(*both, strict=True)), strict=True)
        change = max([abs(now - before) for now, before in lengths])
        since = time if self._since != self._since else self._since
        room = JUMP + FASTEST * (since - self._time)
        has_jumped = change > room * torso and time - since < STAYS
        self._since = since if has_jumped else nan
        return has_jumped


def _lengths(legs: Sequence[Leg]) -> tuple[float, float]:
    """How long the thigh and the shank look in the middle of legs."""
    hip, knee, ankle = map(sum, zip(*legs, strict=True))
    return abs(knee - hip) / len(legs), abs(ankle - knee) / len(legs)
