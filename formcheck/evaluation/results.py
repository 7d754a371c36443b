"""What an evaluation of labelled clips is: their scores, and what had to be left out."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from formcheck.evaluation.label_files import LabelledClip
from formcheck.evaluation.scoring import ClipScore, RuleScore
from formcheck.exercise import Exercise

Recognition = Literal["right", "unknown", "wrong"]


@dataclass(frozen=True, slots=True)
class ScoredClip:
    """A clip, the exercise it was judged by, and the score."""

    name: str
    """The clip's file name, or its path where others have the same name."""
    clip: LabelledClip
    exercise: Exercise
    score: ClipScore
    recognised: tuple[str | None, ...] | None = None
    """What its stretches were taken for with no exercise named; none where that was not tried."""

    @property
    def recognition(self) -> Recognition | None:
        """Whether it was taken for what it is; unknown is no error."""
        if self.recognised is None:
            return None
        named = set(self.recognised) - {None}
        if not named:
            return "unknown"
        return "right" if named == {self.exercise.name} else "wrong"


@dataclass(frozen=True, slots=True)
class Skipped:
    """Labels that could not be used, and why."""

    file: Path
    reason: str
    exercise: str | None = None
    is_broken: bool = False
    """Whether a file is at fault; otherwise no definition of the exercise exists."""


@dataclass(frozen=True, slots=True)
class ExerciseScores:
    """All clips of one exercise."""

    exercise: Exercise
    clips: Sequence[ScoredClip]

    @property
    def scores(self) -> list[ClipScore]:
        """Their scores."""
        return [each.score for each in self.clips]

    @property
    def recognitions(self) -> dict[Recognition, int]:
        """How many clips were recognised rightly, not, and wrongly."""
        kinds: tuple[Recognition, ...] = get_args(Recognition)
        return {kind: sum(each.recognition == kind for each in self.clips) for kind in kinds}


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All that was evaluated, and what was not."""

    clips: Sequence[ScoredClip]
    skipped: Sequence[Skipped] = ()
    left_out: int = 0
    """Label files of exercises that were not asked for."""

    def by_exercise(self) -> list[ExerciseScores]:
        """The clips that show an exercise, exercise by exercise in order of name."""
        shown = [each for each in self.clips if each.score.labels.exercise is not None]
        exercises = {each.exercise.name: each.exercise for each in shown}
        return [
            ExerciseScores(exercise, [each for each in shown if each.exercise.name == name])
            for name, exercise in sorted(exercises.items())
        ]

    def elsewhere(self) -> list[ScoredClip]:
        """The clips of something else, in which nothing may count: one for each that watched."""
        return [each for each in self.clips if each.score.labels.exercise is None]


def misfires(clips: Sequence[ScoredClip]) -> list[tuple[ScoredClip, RuleScore]]:
    """Where rules fired falsely or were missed, or could not be judged though the fault is there.

    Rule by rule, so that the author of one finds all that is said of it together.
    """
    found = [(clip, rule) for clip in clips for rule in clip.score.rules if _is_misfire(rule)]
    order = {f.name: i for clip in clips for i, f in enumerate(clip.exercise.faults)}
    return sorted(found, key=lambda each: (order[each[1].rule], each[1].outcome))


def _is_misfire(rule: RuleScore) -> bool:
    return rule.outcome in ("false", "missed") or (rule.outcome == "not_judged" and rule.expected)
