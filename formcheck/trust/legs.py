"""Which legs in a pose are believed: those that are where and as they can be, and nobody else's."""

from formcheck.pose import Pose
from formcheck.trust.borrowed import Borrowed
from formcheck.trust.darting import Darting
from formcheck.trust.hidden import with_hidden_leg
from formcheck.trust.leg import legs_of, without_legs
from formcheck.trust.swaps import Swaps
from formcheck.trust.unlike import unlike_legs


class Legs:
    """Follows the legs of one body, in order of time."""

    def __init__(self) -> None:
        """Begin with none."""
        self._swaps = Swaps()
        self._darting = Darting()
        self._borrowed = Borrowed()

    def believed(self, pose: Pose, torso: float) -> Pose:
        """The pose, each leg set right or unseen; the torso is in image heights."""
        pose = self._swaps.set_right(with_hidden_leg(pose, torso), torso)
        legs = legs_of(pose)
        wrong = {*self._darting.update(pose.time, legs, torso), *unlike_legs(pose, legs)}
        if self._borrowed.update(pose.time, legs, torso):
            return without_legs(pose)
        return without_legs(pose, wrong) if wrong else pose
