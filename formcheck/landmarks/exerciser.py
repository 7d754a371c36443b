"""Who of several people is the one who exercises: the most prominent, then whoever stays there.

MediaPipe follows one body, and where two meet it may go over to the other, little by little. So it
is remembered where the one who exercises was. When the body that is followed has left that place,
it is looked whether somebody like them is still there.
"""

from dataclasses import dataclass
from math import inf, nan

import numpy as np

from formcheck.pose import INDEX, Pose
from formcheck.trust.easing import eased, gain

AWAY = 1.0
"""How far the trunk must be from its usual place, in torsos, to have left it. In a squat or in
getting up from a chair it moves by about as much."""
NEAR = 0.6
"""How far somebody may be from there to be the one who was there."""
LIKE = 1.4
"""How many times longer or shorter their torso may look."""
PATIENCE = 5.0
"""Seconds after which a new place is the usual one, if nobody is found at the old one."""
FIRST = 1.0
"""Seconds for which whoever has just been found is simply where they are seen: MediaPipe may begin
with a part of the body."""
SETTLING = 5.0
"""Time constant of the usual place and size, in seconds."""
MORE_PROMINENT = 1.2
"""How many times as prominent somebody else must be to be meant instead."""

_SHOULDERS = [INDEX["left_shoulder"], INDEX["right_shoulder"]]
_HIPS = [INDEX["left_hip"], INDEX["right_hip"]]


@dataclass(frozen=True, slots=True)
class Figure:
    """Where somebody is in the picture, and how large; lengths in image heights."""

    place: complex
    """The middle of the trunk."""
    torso: float


def figure_of(pose: Pose) -> Figure:
    """The place and size of who is found in a pose; somebody must be in it."""
    xy = pose.image[:, :2]
    shoulders, hips = xy[_SHOULDERS].mean(axis=0), xy[_HIPS].mean(axis=0)
    torso = float(np.hypot(*(shoulders - hips)))
    return Figure(complex(*(shoulders + hips) / 2), torso)


def is_meant_instead(other: Figure, one: Figure, aspect: float) -> bool:
    """Whether somebody else is clearly more prominent: larger, and nearer to the middle.

    Args:
        other: the somebody else.
        one: who was found first.
        aspect: the picture's width in image heights.
    """
    return _prominence(other, aspect) > MORE_PROMINENT * _prominence(one, aspect)


def _prominence(figure: Figure, aspect: float) -> float:
    return figure.torso * (1.0 - abs(figure.place.real / aspect - 0.5))


class Exerciser:
    """Remembers the usual place of the one who exercises, from pose to pose."""

    def __init__(self) -> None:
        self.usual: Figure | None = None
        """None while nobody was seen."""
        self._since = nan
        self._was_there = -inf

    def has_left(self, pose: Pose) -> bool:
        """Take in the next pose; whether who is found in it has left the usual place."""
        if not pose.is_present:
            return False
        now = figure_of(pose)
        if pose.time - self._was_there > PATIENCE:
            self._since = pose.time
        usual = self.usual
        if usual is None or pose.time - self._since < FIRST:
            self.usual = now
        elif abs(now.place - usual.place) > AWAY * usual.torso:
            return True
        else:
            share = gain(pose.time - self._was_there, SETTLING)
            place = eased(usual.place, now.place, share)
            self.usual = Figure(place, eased(usual.torso, now.torso, share))
        self._was_there = pose.time
        return False

    def is_like(self, pose: Pose) -> bool:
        """Whether who is found in this pose is at the usual place and as large as usual."""
        usual = self.usual
        if usual is None or not pose.is_present:
            return False
        now = figure_of(pose)
        is_near = abs(now.place - usual.place) <= NEAR * usual.torso
        return is_near and now.torso <= LIKE * usual.torso and usual.torso <= LIKE * now.torso
