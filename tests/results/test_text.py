"""The summary for people: readable at any width, and the same without colour."""

import io
import re
from dataclasses import replace

import pytest
from helpers.places import SAMPLES
from rich.console import Console

from formcheck.checking.judge_source import judge
from formcheck.definition.loading import load_exercise
from formcheck.events import FaultFound, Partial, Rep, Set, Summary, Unjudged
from formcheck.exercise import Exercise
from formcheck.landmarks.model_file import find_model
from formcheck.pose import SourceInfo
from formcheck.results.text import headline, print_report
from formcheck.sources.opening import open_source

SOURCE = SourceInfo("clip [red].mp4", 17.64, 440, 438)

TOO_LOW = FaultFound(
    "hips_too_low", "fault", None, 2, 5.0, 8.0, 158.26, 165.0, "Lift a touch.", "Hips too low"
)
RUSHED = FaultFound("rushed_up", "hint", None, 2, 5.0, 8.0, 0.25, 0.4, "Slowly.")
ARCHED = FaultFound("over_arched", "safety", None, None, 9.0, 9.5, 199.5, 195.0, "Ease down.")
HIDDEN = Unjudged("heels_lift", "cannot see the heel well enough")


@pytest.fixture(scope="module")
def bridge() -> Exercise:
    """The bridge that comes with formcheck."""
    return load_exercise("bridge")


@pytest.fixture
def summary() -> Summary:
    """A clean rep, a poor rep, and a partial with a fault that is told at once."""
    clean = Rep(1, None, 1.0, 2.5, 4.0, 3.04, 48.4, 176.0, 0.85, 0.7, unjudged=(HIDDEN,))
    poor = Rep(2, None, 5.0, 6.5, 8.0, 2.0, 30.6, 158.0, 0.25, 0.9, (TOO_LOW, RUSHED), clean=False)
    partial = Partial(None, 9.0, 10.0, 130.0, "only 14°, needs 25°", (ARCHED,), "too_small")
    return Summary("bridge", (Set(None, (clean, poor), (partial,)),), (HIDDEN,), ("Well done.",))


def report(
    exercise: Exercise,
    summary: Summary,
    width: int = 80,
    color: bool = False,
    source: SourceInfo = SOURCE,
) -> str:
    """The report as it would be printed on a console of this width."""
    console = Console(
        file=io.StringIO(),
        width=width,
        force_terminal=color,
        color_system="standard" if color else None,
        highlight=False,
    )
    print_report(console, exercise, summary, source)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def stripped(text: str) -> list[str]:
    """The lines without the blanks at their ends."""
    return [line.rstrip() for line in text.splitlines()]


def test_the_whole_report(bridge: Exercise, summary: Summary) -> None:
    """Each rep with range, hold and tempo, then the advice, the most urgent first."""
    assert stripped(report(bridge, summary, width=100)) == [
        "Glute bridge: clip [red].mp4",
        "17.6 s, 440 frames; you were visible in 99% of them",
        "",
        "2 reps, 1 clean, 1 not counted (goal 15)",
        "rep  from    to  range   hold     up   down  what was seen",
        "  1   1.0   4.0    48°  3.0 s  0.8 s  0.7 s  clean; 1 check skipped",
        "  2   5.0   8.0    31°  2.0 s  0.2 s  0.9 s  needs work: hips too low; tip: rushed up",
        "      9.0  10.0                              not counted: only 14°, needs 25°; "
        "not safe: over arched",
        "",
        "Work on this first",
        '  !! "Ease down until your body is straight."',
        "     Back over-arched (not safe), 1 time: hip angle 200°; stay at or below 195°",
        "",
        "Then this",
        '   ! "Lift a little higher: one line, knees to shoulders."',
        "     Hips too low (needs work), 1 time: hip angle 158°; aim for 165° or more",
        '   - "Slow and smooth: two counts up."',
        "     Too fast up (tip), 1 time: way up 0.2 s; aim for "
        f"{bridge.fault('rushed_up').first.limit:g} s or more",
        '   ! "Go a little further."',
        "     Not far enough (needs work), 1 time: only 14°, needs 25°",
        "",
        "Not judged",
        "   ? Heels lift: cannot see the heel well enough",
        "",
        "Well done.",
    ]


@pytest.mark.parametrize("width", [40, 60, 80, 200])
def test_no_line_is_wider_than_the_terminal(bridge: Exercise, summary: Summary, width: int) -> None:
    """And what goes on in the next line is indented like the line before."""
    lines = report(bridge, summary, width).splitlines()
    assert max(map(len, lines)) <= width
    advice = lines[lines.index("Then this") + 1 : lines.index("Not judged") - 1]
    assert all(line.startswith((" " * 5, "  !! ", "   ! ", "   - ")) for line in advice)


def test_colour_adds_no_meaning(bridge: Exercise, summary: Summary) -> None:
    """The words are the same without it."""
    coloured = report(bridge, summary, color=True)
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == report(bridge, summary)


def test_names_and_cues_are_never_taken_for_markup(bridge: Exercise, summary: Summary) -> None:
    """A cue in brackets is printed with its brackets."""
    faults = tuple(replace(fault, cue="[bold]Up[/bold] [/x]") for fault in bridge.faults)
    exercise = replace(bridge, faults=faults, title="[red]Bridge")
    unjudged = (Unjudged("heels_lift", "[link=x]"),)
    text = report(exercise, replace(summary, unjudged=unjudged, notes=("[/]",)))
    for literal in ("[bold]Up[/bold] [/x]", "[red]Bridge", "clip [red].mp4", "[link=x]", "[/]"):
        assert literal in text


def test_without_a_rep_the_report_says_why(bridge: Exercise) -> None:
    """And not that every single rule was not judged."""
    unjudged = tuple(Unjudged(fault.name, "no rep was counted") for fault in bridge.faults)
    text = report(bridge, Summary("bridge", (), unjudged, ("Bend your knees.",)))
    assert stripped(text)[3:] == ["0 reps (goal 15)", "", "Bend your knees."]


def test_faults_of_a_kind_are_told_with_their_spread(bridge: Exercise, summary: Summary) -> None:
    """How often, from where to where, and what it should be."""
    (each,) = summary.sets
    worse = replace(TOO_LOW, value=140.0, start=20.0)
    again = replace(each.reps[1], number=3, end=21.0, faults=(worse,))
    text = report(bridge, replace(summary, sets=(replace(each, reps=(*each.reps, again)),)))
    assert "Hips too low (needs work), 2 times: hip angle 140 to 158°; aim for" in text


def test_a_set_of_one_side_is_named_by_it(bridge: Exercise) -> None:
    """One is not said in the plural."""
    part = Partial("left", 1.0, 2.0, 3.0, "cut off by the end")
    assert headline(Set("left", (), (part,)), bridge) == "Left: 0 reps, 1 not counted (goal 15)"


@pytest.mark.parametrize(
    ("name", "exercise"),
    [
        ("bridge_5", "bridge"),
        ("situp_10", "crunch"),
        ("crunch_4", "crunch"),
        ("standing_leg_raise_6", "standing_leg_raise"),
        ("side_lying_leg_raise_3", "side_lying_leg_raise"),
    ],
)
def test_a_real_report_fits_80_columns_and_an_old_console(name: str, exercise: str) -> None:
    """Every letter is one that Windows' old code pages have."""
    definition = load_exercise(exercise)
    with open_source(SAMPLES / f"{name}.npz", find_model) as source:
        result = judge(source, definition)
    text = report(definition, result.summary, source=result.source)
    assert text.encode("cp1252")
    assert text.encode("cp437")
    assert max(len(line) for line in text.splitlines()[1:]) <= 80
