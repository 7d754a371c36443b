"""A summary for a person to read in a terminal.

Colours only repeat what the words say. Names and cues are never taken for rich's markup.
"""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from formcheck.events import Counted, FaultFound, Hold, Partial, Rep, Set, Stretch, Summary
from formcheck.exercise import SEVERITIES, Exercise, Fault, Severity
from formcheck.measuring.kinds import measure_unit, unit_of
from formcheck.pose import SourceInfo
from formcheck.printable import on_one_line
from formcheck.wording import (
    SEVERITY_WORDS,
    amount,
    count,
    extent,
    percent_of,
    plain,
    seconds,
    should,
    spaced,
)

SEVERITY_STYLES: dict[Severity, str] = {"safety": "bold red", "fault": "yellow", "hint": "cyan"}
SEVERITY_MARKS: dict[Severity, str] = {"safety": "!!", "fault": "!", "hint": "-"}
INDENT = 5
"""Where the text of a list begins, after its mark."""


def print_report(
    console: Console, exercise: Exercise, summary: Summary, source: SourceInfo
) -> None:
    """Print what was found: each rep, what to correct, and what could not be judged."""
    console.print(Text(f"{exercise.title}: {on_one_line(source.path)}", style="bold"))
    seen = percent_of(source.frames_with_pose, source.frames)
    console.print(
        f"{seconds(source.duration)}, {source.frames} frames; you were visible in {seen}% of them"
    )
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
        console.print(Text(note, style="bold"))


def print_recognised(console: Console, stretch: Stretch, path: str) -> None:
    """Print what a stretch of a source was taken for, and on what evidence."""
    span = f"{stretch.start:.1f} to {stretch.end:.1f} s"
    style = "bold green" if stretch.exercise else "bold yellow"
    console.print(Text(f"{on_one_line(path)}, {span}: {stretch.words}.", style=style))
    if stretch.exercise is None:
        console.print("If you know which exercise it is, name it: --exercise NAME")


def headline(each: Set, exercise: Exercise) -> str:
    """One line for a set: how many counted, how many of them clean, and how many did not count."""
    side = f"{each.side.capitalize()}: " if each.side else ""
    clean = sum(done.clean for done in each.counted)
    words = f"{side}{count(len(each.counted), exercise.counted)}"
    if each.counted:
        words += f", {clean} clean"
    if each.holds:
        held = sum(hold.seconds for hold in each.holds)
        good = sum(hold.good for hold in each.holds)
        words += f", {seconds(held)} held, {seconds(good)} in good form"
    if each.partials:
        words += f", {len(each.partials)} not counted"
    return f"{words} (goal {exercise.reps})"


def _print_set(console: Console, each: Set, exercise: Exercise) -> None:
    console.print()
    console.print(Text(headline(each, exercise), style="bold green"))
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    names = _columns(exercise)
    for name in names:
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("what was seen", overflow="fold")
    unit = measure_unit(exercise, exercise.main)
    rows = [(rep.end, _rep_row(rep, unit)) for rep in each.reps]
    rows += [(hold.end, _hold_row(hold)) for hold in each.holds]
    rows += [(part.end, _partial_row(part, len(names))) for part in each.partials]
    for _, row in sorted(rows, key=lambda row: row[0]):
        table.add_row(*row)
    console.print(table)


def _columns(exercise: Exercise) -> tuple[str, ...]:
    if exercise.rep is None:
        return ("hold", "from", "to", "held", "good form")
    return ("rep", "from", "to", "range", "hold", *exercise.rep.ways)


def _rep_row(rep: Rep, unit: str) -> list[Text | str]:
    return [
        str(rep.number),
        f"{rep.start:.1f}",
        f"{rep.end:.1f}",
        amount(rep.range, unit),
        seconds(rep.hold),
        seconds(rep.out),
        seconds(rep.back),
        _remarks(rep),
    ]


def _hold_row(hold: Hold) -> list[Text | str]:
    return [
        str(hold.number),
        f"{hold.start:.1f}",
        f"{hold.end:.1f}",
        seconds(hold.seconds),
        seconds(hold.good),
        _remarks(hold),
    ]


def _partial_row(part: Partial, columns: int) -> list[Text | str]:
    words = Text("; ").join([Text(f"not counted: {part.reason}"), *_fault_words(part.faults)])
    return ["", f"{part.start:.1f}", f"{part.end:.1f}", *[""] * (columns - 3), words]


def _remarks(done: Counted) -> Text:
    parts = [Text("clean", style="green")] if done.clean else []
    parts += _fault_words(done.faults)
    if done.borderline:
        parts.append(Text(f"borderline: {_names(done.borderline)}"))
    if done.unjudged:
        parts.append(Text(f"{len(done.unjudged)} not judged"))
    return Text("; ").join(parts)


def _fault_words(faults: Sequence[FaultFound]) -> list[Text]:
    """The faults by severity, as `tip: rushed up, rushed down`."""
    words = []
    for severity in SEVERITIES:
        of_it = [fault for fault in faults if fault.severity == severity]
        if of_it:
            style = SEVERITY_STYLES[severity]
            words.append(Text(f"{SEVERITY_WORDS[severity]}: {_names(of_it)}", style=style))
    return words


def _names(faults: Sequence[FaultFound]) -> str:
    return ", ".join(spaced(fault.name) for fault in faults)


def _print_advice(console: Console, summary: Summary, exercise: Exercise) -> None:
    """Each fault once, the most urgent first: its cue, and what it is about."""
    names = {fault.name for fault in summary.faults}
    faults = [fault for fault in exercise.faults if fault.name in names]
    faults.sort(key=lambda fault: SEVERITIES.index(fault.severity))
    if faults:
        console.print()
        console.print(Text("Work on this", style="bold"))
    for fault in faults:
        cue = Text(f'"{fault.cue}"', style=SEVERITY_STYLES[fault.severity])
        _print_item(console, SEVERITY_MARKS[fault.severity], cue)
        _print_item(console, "", Text(_details(fault, summary, exercise), style="dim"))


def _details(fault: Fault, summary: Summary, exercise: Exercise) -> str:
    """How often a fault was found, how far it went, and how far it may."""
    found = [each for each in summary.faults if each.name == fault.name]
    unit = unit_of(exercise, fault.first)
    values, times = extent([each.value for each in found], unit), count(len(found), "time")
    word = SEVERITY_WORDS[fault.severity]
    return f"{plain(fault.name)} ({word}), {times}: {values}, {should(fault.first, unit)}"


def _print_unjudged(console: Console, summary: Summary) -> None:
    if not summary.unjudged:
        return
    console.print()
    console.print(Text("Not judged", style="bold"))
    reasons: dict[str, list[str]] = {}
    for unjudged in summary.unjudged:
        reasons.setdefault(unjudged.reason, []).append(spaced(unjudged.name))
    for reason, names in reasons.items():
        _print_item(console, "?", Text(f"{', '.join(names).capitalize()}: {reason}"))


def _print_item(console: Console, mark: str, words: Text) -> None:
    """An item of a list, its lines below one another beside the mark."""
    lines = words.wrap(console, max(20, console.width - INDENT))
    for line, before in zip(lines, [mark, *[""] * len(lines)], strict=False):
        line.rstrip()
        console.print(Text(f"{before:>{INDENT - 1}} ").append(line))
