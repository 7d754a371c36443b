"""Runs exercises over labelled clips and scores what is found."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from formcheck.counting.session import Session
from formcheck.definition.form_problems import suggest
from formcheck.definition.loading import load_exercise, usable_exercises
from formcheck.errors import ExerciseError, Stopped
from formcheck.evaluation.label_files import LabelledClip, find_label_files, read_clips
from formcheck.evaluation.label_words import exercise_name
from formcheck.evaluation.labels import Labels
from formcheck.evaluation.nearest import Sample, sample_of
from formcheck.evaluation.results import Evaluation, ScoredClip, Skipped
from formcheck.evaluation.scoring import score_clip
from formcheck.events import Summary
from formcheck.exercise import Exercise
from formcheck.measuring.tracker import Body, BodyTracker
from formcheck.recognition.recogniser import Recogniser
from formcheck.sources.opening import FindModel, open_source
from formcheck.terminal.bars import time_bar


@dataclass(frozen=True, slots=True)
class Definitions:
    """The exercises to evaluate, by name."""

    exercises: dict[str, Exercise]
    unusable: dict[str, str] = field(default_factory=dict)
    """Why others cannot be used."""
    is_choice: bool = False
    """Whether they were asked for, so that labels of others are left out without a word."""

    @property
    def also_called(self) -> dict[str, tuple[str, ...]]:
        """What each is called in words, by its name."""
        return {name: (each.title, *each.also_called) for name, each in self.exercises.items()}


@dataclass(frozen=True, slots=True)
class _Job:
    """One exercise to be held against one clip's labels."""

    clip: LabelledClip
    exercise: Exercise


class _Watcher:
    """Follows one exercise through a clip."""

    def __init__(self, exercise: Exercise) -> None:
        self._session = Session(exercise)
        self._samples: list[Sample] = []
        self.keeps = False
        """Whether its measures are kept, because a rule may be missed."""

    def watch(self, body: Body, is_present: bool = True) -> None:
        snapshot = self._session.follow(body, is_present)
        if self.keeps:
            self._samples.append(sample_of(snapshot))

    def found(self) -> tuple[Summary, list[Sample]]:
        return self._session.finish(), self._samples


def definitions(wanted: Sequence[str]) -> Definitions:
    """The exercises that were asked for by name or file, or all that have a name.

    Raises:
        ExerciseError: one that was asked for cannot be used, or two have the same name.
    """
    if not wanted:
        return Definitions(*usable_exercises())
    exercises: dict[str, Exercise] = {}
    for each in wanted:
        exercise = load_exercise(each)
        if exercise.name in exercises:
            raise ExerciseError(
                f"The exercise {exercise.name} is there twice; name one file of it."
            )
        exercises[exercise.name] = exercise
    return Definitions(exercises, is_choice=True)


def evaluate(
    places: Sequence[Path],
    known: Definitions,
    find_model: FindModel,
    *,
    others: bool = False,
    recognises: bool = True,
) -> tuple[Evaluation, list[Exception]]:
    """Judge every labelled clip in these files and folders, and score it.

    Args:
        places: the files and folders.
        known: the exercises.
        find_model: finds the pose model when it is needed.
        others: whether every clip is also watched by the exercises that it is not of.
        recognises: whether it is found out, too, what each clip would be taken for.

    Returns:
        The evaluation, and what went wrong with single files or clips: the rest went on.

    Raises:
        LabelError: there are no labels.
    """
    clips, unusable = read_clips(find_label_files(places))
    skipped = [Skipped(each.file, str(each.error), is_broken=True) for each in unusable]
    errors: list[Exception] = [each.error for each in unusable]
    jobs, left_out = _jobs(clips, known, skipped)
    if others:
        jobs += _other_jobs(clips, known)
    scored: list[ScoredClip] = []
    candidates = _candidates(known) if recognises else ()
    names = _names([job.clip.clip for job in jobs])
    for number, (path, name) in enumerate(names.items(), 1):
        own = [job for job in jobs if job.clip.clip == path]
        try:
            shown = f"{number}/{len(names)} {path.name}"
            scored += _judge(path, name, own, candidates, find_model, shown)
        except KeyboardInterrupt:
            if not scored:
                raise
            done = f"stopped after {number - 1} of {len(names)} clips; here are the results so far."
            errors.append(Stopped(done))
            left = list(names)[number - 1 :]
            unjudged = [job for job in jobs if job.clip.clip in left]
            skipped += _skipped(unjudged, "stopped before this clip was judged")
            break
        except Exception as error:  # of this clip alone: the others are judged all the same
            errors.append(error)
            skipped += _skipped(own, str(error), is_broken=True)
    return Evaluation(scored, skipped, left_out), errors


def _skipped(jobs: Sequence[_Job], why: str, is_broken: bool = False) -> list[Skipped]:
    return [Skipped(job.clip.file, why, job.exercise.name, is_broken) for job in jobs]


def _jobs(
    clips: Sequence[LabelledClip], known: Definitions, skipped: list[Skipped]
) -> tuple[list[_Job], int]:
    """What is to be judged by what, adding to what is skipped; and how many are left out."""
    jobs: list[_Job] = []
    left_out = 0
    for clip in clips:
        if clip.labels.exercise is None:
            jobs += [_Job(clip, exercise) for exercise in known.exercises.values()]
            continue
        name = exercise_name(clip.labels.exercise, known.also_called)
        if name in known.exercises:
            jobs.append(_Job(clip, known.exercises[name]))
        elif known.is_choice:
            left_out += 1
        else:
            skipped.append(Skipped(clip.file, _why_unknown(name, known), name))
    return jobs, left_out


def _other_jobs(clips: Sequence[LabelledClip], known: Definitions) -> list[_Job]:
    """Each clip to be watched by the exercises that it is not of, to which it says nothing."""
    jobs: list[_Job] = []
    for clip in clips:
        if clip.labels.exercise is None:
            continue  # watched by all of them anyway
        own = exercise_name(clip.labels.exercise, known.also_called)
        stranger = replace(clip, labels=Labels(clip.labels.source, None))
        jobs += [_Job(stranger, each) for name, each in known.exercises.items() if name != own]
    return jobs


def _why_unknown(name: str, known: Definitions) -> str:
    if name in known.unusable:
        return known.unusable[name]
    return f"there is no exercise {name!r}{suggest(name, known.exercises)}"


def _candidates(known: Definitions) -> Sequence[Exercise]:
    """What a clip may be taken for; nothing where only some exercises were asked for."""
    return () if known.is_choice else list(known.exercises.values())


def _judge(
    path: Path,
    name: str,
    jobs: Sequence[_Job],
    candidates: Sequence[Exercise],
    find_model: FindModel,
    shown: str,
) -> list[ScoredClip]:
    """Go through a clip once, whatever is to be watched for in it, and score what was found."""
    tracker, recogniser = BodyTracker(), Recogniser(candidates)
    watchers = {job.exercise.name: _Watcher(job.exercise) for job in jobs}
    for job in jobs:
        watchers[job.exercise.name].keeps |= job.clip.labels.exercise is not None
    with open_source(path, find_model) as source, time_bar(shown, source.length) as show:
        for pose in source:
            body = tracker.update(pose)
            for watcher in watchers.values():
                watcher.watch(body, pose.is_present)
            if candidates:
                recogniser.update(pose)
            show(pose.time)
    for body in tracker.finish():
        for watcher in watchers.values():
            watcher.watch(body)
    stretches = recogniser.finish()
    recognised = tuple(stretch.exercise for stretch in stretches) if candidates else None
    found = {exercise: watcher.found() for exercise, watcher in watchers.items()}
    scores = [score_clip(job.clip.labels, job.exercise, *found[job.exercise.name]) for job in jobs]
    return [
        ScoredClip(name, job.clip, job.exercise, score, recognised)
        for job, score in zip(jobs, scores, strict=True)
    ]


def _names(paths: Sequence[Path]) -> dict[Path, str]:
    """What to call each clip: by its file name, unless another has the same."""
    distinct = dict.fromkeys(paths)
    alike = Counter(path.name for path in distinct)
    return {path: path.name if alike[path.name] == 1 else str(path) for path in distinct}
