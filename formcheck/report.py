"""A summary for a person to read in a terminal."""

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table
from rich.text import Text

from formcheck.checking import Result
from formcheck.events import FaultFound, Partial, Rep, Set, Summary
from formcheck.exercise import SEVERITIES, Exercise
from formcheck.explain import measure_unit, unit_of

SEVERITY_STYLES = {"safety": "bold red", "fault": "yellow", "hint": "cyan"}
SEVERITY_MARKS = {"safety": "!!", "fault": "!", "hint": "-"}


def print_result(console: Console, result: Result, exercise: Exercise) -> None:
    """Print what was found: each rep, what to correct, and what could not be judged."""
    summary, source = result.summary, result.source
    seen = source.frames_with_pose / source.frames if source.frames else 0.0
    console.print(Text(f"{exercise.title}: {source.path}", style="bold"))
    console.print(
        f"{source.duration:.1f} s, {source.frames} frames, a person in {seen:.0%} of them"
    )
    for warning in result.warnings:
        console.print(Text(f"Note: {warning}", style="yellow"))
    for each in summary.sets:
        _print_set(console, each, exercise)
    _print_advice(console, summary, exercise)
    _print_unjudged(console, summary)
    for note in summary.notes:
        console.print(Text(note, style="bold"))


def headline(each: Set, exercise: Exercise) -> str:
    """One line for a set: how many reps, how many of them clean, and how many did not count."""
    side = f"{each.side.capitalize()}: " if each.side else ""
    clean = sum(rep.clean for rep in each.reps)
    words = f"{side}{_count(len(each.reps), 'rep')} of {exercise.reps}, {clean} clean"
    if each.partials:
        words += f", {_count(len(each.partials), 'partial')}"
    return words


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def _print_set(console: Console, each: Set, exercise: Exercise) -> None:
    console.print()
    console.print(Text(headline(each, exercise), style="bold green"))
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for name in ("rep", "from", "to", "range", "hold", "up", "down"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("what was seen", overflow="fold")
    unit = _short(measure_unit(exercise, exercise.measure(exercise.rep.measure)))
    rows = [(rep.end, _rep_row(rep, unit)) for rep in each.reps]
    rows += [(part.end, _partial_row(part)) for part in each.partials]
    for _, row in sorted(rows, key=lambda row: row[0]):
        table.add_row(*row)
    console.print(table)


def _short(unit: str) -> str:
    return "°" if unit == " degrees" else unit


def _rep_row(rep: Rep, unit: str) -> list[Text | str]:
    return [
        str(rep.number),
        f"{rep.start:.1f}",
        f"{rep.end:.1f}",
        f"{rep.range:.0f}{unit}",
        f"{rep.hold:.1f} s",
        f"{rep.raising:.1f} s",
        f"{rep.lowering:.1f} s",
        _remarks(rep),
    ]


def _partial_row(part: Partial) -> list[Text | str]:
    words = Text(f"partial: {part.reason}", style="dim")
    for fault in part.faults:
        words.append(", ").append(_fault_words(fault))
    return ["", f"{part.start:.1f}", f"{part.end:.1f}", "", "", "", "", words]


def _remarks(rep: Rep) -> Text:
    if not rep.faults and not rep.unjudged:
        return Text("clean", style="green")
    parts = [_fault_words(fault) for fault in rep.faults]
    if rep.clean:
        parts.insert(0, Text("clean", style="green"))
    if rep.unjudged:
        parts.append(Text(f"{len(rep.unjudged)} not judged", style="dim"))
    return Text(", ").join(parts)


def _fault_words(fault: FaultFound) -> Text:
    return Text(fault.name.replace("_", " "), style=SEVERITY_STYLES[fault.severity])


def _print_advice(console: Console, summary: Summary, exercise: Exercise) -> None:
    """Each fault once, the most urgent first, with how often it was found and its cue."""
    names = [fault.name for fault in summary.faults]
    found = [fault for fault in exercise.faults if fault.name in names]
    found.sort(key=lambda fault: SEVERITIES.index(fault.severity))
    if found:
        console.print()
        console.print(Text("To work on", style="bold"))
    for fault in found:
        here = [each for each in summary.faults if each.name == fault.name]
        line = Text(f"  {SEVERITY_MARKS[fault.severity]:>2} ")
        line.append(f'"{fault.cue}"', style=SEVERITY_STYLES[fault.severity])
        condition = fault.when[0]
        line.append(
            f"  {fault.name}, {fault.severity}, {_count(len(here), 'time')}: "
            f"{_range(each.value for each in here)}{unit_of(exercise, condition)}, "
            f"limit {condition.limit:g}"
        )
        console.print(line)


def _range(values: Iterable[float]) -> str:
    low, *_, high = sorted([*(known := list(values)), max(known)])
    return f"{low:.3g}" if f"{low:.3g}" == f"{high:.3g}" else f"{low:.3g} to {high:.3g}"


def _print_unjudged(console: Console, summary: Summary) -> None:
    if not summary.unjudged:
        return
    console.print()
    console.print(Text("Not judged", style="bold"))
    reasons: dict[str, list[str]] = {}
    for unjudged in summary.unjudged:
        reasons.setdefault(unjudged.reason, []).append(unjudged.name)
    for reason, names in reasons.items():
        console.print(Text(f"   ? {', '.join(names)}: {reason}", style="dim"))
