"""Notices that the legs are suddenly somebody else's: their bones change length at once.

Where somebody passes in front, MediaPipe may keep the trunk of the one who exercises and take the
other's legs for theirs, for as long as these are in the way. It does not know: the visibility stays
high.
"""

from collections.abc import Sequence
from math import nan

from formcheck.trust.easing import eased, gain
from formcheck.trust.leg import Leg, Lengths, PairOfLegs, lengths_of

JUMP, FASTEST = 0.2, 1.5
"""By how much thighs or shanks may look longer or shorter than they did, in torsos: by so much, and
so much more for each second in between. In recordings of people it was at most 0.13 within 0.05 s
and 0.21 within 0.09 s; where MediaPipe took another's legs, 0.3 to 0.4 within 0.04 s."""
STAYS = 2.0
"""Seconds for which legs that have changed so are not believed, unless they change back."""
USUAL = 5.0
"""Time constant of how long they usually look, in seconds: who passes is there for less, and then
legs that look so are back, whatever was taken for them last."""


class Borrowed:
    """Follows the legs of one body, in order of time."""

    def __init__(self) -> None:
        """Begin with none."""
        self._legs: PairOfLegs = (None, None)
        self._time = self._since = nan
        self._usual: Lengths = (nan, nan)

    def update(self, time: float, legs: PairOfLegs, torso: float) -> bool:
        """Take in the legs; whether they are somebody else's. The torso is in their unit."""
        seen = [leg for leg in legs if leg is not None]
        if not seen:
            return False
        lengths = _lengths(seen)
        if self._have_jumped(legs, time, torso) and not self._are_usual(lengths, torso):
            return True
        (thigh, shank), share = self._usual, gain(time - self._time, USUAL)
        self._usual = eased(thigh, lengths[0], share), eased(shank, lengths[1], share)
        self._legs, self._time, self._since = legs, time, nan
        return False

    def _are_usual(self, lengths: Lengths, torso: float) -> bool:
        """Whether they look as long as they usually do."""
        thigh, shank = (abs(now - usual) for now, usual in zip(lengths, self._usual, strict=True))
        return max(thigh, shank) <= JUMP * torso

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


def _lengths(legs: Sequence[Leg]) -> Lengths:
    """How long the thigh and the shank look in the middle of legs."""
    hip, knee, ankle = (sum(joints) / len(legs) for joints in zip(*legs, strict=True))
    return lengths_of((hip, knee, ankle))
