"""What a movement is, and how it is performed: so often, on this side, with these faults.

A repetition is rest, out, hold, back; the ways out and back are minimum-jerk, and the movement's
main angle follows them. A fault grows and shrinks with the repetition's progress unless it is about
timing.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from formcheck.exercise import Side, View
from formcheck.figure.anatomy import BodyPoints, Proportions, stacked
from formcheck.figure.script import KnownRep, Script, Timing, minimum_jerk
from formcheck.figure.vectors import other, reflected, turned_round
from formcheck.pose import Array

NAN = float("nan")
LYING = (0.0, 0.45, 0.0)
"""The middle of the scene of someone on the floor."""
STANDING = (0.0, 0.87, 0.0)


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds of each part of a repetition."""

    out: float
    hold: float
    back: float
    rest: float = 1.5
    """Before each repetition."""
    after: float = 1.5
    """After the last one."""


@dataclass(frozen=True, slots=True)
class Deviation:
    """What a fault changes, and how far unless told otherwise."""

    what: str
    """What the amount measures, and its unit."""
    amount: float
    takes: str | None = None
    """The part of the pace, or the option, whose place the amount takes; None = it adds its own."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """A fault as it is asked for: in some repetitions (from 1; None = all), by a given amount."""

    reps: Collection[int] | None = None
    amount: float | None = None
    """In the unit of the movement's own deviation; None = its usual amount."""


Faults = str | Iterable[str] | Mapping[str, Flaw | Collection[int] | None]
"""A name, several names, or name -> the repetitions (from 1) that have it, None = all."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Movement:
    """One exercise as the figure does it. Called, it gives a script.

    bridge = MOVEMENTS["bridge"]
    script = bridge(3, faults={"over_arched": {2}}, hold=5.0)
    script.truth[1].faults  # ("over_arched",)
    """

    name: str
    draw: "Callable[[Instant], BodyPoints]"
    """The body at each moment, with the `drawn` side near the camera, or working."""
    main: "Callable[[Performance], Array]"
    """(reps,) how far the main angle goes from rest to top, in degrees."""
    pace: Pace
    faults: Mapping[str, Deviation]
    options: Mapping[str, Any] = field(default_factory=dict)
    """What else can be asked for, and its usual value."""
    each: bool = False
    """Whether one side works at a time; `side` then says which, otherwise `near` alone counts."""
    side: Side = "left"
    """The side that works, or is near, unless told otherwise."""
    near: Side | None = None
    """The near side unless told otherwise; None = the one that works."""
    drawn: Side = "left"
    mirrors: bool = False
    """How the other side is shown: as a mirror image, or by turning the person round."""
    turns_back: float | None = 0.1
    """Seconds at the top in a repetition that turns back early (`partial`); None = as in any."""
    view: View = "side"
    """From where one should look at it; a camera at yaw 0 stands there."""
    middle: tuple[float, float, float] = LYING

    def __call__(
        self,
        reps: int = 3,
        *,
        side: Side | None = None,
        near: Side | None = None,
        alternate: bool = False,
        faults: Faults | None = None,
        body: Proportions | None = None,
        **wishes: Any,
    ) -> Script:
        """Perform it.

        Args:
            reps: how many repetitions; 0 = only rest.
            side: the side that works, the first one if they alternate.
            near: the side that the camera sees, where that is not for `side` to say.
            alternate: whether the sides take turns.
            faults: names out of the movement's faults.
            body: sizes.
            wishes: parts of the pace in seconds, and options of the movement.
        """
        paces = {each.name for each in fields(Pace)}
        if unknown := set(wishes) - paces - set(self.options):
            raise TypeError(f"{self.name} knows no {', '.join(sorted(unknown))}")
        if (side or alternate) and not self.each:
            raise TypeError(f"{self.name} is done with both sides at once: say which is near")
        if near and self.each and self.mirrors:
            raise TypeError(f"in {self.name} the side that works decides what is near")
        first = side or self.side
        performance = Performance(
            movement=self,
            body=body or Proportions(),
            working=first,
            near=near or self.near or first,
            sides=tuple(other(first) if alternate and k % 2 else first for k in range(reps)),
            pace=replace(self.pace, **{k: v for k, v in wishes.items() if k in paces}),
            options={**self.options, **{k: v for k, v in wishes.items() if k not in paces}},
            amounts=_amounts(faults, self.faults, reps),
        )
        return Script(
            duration=performance.timing.duration,
            landmarks=performance.landmarks,
            truth=performance.truth(),
            middle=self.middle,
        )


def _amounts(
    faults: Faults | None, known: Mapping[str, Deviation], reps: int
) -> Mapping[str, Array]:
    """Fault -> its amount by repetition (reps,), NaN where it is not asked for."""
    faults = (faults,) if isinstance(faults, str) else faults or ()
    wishes = faults if isinstance(faults, Mapping) else dict.fromkeys(faults)
    amounts: dict[str, Array] = {}
    for name, wish in wishes.items():
        if name not in known:
            raise ValueError(f"no fault {name!r}; there are {', '.join(known)}")
        flaw = wish if isinstance(wish, Flaw) else Flaw(wish)
        amounts[name] = np.full(reps, np.nan)
        for number in range(1, reps + 1) if flaw.reps is None else flaw.reps:
            if not 1 <= number <= reps:
                raise ValueError(f"no repetition {number} among {reps}")
            amounts[name][number - 1] = known[name].amount if flaw.amount is None else flaw.amount
    return amounts


@dataclass(frozen=True, eq=False)
class Performance:
    """A movement with all that was asked for; its values are by repetition, (reps,)."""

    movement: Movement
    body: Proportions
    working: Side
    """The side that works, the first one if they alternate."""
    near: Side
    sides: tuple[Side, ...]
    """Which side works in each repetition."""
    pace: Pace
    options: Mapping[str, Any]
    amounts: Mapping[str, Array]

    @property
    def reps(self) -> int:
        """How many repetitions."""
        return len(self.sides)

    def of(self, fault: str) -> Array:
        """The amount of a fault, 0 where it is not asked for."""
        return self.instead(0.0, fault)

    def has(self, fault: str) -> NDArray[np.bool_]:
        """Where a fault is asked for."""
        return ~np.isnan(self.instead(np.nan, fault))

    def instead(self, usual: float | Array, *faults: str) -> Array:
        """The usual value, or the amount of one of these faults where it is asked for."""
        values = np.array(np.broadcast_to(usual, self.reps), dtype=np.float64)
        for fault in faults:
            if fault in self.amounts:
                amount = self.amounts[fault]
                values = np.where(np.isnan(amount), values, amount)
        return values

    def __getitem__(self, quantity: str) -> Array:
        """A part of the pace or an option, with the faults that take its place."""
        usual = self.options.get(quantity, getattr(self.pace, quantity, None))
        if quantity == "hold" and self.movement.turns_back is not None:
            usual = np.where(self.has("partial"), self.movement.turns_back, usual)
        known = self.movement.faults.items()
        return self.instead(usual, *(name for name, each in known if each.takes == quantity))

    @cached_property
    def timing(self) -> Timing:
        """When each repetition goes up and down."""
        parts = self["out"], self["hold"], self["back"]
        return Timing.of(self.pace.rest, *parts, self.pace.after)

    def truth(self) -> tuple[KnownRep, ...]:
        """What is true about each repetition."""
        timing, ranges, partial = self.timing, self.movement.main(self), self.has("partial")
        return tuple(
            KnownRep(
                start=float(timing.start[k]),
                top_start=float(timing.top_start[k]),
                top_end=float(timing.top_end[k]),
                end=float(timing.end[k]),
                hold=float(timing.top_end[k] - timing.top_start[k]),
                range_deg=float(ranges[k]),
                side=side if self.movement.each else None,
                counted=not partial[k],
                faults=tuple(
                    name
                    for name, amount in self.amounts.items()
                    if name != "partial" and not np.isnan(amount[k])
                ),
            )
            for k, side in enumerate(self.sides)
        )

    def landmarks(self, times: Array) -> Array:
        """(T, 33, 3) metres in the room at these times (T,) in seconds."""
        movement = self.movement
        now = Instant(self, times)
        drawn = stacked(movement.draw(now), times)
        if movement.mirrors and movement.each:
            return np.where(now.as_drawn[:, None, None], drawn, reflected(drawn))
        if self.near == movement.drawn:
            return drawn
        return reflected(drawn) if movement.mirrors else turned_round(drawn)


class Instant:
    """A performance at some times (T,): what has grown how far; also the waves of its faults."""

    def __init__(self, act: Performance, times: Array) -> None:
        """Look at a performance at these times (T,) in seconds."""
        self.act = act
        self.body = act.body
        self.times = times
        timing = act.timing
        self._start, self._end = timing.start, timing.end
        self._top_start, self._top_end = timing.top_start, timing.top_end
        self._middle = (timing.top_start + timing.top_end) / 2
        self._out, self._back = self._top_start - self._start, self._end - self._top_end
        self.progress = self._wave(self._start, self._out, self._top_end, self._back)
        """(T, reps) 0 at rest, 1 at the top, for each repetition."""
        self.gone = np.asarray(self.progress.sum(axis=1), dtype=np.float64)
        """(T,) the same for all repetitions."""

    def _wave(self, up: Array, rising: Array | float, down: Array, falling: Array | float) -> Array:
        """(T, reps) 0, from `up` on rising to 1, from `down` on falling to 0."""
        times = self.times[:, None]
        risen, fallen = minimum_jerk((times - up) / rising), minimum_jerk((times - down) / falling)
        return np.asarray(risen * (1 - fallen), dtype=np.float64)

    def still(self, value: float = 0.0) -> Array:
        """(T,) a value that stays."""
        return np.full(len(self.times), value)

    def grown(self, fault: str) -> Array:
        """(T,) the amount of a fault, as far as it has grown with the repetition."""
        return np.asarray(self.progress @ self.act.of(fault), dtype=np.float64)

    def while_holding(self, stay: float, edge: float) -> Array:
        """(T, reps) 0, but 1 for `stay` seconds in the middle of the hold, with smooth edges."""
        away = np.abs(self.times[:, None] - self._middle) - stay / 2
        return 1 - minimum_jerk(away / edge)

    def from_hold_to_rest(self, edge: float) -> Array:
        """(T, reps) 0, but 1 from the middle of the hold into the rest after it."""
        return self._wave(self._middle, edge, self._end + edge, edge)

    def second_half(self) -> Array:
        """(T, reps) 0, but 1 from the middle of the hold until shortly before its end."""
        return self._wave(self._middle, 0.6, self._top_end - 1.0, 0.6)

    def leaving(self) -> Array:
        """(T, reps) 0, but 1 from before the rest is left until nearly at the top."""
        falling = 0.4 * self._out + 0.3
        return self._wave(self._start - 0.7, 0.8, self._start + 0.6 * self._out, falling)

    def coming_back(self) -> Array:
        """(T, reps) 0, but 1 while the rest is reached again."""
        return self._wave(self._top_end, 0.6 * self._back, self._end - 0.1, 0.7)

    def settled(self, values: Array, usual: float) -> Array:
        """(T,) a value by repetition that is changed during the rest between two of them."""
        result = self.still(values[0] if len(values) else usual)
        for k in range(1, len(values)):
            rest = self._start[k] - self._end[k - 1]
            share = minimum_jerk((self.times - self._end[k - 1] - 0.2 * rest) / (0.6 * rest))
            result += share * (values[k] - values[k - 1])
        return result

    @property
    def as_drawn(self) -> NDArray[np.bool_]:
        """(T,) whether the drawn side works in the repetition of a time, or in the rest before."""
        drawn = self.act.movement.drawn
        if not self.act.reps:
            return np.full(len(self.times), self.act.near == drawn)
        number = np.minimum(np.searchsorted(self._end, self.times), self.act.reps - 1)
        return np.array([side == drawn for side in self.act.sides])[number]
