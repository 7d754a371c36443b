"""What is to be shown on one picture: the person, the count and one message."""

from dataclasses import dataclass
from typing import Literal

from formcheck.coaching.gestures import Gesture
from formcheck.coaching.speech import Utterance
from formcheck.definition.routine import RoutineStep
from formcheck.events import Snapshot
from formcheck.exercise import Exercise
from formcheck.pose import Pose

State = Literal["setting up", "going", "away", "done"]
Tone = Literal["safety", "fault", "hint", "praise", "guide"]


@dataclass(frozen=True, slots=True)
class Coaching:
    """What to say and show at one time."""

    state: State
    message: str
    tone: Tone = "guide"
    utterances: tuple[Utterance, ...] = ()
    not_judged: tuple[str, ...] = ()
    """What could not be judged in the last rep or hold, in plain words."""
    borderline: tuple[str, ...] = ()
    """What was a little off just now, by less than the camera can be sure of."""
    held: float = 0.0
    """Seconds of the hold that is going on; those in which it was not safe do not count."""


@dataclass(frozen=True, slots=True)
class Rest:
    """The pause between two steps of a routine."""

    following: RoutineStep
    left: float
    """Seconds until it is over."""
    whole: float
    """Seconds that it takes."""


@dataclass(frozen=True, slots=True)
class Scene:
    """All that is to be shown on one picture."""

    exercise: Exercise | None
    """None while it is not known which it is."""
    pose: Pose
    """Of this very picture."""
    snapshot: Snapshot | None
    """None while the person and the camera are still being set up."""
    target: int
    """The reps to aim at."""
    message: str = ""
    """The one thing to say now; nothing where empty."""
    tone: Tone = "guide"
    not_judged: tuple[str, ...] = ()
    """What cannot be judged now, in plain words."""
    borderline: tuple[str, ...] = ()
    """What was a little off just now, by less than the camera can be sure of."""
    held: float = 0.0
    """Seconds of the hold that is going on, as they are counted aloud."""
    state: State = "setting up"
    place: tuple[int, int] = (1, 1)
    """Which step it is, of how many."""
    rest: Rest | None = None
    """The rest that is going on."""
    is_hurt: bool = False
    """Whether the exercise was stopped because it hurts."""
    gesture: Gesture | None = None
    """The sign that is being given."""
    is_paused: bool = False
    is_muted: bool = False


def coached_scene(
    exercise: Exercise, pose: Pose, snapshot: Snapshot | None, coaching: Coaching, target: int
) -> Scene:
    """What a coach shows of one pose; numbers only once the person is set up."""
    return Scene(
        exercise=exercise,
        pose=pose,
        snapshot=None if coaching.state == "setting up" else snapshot,
        target=target,
        message=coaching.message,
        tone=coaching.tone,
        not_judged=coaching.not_judged,
        borderline=coaching.borderline,
        held=coaching.held,
        state=coaching.state,
    )
