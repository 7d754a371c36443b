"""The tones: distinct, and without clicks."""

from itertools import combinations
from typing import get_args

import numpy as np
import pytest

from formcheck.coaching.speech import SpeechKind
from formcheck.voice.tones import NOTES, RATE, SILENCE, tone

KINDS: tuple[SpeechKind, ...] = get_args(SpeechKind)


@pytest.mark.parametrize("kind", KINDS)
def test_a_tone_is_short_and_not_too_loud(kind: SpeechKind) -> None:
    """A hold second must be over before the next one."""
    samples = tone(kind)
    assert samples.dtype == np.float32
    assert samples.ndim == 1
    assert 0.02 < np.abs(samples).max() < 0.6
    assert len(samples) / RATE - SILENCE < 1.0


@pytest.mark.parametrize("kind", KINDS)
def test_a_tone_does_not_click(kind: SpeechKind) -> None:
    """It begins and ends with nothing, and no sample is far from the one before."""
    samples = tone(kind)
    assert samples[0] == 0.0
    assert not samples[-round(SILENCE * RATE) :].any()
    highest = max(note.pitch for note in NOTES[kind])
    loudest = sum(note.loudness for note in NOTES[kind])
    steepest = 2 * np.pi * 1.5 * highest / RATE * loudest
    assert np.abs(np.diff(samples)).max() < steepest


def test_no_two_tones_are_alike() -> None:
    """By their pitches and times."""
    for one, other in combinations(KINDS, 2):
        assert [(note.pitch, note.start) for note in NOTES[one]] != [
            (note.pitch, note.start) for note in NOTES[other]
        ]


def test_the_tone_has_the_pitches_it_should_have() -> None:
    """The count rises from 660 to 880 hertz."""
    samples = tone("count")
    halves = samples[: round(0.09 * RATE)], samples[round(0.1 * RATE) : round(0.22 * RATE)]
    for half, pitch in zip(halves, (660, 880), strict=True):
        spectrum = np.abs(np.fft.rfft(half, RATE))
        assert abs(int(spectrum.argmax()) - pitch) < 10


def test_hold_seconds_are_the_softest_and_safety_the_loudest() -> None:
    """A second is no news."""
    peaks = {kind: float(np.abs(tone(kind)).max()) for kind in KINDS}
    assert min(peaks, key=peaks.__getitem__) == "hold"
    assert max(peaks, key=peaks.__getitem__) == "safety"
