"""The atlas's lines about rules: how often each was right, false or missed, by view."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from formcheck.evaluation.results import ExerciseScores
from formcheck.evaluation.run import definitions, evaluate
from formcheck.exercise import Exercise

SAID = {
    "right": "true",
    "false": "false",
    "missed": "missed",
    "not_judged": "not judged",
    "unsure": "either",
}
"""How an outcome is called; reps in which a rule rightly did not fire are only counted."""


def scores(
    folders: Sequence[Path], names: Sequence[str], find_model: Callable[[], Path]
) -> Mapping[str, ExerciseScores]:
    """What came of every rule on MediaPipe's landmarks, by exercise."""
    places = [folder / "mp" for folder in folders]
    found, _ = evaluate(places, definitions(names), find_model)
    return {each.exercise.name: each for each in found.by_exercise()}


def lines(
    exercise: Exercise, scored: ExerciseScores, yaw_of: Callable[[dict[str, Any]], int]
) -> Iterator[str]:
    """A table with a line for each rule, in the exercise's order."""
    counts: dict[tuple[str, int], Counter[str]] = {}
    for clip in scored.clips:
        yaw = yaw_of(json.loads(clip.clip.file.read_text()))
        for rule in clip.score.rules:
            counts.setdefault((rule.rule, yaw), Counter())[rule.outcome] += 1
    yaws = sorted({yaw for _, yaw in counts})
    if not yaws:
        return
    yield "| rule | " + " | ".join(f"{yaw}°" for yaw in yaws) + " |"
    yield "|---|" + "---|" * len(yaws)
    for fault in exercise.faults:
        cells = [_cell(counts.get((fault.name, yaw), Counter())) for yaw in yaws]
        yield f"| {fault.name} ({fault.severity}) | " + " | ".join(cells) + " |"
    yield ""


def _cell(counts: Counter[str]) -> str:
    """Such as `1 true, 2 missed; 6 reps`."""
    said = [f"{counts[outcome]} {word}" for outcome, word in SAID.items() if counts[outcome]]
    return f"{', '.join(said) or '-'}; {counts.total()} reps"
