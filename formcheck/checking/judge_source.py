"""Judge a video or recording from beginning to end."""

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from formcheck.counting.session import Session
from formcheck.definition.loading import load_exercise
from formcheck.errors import SourceError
from formcheck.events import Snapshot, Summary
from formcheck.exercise import Exercise, Side
from formcheck.pose import Pose, SourceInfo
from formcheck.sources.opening import FindModel, PoseSource, open_source

if TYPE_CHECKING:
    from formcheck.pose import Image

Sink = Callable[[Snapshot], None]
"""Is given the snapshot of every pose."""

Witness = Callable[[Pose, "Image | None", Snapshot], None]
"""Is given every pose with the picture it was found in, if there is one, and its snapshot."""


@dataclass(frozen=True, slots=True)
class Result:
    """What was found, and in what."""

    summary: Summary
    source: SourceInfo
    warnings: tuple[str, ...] = ()


def judge(
    source: PoseSource,
    exercise: Exercise,
    side: Side | None = None,
    sinks: Iterable[Sink] = (),
    witnesses: Iterable[Witness] = (),
) -> Result:
    """Go through a source and judge it.

    Raises:
        SourceError: nobody is to be seen in it.
    """
    session = Session(exercise, side)
    sinks, witnesses = tuple(sinks), tuple(witnesses)
    for pose in source:
        snapshot = session.update(pose)
        for sink in sinks:
            sink(snapshot)
        for witness in witnesses:
            witness(pose, source.picture, snapshot)
    info = source.info()
    require_person(info)
    return Result(session.finish(), info, tuple(source.warnings()))


def require_person(info: SourceInfo) -> None:
    """SourceError if nobody is to be seen in what was gone through."""
    if not info.frames_with_pose:
        raise SourceError(
            f"Nobody was found in {info.path}. The whole person must be in the picture, "
            "head included, at most 4 m from the camera and well lit."
        )


def check(
    path: str | os.PathLike[str],
    exercise: Exercise | str | Path,
    side: Side | None = None,
    model: str | None = None,
) -> Summary:
    """Count and judge an exercise in a video, or in a recording made by `formcheck record`.

    Args:
        path: a video file, or a `.npz` recording.
        exercise: a definition, its name, or the path of its file.
        side: the only side to watch; none for whichever can be seen, or whichever moves.
        model: `lite`, `full` (the default) or `heavy`, or the path of a `.task` file.

    Raises:
        FormcheckError: an exercise, source or model that cannot be used, with what to do about it.
    """
    loaded = exercise if isinstance(exercise, Exercise) else load_exercise(exercise)
    with open_source(path, model_finder(model)) as source:
        return judge(source, loaded, side).summary


def model_finder(model: str | None) -> FindModel:
    """A function that finds the pose model when it is needed."""

    def find() -> Path:
        from formcheck.sources.model_file import find_model

        return find_model(model)

    return find
