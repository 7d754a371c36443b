"""Follows the one who exercises, from frame to frame, when others are in the picture too.

MediaPipe's landmarker follows one body; asked for more it looks for them in each frame, which costs
half as much again and still finds only one of two who are close together. So another look is taken
only now and then: around the body that is followed, and where the one who exercises was.
"""

from math import inf, nan
from pathlib import Path

import cv2
import mediapipe as mp
import numpy as np
from mediapipe.tasks.python.vision import RunningMode

from formcheck.closing import Closing
from formcheck.landmarks.exerciser import Exerciser, figure_of, is_meant_instead
from formcheck.landmarks.landmarker import GREY, Landmarker, load, pose_of
from formcheck.landmarks.quiet import quiet_stderr
from formcheck.pose import Frame, Image, Pose

LOOK_AROUND = (0.0, 2.0, 6.0, 14.0)
"""Seconds after somebody was first found at which it is looked who else is there."""
LOOK_BACK = 0.5
"""Seconds between two looks at the place that the one who exercises has left."""
FLESH = 0.2
"""How far a body reaches beyond the landmarks, which lie on the bones, in torsos."""


class Follower(Closing):
    """Turns frames into poses of one person, in order of time; a context manager."""

    def __init__(self, model: Path) -> None:
        """Load a pose landmarker `.task` file; ModelError if MediaPipe cannot use it."""
        self._landmarker = Landmarker(model)
        self._glancer = load(model, RunningMode.IMAGE)
        self._exerciser = Exerciser()
        self._found_at = nan
        self._looks = 0
        self._looked_back = -inf
        self.mistaken = 0
        """How often somebody else was followed, until it was noticed."""

    def detect(self, frame: Frame) -> Pose:
        """Return the pose in the frame, which must be later than the frames before."""
        pose = self._landmarker.detect(frame)
        shown = self._meant_instead(frame, pose) if pose.is_present else None
        if shown is None:
            return pose
        self.mistaken += 1
        self._landmarker.begin_anew(frame, shown)
        return Pose.absent(frame.time)

    def warnings(self) -> list[str]:
        """What the user should know about others in the picture."""
        if not self.mistaken:
            return []
        return [
            "Somebody else was taken for the one who exercises for a while. See with --video whom "
            "the lines follow, and be alone in the picture if you can."
        ]

    def close(self) -> None:
        """Free what MediaPipe holds."""
        self._landmarker.close()
        with quiet_stderr():
            self._glancer.close()

    def _meant_instead(self, frame: Frame, pose: Pose) -> Image | None:
        """A picture of whom formcheck should follow instead, if there is somebody."""
        if self._exerciser.has_left(pose):
            return self._who_stayed(frame, pose)
        self._found_at = frame.time if self._found_at != self._found_at else self._found_at
        if self._looks == len(LOOK_AROUND):
            return None
        if frame.time - self._found_at < LOOK_AROUND[self._looks]:
            return None
        self._looks += 1
        return self._who_else(frame, pose)

    def _who_stayed(self, frame: Frame, pose: Pose) -> Image | None:
        """Look whether the one who exercises is where they were, and was lost to another."""
        if frame.time - self._looked_back < LOOK_BACK:
            return None
        self._looked_back = frame.time
        shown = without(frame.image, pose)
        return shown if self._exerciser.is_like(self._glance(frame, shown)) else None

    def _who_else(self, frame: Frame, pose: Pose) -> Image | None:
        """Look around the one who is followed for somebody more prominent."""
        shown = without(frame.image, pose)
        other = self._glance(frame, shown)
        height, width = frame.image.shape[:2]
        if not other.is_present:
            return None
        if not is_meant_instead(figure_of(other), figure_of(pose), width / height):
            return None
        self._exerciser = Exerciser()
        return shown

    def _glance(self, frame: Frame, shown: Image) -> Pose:
        picture = mp.Image(mp.ImageFormat.SRGB, cv2.cvtColor(shown, cv2.COLOR_BGR2RGB))
        with quiet_stderr():
            result = self._glancer.detect(picture)
        return pose_of(result, frame) if result.pose_landmarks else Pose.absent(frame.time)


def without(image: Image, pose: Pose) -> Image:
    """The picture with nothing where the body of this pose is."""
    height = image.shape[0]
    hull = cv2.convexHull(np.round(pose.image[:, :2] * height).astype(np.int32))
    flesh = max(1, round(FLESH * figure_of(pose).torso * height))
    shown = image.copy()
    cv2.fillConvexPoly(shown, hull, (GREY, GREY, GREY))
    cv2.polylines(shown, [hull], True, (GREY, GREY, GREY), thickness=2 * flesh)
    return shown
