"""What a person calls a measure, and how its values are said."""

from collections.abc import Sequence

from formcheck.exercise import Condition, Exercise, Fault, Measure
from formcheck.measuring.kinds import unit_of
from formcheck.wording import extent, should, spaced

VALUE = "{value}"
"""Where the value stands in what a file says of a measure; else it stands behind it."""

CALLED = {
    "angle": "angle at the {1}",
    "bend": "angle at the {1}",
    "tilt": "tilt of the line from {0} to {1}",
    "swing": "direction of the line from {0} to {1}",
    "lean": "lean of the line from {0} to {1}",
    "rise": "height of the {0}",
    "ahead": "how far the {0} is in front of the {1}",
    "offset": "distance of the {0} from the line from {1} to {2}",
    "distance": "distance from {0} to {1}",
    "along": "place of the {0} between {1} and {2}",
    "sideways": "place of the {0} across the picture",
    "turn": "turn of the body",
}
"""What the kinds of measure are called where a file does not say it; the landmarks by number."""
OVER = ("", "", " over the {1}", " over the line from {1} to {2}")
"""What a height is over, by the number of landmarks."""
COMPARED = {"no": "", "change": "change of the ", "ratio": "share of the usual "}


def called(measure: Measure) -> str:
    """What a person calls a measure, as words within a sentence."""
    if measure.says:
        return " ".join(measure.says.replace(VALUE, "").split())
    over = OVER[len(measure.landmarks)] if measure.kind == "rise" else ""
    words = (CALLED[measure.kind] + over) if measure.landmarks else spaced(measure.name)
    return COMPARED[measure.since_rest] + words.format(*map(_landmark, measure.landmarks))


def _landmark(name: str) -> str:
    return spaced(name.replace("foot_index", "toes").replace("mid_", "middle_of_the_"))


def seen_words(exercise: Exercise, condition: Condition, values: Sequence[float]) -> str:
    """The values that were seen of a condition, as `trunk lifted 36 to 40°`."""
    seen = extent(values, unit_of(exercise, condition))
    if condition.subject == "duration":
        return f"{phase_words(exercise, condition.name)} {seen}"
    measure = exercise.measure(condition.name)
    if condition.subject == "fall":
        return f"{called(measure)} fell by {seen}"
    if VALUE in measure.says:
        return measure.says.replace(VALUE, seen)
    return f"{called(measure)} {seen}"


def fault_words(exercise: Exercise, fault: Fault, values: Sequence[float]) -> str:
    """What was seen of a fault and what to aim for: `hold 1.2 s; aim for 2.7 s or more`."""
    aim = should(fault.first, unit_of(exercise, fault.first))
    return f"{seen_words(exercise, fault.first, values)}; {aim}"


def phase_words(exercise: Exercise, phase: str) -> str:
    """A phase as a person calls it: hold, way up."""
    if phase == "hold" or exercise.rep is None:
        return {"out": "way out", "back": "way back"}.get(phase, phase)
    return f"way {exercise.rep.ways[phase == 'back']}"
