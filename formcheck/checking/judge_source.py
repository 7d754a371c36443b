"""Judge a video or recording from beginning to end."""

import os
from collections.abc import Iterable
from pathlib import Path

from formcheck.counting.session import Session
from formcheck.definition.loading import load_exercise
from formcheck.errors import SourceError
from formcheck.events import Stretch, Summary
from formcheck.exercise import Exercise, Side
from formcheck.observer import Judged, Observer, Outcome, hand_on
from formcheck.pose import SourceInfo
from formcheck.sources.opening import FindModel, PoseSource, open_source


def judge(
    source: PoseSource,
    exercise: Exercise,
    side: Side | None = None,
    observers: Iterable[Observer] = (),
    number: int = 0,
    stretch: Stretch | None = None,
) -> Outcome:
    """Go through a source, or a part of one, and judge it.

    Args:
        source: the poses.
        exercise: what is done in it.
        side: the only side to watch; none for whichever can be seen, or whichever moves.
        observers: who sees what is judged.
        number: which part of a whole this is.
        stretch: where and why the exercise was recognised, if it was not named.

    Raises:
        SourceError: nobody is to be seen in it.
    """
    session = Session(exercise, side)
    observers = tuple(observers)
    for pose in source:
        judged = Judged(number, exercise, pose, source.picture, session.update(pose))
        hand_on([judged], observers)
    info = source.info()
    require_person(info)
    warnings = tuple(source.warnings())
    outcome = Outcome(number, exercise, session.finish(), info, stretch, warnings)
    hand_on([outcome], observers)
    return outcome


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
