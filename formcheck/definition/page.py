"""An exercise's page in the documentation, in Markdown, made of nothing but its definition."""

from collections.abc import Iterable, Iterator

from formcheck.definition.guide import mistakes, start_cues, view_words
from formcheck.definition.words import (
    aim,
    beginning_words,
    condition_words,
    counts_words,
    hallmark_words,
    measure_words,
    rule_words,
    seen_words,
)
from formcheck.exercise import Exercise, Fault


def exercise_page(exercise: Exercise, picture: str = "") -> str:
    """The whole page; with a picture of how the exercise goes, if it has one's address."""
    parts = (_how, _camera, _start, _mistakes, _not_seen, _counting, _rules, _measures)
    lines = [*_head(exercise), *_picture(exercise, picture)]
    lines += [line for part in parts for line in part(exercise)]
    return "\n".join(lines).rstrip() + "\n"


def index_page(exercises: Iterable[Exercise]) -> str:
    """The page that links to the pages of all exercises, in their order."""
    lines = ["# Exercises", "", "Each page is generated from the exercise's file.", ""]
    lines += ["| Exercise | Name | Seen from | Aim |", "|---|---|---|---|"]
    lines += [
        f"| [{e.title}]({e.name}.md) | `{e.name}` | the {e.camera.view} | {aim(e)} |"
        for e in exercises
    ]
    return "\n".join(lines) + "\n"


def _head(exercise: Exercise) -> Iterator[str]:
    yield from (f"# {exercise.title}", "", exercise.summary, "")
    if exercise.also_called:
        yield from (f"Also called: {', '.join(exercise.also_called)}.", "")
    if exercise.variant_of:
        base = f"[`{exercise.variant_of}`]({exercise.variant_of}.md)"
        yield from (f"A variant of {base}: a camera can hardly tell them apart.", "")
    if exercise.caution:
        yield from (f"**Take care.** {exercise.caution}", "")


def _picture(exercise: Exercise, address: str) -> Iterator[str]:
    if address:
        yield from (f"![A figure does it: {exercise.title.lower()}.]({address})", "")
        yield from (
            f"`formcheck show {exercise.name} --demo` shows each mistake next to the right way.",
            "",
        )


def _how(exercise: Exercise) -> Iterator[str]:
    each = " on each side" if exercise.sides == "each" else ""
    yield from ("```sh", f"formcheck live {exercise.name}")
    yield from (f"formcheck check my_video.mp4 --exercise {exercise.name}", "```", "")
    yield from (f"Aim for {aim(exercise)}{each}.", "")


def _camera(exercise: Exercise) -> Iterator[str]:
    yield from ("## Where to put the camera", "", exercise.camera.place, view_words(exercise), "")


def _start(exercise: Exercise) -> Iterator[str]:
    if exercise.start:
        yield from ("## How to start", "")
        yield from (f"* {cue}" for cue in start_cues(exercise))
        yield ""


def _mistakes(exercise: Exercise) -> Iterator[str]:
    if exercise.faults:
        yield from ("## Mistakes it looks for", "")
    for heading, faults in mistakes(exercise):
        yield from (f"**{heading}**", "", "| Mistake | What to do | Why |", "|---|---|---|")
        yield from (f"| {fault.title} | {fault.cue} | {fault.why} |" for fault in faults)
        yield ""


def _counting(exercise: Exercise) -> Iterator[str]:
    yield from ("## The rules", "", "For authors of exercises.", "")
    yield from (f"### What counts as a {exercise.counted}", "", "The start position:", "")
    for start in exercise.start:
        yield f"* {condition_words(exercise, start.when)}. If not: “{start.cue}”"
    yield from ("", *_movement(exercise), "")
    for hallmark in exercise.hallmarks:
        yield f"* {hallmark_words(exercise, hallmark)}"
    if exercise.hallmarks:
        yield ""


def _movement(exercise: Exercise) -> Iterator[str]:
    rep, hold = exercise.rep, exercise.hold
    if rep is None:
        yield f"A hold is staying in this position. It counts from {hold.counts:g} s on."
        return
    way = "rises" if rep.direction == "up" else "falls"
    yield f"A rep: `{rep.measure}` {way} from its rest level and comes back."
    yield counts_words(exercise, rep, f"`{rep.measure}`")
    yield from beginning_words(rep, f"`{rep.begins_with}`")


def _rules(exercise: Exercise) -> Iterator[str]:
    if not exercise.faults:
        return
    yield from ("### What is a mistake", "", "| Name | Severity | When |", "|---|---|---|")
    yield from (_row(exercise, fault) for fault in exercise.faults)
    yield ""


def _row(exercise: Exercise, fault: Fault) -> str:
    is_usual = fault.seen == "square" and fault.within is None
    seen = "" if is_usual else f" Judged {seen_words(fault)}."
    return f"| `{fault.name}` | {fault.severity} | {rule_words(exercise, fault)}.{seen} |"


def _not_seen(exercise: Exercise) -> Iterator[str]:
    if exercise.not_seen:
        yield from ("## What the camera cannot see", "")
        yield from (f"* {thing}" for thing in exercise.not_seen)
        yield ""


def _measures(exercise: Exercise) -> Iterator[str]:
    yield from ("### Measures", "")
    for measure in exercise.measures:
        yield f"* `{measure.name}`: {measure_words(measure)}"
    yield from ("", f"The whole file: [`{exercise.name}.toml`]" + _link(exercise))


def _link(exercise: Exercise) -> str:
    return f"(../../exercises/{exercise.name}.toml)."
