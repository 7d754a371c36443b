"""Scenes: a cut is noticed, and nothing that a person or a lamp does is taken for one."""

import cv2
import numpy as np
import pytest

from formcheck.landmarks.scenes import BLANK, SceneWatch
from formcheck.pose import Image

RATE = 25


def room(seed: int) -> Image:
    """A picture with large and small things in it, others for each seed."""
    random = np.random.default_rng(seed)
    picture = np.full((120, 160, 3), 120, np.uint8)
    for _ in range(25):
        x, y, width, height = random.integers(0, (160, 120, 60, 60)).tolist()
        colour = random.integers(0, 255, 3).tolist()
        cv2.rectangle(picture, (x, y), (x + width, y + height), colour, -1)
    return picture


def cuts(pictures: list[Image]) -> list[int]:
    """The places of the pictures that begin a scene."""
    watch = SceneWatch()
    return [i for i, each in enumerate(pictures) if watch.is_new(i / RATE, each)]


def with_somebody(picture: Image, where: int) -> Image:
    """A picture with a large dark figure in it."""
    copy = picture.copy()
    cv2.ellipse(copy, (where, 70), (40, 14), 0, 0, 360, (20, 30, 40), -1)
    return copy


def turned(picture: Image, degrees: float) -> Image:
    """The picture as a camera sees it that is tilted."""
    matrix = cv2.getRotationMatrix2D((80, 60), degrees, 1.0)
    return np.asarray(
        cv2.warpAffine(picture, matrix, (160, 120), borderMode=cv2.BORDER_REPLICATE), np.uint8
    )


def test_a_cut_is_noticed_at_the_first_picture_of_the_new_scene() -> None:
    """Once there, and once back."""
    assert cuts([room(1)] * 10 + [room(2)] * 10 + [room(1)] * 10) == [10, 20]


def test_a_cross_fade_is_noticed_once() -> None:
    """Before it is over, though no picture differs much from the one before."""
    one, other = room(1).astype(float), room(2).astype(float)
    blend = [
        (one * (1 - share) + other * share).astype(np.uint8) for share in np.linspace(0, 1, 12)
    ]
    (at,) = cuts([room(1)] * 20 + blend + [room(2)] * 40)
    assert 20 < at < 20 + len(blend) + 5


def test_what_is_black_is_passed_over() -> None:
    """The same room after it is the same scene; another one is a new scene."""
    black = [np.zeros((120, 160, 3), np.uint8)] * 5
    assert cuts([room(1)] * 5 + black + [room(1)] * 5) == []
    assert cuts([room(1)] * 5 + black + [room(2)] * 5) == [10]
    assert cuts(black + [room(1)] * 5) == []


@pytest.mark.parametrize("colour", [(0, 0, 0), (70, 40, 20)])
def test_a_blank_picture_that_stays_ends_the_scene(colour: tuple[int, int, int]) -> None:
    """Told once, while it is there; what comes after it is then the first of its scene."""
    blank = [np.full((120, 160, 3), colour, np.uint8)] * 12
    assert cuts([room(1)] * 5 + blank + [room(1)] * 5) == [5 + round(BLANK * RATE)]
    assert cuts(blank + [room(1)] * 5) == []


def test_the_dark_is_no_blank_picture() -> None:
    """A camera's noise is in it."""
    random = np.random.default_rng(1)
    noise = [random.integers(0, 4, (120, 160, 3)).astype(np.uint8) for _ in range(25)]
    assert cuts([room(1)] * 5 + noise + [room(1)] * 5) == []


def test_who_moves_much_before_a_slow_camera_cuts_nothing() -> None:
    """From one picture to the next so much may change, but not at the rate of a film."""
    half = room(1), np.asarray(0.33 * room(1) + 0.67 * room(2), np.uint8)
    watches = SceneWatch(), SceneWatch()
    slow, quick = (
        [watch.is_new(i * step, each) for i, each in enumerate(half)]
        for watch, step in zip(watches, (0.3, 0.04), strict=True)
    )
    assert slow == [False, False]
    assert quick == [False, True]


def test_who_passes_close_before_the_camera_cuts_nothing() -> None:
    """Most of what is beside them stays the same, though they are half of the picture."""
    pictures = []
    for left in range(-80, 160, 12):
        picture = room(1)
        cv2.rectangle(picture, (left, 0), (left + 70, 120), (250, 250, 250), -1)
        pictures.append(picture)
    assert cuts([room(1)] * 5 + pictures + [room(1)] * 5) == []


def test_a_lamp_and_a_fade_are_no_cuts() -> None:
    """They change how bright it is, not what is there."""
    lit = room(1)
    dim = (lit * 0.3).astype(np.uint8)
    fade = [(lit * share).astype(np.uint8) for share in np.linspace(1, 0, 20)]
    assert cuts([lit] * 10 + [dim] * 10 + [lit] * 10 + fade) == []


def test_somebody_who_moves_and_a_camera_in_the_hand_are_no_cuts() -> None:
    """Nor are both together."""
    pictures = [
        turned(with_somebody(room(1), 40 + round(60 * abs(np.sin(i / 15)))), 4 * np.sin(i / 9))
        for i in range(120)
    ]
    assert cuts(pictures) == []


@pytest.mark.parametrize("size", [(48, 64), (1080, 1920), (1920, 1080)])
def test_pictures_of_any_size_are_compared(size: tuple[int, int]) -> None:
    """Small and large, lying and upright."""
    one, other = (cv2.resize(room(seed), size[::-1]) for seed in (1, 2))
    pictures = [np.asarray(each, np.uint8) for each in [one] * 3 + [other] * 3]
    assert cuts(pictures) == [3]
