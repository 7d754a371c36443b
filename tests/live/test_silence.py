"""Why no words are heard: told once it is known, and nobody waits for that."""

import threading

import numpy as np
import pytest

from formcheck.coaching.scene import Scene
from formcheck.coaching.speech import Utterance
from formcheck.figure.movements import bridge
from formcheck.live.silence import Silence
from formcheck.pose import Frame
from formcheck.voice.failure import CannotSpeak
from formcheck.voice.speakers import VoiceKind
from formcheck.voice.voice import Voice

SOON = 5.0
POSE = bridge(0).poses()[0]


class Engine:
    """Something to be heard by."""

    def __init__(self, kind: VoiceKind) -> None:
        self.kind = kind

    def speak(self, utterance: Utterance, interrupted: threading.Event) -> None:
        """Nothing is given."""

    def close(self) -> None:
        """Nothing is open."""


def no_engine() -> Engine:
    """Make none."""
    raise CannotSpeak("no engine")


def watched(silence: Silence, times: int = 3) -> None:
    """Let it see so many pictures."""
    frame, scene = (
        Frame(0.0, np.zeros((2, 2, 3), np.uint8)),
        Scene(None, POSE, None, 5, "", "guide"),
    )
    for _ in range(times):
        silence(frame, scene)


@pytest.mark.parametrize(
    ("ways", "said"),
    [
        ([lambda: Engine("speech")], ""),
        (
            [no_engine, lambda: Engine("tones")],
            "There is no voice (no engine). You'll hear tones instead.",
        ),
        ([no_engine], "There is no voice (no engine). Read the screen instead."),
    ],
)
def test_what_is_missing_is_told_once(
    ways: list[object], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """However many pictures come."""
    with Voice(ways) as voice:  # type: ignore[arg-type]
        voice.wait_until_decided(SOON)
        watched(Silence(voice))
    told = " ".join(capsys.readouterr().err.split())
    assert told.count("There is no voice") == bool(said)
    assert said in told


def test_a_voice_that_is_still_looked_for_is_told_when_it_is_known(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """And not before; no picture waits for it."""
    found = threading.Event()

    def late() -> Engine:
        found.wait(SOON)
        raise CannotSpeak("no engine")

    with Voice([late]) as voice:
        silence = Silence(voice)
        watched(silence)
        assert capsys.readouterr().err == ""
        found.set()
        voice.wait_until_decided(SOON)
        watched(silence)
    assert capsys.readouterr().err.count("There is no voice") == 1


def test_who_asked_for_silence_is_told_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """A muted voice is not missed."""
    with Voice([no_engine], muted=True) as voice:
        voice.wait_until_decided(SOON)
        watched(Silence(voice))
    assert capsys.readouterr().err == ""
