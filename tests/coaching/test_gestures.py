"""The sign from the mat: found in the figure, lying and standing, and in no exercise.

The figure's bridge has both arms up at rest, where nobody can give it.
"""

from collections.abc import Iterable
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from helpers.coached import Mouth
from helpers.places import SAMPLES

from formcheck.coaching.by_gesture import GO_ON, WORDS, ByGesture
from formcheck.coaching.gestures import Gestures, Meaning
from formcheck.coaching.routine_coach import LiveCoach
from formcheck.definition.loading import load_exercise
from formcheck.definition.routine import one_exercise
from formcheck.exercise import Side
from formcheck.figure.movements import MOVEMENTS
from formcheck.figure.script import Script, minimum_jerk
from formcheck.figure.viewpoint import Noise, Viewpoint
from formcheck.pose import INDEX, Array, Pose
from formcheck.sources.recording import read_recording

REACH, FOREARM = 0.53, 0.25
"""Metres of the figure's arm, and of its forearm with the hand."""
AT_REST = 0.3
"""A moment at which every movement is at rest."""
LYING = ("crunch", "curl_up", "knee_to_chest", "side_lying_leg_raise", "clamshell")
STANDING = ("squat", "standing_leg_raise", "march", "sit_to_stand")
VIEWS = [(yaw, pitch) for yaw in (-40, -20, 0, 20, 40) for pitch in (0, 15)]


def meant(poses: Iterable[Pose]) -> list[Meaning]:
    """What the signs in these poses mean."""
    watch = Gestures()
    given = [watch.update(pose) for pose in poses]
    return [each.meaning for each in given if each is not None and each.share == 1.0]


def with_raised_arm(name: str, side: Side, held: float, lean: float = 0.0) -> Script:
    """Somebody at rest who raises an arm for so long, and lets it down; `lean` in degrees."""
    still = MOVEMENTS[name](1)

    def landmarks(times: Array) -> Array:
        points = still.landmarks(np.full(len(times), AT_REST))
        up = minimum_jerk((times - 1) / 0.8) - minimum_jerk((times - 1.8 - held) / 0.8)
        shoulder = points[:, INDEX[f"{side}_shoulder"]]
        angle = np.radians(lean)
        straight = np.array([np.sin(angle), np.cos(angle), 0.0])
        for part, along in (("elbow", REACH - FOREARM), ("wrist", REACH)):
            raised = shoulder + along * straight
            here = INDEX[f"{side}_{part}"]
            points[:, here] += up[:, None] * (raised - points[:, here])
        for part in ("pinky", "index", "thumb"):
            points[:, INDEX[f"{side}_{part}"]] = points[:, INDEX[f"{side}_wrist"]]
        return points

    return Script(held + 5.0, landmarks, middle=still.middle)


def near_side(name: str, yaw: float) -> Side:
    """The arm that this camera sees better."""
    pose = MOVEMENTS[name](1).seen(np.array([AT_REST]), camera=Viewpoint(yaw=yaw))[0]
    seen = {side: pose.visibility[INDEX[f"{side}_wrist"]] for side in ("left", "right")}
    return "left" if seen["left"] >= seen["right"] else "right"


@pytest.mark.parametrize("names", [LYING, STANDING], ids=["lying", "standing"])
def test_it_is_found(names: tuple[str, ...]) -> None:
    """From wherever the camera looks, with MediaPipe's error, if the arm leans a little, too."""
    tries, found = 0, 0
    for seed, (name, (yaw, pitch), lean) in enumerate(product(names, VIEWS, (-8, 8))):
        script = with_raised_arm(name, near_side(name, yaw), held=2.6, lean=lean)
        # Far enough for a raised hand to be in the picture.
        camera = Viewpoint(yaw=yaw, pitch=pitch, distance=3.2)
        tries += 1
        found += meant(script.poses(15, camera=camera, noise=Noise(0.015, seed=seed))) == ["pause"]
    assert tries >= 80
    assert found >= 0.95 * tries


def test_it_means_more_the_longer_it_is_held() -> None:
    """Two seconds: pause. Five: it hurts. Less: nothing."""
    for held, meaning in ((1.2, []), (3.0, ["pause"]), (6.0, ["pause", "hurts"])):
        assert meant(with_raised_arm("crunch", "right", held).poses()) == meaning


def test_the_second_sign_needs_the_arm_to_go_down_first() -> None:
    """As one does who pauses and goes on."""
    script = with_raised_arm("crunch", "right", 3.0)
    first = script.poses()
    second = script.poses(start_time=first[-1].time + 0.1)
    assert meant([*first, *second]) == ["pause", "pause"]


def test_lost_frames_do_not_matter_but_a_lost_arm_does() -> None:
    """A flicker is forgiven."""
    poses = with_raised_arm("squat", "left", 3.0).poses()
    flicker = [p if k % 10 else Pose.absent(p.time) for k, p in enumerate(poses)]
    assert meant(flicker) == ["pause"]
    hidden = [
        replace(p, visibility=np.where(np.arange(33) == INDEX["left_wrist"], 0.1, p.visibility))
        for p in poses
    ]
    assert meant(hidden) == []


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.npz")), ids=lambda path: path.stem)
def test_nobody_in_a_recording_gives_it_by_chance(path: object) -> None:
    """Real people, and every exercise they do."""
    assert meant(read_recording(path).poses()) == []  # type: ignore[arg-type]


@pytest.mark.parametrize("name", MOVEMENTS)
def test_no_exercise_contains_it(name: str) -> None:
    """Right or with any fault, from several sides."""
    movement = MOVEMENTS[name]
    scripts = [movement(2), *(movement(2, faults={fault: {1, 2}}) for fault in movement.faults)]
    for seed, (script, yaw) in enumerate(product(scripts, (-35, 0, 35))):
        camera = Viewpoint(yaw=yaw, pitch=10.0 if yaw else 0.0)
        assert meant(script.poses(8, camera=camera, noise=Noise(0.015, seed=seed))) == []


def test_the_coach_pauses_goes_on_and_stops_what_hurts() -> None:
    """It says what the arm will do, before it does it."""
    guide = ByGesture(LiveCoach(one_exercise(load_exercise("crunch"), 5, None), Mouth()))
    script = with_raised_arm("crunch", "right", 3.0)
    first = [guide.update(pose, 120.0, 16 / 9).scene for pose in script.poses()]
    assert WORDS["pause"] in {scene.message for scene in first}
    assert guide.is_paused
    again = [guide.update(pose, 120.0, 16 / 9).scene for pose in script.poses(start_time=20.0)]
    assert GO_ON in {scene.message for scene in again}
    assert not guide.is_paused
    for pose in with_raised_arm("crunch", "right", 6.0).poses(start_time=40.0):
        last = guide.update(pose, 120.0, 16 / 9).scene
    assert (last.is_hurt, last.is_paused) == (True, True)
