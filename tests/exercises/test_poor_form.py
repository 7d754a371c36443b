"""What people do, and from where they film it, is not what is asked: no rep is lost by that."""

from dataclasses import replace
from typing import Any

import pytest
from helpers.scenes import fault_names, judged

from formcheck.figure.anatomy import AS_MEDIAPIPE, Proportions
from formcheck.figure.movement import Flaw
from formcheck.figure.movements import MOVEMENTS
from formcheck.figure.viewpoint import Drop, Viewpoint
from formcheck.measuring.tracker import UNSETTLED

SHORT_LEGS = replace(Proportions(), thigh=0.354, shank=0.355)
TILTED = Viewpoint(perspective=True, yaw=-30, pitch=12, roll=-6)
OBLIQUE = Viewpoint(perspective=True, yaw=-25, pitch=12, roll=-6)
ACROSS = Viewpoint(perspective=True, yaw=30, pitch=12, roll=6)
HIGH = Viewpoint(perspective=True, yaw=45, pitch=10)

CASES: dict[str, tuple[str, dict[str, Any], Viewpoint]] = {
    "a crunch with straight legs": ("crunch", {"knee": 172.0}, Viewpoint()),
    "a crunch with straight legs, seen obliquely": ("crunch", {"knee": 160.0}, TILTED),
    "a bridge with the feet far away": (
        "bridge",
        {"knee": 135.0, "top": 178.0},
        Viewpoint(pitch=15),
    ),
    "a low bridge with the feet near": ("bridge", {"knee": 45.0, "top": 145.0}, TILTED),
    "a bridge arched beyond measure": ("bridge", {"top": 212.0}, Viewpoint(roll=-8)),
    "a curl-up seen obliquely": ("curl_up", {}, ACROSS),
    "a leg raised high": ("side_lying_leg_raise", {"top": 60.0}, OBLIQUE),
    "a leg raised high, seen from behind": (
        "side_lying_leg_raise",
        {"top": 60.0},
        Viewpoint(perspective=True, yaw=-150, pitch=10),
    ),
    "a leg that drifts forward": (
        "side_lying_leg_raise",
        {"faults": {"leg_drifts_forward": Flaw(amount=35)}},
        OBLIQUE,
    ),
    "a lean as large as the raise": (
        "standing_leg_raise",
        {"top": 20.0, "faults": {"trunk_leans": Flaw(amount=30)}},
        Viewpoint(),
    ),
    "a bird dog before a tilted camera": ("bird_dog", {"body": AS_MEDIAPIPE}, TILTED),
    "a lunge on short legs": ("lunge", {"body": SHORT_LEGS}, Viewpoint()),
    "a lunge seen from above": ("lunge", {}, ACROSS),
    "a superman seen from above": ("superman", {}, ACROSS),
}


@pytest.mark.parametrize("case", CASES)
def test_a_poor_rep_counts(case: str) -> None:
    """Both reps count, and nothing is told to be another exercise."""
    name, how, camera = CASES[case]
    summary = judged(name, MOVEMENTS[name](2, **how), camera=camera)
    assert len(summary.counted) == 2
    assert summary.partials == ()


@pytest.mark.parametrize("name", ["side_lying_leg_raise", "standing_leg_raise", "push_up", "squat"])
def test_quick_reps_count(name: str) -> None:
    """Whoever swings is told to be slower, and not left without a count."""
    far = {"top": 60.0} if "leg_raise" in name else {}
    script = MOVEMENTS[name](4, out=0.4, hold=0.0, back=0.4, rest=0.15, **far)
    assert len(judged(name, script).counted) == 4


@pytest.mark.parametrize("yaw", [-45, 45])
def test_a_high_crunch_seen_obliquely_is_no_sit_up(yaw: float) -> None:
    """Angles look larger from there; a half sit-up is still found from there."""
    camera = Viewpoint(perspective=True, yaw=yaw, pitch=10)
    high = judged("crunch", MOVEMENTS["crunch"](2, thorax=45.0), camera=camera)
    assert not any("sit_up" in fault_names(rep) for rep in high.reps)
    half = judged("crunch", MOVEMENTS["crunch"](2, thorax=65.0), camera=camera)
    assert all("sit_up" in fault_names(rep) for rep in half.reps)


@pytest.mark.parametrize("body", [Proportions(), AS_MEDIAPIPE])
@pytest.mark.parametrize("top", [204.0, 208.0, 212.0])
def test_however_far_a_bridge_is_arched_it_is_told(top: float, body: Proportions) -> None:
    """The angle does not fold back to a low bridge; from far off the side it cannot be judged."""
    script = MOVEMENTS["bridge"](2, top=top, body=body)
    near = judged("bridge", script, camera=replace(ACROSS, yaw=25))
    assert [fault_names(rep) for rep in near.reps] == [{"over_arched"}] * 2
    far = judged("bridge", script, camera=ACROSS)
    assert [fault_names(rep) for rep in far.reps] == [set()] * 2
    assert all("over_arched" in {each.name for each in rep.unjudged} for rep in far.reps)


@pytest.mark.parametrize("name", ["bridge", "side_lying_leg_raise", "standing_leg_raise"])
def test_who_is_first_seen_in_mid_raise_is_compared_with_the_rest_after_it(name: str) -> None:
    """The rep counts with its whole range, and is not told to be too low."""
    script = MOVEMENTS[name](2)
    first = script.truth[0]
    begun = first.start + 0.45 * (first.top_start - first.start)
    unseen = Drop(gaps=[(0.0, begun - UNSETTLED)], absent=True)
    summary = judged(name, script, drop=unseen)
    assert len(summary.reps) == 2
    assert summary.reps[0].range == pytest.approx(summary.reps[1].range, abs=4)
    assert not any(fault_names(rep) for rep in summary.reps)
