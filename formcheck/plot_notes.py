"""What is written beside a plot: each rep with the marks of its faults, and which those are."""

from formcheck.events import FaultFound, Hold, Rep, Summary
from formcheck.exercise import SEVERITIES
from formcheck.report import SEVERITY_MARKS

MOST_TOLD = 8
"""Faults that are named."""
AWAY = "Grey, at the bottom: not in the start position, so nothing could count."


def over(each: Rep | Hold) -> str:
    """The number of a rep or hold, and below it the marks of its faults."""
    found = {fault.severity for fault in each.faults}
    marks = " ".join(SEVERITY_MARKS[severity] for severity in SEVERITIES if severity in found)
    number = f"{each.side} {each.number}" if each.side else f"{each.number}"
    return f"{number}\n{marks}"


def below(summary: Summary | None, was_away: bool) -> list[str]:
    """Each fault in words with the reps that have it, the most urgent first; and other notes."""
    notes = [AWAY] if was_away else []
    if summary is None:
        return []
    first: dict[str, FaultFound] = {}
    where: dict[str, list[str]] = {}
    for fault in sorted(summary.faults, key=lambda fault: SEVERITIES.index(fault.severity)):
        first.setdefault(fault.name, fault)
        side = f"{fault.side} " if fault.side else ""
        where.setdefault(fault.name, []).append(f"{side}{fault.rep or 'partial'}")
    told = [
        f"{SEVERITY_MARKS[first[name].severity]}  {name}: {', '.join(dict.fromkeys(reps))}"
        for name, reps in where.items()
    ]
    more = len(told) - MOST_TOLD
    return [*told[:MOST_TOLD], *([f"and {more} more"] if more > 0 else []), *notes]
