"""An exercise for whoever does it: how it goes, where the camera stands, which mistakes are seen.

The rules behind it, with every limit, are said by `words`.
"""

from collections.abc import Iterator
from itertools import groupby

from formcheck.definition.words import aim, wrapped
from formcheck.exercise import SEVERITIES, Exercise, Fault
from formcheck.wording import SEVERITY_WORDS, raised

MEANT = {
    "safety": "you hear it at once, and the {counted} is not clean",
    "fault": "the {counted} counts, but is not clean",
    "hint": "the {counted} is still clean",
}
"""What comes of a mistake."""


def guide(exercise: Exercise, width: int = 80) -> str:
    """All that somebody needs to do the exercise, as text in lines of at most this width."""
    lines: list[str] = []
    for part in (_head, _camera, _start, _mistakes, _not_seen):
        for line in part(exercise):
            lines.extend(wrapped(line, width))
        lines.append("")
    return "\n".join(lines).rstrip()


def mistakes(exercise: Exercise) -> Iterator[tuple[str, list[Fault]]]:
    """The faults by how much they matter, each group with what that means."""
    ordered = sorted(exercise.faults, key=lambda fault: SEVERITIES.index(fault.severity))
    for severity, faults in groupby(ordered, key=lambda fault: fault.severity):
        meant = MEANT[severity].format(counted=exercise.counted)
        yield f"{raised(SEVERITY_WORDS[severity])} ({meant})", list(faults)


def start_cues(exercise: Exercise) -> list[str]:
    """How to get into the start position, each thing once."""
    return list(dict.fromkeys(start.cue for start in exercise.start))


def view_words(exercise: Exercise) -> str:
    """From where the camera looks, and what comes of it if it does not."""
    camera = exercise.camera
    return (
        f"The camera sees you from the {camera.view}. If it is more than {camera.within:g} degrees "
        "off, some checks are skipped."
    )


def _head(exercise: Exercise) -> Iterator[str]:
    sides = " on each side" if exercise.sides == "each" else ""
    yield exercise.title
    yield f"  {exercise.summary}"
    yield f"  Aim for {aim(exercise)}{sides}."
    if exercise.also_called:
        yield f"  Also called: {', '.join(exercise.also_called)}."
    if exercise.caution:
        yield f"  Take care: {exercise.caution}"


def _camera(exercise: Exercise) -> Iterator[str]:
    yield "Where to put the camera"
    yield f"  {exercise.camera.place}"
    yield f"  {view_words(exercise)}"


def _start(exercise: Exercise) -> Iterator[str]:
    if exercise.start:
        yield "How to start"
    for cue in start_cues(exercise):
        yield f"  - {cue}"


def _mistakes(exercise: Exercise) -> Iterator[str]:
    if exercise.faults:
        yield "Mistakes it looks for, and what to do about them"
    for heading, faults in mistakes(exercise):
        yield f"  {heading}"
        for fault in faults:
            yield f"  - {fault.title}: {fault.cue}"
            yield f"      {fault.why}"


def _not_seen(exercise: Exercise) -> Iterator[str]:
    if exercise.not_seen:
        yield "What the camera cannot see"
    for thing in exercise.not_seen:
        yield f"  - {thing}"
