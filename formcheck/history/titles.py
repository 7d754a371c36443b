"""What exercises and faults of the history are called, in the language of whoever reads it."""

from functools import cache

from formcheck.definition.loading import load_exercise
from formcheck.errors import ExerciseError
from formcheck.events import FaultFound, titled
from formcheck.exercise import Exercise
from formcheck.language.tongue import about, tr


@cache
def known_exercise(name: str) -> Exercise | None:
    """The exercise of that name, if it is still there to be found."""
    try:
        return load_exercise(name)
    except ExerciseError:
        return None


def exercise_title(name: str, kept: str = "") -> str:
    """The title of an exercise; `kept` is what the history calls it."""
    exercise = known_exercise(name)
    with about(exercise):
        return tr(exercise.title) if exercise else kept or titled(name)


def fault_title(exercise: str, fault: FaultFound) -> str:
    """The title of a fault of an exercise."""
    known = known_exercise(exercise)
    titles = {each.name: each.title for each in known.faults} if known else {}
    with about(known):
        return tr(titles.get(fault.name, fault.title))
