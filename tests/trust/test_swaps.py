"""Legs that MediaPipe mixed up are changed back; legs that move stay as they are."""

from dataclasses import replace

import numpy as np
import pytest
from helpers.bodies import torso_of

from formcheck.figure.movements import MOVEMENTS, lunge
from formcheck.figure.viewpoint import Noise
from formcheck.pose import INDEX, LANDMARKS, SWAPPED, Pose
from formcheck.trust.leg import BELOW_HIPS
from formcheck.trust.swaps import FAR_STAYS, STAYS, UNPARTED, Swaps

FPS = 25
ANKLES = INDEX["left_ankle"], INDEX["right_ankle"]


def mixed_up(pose: Pose, points: list[int]) -> Pose:
    """The pose with these points on the other side."""
    order = [SWAPPED[i] if i in points else i for i in range(len(LANDMARKS))]
    return replace(pose, image=pose.image[order], visibility=pose.visibility[order])


def changed(made: list[Pose], shown: list[Pose]) -> list[int]:
    """Which of the poses that were shown came out other than they were made."""
    swaps, torso = Swaps(), torso_of(made[0])
    out = [swaps.set_right(pose, torso) for pose in shown]
    pairs = zip(made, out, strict=True)
    return [i for i, (a, b) in enumerate(pairs) if not np.array_equal(a.image, b.image)]


def down_in_a_lunge() -> tuple[list[Pose], int]:
    """Poses of one lunge, and the number of the lowest one."""
    poses = lunge(1).poses(fps=FPS)
    return poses, int(np.argmax([pose.image[INDEX["left_hip"], 1] for pose in poses]))


@pytest.mark.parametrize("seconds", [0.04, 0.2, 0.4])
def test_legs_that_were_mixed_up_for_a_moment_are_set_right(seconds: float) -> None:
    """In each picture, from the first to the last."""
    poses, top = down_in_a_lunge()
    until = top + round(seconds * FPS)
    assert len(poses) > until
    shown = [mixed_up(p, BELOW_HIPS) if top <= i < until else p for i, p in enumerate(poses)]
    assert changed(poses, shown) == []


def top_of_a_side_raise() -> list[Pose]:
    """Three seconds of a raised leg, the hips one above the other in the picture."""
    poses = MOVEMENTS["side_lying_leg_raise"](1).poses(fps=FPS)
    highest = min(poses, key=lambda pose: float(pose.image[list(ANKLES), 1].min()))
    return held(highest, 3.0)


@pytest.mark.parametrize("fps", [25, 12])
def test_legs_are_exchanged_below_the_hips_only(fps: int) -> None:
    """The hips stay where they are, and so the order before is known again at once."""
    made = top_of_a_side_raise()[:: round(FPS / fps)]
    shown = [mixed_up(p, BELOW_HIPS) if i in (10, 14, 15) else p for i, p in enumerate(made)]
    assert changed(made, shown) == []


@pytest.mark.parametrize("share", [0.4, 0.5])
def test_after_legs_in_between_the_nearer_order_is_believed(share: float) -> None:
    """As they were before they were mixed up, though they may have moved so far meanwhile."""
    made = top_of_a_side_raise()[::2]
    mixed = mixed_up(made[10], BELOW_HIPS)
    shown = [*made[:10], mixed, between(made[11], mixed, share), *made[12:]]
    assert changed(made, shown) == [11]


def between(a: Pose, b: Pose, share: float) -> Pose:
    """A pose on the way from one to the other."""
    return replace(a, image=a.image + share * (b.image - a.image))


@pytest.mark.parametrize("share", [0.4, 0.5, 0.6, 0.7])
def test_legs_between_both_orders_are_not_believed(share: float) -> None:
    """MediaPipe cannot decide: they are neither where they were nor where the other's were."""
    poses, top = down_in_a_lunge()
    swaps, torso = Swaps(), torso_of(poses[0])
    mixed = mixed_up(poses[top], BELOW_HIPS)
    shown = [*poses[:top], between(poses[top], mixed, share), *poses[top + 1 :]]
    out = [swaps.set_right(pose, torso) for pose in shown]
    unseen = [i for i, pose in enumerate(out) if pose.visibility[BELOW_HIPS].max() == 0.0]
    assert unseen == [top]
    assert all(np.array_equal(out[i].image, poses[i].image) for i in range(len(poses)) if i != top)


def held(pose: Pose, seconds: float, start: float = 0.0) -> list[Pose]:
    """Poses of somebody who stays like that."""
    return [replace(pose, time=start + i / FPS) for i in range(round(seconds * FPS))]


@pytest.mark.parametrize(
    ("nearer", "have_parted", "stays"),
    [(0.0, True, FAR_STAYS), (0.2, True, STAYS), (0.0, False, UNPARTED), (0.2, False, UNPARTED)],
)
def test_another_order_that_stays_is_believed(
    nearer: float, have_parted: bool, stays: float
) -> None:
    """Then it was the one before that was wrong; least of legs that were seen to part widely."""
    poses, lowest = down_in_a_lunge()
    top = between(poses[lowest], mixed_up(poses[lowest], BELOW_HIPS), nearer)
    made = [*held(together(top) if have_parted else top, 1.0), *held(top, 13.0, start=1.0)]
    shown = [mixed_up(p, BELOW_HIPS) if p.time >= 2.0 else p for p in made]
    wrong = changed(made, shown)
    assert wrong == list(range(wrong[0], len(made)))
    assert made[wrong[0]].time - 2.0 == pytest.approx(stays, abs=2 / FPS)


def together(pose: Pose) -> Pose:
    """The pose with both legs in the middle of the two."""
    return between(pose, mixed_up(pose, BELOW_HIPS), 0.5)


@pytest.mark.parametrize("seconds", [0.2, 0.4])
def test_legs_that_were_mixed_up_at_first_are_believed_after_as_long(seconds: float) -> None:
    """The order that came first has no more to say for itself than how long it lasted."""
    poses, top = down_in_a_lunge()
    made = held(poses[top], 4.0)
    shown = [mixed_up(p, BELOW_HIPS) if p.time < seconds else p for p in made]
    assert len(changed(made, shown)) / FPS == pytest.approx(2 * seconds, abs=2 / FPS)


@pytest.mark.parametrize("hidden", [0.0, 0.2, 0.4])
@pytest.mark.parametrize("fps", [12, 25, 60])
def test_legs_that_cross_are_not_mixed_up(fps: int, hidden: float) -> None:
    """Quickly, one to the front as the other goes back, and with the far one hidden there."""
    poses, top = down_in_a_lunge()
    crossed = mixed_up(poses[top], BELOW_HIPS)
    phases = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(0, 5, 1 / fps))
    walk = [replace(between(poses[top], crossed, q), time=i / fps) for i, q in enumerate(phases)]
    far = [INDEX[f"right_{name}"] for name in ("knee", "ankle", "heel", "foot_index")]
    for pose, phase in zip(walk, phases, strict=True):
        pose.visibility[far] = 0.2 if abs(phase - 0.5) < hidden else 1.0
    assert changed(walk, walk) == []


def test_legs_that_come_back_unseen_are_not_changed_any_more() -> None:
    """Nobody knows in which order they are found again."""
    poses, top = down_in_a_lunge()
    made = [replace(poses[top], time=i / FPS) for i in range(4 * FPS)]
    unseen = [replace(p, visibility=np.zeros(len(LANDMARKS))) for p in made]
    shown = [
        *made[:40],
        *(mixed_up(p, BELOW_HIPS) for p in made[40:45]),
        *unseen[45:52],
        *made[52:],
    ]
    assert [i for i in changed(made, shown) if i >= 52] == []


def test_a_body_that_turns_round_takes_its_legs_along() -> None:
    """Where the hips change places, too, they are the legs of that body."""
    poses = MOVEMENTS["march"](2).poses(fps=FPS)
    shown = [mixed_up(p, list(SWAPPED)) if i >= 20 else p for i, p in enumerate(poses)]
    assert changed(shown, shown) == []


@pytest.mark.parametrize("fps", [30, 10])
@pytest.mark.parametrize("name", sorted(MOVEMENTS))
def test_legs_that_move_stay_as_they_are(name: str, fps: int) -> None:
    """In any exercise, with landmarks that waver, and with few pictures a second."""
    poses = MOVEMENTS[name](2).poses(fps=fps, noise=Noise(0.01, seed=3))
    assert changed(poses, poses) == []
