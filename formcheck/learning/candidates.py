"""The measures that `learn` tries: what a person would name when asked what moves."""

from dataclasses import dataclass

from formcheck.exercise import Kind, Measure, View


@dataclass(frozen=True, slots=True)
class Candidate:
    """A measure, and how readily it is chosen."""

    measure: Measure
    words: str
    """What its numbers mean, for the file's comments."""
    plain: float
    """0 to 1: how easy it is to understand, and how little it minds the camera. It decides between
    measures that show the reps about equally well."""
    view: View | None = None
    """From where it means something; none for anywhere."""

    @property
    def is_of_trunk(self) -> bool:
        """Whether it tells how high the trunk is, which is not counted for each side."""
        return self.measure.kind == "rise" and self.measure.landmarks[0] in ("hip", "shoulder")

    @property
    def has_places(self) -> bool:
        """Whether its values mean something by themselves, and not only their change from rest."""
        return self.measure.kind in ("angle", "tilt", "lean")

    def suits(self, is_upright: bool) -> bool:
        """Whether it means something for somebody who is upright at rest, or who lies."""
        return {"tilt": not is_upright, "lean": is_upright}.get(self.measure.kind, True)


def _candidate(
    name: str, kind: Kind, landmarks: str, words: str, plain: float, view: View | None = None
) -> Candidate:
    return Candidate(Measure(name, kind, tuple(landmarks.split())), words, plain, view)


# The trunk and the legs come first. Arms often move along without being what the exercise is about.
# Heights and gaps come last: they depend on how far the camera is tilted.
CANDIDATES: tuple[Candidate, ...] = (
    _candidate("hip_angle", "angle", "shoulder hip knee", "180 = trunk and thigh in line", 1.0),
    _candidate("knee_angle", "angle", "hip knee ankle", "180 = a straight leg", 1.0),
    _candidate("trunk_tilt", "tilt", "mid_hip mid_shoulder", "0 = flat, 90 = upright", 1.0, "side"),
    _candidate(
        "trunk_lean", "lean", "mid_hip mid_shoulder", "0 = upright, 90 = bent forwards", 1.0, "side"
    ),
    _candidate("leg_direction", "swing", "hip ankle", "grows as the leg is raised", 1.0, "front"),
    _candidate("thigh_tilt", "tilt", "hip knee", "direction of the thigh", 0.8, "side"),
    _candidate("shin_tilt", "tilt", "ankle knee", "direction of the shin", 0.8, "side"),
    _candidate("shin_lean", "lean", "ankle knee", "0 = upright, 90 = lying", 0.8, "side"),
    _candidate("elbow_angle", "angle", "shoulder elbow wrist", "180 = a straight arm", 0.85),
    _candidate(
        "arm_direction", "swing", "shoulder wrist", "grows as the arm is raised", 0.8, "front"
    ),
    _candidate("arm_angle", "angle", "hip shoulder elbow", "0 = the arm along the trunk", 0.75),
    _candidate("arm_tilt", "tilt", "shoulder wrist", "direction of the arm", 0.7, "side"),
    _candidate("ankle_angle", "angle", "knee ankle foot_index", "90 = the foot square", 0.7),
    _candidate("hip_height", "rise", "hip ankle", "hips over the ankles", 0.7),
    _candidate("shoulder_height", "rise", "shoulder ankle", "shoulders over the ankles", 0.65),
    _candidate("trunk_height", "rise", "shoulder hip", "shoulders over the hips", 0.65),
    _candidate("knee_height", "rise", "knee hip", "knees over the hips", 0.65),
    _candidate("hand_height", "rise", "wrist shoulder", "hands over the shoulders", 0.6),
    _candidate("foot_height", "rise", "ankle other_ankle", "one ankle over the other", 0.6),
    _candidate("heel_height", "rise", "heel foot_index", "heels over the toes", 0.7),
    _candidate("knee_gap", "distance", "knee other_knee", "from knee to knee", 0.65),
    _candidate("foot_gap", "distance", "ankle other_ankle", "from ankle to ankle", 0.6),
)
