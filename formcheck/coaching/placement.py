"""Says how to set up camera and person so that an exercise can be judged, one thing at a time.

The most basic thing comes first: light, somebody in view, distance, the whole body in the picture,
the start position, the view that the exercise needs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan
from typing import Literal

import numpy as np

from formcheck.exercise import Exercise
from formcheck.language.sentences import Sentence, listed
from formcheck.measuring.reader import landmarks_of
from formcheck.pose import LANDMARKS, Pose

SetUpProblem = Literal["dark", "nobody", "far", "near", "cut_off", "start", "view", "doubtful"]

DARK = 40.0
"""Mean brightness, 0..255, below which landmarks are not to be trusted."""
FAR = 0.13
"""Torso in image heights at about 4 m from a usual laptop camera, where MediaPipe's range ends."""
NEAR = 0.5
"""Torso in image heights from which a whole body does not fit into the picture."""
EDGE = 0.01
"""How near to the picture's edge, in image heights, a landmark counts as cut off."""
LASTING = 1.0
"""Seconds that something must be wrong before it is said, and right before it is forgotten."""

PARTS = {
    "head": ("nose", "left_ear", "right_ear"),
    "shoulders": ("left_shoulder", "right_shoulder"),
    "hips": ("left_hip", "right_hip"),
    "hands": ("left_wrist", "right_wrist"),
    "knees": ("left_knee", "right_knee"),
    "feet": (
        "left_ankle",
        "right_ankle",
        "left_heel",
        "right_heel",
        "left_foot_index",
        "right_foot_index",
    ),
}

BODY = frozenset({"head", "shoulders", "hips", "knees"})
"""What must be in the picture whatever is measured: of half a body MediaPipe makes up the rest."""

PART_WORDS = {
    "head": Sentence("head"),
    "shoulders": Sentence("shoulders"),
    "hips": Sentence("hips"),
    "hands": Sentence("hands"),
    "knees": Sentence("knees"),
    "feet": Sentence("feet"),
}
CANNOT_SEE = {
    "side": Sentence("I can't see you well from here. Move the laptop to your side."),
    "front": Sentence("I can't see you well from here. Move the laptop in front of you."),
}
TURN_TO_VIEW = {
    "side": Sentence("Turn so I can see you from the side."),
    "front": Sentence("Turn so I can see you from the front."),
}
"""What to do, by the view that the exercise asks for."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What is seen of the person, and from where."""

    pose: Pose
    brightness: float
    """Mean of the picture, 0..255."""
    aspect: float
    """The picture's width in image heights."""
    torso: float
    """In image heights; NaN = unknown."""
    off_view: float = nan
    """Degrees that the camera is off the view that the exercise asks for; NaN = unknown."""
    is_doubtful: bool = False
    """Whether what was found can hardly be a body."""


@dataclass(frozen=True, slots=True)
class SetUpAdvice:
    """What is wrong with the set-up, and what to do about it."""

    problem: SetUpProblem
    words: str


class Placement:
    """Watches the set-up of one exercise."""

    def __init__(self, exercise: Exercise | None) -> None:
        """Watch for what this exercise needs; without one, for the whole body."""
        self._exercise = exercise
        self._parts = needed_parts(exercise) if exercise else tuple(PARTS)
        self._advice: SetUpAdvice | None = None
        self._pending: SetUpProblem | None = None
        self._since = 0.0

    def update(self, sight: Sight, waiting_for: str) -> SetUpAdvice | None:
        """The most basic thing that has been wrong for a while; none when all is well.

        Args:
            sight: what is seen now.
            waiting_for: what the session asks of someone who is not in the start position.
        """
        now = self._now(sight, waiting_for)
        problem = now.problem if now else None
        if problem != self._pending:
            self._pending, self._since = problem, sight.pose.time
        is_news = problem != (self._advice.problem if self._advice else None)
        if not is_news or sight.pose.time - self._since >= LASTING:
            self._advice = now
        return self._advice

    def _now(self, sight: Sight, waiting_for: str) -> SetUpAdvice | None:
        pose = sight.pose
        if sight.brightness < DARK:
            return SetUpAdvice("dark", Sentence("It's too dark. Turn on a light."))
        if not pose.is_present:
            return SetUpAdvice(
                "nobody",
                Sentence(
                    "I can't see you. Move so your whole body is in view, including your head."
                ),
            )
        if sight.torso < FAR:
            return SetUpAdvice("far", Sentence("You're too far away. Come within four metres."))
        if sight.torso > NEAR:
            return SetUpAdvice("near", Sentence("You're too close. Move the laptop further away."))
        hidden = cut_off(pose, self._parts, sight.aspect)
        if hidden:
            parts = part_words(hidden)
            words = Sentence("Move the laptop so I can see your {parts}.", parts=parts)
            return SetUpAdvice("cut_off", words)
        if sight.is_doubtful:
            words = CANNOT_SEE[self._exercise.camera.view if self._exercise else "side"]
            return SetUpAdvice("doubtful", words)
        if waiting_for:
            return SetUpAdvice("start", waiting_for)
        exercise = self._exercise
        if exercise and sight.off_view > exercise.camera.within:
            return SetUpAdvice("view", TURN_TO_VIEW[exercise.camera.view])
        return None


def needed_parts(exercise: Exercise) -> tuple[str, ...]:
    """The parts of the body that must be in the picture, from head to feet."""
    needed = {name for m in exercise.measures for name in landmarks_of(m, "left")}
    needed |= {name.replace("left", "right") for name in needed}
    return tuple(part for part, names in PARTS.items() if part in BODY or needed & set(names))


def cut_off(pose: Pose, parts: tuple[str, ...], aspect: float) -> tuple[str, ...]:
    """The parts of which a landmark lies outside the picture, or on its very edge."""
    points = pose.image[:, :2]
    inside = np.all((points >= EDGE) & (points <= (aspect - EDGE, 1.0 - EDGE)), axis=1)
    outside = {name for name, is_inside in zip(LANDMARKS, inside, strict=True) if not is_inside}
    return tuple(part for part in parts if not outside.isdisjoint(PARTS[part]))


def part_words(parts: Sequence[str]) -> Sentence:
    """Parts of the body, as one says them: "hips, knees and feet"."""
    return listed([PART_WORDS[part] for part in parts])
