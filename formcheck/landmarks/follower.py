"""Follows the one who exercises, from frame to frame, when others are in the picture too.

MediaPipe's landmarker follows one body; asked for more it looks for them in each frame, which costs
half as much again and still finds only one of two who are close together. So another look is taken
only now and then: around the body that is followed, and where the one who exercises was.
"""

from pathlib import Path

import cv2
import numpy as np

from formcheck.closing import Closing
from formcheck.landmarks.attention import Attention
from formcheck.landmarks.exerciser import figure_of, is_meant_instead
from formcheck.landmarks.landmarker import GREY, Landmarker
from formcheck.pose import Frame, Image, Pose

FLESH = 0.2
"""How far a body reaches beyond the landmarks, which lie on the bones, in torsos."""


class Follower(Closing):
    """Turns frames into poses of one person, in order of time; a context manager."""

    def __init__(self, model: Path, attention: Attention | None = None) -> None:
        """Load a pose landmarker `.task` file; ModelError if MediaPipe cannot use it.

        Args:
            model: the file.
            attention: what is known already of the one who exercises.
        """
        self.attention = attention or Attention()
        self._landmarker = Landmarker(model)

    def detect(self, frame: Frame) -> Pose:
        """Return the pose in the frame, which must be later than the frames before."""
        pose = self._landmarker.detect(frame)
        due = self.attention.due(pose)
        if due is None:
            return pose
        self.attention.looked(due, frame.time)
        shown = self._who_else(frame, pose) if due == "around" else self._who_stayed(frame, pose)
        if shown is None:
            return pose
        self.attention.mistook(due)
        self._landmarker.begin_anew(frame, shown)
        return Pose.absent(frame.time, pose.after_cut)

    def find(self, frame: Frame) -> Pose:
        """Return the pose of whoever is found, without asking who is meant."""
        return self._landmarker.detect(frame)

    def forget(self, frame: Frame) -> None:
        """Let go of who is followed, to find somebody from this frame on as if it were the first.

        Args:
            frame: the first one, which is not looked at here; no earlier than those before.
        """
        self._landmarker.forget(frame)

    def warnings(self) -> list[str]:
        """What the user should know about others in the picture."""
        return self.attention.warnings()

    def close(self) -> None:
        """Free what MediaPipe holds."""
        self._landmarker.close()

    def sees_another(self, frame: Frame, pose: Pose) -> bool:
        """Whether there is somebody besides the one in this pose, whoever is meant."""
        return self._besides(frame, pose)[1].is_present

    def _who_else(self, frame: Frame, pose: Pose) -> Image | None:
        """Look around the one who is followed: a picture of somebody more prominent, if any."""
        shown, other = self._besides(frame, pose)
        height, width = frame.image.shape[:2]
        if not other.is_present:
            return None
        if is_meant_instead(figure_of(other), figure_of(pose), width / height):
            return shown
        self.attention.saw_another()
        return None

    def _who_stayed(self, frame: Frame, pose: Pose) -> Image | None:
        """Look whether the one who exercises is where they were, and was lost to another."""
        shown, other = self._besides(frame, pose)
        return shown if self.attention.exerciser.is_like(other) else None

    def _besides(self, frame: Frame, pose: Pose) -> tuple[Image, Pose]:
        """The picture without the one in this pose, and who is found in it."""
        shown = without(frame.image, pose)
        return shown, self._landmarker.glance(frame, shown)


def without(image: Image, pose: Pose) -> Image:
    """The picture with nothing where the body of this pose is."""
    height = image.shape[0]
    hull = cv2.convexHull(np.round(pose.image[:, :2] * height).astype(np.int32))
    flesh = max(1, round(FLESH * figure_of(pose).torso * height))
    shown = image.copy()
    cv2.fillConvexPoly(shown, hull, (GREY, GREY, GREY))
    cv2.polylines(shown, [hull], True, (GREY, GREY, GREY), thickness=2 * flesh)
    return shown
