"""From a pose to a body in the plane of the picture: smoothed points, and how the body lies in it.

Here, and only here, it is decided what is unknown: a landmark whose visibility is below `SEEN`, or
below `KEPT` where it was believed until now, is NaN, and so is every number made from it. `trust`
has hidden before what no body can do.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from math import atan2, copysign, degrees, hypot, inf, nan, sqrt

import numpy as np

from formcheck.exercise import View
from formcheck.measuring.geometry import cross, degrees_off
from formcheck.measuring.smoothing import Points, Smoother
from formcheck.pose import INDEX, LANDMARKS, SEEN, Pose
from formcheck.trust.doubt import Doubt
from formcheck.trust.easing import eased, gain
from formcheck.trust.leaps import Leaps
from formcheck.trust.legs import Legs

KEPT = 0.45
"""`SEEN` of a landmark that was believed just before (hysteresis): a knee behind the hands that
clasp it may be just about as visible as `SEEN`, and would come and go by the noise of 0.02."""

BARELY = 0.01
"""How much more visible than `SEEN` a landmark counts that is believed by `KEPT` alone."""

SETTLING = 0.5
"""Time constant of how the body is turned, in seconds."""

SIZING = 2.0
"""Time constant of the size of the torso, in seconds: people do not grow."""

CLEARLY_ACROSS = 0.2
"""How wide shoulders and hips together must look, in torsos, before it is decided whether the chest
or the back is towards the camera. Seen square from the front they look about 1.0 torso wide."""

TURNED = 0.5
"""Seconds for which somebody must have been seen from behind to have turned round."""

CLEARLY_LYING = 0.8
"""How much of the trunk's length must lie along the horizontal before it is decided to which side
the head lies."""

CLEARLY_POINTING = 0.12
"""How far ahead of the heels the toes must be, in torsos, before it is decided to which side they
point. MediaPipe sees a foot about 0.28 torsos long from the side."""

CLEARLY_FACING = 0.08
"""How far ahead of the ears the nose must be, in torsos, across the trunk, before it is decided on
which side of it the front is. Seen from the side it is 0.2 ahead."""

FORGET = 0.5
"""After this long without a pose, in seconds, smoothing starts afresh."""

UNSETTLED = 0.15
"""Seconds after somebody is found again for which nothing is believed. MediaPipe's first landmarks
then are off: a hip by up to 12 degrees in the first picture, by less than 1 after 0.2 s."""

MIDDLES: dict[str, tuple[str, str]] = {
    "mid_shoulder": ("left_shoulder", "right_shoulder"),
    "mid_hip": ("left_hip", "right_hip"),
}
POINTS: dict[str, int] = INDEX | {name: len(LANDMARKS) + i for i, name in enumerate(MIDDLES)}
"""Where each point is in `Body.points`."""
_BETWEEN = [(INDEX[left], INDEX[right]) for left, right in MIDDLES.values()]
"""Between which landmarks the middles are."""

_L_SHOULDER, _R_SHOULDER = INDEX["left_shoulder"], INDEX["right_shoulder"]
_L_HIP, _R_HIP = INDEX["left_hip"], INDEX["right_hip"]
_NOSE, _EARS = INDEX["nose"], [INDEX["left_ear"], INDEX["right_ear"]]
_FEET = [(INDEX[f"{s}_heel"], INDEX[f"{s}_foot_index"]) for s in ("left", "right")]
_CORNERS = np.array([_L_SHOULDER, _R_SHOULDER, _L_HIP, _R_HIP])


@dataclass(slots=True)
class Body:
    """A person in the picture's plane: x to the right, y UP, in image heights."""

    time: float
    """Seconds: the moment that the smoothed points describe."""
    points: list[complex]
    """Of `POINTS`; NaN where not seen."""
    visibility: list[float]
    """Of `POINTS`."""
    torso: float
    """Length of the torso as it would be if it lay in the picture's plane."""
    heading: float
    """Side of the picture to which the head points when lying: +1 right, -1 left."""
    forward: float
    """Side of the picture that is in front of the person, +1 right, -1 left: where the head lies,
    or, of someone upright, where the toes point. NaN = unknown, as from the front."""
    facing: float
    """+1 when the chest is towards the camera, -1 when the back is."""
    turn: float
    """How far, in degrees, the line through shoulders and hips is turned out of the picture's
    plane (yaw): 0 seen square from the front or back, 90 seen from the side. Positive when the
    person's left side is the farther one. NaN = unknown."""
    slant: float
    """How far, in degrees, the line from the hips to the shoulders is slanted out of the picture's
    plane (pitch). Positive when the head is farther away than the hips. NaN = unknown."""
    front: float = 0.0
    """+1 when the front of the trunk is to the right of the way up from the hips to the shoulders,
    -1 when it is to the left, by where the nose is; 0 = unknown, as seen from the front. It is not
    told of somebody upright, whose straight hips MediaPipe sees overstretched by 10 degrees."""
    has_lain: bool = False
    """Whether the trunk was ever seen lying, so that `heading` is more than a beginning."""
    is_doubtful: bool = False
    """Whether what was found can hardly be a body, so that its form is not to be judged."""
    is_new: bool = False
    """Whether there was a cut, or it is suddenly elsewhere: nothing of before holds any more."""
    _off: dict[View, float] = field(default_factory=dict, init=False, repr=False, compare=False)

    def off(self, view: View) -> float:
        """How many degrees the camera is off a view of it, as `degrees_off` tells."""
        if view not in self._off:  # kept, as many ask
            self._off[view] = degrees_off(view, self.turn, self.slant)
        return self._off[view]


class BodyTracker:
    """Follows one person from pose to pose."""

    def __init__(self) -> None:
        self._leaps = Leaps()
        self._begin_anew()

    def _begin_anew(self) -> None:
        """Know nothing: what comes has nothing to do with what was before."""
        self._smoother = Smoother()
        self._doubt = Doubt()
        self._legs = Legs()
        self._is_doubtful = False
        self._needed = np.full(len(LANDMARKS), SEEN)
        """The visibility from which each landmark is believed in the next pose."""
        self._seen: deque[tuple[float, list[float]]] = deque()
        """When, and how well, the points were seen of late."""
        self._time = self._first = nan
        self._across = [nan, nan, nan]
        self._trunk = [nan, nan, nan]
        self._ahead = nan
        """How far the nose is ahead of the ears, to the right of the way up, in image heights."""
        self._torso = nan
        self._heading = 1.0
        self._has_lain = False
        self._forward = nan
        self._facing = 1.0
        self._other_way_since: float | None = None
        self._lost_at = -inf

    def update(self, pose: Pose) -> Body:
        """The body a moment ago, now that this pose is known too. Poses come in order of time."""
        after_cut = pose.after_cut
        if after_cut:
            self._leaps = Leaps()
            self._begin_anew()
        pose = self._settled(pose)
        place = self._leaps.update(pose)
        if place.is_new:
            self._begin_anew()
        if place.is_believed:
            pose = self._legs.believed(pose, self._torso)
        else:
            pose = Pose.absent(pose.time)
        step = pose.time - self._time
        if not step < FORGET:
            self._smoother.reset()
            self._seen.clear()
            self._first = pose.time
            step = 0.0
        self._time = pose.time
        self._is_doubtful = self._doubt.update(pose)
        believed = pose.visibility >= self._needed
        self._needed = np.where(believed, KEPT, SEEN)
        seen = pose.image[:, 0] - 1j * pose.image[:, 1]
        seen[~believed] = complex(nan, nan)
        visibility = np.maximum(pose.visibility, believed * (SEEN + BARELY)).tolist()
        visibility += [min(visibility[left], visibility[right]) for left, right in _BETWEEN]
        self._seen.append((pose.time, visibility))
        moment, smoothed = self._smoother.update(pose.time, seen)
        points = _with_middles(smoothed)
        self._follow(pose, points, step)
        return self._body(moment, points, after_cut or place.is_new)

    def finish(self) -> Iterator[Body]:
        """The body in the moments that are left, when no more poses come."""
        for moment, smoothed in self._smoother.finish():
            yield self._body(moment, _with_middles(smoothed))

    def _settled(self, pose: Pose) -> Pose:
        """The pose, or nobody's while somebody has only just been found again."""
        if not pose.is_present:
            self._lost_at = pose.time
        elif pose.time - self._lost_at < UNSETTLED:
            return Pose.absent(pose.time)
        return pose

    def _body(self, moment: float, points: list[complex], is_new: bool = False) -> Body:
        seen = self._seen
        while len(seen) > 1 and seen[1][0] <= moment:
            seen.popleft()
        is_next_nearer = len(seen) > 1 and seen[1][0] - moment < moment - seen[0][0]
        return Body(
            time=moment,
            points=points,
            visibility=seen[is_next_nearer][1],
            torso=self._torso,
            heading=self._heading,
            forward=self._forward,
            facing=self._facing,
            turn=_depth_angle(self._across),
            slant=_depth_angle(self._trunk),
            front=self._front(),
            has_lain=self._has_lain,
            is_doubtful=self._is_doubtful,
            is_new=is_new,
        )

    def _follow(self, pose: Pose, points: list[complex], step: float) -> None:
        """Bring the slowly changing things up to date."""
        down = points[POINTS["mid_hip"]] - points[POINTS["mid_shoulder"]]
        if not abs(down) > 0:  # unknown, or all of it at one point, where there is nobody
            return
        corners = pose.world[_CORNERS].tolist()
        across = [a - b + c - d for a, b, c, d in zip(*corners, strict=True)]
        trunk = [a + b - c - d for a, b, c, d in zip(*corners, strict=True)]
        share = gain(step, SETTLING)
        self._across = _each_eased(self._across, across, share)
        self._trunk = _each_eased(self._trunk, trunk, share)
        ahead = [cross(down, points[_NOSE] - points[ear]) / abs(down) for ear in _EARS]
        if seen := [length for length in ahead if length == length]:
            self._ahead = eased(self._ahead, sum(seen) / len(seen), share)
        torso = abs(down) / self._flatness()
        self._torso = eased(self._torso, torso, gain(step, SIZING))
        if abs(down.real) > CLEARLY_LYING * abs(down):
            self._forward = self._heading = -1.0 if down.real > 0 else 1.0
            self._has_lain = True
        else:
            self._follow_toes(points)
        leftward = points[_L_SHOULDER] + points[_L_HIP] - points[_R_SHOULDER] - points[_R_HIP]
        width = cross(down, leftward)
        if abs(width) > CLEARLY_ACROSS * abs(down) ** 2:
            self._turn_to(1.0 if width > 0 else -1.0, pose.time)

    def _turn_to(self, facing: float, time: float) -> None:
        """Believe that the chest is towards the camera, or the back: at first, and when it lasts.

        Left and right are mixed up for a moment more often than people turn round.
        """
        if facing == self._facing:
            self._other_way_since = None
            return
        if self._other_way_since is None:
            self._other_way_since = time
        if time - self._first <= TURNED or time - self._other_way_since >= TURNED:
            self._facing, self._other_way_since = facing, None

    def _follow_toes(self, points: list[complex]) -> None:
        feet = [(points[toe] - points[heel]).real for heel, toe in _FEET]
        seen = [foot for foot in feet if foot == foot]
        ahead = sum(seen) / len(seen) if seen else 0.0
        if abs(ahead) > CLEARLY_POINTING * self._torso:
            self._forward = 1.0 if ahead > 0 else -1.0

    def _front(self) -> float:
        """On which side of the trunk the front is, as `Body.front` tells."""
        is_clear = self._has_lain and abs(self._ahead) > CLEARLY_FACING * self._torso
        return copysign(1.0, self._ahead) if is_clear else 0.0

    def _flatness(self) -> float:
        """Share of the torso's length that lies in the picture's plane; 1 where depth is unknown.

        Never below 0.3: a torso pointing at the camera has no length that could be relied on.
        """
        x, y, z = self._trunk
        length = sqrt(x * x + y * y + z * z)
        return max(0.3, hypot(x, y) / length) if length > 0 else 1.0


def _depth_angle(way: list[float]) -> float:
    """Return how far a way points out of the picture, in degrees; positive away from the camera."""
    x, y, z = way
    return degrees(atan2(z, hypot(x, y)))


def _with_middles(smoothed: Points) -> list[complex]:
    """The points of `POINTS`: the landmarks, and the middles of two."""
    points: list[complex] = smoothed.tolist()
    return points + [(points[left] + points[right]) / 2 for left, right in _BETWEEN]


def _each_eased(before: list[float], now: list[float], share: float) -> list[float]:
    return [eased(a, b, share) for a, b in zip(before, now, strict=True)]
