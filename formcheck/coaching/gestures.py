"""The sign that somebody gives from the mat: one arm held straight up and kept still.

No exercise has one arm straight up, the other one down and both feet on the floor for as long. Both
arms up would not do: some people lie so in a bridge, everybody in a dead bug.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from formcheck.exercise import Side
from formcheck.pose import INDEX, LANDMARKS, SEEN, Array, Pose

Meaning = Literal["pause", "hurts"]

HELD: dict[Meaning, float] = {"pause": 2.0, "hurts": 5.0}
"""Seconds that the arm is held up until it means so, one after the other."""
AGAIN = 0.7
"""Seconds without a sign before the next one."""
FLICKER = 0.3
"""Seconds for which a sign may be lost and still go on."""
STRAIGHT = 145.0
"""Degrees of the elbow from which on an arm is straight."""
UPRIGHT = 25.0
"""Degrees that a raised arm may lean."""
LONG = 0.6
"""The arm's length in torsos, at least: a shorter one points at the camera."""
ABOVE = 0.12
"""By how much of the arm's length the wrist is above all else of the body, at least."""
STILL = 0.25
"""By how much of the arm's length the wrist may wander meanwhile."""
LOW = 0.6
"""How far above its shoulder an arm that is down may reach, in torsos."""
PROPPED = 0.4
"""How far below its shoulder the elbow of somebody who lies may be, in torsos: deeper, it holds the
body up."""
FEET = 0.3
"""How far above the hips the ankles of somebody who lies may be, in torsos."""
LYING = 45.0
"""Degrees from the horizontal up to which a torso lies."""

ARMS = ("shoulder", "elbow", "wrist", "pinky", "index", "thumb")
"""What belongs to an arm."""


@dataclass(frozen=True, slots=True)
class Gesture:
    """The sign as it is being given."""

    meaning: Meaning
    """What it means next."""
    share: float
    """Of the time until it means that: 1 when it does, once."""


@dataclass(frozen=True, slots=True, eq=False)
class RaisedHand:
    """The hand of an arm that is held up."""

    place: Array
    """(2,) in image heights."""
    arm: float
    """The length of the arm, in image heights."""


class Gestures:
    """Watches for the sign."""

    def __init__(self) -> None:
        """Begin without one."""
        self._since = self._seen = 0.0
        self._hand: RaisedHand | None = None
        """Where it was when it went up."""
        self._made: list[Meaning] = []
        """What was meant since the arm went up."""

    def update(self, pose: Pose) -> Gesture | None:
        """Take in the next pose; what the sign means next, if it is being given."""
        hand = _raised_hand(pose)
        if hand is not None and self._is_same(hand):
            self._seen = pose.time
        elif pose.time - self._seen > (AGAIN if self._made else FLICKER):
            self._hand, self._made = hand, []
            self._since = self._seen = pose.time
        left = [meaning for meaning in HELD if meaning not in self._made]
        if self._hand is None or not left:
            return None
        before = max((HELD[meaning] for meaning in self._made), default=0.0)
        held = self._seen - self._since - before
        share = min(1.0, max(0.0, held / (HELD[left[0]] - before)))
        if share == 1.0:
            self._made.append(left[0])
        return Gesture(left[0], share)

    def _is_same(self, hand: RaisedHand) -> bool:
        """Whether the hand is still where it was."""
        before = self._hand
        return before is not None and _length(hand.place - before.place) <= STILL * before.arm


@dataclass(frozen=True, slots=True, eq=False)
class _Stance:
    """How somebody lies or stands, by which what is up is told: from the torso, if they lie.

    A camera that looks down at somebody who lies askew sees their feet higher than their hips.
    """

    points: Array
    """(33, 2) in image heights."""
    up: Array
    """(2,) of length 1."""
    torso: float
    lies: bool

    def height(self, name: str) -> float:
        """How high a landmark is, in torsos, above wherever."""
        return float(self.points[INDEX[name]] @ self.up) / self.torso

    def above(self, name: str, other: str) -> float:
        """By how much a landmark is above another, in torsos."""
        return self.height(name) - self.height(other)

    def way(self, start: str, end: str) -> Array:
        """(2,) from one landmark to another."""
        return np.asarray(self.points[INDEX[end]] - self.points[INDEX[start]])


def _stance(pose: Pose) -> _Stance:
    points = pose.image[:, :2]
    shoulders, hips = (
        points[[INDEX[f"left_{part}"], INDEX[f"right_{part}"]]].mean(axis=0)
        for part in ("shoulder", "hip")
    )
    across, down = hips - shoulders
    torso = max(1e-9, _length(hips - shoulders))
    lies = abs(float(np.degrees(np.arctan2(down, abs(across))))) < LYING
    up = np.array([down, -across]) / torso * np.sign(across) if lies else np.array([0.0, -1.0])
    return _Stance(points, up, torso, lies)


def _raised_hand(pose: Pose) -> RaisedHand | None:
    """The hand of the one arm that is raised, if there is such an arm."""
    if not pose.is_present:
        return None
    stance = _stance(pose)
    if stance.lies and _feet_are_up(stance):
        return None
    sides: tuple[tuple[Side, Side], ...] = (("left", "right"), ("right", "left"))
    for side, other in sides:
        parts = [f"{side}_{part}" for part in ARMS[:3]]
        is_seen = all(pose.visibility[INDEX[name]] >= SEEN for name in parts)
        if is_seen and _is_up(stance, *parts) and _is_highest(stance, side):
            arm = _length(stance.way(parts[0], parts[2]))
            hand = RaisedHand(stance.points[INDEX[parts[2]]], arm)
            return hand if _is_down(stance, other) else None
    return None


def _length(way: Array) -> float:
    return float(np.hypot(*way))


def _feet_are_up(stance: _Stance) -> bool:
    return any(stance.above(f"{side}_ankle", f"{side}_hip") > FEET for side in ("left", "right"))


def _is_up(stance: _Stance, shoulder: str, elbow: str, wrist: str) -> bool:
    """Whether an arm is straight and upright in the picture."""
    across, down = stance.way(shoulder, wrist)
    leans = abs(float(np.degrees(np.arctan2(across, -down))))
    bend = _angle(stance.way(elbow, shoulder), stance.way(elbow, wrist))
    is_long = _length(stance.way(shoulder, wrist)) > LONG * stance.torso
    return leans < UPRIGHT and bend > STRAIGHT and is_long


def _angle(one: Array, other: Array) -> float:
    """Degrees between two directions."""
    cosine = float(one @ other) / max(1e-9, _length(one) * _length(other))
    return float(np.degrees(np.arccos(np.clip(cosine, -1, 1))))


def _is_highest(stance: _Stance, side: Side) -> bool:
    """Whether the hand is well above all but its arm."""
    own = {f"{side}_{part}" for part in ARMS}
    highest = max(stance.height(name) for name in LANDMARKS if name not in own)
    arm = _length(stance.way(f"{side}_shoulder", f"{side}_wrist")) / stance.torso
    return stance.height(f"{side}_wrist") - highest > ABOVE * arm


def _is_down(stance: _Stance, side: Side) -> bool:
    """Whether an arm is at rest: not raised, and holding nothing up. Even a guess must say so."""
    shoulder, elbow, wrist = (f"{side}_{part}" for part in ARMS[:3])
    is_raised = max(stance.above(elbow, shoulder), stance.above(wrist, shoulder)) > LOW
    return not is_raised and not (stance.lies and stance.above(shoulder, elbow) > PROPPED)
