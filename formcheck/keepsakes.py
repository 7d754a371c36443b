"""What a report needs beside the summary, gathered while a session goes on."""

from formcheck.events import Snapshot
from formcheck.exercise import Exercise
from formcheck.gallery import Gallery
from formcheck.pose import Image, Pose
from formcheck.trace import Trace
from formcheck.tracking import Tracking


class Keepsakes:
    """The course of the main measure, the pictures, and how well the person was seen."""

    def __init__(self, exercise: Exercise) -> None:
        """Begin with nothing."""
        self.trace = Trace(exercise)
        self.gallery = Gallery(exercise)
        self.tracking = Tracking(exercise)

    def add(self, pose: Pose, picture: Image | None, snapshot: Snapshot) -> None:
        """Take in a pose with its picture, if there is one, and its snapshot."""
        self.trace.add(snapshot)
        self.gallery.add(pose, picture, snapshot)
        self.tracking.add(pose, snapshot)
