"""The rep machine as tables: heights over time in, phases and attempts out."""

from collections.abc import Iterable
from dataclasses import replace
from math import inf, isnan, nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.counting.attempt import Attempt, HoldClock
from formcheck.counting.rep_machine import PATIENCE, RepMachine
from formcheck.exercise import HoldRule, RepRule
from formcheck.figure.script import minimum_jerk
from formcheck.measuring.timing import Slope

RULE = RepRule("height", "up", attempt=8, counts=15)
HOLD = HoldRule(seconds=2, within=6, slower_than=12)
RATE = 30
NEAR_TOP = 0.253
"""Share of its time that a movement of the least jerk spends in the last tenth of its way."""
Samples = list[tuple[float, float]]


def _path(*points: tuple[float, float], rate: int = RATE) -> Samples:
    """Smooth movement through (duration, height) points, starting at the first one's height."""
    samples: Samples = []
    time, height = 0.0, points[0][1]
    for seconds, target in points:
        steps = max(1, round(seconds * rate))
        rise = (target - height) * np.asarray(minimum_jerk(np.arange(1, steps + 1) / steps))
        samples += [(time + (i + 1) / rate, height + float(rise[i])) for i in range(steps)]
        time, height = samples[-1][0], target
    return samples


def _run(
    samples: Iterable[tuple[float, float]],
    rule: RepRule = RULE,
    ready: bool = True,
    away: float = inf,
) -> tuple[list[Attempt], list[str], RepMachine]:
    """The attempts and phases of a machine that goes through the samples.

    On heights over `away`, the body is somewhere else than at rest.
    """
    machine, slope = RepMachine(rule, HOLD), Slope(0.25)
    attempts: list[Attempt] = []
    phases: list[str] = []
    time = 0.0
    for time, height in samples:
        speed = slope.update(time, height) if height == height else nan
        step = machine.update(time, height, speed, ready, has_moved=height > away)
        attempts += [step.over] if step.over else []
        phases += [step.phase] if phases[-1:] != [step.phase] else []
    last = machine.finish()
    return attempts + ([last] if last else []), phases, machine


ONE_REP = ((1.0, 0.0), (1.0, 40.0), (2.0, 40.0), (1.0, 0.0), (1.0, 0.0))


def test_a_rep_goes_through_all_phases() -> None:
    """Rest, raise, hold, lower, rest; once round is one rep."""
    attempts, phases, _ = _run(_path(*ONE_REP))
    assert phases == ["rest", "out", "hold", "back", "rest"]
    assert [attempt.counted for attempt in attempts] == [True]


def test_a_rep_is_dated_by_its_turning_points() -> None:
    """It starts and ends at rest, its peak is the middle of the top, its range is the rise."""
    ((rep,), _, _) = _run(_path(*ONE_REP))
    assert rep.start == pytest.approx(1.0, abs=0.05)
    assert rep.peak == pytest.approx(3.0, abs=0.05)
    assert rep.end == pytest.approx(5.0, abs=0.05)
    assert rep.range == pytest.approx(40, abs=0.5)
    assert rep.hold == pytest.approx(2.0 + NEAR_TOP * 2.0, abs=0.05)


def test_a_shrinking_measure_is_the_same_turned_round() -> None:
    """With direction down, the raise makes the measure smaller."""
    rule = RepRule("height", "down", attempt=8, counts=15)
    up, _, _ = _run(_path(*ONE_REP))
    down, _, _ = _run([(time, 100 - height) for time, height in _path(*ONE_REP)], rule)
    assert len(down) == 1
    assert down[0].peak == pytest.approx(up[0].peak)
    assert down[0].range == pytest.approx(up[0].range)


@pytest.mark.parametrize(
    ("top", "counted"), [(40.0, [True]), (17.0, [True]), (12.0, [False]), (5.0, [])]
)
def test_levels_decide_whether_it_counts(top: float, counted: list[bool]) -> None:
    """Beyond the counting level a rep, beyond the attempt's a partial, below it nothing."""
    attempts, _, _ = _run(_path((1.0, 0.0), (1.0, top), (1.0, top), (1.0, 0.0), (1.0, 0.0)))
    assert [attempt.counted for attempt in attempts] == counted


def test_a_rep_must_also_reach_its_absolute_level() -> None:
    """A rise of 20 from 100 counts only if 115 is asked for, not if 130 is."""
    path = _path((1.0, 100.0), (1.0, 120.0), (1.0, 120.0), (1.0, 100.0), (1.0, 100.0))
    for reaches, counted in ((115.0, True), (130.0, False)):
        attempts, _, _ = _run(path, RepRule("height", "up", 8, 15, reaches))
        assert [attempt.counted for attempt in attempts] == [counted]


@pytest.mark.parametrize("pause", [0.1, 0.5, 2.0])
@pytest.mark.parametrize("raising", [0.4, 1.0, 3.0])
def test_five_reps_are_five(raising: float, pause: float) -> None:
    """Quick or slow, with hardly any rest or much."""
    one = ((raising, 40.0), (0.5, 40.0), (raising, 0.0), (pause, 0.0))
    attempts, _, _ = _run(_path((1.0, 0.0), *one * 5))
    assert [attempt.counted for attempt in attempts] == [True] * 5


def test_reps_without_coming_all_the_way_down_count_each() -> None:
    """Coming down by most of the way and turning is the end of a rep and the start of the next."""
    attempts, _, _ = _run(
        _path((1.0, 0.0), (1.0, 40.0), *((0.8, 12.0), (0.8, 40.0)) * 3, (1.0, 0.0), (1.0, 0.0))
    )
    assert [attempt.counted for attempt in attempts] == [True] * 4


def test_who_turns_in_the_middle_of_a_step_has_not_come_to_rest() -> None:
    """The thigh falls most of the way, and rises again as the foot steps back: one lunge."""
    samples = _path((1.0, 0.0), (0.8, 40.0), (0.6, 14.0), (0.5, 34.0), (0.6, 0.0), (1.0, 0.0))
    at_home, _, _ = _run(samples)
    away, _, _ = _run(samples, away=10.0)
    assert [attempt.counted for attempt in at_home] == [True, True]
    assert [attempt.counted for attempt in away] == [True]


def test_a_sag_at_the_top_is_still_the_same_rep() -> None:
    """Losing a quarter of the height and regaining it does not make two."""
    attempts, _, _ = _run(
        _path(
            (1.0, 0.0), (1.0, 40.0), (1.0, 40.0), (0.5, 30.0), (0.5, 40.0), (1.0, 0.0), (1.0, 0.0)
        )
    )
    assert [attempt.counted for attempt in attempts] == [True]


def test_the_rest_level_follows_the_person() -> None:
    """Someone who shifts to another rest position is counted from there."""
    attempts, _, _ = _run(
        _path((1.0, 0.0), *((1.0, 50.0), (1.0, 50.0), (1.0, 14.0), (2.0, 14.0)) * 3)
    )
    assert [attempt.counted for attempt in attempts] == [True] * 3
    assert attempts[2].range == pytest.approx(36, abs=1)


def test_a_rise_as_slow_as_a_breath_is_seen() -> None:
    """The rest level does not creep up with a raise of five seconds."""
    attempts, _, _ = _run(_path((2.0, 0.0), (5.0, 40.0), (1.0, 40.0), (5.0, 0.0), (2.0, 0.0)))
    assert [round(attempt.range) for attempt in attempts] == [40]


def test_nothing_counts_out_of_the_start_position() -> None:
    """Getting into position, however it looks, is no rep."""
    attempts, phases, _ = _run(_path(*ONE_REP), ready=False)
    assert attempts == []
    assert phases == ["away"]


def test_a_raise_cut_off_by_the_end_is_a_partial() -> None:
    """So is a lowering with which the recording begins."""
    attempts, _, _ = _run(_path((1.0, 0.0), (1.0, 40.0), (0.5, 40.0)))
    assert [(attempt.counted, attempt.cut_off) for attempt in attempts] == [
        (False, "cut off by the end")
    ]
    attempts, _, _ = _run(_path((0.1, 40.0), (1.0, 0.0), (2.0, 0.0)))
    assert [(attempt.counted, attempt.cut_off) for attempt in attempts] == [
        (False, "cut off by the start")
    ]


def test_a_rep_almost_down_at_the_end_counts() -> None:
    """Recordings are often stopped a moment too early."""
    path = _path((1.0, 0.0), (1.0, 40.0), (1.0, 40.0), (1.0, 0.0))
    attempts, _, _ = _run([sample for sample in path if sample[0] < 3.75])
    assert [attempt.counted for attempt in attempts] == [True]


def test_losing_sight_for_a_moment_does_not_lose_the_rep() -> None:
    """Up to the machine's patience the attempt waits; the hold goes on over a short gap."""
    path = [(t, nan if 2.5 < t < 3.2 else h) for t, h in _path(*ONE_REP)]
    attempts, _, _ = _run(path)
    assert [attempt.counted for attempt in attempts] == [True]
    assert attempts[0].hold > 1.8


def test_losing_sight_for_long_gives_the_attempt_up() -> None:
    """What happened unseen is not guessed: a partial, and the start position is asked for again."""
    path = [(t, nan if t > 2.5 else h) for t, h in _path(*ONE_REP, (PATIENCE, 0.0))]
    attempts, _, machine = _run(path)
    assert [attempt.cut_off for attempt in attempts] == ["lost from sight"]
    assert machine.phase == "away"


@settings(max_examples=30)
@given(st.integers(10, 60), st.floats(0.5, 2.5), st.floats(0.5, 4.0))
def test_hold_and_tempo_are_in_seconds(rate: int, raising: float, held: float) -> None:
    """They are the movement's, to a tenth of a second, at any frame rate.

    The hold is the time within a tenth of the top: a little of the way up and down belongs to it.
    """
    path = _path((1.0, 0.0), (raising, 40.0), (held, 40.0), (raising, 0.0), (1.0, 0.0), rate=rate)
    (rep,) = _run(path)[0]
    frame = 1 / rate  # the path's own times are whole frames
    assert rep.hold == pytest.approx(held + NEAR_TOP * 2 * raising, abs=0.05 + frame)
    assert rep.start == pytest.approx(1.0, abs=0.1)
    assert rep.out == pytest.approx(raising, abs=0.1 + frame)
    assert rep.end == pytest.approx(path[-1][0] - 1.0, abs=0.1 + frame)
    assert rep.back == pytest.approx(raising, abs=0.15 + frame)


@pytest.mark.parametrize("rate", [15, 25, 30, 60])
@pytest.mark.parametrize("seconds", [0.7, 0.9, 1.5])
def test_quick_reps_without_a_pause_all_count_in_full(rate: int, seconds: float) -> None:
    """Ten of them: none is lost, nor cut by more than what may lie between two frames."""
    half = seconds / 2
    attempts, _, _ = _run(
        _path((1.0, 0.0), *((half, 40.0), (half, 0.0)) * 10, (1.0, 0.0), rate=rate),
        replace(RULE, shortest=0.4),
    )
    assert [attempt.counted for attempt in attempts] == [True] * 10
    assert [attempt.range for attempt in attempts] == pytest.approx(
        [40.0] * 10, rel=0.05 + 1 / rate
    )


def test_a_stay_near_the_top_is_not_ended_by_noise() -> None:
    """Two degrees of noise neither break a hold nor lengthen it."""
    random = np.random.default_rng(4)
    for rate in (15, 30, 60):
        noisy = [
            (time, height + float(random.normal(0, 2)))
            for time, height in _path(*ONE_REP, rate=rate)
        ]
        ((rep,), _, _) = _run(noisy)
        assert rep.hold == pytest.approx(2.0 + NEAR_TOP * 2.0, abs=0.25)


def test_a_hold_is_not_made_of_a_second_that_nobody_saw() -> None:
    """More than a second without sight ends a stay near the top; what was seen longest counts."""
    path = [(t, nan if 2.3 < t < 3.4 else h) for t, h in _path(*ONE_REP)]
    ((rep,), _, _) = _run(path)
    assert rep.counted
    assert rep.hold == pytest.approx(4.0 + NEAR_TOP - 3.4, abs=0.1)


def _hold(samples: Iterable[tuple[float, float, float]]) -> float:
    clock = HoldClock(HOLD)
    for time, height, speed in samples:
        clock.update(time, height, speed, top=40.0)
    return clock.longest


@pytest.mark.parametrize(
    ("broken", "expected"),
    [
        ((), 3.0),
        ((1.0, 1.15), 3.0),  # a twitch is forgiven
        ((1.0, 1.5), 1.5),  # half a second of moving is not: the longer part counts
    ],
)
def test_a_short_break_does_not_end_a_hold(broken: tuple[float, ...], expected: float) -> None:
    """Moving for a moment is forgiven, moving for longer is not."""
    times = np.arange(0, 3.001, 0.05)
    samples = [
        (t, 40.0, 99.0 if broken and broken[0] <= t < broken[1] else 0.0) for t in times.tolist()
    ]
    assert _hold(samples) == pytest.approx(expected, abs=0.1)


def test_a_hold_survives_frames_that_were_lost() -> None:
    """Half a second without a frame between two frames at the top was spent at the top."""
    times = [t for t in np.arange(0, 3.001, 0.05).tolist() if not 1.0 < t < 1.6]
    assert _hold([(t, 40.0, 0.0) for t in times]) == pytest.approx(3.0, abs=0.06)


def test_a_hold_is_not_made_of_what_nobody_saw() -> None:
    """Three seconds without a frame are not a hold."""
    times = [t for t in np.arange(0, 5.001, 0.05).tolist() if not 1.0 < t < 4.0]
    assert _hold([(t, 40.0, 0.0) for t in times]) < 1.2


@pytest.mark.parametrize(("rest", "is_known"), [(0.1, False), (1.0, True)])
def test_a_raise_whose_beginning_was_not_seen_has_no_duration(rest: float, is_known: bool) -> None:
    """A recording that begins as somebody sets off cannot say how fast they rose."""
    (attempt,), _, _ = _run(_path((rest, 0.0), (1.0, 40.0), (1.0, 40.0), (1.0, 0.0), (1.5, 0.0)))
    assert attempt.counted
    assert isnan(attempt.out) is not is_known


def test_a_rest_that_moved_up_is_found_on_coming_back_to_it() -> None:
    """Somebody rests low, shifts, rests higher, and does three reps from there: all three count."""
    rep = ((1.0, 60.0), (1.0, 60.0), (1.0, 25.0), (1.0, 25.0))
    attempts, _, _ = _run(_path((2.0, 0.0), (1.0, 25.0), (1.5, 25.0), *rep, *rep, *rep))
    assert [attempt.counted for attempt in attempts] == [True] * 3
    assert [attempt.range for attempt in attempts] == pytest.approx([35.0] * 3, abs=3.0)
    assert attempts[0].start == pytest.approx(4.5, abs=0.4)


def test_a_pause_on_the_way_up_is_part_of_the_rep() -> None:
    """Who stops half-way, goes on, and comes down all the way has done one rep, from the rest."""
    path = _path(
        (1.5, 0.0), (0.7, 25.0), (1.0, 25.0), (0.8, 60.0), (1.0, 60.0), (1.6, 0.0), (1.5, 0.0)
    )
    (attempt,), _, _ = _run(path)
    assert attempt.range == pytest.approx(60.0, abs=2.0)


def test_the_start_position_is_not_taken_up_in_passing() -> None:
    """Who is on the move when the limits are met has not come to rest there."""
    machine = RepMachine(RULE, HOLD)
    machine.update(0.0, 80.0, 0.0, False)
    assert machine.update(0.1, 40.0, -60.0, True).phase == "away"
    assert machine.update(0.2, 35.0, 0.0, True).phase == "rest"


def test_turning_back_in_the_start_position_takes_it_up() -> None:
    """Who goes on without a pause is at rest for no more than a moment."""
    machine = RepMachine(RULE, HOLD)
    machine.update(0.0, 80.0, 0.0, False)
    assert machine.update(0.1, 10.0, -60.0, True).phase == "away"
    assert machine.update(0.2, 10.0, 60.0, True).phase == "rest"


def test_a_recording_that_stops_for_long_gives_the_attempt_up() -> None:
    """Pictures that are missing for longer than the machine's patience are as good as nobody."""
    up, rest = _path((1.0, 0.0), (1.0, 40.0), (0.5, 40.0)), _path((3.0, 0.0))
    gap = up[-1][0] + PATIENCE + 1.0
    attempts, phases, _ = _run([*up, *((gap + time, height) for time, height in rest)])
    assert [attempt.cut_off for attempt in attempts] == ["lost from sight"]
    assert phases[-1] == "rest"


@pytest.mark.parametrize(
    ("rest", "top", "is_counted"),
    [(130, 141, False), (130, 143, True), (160, 169, False), (160, 171, True), (166, 176, True)],
)
@pytest.mark.parametrize("turned", [False, True])
def test_where_little_is_left_of_the_way_half_of_it_counts(
    rest: float, top: float, is_counted: bool, turned: bool
) -> None:
    """Whoever rests near the end of the way cannot go as far as others."""
    rule = RepRule("height", "up", attempt=8, counts=12, full=180)
    path = _path((1.0, rest), (1.0, top), (2.0, top), (1.0, rest), (1.0, rest))
    if turned:
        rule = replace(rule, direction="down", full=0)
        path = [(time, 180 - height) for time, height in path]
    (attempt,), _, _ = _run(path, rule)
    assert attempt.counted == is_counted


@pytest.mark.parametrize(
    ("top", "held", "is_counted"), [(22, 0.0, False), (22, 1.5, True), (40, 0.0, True)]
)
def test_who_turns_back_half_way_without_a_hold_has_broken_off(
    top: float, held: float, is_counted: bool
) -> None:
    """Who holds there is only too low; and where no hold is asked for, any way is far enough."""
    rule = RepRule("height", "up", attempt=8, counts=15, full=50, without_hold=0.6)
    (attempt,), _, _ = _run(_path((1.0, 0), (1.0, top), (held, top), (1.0, 0), (1.0, 0)), rule)
    assert attempt.counted == is_counted
    assert HoldRule(seconds=0).is_held(0.0)


def test_who_was_first_seen_on_the_way_out_may_have_broken_off_too() -> None:
    """Measured from the rest afterwards."""
    rule = RepRule("height", "up", attempt=8, counts=12, full=61, without_hold=0.5)
    path = _path((1.0, 0), (1.0, 24), (0.05, 24), (1.0, 0), (1.0, 0))
    (attempt,), _, _ = _run([(time, height) for time, height in path if time > 1.3], rule)
    assert (attempt.rested_later, attempt.counted) == (True, False)


def test_who_is_hidden_has_not_left_the_start_position() -> None:
    """Not for a while: a foot may hide on the way out, as that of the far leg does."""
    path = _path((2.0, 0.0), (1.0, 40.0), (2.0, 40.0), (1.0, 0.0), (1.0, 0.0))
    for hidden, is_counted in ((0.5, True), (5.0, False)):
        machine = RepMachine(RULE, HOLD)
        late = [(time + hidden, height) for time, height in path if time > 1.0]
        rest = [(i / RATE, 0.0) for i in range(round(hidden * RATE) + RATE)]
        over = None
        for time, height in [*rest, *late]:
            is_ready = True if time <= 1.0 else None if time < 2.5 + hidden else False
            step = machine.update(time, height, 0.0, is_ready)
            over = step.over or over
        assert (over is not None) == is_counted


def test_noise_on_a_long_top_does_not_end_it() -> None:
    """The highest of a long hold is mostly noise; how it is left tells when the way back began."""
    noise = np.random.default_rng(2).normal(0, 1.2, 20_000)
    path = _path((1.0, 0.0), (1.0, 40.0), (18.0, 40.0), (1.5, 0.0), (1.0, 0.0))
    samples = [
        (time, height + float(n) * (height > 39))
        for (time, height), n in zip(path, noise, strict=False)
    ]
    ((rep,), _, _) = _run(samples)
    assert rep.back == pytest.approx(1.5, abs=0.3)
    assert rep.hold == pytest.approx(18, abs=0.8)
