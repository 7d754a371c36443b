"""formcheck: watches a person exercise, counts reps and holds, and names faults of form.

The whole product is one loop:

    session = Session(load_exercise("bridge"))
    with open_source("clip.mp4", find_model) as poses:
        for pose in poses:
            for event in session.update(pose).events:
                print(event)
    print(session.finish())

`check("clip.mp4", "bridge")` does just that, and `check("clip.mp4")` finds out the exercise.
Names are imported when they are first used, so that `import formcheck` needs neither OpenCV nor
MediaPipe.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    __version__: str
    from formcheck.batch.many import SourceResult, check_many
    from formcheck.checking.calls import Measures, Recognised, check, measures, recognise
    from formcheck.counting.session import Session
    from formcheck.definition.loading import load_exercise
    from formcheck.errors import FormcheckError
    from formcheck.events import (
        Event,
        FaultFound,
        Hold,
        Partial,
        Rep,
        Set,
        Snapshot,
        Summary,
    )
    from formcheck.exercise import Exercise
    from formcheck.landmarks.model_file import find_model
    from formcheck.observer import Stretch
    from formcheck.pose import Pose
    from formcheck.recognition.recogniser import Recogniser
    from formcheck.sources.opening import open_source

_HOMES = {
    "check": "checking.calls",
    "check_many": "batch.many",
    "SourceResult": "batch.many",
    "measures": "checking.calls",
    "Measures": "checking.calls",
    "FormcheckError": "errors",
    "Event": "events",
    "FaultFound": "events",
    "Hold": "events",
    "Partial": "events",
    "Rep": "events",
    "Set": "events",
    "Snapshot": "events",
    "Summary": "events",
    "Exercise": "exercise",
    "load_exercise": "definition.loading",
    "find_model": "landmarks.model_file",
    "Pose": "pose",
    "Recogniser": "recognition.recogniser",
    "Recognised": "checking.calls",
    "Stretch": "observer",
    "recognise": "checking.calls",
    "Session": "counting.session",
    "open_source": "sources.opening",
}

__all__ = [
    "Event",
    "Exercise",
    "FaultFound",
    "FormcheckError",
    "Hold",
    "Measures",
    "Partial",
    "Pose",
    "Recognised",
    "Recogniser",
    "Rep",
    "Session",
    "Set",
    "Snapshot",
    "SourceResult",
    "Stretch",
    "Summary",
    "check",
    "check_many",
    "find_model",
    "load_exercise",
    "measures",
    "open_source",
    "recognise",
]


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("formcheck")
    if name in _HOMES:
        return getattr(import_module(f"formcheck.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'formcheck' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
