"""An evaluation as the table that `formcheck evaluate --json` writes. docs/labels.md describes it.

A ratio of nothing is `null`, never 0 or 1.
"""

from formcheck.evaluation.differences import differences
from formcheck.evaluation.labels import RepLabel
from formcheck.evaluation.matching import FoundRep
from formcheck.evaluation.results import Evaluation, ExerciseScores, ScoredClip, Skipped, misfires
from formcheck.evaluation.scoring import Missed, RuleScore
from formcheck.evaluation.tally import (
    Counting,
    RuleTally,
    TimingError,
    alarms,
    counting,
    rule_tallies,
    timing_errors,
)
from formcheck.fields import rounded
from formcheck.results.as_json import Table

FORMAT = "formcheck-evaluation/1"


def evaluation_table(evaluation: Evaluation) -> Table:
    """All numbers of an evaluation, and where they come from."""
    return {
        "format": FORMAT,
        "exercises": [_exercise_table(each) for each in evaluation.by_exercise()],
        "elsewhere": [_elsewhere_table(each) for each in evaluation.elsewhere()],
        "skipped": [_skipped_table(each) for each in evaluation.skipped],
        "left_out": evaluation.left_out,
    }


def _exercise_table(each: ExerciseScores) -> Table:
    false = alarms(each.scores)
    return {
        "exercise": each.exercise.name,
        "counting": _counting_table(counting(each.scores)),
        "timing": {error.of: _timing_table(error) for error in timing_errors(each.scores)},
        "recognition": dict(each.recognitions),
        "rules": [_rule_table(tally) for tally in rule_tallies(each.exercise, each.scores)],
        "correct_reps": false.reps,
        "false_alarms": false.false,
        "false_alarms_above_hint": false.above_hint,
        "false_alarms_per_10_correct_reps": rounded(false.per_ten, 3),
        "false_alarms_above_hint_per_10_correct_reps": rounded(false.above_hint_per_ten, 3),
        "clips": [_clip_table(clip) for clip in each.clips],
        "misfires": [_misfire_table(clip, rule) for clip, rule in misfires(each.clips)],
    }


def _counting_table(counted: Counting) -> Table:
    return {
        "clips": counted.clips,
        "reps_expected": counted.expected,
        "reps_found": counted.found,
        "reps_matched": counted.matched,
        "reps_precision": rounded(counted.precision, 4),
        "reps_recall": rounded(counted.recall, 4),
        "partials_expected": counted.partials_expected,
        "partials_found": counted.partials_found,
        "obo": rounded(counted.obo, 4),
        "exact": rounded(counted.exact, 4),
        "mae": rounded(counted.mae, 4),
    }


def _timing_table(error: TimingError) -> Table:
    return {
        "reps": error.reps,
        "median_abs_s": rounded(error.median, 3),
        "p95_abs_s": rounded(error.p95, 3),
        "median_s": rounded(error.bias, 3),
    }


def _rule_table(tally: RuleTally) -> Table:
    return {
        "rule": tally.rule,
        "severity": tally.severity,
        "reps": tally.reps,
        "tp": tally.right,
        "fp": tally.false,
        "fn": tally.missed,
        "tn": tally.none,
        "precision": rounded(tally.precision, 4),
        "recall": rounded(tally.recall, 4),
        "f1": rounded(tally.f1, 4),
        "not_judged": tally.not_judged,
        "not_judged_share": rounded(tally.not_judged_share, 4),
        "unsure": tally.unsure,
    }


def _clip_table(each: ScoredClip) -> Table:
    score = each.score
    return {
        "labels": str(each.clip.file),
        "source": str(each.clip.clip),
        "judgeable": score.labels.judgeable,
        "reps_expected": score.expected,
        "reps_found": score.found,
        "partials_expected": score.labels.partial_count,
        "partials_found": score.partials_found,
        "recognised": None if each.recognised is None else list(each.recognised),
        "missed": [_missed_table(missed) for missed in score.missed],
        "extra": [_found_table(found) for found in score.extra],
        "unknown_faults": list(score.unknown_faults),
        "differences": differences(score, each.exercise),
    }


def _missed_table(missed: Missed) -> Table:
    reason = missed.partial.reason if missed.partial else None
    return {"rep": missed.number, **_label_table(missed.label), "taken_for_partial": reason}


def _label_table(label: RepLabel) -> Table:
    return {"side": label.side, "time_s": rounded(label.time, 3)}


def _found_table(found: FoundRep) -> Table:
    return {"side": found.side, "time_s": rounded(found.peak, 3)}


def _misfire_table(clip: ScoredClip, rule: RuleScore) -> Table:
    return {
        "rule": rule.rule,
        "severity": rule.severity,
        "kind": rule.outcome,
        "source": str(clip.clip.clip),
        "rep": rule.rep,
        "side": rule.side,
        "time_s": rounded(rule.time, 3),
        "of": rule.condition.name,
        "value": rounded(rule.value, 3),
        "limit": rule.condition.limit,
        "unit": rule.unit,
        "reason": rule.reason or None,
        "exhaustive": clip.score.labels.exhaustive,
    }


def _elsewhere_table(each: ScoredClip) -> Table:
    return {
        "labels": str(each.clip.file),
        "source": str(each.clip.clip),
        "exercise": each.exercise.name,
        "reps_found": each.score.found,
        "reps": [_found_table(found) for found in each.score.extra],
    }


def _skipped_table(skipped: Skipped) -> Table:
    return {
        "labels": str(skipped.file),
        "exercise": skipped.exercise,
        "reason": skipped.reason,
    }
