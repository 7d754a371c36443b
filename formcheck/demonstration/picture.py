"""A demonstration as one SVG: how an exercise goes, or how a fault looks wrong beside right.

It stands alone: it holds its own colours for light and dark, moves without a script (by SMIL), and
to whoever wants no motion it shows the position that matters instead.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from markupsafe import Markup

from formcheck.demonstration.keyframes import Fit
from formcheck.demonstration.panel import EDGE, Panel
from formcheck.demonstration.settings import SETTINGS
from formcheck.demonstration.showing import showing
from formcheck.errors import ExerciseError
from formcheck.exercise import Exercise, Fault
from formcheck.figure.movement import STANDING
from formcheck.figure.movements import MOVEMENTS
from formcheck.language.sentences import Sentence
from formcheck.language.tongue import tr
from formcheck.templates.rendering import render, style_beside
from formcheck.wording import as_name, lowered, spaced

ROOM = "formcheck.demonstration"
WIDE, NARROW = 920, 640
"""Units across a panel: of somebody on the floor, and of somebody upright."""
BESIDE = 0.82
"""How much of that a panel beside another takes."""
TALLEST = 0.8
"""The height of what is shown, as a share of the panel's width, at most."""
LARGEST = 400.0
"""Units that a metre takes at most."""
NOW, HEAD, FOOT, CUE = 68, 60, 120, 76
"""Units kept: for what is to be done now and the heading, both above the body, for the tempo below
it, and for the cue below both panels."""


def svg(exercise: Exercise, fault: str | None = None, moves: bool = True) -> str:
    """The picture of an exercise, or of one of its faults, wrong beside right.

    Put it into a page as an `img`, or write it to a file.

    Args:
        exercise: one that formcheck's figure knows.
        fault: the name of one of its faults.
        moves: whether it moves, or is a still of the moment that matters.

    Raises:
        ExerciseError: the figure does not know the exercise, or the exercise has no such fault.
    """
    known = shown_faults(exercise)
    right = Panel.right(exercise, showing(exercise))
    if fault is None:
        return _rendered([right], moves)
    flaw = known[find_fault(exercise, fault)]
    wrong = Panel.wrong(exercise, showing(exercise, flaw.name), flaw, right.showing)
    return _rendered([wrong, right], moves)


def shown_faults(exercise: Exercise) -> dict[str, Fault]:
    """The faults that can be shown, by name, as the exercise orders them.

    Raises:
        ExerciseError: the figure does not know the exercise.
    """
    if exercise.name not in SETTINGS:
        raise ExerciseError(
            f"There is no moving picture of {exercise.title}: formcheck only has them for its own "
            "exercises."
        )
    known = MOVEMENTS[exercise.name].faults
    return {fault.name: fault for fault in exercise.faults if fault.name in known}


def find_fault(exercise: Exercise, name: str) -> str:
    """The name of a fault that can be shown, however it is written: `Hold too short`.

    Raises:
        ExerciseError: there is none; it lists those there are.
    """
    known = shown_faults(exercise)
    for fault in known.values():
        if as_name(name) in map(as_name, (fault.name, fault.title, *fault.also_called)):
            return fault.name
    raise ExerciseError(
        f"{exercise.title} has no mistake {spaced(name)!r} to show. There are: "
        f"{', '.join(lowered(fault.title) for fault in known.values())}."
    )


def _rendered(panels: Sequence[Panel], moves: bool) -> str:
    """The whole picture; where there are two panels, the first one shows a fault."""
    exercise, fault = panels[0].exercise, panels[0].fault
    upright = panels[0].showing.movement.middle[1] == STANDING[1]
    width = round((NARROW if upright else WIDE) * (BESIDE if fault else 1))
    fit, bottom = _fit(panels, width, NOW + (HEAD if fault else 0))
    return render(
        ROOM,
        "demonstration.svg.j2",
        id=f"{exercise.name}-{fault.name if fault else 'right'}".replace("_", "-"),
        width=width * len(panels),
        height=bottom + FOOT + (CUE if fault else 0),
        seconds=f"{_seconds(panels):.2f}",
        title=": ".join(tr(each.title) for each in (exercise, fault) if each),
        description=_description(panels),
        cue=f"“{tr(fault.cue)}”" if fault else "",
        style=Markup(style_beside(ROOM, "demonstration.css")),
        moves=moves,
        panels=list(_drawn(panels, fit, width, bottom + FOOT)),
    )


def _seconds(panels: Sequence[Panel]) -> float:
    """After how long it begins anew; a panel that is over sooner waits for the other."""
    return max(panel.showing.script.duration for panel in panels)


def _fit(panels: Sequence[Panel], width: int, top: int) -> tuple[Fit, int]:
    """One for all panels, so that what is larger looks larger; and where the lowest part is."""
    shapes = [shape for panel in panels for shape in (*panel.body(), *panel.things())]
    corners = np.concatenate([line.reshape(-1, 2) for shape in shapes for line in shape.outlines])
    low, high = corners.min(axis=0), corners.max(axis=0)
    across, down = (high - low).tolist()
    scale = min(LARGEST, (width - 2 * EDGE) / across, TALLEST * width / down)
    left = (width - scale * (low[0] + high[0])) / 2
    return Fit(scale, left, top - scale * low[1]), round(top + scale * down)


def _drawn(panels: Sequence[Panel], fit: Fit, width: int, height: int) -> Iterator[dict[str, Any]]:
    """What the template draws of each panel."""
    seconds, matters = _seconds(panels), panels[0].matters
    for k, panel in enumerate(panels):
        yield {
            "left": width * k,
            "width": width,
            "is_right": panel.fault is None,
            "heading": tr(panel.fault.title) if panel.fault else tr("Done right") if k else "",
            "now": NOW - 20 + (HEAD if len(panels) > 1 else 0),
            "things": [fit.path(shape.outlines, 0) for shape in panel.things()],
            "shapes": list(panel.moving(fit, seconds, matters)),
            "ring": panel.ring(fit, seconds, matters),
            "bar": panel.bar(width, height, seconds),
        }


def _description(panels: Sequence[Panel]) -> str:
    """What those are told who do not see it."""
    exercise, fault = panels[0].exercise, panels[0].fault
    if fault:
        why, cue = tr(fault.why), tr(fault.cue)
        return tr("Wrong beside right. {why} Instead: {cue}", why=why, cue=cue)
    summary = tr(exercise.summary)
    if not panels[0].showing.is_cut:
        return summary
    hold = exercise.hold.seconds
    return tr(
        Sentence(
            "{summary} The picture shortens the hold of {seconds:g} seconds.",
            summary=summary,
            seconds=hold,
        )
    )
