"""Scores with numbers that can be worked out by hand, over exercises made for it."""

from collections.abc import Sequence
from dataclasses import replace
from math import isnan, nan

import pytest

from formcheck.definition.loading import load_exercise
from formcheck.evaluation.differences import differences
from formcheck.evaluation.labels import Labels, RepLabel
from formcheck.evaluation.nearest import Sample
from formcheck.evaluation.scoring import ClipScore, score_clip
from formcheck.evaluation.tally import (
    RuleTally,
    alarms,
    counting,
    rule_tallies,
    timing_errors,
)
from formcheck.events import FaultFound, Hold, Partial, Rep, Set, Summary, Unjudged
from formcheck.exercise import Condition, Exercise, Fault, Severity

LOWERED = (Condition("measure", "hip_angle", below=150.0, lasting=0.2),)


def rule(name: str, severity: Severity, *when: Condition) -> Fault:
    """A rule of that name; what it is about does not matter unless it is given."""
    return Fault(name, severity, ("out", "hold"), when or LOWERED, "Cue.", "Why.")


EXERCISE: Exercise = replace(
    load_exercise("bridge"),
    faults=(
        rule("bad", "safety", Condition("measure", "hip_angle", above=195, lasting=0.2)),
        rule("poor", "fault", Condition("peak", "hip_angle", below=165)),
        rule("short", "fault", Condition("duration", "hold", below=2.7)),
        rule("nice", "hint", Condition("duration", "out", below=0.5)),
    ),
)


def rep(peak: float, *faults: str, unjudged: Sequence[str] = (), hold: float = 3.0) -> Rep:
    """A rep of six seconds with these faults found."""
    return Rep(
        number=1,
        side=None,
        start=peak - 3,
        peak=peak,
        end=peak + 3,
        hold=hold,
        range=50.0,
        top=175.0,
        out=1.0,
        back=1.0,
        faults=tuple(_fault(name, peak) for name in faults),
        unjudged=tuple(Unjudged(name, "cannot see the knee") for name in unjudged),
        clean=not faults,
    )


def _fault(name: str, time: float) -> FaultFound:
    fault = EXERCISE.fault(name)
    return FaultFound(name, fault.severity, None, 1, time, time, 12.34, 1.0, "Cue.")


def score(labels: Labels, *reps: Rep, partials: Sequence[Partial] = ()) -> ClipScore:
    """The score of a clip in which these reps and partials were found."""
    summary = Summary("bridge", (Set(None, reps, tuple(partials)),), (), ("Lie down.",))
    if not reps and not partials:
        summary = Summary("bridge", (), (), ("Lie down.",))
    return score_clip(labels, EXERCISE, summary)


def labels(*reps: RepLabel, **more: object) -> Labels:
    """Labels of a clip with these reps."""
    return replace(Labels("clip.npz", "bridge", reps), **more)  # type: ignore[arg-type]


def outcomes(scored: ClipScore) -> dict[str, list[str]]:
    """What came of each rule, rep by rep."""
    names = [fault.name for fault in EXERCISE.faults]
    return {name: [r.outcome for r in scored.rules if r.rule == name] for name in names}


@pytest.mark.parametrize(
    ("label", "found", "expected"),
    [
        (RepLabel(peak=5.0), rep(5.0), ["none", "none", "none", "none"]),
        (RepLabel(peak=5.0, faults=("poor",)), rep(5.0, "poor"), ["none", "right", "none", "none"]),
        (RepLabel(peak=5.0, faults=("poor",)), rep(5.0), ["none", "missed", "none", "none"]),
        (RepLabel(peak=5.0), rep(5.0, "poor"), ["none", "false", "none", "none"]),
        (
            RepLabel(peak=5.0, unsure=("poor",)),
            rep(5.0, "poor"),
            ["none", "unsure", "none", "none"],
        ),
        (RepLabel(peak=5.0, unsure=("poor",)), rep(5.0), ["none", "unsure", "none", "none"]),
        (
            RepLabel(peak=5.0, faults=("poor",)),
            rep(5.0, unjudged=["poor"]),
            ["none", "not_judged", "none", "none"],
        ),
        (RepLabel(peak=5.0, hold=1.0), rep(5.0, "short"), ["none", "none", "right", "none"]),
        (RepLabel(peak=5.0, hold=1.0), rep(5.0), ["none", "none", "missed", "none"]),
        (RepLabel(peak=5.0, hold=2.4), rep(5.0, "short"), ["none", "none", "unsure", "none"]),
        (RepLabel(peak=5.0, hold=2.4), rep(5.0), ["none", "none", "unsure", "none"]),
        (RepLabel(peak=5.0, hold=4.0), rep(5.0, "short"), ["none", "none", "false", "none"]),
        (
            RepLabel(peak=5.0, hold=2.4, faults=("short",)),
            rep(5.0),
            ["none", "none", "missed", "none"],
        ),
    ],
)
def test_each_rule_has_an_outcome_in_each_matched_rep(
    label: RepLabel, found: Rep, expected: list[str]
) -> None:
    """A labelled hold answers the rule on its length, but not near the limit."""
    assert [each.outcome for each in score(labels(label), found).rules] == expected


def test_who_names_the_worse_fault_need_not_name_the_milder() -> None:
    """Of two limits on one measure, the farther one includes the nearer."""
    high = rule("high", "hint", Condition("measure", "hip_angle", above=185))
    exercise = replace(EXERCISE, faults=(*EXERCISE.faults, high))
    clip = labels(RepLabel(peak=5.0, faults=("bad",)))
    summary = Summary("bridge", (Set(None, (rep(5.0, "bad"),), ()),), ())
    scored = score_clip(clip, exercise, summary)
    assert [r.outcome for r in scored.rules if r.rule == "high"] == ["unsure"]
    clip = labels(RepLabel(peak=5.0, faults=("high",)))
    scored = score_clip(clip, exercise, summary)
    assert [r.outcome for r in scored.rules if r.rule == "bad"] == ["false"]


def test_counts_have_the_published_definitions() -> None:
    """OBO is the share of clips off by one at most, MAE the mean of the relative errors."""
    clips = [
        score(labels(*(RepLabel(peak=10.0 * i) for i in range(expected))), *_reps(found))
        for expected, found in [(4, 4), (4, 3), (5, 8), (0, 1)]
    ]
    counted = counting(clips)
    assert (counted.clips, counted.expected, counted.found) == (4, 13, 16)
    assert counted.obo == 3 / 4
    assert counted.exact == 1 / 4
    assert counted.mae == pytest.approx((0 + 1 / 4 + 3 / 5) / 3)
    assert (counted.matched, counted.precision, counted.recall) == (12, 12 / 16, 12 / 13)


def _reps(number: int) -> list[Rep]:
    return [rep(10.0 * i) for i in range(number)]


def test_clips_with_a_count_alone_are_counted_and_not_matched() -> None:
    """Their reps are neither missed nor too many by name."""
    scored = score(labels(count=3), *_reps(4))
    counted = counting([scored])
    assert (counted.expected, counted.found, counted.matched) == (3, 4, 0)
    assert isnan(counted.precision)
    assert (scored.missed, scored.extra, scored.rules) == ((), (), ())
    assert differences(scored, EXERCISE) == ["expected 3 reps, found 4"]


def test_a_share_of_nothing_is_unknown() -> None:
    """Never 0 or 1, which would look like a result."""
    empty = counting([])
    assert all(isnan(each) for each in (empty.obo, empty.exact, empty.mae, empty.recall))
    nothing = RuleTally("poor", "fault", 0, 0, 0, 0, 0, 0, 0)
    shares = nothing.precision, nothing.recall, nothing.f1, nothing.not_judged_share
    assert all(isnan(share) for share in shares)
    assert isnan(alarms([]).per_ten)
    assert all(isnan(error.median) and error.reps == 0 for error in timing_errors([]))


def test_each_rule_is_tallied() -> None:
    """Precision over what it found, recall over what it should have, not judged apart."""
    poor = RepLabel(faults=("poor",))
    seen = [
        (poor, rep(0.0, "poor")),
        (poor, rep(10.0, "poor")),
        (poor, rep(20.0)),
        (RepLabel(), rep(30.0, "poor")),
        (RepLabel(), rep(40.0)),
        (poor, rep(50.0, unjudged=["poor"])),
        (RepLabel(unsure=("poor",)), rep(60.0, "poor")),
    ]
    at = [replace(label, peak=found.peak) for label, found in seen]
    tallies = rule_tallies(EXERCISE, [score(labels(*at), *(found for _, found in seen))])
    tally = next(tally for tally in tallies if tally.rule == "poor")
    assert (tally.right, tally.false, tally.missed, tally.none) == (2, 1, 1, 1)
    assert (tally.reps, tally.not_judged, tally.unsure) == (6, 1, 1)
    assert tally.precision == pytest.approx(2 / 3)
    assert tally.recall == pytest.approx(2 / 3)
    assert tally.f1 == pytest.approx(2 / 3)
    assert tally.not_judged_share == pytest.approx(1 / 6)


def test_false_alarms_are_those_in_correct_reps() -> None:
    """Where any fault is labelled, another found beside it is no alarm about a correct rep."""
    at = [RepLabel(peak=10.0 * i) for i in range(4)] + [RepLabel(peak=40.0, faults=("poor",))]
    found = [rep(0.0, "nice", "bad"), rep(10.0), rep(20.0, "nice"), rep(30.0), rep(40.0, "bad")]
    false = alarms([score(labels(*at), *found)])
    assert (false.reps, false.false, false.above_hint) == (4, 3, 1)
    assert false.per_ten == 7.5
    assert false.above_hint_per_ten == 2.5


def test_a_hold_that_is_labelled_too_short_is_no_correct_rep() -> None:
    """Though the fault is not named."""
    false = alarms([score(labels(RepLabel(peak=0.0, hold=1.0)), rep(0.0, "short", "nice"))])
    assert false.reps == 0


def test_timing_errors_are_told_by_size_and_by_sign() -> None:
    """Late and long are positive; what is not labelled is left out."""
    offs = [0.1, -0.2, 0.3, 0.4]
    at = [RepLabel(peak=10.0 * i - off) for i, off in enumerate(offs)]
    at[0] = replace(at[0], hold=2.5)
    errors = {e.of: e for e in timing_errors([score(labels(*at), *_reps(4))])}
    assert errors["peak"].reps == 4
    assert errors["peak"].median == pytest.approx(0.25)
    assert errors["peak"].bias == pytest.approx(0.2)
    assert errors["peak"].p95 == pytest.approx(0.3 + 0.85 * 0.1)
    assert (errors["hold"].reps, errors["hold"].median) == (1, pytest.approx(0.5))
    assert errors["start"].reps == 0


@pytest.mark.parametrize(
    ("offs", "p95"), [((0.3, 0.1, 0.2), 0.29), ((0.0, 1.0), 0.95), ((0.7,), 0.7)]
)
def test_a_percentile_lies_between_its_neighbours(offs: tuple[float, ...], p95: float) -> None:
    """By linear interpolation, as NumPy has it."""
    at = [RepLabel(peak=10.0 * i - off) for i, off in enumerate(offs)]
    errors = {e.of: e for e in timing_errors([score(labels(*at), *_reps(len(offs)))])}
    assert errors["peak"].p95 == pytest.approx(p95)


def test_a_timed_exercise_counts_holds() -> None:
    """They are scored like reps, and called what they are."""
    exercise = replace(EXERCISE, rep=None)
    hold = Hold(1, None, 2.0, 12.0, 10.0, 8.0, (_fault("poor", 4.0),))
    summary = Summary("bridge", (Set(None, (), (), (hold,)),), ())
    label = RepLabel(start=2.2, end=12.1, hold=9.8)
    scored = score_clip(labels(label), exercise, summary)
    assert (scored.found, scored.word, differences(scored, exercise)) == (1, "hold", [])
    late = replace(label, start=20.0, end=30.0, faults=("poor",))
    scored = score_clip(labels(label, late), exercise, summary)
    assert differences(scored, exercise) == [
        "expected 2 holds, found 1",
        "hold 2 at 25.0 s: not found",
    ]


TURNED_BACK = Partial(None, 8.0, 11.0, 120.0, "did not go far enough to count")


@pytest.mark.parametrize(
    ("clip", "found", "expected"),
    [
        (labels(RepLabel(peak=5.0)), [rep(5.0, "nice", "poor")], []),
        (
            labels(RepLabel(peak=5.0), exhaustive=True),
            [rep(5.0, "nice")],
            ["rep 1 at 5.0 s: found hint nice, not labelled (out 12.3 s, fires below 0.5)"],
        ),
        (
            labels(RepLabel(peak=5.0)),
            [rep(5.0, "bad")],
            [
                "rep 1 at 5.0 s: found safety bad, not labelled "
                "(hip_angle 12.3 degrees, fires above 195)"
            ],
        ),
        (
            labels(RepLabel(peak=5.0), RepLabel(peak=20.0)),
            [rep(5.0)],
            ["expected 2 reps, found 1", "rep 2 at 20.0 s: not found"],
        ),
        (labels(RepLabel(peak=5.0)), [], ["expected 1 rep, found 0 (Lie down.)", "not found"]),
        (
            labels(RepLabel(peak=5.0)),
            [rep(15.0)],
            ["rep 1 at 5.0 s: not found", "a rep at 15.0 s that is not labelled"],
        ),
        (
            labels(RepLabel(peak=5.0, faults=("poor",))),
            [rep(5.0, unjudged=["poor"])],
            ["rep 1 at 5.0 s: expected fault poor, not judged: cannot see the knee"],
        ),
        (
            labels(RepLabel(peak=5.0), not_judged=("poor",)),
            [rep(5.0)],
            ["rep 1 at 5.0 s: expected poor not to be judged, but it was"],
        ),
        (labels(RepLabel(peak=5.0), not_judged=("poor",)), [rep(5.0, unjudged=["poor"])], []),
        (
            labels(RepLabel(peak=5.0, faults=("strange",))),
            [rep(5.0)],
            ["fault strange is labelled, but bridge has no rule of that name"],
        ),
        (
            labels(RepLabel(start=1.0, peak=5.0, end=8.7, hold=3.7)),
            [rep(5.0)],
            ["expected start 1.00 s, found 2.00 s", "expected hold 3.70 s, found 3.00 s"],
        ),
        (labels(RepLabel(start=1.4, peak=5.9, end=8.7, hold=2.5)), [rep(5.0, hold=2.0)], []),
        (labels(partial_count=1), [], ["expected 1 partial, found 0"]),
        (labels(judgeable=False), [], []),
        (labels(RepLabel(peak=5.0), judgeable=False), [], []),
        (
            labels(RepLabel(peak=5.0), judgeable=False),
            [rep(5.0), rep(15.0, "poor")],
            ["expected at most 1 rep, found 2", "rep at 5.0 s: called clean"],
        ),
        (
            labels(RepLabel(peak=5.0), judgeable=False),
            [rep(5.0, "nice")],
            ["rep 1 at 5.0 s: found hint nice, though nothing can be judged there"],
        ),
        (
            Labels("clip.npz", None),
            [rep(5.0)],
            ["a rep of bridge at 5.0 s, where nothing may count"],
        ),
        (Labels("clip.npz", None), [], []),
    ],
)
def test_what_differs_is_told(clip: Labels, found: list[Rep], expected: list[str]) -> None:
    """A line for each, and nothing for what is within the tolerances."""
    told = differences(score(clip, *found), EXERCISE)
    assert len(told) == len(expected)
    assert all(words in line for line, words in zip(told, expected, strict=True))


def test_a_rep_that_was_taken_for_a_partial_is_told_with_the_reason() -> None:
    """It says to the author which limit was not reached."""
    scored = score(labels(RepLabel(peak=9.5)), partials=[TURNED_BACK])
    line = "rep 1 at 9.5 s: taken for a partial: did not go far enough to count"
    assert line in differences(scored, EXERCISE)


def missed(*when: Condition, values: Sequence[float] = (), phase: str = "hold") -> ClipScore:
    """The score of a labelled fault that was not found, with the measure at 0.1 s intervals."""
    fault = rule("poor", "fault", *when)
    exercise = replace(EXERCISE, faults=(fault,))
    samples = [
        Sample(4.0 + 0.1 * i, phase, None, {"hip_angle": value, "trunk_tilt": 3.0})  # type: ignore[arg-type]
        for i, value in enumerate(values)
    ]
    summary = Summary("bridge", (Set(None, (rep(5.0),), ()),), ())
    return score_clip(labels(RepLabel(peak=5.0, faults=("poor",))), exercise, summary, samples)


@pytest.mark.parametrize(
    ("when", "value"),
    [
        ([Condition("measure", "hip_angle", above=195, lasting=0.2)], 180.0),
        ([Condition("measure", "hip_angle", below=150)], 160.0),
        ([Condition("peak", "hip_angle", below=165)], 180.0),
        ([Condition("trough", "hip_angle", above=190)], 160.0),
        ([Condition("fall", "hip_angle", above=30)], 25.0),
        ([Condition("duration", "hold", below=2.7)], 3.0),
        (
            [
                Condition("measure", "hip_angle", above=170),
                Condition("measure", "trunk_tilt", above=10),
            ],
            3.0,
        ),
    ],
)
def test_a_missed_rule_says_how_far_it_got(when: list[Condition], value: float) -> None:
    """The value of the condition that was not reached, kept up for as long as is asked."""
    values = [160.0] * 5 + [180.0] * 5 + [185.0] + [160.0] * 5
    (poor,) = missed(*when, values=values).rules
    assert poor.outcome == "missed"
    assert poor.value == pytest.approx(value)
    assert poor.condition == when[-1]


def test_only_the_phases_of_the_rule_count_for_how_far_it_got() -> None:
    """What is outside of them is not judged either."""
    when = Condition("measure", "hip_angle", above=195)
    (poor,) = missed(when, values=[180.0] * 5, phase="back").rules
    assert isnan(poor.value)
    assert (
        "hip_angle unknown, fires above 195"
        in differences(
            missed(when, values=[nan]), replace(EXERCISE, faults=(rule("poor", "fault", when),))
        )[0]
    )
