"""How plots look: colours that colour-blind people can tell apart (Okabe and Ito), and quiet axes.

No colour stands alone: levels also differ by their dashes and by the names beside them.
"""

from typing import Any

from formcheck.exercise import Side
from formcheck.levels import LevelKind

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
