"""Holds what was found in one clip against its labels: counts, times and each rule in each rep.

Only reps that are matched are judged rule by rule; a rep that was missed is a matter of counting.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan
from typing import Literal

from formcheck.evaluation.label_words import fault_name
from formcheck.evaluation.labels import Labels, RepLabel
from formcheck.evaluation.matching import FoundRep, found_in, match_partials, match_reps
from formcheck.evaluation.nearest import Sample, nearest
from formcheck.events import Partial, Summary
from formcheck.exercise import Condition, Exercise, Fault, Severity, Side
from formcheck.measuring.kinds import unit_of

HOLD_TOLERANCE = 0.6
"""Seconds by which a labelled hold may be off: a slow arrival at the top looks like holding, to the
eye as to formcheck. A rule on the length of the hold whose limit is nearer than this to the hold
that is labelled is not scored."""

RuleOutcome = Literal["right", "false", "missed", "none", "not_judged", "unsure"]
"""Of a rule in a rep: it fired and should have; fired and should not; should have and did not;
rightly did not; could not be judged; either is right."""
TIMES = ("start", "peak", "end", "hold")


@dataclass(frozen=True, slots=True)
class RuleScore:
    """One rule in one matched rep."""

    rule: str
    severity: Severity
    outcome: RuleOutcome
    expected: bool
    """Whether the labels have the fault."""
    rep: int
    """The labelled rep's number in the clip, from 1."""
    side: Side | None
    time: float
    """When it fired, or the labelled time of the rep."""
    value: float
    """Where it fired the worst value, where it was missed how far it got; NaN = unknown."""
    condition: Condition
    """What the value is of, and its limit: the rule's first condition or, where it was missed, the
    one that it did not reach."""
    unit: str
    reason: str = ""
    """Why it could not be judged."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A rep as labelled, and as found."""

    number: int
    """The labelled rep's number in the clip, from 1; partials are not counted."""
    label: RepLabel
    found: FoundRep

    def off(self, what: str) -> float:
        """Seconds that a time or the hold was found too late or too long; NaN if not labelled."""
        seconds: float = getattr(self.found, what) - getattr(self.label, what)
        return seconds


@dataclass(frozen=True, slots=True)
class Missed:
    """A labelled rep that was not counted."""

    number: int
    label: RepLabel
    partial: Partial | None = None
    """The attempt that it was taken for, with the reason why it did not count."""


@dataclass(frozen=True, slots=True)
class ClipScore:
    """What was found in a clip, held against its labels."""

    labels: Labels
    word: Literal["rep", "hold"]
    """What is counted."""
    expected: int
    found: int
    partials_found: int
    pairs: tuple[Pair, ...]
    missed: tuple[Missed, ...]
    extra: tuple[FoundRep, ...]
    """Counted, though no rep is labelled there."""
    rules: tuple[RuleScore, ...]
    unknown_faults: tuple[str, ...]
    """Labelled faults that no rule of the exercise finds."""
    notes: tuple[str, ...]
    """What the session had to say, such as why nothing was counted."""

    @property
    def off_by(self) -> int:
        """How many reps too many (or, negative, too few) were counted."""
        return self.found - self.expected


def score_clip(
    labels: Labels, exercise: Exercise, summary: Summary, samples: Sequence[Sample] = ()
) -> ClipScore:
    """Hold a summary against the labels of its clip.

    Args:
        labels: what is seen.
        exercise: the definition that was used.
        summary: what was found.
        samples: the measures over time; without them a missed rule has no value.
    """
    found = found_in(summary)
    reps = labels.counted
    matched = match_reps(reps, found)
    pairs = tuple(Pair(i + 1, reps[i], found[j]) for i, j in sorted(matched.items()))
    left = {i: rep for i, rep in enumerate(reps) if i not in matched}
    extra = [each for j, each in enumerate(found) if j not in matched.values()]
    return ClipScore(
        labels=labels,
        word=exercise.counted,
        expected=labels.expected_reps,
        found=len(found),
        partials_found=len(summary.partials),
        pairs=pairs,
        missed=_missed(left, summary.partials),
        extra=() if labels.is_counted_only else tuple(extra),
        rules=tuple(s for pair in pairs for s in _rule_scores(pair, labels, exercise, samples)),
        unknown_faults=_unknown_faults(labels, exercise),
        notes=summary.notes,
    )


def _missed(left: dict[int, RepLabel], partials: Sequence[Partial]) -> tuple[Missed, ...]:
    taken_for = match_partials(list(left.values()), partials)
    return tuple(
        Missed(i + 1, rep, partials[taken_for[place]] if place in taken_for else None)
        for place, (i, rep) in enumerate(left.items())
    )


def _unknown_faults(labels: Labels, exercise: Exercise) -> tuple[str, ...]:
    said = [w for rep in labels.counted for w in rep.faults + rep.unsure]
    said += [*labels.unsure, *labels.not_judged]
    names = {fault_name(words, exercise.faults) for words in said}
    return tuple(sorted(names - {fault.name for fault in exercise.faults}))


def _rule_scores(
    pair: Pair, labels: Labels, exercise: Exercise, samples: Sequence[Sample]
) -> list[RuleScore]:
    expected = {fault_name(words, exercise.faults) for words in pair.label.faults}
    unsure = {fault_name(words, exercise.faults) for words in labels.unsure + pair.label.unsure}
    unsure |= {f.name for f in exercise.faults if _is_milder(f, expected, exercise)}
    unsure -= expected
    unsure |= {found.name for found in pair.found.borderline}
    scores = []
    for fault in exercise.faults:
        said = _expected_by_hold(fault, pair.label.hold) if fault.name not in expected else True
        is_unsure = fault.name in unsure or said is None
        scores.append(_rule_score(pair, exercise, fault, bool(said), is_unsure, samples))
    return scores


def _expected_by_hold(fault: Fault, hold: float) -> bool | None:
    """Whether the labelled hold breaks a rule on its length; None where it is too close to say."""
    if isnan(hold) or len(fault.when) != 1:
        return False
    (condition,) = fault.when
    if condition.subject != "duration" or condition.name != "hold":
        return False
    if abs(hold - condition.limit) < HOLD_TOLERANCE:
        return None
    return condition.holds(hold)


def _is_milder(fault: Fault, labelled: set[str], exercise: Exercise) -> bool:
    """Whether a labelled fault goes beyond the limits of this one as well.

    Who names the worse of two need not name the milder: either answer about it is right.
    """
    worse = [c for each in exercise.faults if each.name in labelled for c in each.when]
    return all(any(_goes_beyond(other, c) for other in worse) for c in fault.when)


def _goes_beyond(one: Condition, other: Condition) -> bool:
    if (one.subject, one.name) != (other.subject, other.name):
        return False
    if other.above is not None and (one.above is None or one.above < other.above):
        return False
    return other.below is None or (one.below is not None and one.below <= other.below)


def _rule_score(
    pair: Pair,
    exercise: Exercise,
    fault: Fault,
    expected: bool,
    is_unsure: bool,
    samples: Sequence[Sample],
) -> RuleScore:
    fired = next((each for each in pair.found.faults if each.name == fault.name), None)
    reason = next((each.reason for each in pair.found.unjudged if each.name == fault.name), None)
    outcome = _outcome(fired is not None, reason is not None, expected, is_unsure)
    time, value, condition = pair.label.time, float("nan"), fault.first
    if fired is not None:
        time, value = fired.start, fired.value
    elif outcome == "missed":
        near = nearest(exercise, fault, pair.found, samples)
        value, condition = near.value, near.condition
    return RuleScore(
        rule=fault.name,
        severity=fault.severity,
        outcome=outcome,
        expected=expected,
        rep=pair.number,
        side=pair.found.side,
        time=time,
        value=value,
        condition=condition,
        unit=unit_of(exercise, condition).strip(),
        reason=reason or "",
    )


def _outcome(fired: bool, unjudged: bool, expected: bool, is_unsure: bool) -> RuleOutcome:
    if is_unsure:
        return "unsure"
    if unjudged:
        return "not_judged"
    if fired:
        return "right" if expected else "false"
    return "missed" if expected else "none"
