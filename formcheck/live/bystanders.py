"""Notices that somebody else is in the picture, and says once who is being watched."""

from collections import deque
from collections.abc import Callable
from dataclasses import replace
from math import inf

from formcheck.coaching.routine_coach import Mouth
from formcheck.coaching.scene import Scene, Tone
from formcheck.coaching.speech import Utterance
from formcheck.language.sentences import Sentence
from formcheck.language.tongue import tr
from formcheck.live.loop import Screen
from formcheck.pose import Frame, Image, Pose

LOOK_EVERY = 5.0
"""Seconds between two looks around: each takes about as long as finding a pose."""
TO_BE_SURE = 1.5
"""Seconds after which it is looked again when somebody was seen."""
SURE, OF = 2, 3
"""So many of the last looks must have seen somebody. Of 213 looks at clips of one person none did,
of 80 at two people side by side 67."""
ALONE = 30.0
"""Seconds without the other after which it would be news again."""
SHOWN = 5.0
"""Seconds for which it is shown."""
URGENT: frozenset[Tone] = frozenset({"safety", "fault"})
"""What goes before it."""
SOMEONE_ELSE = Sentence("I see someone else, too. I'm still watching you.")

SeesAnother = Callable[[Frame, Pose], bool]
"""Whether there is somebody in the picture besides the one in this pose."""


class Bystanders:
    """A `Screen` that shows what another does, and on it that somebody has come in."""

    def __init__(self, screen: Screen, mouth: Mouth, sees_another: SeesAnother) -> None:
        """Take the screen, what speaks, and what looks around."""
        self._screen, self._mouth, self._sees_another = screen, mouth, sees_another
        self.key = screen.key
        self._due = LOOK_EVERY
        self._looks: deque[bool] = deque(maxlen=OF)
        """Whether somebody was seen in the last ones."""
        self._seen_at = -inf
        self._told_at = -inf

    def show(self, image: Image, scene: Scene) -> None:
        """Look around if it is time to, and show the picture."""
        time = scene.pose.time
        if time >= self._due and scene.pose.is_present and not scene.is_paused:
            self._look(Frame(time, image), scene.pose)
        if time - self._told_at < SHOWN and scene.tone not in URGENT:
            scene = replace(scene, message=tr(SOMEONE_ELSE), tone="hint")
        self._screen.show(image, scene)

    def _look(self, frame: Frame, pose: Pose) -> None:
        self._looks.append(self._sees_another(frame, pose))
        is_open = 0 < sum(self._looks) < SURE
        self._due = frame.time + (TO_BE_SURE if is_open else LOOK_EVERY)
        if sum(self._looks) < SURE:
            return
        if frame.time - self._seen_at >= ALONE:
            self._told_at = frame.time
            self._mouth.say(Utterance(frame.time, tr(SOMEONE_ELSE), "hint"))
        self._seen_at = frame.time
