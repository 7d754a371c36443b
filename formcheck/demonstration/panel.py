"""One panel of a picture: the body as it moves, the place of a fault, and the tempo."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from formcheck.demonstration.fault_place import looked_at, most_astray, place, spoilt_phase
from formcheck.demonstration.keyframes import Fit, Keyframes, keyframes
from formcheck.demonstration.outlines import seen
from formcheck.demonstration.shapes import Shape, body, things
from formcheck.demonstration.showing import Beat, Showing
from formcheck.exercise import Exercise, Fault
from formcheck.language.sentences import Sentence
from formcheck.language.tongue import tr
from formcheck.pose import Array

EDGE = 40
"""Units that stay free at each side."""
BAR = 64
"""Units that the tempo bar is above the lower edge."""
RING = 0.13
"""Metres around the place of a fault."""
PLAINLY = 0.4
"""The share of its worst from which on a fault is ringed."""
LETTER, BESIDES = 13, 16
"""Units that a letter on the tempo bar takes, and by how much a word may stick out."""


@dataclass(frozen=True, slots=True)
class Ring:
    """What is drawn around the place of a fault, while it is plain."""

    radius: int
    x: Keyframes
    y: Keyframes
    shown: Keyframes


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """A performance made ready to be drawn."""

    exercise: Exercise
    showing: Showing
    times: Array
    """(T,) seconds."""
    landmarks: Array
    """(T, 33, 3) metres in the room."""
    fault: Fault | None = None
    place: str = ""
    """The landmark where the fault shows; empty if it is one of time."""
    astray: Array | None = None
    """(T,) metres that this is away from where it should be."""

    @classmethod
    def right(cls, exercise: Exercise, showing: Showing) -> "Panel":
        """As it should be."""
        times = showing.moments()
        return cls(exercise, showing, times, showing.script.landmarks(times))

    @classmethod
    def wrong(cls, exercise: Exercise, showing: Showing, fault: Fault, right: Showing) -> "Panel":
        """With a fault, and what would be right."""
        times = showing.moments()
        landmarks = showing.script.landmarks(times)
        names = looked_at(exercise, fault, showing.works)
        if spoilt_phase(fault) or not names:
            return cls(exercise, showing, times, landmarks, fault)
        found = most_astray(landmarks, right.script.landmarks(times), names)
        return cls(exercise, showing, times, landmarks, fault, *found)

    @property
    def matters(self) -> float:
        """The time to look at: when the fault is worst, or the middle of the hold."""
        if self.astray is not None:
            return float(self.times[np.argmax(self.astray)])
        hold = self.showing.beats[1]
        return (hold.start + hold.end) / 2

    def body(self) -> list[Shape]:
        """The body."""
        return body(self.showing, self.landmarks)

    def things(self) -> list[Shape]:
        """What stands around."""
        is_unaided = self.fault is not None and self.fault.name in self.showing.setting.unaided
        return things(self.showing, self.landmarks, is_unaided)

    def moving(self, fit: Fit, seconds: float, matters: float) -> Iterator[tuple[str, Keyframes]]:
        """How each part of the body looks, and its path over so many seconds."""
        for shape in self.body():
            paths = [fit.path(shape.outlines, k) for k in range(len(self.times))]
            yield shape.look, self._keyframes(paths, seconds, matters)

    def ring(self, fit: Fit, seconds: float, matters: float) -> Ring | None:
        """What is drawn around the place of the fault, if it has one."""
        if self.astray is None:
            return None
        spots = fit.units(seen(place(self.landmarks, self.place), self.showing.setting.camera))
        plain = (self.astray >= PLAINLY * self.astray.max()).astype(np.int64)
        columns = (spots[:, 0].tolist(), spots[:, 1].tolist(), plain.tolist())
        x, y, shown = (self._keyframes(each, seconds, matters) for each in columns)
        return Ring(round(RING * fit.scale), x, y, shown)

    def _keyframes(self, values: list[Any], seconds: float, matters: float) -> Keyframes:
        """The keyframes of values at each time; the last one stays until all begins anew."""
        times = np.append(self.times, seconds) / seconds
        return keyframes([*values, values[-1]], times, int(np.argmin(np.abs(self.times - matters))))

    def bar(self, width: int, height: int, seconds: float) -> dict[str, Any]:
        """The tempo, as it stands below the body."""
        length = width - 2 * EDGE
        beats = [self._beat(beat, length / seconds, seconds) for beat in self.showing.beats]
        return {"x": EDGE, "y": height - BAR, "width": length, "beats": beats}

    def _beat(self, beat: Beat, scale: float, seconds: float) -> dict[str, Any]:
        """A phase on the bar: where it is, what it is called, and how it looks."""
        width = round(scale * (beat.end - beat.start)) - 3
        left = EDGE + round(scale * beat.start)
        is_spoilt = self.fault is not None and spoilt_phase(self.fault) == beat.phase
        is_hold = beat.phase == "hold" and self.showing.hold > 0
        word = self._word(beat)
        return {
            "look": "spoilt" if is_spoilt else "hold" if is_hold else "beat",
            "x": left,
            "width": max(width, 3),
            "middle": left + width // 2,
            "word": word if is_spoilt or len(word) * LETTER < width + BESIDES else "",
            "hold": word if is_hold else "",
            "is_cut": is_hold and self.showing.is_cut,
            "from": f"{beat.start / seconds:.4f}",
            "to": f"{beat.end / seconds:.4f}",
        }

    def _word(self, beat: Beat) -> str:
        """What a phase is called. A hold is told as long as it is meant, however it is shown."""
        if beat.phase != "hold":
            rep = self.exercise.rep
            return tr(rep.ways[beat.phase == "back"]) if rep else ""
        if not self.showing.hold:
            return ""
        seconds = (beat.end - beat.start) * self.showing.asked / self.showing.hold
        return tr(Sentence("hold {seconds:.2g} s", seconds=seconds)) if seconds else tr("no hold")
