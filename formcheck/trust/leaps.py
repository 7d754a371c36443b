"""Notices that a body is suddenly elsewhere: no person moves like that, so the picture was cut.

A recording of landmarks has no pictures to tell it by. A video's cut is seen here as well, because
its landmarks are found anew after one.
"""

from dataclasses import dataclass
from math import nan

import numpy as np

from formcheck.pose import INDEX, SEEN, Pose

LEAP, FASTEST = 0.8, 2.0
"""How far hips or shoulders may be from where they were, in torsos: so far, and so much more for
each second in between. In 54 clips of exercises, with quick squats and sit-ups, it was at most
0.71 within 0.07 s, 1.12 within 0.2 s and 1.35 within 0.4 s."""
STAYS = 0.2
"""Seconds that the body must stay there. Until then nothing of it is believed: wrong landmarks of a
picture or two come back to where they were."""

_CORNERS = np.array(
    [INDEX[f"{side}_{name}"] for name in ("shoulder", "hip") for side in ("left", "right")]
)
Ends = tuple[complex, complex]


@dataclass(frozen=True, slots=True)
class Place:
    """What is to be made of a pose."""

    is_believed: bool
    is_new: bool
    """Whether the body has leapt, and has nothing to do any more with how it was before."""


BELIEVED, DOUBTED, NEW = Place(True, False), Place(False, False), Place(True, True)


class Leaps:
    """Follows where the torso of one body is, in order of time."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self._ends: Ends | None = None
        self._time = nan
        self._leapt: Ends | None = None
        """Where the body is since it has leapt."""
        self._since = nan

    def update(self, pose: Pose) -> Place:
        """Take in the next pose; what is to be made of it."""
        time, ends = pose.time, _ends(pose)
        if ends is None:
            return BELIEVED if self._leapt is None else DOUBTED
        if self._ends is None or not _is_leap(self._ends, ends, self._begun(time) - self._time):
            return self._stay(time, ends, BELIEVED)
        if self._leapt is None or _is_leap(self._leapt, ends, STAYS):
            self._since = time
        self._leapt = ends
        return self._stay(time, ends, NEW) if time - self._since >= STAYS else DOUBTED

    def _begun(self, time: float) -> float:
        """When the leap that is doubted began; now, if there is none."""
        return time if self._leapt is None else self._since

    def _stay(self, time: float, ends: Ends, place: Place) -> Place:
        self._ends, self._time, self._leapt = ends, time, None
        return place


def _ends(pose: Pose) -> Ends | None:
    """The middles of shoulders and hips; none where they are not seen."""
    if not min(pose.visibility[_CORNERS].tolist()) >= SEEN:
        return None
    (x1, y1, _), (x2, y2, _), (x3, y3, _), (x4, y4, _) = pose.image[_CORNERS].tolist()
    return complex(x1 + x2, y1 + y2) / 2, complex(x3 + x4, y3 + y4) / 2


def _is_leap(before: Ends, now: Ends, seconds: float) -> bool:
    """Whether one of the ends is further away than a body can have moved."""
    far = max(abs(now[0] - before[0]), abs(now[1] - before[1]))
    torso = max(abs(before[0] - before[1]), abs(now[0] - now[1]))
    return far > (LEAP + FASTEST * seconds) * torso
