"""Adds up the scores of clips: one exercise's counting, timing and faults in numbers.

A ratio whose denominator is 0 is NaN, never 0 or 1.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import isnan, nan
from statistics import median

import numpy as np

from formcheck.evaluation.scoring import TIMES, ClipScore, RuleOutcome, RuleScore
from formcheck.exercise import Exercise, Severity, spoils


def ratio(part: float, whole: float) -> float:
    """A share; NaN of nothing."""
    return part / whole if whole else nan


@dataclass(frozen=True, slots=True)
class Counting:
    """How well reps were counted, over the clips in which they can be."""

    clips: int
    expected: int
    found: int
    matched: int
    partials_expected: int
    """In the clips whose labels say how many."""
    partials_found: int
    """In the same clips."""
    obo: float
    """Share of clips whose count is off by one at most: an accuracy, higher is better."""
    exact: float
    """Share of clips whose count is right."""
    mae: float
    """Mean of |found - expected| / expected over the clips with reps: an error, lower is better."""
    described: int
    """Labelled reps that are described one by one, so that they can be matched."""
    described_found: int
    """Reps found in the clips where they are."""

    @property
    def precision(self) -> float:
        """Share of the reps found that are labelled."""
        return ratio(self.matched, self.described_found)

    @property
    def recall(self) -> float:
        """Share of the labelled reps that were found."""
        return ratio(self.matched, self.described)


@dataclass(frozen=True, slots=True)
class TimingError:
    """How far a time, or the length of the hold, was off in matched reps, in seconds."""

    of: str
    reps: int
    median: float
    """Of the absolute errors."""
    p95: float
    """95 % of the absolute errors are no larger."""
    bias: float
    """The median of the signed errors: positive is late or long."""


@dataclass(frozen=True, slots=True)
class RuleTally:
    """How well one rule did over matched reps."""

    rule: str
    severity: Severity
    reps: int
    """In which it was scored or could not be judged."""
    right: int
    false: int
    missed: int
    none: int
    not_judged: int
    unsure: int

    @property
    def precision(self) -> float:
        """Share of the reps where it fired in which it should have."""
        return ratio(self.right, self.right + self.false)

    @property
    def recall(self) -> float:
        """Share of the reps with the fault, as far as they were judged, in which it fired."""
        return ratio(self.right, self.right + self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return ratio(2 * self.right, 2 * self.right + self.false + self.missed)

    @property
    def not_judged_share(self) -> float:
        """Share of the reps in which it could not be judged."""
        return ratio(self.not_judged, self.reps)


@dataclass(frozen=True, slots=True)
class Alarms:
    """False alarms in correct reps: matched reps without a labelled fault."""

    reps: int
    false: int
    above_hint: int
    """Of those, the ones that keep a rep from being clean."""

    @property
    def per_ten(self) -> float:
        """False alarms in ten correct reps."""
        return ratio(10 * self.false, self.reps)

    @property
    def above_hint_per_ten(self) -> float:
        """The same without hints."""
        return ratio(10 * self.above_hint, self.reps)


def counting(scores: Sequence[ClipScore]) -> Counting:
    """How well reps were counted, leaving out clips from which nothing can be judged."""
    scores = [score for score in scores if score.labels.judgeable]
    with_reps = [score for score in scores if score.expected]
    described = [score for score in scores if not score.labels.is_counted_only]
    said = [score for score in scores if score.labels.partial_count is not None]
    errors = [abs(score.off_by) for score in scores]
    return Counting(
        clips=len(scores),
        expected=sum(score.expected for score in scores),
        found=sum(score.found for score in scores),
        matched=sum(len(score.pairs) for score in described),
        partials_expected=sum(score.labels.partial_count or 0 for score in said),
        partials_found=sum(score.partials_found for score in said),
        obo=ratio(sum(error <= 1 for error in errors), len(errors)),
        exact=ratio(sum(error == 0 for error in errors), len(errors)),
        mae=ratio(sum(abs(s.off_by) / s.expected for s in with_reps), len(with_reps)),
        described=sum(len(score.labels.counted) for score in described),
        described_found=sum(score.found for score in described),
    )


def timing_errors(scores: Iterable[ClipScore]) -> list[TimingError]:
    """How far each time was off, over the matched reps whose label has it.

    Clips from which nothing can be judged are left out.
    """
    pairs = [pair for score in scores if score.labels.judgeable for pair in score.pairs]
    return [_timing_error(of, [pair.off(of) for pair in pairs]) for of in TIMES]


def _timing_error(of: str, offs: Iterable[float]) -> TimingError:
    known = [off for off in offs if not isnan(off)]
    if not known:
        return TimingError(of, 0, nan, nan, nan)
    sizes = [abs(off) for off in known]
    return TimingError(
        of, len(known), median(sizes), float(np.percentile(sizes, 95)), median(known)
    )


def rule_tallies(exercise: Exercise, scores: Iterable[ClipScore]) -> list[RuleTally]:
    """How well each rule of an exercise did, in the exercise's order."""
    every = [each for score in scores for each in score.rules]
    return [
        _rule_tally(fault.name, fault.severity, [s for s in every if s.rule == fault.name])
        for fault in exercise.faults
    ]


def _rule_tally(rule: str, severity: Severity, scores: Sequence[RuleScore]) -> RuleTally:
    def count(outcome: RuleOutcome) -> int:
        return sum(score.outcome == outcome for score in scores)

    return RuleTally(
        rule=rule,
        severity=severity,
        reps=len(scores) - count("unsure"),
        right=count("right"),
        false=count("false"),
        missed=count("missed"),
        none=count("none"),
        not_judged=count("not_judged"),
        unsure=count("unsure"),
    )


def alarms(scores: Iterable[ClipScore]) -> Alarms:
    """False alarms in the reps that are correct by their labels."""
    reps = false = above_hint = 0
    for score in scores:
        for pair in score.pairs:
            rules = [each for each in score.rules if each.rep == pair.number]
            if pair.label.faults or any(each.expected for each in rules):
                continue
            fired = [each for each in rules if each.outcome == "false"]
            reps += 1
            false += len(fired)
            above_hint += sum(spoils(each.severity) for each in fired)
    return Alarms(reps, false, above_hint)
