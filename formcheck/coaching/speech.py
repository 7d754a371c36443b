"""What the coach could say, and which of it is said next.

Knows no clock, thread or sound: every time is in seconds on the clock of the session.
"""

from dataclasses import dataclass
from typing import Literal

SpeechKind = Literal["safety", "fault", "guide", "count", "hold", "praise", "hint"]
Say = Literal["all", "faults", "counts"]

MOST_WAITING = 4


@dataclass(frozen=True, slots=True)
class Manner:
    """How a kind of utterance is said. Seconds."""

    life: float
    """After which it is no longer worth saying."""
    cool_down: float
    """Before which the same is not said again."""
    newest_only: bool = False
    """Whether a newer one takes the place of one that waits: two counts would come out of order,
    and only the last piece of guidance still fits how the person lies."""


MANNERS: dict[SpeechKind, Manner] = {
    "safety": Manner(life=5.0, cool_down=5.0),
    "fault": Manner(life=3.0, cool_down=5.0),
    "count": Manner(life=1.0, cool_down=0.0, newest_only=True),
    "hold": Manner(life=1.0, cool_down=0.0, newest_only=True),
    "guide": Manner(life=4.0, cool_down=8.0, newest_only=True),
    "hint": Manner(life=3.0, cool_down=5.0),
    "praise": Manner(life=2.0, cool_down=5.0, newest_only=True),
}
"""The most urgent first."""

URGENCY: dict[SpeechKind, int] = {kind: rank for rank, kind in enumerate(MANNERS)}
"""The smaller, the more urgent."""

SAID: dict[Say, frozenset[SpeechKind]] = {
    "all": frozenset(MANNERS),
    "faults": frozenset({"safety", "fault", "hint", "guide"}),
    "counts": frozenset({"count", "hold", "guide"}),
}
"""What is said for each choice of the user."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """A few words to say."""

    time: float
    """When they became true; seconds on the clock of the session."""
    text: str
    kind: SpeechKind
    key: str = ""
    """What must not be said again too soon; the text, if none is given."""

    def __post_init__(self) -> None:
        """Let the text be the key, if none is given."""
        if not self.key:
            object.__setattr__(self, "key", self.text)


def is_said(kind: SpeechKind, say: Say) -> bool:
    """Whether the user who chose `say` wants to hear this kind."""
    return kind in SAID[say]


class SpeechQueue:
    """The few utterances that wait for the mouth to be free.

    What cannot be said in time is dropped: a coach who is late is worse than one who is silent.
    """

    __slots__ = ("_said", "_waiting")

    def __init__(self) -> None:
        self._waiting: list[Utterance] = []
        self._said: dict[str, float] = {}
        """When each key was last given out."""

    def __len__(self) -> int:
        """Return how many wait."""
        return len(self._waiting)

    def add(self, utterance: Utterance) -> None:
        """Let an utterance wait; it takes the place of what it makes superfluous."""
        waiting = [other for other in self._waiting if not _replaces(utterance, other)]
        waiting.append(utterance)
        if len(waiting) > MOST_WAITING:
            waiting.remove(max(waiting, key=lambda each: (URGENCY[each.kind], -each.time)))
        self._waiting = waiting

    def next(self, time: float) -> Utterance | None:
        """Take out what to say now, if anything; what is not worth saying any more is dropped.

        The most urgent kind first, within it the newest, and among equals the one added first.
        """
        self._waiting = [each for each in self._waiting if self.is_worth_saying(each, time)]
        if not self._waiting:
            return None
        chosen = min(self._waiting, key=lambda each: (URGENCY[each.kind], -each.time))
        self._waiting.remove(chosen)
        if MANNERS[chosen.kind].cool_down:
            self._said[chosen.key] = time
        return chosen

    def is_worth_saying(self, utterance: Utterance, time: float) -> bool:
        """Whether it is fresh, and was not said a moment ago.

        Sizes, not signs, are compared: if the clock was set back, a new session has begun.
        """
        manner = MANNERS[utterance.kind]
        if abs(time - utterance.time) > manner.life:
            return False
        said = self._said.get(utterance.key)
        return said is None or abs(time - said) >= manner.cool_down

    def clear(self) -> None:
        """Drop all that waits. What was said is still not said again too soon."""
        self._waiting.clear()


def _replaces(new: Utterance, old: Utterance) -> bool:
    if new.kind == old.kind and MANNERS[new.kind].newest_only:
        return True
    return new.key == old.key
