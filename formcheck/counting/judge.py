"""Judges one attempt: its faults, what could not be judged, and why not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from formcheck.counting.families import Families
from formcheck.counting.remarks import HARD_TO_SEE, VIEW_WORDS
from formcheck.counting.rules import (
    Judgement,
    Lasting,
    LiveRule,
    Moment,
    Sharpness,
    extreme,
    judge_rep,
)
from formcheck.events import FaultFound, Unjudged
from formcheck.exercise import MOVING, Exercise, Fault, Hallmark, Measure, Phase, Side, spoils
from formcheck.language.sentences import Sentence, listed, listed_each, of_number
from formcheck.measuring.exactness import condition_error, foreshortening
from formcheck.measuring.kinds import unit_of
from formcheck.measuring.majority import mostly
from formcheck.measuring.reader import hidden_landmarks
from formcheck.measuring.saying import landmark_words
from formcheck.measuring.tracker import Body

PHASE_WORDS = {
    "out": Sentence("the way out"),
    "hold": Sentence("the hold"),
    "back": Sentence("the way back"),
}
NOT_SEEN = Sentence("{why}, or that could not be seen")
BESIDE_VIEW = {
    "side": Sentence("{why}, or looked so because you are not seen from the side"),
    "front": Sentence("{why}, or looked so because you are not seen from the front"),
}
"""Why a movement was not counted, of which a hallmark says what was missing."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found in an attempt."""

    faults: tuple[FaultFound, ...]
    """The most severe first."""
    borderline: tuple[FaultFound, ...]
    """Beyond their limits by less than what a measure may be off: maybe."""
    unjudged: tuple[Unjudged, ...]
    clean: bool
    """No fault above a hint, and every rule above a hint was judged."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How an attempt compares with the hallmarks of the exercise."""

    missing: str
    """Why the movement was not this exercise; nothing if it was, or if that was not seen."""
    is_whole: bool
    """Whether each hallmark was seen, or another one that stands for the same."""


class Judge:
    """Follows attempts of one side with the exercise's rules."""

    def __init__(
        self, exercise: Exercise, reads: Side | None, side: Side | None, room: float
    ) -> None:
        """Take the rules of an exercise; the sides and the room are as in `Lane`."""
        self._room = room
        self._exercise = exercise
        self._sides: list[Side] = ["left", "right"] if reads is None else [reads]
        self._side = side
        self._places = {measure.name: i for i, measure in enumerate(exercise.measures)}
        main = self._places[exercise.main.name]
        self._sharpness = {fault.name: Sharpness.of(exercise, fault) for fault in exercise.faults}
        self._units = {f.name: unit_of(exercise, f.first).strip() for f in exercise.faults}
        self._rules = [
            LiveRule(fault, self._places, main, exercise.sign, self._sharpness[fault.name])
            for fault in exercise.faults
            if fault.is_live
        ]
        self._rules_in = {
            phase: [rule for rule in self._rules if phase in rule.fault.during] for phase in MOVING
        }
        self._phase: Phase = "away"
        self._families = Families(exercise.faults)
        self._told: set[str] = set()
        self._moments: list[Moment] = []
        self._visibilities: list[list[float]] = []

    def begin(self) -> None:
        """Begin a new attempt."""
        self._told = set()
        self._moments = []
        self._visibilities = []
        self._phase = "away"
        for rule in self._rules:
            rule.reset()

    def add(self, body: Body, phase: Phase, values: Sequence[float]) -> list[FaultFound]:
        """Take in a moment of the attempt; the faults that have just been found."""
        self._visibilities.append(body.visibility)
        moment = Moment(
            time=body.time,
            phase=phase,
            values=values,
            off=body.off(self._exercise.camera.view),
            facing=body.facing > 0,
            is_doubtful=body.is_doubtful,
        )
        return self._follow(moment)

    def narrow(self, start: float, end: float) -> None:
        """Judge anew without what was before and after: it turned out not to belong to it."""
        seen = zip(self._moments, self._visibilities, strict=True)
        kept = [each for each in seen if start <= each[0].time <= end]
        if len(kept) == len(self._moments):
            return
        self.begin()
        self._visibilities = [visibility for _, visibility in kept]
        for moment, _ in kept:
            self._follow(moment)

    def _follow(self, moment: Moment) -> list[FaultFound]:
        self._moments.append(moment)
        if moment.is_doubtful:
            return []
        # Those that don't apply to a phase need to know of its first moment only.
        asked = self._rules if moment.phase != self._phase else self._rules_in[moment.phase]
        self._phase = moment.phase
        begun = [rule for rule in asked if rule.update(moment)]
        self._told |= {rule.fault.name for rule in begun}
        return [
            self._found(rule.fault, rule.judgement(), None)
            for rule in begun
            if not self._families.is_milder(rule.fault.name, self._told)
        ]

    @property
    def active(self) -> tuple[str, ...]:
        """The names of the faults that are going on now, of each family the worst."""
        names = [rule.fault.name for rule in self._rules if rule.active]
        return tuple([name for name in names if not self._families.is_milder(name, names)])

    def is_guessed(self, phase: Phase) -> bool:
        """Whether what the rep is told by was more guessed than seen in a phase."""
        pairs = zip(self._moments, self._visibilities, strict=True)
        seen = [visibility for moment, visibility in pairs if moment.phase == phase]
        return bool(seen and self._hidden(self._exercise.made_of([self._exercise.main.name]), seen))

    @property
    def is_spoilt(self) -> bool:
        """Whether a fault above a hint is going on now."""
        return any(rule.active and spoils(rule.fault.severity) for rule in self._rules)

    def likeness(self) -> Likeness:
        """Whether the movement was this exercise, and whether all that tells so was seen."""
        blur = median([moment.blur for moment in self._moments]) if self._moments else 1.0
        missing = ""
        hidden: set[str] = set()
        seen: set[str] = set()
        for hallmark in self._exercise.hallmarks:
            value = extreme(hallmark.when, self._places, self._moments)
            is_seen = value == value
            (seen if is_seen else hidden).add(hallmark.otherwise)
            room = self._room_of(hallmark, blur)
            is_met = hallmark.when.holds(value, room) if is_seen else not hallmark.must_be_seen
            if not is_met and not missing:
                missing = self._why(hallmark, is_seen)
        return Likeness(missing, is_whole=hidden <= seen)

    def _room_of(self, hallmark: Hallmark, blur: float) -> float:
        """By how much a hallmark may be missed, where measures are off by `blur` times as much."""
        if not self._room:
            return 0.0
        error = blur * condition_error(self._exercise, hallmark.when)
        return self._room * error + foreshortening(self._exercise, hallmark.when, blur)

    def _why(self, hallmark: Hallmark, is_seen: bool) -> str:
        """Why a hallmark is missing: from beside the view that is asked for, much looks alike."""
        if not is_seen:
            return Sentence(NOT_SEEN, why=Sentence.of(hallmark.otherwise))
        if self.is_beside_view:
            view = self._exercise.camera.view
            return Sentence(BESIDE_VIEW[view], why=Sentence.of(hallmark.otherwise))
        return hallmark.otherwise

    @property
    def is_beside_view(self) -> bool:
        """Whether most of the attempt was seen from further off than the exercise can be judged."""
        within = self._exercise.camera.within
        return mostly([moment.off > within for moment in self._moments])

    def partial(self) -> tuple[FaultFound, ...]:
        """The faults of an attempt that did not count: those that were seen while it went on."""
        if not self._moments or self._is_doubtful:
            return ()
        found = [(rule.fault, rule.judgement()) for rule in self._rules]
        sure = [self._found(fault, seen, None) for fault, seen in found if seen.sure]
        return self._families.worst(sure)[0]

    def verdict(
        self, durations: Mapping[str, Lasting], start: float, end: float, number: int
    ) -> Verdict:
        """The verdict on a rep or hold that is over.

        Args:
            durations: of the phases.
            start: when it began.
            end: when it ended.
            number: its number within its set.
        """
        faults: list[FaultFound] = []
        borderline: list[FaultFound] = []
        unjudged: list[Unjudged] = []
        for fault, seen in self._judgements(durations, start, end):
            if self._is_doubtful or not seen.judged:
                unjudged.append(Unjudged(fault.name, self._reason(fault), fault.title))
            elif seen.found:
                (faults if seen.sure else borderline).append(self._found(fault, seen, number))
        told, doubted = self._families.worst(faults, borderline)
        spoiling = {fault.name for fault in self._exercise.faults if spoils(fault.severity)}
        return Verdict(
            faults=told,
            borderline=doubted,
            unjudged=tuple(unjudged),
            clean=spoiling.isdisjoint([f.name for f in told] + [u.name for u in unjudged]),
        )

    @property
    def _is_doubtful(self) -> bool:
        """Whether for most of the attempt what was found can hardly have been a body."""
        return mostly([moment.is_doubtful for moment in self._moments])

    def _judgements(
        self, durations: Mapping[str, Lasting], start: float, end: float
    ) -> list[tuple[Fault, Judgement]]:
        """Each fault with what was found, in the exercise's order."""
        live = {rule.fault.name: rule.judgement() for rule in self._rules}
        judgements = []
        for fault in self._exercise.faults:
            seen = live.get(fault.name)
            if seen is None:
                sharpness = self._sharpness[fault.name]
                seen = judge_rep(fault, self._places, self._moments, durations, sharpness)
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
            title=fault.title,
            unit=self._units[fault.name],
        )

    # Why something was not judged.

    def _reason(self, fault: Fault) -> str:
        if self._is_doubtful:
            return HARD_TO_SEE
        measures = self._measures_of(fault)
        hidden = self._hidden(measures, self._visibilities)
        if hidden:
            parts = listed_each(hidden)
            return Sentence("the {parts} could not be seen well enough", parts=parts)
        if fault.seen != "any" or fault.within is not None:
            within = self._sharpness[fault.name].within
            if not mostly([moment.off <= within for moment in self._moments]):
                return self._view_reason(within)
            if fault.seen == "facing" and not any(moment.facing for moment in self._moments):
                return Sentence("the camera saw your back, and this needs your chest")
        if any(m.since_rest != "no" and not self._is_known(m) for m in measures):
            return Sentence("your start position could not be seen before the movement")
        if any(condition.subject == "duration" for condition in fault.when):
            return Sentence("the start of the movement could not be seen")
        words = [PHASE_WORDS[phase] for phase in fault.during]
        return of_number(
            "{phases} was too short to judge",
            "{phases} were too short to judge",
            len(words),
            phases=listed(words),
        )

    def _view_reason(self, within: float) -> str:
        camera = self._exercise.camera
        off = [moment.off for moment in self._moments if moment.off > within]
        if not off:
            return Sentence("it is unclear from where the camera looked")
        return Sentence(VIEW_WORDS[camera.view], degrees=median(off))

    def _is_known(self, measure: Measure) -> bool:
        place = self._places[measure.name]
        return any(moment.values[place] == moment.values[place] for moment in self._moments)

    def _measures_of(self, fault: Fault) -> list[Measure]:
        names = [condition.name for condition in fault.when if condition.subject != "duration"]
        return self._exercise.made_of(names)

    def _hidden(self, measures: list[Measure], seen: list[list[float]]) -> list[Sentence]:
        """The landmarks that were not seen, on the side that was seen better."""
        hidden = [
            list(dict.fromkeys(map(landmark_words, hidden_landmarks(measures, side, seen))))
            for side in self._sides
        ]
        return sorted(hidden, key=len)[0]
