"""Go through a source and draw measures of it, with an exercise's levels, for `formcheck plot`."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from formcheck.checking.judge_source import judge
from formcheck.definition.form_problems import suggest
from formcheck.definition.limits import is_change_of_main
from formcheck.errors import DisplayError, ExerciseError
from formcheck.exercise import Exercise, Measure
from formcheck.files.whole import whole_file
from formcheck.learning.candidates import CANDIDATES
from formcheck.learning.clips import only_to_read
from formcheck.measuring.kinds import has_places
from formcheck.observer import TimeShown
from formcheck.plot.tape import Tape
from formcheck.sources.opening import FindModel, open_source
from formcheck.terminal.bars import time_bar
from formcheck.terminal.lines import note

if TYPE_CHECKING:
    from formcheck.plot.level_plot import Plotted

FORMATS = (".png", ".svg", ".pdf")
"""The kinds of picture that can be written."""
WITHOUT_WINDOWS = ("agg", "cairo", "pdf", "pgf", "ps", "svg", "template")
"""What matplotlib draws with where it finds nothing to open windows with."""
BACKEND = "MPLBACKEND"
"""The environment variable that tells matplotlib what to open windows with."""
NO_WINDOW = (
    "formcheck can't open a window here. Write the plot to a file, for example with -o plot.png."
)


def with_measures(exercise: Exercise | None, names: list[str]) -> tuple[Exercise, list[str]]:
    """An exercise that has these measures, and which of its measures to draw.

    A measure that the exercise lacks is one of those that `learn` tries. With no exercise nothing
    is counted; with no name its main measure is drawn.

    Raises:
        ExerciseError: there is no such measure.
    """
    own = {measure.name: measure for measure in exercise.measures} if exercise else {}
    known = {each.measure.name: each.measure for each in CANDIDATES} | own
    chosen = [_known(name, known) for name in dict.fromkeys(names)]
    if exercise is None:
        return only_to_read(chosen), [measure.name for measure in chosen]
    more = tuple(measure for measure in chosen if measure.name not in own)
    extended = replace(exercise, measures=exercise.measures + more)
    return extended, [measure.name for measure in chosen] or [_usual(exercise).name]


def _usual(exercise: Exercise) -> Measure:
    """The main measure; where its places mean nothing, its change since rest."""
    if not has_places(exercise.main):
        for measure in exercise.measures:
            if is_change_of_main(exercise, measure):
                return measure
    return exercise.main


def _known(name: str, known: dict[str, Measure]) -> Measure:
    if name in known:
        return known[name]
    raise ExerciseError(
        f"There is no measure {name!r}{suggest(name, known) or '.'} There are: {', '.join(known)}."
    )


def plot_source(
    source: Path,
    exercise: Exercise | None,
    names: list[str],
    find_model: FindModel,
    output: Path | None,
) -> str:
    """Draw measures of a source, into a file or a window; what there is to say about it.

    Raises:
        FormcheckError: the source, a measure or the output cannot be used.
    """
    drawn, measures = with_measures(exercise, names)
    if output is None:
        _require_display()
    tape = Tape(drawn, tuple(measures))
    with open_source(source, find_model) as poses, time_bar(source.name, poses.length) as show:
        result = judge(poses, drawn, observers=[tape, TimeShown(show)])
    note(result.warnings)
    # matplotlib takes half a second to load, and only a plot needs it.
    with _any_backend(needs_window=output is None):
        from formcheck.plot.level_plot import Plotted, draw_plot, save

    title = f"{drawn.title}: {source.name}" if exercise else source.name
    plotted = Plotted(title, drawn, tape, result.summary if exercise else None)
    if output is None:
        _show(plotted)
        return ""
    with whole_file(output) as file:
        save(draw_plot(plotted), file, output.suffix.lower().removeprefix("."))
    return f"{output}: {', '.join(measures)} of {source}"


@contextmanager
def _any_backend(needs_window: bool) -> Iterator[None]:
    """Load matplotlib, which refuses to be loaded where MPLBACKEND names what it does not know.

    A file needs no backend, so there it is not asked for any; DisplayError where a window does.
    """
    named = os.environ.get(BACKEND)
    if not needs_window:
        os.environ.pop(BACKEND, None)
    try:
        yield
    except ValueError as error:
        raise DisplayError(NO_WINDOW) from error
    finally:
        if named is not None:
            os.environ[BACKEND] = named


def _require_display() -> None:
    """DisplayError where windows cannot be opened, before any work is done."""
    has_screen = any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
    if sys.platform.startswith("linux") and not has_screen:
        raise DisplayError(NO_WINDOW)


def _show(plotted: "Plotted") -> None:
    """Show the plot in a window until it is closed."""
    from matplotlib import pyplot

    from formcheck.plot.level_plot import draw_plot

    figure = pyplot.figure()
    if pyplot.get_backend().lower() in WITHOUT_WINDOWS:
        raise DisplayError(NO_WINDOW)
    draw_plot(plotted, figure)
    pyplot.show()
