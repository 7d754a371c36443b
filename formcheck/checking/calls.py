"""What `import formcheck` calls: a source checked, recognised or measured in one go."""

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from formcheck.checking.judge_source import judge
from formcheck.checking.passages import all_exercises, judge_parts
from formcheck.definition.loading import load_exercise
from formcheck.errors import SourceError
from formcheck.events import Summary
from formcheck.exercise import Exercise, Side
from formcheck.observer import Judged, Observer, Outcome, Stretch, TimeShown
from formcheck.sources.model_finder import model_finder
from formcheck.sources.opening import open_source

if TYPE_CHECKING:
    from pandas import DataFrame

SourcePath = str | os.PathLike[str]
ShowProgress = Callable[[float, float | None], None]
"""Takes the seconds gone through, and how many there are in all where that is known."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """A stretch of a source, and what was found in it where its exercise is known."""

    stretch: Stretch
    exercise: Exercise | None
    result: Outcome | None


@dataclass(frozen=True, slots=True, eq=False)
class Measures:
    """Every measure of an exercise over time, NaN where it is unknown."""

    times: NDArray[np.float64]
    """Seconds, of shape (frames,)."""
    phases: tuple[str, ...]
    """Of each frame: away, rest, out, hold or back."""
    values: Mapping[str, NDArray[np.float64]]
    """By the measure's name, by `side.name` where each side is counted; each of shape (frames,)."""

    def to_frame(self) -> "DataFrame":
        """A pandas table with a row for each frame; it needs pandas."""
        from pandas import DataFrame

        return DataFrame({"time_s": self.times, "phase": self.phases, **self.values})


def check(
    path: SourcePath,
    exercise: Exercise | str | Path | None = None,
    side: Side | None = None,
    model: str | None = None,
    progress: ShowProgress | None = None,
) -> Summary:
    """Count and judge an exercise in a video, or in a recording made by `formcheck record`.

    Args:
        path: a video file, or a `.npz` recording.
        exercise: a definition, its name, or the path of its file; without it, the one exercise
            that is recognised.
        side: the only side to watch; none for whichever can be seen, or whichever moves.
        model: `lite`, `full` (the default) or `heavy`, or the path of a `.task` file.
        progress: is told how far it has got.

    Raises:
        FormcheckError: an exercise, source or model that cannot be used, or not one exercise that
            is recognised, with what to do about it.
    """
    if exercise is None:
        return _the_only_one(path, recognise(path, None, side, model, progress))
    return _judged(path, exercise, side, model, progress)


def recognise(
    path: SourcePath,
    exercises: Iterable[Exercise | str | Path] | None = None,
    side: Side | None = None,
    model: str | None = None,
    progress: ShowProgress | None = None,
) -> tuple[Recognised, ...]:
    """Find out which exercises are done in a video or recording, and judge each of them.

    Args:
        path: a video file, or a `.npz` recording.
        exercises: those that it may be; all that come with formcheck unless given.
        side: the only side to watch; none for whichever can be seen, or whichever moves.
        model: as in `check`.
        progress: as in `check`.

    Raises:
        FormcheckError: an exercise, source or model that cannot be used, with what to do about it.
    """
    loaded = (
        all_exercises() if exercises is None else {e.name: e for e in map(load_if_named, exercises)}
    )
    with open_source(path, model_finder(model)) as source:
        show = _show(progress, source.length)
        outcomes = judge_parts(source, loaded, side, show=show)
    return tuple(
        Recognised(each.stretch, each.exercise, each if each.exercise else None)
        for each in outcomes
        if each.stretch is not None
    )


def measures(
    path: SourcePath,
    exercise: Exercise | str | Path,
    side: Side | None = None,
    model: str | None = None,
    progress: ShowProgress | None = None,
) -> Measures:
    """Measure an exercise in every frame of a video or recording, as the rules see it.

    Args and errors are those of `check`.
    """
    series = _Series()
    _judged(path, exercise, side, model, progress, series)
    return series.measures()


def _judged(
    path: SourcePath,
    exercise: Exercise | str | Path,
    side: Side | None,
    model: str | None,
    progress: ShowProgress | None,
    *observers: Observer,
) -> Summary:
    loaded = load_if_named(exercise)
    with open_source(path, model_finder(model)) as source:
        shown = TimeShown(_show(progress, source.length))
        return judge(source, loaded, side, (*observers, shown)).summary


def load_if_named(exercise: Exercise | str | Path) -> Exercise:
    """The exercise itself, or the one of this name or in this file."""
    return exercise if isinstance(exercise, Exercise) else load_exercise(exercise)


def _show(progress: ShowProgress | None, length: float | None) -> Callable[[float], None]:
    return lambda time: None if progress is None else progress(time, length)


def _the_only_one(path: SourcePath, parts: tuple[Recognised, ...]) -> Summary:
    """The summary of the one exercise that was recognised; SourceError if it is not one."""
    found = [part.result.summary for part in parts if part.result is not None]
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(summary.exercise for summary in found)
        raise SourceError(
            "{file} shows more than one exercise ({names}): use `recognise`.",
            file=path,
            names=names,
        )
    why = parts[0].stretch.words
    raise SourceError("{file}: {why}. If you know the exercise, name it.", file=path, why=why)


class _Series(Observer):
    """Keeps the measures of every frame."""

    def __init__(self) -> None:
        self._times: list[float] = []
        self._phases: list[str] = []
        self._rows: list[Mapping[str, float]] = []

    def add(self, judged: Judged) -> None:
        if judged.snapshot is not None:
            self._times.append(judged.snapshot.time)
            self._phases.append(judged.snapshot.phase)
            self._rows.append(judged.snapshot.values)

    def measures(self) -> Measures:
        names = self._rows[0] if self._rows else ()
        values = {name: np.array([row[name] for row in self._rows]) for name in names}
        return Measures(np.array(self._times), tuple(self._phases), values)
