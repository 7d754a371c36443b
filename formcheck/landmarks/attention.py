"""When to look at more than the body that is followed: at first who else is there, then who left.

It needs only poses. Whoever has the pictures does the looking, and tells what came of it.
"""

from dataclasses import dataclass, field
from math import inf, nan
from typing import Literal

from formcheck.landmarks.exerciser import Exerciser
from formcheck.language.sentences import Sentence
from formcheck.pose import Pose

LOOK_AROUND = (0.0, 2.0, 6.0, 14.0)
"""Seconds after somebody was first found at which it is looked who else is there."""
LOOK_BACK = 0.5
"""Seconds between two looks at the place that the one who exercises has left."""
SURE = 2
"""Looks around that must have seen somebody else to say so: one may see a body where none is."""
FOLLOWED_ANOTHER = Sentence(
    "For a while formcheck followed someone else. Make a --video to see whom the lines follow, and "
    "stay alone in the picture if you can."
)
WAS_ACCOMPANIED = Sentence(
    "Someone else was in the picture, too. If a result looks odd, film yourself alone."
)

LookDue = Literal["around", "back"]
"""A look around the one who is followed, or back to where the one who exercises was."""


@dataclass
class Attention:
    """What is known of the one who exercises, from pose to pose; it can be handed on."""

    exerciser: Exerciser = field(default_factory=Exerciser)
    mistaken: int = 0
    """How often somebody else was followed, until it was noticed."""
    accompanied: int = 0
    """How many looks around saw somebody else who is not meant."""
    _found_at: float = nan
    _looks: int = 0
    _looked_back: float = -inf

    def due(self, pose: Pose) -> LookDue | None:
        """Take in the next pose; which look is due. Nothing changes if it is taken in twice."""
        if not pose.is_present:
            return None
        if self.exerciser.has_left(pose):
            return "back" if pose.time - self._looked_back >= LOOK_BACK else None
        self._found_at = pose.time if self._found_at != self._found_at else self._found_at
        if self._looks == len(LOOK_AROUND):
            return None
        return "around" if pose.time - self._found_at >= LOOK_AROUND[self._looks] else None

    def looked(self, due: LookDue, time: float) -> None:
        """Be told that this look was taken."""
        if due == "back":
            self._looked_back = time
        else:
            self._looks += 1

    def mistook(self, due: LookDue) -> None:
        """Be told that in this look somebody was found who is meant instead."""
        self.mistaken += 1
        if due == "around":
            self.exerciser = Exerciser()

    def saw_another(self) -> None:
        """Be told that a look around saw somebody who is not meant."""
        self.accompanied += 1

    def warnings(self) -> list[str]:
        """What the user should know about others in the picture."""
        if self.mistaken:
            return [FOLLOWED_ANOTHER]
        return [WAS_ACCOMPANIED] if self.accompanied >= SURE else []
