"""From the file of an exercise, in which no problem was found, to the exercise."""

from collections.abc import Mapping, Sequence

from formcheck.definition.form import (
    ConditionEntry,
    ExerciseFile,
    FaultEntry,
    HallmarkEntry,
    HoldEntry,
    MeasureEntry,
    RepEntry,
    StartEntry,
    kinds_of,
    subjects_of,
)
from formcheck.exercise import (
    Camera,
    Condition,
    Exercise,
    Fault,
    Hallmark,
    HoldRule,
    Measure,
    Phase,
    RepRule,
    Start,
)
from formcheck.measuring.kinds import COMPOSED
from formcheck.wording import plain


def build_exercise(entry: ExerciseFile) -> Exercise:
    """Make the exercise of a file that has no problems."""
    camera = entry.camera
    return Exercise(
        name=entry.name,
        title=entry.title,
        summary=entry.summary,
        camera=Camera(camera.view, camera.place, camera.within),
        sides=entry.sides,
        reps=entry.reps,
        measures=tuple(_build_measure(name, m) for name, m in entry.measures.items()),
        start=tuple(_build_start(start, entry.rep is None) for start in entry.start),
        rep=_build_rep(entry.rep) if entry.rep else None,
        hold=_build_hold(entry.hold),
        hallmarks=tuple(_build_hallmark(hallmark) for hallmark in entry.hallmark),
        faults=tuple(_build_fault(name, fault) for name, fault in entry.fault.items()),
        not_seen=tuple(entry.not_seen),
        also_called=tuple(entry.also_called),
        variant_of=entry.variant_of,
        caution=entry.caution,
    )


def _build_start(entry: StartEntry, is_timed: bool) -> Start:
    """A condition of the start position; what is held has to go on holding."""
    slack = 0.0 if is_timed and entry.slack is None else entry.slack
    return Start(Condition("measure", entry.measure, entry.above, entry.below), entry.cue, slack)


def _build_rep(entry: RepEntry) -> RepRule:
    there, back = entry.ways
    return RepRule(
        measure=entry.measure,
        direction=entry.direction,
        attempt=entry.attempt,
        counts=entry.counts,
        reaches=entry.reaches,
        full=entry.full,
        without_hold=entry.without_hold,
        shortest=entry.shortest,
        begins_with=entry.begins_with,
        hangs=entry.hangs,
        ways=(there, back),
    )


def _build_hold(entry: HoldEntry) -> HoldRule:
    return HoldRule(
        seconds=entry.seconds,
        within=entry.within or 0.0,
        slower_than=entry.slower_than or 0.0,
        counts=entry.counts or 0.0,
    )


def _build_hallmark(entry: HallmarkEntry) -> Hallmark:
    (subject,) = subjects_of(entry)
    condition = Condition(subject, getattr(entry, subject), entry.above, entry.below)
    return Hallmark(condition, entry.otherwise, entry.must_be_seen)


def _build_measure(name: str, entry: MeasureEntry) -> Measure:
    (kind,) = kinds_of(entry)
    value = getattr(entry, kind)
    return Measure(
        name=name,
        kind=kind,  # type: ignore[arg-type]
        landmarks=() if kind in COMPOSED else tuple(value),
        terms=_terms(value) if kind in COMPOSED else (),
        since_rest=entry.since_rest,
        minus=entry.minus,
        unsigned=entry.unsigned,
        says=entry.says,
    )


def _terms(value: Mapping[str, float] | Sequence[str]) -> tuple[tuple[str, float], ...]:
    return tuple((value if isinstance(value, Mapping) else dict.fromkeys(value, 1.0)).items())


def _build_fault(name: str, entry: FaultEntry) -> Fault:
    during: tuple[Phase, ...] = tuple(entry.during)
    return Fault(
        name=name,
        severity=entry.severity,
        during=during,
        when=tuple(_build_condition(condition) for condition in entry.when),
        cue=entry.cue,
        why=entry.why,
        seen=entry.seen,
        within=entry.within,
        also_called=tuple(entry.also_called),
        title=entry.title or plain(name),
        family=entry.family,
    )


def _build_condition(entry: ConditionEntry) -> Condition:
    (subject,) = subjects_of(entry)
    name = getattr(entry, subject)
    if entry.falls_by is not None:
        return Condition("fall", name, entry.falls_by, None, entry.lasting, entry.until)
    return Condition(subject, name, entry.above, entry.below, entry.lasting, entry.until)
