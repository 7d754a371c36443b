"""How near a rule that did not fire came to firing in a rep: for whoever chooses its limits."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan

import numpy as np

from formcheck.evaluation.matching import FoundRep
from formcheck.events import Snapshot
from formcheck.exercise import Condition, Exercise, Fault, Phase, Side
from formcheck.measuring.timing import sustained_high, sustained_low


@dataclass(frozen=True, slots=True)
class Sample:
    """The measures at one time."""

    time: float
    phase: Phase
    side: Side | None
    values: dict[str, float]


@dataclass(frozen=True, slots=True)
class Nearest:
    """The condition that kept a rule from firing, and how far it got."""

    condition: Condition
    value: float
    """The farthest that was kept up for as long as the condition asks; NaN = unknown."""

    @property
    def reached(self) -> bool:
        """Whether the condition held by itself, though not together with the others."""
        return self.condition.holds(self.value)


def sample_of(snapshot: Snapshot) -> Sample:
    """What is needed of a snapshot."""
    return Sample(snapshot.time, snapshot.phase, snapshot.side, dict(snapshot.values))


def nearest(exercise: Exercise, fault: Fault, rep: FoundRep, samples: Sequence[Sample]) -> Nearest:
    """The first condition that a rule did not reach in a rep, or its first if all were reached.

    The moments before an attempt was noticed are compared with the rest before, so a value early in
    the rep may differ a little from the one that was judged.
    """
    inside = [
        sample
        for sample in samples
        if rep.start <= sample.time <= rep.end
        and sample.side == rep.side
        and sample.phase in fault.during
    ]
    got = [Nearest(c, _farthest(exercise, c, rep, inside)) for c in fault.when]
    return next((each for each in got if not each.reached), got[0])


def _farthest(
    exercise: Exercise, condition: Condition, rep: FoundRep, samples: Sequence[Sample]
) -> float:
    if condition.subject == "duration":
        return {"out": rep.out, "hold": rep.hold, "back": rep.back}.get(condition.name, nan)
    values = _values(exercise, condition, rep, samples)
    times = [sample.time for sample in samples]
    if condition.subject in ("peak", "trough"):
        return (sustained_high if condition.subject == "peak" else sustained_low)(times, values)
    extreme = sustained_high if condition.above is not None else sustained_low
    return extreme(times, values, condition.lasting, share=0.5)


def _values(
    exercise: Exercise, condition: Condition, rep: FoundRep, samples: Sequence[Sample]
) -> list[float]:
    prefix = "" if rep.side is None else f"{rep.side}."
    if condition.subject != "fall":
        return [sample.values.get(prefix + condition.name, nan) for sample in samples]
    main = np.array(
        [exercise.sign * s.values.get(prefix + exercise.main.name, nan) for s in samples]
    )
    falls: list[float] = (np.fmax.accumulate(main) - main).tolist()
    return falls
