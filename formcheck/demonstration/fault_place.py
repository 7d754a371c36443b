"""Where on the body a fault shows: of what its rule looks at, there where it is furthest astray."""

from collections.abc import Iterator, Sequence

import numpy as np

from formcheck.exercise import MOVING, Exercise, Fault, Measure, Phase, Side
from formcheck.figure.vectors import other
from formcheck.pose import INDEX, Array


def spoilt_phase(fault: Fault) -> Phase | None:
    """The phase that a fault makes too short or too long; None if it is about the body."""
    spoilt = {each.name for each in fault.when if each.subject == "duration"}
    return next((phase for phase in MOVING if phase in spoilt), None)


def looked_at(exercise: Exercise, fault: Fault, side: Side) -> list[str]:
    """The landmarks that a fault's rule looks at, of someone whose this side works or is near."""
    measures = [exercise.measure(each.name) for each in fault.when if each.subject != "duration"]
    names = [name for measure in measures for name in _landmarks(exercise, measure)]
    return list(dict.fromkeys(_of_side(name, side) for name in names))


def _landmarks(exercise: Exercise, measure: Measure) -> Iterator[str]:
    if measure.kind == "turn":  # of the whole trunk; who rolls back turns the hips out of line
        yield "hip"
    yield from measure.landmarks
    for name, _ in measure.terms:
        yield from _landmarks(exercise, exercise.measure(name))


def _of_side(name: str, side: Side) -> str:
    """A landmark's full name: `hip` is the side's own, `other_hip` that of the other one."""
    if name in INDEX or name.startswith("mid_"):
        return name
    bare = name.removeprefix("other_")
    return f"{side if bare == name else other(side)}_{bare}"


def place(landmarks: Array, name: str) -> Array:
    """(T, 3) where a landmark is, or the middle between two, as of `mid_hip`."""
    if name.startswith("mid_"):
        pair = [name.replace("mid", side) for side in ("left", "right")]
        return np.asarray(landmarks[:, [INDEX[each] for each in pair]].mean(axis=1))
    return np.asarray(landmarks[:, INDEX[name]])


def most_astray(wrong: Array, right: Array, names: Sequence[str]) -> tuple[str, Array]:
    """Which of these landmarks goes furthest astray, and by how many metres at each time (T,).

    Args:
        wrong: (T, 33, 3) landmarks.
        right: (T, 33, 3) at the same times.
        names: the landmarks to choose from.
    """
    astray = {
        name: np.linalg.norm(place(wrong, name) - place(right, name), axis=-1) for name in names
    }
    worst = max(astray, key=lambda name: float(astray[name].max()))
    return worst, np.asarray(astray[worst], dtype=np.float64)
