"""A summary for a person to read in a terminal.

Colours only repeat what the words say. Names and cues are never taken for rich's markup.
"""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from formcheck.events import Counted, FaultFound, Hold, Partial, Rep, Set, Summary
from formcheck.exercise import SEVERITIES, Exercise, Severity
from formcheck.language.tongue import number, tr, trn
from formcheck.measuring.kinds import measure_unit
from formcheck.observer import Stretch
from formcheck.pose import SourceInfo
from formcheck.printable import on_one_line
from formcheck.results.advice import advice
from formcheck.wording import (
    SEVERITY_WORDS,
    SIDE_WORDS,
    amount,
    count,
    lowered,
    lowered_titles,
    percent_of,
    seconds,
    span,
)

SEVERITY_STYLES: dict[Severity, str] = {"safety": "bold red", "fault": "yellow", "hint": "cyan"}
SEVERITY_MARKS: dict[Severity, str] = {"safety": "!!", "fault": "!", "hint": "-"}
INDENT = 5
"""Where the text of a list begins, after its mark."""


def print_report(
    console: Console, exercise: Exercise, summary: Summary, source: SourceInfo
) -> None:
    """Print what was found: each rep, what to correct, and what could not be judged."""
    console.print(Text(f"{tr(exercise.title)}: {on_one_line(source.path)}", style="bold"))
    console.print(_visible(source))
    for each in summary.sets:
        _print_set(console, each, exercise)
    if not summary.sets:
        console.print()
        console.print(Text(headline(Set(None, (), ()), exercise), style="bold"))
    _print_advice(console, summary, exercise)
    if summary.counted:
        _print_unjudged(console, summary)
    if summary.notes:
        console.print()
    for note in summary.notes:
        console.print(Text(tr(note), style="bold"))


def _visible(source: SourceInfo) -> str:
    """How long the source is, and in how much of it somebody was seen."""
    seen = percent_of(source.frames_with_pose, source.frames)
    parts = {"length": seconds(source.duration), "frames": source.frames, "seen": seen}
    if seen == 100:
        return tr("{length}, {frames} frames; you were visible in all of them", **parts)
    return tr("{length}, {frames} frames; you were visible in {seen}% of them", **parts)


def print_recognised(console: Console, stretch: Stretch, path: str) -> None:
    """Print what a stretch of a source was taken for, and on what evidence."""
    when = span(stretch.start, stretch.end)
    style = "bold green" if stretch.exercise else "bold yellow"
    console.print(Text(f"{on_one_line(path)}, {when}: {tr(stretch.words)}.", style=style))
    if stretch.exercise is None:
        console.print(tr("If you know the exercise, add --exercise NAME."))


def headline(each: Set, exercise: Exercise) -> str:
    """One line for a set: how many counted, how many of them clean, and how many did not count."""
    side = f"{tr(SIDE_WORDS[each.side])}: " if each.side else ""
    clean = sum(done.clean for done in each.counted)
    words = f"{side}{count(len(each.counted), exercise.counted)}"
    if each.counted:
        words += tr(", {clean} clean", clean=clean)
    if each.holds:
        held = sum(hold.hold for hold in each.holds)
        good = sum(hold.good for hold in each.holds)
        parts = {"held": seconds(held), "good": seconds(good)}
        words += tr(", {held} held, {good} in good form", **parts)
    if each.partials:
        words += tr(", {partials} not counted", partials=len(each.partials))
    return words + tr(" (goal {reps})", reps=exercise.reps)


def _print_set(console: Console, each: Set, exercise: Exercise) -> None:
    console.print()
    console.print(Text(headline(each, exercise), style="bold green"))
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    names = _columns(exercise)
    for name in names:
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column(tr("what was seen"), overflow="fold")
    unit = measure_unit(exercise, exercise.main)
    rows = [(rep.end, _rep_row(rep, unit)) for rep in each.reps]
    rows += [(hold.end, _hold_row(hold)) for hold in each.holds]
    rows += [(part.end, _partial_row(part, len(names))) for part in each.partials]
    for _, row in sorted(rows, key=lambda row: row[0]):
        table.add_row(*row)
    console.print(table)


def _columns(exercise: Exercise) -> tuple[str, ...]:
    if exercise.rep is None:
        return (tr("hold"), tr("from"), tr("to"), tr("held"), tr("good form"))
    ways = map(tr, exercise.rep.ways)
    return (tr("rep"), tr("from"), tr("to"), tr("range"), tr("hold"), *ways)


def _rep_row(rep: Rep, unit: str) -> list[Text | str]:
    return [
        str(rep.number),
        number(rep.start, ".1f"),
        number(rep.end, ".1f"),
        amount(rep.range, unit),
        seconds(rep.hold),
        seconds(rep.out),
        seconds(rep.back),
        _remarks(rep),
    ]


def _hold_row(hold: Hold) -> list[Text | str]:
    return [
        str(hold.number),
        number(hold.start, ".1f"),
        number(hold.end, ".1f"),
        seconds(hold.hold),
        seconds(hold.good),
        _remarks(hold),
    ]


def _partial_row(part: Partial, columns: int) -> list[Text | str]:
    words = Text("; ").join(
        [Text(tr("not counted: {reason}", reason=tr(part.reason))), *_fault_words(part.faults)]
    )
    return ["", number(part.start, ".1f"), number(part.end, ".1f"), *[""] * (columns - 3), words]


def _remarks(done: Counted) -> Text:
    parts = [Text(tr("clean"), style="green")] if done.clean else []
    parts += _fault_words(done.faults)
    if done.borderline:
        borderline = ", ".join(lowered_titles(done.borderline))
        parts.append(Text(tr("borderline: {faults}", faults=borderline)))
    if done.unjudged:
        skipped = trn("{number} check skipped", "{number} checks skipped", len(done.unjudged))
        parts.append(Text(skipped))
    return Text("; ").join(parts)


def _fault_words(faults: Sequence[FaultFound]) -> list[Text]:
    """The faults by severity, as `tip: rushed up, rushed down`."""
    words = []
    for severity in SEVERITIES:
        of_it = [fault for fault in faults if fault.severity == severity]
        if of_it:
            names = ", ".join(lowered_titles(of_it))
            told = f"{tr(SEVERITY_WORDS[severity])}: {names}"
            words.append(Text(told, style=SEVERITY_STYLES[severity]))
    return words


def _print_advice(console: Console, summary: Summary, exercise: Exercise) -> None:
    """What to work on, the most urgent first: the cue, and what it is about."""
    advised = advice(exercise, summary)
    for place, each in enumerate(advised):
        if place < 2:
            console.print()
            first = tr("Work on this first") if advised[1:] else tr("Work on this")
            console.print(Text(tr("Then this") if place else first, style="bold"))
        style = SEVERITY_STYLES[each.severity]
        _print_item(console, SEVERITY_MARKS[each.severity], Text(f'"{each.cue}"', style=style))
        details = f"{each.title} ({each.urgency}), {each.times}: {each.details}"
        _print_item(console, "", Text(details, style="dim"))


def _print_unjudged(console: Console, summary: Summary) -> None:
    if not summary.unjudged:
        return
    console.print()
    console.print(Text(tr("Not judged"), style="bold"))
    reasons: dict[str, list[str]] = {}
    for unjudged in summary.unjudged:
        reasons.setdefault(tr(unjudged.reason), []).append(tr(unjudged.title))
    for reason, names in reasons.items():
        titles = ", ".join([names[0], *map(lowered, names[1:])])
        _print_item(console, "?", Text(f"{titles}: {reason}"))


def _print_item(console: Console, mark: str, words: Text) -> None:
    """An item of a list, its lines below one another beside the mark."""
    lines = words.wrap(console, max(20, console.width - INDENT))
    for line, before in zip(lines, [mark, *[""] * len(lines)], strict=False):
        line.rstrip()
        console.print(Text(f"{before:>{INDENT - 1}} ").append(line))
