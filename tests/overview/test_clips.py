"""What is told of many clips."""

from formcheck.definition.loading import load_exercise
from formcheck.events import FaultFound, Partial, Rep, Set, Summary, Unjudged
from formcheck.exercise import Severity
from formcheck.overview.clips import ClipRow, MainFault, clip_row, main_fault, totals


def _fault(name: str, severity: Severity) -> FaultFound:
    return FaultFound(name, severity, None, 1, 0.0, 1.0, 1.0, 2.0, f"Mend {name}.")


def _rep(number: int, *faults: FaultFound) -> Rep:
    return Rep(number, None, 0, 1, 2, 3, 50, 180, 1, 1, faults, clean=not faults)


BRIDGE = load_exercise("bridge")


def _main(*faults: FaultFound, partials: tuple[Partial, ...] = ()) -> MainFault | None:
    done = Set(None, tuple(_rep(number, fault) for number, fault in enumerate(faults)), partials)
    return main_fault(BRIDGE, Summary("bridge", (done,), ()))


def test_the_most_urgent_fault_leads_and_of_those_the_most_frequent() -> None:
    """One that is not safe goes before ten that are only less good."""
    low, short = _fault("hips_too_low", "fault"), _fault("hold_too_short", "fault")
    arched = _fault("over_arched", "safety")
    assert _main() is None
    main = _main(low, short, short)
    assert main is not None
    assert (main.name, main.title, main.count) == ("hold_too_short", "Hold too short", 2)
    main = _main(low, short, short, arched)
    assert main is not None
    assert (main.name, main.severity, main.count) == ("over_arched", "safety", 1)


def test_attempts_that_stop_short_lead_where_they_are_as_many() -> None:
    """They did not even count; but nothing goes before what is not safe."""
    low, arched = _fault("hips_too_low", "fault"), _fault("over_arched", "safety")
    short = Partial(None, 4.0, 5.0, 130.0, "only 10°, needs 12°", code="too_small")
    main = _main(low, partials=(short,))
    assert main is not None
    assert (main.title, main.cue, main.count) == ("Not far enough", "Go a little further.", 1)
    for faults in ((low, low), (arched,)):
        main = _main(*faults, partials=(short,))
        assert main is not None
        assert main.name == faults[0].name


def test_a_row_counts_reps_clean_ones_and_attempts() -> None:
    """And names each rule that was not judged once."""
    partial = Partial(None, 4.0, 5.0, 1.0, "did not go far enough")
    done = Set(None, (_rep(1), _rep(2, _fault("heels_lift", "hint"))), (partial,))
    unjudged = (Unjudged("heels_lift", "hidden"), Unjudged("heels_lift", "view"))
    summary = Summary("bridge", (done,), unjudged)
    row = clip_row("anna/a.mp4", "anna", load_exercise("bridge"), summary, "a/report.html")
    assert (row.exercise, row.counted, row.clean, row.partials) == ("Glute bridge", 2, 1, 1)
    assert row.unjudged == ("Heels lift",)
    assert row.fault == MainFault("heels_lift", "hint", 1, "Press through your heels.")


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
    assert anna.faults == (("Low", 2),)
    assert (ben.person, ben.faults) == ("ben", ())
