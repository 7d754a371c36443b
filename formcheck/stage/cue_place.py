"""Where the cue lies on the picture: not over somebody who is low in it, as on the mat."""

from formcheck.picture.skeleton import believed_places
from formcheck.pose import Pose

LOW = 0.4
"""Where somebody's highest point lies below this share of the picture's height, the cue is high."""
RISEN = 0.32
"""Once it is high, it is so until the highest point lies above this."""
FORGOTTEN = 0.03
"""Share of the height by which the highest point is taken to sink in a second, at most: whoever
squats comes up again, and nobody is to see the cues to and fro meanwhile."""


class CuePlace:
    """Chooses the place of each message, which stays there as long as it is shown."""

    def __init__(self) -> None:
        """Begin low."""
        self._message = ""
        self._is_high = False
        self._highest, self._time = 1.0, 0.0
        """Where somebody's highest point was lately, and when that was seen."""

    def is_high(self, message: str, pose: Pose) -> bool:
        """Whether a message is to lie at the top."""
        self._look(pose)
        if message != self._message:
            self._is_high = self._highest > LOW or (self._is_high and self._highest > RISEN)
        self._message = message
        return self._is_high

    def _look(self, pose: Pose) -> None:
        heights = [y for _, y in believed_places(pose).values()]
        if heights:
            sunk = self._highest + FORGOTTEN * (pose.time - self._time)
            self._highest, self._time = min(*heights, sunk), pose.time
