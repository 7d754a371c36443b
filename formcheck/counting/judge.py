"""Judges one attempt: its faults, what could not be judged, and why not."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from formcheck.counting.rules import Judgement, LiveRule, Moment, extreme, judge_rep
from formcheck.events import FaultFound, Unjudged
from formcheck.exercise import SEVERITIES, Exercise, Fault, Measure, Phase, Side, spoils
from formcheck.measuring.reader import landmarks_of
from formcheck.measuring.tracker import POINTS, SEEN, Body
from formcheck.wording import spaced


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found in an attempt."""

    faults: tuple[FaultFound, ...]
    """The most severe first."""
    unjudged: tuple[Unjudged, ...]
    clean: bool
    """No fault above a hint, and every rule above a hint was judged."""


class Judge:
    """Follows attempts of one side with the exercise's rules."""

    def __init__(self, exercise: Exercise, reads: Side | None, side: Side | None) -> None:
        """Take the rules of an exercise; the sides are as in `Lane`."""
        self._exercise = exercise
        self._sides: list[Side] = ["left", "right"] if reads is None else [reads]
        self._side = side
        self._places = {measure.name: i for i, measure in enumerate(exercise.measures)}
        main = self._places[exercise.main.name]
        self._rules = [
            LiveRule(fault, self._places, main, exercise.sign)
            for fault in exercise.faults
            if fault.is_live
        ]
        self._moments: list[Moment] = []
        self._visibilities: list[list[float]] = []
        self._offs: list[float] = []

    def begin(self) -> None:
        """Begin a new attempt."""
        self._moments = []
        self._visibilities = []
        self._offs = []
        for rule in self._rules:
            rule.reset()

    def add(self, body: Body, phase: Phase, values: Sequence[float]) -> list[FaultFound]:
        """Take in a moment of the attempt; the faults that have just been found."""
        off = self._exercise.camera.off(body.turn)
        self._offs.append(off)
        moment = Moment(
            time=body.time,
            phase=phase,
            values=values,
            square=off <= self._exercise.camera.within,
            facing=body.facing > 0,
        )
        self._moments.append(moment)
        self._visibilities.append(body.visibility)
        return [
            self._found(rule.fault, rule.judgement(), None)
            for rule in self._rules
            if rule.update(moment)
        ]

    @property
    def active(self) -> tuple[str, ...]:
        """The names of the faults that are going on now."""
        return tuple([rule.fault.name for rule in self._rules if rule.active])

    @property
    def is_spoilt(self) -> bool:
        """Whether a fault above a hint is going on now."""
        return any(rule.active and spoils(rule.fault.severity) for rule in self._rules)

    def missing_hallmark(self) -> str:
        """Why the movement was not this exercise; nothing if it was, or if that was not seen."""
        for hallmark in self._exercise.hallmarks:
            value = extreme(hallmark.when, self._places, self._moments)
            if value == value and not hallmark.when.holds(value):
                return hallmark.otherwise
        return ""

    def partial(self) -> tuple[FaultFound, ...]:
        """The faults of an attempt that did not count: those that were seen while it went on."""
        if not self._moments:
            return ()
        found = ((rule.fault, rule.judgement()) for rule in self._rules)
        return tuple(self._found(fault, seen, None) for fault, seen in found if seen.found)

    def verdict(
        self, durations: dict[str, float], start: float, end: float, number: int
    ) -> Verdict:
        """The verdict on a rep or hold that is over.

        Args:
            durations: seconds of the phases; NaN = unknown.
            start: when it began.
            end: when it ended.
            number: its number within its set.
        """
        faults: list[FaultFound] = []
        unjudged: list[Unjudged] = []
        for fault, seen in self._judgements(durations, start, end):
            if not seen.judged:
                unjudged.append(Unjudged(fault.name, self._reason(fault)))
            elif seen.found:
                faults.append(self._found(fault, seen, number))
        faults.sort(key=lambda found: SEVERITIES.index(found.severity))
        spoiling = {fault.name for fault in self._exercise.faults if spoils(fault.severity)}
        return Verdict(
            faults=tuple(faults),
            unjudged=tuple(unjudged),
            clean=spoiling.isdisjoint([f.name for f in faults] + [u.name for u in unjudged]),
        )

    def _judgements(
        self, durations: dict[str, float], start: float, end: float
    ) -> list[tuple[Fault, Judgement]]:
        """Each fault with what was found, in the exercise's order."""
        live = {rule.fault.name: rule.judgement() for rule in self._rules}
        judgements = []
        for fault in self._exercise.faults:
            seen = live.get(fault.name)
            if seen is None:
                seen = judge_rep(fault, self._places, self._moments, durations)
                seen.start, seen.end = start, end
            judgements.append((fault, seen))
        return judgements

    def _found(self, fault: Fault, seen: Judgement, rep: int | None) -> FaultFound:
        return FaultFound(
            name=fault.name,
            severity=fault.severity,
            side=self._side,
            rep=rep,
            start=seen.start,
            end=seen.end,
            value=seen.value,
            limit=fault.first.limit,
            cue=fault.cue,
        )

    # Why something was not judged.

    def _reason(self, fault: Fault) -> str:
        measures = self._measures_of(fault)
        hidden = self._hidden(measures)
        if hidden:
            return f"cannot see the {' and the '.join(hidden)} well enough"
        if fault.seen != "any":
            if 2 * sum(moment.square for moment in self._moments) <= len(self._moments):
                return self._view_reason()
            if fault.seen == "facing" and not any(moment.facing for moment in self._moments):
                return "sees the back, needs the chest towards the camera"
        if any(m.since_rest != "no" and not self._is_known(m) for m in measures):
            return "did not see the start position before the movement, to compare with"
        if any(condition.subject == "duration" for condition in fault.when):
            return "did not see the movement begin"
        return f"there was no {' or '.join(fault.during)} long enough to judge"

    def _view_reason(self) -> str:
        camera = self._exercise.camera
        off = [off for off in self._offs if off > camera.within]
        if not off:
            return "cannot tell from where the camera looks"
        return (
            f"needs a view from the {camera.view}; the camera is about {median(off):.0f} degrees "
            "off it"
        )

    def _is_known(self, measure: Measure) -> bool:
        place = self._places[measure.name]
        return any(moment.values[place] == moment.values[place] for moment in self._moments)

    def _measures_of(self, fault: Fault) -> list[Measure]:
        names = [condition.name for condition in fault.when if condition.subject != "duration"]
        measures = []
        while names:
            measure = self._exercise.measure(names.pop())
            measures.append(measure)
            names.extend(name for name, _ in measure.terms)
        return measures

    def _hidden(self, measures: list[Measure]) -> list[str]:
        """The landmarks that were not seen, on the side that was seen better."""
        enough = SEEN * len(self._moments)
        sums = [sum(column) for column in zip(*self._visibilities, strict=True)]
        hidden = [
            list(
                dict.fromkeys(
                    spaced(name)
                    for measure in measures
                    for name in landmarks_of(measure, side)
                    if sums[POINTS[name]] < enough
                )
            )
            for side in self._sides
        ]
        return sorted(hidden, key=len)[0]
