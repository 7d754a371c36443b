"""An evaluation for a person to read in a terminal: first how good, then where not.

A ratio of nothing is `-`. Names are never taken for rich's markup.
"""

from collections.abc import Iterable, Sequence
from math import isnan

from rich.console import Console
from rich.table import Table
from rich.text import Text

from formcheck.evaluation.differences import place, value_against_limit
from formcheck.evaluation.results import Evaluation, ExerciseScores, ScoredClip, misfires
from formcheck.evaluation.scoring import RuleScore
from formcheck.evaluation.tally import (
    Alarms,
    RuleTally,
    alarms,
    counting,
    rule_tallies,
    timing_errors,
)
from formcheck.printable import on_one_line
from formcheck.results.text import SEVERITY_STYLES
from formcheck.wording import count, percent

LEGEND = (
    "reps, partials: found/labelled. OBO: share of clips whose count is off by one at most; exact: "
    "share whose count is right. Both are accuracies: higher is better. MAE: mean of |found - "
    "expected| / expected: lower is better. prec, recall: precision and recall of the reps, one by "
    "one."
)
RULE_LEGEND = (
    "tp: rightly found, fp: found but not labelled, fn: labelled but not found, in matched reps. "
    "Where labels are not exhaustive, it may be they that lack an fp. not judged: share of the "
    "reps; these are in none of the three."
)
KINDS = {
    "false": "found but not labelled",
    "missed": "labelled but not found",
    "not_judged": "labelled but not judged",
}
MOST = 10
"""Reps in which a rule went wrong that are told one by one."""


def print_evaluation(console: Console, evaluation: Evaluation) -> None:
    """Print the numbers of each exercise, and where counting or a rule went wrong."""
    groups = evaluation.by_exercise()
    if groups:
        _print_counting(console, groups)
        _print_timing(console, groups)
        _print_recognition(console, groups)
    for each in groups:
        _print_exercise(console, each)
    if groups:
        console.print(Text(f"\n{RULE_LEGEND}", style="dim"))
    _print_elsewhere(console, evaluation.elsewhere())
    _print_skipped(console, evaluation)


def _print_counting(console: Console, groups: Sequence[ExerciseScores]) -> None:
    table = _table("", "clips", "reps", "partials", "OBO", "exact", "MAE", "prec", "recall")
    for each in groups:
        counted = counting(each.scores)
        table.add_row(
            Text(each.exercise.name),
            str(counted.clips),
            f"{counted.found}/{counted.expected}",
            f"{counted.partials_found}/{counted.partials_expected}",
            percent(counted.obo),
            percent(counted.exact),
            _number(counted.mae),
            percent(counted.precision),
            percent(counted.recall),
        )
    console.print(Text("Counting", style="bold"))
    console.print(table)
    console.print(Text(LEGEND, style="dim"))


def _print_timing(console: Console, groups: Sequence[ExerciseScores]) -> None:
    table = _table("", "of", "reps", "median", "95 % within", "bias")
    for each in groups:
        name = each.exercise.name
        for error in timing_errors(each.scores):
            if error.reps:
                table.add_row(
                    Text(name),
                    error.of,
                    str(error.reps),
                    f"{error.median:.2f} s",
                    f"{error.p95:.2f} s",
                    f"{error.bias:+.2f} s",
                )
                name = ""
    if table.row_count:
        console.print(Text("\nHow far times are off", style="bold"))
        console.print(table)


def _print_recognition(console: Console, groups: Sequence[ExerciseScores]) -> None:
    table = _table("", "clips", "right", "unknown", "wrong")
    for each in groups:
        told = each.recognitions
        if any(told.values()):
            table.add_row(
                Text(each.exercise.name),
                str(sum(told.values())),
                str(told["right"]),
                str(told["unknown"]),
                str(told["wrong"]),
            )
    if not table.row_count:
        return
    console.print(Text("\nRecognised, with no exercise named", style="bold"))
    console.print(table)
    for clip in (clip for each in groups for clip in each.clips if clip.recognition == "wrong"):
        taken = ", ".join(name or "unknown" for name in clip.recognised or ())
        _print_line(console, f"{clip.name}: taken for {taken}", "yellow")


def _print_exercise(console: Console, each: ExerciseScores) -> None:
    tallies = rule_tallies(each.exercise, each.scores)
    told = [tally for tally in tallies if tally.right + tally.false + tally.missed]
    hidden = [tally for tally in tallies if tally.not_judged and tally not in told]
    console.print(Text(f"\n{each.exercise.title}: rules", style="bold"))
    if told or hidden:
        _print_rules(console, [*told, *hidden])
    silent = [t.rule for t in tallies if t.reps and t not in told and t not in hidden]
    if silent:
        _print_line(console, f"Neither labelled nor found: {', '.join(silent)}")
    _print_line(console, _alarm_words(alarms(each.scores)))
    unknown = sorted({name for score in each.scores for name in score.unknown_faults})
    if unknown:
        _print_line(console, f"Labelled, but there is no such rule: {', '.join(unknown)}", "yellow")
    _print_miscounts(console, each.clips)
    _print_misfires(console, each.clips)


def _alarm_words(false: Alarms) -> str:
    correct = count(false.reps, "correct rep")
    if not false.reps:
        return "False alarms: -, because no rep is labelled as correct"
    without = f"{false.above_hint_per_ten:.1f} without hints"
    return f"False alarms in ten correct reps: {false.per_ten:.1f}, {without} (in {correct})"


def _print_rules(console: Console, tallies: Iterable[RuleTally]) -> None:
    table = _table("", "severity", "reps", "tp", "fp", "fn", "prec", "recall", "F1")
    table.add_column("not judged", justify="right", no_wrap=True)
    for tally in tallies:
        table.add_row(
            Text(tally.rule, style=SEVERITY_STYLES[tally.severity]),
            tally.severity,
            str(tally.reps),
            str(tally.right),
            str(tally.false),
            str(tally.missed),
            percent(tally.precision),
            percent(tally.recall),
            _number(tally.f1),
            percent(tally.not_judged_share),
        )
    console.print(table)


def _print_miscounts(console: Console, clips: Sequence[ScoredClip]) -> None:
    for clip in clips:
        score = clip.score
        if not score.labels.judgeable:
            words = f"cannot be judged from there; {count(score.found, score.word)} counted"
            _print_line(console, f"{clip.name}: {words}")
            continue
        wrong = [
            f"{score.word} {m.number} at {m.label.time:.1f} s not counted" for m in score.missed
        ]
        wrong += [f"a {score.word} {place(found)} that is not labelled" for found in score.extra]
        if score.off_by and not wrong:
            wrong = [f"{count(score.found, score.word)} found, {score.expected} labelled"]
        partials = score.labels.partial_count
        if partials is not None and partials != score.partials_found:
            wrong.append(f"{count(score.partials_found, 'partial')} found, {partials} labelled")
        if wrong:
            _print_line(console, f"{clip.name}: {'; '.join(wrong)}", "yellow")


def _print_misfires(console: Console, clips: Sequence[ScoredClip]) -> None:
    """Each rule that went wrong, and below it where."""
    blocks: dict[tuple[str, str], list[tuple[ScoredClip, RuleScore]]] = {}
    for clip, rule in misfires(clips):
        blocks.setdefault((rule.rule, rule.outcome), []).append((clip, rule))
    for (name, outcome), places in blocks.items():
        severity = places[0][1].severity
        style = SEVERITY_STYLES[severity]
        _print_line(
            console, f"{name} ({severity}): {KINDS[outcome]}, {count(len(places), 'rep')}", style
        )
        for clip, rule in places[:MOST]:
            _print_line(console, f"  {_where(clip, rule)}")
        if len(places) > MOST:
            _print_line(console, f"  and {len(places) - MOST} more; --json has all")


def _where(clip: ScoredClip, rule: RuleScore) -> str:
    side = f" {rule.side}" if rule.side else ""
    got = rule.reason if rule.outcome == "not_judged" else value_against_limit(rule)
    word = clip.score.word
    return f"{clip.name} {word} {rule.rep}{side} at {rule.time:.1f} s: {got}"


def _print_elsewhere(console: Console, clips: Sequence[ScoredClip]) -> None:
    if not clips:
        return
    console.print(Text("\nClips of something else, in which nothing may count", style="bold"))
    counted: dict[str, list[str]] = {each.name: [] for each in clips}
    for each in clips:
        if each.score.found:
            words = f"{count(each.score.found, each.score.word)} of {each.exercise.name}"
            counted[each.name].append(words)
    for name, told in counted.items():
        if told:
            _print_line(console, f"{name}: {', '.join(told)}", "yellow")
    nothing = sum(not told for told in counted.values())
    _print_line(console, f"Nothing was counted in {nothing} of {count(len(counted), 'clip')}.")


def _print_skipped(console: Console, evaluation: Evaluation) -> None:
    unknown = [each for each in evaluation.skipped if not each.is_broken]
    if unknown:
        console.print(Text("\nSkipped", style="bold"))
    for each in unknown:
        _print_line(console, f"{each.file}: {each.reason}")
    if evaluation.left_out:
        console.print(f"\nLeft out: {count(evaluation.left_out, 'clip')} of other exercises.")


def _print_line(console: Console, words: str, style: str = "") -> None:
    console.print(Text(on_one_line(words), style=style))


def _table(first: str, *others: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(first, no_wrap=True)
    for name in others:
        table.add_column(name, justify="right", no_wrap=True)
    return table


def _number(value: float, decimals: int = 2) -> str:
    return "-" if isnan(value) else f"{value:.{decimals}f}"
