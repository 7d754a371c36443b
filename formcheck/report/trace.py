"""Keeps the course of the exercise's main measure in bounded memory, to plot it afterwards.

However long the session, the trace holds no more than so many pieces of time, and of each its
lowest and its highest value (min-max downsampling): a short peak stays as high as it was.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import isfinite, nan

from formcheck.events import Snapshot, value_of
from formcheck.exercise import Exercise, Side, shown_measure

PIECES = 4096
"""Pieces of time at most. In ten minutes each is a sixth of a second or shorter."""
SHORTEST = 0.02
"""Seconds of a piece to begin with: shorter than a frame."""
GAP = 0.5
"""Seconds without a value after which the line is broken."""
HOLD_GAP = 0.1
"""Seconds between two holds from which on they are two."""


@dataclass(slots=True)
class Piece:
    """A piece of time: its lowest and highest value, and when they were."""

    side: Side | None
    low: tuple[float, float]
    """Time and value."""
    high: tuple[float, float]

    def add(self, other: "Piece") -> None:
        """Take in another piece."""
        self.low = min(self.low, other.low, key=lambda point: point[1])
        self.high = max(self.high, other.high, key=lambda point: point[1])

    @property
    def points(self) -> list[tuple[float, float]]:
        """One point or two, in order of time."""
        return sorted({self.low, self.high})


@dataclass(slots=True)
class HeldTop:
    """When somebody held still at the top."""

    start: float
    end: float


@dataclass(slots=True)
class Trace:
    """The main measure over time, and the holds."""

    exercise: Exercise
    holds: list[HeldTop] = field(default_factory=list)
    _pieces: list[Piece] = field(default_factory=list)
    _length: float = SHORTEST
    _bin: float = nan

    def add(self, snapshot: Snapshot) -> None:
        """Take in what is known at a time. Times come in order."""
        if snapshot.held > 0:
            self._hold(snapshot.time - snapshot.held, snapshot.time)
        value = value_of(snapshot, shown_measure(self.exercise))
        if snapshot.phase == "away" or not isfinite(value):
            return
        point = snapshot.time, value
        self._add(Piece(snapshot.side, point, point))
        if len(self._pieces) > PIECES:
            self._thin()

    def lines(self) -> Iterator[tuple[Side | None, list[tuple[float, float]]]]:
        """Give the lines to draw: unbroken, of one side, as points of time and value."""
        line: list[tuple[float, float]] = []
        side: Side | None = None
        gap = max(GAP, 3 * self._length)
        for piece in self._pieces:
            points = piece.points
            if line and (piece.side != side or points[0][0] - line[-1][0] > gap):
                yield side, line
                line = []
            side = piece.side
            line.extend(points)
        if line:
            yield side, line

    def _hold(self, start: float, end: float) -> None:
        if self.holds and start <= self.holds[-1].end + HOLD_GAP:
            self.holds[-1].end = end
        else:
            self.holds.append(HeldTop(start, end))

    def _add(self, piece: Piece) -> None:
        place = piece.low[0] // self._length
        if self._pieces and place == self._bin and piece.side == self._pieces[-1].side:
            self._pieces[-1].add(piece)
        else:
            self._pieces.append(piece)
        self._bin = place

    def _thin(self) -> None:
        """Make the pieces twice as long, until half of them are left or fewer."""
        while len(self._pieces) > PIECES // 2:
            before, self._pieces, self._bin = self._pieces, [], nan
            self._length *= 2
            for piece in before:
                self._add(piece)
