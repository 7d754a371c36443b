"""An exercise for whoever does it: how it goes, where the camera stands, which mistakes are seen.

The rules behind it, with every limit, are said by `words`.
"""

from collections.abc import Iterator
from itertools import groupby

from formcheck.definition.words import aim, wrapped
from formcheck.exercise import SEVERITIES, Exercise, Fault, Severity
from formcheck.language.sentences import Sentence
from formcheck.language.tongue import language, tr
from formcheck.wording import SEVERITY_WORDS, raised

MEANT: dict[tuple[Severity, str], Sentence] = {
    ("safety", "rep"): Sentence("you hear it at once, and the rep is not clean"),
    ("safety", "hold"): Sentence("you hear it at once, and the hold is not clean"),
    ("fault", "rep"): Sentence("the rep counts, but is not clean"),
    ("fault", "hold"): Sentence("the hold counts, but is not clean"),
    ("hint", "rep"): Sentence("the rep is still clean"),
    ("hint", "hold"): Sentence("the hold is still clean"),
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
        meant = tr(MEANT[severity, exercise.counted])
        yield f"{raised(tr(SEVERITY_WORDS[severity]))} ({meant})", list(faults)


def start_cues(exercise: Exercise) -> list[str]:
    """How to get into the start position, each thing once."""
    return list(dict.fromkeys(tr(start.cue) for start in exercise.start))


def view_words(exercise: Exercise) -> str:
    """From where the camera looks, and what comes of it if it does not."""
    camera, words = exercise.camera, tr("The camera sees you from the front.")
    if camera.view == "side":
        words = tr("The camera sees you from the side.")
    skipped = tr(
        "If it is more than {within:g} degrees off, some checks are skipped.", within=camera.within
    )
    return f"{words} {skipped}"


def _head(exercise: Exercise) -> Iterator[str]:
    goal = tr("Aim for {amount}.", amount=aim(exercise))
    if exercise.sides == "each":
        goal = tr("Aim for {amount} on each side.", amount=aim(exercise))
    yield tr(exercise.title)
    yield f"  {tr(exercise.summary)}"
    yield f"  {goal}"
    if called := exercise.called_in.get(language(), exercise.also_called):
        names = tr("Also called: {names}.", names=", ".join(called))
        yield f"  {names}"
    if exercise.caution:
        caution = tr("Take care: {caution}", caution=tr(exercise.caution))
        yield f"  {caution}"


def _camera(exercise: Exercise) -> Iterator[str]:
    yield tr("Where to put the camera")
    yield f"  {tr(exercise.camera.place)}"
    yield f"  {view_words(exercise)}"


def _start(exercise: Exercise) -> Iterator[str]:
    if exercise.start:
        yield tr("How to start")
    for cue in start_cues(exercise):
        yield f"  - {cue}"


def _mistakes(exercise: Exercise) -> Iterator[str]:
    if exercise.faults:
        yield tr("Mistakes it looks for, and what to do about them")
    for heading, faults in mistakes(exercise):
        yield f"  {heading}"
        for fault in faults:
            yield f"  - {tr(fault.title)}: {tr(fault.cue)}"
            yield f"      {tr(fault.why)}"


def _not_seen(exercise: Exercise) -> Iterator[str]:
    if exercise.not_seen:
        yield tr("What the camera cannot see")
    for thing in exercise.not_seen:
        yield f"  - {tr(thing)}"
