"""Reads a clip to learn from, out of a video or a recording."""

from pathlib import Path

from formcheck.checking import require_person
from formcheck.courses import Clip
from formcheck.pose import Pose
from formcheck.sources import FindModel, open_source
from formcheck.terminal import note, time_bar


def read_clip(path: Path, reps: int, find_model: FindModel) -> Clip:
    """All poses of a clip that shows so many reps.

    Raises:
        SourceError: it cannot be read, or shows nobody.
        ModelError: it is a video, and the pose model cannot be had.
    """
    poses: list[Pose] = []
    with open_source(path, find_model) as source, time_bar(path.name, source.length) as show:
        for pose in source:
            poses.append(pose)
            show(pose.time)
        require_person(source.info())
    note(source.warnings())
    return Clip(path.name, tuple(poses), reps)
