"""What a person calls a measure, and how its values are said."""

from collections.abc import Sequence

from formcheck.exercise import Condition, Exercise, Fault, Measure
from formcheck.language.sentences import Sentence
from formcheck.language.tongue import tr
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
    "chest": "direction of the chest",
}
"""What the kinds of measure are called where a file does not say it; the landmarks by number."""
OVER = ("", "", " over the {1}", " over the line from {1} to {2}")
"""What a height is over, by the number of landmarks."""
COMPARED = {"no": "", "change": "change of the ", "ratio": "share of the usual "}

WAYS = {"out": "out", "back": "back"}
"""The ways of an exercise that has none of its own: it is only held."""
WAY_WORDS = {
    "up": Sentence("way up"),
    "down": Sentence("way down"),
    "out": Sentence("way out"),
    "back": Sentence("way back"),
}
LANDMARK_WORDS = {
    "nose": Sentence("nose"),
    "left_ear": Sentence("left ear"),
    "right_ear": Sentence("right ear"),
    "left_shoulder": Sentence("left shoulder"),
    "right_shoulder": Sentence("right shoulder"),
    "left_elbow": Sentence("left elbow"),
    "right_elbow": Sentence("right elbow"),
    "left_wrist": Sentence("left wrist"),
    "right_wrist": Sentence("right wrist"),
    "left_hip": Sentence("left hip"),
    "right_hip": Sentence("right hip"),
    "mid_hip": Sentence("mid hip"),
    "mid_shoulder": Sentence("mid shoulder"),
    "left_knee": Sentence("left knee"),
    "right_knee": Sentence("right knee"),
    "left_ankle": Sentence("left ankle"),
    "right_ankle": Sentence("right ankle"),
    "left_heel": Sentence("left heel"),
    "right_heel": Sentence("right heel"),
    "left_foot_index": Sentence("left foot index"),
    "right_foot_index": Sentence("right foot index"),
}


def landmark_words(name: str) -> Sentence:
    """What a landmark is called where it was not seen."""
    return LANDMARK_WORDS.get(name) or Sentence(spaced(name))


def called(measure: Measure) -> str:
    """What a person calls a measure, as words within a sentence."""
    if measure.says:
        return " ".join(tr(measure.says).replace(VALUE, "").split())
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
        return tr("{measure} fell by {seen}", measure=called(measure), seen=seen)
    if VALUE in measure.says:
        return tr(measure.says).replace(VALUE, seen)
    return f"{called(measure)} {seen}"


def fault_words(exercise: Exercise, fault: Fault, values: Sequence[float]) -> str:
    """What was seen of a fault and what to aim for: `hold 1.2 s; aim for 2.7 s or more`."""
    aim = should(fault.first, unit_of(exercise, fault.first))
    return f"{seen_words(exercise, fault.first, values)}; {aim}"


def phase_words(exercise: Exercise, phase: str) -> str:
    """A phase as a person calls it: hold, way up."""
    if phase == "hold":
        return tr("hold")
    way = exercise.rep.ways[phase == "back"] if exercise.rep else WAYS.get(phase, phase)
    return tr(WAY_WORDS[way]) if way in WAY_WORDS else tr("way {way}", way=tr(way))
