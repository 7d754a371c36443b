"""How plots look: colours that colour-blind people can tell apart (Okabe and Ito), and quiet axes.

No colour stands alone: levels also differ by their dashes and by the names beside them.
"""

from collections.abc import Sequence
from typing import Any

from formcheck.definition.limits import LevelKind
from formcheck.events import FaultFound, Hold, Rep, Summary
from formcheck.exercise import SEVERITIES, Side
from formcheck.results.text import SEVERITY_MARKS

FONT = 9
"""Points."""
INK, GREY = "#222222", "#8A8A8A"

COLORS: dict[LevelKind, str] = {
    "start": "#00785A",
    "rep": "#0060A0",
    "hallmark": "#7A3E8E",
    "safety": "#B3261E",
    "fault": "#B85400",
    "hint": "#6F6200",
}
"""Of the lines and the names of levels: dark enough to be read on white."""

STYLE: dict[LevelKind, str] = {
    "start": ":",
    "rep": "--",
    "hallmark": "-.",
    "safety": "-",
    "fault": "-",
    "hint": "-",
}

SIDES: dict[Side | None, str] = {None: INK, "left": "#0072B2", "right": "#D55E00"}
"""Of the courses."""

REP = {True: "#DDEBF7", False: "#FBE8D3"}
"""Behind a clean rep, and behind one that is not."""
HOLD, HOLD_NAME = "#56B4E9", "#1F6F9F"
PARTIAL = "#9A9A9A"
WORSE = {True: "v", False: "^"}
"""The marker of a fault: pointing to where it should go back to."""

THEME: dict[Any, Any] = {
    "font.size": FONT,
    "font.family": "sans-serif",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": GREY,
    "axes.labelcolor": INK,
    "text.color": INK,
    "text.parse_math": False,
    "xtick.color": INK,
    "ytick.color": INK,
    "axes.titlelocation": "left",
    "figure.facecolor": "white",
    "figure.dpi": 110,
    "savefig.dpi": 150,
    "hatch.linewidth": 0.6,
    "hatch.color": PARTIAL,
    "svg.fonttype": "none",
    "svg.hashsalt": "formcheck",
    "pdf.fonttype": 42,
}
"""matplotlib's settings, for as long as a plot is drawn. Text stays text in SVG and PDF."""

MOST_TOLD = 8
"""Faults that are named."""
AWAY = "Grey, at the bottom: not in the start position, so nothing counts."


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


def kept_apart(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Places in the order of `wanted`, which is sorted, a gap apart and as near to it as can be.

    They stay between low and high, unless there are too many for that: then they begin at low.
    """
    groups: list[
        tuple[float, int]
    ] = []  # where a group of touching labels would begin, and its size
    for i, place in enumerate(wanted):
        mean, size = place - i * gap, 1
        while groups and groups[-1][0] >= mean:
            before, count = groups.pop()
            mean = (before * count + mean * size) / (count + size)
            size += count
        groups.append((mean, size))
    starts = [mean for mean, size in groups for _ in range(size)]
    last = max(low, high - (len(starts) - 1) * gap)
    return [min(max(start, low), last) + i * gap for i, start in enumerate(starts)]
