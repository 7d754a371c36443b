"""What must not matter does not: place, size, mirror, frame rate, lost frames, clock, noise."""

from dataclasses import replace

import figure_lying
import figure_prone
import figure_standing
import numpy as np
import pytest
from figure import Camera, Drop, Fault, Noise, Script
from hypothesis import given, settings
from hypothesis import strategies as st
from scenes import FIGURES, judged, judged_poses

from formcheck.events import Hold, Summary
from formcheck.pose import INDEX, LANDMARKS, Pose

NAMES = sorted(FIGURES)
SEVERE = (
    {
        "bridge": {"over_arched": {2}, "hold_too_short": {3}},
        "crunch": {"sit_up": {2}, "feet_lift": {3}},
        "side_lying_leg_raise": {"hold_too_short": {2}, "knee_bends": {3}},
        "standing_leg_raise": {"trunk_leans": {2}, "hold_too_short": {3}},
    }
    | figure_lying.SEVERE
    | figure_standing.SEVERE
    | figure_prone.SEVERE
)
"""A fault in the second rep and another in the third; the first is clean."""
SWAPPED = [
    INDEX[name.replace("left", "LEFT").replace("right", "left").replace("LEFT", "right")]
    for name in LANDMARKS
]
few = settings(max_examples=12, deadline=None)
names = st.sampled_from(NAMES)


def _script(name: str) -> Script:
    return FIGURES[name](3, faults={f: Fault(reps=reps) for f, reps in SEVERE[name].items()})


def _verdict(summary: Summary) -> list[tuple[str | None, int, frozenset[str], bool]]:
    """What of a summary must stay the same: counts, sides, faults."""
    return [
        (rep.side, rep.number, frozenset(fault.name for fault in rep.faults), rep.clean)
        for rep in summary.counted
    ]


def _holds(summary: Summary) -> list[float]:
    """How long each rep was held, or each hold."""
    return [done.seconds if isinstance(done, Hold) else done.hold for done in summary.counted]


PLAIN = {name: judged(name, _script(name)) for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_the_plain_case_is_what_it_should_be(name: str) -> None:
    """The other tests here compare with something: three reps, the faults where they were put."""
    found = [faults for _, _, faults, _ in _verdict(PLAIN[name])]
    assert len(found) == 3
    assert found[0] == set()
    for fault, reps in SEVERE[name].items():
        assert all((fault in faults) == (number in reps) for number, faults in enumerate(found, 1))


@few
@given(names, st.floats(0.8, 1.6), st.floats(-0.15, 0.15), st.floats(-0.1, 0.1))
def test_place_and_size_do_not_matter(name: str, scale: float, right: float, up: float) -> None:
    """The same person nearer, farther or elsewhere in the picture gets the same verdict."""
    poses = [
        replace(pose, image=pose.image * scale + np.array([right, up, 0.0]))
        for pose in _script(name).poses()
    ]
    assert _verdict(judged_poses(name, poses)) == _verdict(PLAIN[name])


@few
@given(names, st.floats(0.0, 1e6))
def test_the_clock_does_not_matter(name: str, start: float) -> None:
    """A recording that begins at any time gives the same reps, shifted."""
    summary = judged(name, _script(name), start_time=start)
    assert _verdict(summary) == _verdict(PLAIN[name])
    shifted = [rep.start + start for rep in PLAIN[name].counted]
    assert [rep.start for rep in summary.counted] == pytest.approx(shifted, abs=1e-3)


@pytest.mark.parametrize("name", NAMES)
def test_a_mirror_only_swaps_the_sides(name: str) -> None:
    """A mirrored picture with left and right swapped is the same movement of the other side."""
    swap = {"left": "right", "right": "left", None: None}
    poses = [_mirrored(pose) for pose in _script(name).poses()]
    expected = [
        (swap[side], number, faults, clean) for side, number, faults, clean in _verdict(PLAIN[name])
    ]
    assert _verdict(judged_poses(name, poses)) == expected


def _mirrored(pose: Pose) -> Pose:
    width = 16 / 9
    image = pose.image[SWAPPED] * (-1, 1, 1) + (width, 0, 0)
    world = pose.world[SWAPPED] * (-1, 1, 1)
    return replace(pose, image=image, world=world, visibility=pose.visibility[SWAPPED])


@few
@given(names, st.floats(10, 60), st.floats(0, 0.4))
def test_the_frame_rate_does_not_matter(name: str, fps: float, jitter: float) -> None:
    """From 10 to 60 frames a second, evenly or not, the verdict and the holds are the same."""
    summary = judged(name, _script(name), fps=fps, jitter=jitter)
    assert _verdict(summary) == _verdict(PLAIN[name])
    assert _holds(summary) == pytest.approx(_holds(PLAIN[name]), abs=0.25)


@few
@given(names, st.floats(0, 0.4), st.booleans(), st.integers(0, 1000))
def test_lost_frames_do_not_matter(name: str, share: float, absent: bool, seed: int) -> None:
    """With up to two frames in five missing, or without a person in them, all is the same."""
    lost = Drop(fraction=share, seed=seed) if not absent else _blinks(share, seed)
    summary = judged(name, _script(name), drop=lost)
    assert _verdict(summary) == _verdict(PLAIN[name])
    assert _holds(summary) == pytest.approx(_holds(PLAIN[name]), abs=0.35)


def _blinks(share: float, seed: int) -> Drop:
    """Moments of a tenth of a second in which the person is not found."""
    random = np.random.default_rng(seed)
    starts = np.cumsum(random.uniform(0.5, 3.0, 40) / max(share, 0.05))
    return Drop(gaps=tuple((start, start + 0.1) for start in starts.tolist()), absent=True)


@few
@given(names, st.floats(-12, 12))
def test_a_tilted_laptop_does_not_matter(name: str, roll: float) -> None:
    """With the picture turned by up to 12 degrees, all is measured from the person's own rest."""
    assert _verdict(judged(name, _script(name), camera=Camera(roll=roll))) == _verdict(PLAIN[name])


@few
@given(names, st.floats(-20, 20), st.floats(0, 15))
def test_a_camera_a_little_off_does_not_matter(name: str, yaw: float, pitch: float) -> None:
    """Up to 20 degrees beside the view asked for, and a little above, the verdict is the same."""
    summary = judged(name, _script(name), camera=Camera(yaw=yaw, pitch=pitch))
    assert _verdict(summary) == _verdict(PLAIN[name])


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("fps", [10, 30, 60])
@pytest.mark.parametrize("name", NAMES)
def test_noise_leaves_the_count_right(name: str, fps: int, seed: int) -> None:
    """Landmarks that stray by 2 cm, each for about 0.2 s, neither hide a rep nor make one up."""
    noise = Noise(sd=0.02, correlation=0.2, seed=seed)
    assert len(judged(name, FIGURES[name](5), fps=fps, noise=noise).counted) == 5
