"""Which rep that was found is which rep that was labelled.

A rep is matched where its time at the top is within `NEAR` of the labelled peak, or where it
overlaps the labelled one by half (intersection over union). The nearest are matched first, and each
at most once.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isnan, nan
from typing import TypeVar

from formcheck.evaluation.labels import RepLabel
from formcheck.events import FaultFound, Hold, Partial, Rep, Summary, Unjudged
from formcheck.exercise import Side

NEAR = 0.5
"""Seconds between a labelled time and the one found."""
OVERLAP = 0.5
"""Share that the time of two reps has in common, of the time that either takes."""

Thing = TypeVar("Thing")


@dataclass(frozen=True, slots=True)
class FoundRep:
    """A rep or, in a timed exercise, a hold that was found."""

    side: Side | None
    start: float
    peak: float
    """The middle of the time at the top, or of the hold."""
    end: float
    hold: float
    """Seconds held still at the top, or in all."""
    out: float
    back: float
    faults: tuple[FaultFound, ...]
    unjudged: tuple[Unjudged, ...]
    clean: bool
    borderline: tuple[FaultFound, ...] = ()

    @property
    def interval(self) -> tuple[float, float]:
        """When it began and ended."""
        return self.start, self.end


def found_in(summary: Summary) -> tuple[FoundRep, ...]:
    """All that counted in a session, in order of time."""
    every = [*map(_found_rep, summary.reps), *map(_found_hold, summary.holds)]
    return tuple(sorted(every, key=lambda found: found.start))


def _found_hold(hold: Hold) -> FoundRep:
    return FoundRep(
        side=hold.side,
        start=hold.start,
        peak=(hold.start + hold.end) / 2,
        end=hold.end,
        hold=hold.hold,
        out=nan,
        back=nan,
        faults=hold.faults,
        unjudged=hold.unjudged,
        clean=hold.clean,
        borderline=hold.borderline,
    )


def _found_rep(rep: Rep) -> FoundRep:
    return FoundRep(
        side=rep.side,
        start=rep.start,
        peak=rep.peak,
        end=rep.end,
        hold=rep.hold,
        out=rep.out,
        back=rep.back,
        faults=rep.faults,
        unjudged=rep.unjudged,
        clean=rep.clean,
        borderline=rep.borderline,
    )


def match_reps(labels: Sequence[RepLabel], found: Sequence[FoundRep]) -> dict[int, int]:
    """The place among those found, by the place of the label."""
    return _nearest_first(labels, found, _rep_distance)


def match_partials(labels: Sequence[RepLabel], found: Sequence[Partial]) -> dict[int, int]:
    """As `match_reps`, among the attempts that did not count."""
    return _nearest_first(labels, found, _partial_distance)


def _nearest_first(
    labels: Sequence[RepLabel],
    found: Sequence[Thing],
    distance: Callable[[RepLabel, Thing], float],
) -> dict[int, int]:
    pairs = [
        (away, i, j)
        for i, label in enumerate(labels)
        for j, each in enumerate(found)
        if not isnan(away := distance(label, each))
    ]
    matched: dict[int, int] = {}
    for _, i, j in sorted(pairs):
        if i not in matched and j not in matched.values():
            matched[i] = j
    return matched


def _rep_distance(label: RepLabel, found: FoundRep) -> float:
    """Seconds between the two; NaN if they cannot be the same."""
    if not _same_side(label.side, found.side):
        return nan
    away = off_the_top(label, found)
    if away <= NEAR:
        return away
    return _interval_distance(label, found.interval)


def _partial_distance(label: RepLabel, found: Partial) -> float:
    if not _same_side(label.side, found.side):
        return nan
    away = max(found.start - label.peak, label.peak - found.end, 0.0)
    if away <= NEAR:
        return away
    return _interval_distance(label, (found.start, found.end))


def off_the_top(label: RepLabel, found: FoundRep) -> float:
    """Seconds from the labelled peak to the time held at the top, any moment of which will do."""
    at_top = 0.0 if isnan(found.hold) else found.hold / 2
    return max(0.0, abs(label.peak - found.peak) - at_top) if label.peak == label.peak else nan


def _interval_distance(label: RepLabel, found: tuple[float, float]) -> float:
    """Seconds between the middles of two that overlap enough, or between the one time known."""
    start, end = found
    if isnan(label.start) or isnan(label.end):
        if not isnan(label.peak):
            return nan
        away = abs(label.end - end) if isnan(label.start) else abs(label.start - start)
        return away if away <= NEAR else nan
    if overlap((label.start, label.end), found) < OVERLAP:
        return nan
    return abs((label.start + label.end) - (start + end)) / 2


def overlap(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The time that two have in common as a share of the time that either takes, 0 to 1."""
    common = min(one[1], other[1]) - max(one[0], other[0])
    whole = max(one[1], other[1]) - min(one[0], other[0])
    return max(0.0, common / whole) if whole > 0 else float(one == other)


def _same_side(one: Side | None, other: Side | None) -> bool:
    return one is None or other is None or one == other
