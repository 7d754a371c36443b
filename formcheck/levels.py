"""The levels that an exercise sets on one measure: where it begins, counts, and is at fault."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import isfinite
from typing import Literal

from formcheck.exercise import Condition, Exercise, Measure, RepRule, Severity

LevelKind = Literal["start", "rep", "hallmark", "safety", "fault", "hint"]

ON_MEASURE = ("measure", "peak", "trough")
"""Subjects whose limits are values of the measure itself."""


@dataclass(frozen=True, slots=True)
class Level:
    """A value of the measure at which something changes."""

    value: float
    kind: LevelKind
    label: str
    """In a few words, to be followed by the value: `start: below`."""
    is_end: bool = False
    """Whether something that has begun is over here, and not begun."""


@dataclass(frozen=True, slots=True)
class FromRest:
    """A distance from each rep's rest level."""

    distance: float
    """With the sign of the raise."""
    label: str


def levels_of(exercise: Exercise, measure: Measure) -> list[Level]:
    """Every level that is a value of this measure."""
    found = [*_start_levels(exercise, measure)]
    if exercise.rep is not None:
        found += _rep_levels(exercise, exercise.rep, measure)
    for hallmark in exercise.hallmarks:
        found += _levels("hallmark", "hallmark", [hallmark.when], measure)
    for fault in exercise.faults:
        found += _levels(fault.severity, fault.name, fault.when, measure)
        is_here = fault.when[0].name == measure.name and fault.when[0].subject in ON_MEASURE
        if fault.until is not None and is_here:
            found.append(Level(fault.until, fault.severity, f"{fault.name}: over at", True))
    return [level for level in found if isfinite(level.value)]


def from_rest(exercise: Exercise, measure: Measure) -> list[FromRest]:
    """How far from each rep's rest it is an attempt, and counts; only on the rep's own measure."""
    rep = exercise.rep
    if rep is None or rep.measure != measure.name:
        return []
    return [
        FromRest(exercise.sign * rep.attempt, "attempt"),
        FromRest(exercise.sign * rep.counts, "counts"),
    ]


def is_change_of_main(exercise: Exercise, measure: Measure) -> bool:
    """Whether the measure is the rep's, as its change since rest."""
    main = exercise.main
    same = (measure.kind, measure.landmarks, measure.terms) == (
        main.kind,
        main.landmarks,
        main.terms,
    )
    return same and measure.since_rest == "change" and not measure.minus and not measure.unsigned


def _start_levels(exercise: Exercise, measure: Measure) -> Iterator[Level]:
    left = "over" if exercise.is_timed else "got up"
    for start in exercise.start:
        yield from _levels("start", "start", [start.when], measure)
        if start.slack is None or start.when.name != measure.name:
            continue
        if start.when.above is not None:
            yield Level(start.when.above - start.slack, "start", f"{left}: below", True)
        if start.when.below is not None:
            yield Level(start.when.below + start.slack, "start", f"{left}: above", True)


def _rep_levels(exercise: Exercise, rep: RepRule, measure: Measure) -> Iterator[Level]:
    if rep.measure == measure.name and rep.reaches is not None:
        yield Level(rep.reaches, "rep", "reaches")
    if is_change_of_main(exercise, measure):
        yield Level(exercise.sign * rep.attempt, "rep", "attempt")
        yield Level(exercise.sign * rep.counts, "rep", "counts")


def _levels(
    kind: LevelKind | Severity, name: str, conditions: Iterable[Condition], measure: Measure
) -> Iterator[Level]:
    for condition in conditions:
        if condition.name != measure.name or condition.subject not in ON_MEASURE:
            continue
        word = "" if condition.subject == "measure" else f"{condition.subject} "
        for side, limit in (("above", condition.above), ("below", condition.below)):
            if limit is not None:
                yield Level(limit, kind, f"{name}: {word}{side}")
