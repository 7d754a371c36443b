"""How far the values of measures may be off, because of how MediaPipe sees bodies.

docs/atlas.md has the errors that were found, for each measure of each exercise.
"""

from itertools import pairwise
from math import atan, cos, degrees, hypot, radians, sin, sqrt, tan

from formcheck.exercise import Condition, Exercise, Measure
from formcheck.measuring.kinds import DEGREES, KINDS, lies_along

LIMBS = {
    frozenset(("shoulder", "elbow")): 0.55,
    frozenset(("elbow", "wrist")): 0.5,
    frozenset(("shoulder", "wrist")): 1.0,
    frozenset(("shoulder", "ear")): 0.35,
    frozenset(("ear", "nose")): 0.22,
    frozenset(("hip", "ankle")): 1.65,
    frozenset(("hip", "hip")): 0.4,
    frozenset(("shoulder", "shoulder")): 0.7,
    frozenset(("heel", "foot_index")): 0.28,
}
"""How far apart two landmarks of a grown-up are, in torsos."""
PLACES = {"shoulder": 1.0, "elbow": 1.0, "hip": 0.0, "knee": -0.9, "ankle": -1.75}
"""Where along a stretched body, the forearms upright, landmarks are, in torsos."""
LIMB = 0.9
"""The same of others: a trunk, a thigh, a shank."""
RATIO_ERROR = 0.12
"""The same of a length as a share of its length at rest."""
CHANGE = 0.6
"""Share of the error that is left in a change since rest: what is always off alike is not."""


def measuring_error(exercise: Exercise, measure: Measure) -> float:
    """How far a value may be off, in its own unit, because of how MediaPipe sees bodies."""
    if measure.since_rest == "ratio":
        return RATIO_ERROR
    share = CHANGE if measure.since_rest == "change" else 1.0
    if not measure.terms:
        return share * _own_error(measure)
    errors = [
        abs(factor) * measuring_error(exercise, exercise.measure(name))
        for name, factor in measure.terms
    ]
    return share * (max(errors) if measure.kind == "mean" else hypot(*errors))


def _own_error(measure: Measure) -> float:
    kind = KINDS[measure.kind]
    parts = [name.split("_", 1)[-1] if name != "foot_index" else name for name in measure.landmarks]
    if measure.kind == "rise" and len(parts) == 3:
        return kind.error * _lever(*parts)
    if kind.unit != DEGREES or len(parts) < 2:
        return kind.error
    limbs = [LIMBS.get(frozenset(pair), LIMB) for pair in pairwise(parts)]
    return hypot(*(degrees(kind.error / limb) for limb in limbs))


def _lever(point: str, a: str, b: str) -> float:
    """How many times the error over one landmark the error over the line through two is.

    Between the two it is about the same; beyond them the line's own error grows with the distance.
    """
    if not {point, a, b} <= PLACES.keys():
        return 1.0
    share = (PLACES[point] - PLACES[a]) / (PLACES[b] - PLACES[a])
    return max(1.0, hypot(1.0, 1.0 - share, share) / hypot(1.0, 1.0))


HOLD_ERROR = 0.12
"""How far the seconds of a hold may be off."""
WAY_ERROR = 0.25
"""The same of the way out or back, as a share of the limit. MediaPipe smooths what moves: a way
begins late and ends early. Of 497 ways in rendered clips, quick and slow ones, a tenth looked a
quarter shorter than they were."""


def condition_error(exercise: Exercise, condition: Condition) -> float:
    """How far the value of a condition may be off, in its own unit."""
    if condition.subject == "duration":
        return HOLD_ERROR if condition.name == "hold" else WAY_ERROR * condition.limit
    error = measuring_error(exercise, exercise.measure(condition.name))
    return CHANGE * error if condition.subject == "fall" else error


def blur(off: float) -> float:
    """How many times its usual error a measure may be off, seen from beside the view asked for.

    What happens in the plane of a movement is foreshortened by the cosine. From where nothing is
    judged any more it does not matter.

    Args:
        off: degrees that the camera is off that view; NaN = unknown.
    """
    return 1.0 / max(0.5, cos(radians(off))) if off == off else 1.0


def foreshortening(exercise: Exercise, condition: Condition, seen: float) -> float:
    """How much shorter than its limit a way may look, seen from beside the view asked for.

    A body that comes forward by half a torso is seen to come 0.35, from 45 degrees off the side.
    Only a change does so for certain: the distance of two feet holds how far apart they stand, too.

    Args:
        exercise: whose condition it is.
        condition: its limit is in question.
        seen: the `blur` of where the camera looks from; what is beyond the view's limit counts no
            further.
    """
    measure = exercise.measure(condition.name)
    is_change = measure.since_rest == "change" and lies_along(exercise, measure)
    if not is_change or condition.above is None:
        return 0.0
    return max(0.0, condition.above) * (1 - 1 / min(seen, blur(exercise.camera.within)))


def steepening(limit: float, seen: float) -> float:
    """How many degrees too high a limb looks that is raised from the floor just to a limit.

    From beside the view the length along the floor is foreshortened, and the height is not: a leg
    raised by 45 degrees looks raised by 55, from 45 degrees off.

    Args:
        limit: degrees.
        seen: the `blur` of where the camera looks from.
    """
    return degrees(atan(seen * tan(radians(limit)))) - limit if 0 < limit < 90 else 0.0


def raised_limit(exercise: Exercise, condition: Condition) -> float:
    """The limit of a condition on how far somebody who lies may raise a limb; 0 for any other."""
    if condition.subject == "duration" or condition.above is None or not _lies(exercise):
        return 0.0
    is_raised = exercise.measure(condition.name).kind in ("swing", "tilt")
    return condition.above if is_raised else 0.0


def _lies(exercise: Exercise) -> bool:
    """Whether somebody lies in the start position of an exercise: the trunk is about level."""
    return any(
        exercise.measure(start.when.name).kind == "tilt"
        and start.when.holds(0.0)
        and not start.when.holds(90.0)
        for start in exercise.start
    )


DOWN = 20.0
"""Degrees that a camera looks down: one on a table, a metre above somebody who lies 2.8 m away."""
STEEPEST = 50.0
"""Degrees by which a trunk that lies on the floor may look tilted at most, from anywhere."""


def floor_tilt(seen: float) -> float:
    """How many degrees a line on the floor may look tilted to a camera that looks down.

    Args:
        seen: the `blur` of where the camera looks from. Square to the line it looks level.
    """
    return degrees(atan(sqrt(seen**2 - 1) * sin(radians(DOWN))))


def room_for_tilt(exercise: Exercise, condition: Condition) -> float:
    """By how many degrees a limit for somebody who lies may be missed at most because of that."""
    is_tilt = exercise.measure(condition.name).kind == "tilt"
    if not is_tilt or condition.above is None or condition.below is None:
        return 0.0
    return max(0.0, STEEPEST - max(condition.below, -condition.above))
