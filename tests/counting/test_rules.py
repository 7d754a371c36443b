"""Rules as tables: values over time in, what was found and what could not be judged out."""

from collections.abc import Sequence
from dataclasses import replace
from math import isnan, nan

import pytest

from formcheck.counting.rules import Judgement, Lasting, LiveRule, Moment, Sharpness, judge_rep
from formcheck.exercise import Condition, Fault, Phase

PLACES = {"a": 0, "b": 1}
STEP = 0.1
EXACT = Sharpness(error=0.0, within=30.0)


def _fault(*when: Condition, **more: object) -> Fault:
    options: dict[str, object] = {"severity": "fault", "during": ("out", "hold"), "cue": "c"}
    options |= {"why": "w", "seen": "any"} | more
    return Fault(name="f", when=when, **options)  # type: ignore[arg-type]


def _moments(
    a: Sequence[float],
    b: Sequence[float] | None = None,
    phase: Phase = "hold",
    off: float = 0.0,
    facing: bool = True,
) -> list[Moment]:
    other = b or [0.0] * len(a)
    return [
        Moment(i * STEP, phase, values, off, facing)
        for i, values in enumerate(zip(a, other, strict=True))
    ]


def _live(fault: Fault, moments: Sequence[Moment], sharpness: Sharpness = EXACT) -> Judgement:
    rule = LiveRule(fault, PLACES, rep_place=0, sign=1.0, sharpness=sharpness)
    for moment in moments:
        rule.update(moment)
    return rule.judgement()


ABOVE = Condition("measure", "a", above=10.0, lasting=0.3)


def test_what_lasts_long_enough_is_found_from_when_it_began() -> None:
    """Believed late, dated early, with the worst value."""
    found = _live(_fault(ABOVE), _moments([0, 0, 11, 14, 13, 12, 12, 0]))
    assert (found.judged, found.found) == (True, True)
    assert found.start == pytest.approx(0.2)
    assert found.end == pytest.approx(0.6)
    assert found.value == 14


def test_what_does_not_last_is_not_found() -> None:
    """A moment beyond the limit is judged, and good."""
    found = _live(_fault(ABOVE), _moments([0, 11, 11, 0, 11, 0, 0]))
    assert (found.judged, found.found) == (True, False)


def test_a_fault_is_over_only_past_its_own_level() -> None:
    """With `until`, hovering at the limit is one fault, not many."""
    fault = _fault(replace(ABOVE, until=6.0))
    found = _live(fault, _moments([11, 11, 11, 11, 9, 8, 9, 5, 5]))
    assert found.end == pytest.approx(0.6)


def test_another_condition_ends_a_fault_only_by_its_own_until() -> None:
    """Without one, it only has to hold when the fault begins."""
    other = Condition("measure", "b", below=-1.0)
    path = _moments([11] * 8, [-2.0] * 4 + [0.0] * 4)
    assert _live(_fault(ABOVE, other), path).end == pytest.approx(0.7)
    assert _live(_fault(ABOVE, replace(other, until=-0.5)), path).end == pytest.approx(0.3)


def test_both_conditions_must_hold() -> None:
    """All of a list, each for as long as it says."""
    both = _fault(ABOVE, Condition("measure", "b", below=-1.0, lasting=0.2))
    assert not _live(both, _moments([11] * 8, [0.0] * 8)).found
    assert _live(both, _moments([11] * 8, [-2.0] * 8)).found


def test_only_its_phases_matter() -> None:
    """Beyond the limit while lowering is nothing to a rule of raising and holding."""
    found = _live(_fault(ABOVE), _moments([11] * 8, phase="back"))
    assert (found.judged, found.found) == (False, False)


def test_what_was_not_seen_is_not_judged() -> None:
    """Never good by default: not when nothing is known, nor when too little is."""
    assert not _live(_fault(ABOVE), _moments([nan] * 8)).judged
    assert not _live(_fault(ABOVE), _moments([0, 0] + [nan] * 8)).judged
    assert _live(_fault(ABOVE), _moments([0] * 8 + [nan] * 2)).judged


def test_the_unknown_neither_ends_nor_makes_a_fault() -> None:
    """A frame out of sight in the middle changes nothing."""
    found = _live(_fault(ABOVE), _moments([11, 11, nan, 11, 11, 0]))
    assert found.found
    assert found.start == pytest.approx(0.0)


@pytest.mark.parametrize(
    ("seen", "within", "off", "facing", "judged"),
    [
        ("any", None, 80.0, False, True),
        ("any", None, nan, False, True),
        ("square", None, 0.0, False, True),
        ("square", None, 30.0, False, True),
        ("square", None, 31.0, True, False),
        ("square", None, nan, True, False),
        ("facing", None, 0.0, True, True),
        ("facing", None, 0.0, False, False),
        ("any", 30.0, 31.0, True, False),
        ("any", 30.0, 29.0, False, True),
        ("square", 30.0, 31.0, True, False),
    ],
)
def test_the_view_decides_what_can_be_judged(
    seen: str, within: float | None, off: float, facing: bool, judged: bool
) -> None:
    """From elsewhere a rule is not judged, however bad the value looks, live or afterwards.

    A limit of its own holds for a rule that is otherwise judged from anywhere, too.
    """
    moments = _moments([11] * 8, off=off, facing=facing)
    found = _live(_fault(ABOVE, seen=seen, within=within), moments)
    assert found.judged == found.found == judged
    peak = _fault(Condition("peak", "a", above=10.0), seen=seen, within=within)
    found = judge_rep(peak, PLACES, moments, {}, EXACT)
    assert found.judged == found.found == judged


def test_a_drop_is_counted_from_the_highest_so_far() -> None:
    """Sinking by more than the limit after the top is found, slowly or not."""
    sag = _fault(Condition("fall", "a", above=12.0, lasting=0.3))
    assert _live(sag, _moments([160, 175, 180, 180, 166, 166, 166, 166, 178])).found
    assert not _live(sag, _moments([120, 140, 160, 175, 180, 178, 172, 170])).found


def test_a_new_rep_begins_with_a_clean_sheet() -> None:
    """What was found in the last one is forgotten."""
    rule = LiveRule(_fault(ABOVE), PLACES, 0, 1.0, EXACT)
    for moment in _moments([11] * 8):
        rule.update(moment)
    assert rule.active
    rule.reset()
    assert not rule.active
    assert not rule.judgement().found


def test_a_peak_is_what_was_held_not_a_spike() -> None:
    """Judged when the rep is over, over the phases of the rule."""
    low = _fault(Condition("peak", "a", below=100.0))
    found = judge_rep(
        low, PLACES, _moments([50, 90, 90, 90, 300, 90, 90, 90, 50] + [50] * 20), {}, EXACT
    )
    assert (found.judged, found.found, found.value) == (True, True, 90)
    high = judge_rep(low, PLACES, _moments([50, 120, 120, 120, 120, 50]), {}, EXACT)
    assert (high.judged, high.found) == (True, False)


def test_a_trough_is_the_lowest_that_was_held() -> None:
    """As a peak, turned round."""
    deep = _fault(Condition("trough", "a", below=-5.0))
    assert judge_rep(deep, PLACES, _moments([0, -8, -8, -8, -8, 0]), {}, EXACT).value == -8


def _held(seconds: float, at_most: float | None = None) -> dict[str, Lasting]:
    return {"hold": Lasting(seconds, seconds if at_most is None else at_most)}


def test_a_duration_is_compared_as_it_is() -> None:
    """Known for every rep; a phase that was not seen has an unknown one."""
    short = _fault(Condition("duration", "hold", below=1.8))
    moments = _moments([0] * 4)
    assert judge_rep(short, PLACES, moments, _held(1.2), EXACT).found
    assert not judge_rep(short, PLACES, moments, _held(2.0), EXACT).found
    assert not judge_rep(short, PLACES, moments, _held(nan), EXACT).judged


def test_a_peak_that_nobody_saw_is_not_judged() -> None:
    """Half of the time must have been seen."""
    low = _fault(Condition("peak", "a", below=100.0))
    found = judge_rep(low, PLACES, _moments([nan] * 6 + [90, 90]), {}, EXACT)
    assert not found.judged
    assert isnan(found.value)


ERROR = Sharpness(error=2.0, within=60.0)


@pytest.mark.parametrize(
    ("value", "off", "found", "sure"),
    [
        (9.9, 0.0, False, False),
        (11.0, 0.0, True, False),
        (12.1, 0.0, True, True),
        (12.1, 30.0, True, False),  # foreshortened to 0.87: it may be off by 2.3
        (12.5, 30.0, True, True),
        (12.5, 60.0, True, False),  # to a half: by 4
        (14.5, 60.0, True, True),
    ],
)
def test_what_is_beyond_by_less_than_its_error_is_borderline(
    value: float, off: float, found: bool, sure: bool
) -> None:
    """Found, but not for sure; the further off the view, the further it must be."""
    moments = _moments([value] * 8, off=off)
    live = _live(_fault(ABOVE), moments, ERROR)
    peak = judge_rep(_fault(Condition("peak", "a", above=10.0)), PLACES, moments, {}, ERROR)
    assert [(seen.judged, seen.found, seen.sure) for seen in (live, peak)] == [
        (True, found, sure)
    ] * 2


def test_a_fault_that_is_only_borderline_is_not_told_at_once() -> None:
    """It becomes a fault, once and for all, in the moment in which it is clearly one."""
    rule = LiveRule(_fault(ABOVE), PLACES, 0, 1.0, ERROR)
    told = []
    for moment in _moments([0, 11, 11, 11, 11, 11, 13, 13, 13, 11, 11, 0]):
        told += [round(moment.time, 1)] if rule.update(moment) else []
        assert not rule.active or moment.time > 0.75
    assert told == [0.8]
    assert rule.judgement().start == pytest.approx(0.1)


def test_a_duration_is_as_exact_from_everywhere() -> None:
    """The view foreshortens lengths, not seconds."""
    short = _fault(Condition("duration", "hold", below=1.8), seen="any")
    moments = _moments([0] * 4, off=60.0)
    clock = Sharpness(error=0.12, within=60.0)
    assert judge_rep(short, PLACES, moments, _held(1.66), clock).sure
    borderline = judge_rep(short, PLACES, moments, _held(1.7), clock)
    assert (borderline.found, borderline.sure) == (True, False)


def test_a_hold_that_noise_may_have_cut_short_is_borderline() -> None:
    """It is too short for sure only if it is so however it was broken up."""
    short = _fault(Condition("duration", "hold", below=1.8), seen="any")
    moments = _moments([0] * 4)
    broken = judge_rep(short, PLACES, moments, _held(0.9, 2.4), EXACT)
    assert (broken.found, broken.sure, broken.value) == (True, False, 0.9)
    assert judge_rep(short, PLACES, moments, _held(0.9, 1.5), EXACT).sure


def test_what_is_clearly_beyond_from_the_first_is_a_fault_as_soon_as_it_lasted() -> None:
    """A quick rep is over soon: that it is no borderline case need not be waited for afterwards."""
    rule = LiveRule(_fault(ABOVE), PLACES, 0, 1.0, ERROR)
    told = [round(m.time, 1) for m in _moments([0, 40, 40, 40, 40, 0]) if rule.update(m)]
    assert told == [0.4]
    assert rule.judgement().sure
