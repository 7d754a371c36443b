"""What a session was worth: the count, what went well, and the one thing to work on."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from formcheck.demonstration.picture import shown_faults
from formcheck.demonstration.settings import SETTINGS
from formcheck.events import Counted
from formcheck.exercise import SEVERITIES, Exercise
from formcheck.language.tongue import tr
from formcheck.observer import Outcome
from formcheck.results.advice import Advice, advice
from formcheck.wording import count, lowered_titles


@dataclass(frozen=True, slots=True)
class DoneLine:
    """One exercise of the session."""

    title: str
    counted: str
    clean: str
    borderline: str
    """What was a little off, by less than the camera can be sure of."""
    hurt: bool


@dataclass(frozen=True, slots=True)
class ToWorkOn:
    """The one thing for next time."""

    exercise: str
    """Its name, for the picture; empty if there is none of this fault."""
    title: str
    fault: str
    name: str
    cue: str
    why: str


@dataclass(frozen=True, slots=True)
class EndCard:
    """All that the card says."""

    headline: str
    lines: tuple[DoneLine, ...]
    went_well: tuple[str, ...]
    to_work_on: ToWorkOn | None
    hurt: tuple[str, ...]
    """The exercises that were stopped because they hurt."""


def end_card(outcomes: Sequence[Outcome]) -> EndCard:
    """The card of a session."""
    known = [(each.exercise, each) for each in outcomes if each.exercise is not None]
    lines = tuple(_line(exercise, outcome) for exercise, outcome in known)
    counted = sum(len(outcome.summary.counted) for _, outcome in known)
    return EndCard(
        headline=tr("Done.") if counted else tr("Nothing was counted this time."),
        lines=lines,
        went_well=tuple(words for each in known for words in _went_well(*each)),
        to_work_on=_to_work_on(known),
        hurt=tuple(dict.fromkeys(tr(exercise.title) for exercise, each in known if each.hurt)),
    )


def _line(exercise: Exercise, outcome: Outcome) -> DoneLine:
    counted = outcome.summary.counted
    clean = sum(each.clean for each in counted)
    words = tr("{number} clean", number=clean) if counted else ""
    faults = ", ".join(_borderline(counted))
    return DoneLine(
        title=tr(exercise.title),
        counted=count(len(counted), exercise.counted),
        clean=words,
        borderline=tr("Borderline: {faults}", faults=faults) if faults else "",
        hurt=outcome.hurt,
    )


def _borderline(counted: Sequence[Counted]) -> tuple[str, ...]:
    """What was a little off, where it was never more than that."""
    sure = {each.name for done in counted for each in done.faults}
    doubted = {each.name: each for done in counted for each in done.borderline}
    return lowered_titles(each for name, each in doubted.items() if name not in sure)


def _went_well(exercise: Exercise, outcome: Outcome) -> list[str]:
    """Praise that was earned."""
    counted = outcome.summary.counted
    words: list[str] = []
    title = tr(exercise.title)
    clean = sum(each.clean for each in counted)
    if clean == len(counted) > 1:
        words.append(tr("{exercise}: every one was clean.", exercise=title))
    elif clean >= 2:
        words.append(tr("{exercise}: {number} were clean.", exercise=title, number=clean))
    goal = exercise.hold.seconds
    held = [rep.hold for rep in outcome.summary.reps]
    if goal and len(held) > 1 and (mean := fmean(held)) >= goal:
        told = tr(
            "{exercise}: held for {seconds:.0f} seconds on average.", exercise=title, seconds=mean
        )
        words.append(told)
    return words


def _to_work_on(known: Sequence[tuple[Exercise, Outcome]]) -> ToWorkOn | None:
    """The worst of all faults: first by how urgent it is, then in the exercise's own order."""
    found = [
        (SEVERITIES.index(each.severity), place, exercise, each)
        for exercise, outcome in known
        for place, each in enumerate(advice(exercise, outcome.summary))
    ]
    if not found:
        return None
    *_, exercise, worst = min(found, key=lambda each: each[:2])
    return _advised(exercise, worst)


def _advised(exercise: Exercise, worst: Advice) -> ToWorkOn:
    has_picture = exercise.name in SETTINGS and worst.name in shown_faults(exercise)
    return ToWorkOn(
        exercise.name if has_picture else "",
        tr(exercise.title),
        tr(worst.title),
        worst.name,
        tr(worst.cue),
        tr(worst.why),
    )
