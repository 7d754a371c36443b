"""Notices that the legs have changed places, and changes them back: MediaPipe mixed them up.

Seen from the side, it may take the left leg for the right one in the next picture, and back
again a moment later. Legs can't do that: each knee and foot would jump to where the other was.
Where it cannot decide, it sees both legs somewhere between the two, and neither is believed.
"""

from dataclasses import replace
from math import nan

import numpy as np

from formcheck.pose import LANDMARKS, SWAPPED, Pose
from formcheck.trust.easing import eased, gain
from formcheck.trust.leg import BELOW_HIPS, legs_of, without_legs

HIPS_NEARER = 0.15
"""By how much the hips may be nearer to where the other's were, in torsos: those of somebody seen
from the side are close together."""
CLEARLY = 3.0
"""How many times nearer to one order than to the other legs must be, not to be in between."""
SURELY = 2.0
"""How many times nearer to the other order they must be to have changed places, where legs cannot
have moved so far: those that have only just parted are near to both. Legs that may have are left as
they are, as they may cross. But to leave off changing them back it is enough that they were not
believed just before and are `CLEARLY` nearer to how MediaPipe sees them."""
FOLLOWED = 0.3
"""Visibility from which legs are followed, though they are believed only if they are seen better.
In lunges from the side the far leg was seen no better for 0.3 s, while the other one stepped away
from it, and was within 0.2 torsos of its place."""
NEXT = 0.15
"""Seconds between two sights of the legs, at most, to compare them: hidden ones may cross."""
JUMP, FASTEST = 0.1, 6.0
"""How far each leg may have moved from the other, in torsos: so far, and so much more for each
second in between. When somebody swung a leg up quickly it was 0.23 within 0.042 s; a runner's legs
cross with 5 a second. Legs that MediaPipe mixed up in a lunge jumped by 1.3. Legs that are so close
that they may have crossed since are believed as they are."""
BETWEEN = 1.3
"""How many times as far as from one to the other the way by the legs' places may be, for them to be
between where they were and where the other's were."""
DOUBTED = 0.5
"""Seconds for which legs that are between are not believed."""
FOLLOWING = 0.02
"""Time constant of how the legs are believed to be, in seconds: a picture that mixes them a
little must not lead astray."""
TOGETHER, LASTING = 0.25, 0.2
"""Average distance of the legs, in torsos, up to which they are side by side, and seconds for which
they must be. From there on they are followed: what is called left when they part is left. Legs side
by side on the floor look up to 0.25 apart from an oblique place."""
FAR = 1.0
"""Average distance of the legs, in torsos, from which they are followed for long."""
STAYS, FAR_STAYS, UNPARTED = 2.0, 10.0, 0.5
"""Seconds after which another order is believed: of legs that were seen to part, of those that are
far apart, too, and of legs that were apart when they were first seen. These may have been mixed up
then, so of them it is also believed once it has lasted for as long as the one before."""
LegsApart = tuple[complex, complex, complex]
"""From the right hip, knee and ankle to the left one, in image heights."""
_UNKNOWN: LegsApart = (complex(nan, nan),) * 3
_OTHER_LEG = np.arange(len(LANDMARKS))
_OTHER_LEG[BELOW_HIPS] = SWAPPED[BELOW_HIPS]
"""For each landmark which to take where the legs have changed places."""


class Swaps:
    """Follows the legs of one body, in order of time."""

    def __init__(self) -> None:
        """Begin with none."""
        self._latest = nan
        """When legs were seen last, be they believed or not."""
        self._begin_anew(nan)

    def _begin_anew(self, time: float) -> None:
        """Take each leg for what MediaPipe takes it for."""
        self._apart, self._time = _UNKNOWN, nan
        """How they are believed to be, and when they were believed last."""
        self._apart_at = time
        """When they were last apart."""
        self._since, self._have_parted = time, False
        """Since when each leg was where it belongs, and whether they were together then."""
        self._until = nan
        """Until when to change them back; NaN while they are where they belong."""

    def set_right(self, pose: Pose, torso: float) -> Pose:
        """The pose, each leg on its own side or unseen; the torso is in image heights."""
        since, was_doubted = pose.time - self._time, self._time < self._latest
        is_late = since > DOUBTED or pose.time > self._until
        if is_late or not pose.time - self._latest < NEXT:
            self._begin_anew(pose.time)
        if self._is_changing_back:
            pose = _swapped(pose)
        apart = _apart(pose)
        if apart is None:
            return pose
        self._latest = pose.time
        furthest = (JUMP + FASTEST * since) * torso
        has_jumped = _way(self._apart, apart) > furthest
        may_be_other = has_jumped or (was_doubted and self._is_changing_back)
        if may_be_other and self._is_other_order(apart, SURELY if has_jumped else CLEARLY, torso):
            self._change_places(pose.time, torso)
            pose, apart = _swapped(pose), _exchanged(apart)
        if (was_doubted or has_jumped) and self._is_between(apart):
            return without_legs(pose)
        if not _way(self._apart, apart) > furthest:
            self._believe(apart, pose.time, torso)
        return pose

    @property
    def _is_changing_back(self) -> bool:
        """Whether the legs are not where they belong in what MediaPipe sees."""
        return self._until == self._until

    def _is_other_order(self, apart: LegsApart, nearer: float, torso: float) -> bool:
        """Whether the legs are so many times nearer to where the others were, but the hips not."""
        other_way = _way(self._apart, _exchanged(apart))
        return nearer * other_way < _way(self._apart, apart) and self._hips_stay(apart, torso)

    def _is_between(self, apart: LegsApart) -> bool:
        """Whether the legs are between where they were and where the others were."""
        way, other_way = _way(self._apart, apart), _way(self._apart, _exchanged(apart))
        is_near = CLEARLY * way <= other_way
        return not (is_near or way + other_way >= BETWEEN * _distance(self._apart))

    def _hips_stay(self, apart: LegsApart, torso: float) -> bool:
        """Whether each hip is where it was, and not where the other one was."""
        now, before = apart[0], self._apart[0]
        return abs(now - before) <= abs(now + before) + HIPS_NEARER * torso

    def _change_places(self, time: float, torso: float) -> None:
        """Change the legs back from now on, or leave them again as they are."""
        if self._is_changing_back:
            self._until = nan
            return
        stays = FAR_STAYS if _distance(self._apart) > FAR * torso else STAYS
        self._until = time + (stays if self._have_parted else min(UNPARTED, time - self._since))

    def _believe(self, apart: LegsApart, time: float, torso: float) -> None:
        """Take the legs to be so now."""
        if _distance(apart) > TOGETHER * torso:
            self._apart_at = time
        elif time - self._apart_at >= LASTING:
            self._since, self._have_parted, self._until = time, True, nan
        (hips, knees, ankles), share = self._apart, gain(time - self._time, FOLLOWING)
        self._apart = (
            eased(hips, apart[0], share),
            eased(knees, apart[1], share),
            eased(ankles, apart[2], share),
        )
        self._time = time


def _apart(pose: Pose) -> LegsApart | None:
    """How the legs are apart; none unless all their joints are seen."""
    left, right = legs_of(pose, FOLLOWED)
    if left is None or right is None:
        return None
    return left[0] - right[0], left[1] - right[1], left[2] - right[2]


def _exchanged(apart: LegsApart) -> LegsApart:
    """The same with the legs below the hips exchanged."""
    hips, knees, ankles = apart
    return hips, -knees, -ankles


def _way(before: LegsApart, now: LegsApart) -> float:
    """How far each leg has moved, on average: half of what has changed. NaN = unknown."""
    return _distance((now[0] - before[0], now[1] - before[1], now[2] - before[2])) / 2


def _distance(apart: LegsApart) -> float:
    """How far the knees and ankles are from those of the other leg, on average."""
    return (abs(apart[1]) + abs(apart[2])) / 2


def _swapped(pose: Pose) -> Pose:
    """The pose with the legs below the hips exchanged."""
    return replace(
        pose,
        image=pose.image[_OTHER_LEG],
        world=pose.world[_OTHER_LEG],
        visibility=pose.visibility[_OTHER_LEG],
    )
