"""What an exercise file cannot mean: a measure that is not there, a condition never true.

The form of a file, that is its keys and types, is `form_problems`' business. Where the form of one
entry is wrong, the meaning of the others is checked all the same, so that all is told at once.
"""

from collections.abc import Iterable

from formcheck.definition.form import (
    SUBJECTS,
    ConditionEntry,
    Draft,
    FaultEntry,
    HallmarkEntry,
    HoldEntry,
    RepEntry,
    StartEntry,
    subjects_of,
)
from formcheck.definition.form_problems import (
    NAME,
    NAME_RULE,
    Problem,
    exactly_one,
    fault_place,
    shown,
    suggest,
)
from formcheck.definition.measure_problems import measure_problems
from formcheck.exercise import LIVE_SUBJECTS, MOVING, Subject

SCHEMA = 2
MOST_REPS = 1000
CUE_LENGTH = 60
"""A cue is spoken and read from three metres; longer ones are not taken in."""


def meaning_problems(draft: Draft, expected_name: str | None) -> Iterable[Problem]:
    """Everything that has the right form and cannot be meant."""
    if draft.version not in (None, SCHEMA):
        yield Problem("schema", f"is {shown(draft.version)}; this formcheck reads 1 and {SCHEMA}")
    if draft.name is not None:
        yield from _name_problems(draft.name, expected_name)
    if draft.reps is not None and not 1 <= draft.reps <= MOST_REPS:
        yield Problem("reps", f"must be between 1 and {MOST_REPS}")
    yield from measure_problems(draft)
    for number, start in enumerate(draft.start, 1):
        if start is not None:
            yield from _start_problems(f"start {number}", start, draft)
    yield from _counting_problems(draft)
    yield from _fault_problems(draft)


def _counting_problems(draft: Draft) -> Iterable[Problem]:
    """Of what is counted: reps, or holds."""
    if draft.rep is not None:
        yield from _rep_problems(draft.rep, draft)
    if draft.is_timed:
        yield from _timed_problems(draft)
    if draft.hold is not None:
        yield from _hold_problems(draft.hold, draft.is_timed)
    for number, hallmark in enumerate(draft.hallmarks, 1):
        if hallmark is not None:
            yield from _hallmark_problems(f"hallmark {number}", hallmark, draft)


def _name_problems(name: str, expected: str | None) -> Iterable[Problem]:
    if not NAME.match(name):
        yield Problem("name", NAME_RULE)
    elif expected is not None and name != expected:
        yield Problem("name", f"is {shown(name)} but the file is called {expected}.toml")


def _limit_problems(place: str, above: float | None, below: float | None) -> Iterable[Problem]:
    if above is None and below is None:
        yield Problem(place, "needs above or below")
    elif above is not None and below is not None and above >= below:
        yield Problem(place, f"can never be above {above:g} and below {below:g}")


def _known(place: str, name: str, draft: Draft) -> Iterable[Problem]:
    if name not in draft.measures:
        yield Problem(place, f"unknown measure {shown(name)}{suggest(name, draft.measures)}")


def _start_problems(place: str, start: StartEntry, draft: Draft) -> Iterable[Problem]:
    yield from _known(place, start.measure, draft)
    yield from _limit_problems(place, start.above, start.below)
    measure = draft.measures.get(start.measure)
    if measure is not None and measure.since_rest != "no":
        yield Problem(place, "the start position cannot be compared with rest: drop since_rest")
    if start.slack is not None and start.slack < 0:
        yield Problem(place, "slack must not be negative")
    yield from _cue_problems(place, start.cue)


def _rep_problems(rep: RepEntry, draft: Draft) -> Iterable[Problem]:
    yield from _known("rep > measure", rep.measure, draft)
    measure = draft.measures.get(rep.measure)
    if measure is not None and (measure.since_rest != "no" or measure.unsigned):
        yield Problem("rep > measure", "a rep is compared with rest by itself: use a plain measure")
    if not 0 < rep.attempt < rep.counts:
        yield Problem("rep > attempt", "must be more than 0 and less than counts")
    yield from _way_problems(rep)
    if rep.shortest <= 0:
        yield Problem("rep > shortest", "must be more than 0")
    if rep.begins_with is not None:
        yield from _known("rep > begins_with", rep.begins_with, draft)
        lead = draft.measures.get(rep.begins_with)
        if lead is not None and lead.since_rest != "no":
            yield Problem(
                "rep > begins_with",
                "it leaves its rest by itself: use a measure without since_rest",
            )


def _way_problems(rep: RepEntry) -> Iterable[Problem]:
    if rep.full is not None and rep.reaches is not None:
        before, after = sorted((rep.reaches, rep.full), reverse=rep.direction == "down")
        if (before, after) != (rep.reaches, rep.full):
            yield Problem("rep > full", "must be further than reaches: it is the end of the way")
    if rep.without_hold is not None:
        if rep.full is None:
            yield Problem("rep > without_hold", "needs full: it is a share of the way there")
        if not 0 < rep.without_hold < 1:
            yield Problem("rep > without_hold", "must be more than 0 and less than 1")


def _timed_problems(draft: Draft) -> Iterable[Problem]:
    """What an exercise without `[rep]`, in which a position is held, cannot mean."""
    if not draft.start:
        yield Problem("start", "is what is held in an exercise without [rep]: it cannot be empty")
    if draft.hallmarks:
        yield Problem("hallmark", "belongs to a rep, and there is no [rep]")
    for name, fault in draft.faults.items():
        if fault is None:
            continue
        place = f"{fault_place(name)} > when"
        if any(each.duration in ("out", "back") for each in fault.when):
            yield Problem(place, "there is no way out or back without [rep]")


def _hold_problems(hold: HoldEntry, is_timed: bool) -> Iterable[Problem]:
    if hold.seconds < 0:
        yield Problem("hold > seconds", "must not be negative")
    of_reps, of_timed = ["within", "slower_than"], ["counts"]
    needed, other = (of_timed, of_reps) if is_timed else (of_reps, of_timed)
    why = "an exercise without [rep] has none" if is_timed else "only one without [rep] has it"
    for name in needed:
        value = getattr(hold, name)
        if value is None:
            yield Problem("hold", f"'{name}' is missing")
        elif value <= 0:
            yield Problem(f"hold > {name}", "must be more than 0")
    for name in other:
        if getattr(hold, name) is not None:
            yield Problem(f"hold > {name}", why)


def _hallmark_problems(place: str, hallmark: HallmarkEntry, draft: Draft) -> Iterable[Problem]:
    found = subjects_of(hallmark)
    if len(found) != 1:
        yield Problem(place, exactly_one(("peak", "trough"), found))
    for subject in found:
        yield from _known(place, getattr(hallmark, subject), draft)
    yield from _limit_problems(place, hallmark.above, hallmark.below)
    if not hallmark.otherwise.strip():
        yield Problem(f"{place} > otherwise", "is empty: say why such a movement does not count")


def _fault_problems(draft: Draft) -> Iterable[Problem]:
    for name, fault in draft.faults.items():
        place = fault_place(name)
        if not NAME.match(name):
            yield Problem(place, NAME_RULE)
        if fault is None:
            continue
        yield from _other_name_problems(f"{place} > also_called", name, fault, draft)
        if not fault.during:
            yield Problem(f"{place} > during", "must name out, hold or back")
        yield from _cue_problems(place, fault.cue)
        yield from _when_problems(f"{place} > when", fault, draft)
        others = [each.family for each in draft.faults.values() if each and each is not fault]
        if fault.family and fault.family not in others and None not in draft.faults.values():
            hint = suggest(fault.family, {family for family in others if family})
            yield Problem(f"{place} > family", f"no other fault is of {shown(fault.family)}{hint}")


def _other_name_problems(
    place: str, name: str, fault: FaultEntry, draft: Draft
) -> Iterable[Problem]:
    """Words that would not lead to this fault alone."""
    taken = {
        word: other
        for other, each in draft.faults.items()
        if each is not None and other != name
        for word in (other, *each.also_called)
    }
    for word in fault.also_called:
        if word in taken:
            yield Problem(place, f"{shown(word)} stands for {taken[word]}, too: keep it for one")


def _when_problems(place: str, fault: FaultEntry, draft: Draft) -> Iterable[Problem]:
    if not fault.when:
        yield Problem(place, "must hold at least one condition")
    for condition in fault.when:
        found = subjects_of(condition)
        if len(found) != 1:
            yield Problem(place, exactly_one(SUBJECTS, found))
        for subject in found:
            yield from _subject_problems(place, subject, condition, draft)
        yield from _condition_limits(place, condition)
        if condition.lasting < 0:
            yield Problem(place, "lasting must not be negative")
    subjects = {subject for condition in fault.when for subject in subjects_of(condition)}
    if len({subject in LIVE_SUBJECTS for subject in subjects}) > 1:
        yield Problem(place, "mixes what is known at once with what is known when the rep is over")


def _condition_limits(place: str, condition: ConditionEntry) -> Iterable[Problem]:
    """Of its levels: those at which it begins, and the one at which it is over."""
    above, below, falls_by = condition.above, condition.below, condition.falls_by
    if falls_by is None:
        yield from _limit_problems(place, above, below)
    elif falls_by <= 0:
        yield Problem(place, "falls_by must be more than 0")
    elif above is not None or below is not None:
        yield Problem(place, "has falls_by, so it has neither above nor below")
    until, begins = condition.until, above if falls_by is None else falls_by
    if until is None:
        return
    if condition.measure is None:
        yield Problem(place, "until: only what is judged at once, by measure, can be over")
    elif begins is not None and until > begins:
        yield Problem(place, f"until must be at most {begins:g}, where the fault begins")
    elif begins is None and below is not None and until < below:
        yield Problem(place, f"until must be at least {below:g}, where the fault begins")


def _subject_problems(
    place: str, subject: Subject, condition: ConditionEntry, draft: Draft
) -> Iterable[Problem]:
    name = getattr(condition, subject)
    if subject != "duration":
        yield from _known(place, name, draft)
    elif name not in MOVING:
        yield Problem(place, f"duration is of out, hold or back, not {shown(name)}")
    if condition.falls_by is not None and subject != "measure":
        yield Problem(place, f"falls_by goes with measure, not with {subject}")
    elif condition.falls_by is not None:
        yield from _fall_problems(place, name, draft)
    if subject not in LIVE_SUBJECTS and condition.lasting:
        yield Problem(place, f"{subject} is known when the rep is over: it has no lasting")


def _fall_problems(place: str, name: str, draft: Draft) -> Iterable[Problem]:
    """Only what a rep, or the position that is held, is told by has a farthest point."""
    first = draft.start[0] if draft.is_timed and draft.start else None
    if draft.rep is not None and name != draft.rep.measure:
        yield Problem(place, f"falls_by is of the rep's measure, {draft.rep.measure!r}")
    elif first is not None and name != first.measure:
        yield Problem(place, f"falls_by is of the first measure of the start, {first.measure!r}")


def _cue_problems(place: str, cue: str) -> Iterable[Problem]:
    if len(cue) > CUE_LENGTH:
        yield Problem(f"{place} > cue", f"has {len(cue)} letters; a cue has at most {CUE_LENGTH}")
    if not cue.strip():
        yield Problem(f"{place} > cue", "is empty: say what to do")
