"""What is told of many clips."""

from formcheck.definition.loading import load_exercise
from formcheck.events import FaultFound, Partial, Rep, Set, Summary, Unjudged
from formcheck.exercise import Severity
from formcheck.overview.clips import ClipRow, MainFault, clip_row, main_fault, totals


def _fault(name: str, severity: Severity) -> FaultFound:
    return FaultFound(name, severity, None, 1, 0.0, 1.0, 1.0, 2.0, f"Mend {name}.")


def _rep(number: int, *faults: FaultFound) -> Rep:
    return Rep(number, None, 0, 1, 2, 3, 50, 180, 1, 1, faults, clean=not faults)


def test_the_most_urgent_fault_leads_and_of_those_the_most_frequent() -> None:
    """One that is not safe goes before ten that are only less good."""
    low, short, arched = (
        _fault("low", "fault"),
        _fault("short", "fault"),
        _fault("arched", "safety"),
    )
    assert main_fault([]) is None
    assert main_fault([low, short, short]) == MainFault("short", "fault", 2, "Mend short.")
    assert main_fault([low, short, short, arched]) == MainFault(
        "arched", "safety", 1, "Mend arched."
    )


def test_a_row_counts_reps_clean_ones_and_attempts() -> None:
    """And names each rule that was not judged once."""
    partial = Partial(None, 4.0, 5.0, 1.0, "did not go far enough")
    done = Set(None, (_rep(1), _rep(2, _fault("low", "hint"))), (partial,))
    unjudged = (Unjudged("heels_lift", "hidden"), Unjudged("heels_lift", "view"))
    summary = Summary("bridge", (done,), unjudged)
    row = clip_row("anna/a.mp4", "anna", load_exercise("bridge"), summary, "a/report.html")
    assert (row.exercise, row.counted, row.clean, row.partials) == ("Glute bridge", 2, 1, 1)
    assert row.unjudged == ("heels_lift",)
    assert row.fault == MainFault("low", "hint", 1, "Mend low.")


def test_totals_are_those_of_a_person_and_an_exercise() -> None:
    """Clips in which nothing was recognised are in none."""
    low = MainFault("low", "fault", 1, "Higher.")
    rows = [
        ClipRow("b/1", "ben", "Squat", 5, 5),
        ClipRow("a/2", "anna", "Squat", 4, 1, fault=low),
        ClipRow("a/1", "anna", "Squat", 6, 2, fault=low),
        ClipRow("a/3", "anna", remark="cannot be read"),
    ]
    anna, ben = totals(rows)
    assert (anna.person, anna.clips, anna.counted, anna.clean) == ("anna", 2, 10, 3)
    assert anna.faults == (("low", 2),)
    assert (ben.person, ben.faults) == ("ben", ())
