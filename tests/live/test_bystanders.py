"""Somebody else in the picture: said once, when it is sure, and again only when it is news."""

from dataclasses import replace

import numpy as np
import pytest
from helpers.coached import Mouth

from formcheck.coaching.scene import Scene, Tone
from formcheck.figure.movements import bridge
from formcheck.live.bystanders import ALONE, LOOK_EVERY, SHOWN, SOMEONE_ELSE, Bystanders
from formcheck.pose import Frame, Image, Pose

ONE = bridge(0).poses()[0]
PICTURE = np.zeros((48, 64, 3), np.uint8)


class Remembering:
    """A screen that remembers the messages, by the time in seconds."""

    def __init__(self) -> None:
        self.messages: dict[float, str] = {}

    def show(self, image: Image, scene: Scene) -> None:
        """Remember it."""
        self.messages[scene.pose.time] = scene.message

    def key(self) -> None:
        """No key is pressed."""


def session(
    others: list[tuple[float, float]], seconds: float = 120.0, tone: Tone = "guide", **scene: object
) -> tuple[list[float], dict[float, str], list[float]]:
    """When it is said, what is shown, and when it was looked, with others there from, to."""
    mouth, screen, looked = Mouth(), Remembering(), []

    def sees_another(frame: Frame, pose: Pose) -> bool:
        looked.append(frame.time)
        return any(start <= frame.time < end for start, end in others)

    bystanders = Bystanders(screen, mouth, sees_another)
    for number in range(round(seconds * 10)):
        pose = replace(ONE, time=number / 10)
        shown = Scene(None, pose, None, 5, "Go on.", tone, **scene)  # type: ignore[arg-type]
        bystanders.show(PICTURE, shown)
    return [each.time for each in mouth.said], screen.messages, looked


def test_who_is_alone_is_looked_for_now_and_then_and_told_nothing() -> None:
    """Each look costs a picture."""
    said, shown, looked = session([])
    assert said == []
    assert set(shown.values()) == {"Go on."}
    assert len(looked) == 120 / LOOK_EVERY - 1


def test_somebody_who_comes_in_is_told_once_however_long_they_stay() -> None:
    """Within seconds, and it is shown for long enough to be read."""
    said, shown, _ = session([(21.0, 100.0)])
    (time,) = said
    assert 21.0 < time < 21.0 + LOOK_EVERY + 2.0
    told = [at for at, message in shown.items() if message == SOMEONE_ELSE]
    assert told[0] == time
    assert told[-1] - told[0] == pytest.approx(SHOWN - 0.1)


def test_what_is_seen_once_is_not_told() -> None:
    """MediaPipe may take a chair for somebody, for a moment."""
    said, _, _ = session([(19.9, 20.2), (60.9, 61.2)])
    assert said == []


def test_it_is_told_again_when_they_had_been_gone() -> None:
    """A child that runs in and out is not."""
    in_and_out = [(start, start + 7.0) for start in (20.0, 35.0, 50.0)]
    assert len(session(in_and_out)[0]) == 1
    assert len(session([(20.0, 30.0), (30.0 + ALONE + 10.0, 110.0)])[0]) == 2


def test_what_is_not_safe_goes_before_it() -> None:
    """It is said all the same."""
    said, shown, _ = session([(20.0, 40.0)], tone="safety")
    assert len(said) == 1
    assert set(shown.values()) == {"Go on."}


def test_nobody_looks_in_a_pause() -> None:
    """The picture is not judged then."""
    assert session([(0.0, 120.0)], is_paused=True)[2] == []
