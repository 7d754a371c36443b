"""The body with thickness: it is on the floor, and its outlines are where they should be."""

import numpy as np
import pytest
from helpers.places import EXERCISES

from formcheck.definition.loading import load_exercise
from formcheck.demonstration.outlines import outline
from formcheck.demonstration.showing import Showing, showing
from formcheck.demonstration.solids import Solid, clothed, stretched
from formcheck.figure.viewpoint import Viewpoint
from formcheck.pose import Array

NAMES = sorted(path.stem for path in EXERCISES.glob("*.toml"))
FRONT = Viewpoint()


def shown(name: str) -> tuple[Showing, dict[str, list[Solid]]]:
    """An exercise, and the body at each of its moments."""
    seen = showing(load_exercise(name))
    landmarks = seen.script.landmarks(seen.moments())
    return seen, clothed(landmarks, seen.setting.rounds)


def lowest(solids: list[Solid]) -> float:
    """Metres over the floor."""
    return min(float((solid.centres[..., 1] - solid.radii).min()) for solid in solids)


@pytest.mark.parametrize("name", NAMES)
def test_the_body_is_on_the_floor(name: str) -> None:
    """It neither floats nor sinks in, but for what a mat gives way."""
    _, parts = shown(name)
    assert -0.05 < min(map(lowest, parts.values())) < 0.03


@pytest.mark.parametrize("name", NAMES)
def test_limbs_do_not_stretch(name: str) -> None:
    """Whatever moves, a limb's balls keep their distance."""
    _, parts = shown(name)
    for limb in (part for key, part in parts.items() if key.endswith(("_arm", "_leg"))):
        for solid in limb[:2]:
            lengths = np.linalg.norm(solid.centres[:, 1] - solid.centres[:, 0], axis=-1)
            np.testing.assert_allclose(lengths, lengths[0], atol=1e-3)


def test_a_cat_rounds_its_back_and_a_cow_lets_it_sink() -> None:
    """The figure's trunk is straight; what is drawn follows the head."""
    seen, parts = shown("cat_cow")
    heights = np.stack([solid.centres[:, 0, 1] for solid in parts["trunk"][1:]], axis=1)
    above = heights[:, 1] - (heights[:, 0] * 2 + parts["trunk"][3].centres[:, 2, 1]) / 3
    top = int(np.argmin(np.abs(seen.moments() - seen.beats[1].start)))
    assert above[0] > 0.04
    assert above[top] < -0.03


def test_a_curled_back_touches_the_floor_with_its_lower_end_only() -> None:
    """In a crunch the pelvis stays down while the chest rises."""
    seen, parts = shown("crunch")
    top = int(np.argmin(np.abs(seen.moments() - seen.beats[1].start)))
    pelvis, chest = parts["trunk"][1].centres[:, 0, 1], parts["trunk"][3].centres[:, 2, 1]
    assert abs(pelvis[top] - pelvis[0]) < 0.005
    assert chest[top] - chest[0] > 0.1


def test_a_planted_hand_lies_on_the_floor_and_a_raised_one_points_on() -> None:
    """In a bird dog the near hand stays, and the far one is reached forward."""
    seen, parts = shown("bird_dog")
    top = int(np.argmin(np.abs(seen.moments() - seen.beats[1].start)))
    hand = {side: parts[f"{side}_arm"][2].centres[top] for side in ("left", "right")}
    assert hand["right"][1, 0] - hand["right"][0, 0] > 0.12
    assert abs(hand["right"][1, 1] - hand["right"][0, 1]) < 0.03
    assert hand["left"][1, 0] - hand["left"][0, 0] > 0.12


def ball(x: float, y: float, radius: float) -> tuple[Array, float]:
    """A ball that does not move."""
    return np.array([[x, y, 0.0]]), radius


def test_an_outline_of_a_ball_is_its_circle() -> None:
    """All corners at its radius, from wherever it is seen."""
    for camera in (FRONT, Viewpoint(yaw=40, pitch=20)):
        corners = outline(stretched(ball(0, 0, 0.2)), camera, 16)[0]
        np.testing.assert_allclose(np.linalg.norm(corners, axis=1), 0.2)


def test_an_outline_goes_around_all_balls() -> None:
    """From the outer edge of one to that of the other; a ball within another changes nothing."""
    large, small = ball(0, 0, 0.3), ball(1, 0, 0.1)
    corners = outline(stretched(large, small), FRONT, 16)[0]
    assert corners[:, 0].min() == pytest.approx(-0.3)
    assert corners[:, 0].max() == pytest.approx(1.1)
    assert corners[:, 1].max() == pytest.approx(0.3)
    hidden = outline(stretched(large, small, ball(0.1, 0, 0.1)), FRONT, 16)[0]
    np.testing.assert_allclose(hidden, corners)
