"""Short tones that stand for what cannot be spoken, as samples."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from formcheck.coaching.speech import SpeechKind

Samples = NDArray[np.float32]
"""Shape (n,), -1 to 1."""

RATE = 44_100
"""Samples a second."""
FADE = 0.012
"""Seconds at each end of a note; a note that begins or ends at once clicks."""
SILENCE = 0.3
"""Seconds without sound at the end of a tone. Through PortAudio and ALSA the last 0.2 s were seen
to be lost."""
DECAY = 0.25
"""Seconds in which a bell falls to a third."""


@dataclass(frozen=True, slots=True)
class Note:
    """One sound. Pitch in hertz, times in seconds, loudness 0 to 1."""

    pitch: float
    start: float
    lasting: float
    loudness: float
    is_bell: bool = False
    """Whether it dies away, as a bell does."""


NOTES: dict[SpeechKind, tuple[Note, ...]] = {
    # High and fast.
    "safety": (
        Note(988, 0.0, 0.12, 0.45),
        Note(988, 0.18, 0.12, 0.45),
        Note(988, 0.36, 0.16, 0.45),
    ),
    # Low, but not lower than a laptop can play.
    "fault": (Note(330, 0.0, 0.14, 0.4), Note(330, 0.22, 0.14, 0.4)),
    "count": (Note(660, 0.0, 0.09, 0.3), Note(880, 0.1, 0.12, 0.3)),
    "hold": (Note(523, 0.0, 0.07, 0.12),),
    # Falling, as the count is rising.
    "guide": (Note(660, 0.0, 0.12, 0.25), Note(494, 0.14, 0.18, 0.25)),
    "hint": (Note(440, 0.0, 0.18, 0.2),),
    "praise": (
        Note(1047, 0.0, 0.6, 0.2, is_bell=True),
        Note(1319, 0.1, 0.6, 0.2, is_bell=True),
        Note(1568, 0.2, 0.7, 0.2, is_bell=True),
    ),
}


def tone(kind: SpeechKind) -> Samples:
    """Return what is played for a kind of utterance, at `RATE`."""
    notes = NOTES[kind]
    end = max(note.start + note.lasting for note in notes) + SILENCE
    samples = np.zeros(round(end * RATE))
    for note in notes:
        sound = _sound(note)
        first = round(note.start * RATE)
        samples[first : first + len(sound)] += sound
    return samples.astype(np.float32)


def _sound(note: Note) -> NDArray[np.float64]:
    times = np.arange(round(note.lasting * RATE)) / RATE
    # An octave above, softly: a pure tone is hard to hear from a small loudspeaker.
    wave = np.sin(2 * np.pi * note.pitch * times) + 0.25 * np.sin(4 * np.pi * note.pitch * times)
    loudness = np.exp(-times / DECAY) if note.is_bell else np.ones_like(times)
    to_the_nearer_end = np.minimum(times, times[::-1])
    fade = np.sin(np.clip(to_the_nearer_end / FADE, 0, 1) * np.pi / 2) ** 2
    sound: NDArray[np.float64] = note.loudness / 1.25 * wave * loudness * fade
    return sound
