"""Draws measures over time with the levels that an exercise sets on them, to choose levels by.

matplotlib is loaded when this module is: import it only where a plot is wanted.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import isfinite, nan
from typing import BinaryIO
from warnings import catch_warnings, simplefilter

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from formcheck.definition.limits import ON_MEASURE, from_rest, levels_of
from formcheck.events import FaultFound, Partial, Rep, Summary
from formcheck.exercise import Exercise, Measure
from formcheck.measuring.kinds import has_places, measure_unit
from formcheck.plot.style import (
    COLORS,
    FONT,
    HOLD,
    HOLD_NAME,
    PARTIAL,
    REP,
    SIDES,
    STYLE,
    THEME,
    WORSE,
    below,
    kept_apart,
    over,
)
from formcheck.plot.tape import Tape

NARROWEST, WIDEST = 11.0, 40.0
"""Inches of the whole figure."""
SECOND = 0.12
"""Inches of a second, in a recording so long that it needs more than the narrowest figure."""
PANEL = 3.1
"""Inches of a panel's height."""
LEFT, RIGHT = 0.75, 2.75
"""Inches beside the panels: for numbers, and for the names of the levels."""
TOP, BELOW, BETWEEN = 0.75, 0.6, 0.35
LINE = 0.17
"""Inches of a line of text."""
ROOM = 0.6
"""Levels farther from the course than this share of its height are only named, at the edge."""
UNDATED: dict[str, dict[str, None]] = {
    "png": {},
    "svg": {"Date": None},
    "pdf": {"CreationDate": None},
}


@dataclass(frozen=True, slots=True)
class Plotted:
    """What is drawn."""

    title: str
    exercise: Exercise
    tape: Tape
    summary: Summary | None
    """None where there is no exercise to judge by, only a course to look at."""


@dataclass(frozen=True, slots=True)
class _Label:
    """The name of a level, at the right of a panel."""

    value: float
    text: str
    color: str


def save(figure: Figure, file: BinaryIO, kind: str) -> None:
    """Write a figure as `png`, `svg` or `pdf`; the same plot gives the same file."""
    with rc_context(THEME), catch_warnings():
        simplefilter("ignore")  # a file's name may have letters that the font lacks
        figure.savefig(file, format=kind, metadata=UNDATED[kind])


def draw_plot(plotted: Plotted, figure: Figure | None = None) -> Figure:
    """The whole figure, a panel for each measure; a new one, or that of a window."""
    measures = [plotted.exercise.measure(name) for name in plotted.tape.measures]
    notes = below(plotted.summary, bool(plotted.tape.away))
    bottom = BELOW + LINE * len(notes)
    inside = len(measures) * PANEL + (len(measures) - 1) * BETWEEN
    height = TOP + inside + bottom
    width = _width(plotted.tape)
    with rc_context(THEME):
        figure = figure or Figure()
        figure.set_size_inches(width, height)
        panels = figure.subplots(len(measures), 1, sharex=True, squeeze=False)[:, 0]
        figure.subplots_adjust(
            left=LEFT / width,
            right=1 - RIGHT / width,
            top=1 - TOP / height,
            bottom=bottom / height,
            hspace=BETWEEN / PANEL,
        )
        for panel, measure in zip(panels, measures, strict=True):
            _draw_panel(panel, measure, plotted)
        _draw_numbers(panels[0], plotted.summary)
        panels[-1].set_xlabel("seconds")
        figure.text(LEFT / width, 1 - 0.3 / height, plotted.title, weight="bold", size=FONT + 2)
        for i, note in enumerate(reversed(notes)):
            figure.text(LEFT / width, (0.1 + LINE * i) / height, note, size=FONT)
    return figure


def _width(tape: Tape) -> float:
    """The figure's width: its reps must stay wide enough to be told apart."""
    seconds = tape.times[-1] - tape.times[0] if tape.times else 0.0
    return min(WIDEST, max(NARROWEST, LEFT + RIGHT + SECOND * seconds))


def _draw_panel(panel: Axes, measure: Measure, plotted: Plotted) -> None:
    summary = plotted.summary
    if plotted.tape.times:
        panel.set_xlim(plotted.tape.times[0], plotted.tape.times[-1])
    low, high = _reach(plotted.tape, measure)
    panel.set_ylim(low, high)
    unit = measure_unit(plotted.exercise, measure).strip()
    panel.set_ylabel(f"{measure.name} ({unit})")
    labels: list[_Label] = []
    if summary is not None:
        _draw_spans(panel, plotted, summary)
        labels += _draw_levels(panel, measure, plotted.exercise)
        labels += _draw_from_rest(panel, measure, plotted, summary)
        labels += _draw_hold_bands(panel, measure, plotted, summary)
    labels += _draw_courses(panel, measure, plotted)
    if summary is not None:
        _draw_faults(panel, measure, plotted, summary)
    _draw_labels(panel, labels)


def _reach(tape: Tape, measure: Measure) -> tuple[float, float]:
    """The values from the bottom to the top of a panel."""
    courses = (course for (name, _), course in tape.courses.items() if name == measure.name)
    known = [value for course in courses for value in course if isfinite(value)]
    low, high = (min(known), max(known)) if known else (0.0, 1.0)
    edge = max(0.12 * (high - low), 1e-3)
    return low - edge, high + edge


def _draw_spans(panel: Axes, plotted: Plotted, summary: Summary) -> None:
    """Shade reps or holds, hatch partials, and say where nothing could count."""
    for each in summary.counted:
        panel.axvspan(each.start, each.end, facecolor=REP[each.clean], zorder=0)
    for part in summary.partials:
        panel.axvspan(
            part.start, part.end, facecolor="none", edgecolor=PARTIAL, hatch="////", lw=0, zorder=0
        )
    for start, end in plotted.tape.away:
        panel.axvspan(start, end, ymax=0.025, facecolor=PARTIAL, zorder=1)


def _draw_levels(panel: Axes, measure: Measure, exercise: Exercise) -> list[_Label]:
    low, high = panel.get_ylim()
    room = ROOM * (high - low)
    levels = levels_of(exercise, measure)
    near = [each.value for each in levels if low - room <= each.value <= high + room]
    edge = 0.04 * (high - low)
    panel.set_ylim(min([low, *(v - edge for v in near)]), max([high, *(v + edge for v in near)]))
    for level in levels:
        color, style = COLORS[level.kind], STYLE[level.kind]
        width = 0.6 if level.is_end else 1.2
        if level.value in near:
            panel.axhline(level.value, color=color, linestyle=style, lw=width, zorder=2)
    return [_Label(e.value, f"{e.label} {e.value:g}", COLORS[e.kind]) for e in levels]


def _draw_from_rest(
    panel: Axes, measure: Measure, plotted: Plotted, summary: Summary
) -> list[_Label]:
    """Draw in each attempt from where on it counts, seen from its own rest."""
    labels = []
    for level in from_rest(plotted.exercise, measure):
        color, value = COLORS["rep"], nan
        attempts: list[Rep | Partial] = [*summary.reps, *summary.partials]
        for each in attempts:
            rest = _rest(each, measure, plotted)
            if not isfinite(rest):
                continue
            value = rest + level.distance
            panel.hlines(value, each.start, each.end, color=color, linestyle="--", lw=1.3, zorder=2)
        text = f"{level.label}: {level.distance:+g} from rest"
        labels += [_Label(value, text, color)] if isfinite(value) else []
    return labels


def _rest(each: Rep | Partial, measure: Measure, plotted: Plotted) -> float:
    """The rest level that a rep or partial went from; NaN = unknown."""
    if isinstance(each, Rep) and has_places(measure):
        return each.top - plotted.exercise.sign * each.range
    return plotted.tape.value(measure.name, each.side, each.start)


def _draw_hold_bands(
    panel: Axes, measure: Measure, plotted: Plotted, summary: Summary
) -> list[_Label]:
    """Draw how near to the top one must be to be holding, for as long as it was held."""
    exercise = plotted.exercise
    if exercise.rep is None or exercise.rep.measure != measure.name:
        return []
    tops = [nan]
    within = exercise.sign * exercise.hold.within
    for rep in summary.reps:
        top = _rest(rep, measure, plotted) + exercise.sign * rep.range
        tops += [top] if isfinite(top) else []
        edges = [rep.peak - rep.hold / 2, rep.peak + rep.hold / 2]
        panel.fill_between(edges, top - within, top, color=HOLD, lw=0, alpha=0.7, zorder=1)
    text = f"hold: within {exercise.hold.within:g}"
    return [_Label(tops[-1] - within / 2, text, HOLD_NAME)] if isfinite(tops[-1]) else []


def _draw_courses(panel: Axes, measure: Measure, plotted: Plotted) -> list[_Label]:
    labels = []
    for (name, side), course in plotted.tape.courses.items():
        if name != measure.name:
            continue
        panel.plot(plotted.tape.times, course, color=SIDES[side], lw=1.6, zorder=3)
        known = [value for value in course if isfinite(value)]
        if side is not None and known:
            labels.append(_Label(known[-1], side, SIDES[side]))
    return labels


def _draw_faults(panel: Axes, measure: Measure, plotted: Plotted, summary: Summary) -> None:
    """Mark the worst moment of each fault of this measure."""
    for fault in summary.faults:
        when = plotted.exercise.fault(fault.name).first
        if when.name != measure.name or when.subject not in ON_MEASURE:
            continue
        time, value = _worst(fault, measure, plotted.tape)
        panel.plot(time, value, WORSE[when.above is not None], color=COLORS[fault.severity], ms=9)


def _worst(fault: FaultFound, measure: Measure, tape: Tape) -> tuple[float, float]:
    """Where the course comes nearest to the worst value of a fault."""
    key = measure.name, (fault.side if (measure.name, fault.side) in tape.courses else None)
    near = [
        (abs(value - fault.value), time, value)
        for time, value in zip(tape.times, tape.courses[key], strict=True)
        if fault.start <= time <= fault.end and isfinite(value)
    ]
    _, time, value = min(near, default=(nan, nan, nan))
    return time, value


def _draw_numbers(panel: Axes, summary: Summary | None) -> None:
    """Write over each rep its number and the marks of its faults."""
    for each in summary.counted if summary else ():
        panel.annotate(
            over(each),
            ((each.start + each.end) / 2, 1.0),
            xycoords=("data", "axes fraction"),
            xytext=(0, 5),
            textcoords="offset points",
            ha="center",
            va="bottom",
            size=FONT,
            linespacing=0.9,
        )


def _draw_labels(panel: Axes, labels: Iterable[_Label]) -> None:
    """Name the levels at the right, beside where they are and clear of each other."""
    low, high = panel.get_ylim()
    ordered = sorted(labels, key=lambda label: label.value)
    wanted = [(label.value - low) / (high - low) for label in ordered]
    places = kept_apart([min(max(w, 0.0), 1.0) for w in wanted], LINE / PANEL, 0.0, 1.0)
    for label, is_at, place in zip(ordered, wanted, places, strict=True):
        is_in = 0 <= is_at <= 1
        text = label.text if is_in else f"{label.text} {'↑' if is_at > 1 else '↓'}"
        panel.annotate(
            text,
            (1.0, is_at if is_in else place),
            xycoords="axes fraction",
            xytext=(1.035, place),
            textcoords="axes fraction",
            color=label.color,
            size=FONT,
            va="center",
            annotation_clip=False,
            arrowprops={"arrowstyle": "-", "color": label.color, "lw": 0.7} if is_in else None,
        )
