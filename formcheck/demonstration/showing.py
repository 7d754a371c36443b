"""One performance as it is shown: a rep in a calm tempo, right or with one fault, over and over."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from formcheck.demonstration.settings import SETTINGS, Setting
from formcheck.exercise import MOVING, Exercise, Phase, Side
from formcheck.figure.movement import Faults, Flaw, Movement
from formcheck.figure.movements import MOVEMENTS
from formcheck.figure.script import Script
from formcheck.pose import Array

LONGEST_HOLD = 5.0
"""Seconds: a longer hold is shown shorter, and its real length told."""
PAUSE = 1.0
"""Seconds of rest before and after."""
STEP = 0.2
"""Seconds between two moments that are drawn; between them everything moves straight."""
FEWEST = 5
"""Moments of each phase, however short."""


@dataclass(frozen=True, slots=True)
class Beat:
    """A phase on the tempo bar, in seconds from the beginning."""

    phase: Phase
    start: float
    end: float


@dataclass(frozen=True, slots=True, eq=False)
class Showing:
    """A performance, and how it is looked at. Times are in seconds from its beginning."""

    movement: Movement
    setting: Setting
    script: Script
    near: Side
    """The side that is near."""
    asked: float
    """Seconds that the exercise asks to hold; 0 = none."""
    hold: float
    """The seconds for which that is shown."""

    @property
    def beats(self) -> tuple[Beat, ...]:
        """Its phases but for rest: out, hold and back of each rep."""
        return tuple(
            Beat(phase, start, end)
            for rep in self.script.truth
            for phase, start, end in zip(
                MOVING,
                (rep.start, rep.top_start, rep.top_end),
                (rep.top_start, rep.top_end, rep.end),
                strict=True,
            )
        )

    @property
    def works(self) -> Side:
        """The side that works, or is near where both do."""
        return self.script.truth[0].side or self.near

    @property
    def is_cut(self) -> bool:
        """Whether the hold is shown shorter than it is meant."""
        return self.asked > self.hold

    def moments(self) -> Array:
        """(T,) the times to draw, phase by phase."""
        ends = {0.0, self.script.duration}
        ends |= {end for beat in self.beats for end in (beat.start, beat.end)}
        edges = sorted(ends)
        pieces = [
            np.linspace(start, end, max(FEWEST, int(np.ceil((end - start) / STEP))), endpoint=False)
            for start, end in pairwise(edges)
        ]
        return np.append(np.concatenate(pieces), edges[-1])


def showing(exercise: Exercise, fault: str | None = None) -> Showing:
    """How an exercise is shown that the figure knows: right, or with a fault."""
    movement, setting = MOVEMENTS[exercise.name], SETTINGS[exercise.name]
    asked = exercise.hold.seconds
    hold = min(asked, LONGEST_HOLD)
    how: dict[str, Any] = {**setting.how, "rest": PAUSE, "after": PAUSE}
    if hold:
        how["hold"] = hold
    if setting.takes_turns:
        how["alternate"] = True
    flaw = _flaw(movement, fault, hold / asked if asked else 1.0)
    script = movement(2 if setting.takes_turns else 1, faults=flaw, **how)
    near = how.get("near") or how.get("side") or movement.near or movement.side
    return Showing(movement, setting, script, near, asked, hold)


def _flaw(movement: Movement, fault: str | None, shortened: float) -> Faults | None:
    """A fault by its usual amount; a hold that is too short is shortened as the right one is."""
    if fault is None:
        return None
    deviation = movement.faults[fault]
    of_hold = deviation.takes == "hold"
    return {fault: Flaw(amount=deviation.amount * (shortened if of_hold else 1.0))}
