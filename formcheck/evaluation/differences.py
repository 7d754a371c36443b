"""What differs between a clip's labels and what was found in it, a line each, for `formcheck test`.

Tolerances: times at the top within half a second of the time held there, beginnings and ends within
three quarters, the hold within six tenths. A fault that is not labelled is a difference if its
severity is safety, and in any severity where the labels are exhaustive.
"""

from collections.abc import Iterator
from math import isnan

from formcheck.definition.form_problems import suggest
from formcheck.evaluation.label_words import fault_name
from formcheck.evaluation.matching import NEAR, FoundRep, off_the_top
from formcheck.evaluation.scoring import HOLD_TOLERANCE, ClipScore, Missed, Pair, RuleScore
from formcheck.exercise import Exercise
from formcheck.wording import count, limits

EDGE_TOLERANCE = 0.75
"""Seconds by which beginning and end may be off: a movement has no sharp edges."""


def differences(score: ClipScore, exercise: Exercise) -> list[str]:
    """What is not as labelled; nothing if all is well."""
    if score.labels.exercise is None:
        return list(_counted_anyway(score, exercise))
    if not score.labels.judgeable:
        return list(_judged_anyway(score))
    return [
        *_count_differences(score),
        *(_missed_line(missed, score.word) for missed in score.missed),
        *(f"a {score.word} {place(each)} that is not labelled" for each in score.extra),
        *(line for pair in score.pairs for line in _time_differences(pair, score.word)),
        *_fault_differences(score),
        *_not_judged_differences(score, exercise),
        *(_unknown_line(name, exercise) for name in score.unknown_faults),
    ]


def place(found: FoundRep) -> str:
    """When a rep was found, and on which side."""
    side = f", {found.side}" if found.side else ""
    return f"at {found.peak:.1f} s{side}"


def value_against_limit(score: RuleScore) -> str:
    """A rule's value and when it fires, in words."""
    condition, unit = score.condition, f" {score.unit}" if score.unit else ""
    value = "unknown" if isnan(score.value) else f"{score.value:.3g}{unit}"
    words = f"{condition.name} {value}, fires {limits(condition)}"
    if score.outcome == "missed" and condition.holds(score.value):
        return f"{words}, but not with the other conditions at once"
    return words


def _counted_anyway(score: ClipScore, exercise: Exercise) -> Iterator[str]:
    for each in score.extra:
        yield f"a {score.word} of {exercise.name} {place(each)}, where nothing may count"


def _judged_anyway(score: ClipScore) -> Iterator[str]:
    if score.found > score.expected:
        yield f"expected at most {count(score.expected, score.word)}, found {score.found}"
    every = [pair.found for pair in score.pairs] + list(score.extra)
    for found in sorted(every, key=lambda each: each.start):
        if found.clean:
            yield f"{score.word} {place(found)}: called clean, though nothing can be judged there"
    for rule in score.rules:
        if rule.outcome == "false":
            at = f"{score.word} {_place(rule)}"
            yield f"{at}: found {_named(rule)}, though nothing can be judged there"


def _count_differences(score: ClipScore) -> Iterator[str]:
    if score.off_by:
        why = f" ({' '.join(score.notes)})" if not score.found and score.notes else ""
        yield f"expected {count(score.expected, score.word)}, found {score.found}{why}"
    partials = score.labels.partial_count
    if partials is not None and partials != score.partials_found:
        yield f"expected {count(partials, 'partial')}, found {score.partials_found}"


def _missed_line(missed: Missed, word: str) -> str:
    side = f", {missed.label.side}" if missed.label.side else ""
    at = f"{word} {missed.number} at {missed.label.time:.1f} s{side}"
    if missed.partial is None:
        return f"{at}: not found"
    return f"{at}: taken for a partial: {missed.partial.reason}"


def _unknown_line(name: str, exercise: Exercise) -> str:
    hint = suggest(name, [fault.name for fault in exercise.faults])
    return f"fault {name} is labelled, but {exercise.name} has no rule of that name{hint}"


def _time_differences(pair: Pair, word: str) -> Iterator[str]:
    offs = {
        "peak": (off_the_top(pair.label, pair.found), NEAR),
        "start": (abs(pair.off("start")), EDGE_TOLERANCE),
        "end": (abs(pair.off("end")), EDGE_TOLERANCE),
        "hold": (abs(pair.off("hold")), HOLD_TOLERANCE),
    }
    for what, (off, tolerance) in offs.items():
        if off > tolerance:
            labelled, found = getattr(pair.label, what), getattr(pair.found, what)
            at = f"{word} {pair.number} at {pair.label.time:.1f} s"
            yield f"{at}: expected {what} {labelled:.2f} s, found {found:.2f} s"


def _fault_differences(score: ClipScore) -> Iterator[str]:
    for rule in score.rules:
        at = f"{score.word} {_place(rule)}"
        if rule.outcome == "missed":
            yield f"{at}: expected {_named(rule)}, not found ({value_against_limit(rule)})"
        elif rule.outcome == "not_judged" and rule.expected:
            yield f"{at}: expected {_named(rule)}, not judged: {rule.reason}"
        elif rule.outcome == "false" and (rule.severity == "safety" or score.labels.exhaustive):
            yield f"{at}: found {_named(rule)}, not labelled ({value_against_limit(rule)})"


def _not_judged_differences(score: ClipScore, exercise: Exercise) -> Iterator[str]:
    hidden = {fault_name(words, exercise.faults) for words in score.labels.not_judged}
    for rule in score.rules:
        if rule.rule in hidden and rule.outcome in ("right", "false", "none", "missed"):
            yield f"{score.word} {_place(rule)}: expected {rule.rule} not to be judged, but it was"


def _place(rule: RuleScore) -> str:
    return f"{rule.rep} at {rule.time:.1f} s"


def _named(rule: RuleScore) -> str:
    return f"{rule.severity} {rule.rule}"
