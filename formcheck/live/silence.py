"""Tells once, in the terminal, why no words are heard."""

from formcheck.coaching.scene import Scene
from formcheck.language.sentences import Sentence
from formcheck.pose import Frame
from formcheck.terminal.lines import note
from formcheck.voice.voice import Voice

TONES = Sentence("There is no voice ({reason}). You'll hear tones instead.")
SILENT = Sentence("There is no voice ({reason}). Read the screen instead.")


class Silence:
    """A `Watch`: the first picture doesn't wait for a voice, which may take seconds to be found."""

    def __init__(self, voice: Voice) -> None:
        """Take the voice; one that is muted from the start is not missed."""
        self._voice = voice
        self._is_missed = not voice.muted

    def __call__(self, frame: Frame, scene: Scene) -> None:
        """Say why there are no words, once it is known that there are none."""
        voice = self._voice
        if not self._is_missed or not voice.is_decided:
            return
        self._is_missed = False
        if voice.kind != "speech":
            told = TONES if voice.kind == "tones" else SILENT
            note([Sentence(told, reason=voice.reason)])
