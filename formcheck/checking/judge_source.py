"""Judge a video or recording from beginning to end."""

from collections.abc import Iterable
from dataclasses import replace

from formcheck.checking.sight import SightLog
from formcheck.counting.session import Session
from formcheck.errors import SourceError
from formcheck.exercise import Exercise, Side
from formcheck.observer import Judged, Observer, Outcome, Stretch, hand_on
from formcheck.pose import SourceInfo
from formcheck.sources.opening import PoseSource


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
    session, sight = Session(exercise, side), SightLog(exercise, source.size)
    observers = tuple(observers)
    wants_pictures = any(observer.needs_pictures for observer in observers)
    for pose in source:
        snapshot = session.update(pose)
        sight.add(pose, source.brightness, snapshot.torso)
        picture = source.picture if wants_pictures else None
        hand_on([Judged(number, exercise, pose, picture, snapshot)], observers)
    info = source.info()
    require_person(info)
    warnings = tuple(source.warnings())
    summary = session.finish()
    summary = replace(summary, notes=(*summary.notes, *sight.notes()))
    outcome = Outcome(number, exercise, summary, info, stretch, warnings)
    hand_on([outcome], observers)
    return outcome


def require_person(info: SourceInfo) -> None:
    """SourceError if nobody is to be seen in what was gone through."""
    if not info.frames_with_pose:
        raise SourceError(
            "Nobody was found in {file}. Film with good light from at most 4 m away, and keep your "
            "whole body in the picture, including your head.",
            file=info.path,
        )
