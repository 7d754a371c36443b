"""The sentences of the coach: short, so that they are over in time, and never to be confused.

A bare number is a second of a hold; a rep is always "rep two".
"""

from collections import Counter

from formcheck.events import Event, PartialCode
from formcheck.exercise import Exercise
from formcheck.language.sentences import Sentence, of_number
from formcheck.wording import COUNTS, almost

READY = Sentence("Good. Start when you're ready.")
GO_ON = Sentence("Go on.")
HOLD = Sentence("Hold.")
OTHER_SIDE = Sentence("Now the other side.")
GOOD_REP = Sentence("Good rep.")
HURTS = Sentence("Stopped. This exercise is left out for today.")

PARTIAL_WORDS: dict[PartialCode | None, Sentence] = {
    "too_small": Sentence("Almost. Go a little further."),
    "too_short": Sentence("That was too short to count."),
    "not_seen": Sentence("I can't see from here whether that counted."),
}
"""What to say after an attempt that did not count; nothing where it was no attempt at this."""


def failed(event: Event) -> Sentence | None:
    """What to say of an attempt that did not count, with how far it was where that is known."""
    words = PARTIAL_WORDS.get(event.code)
    return words and (almost(event.name) or words)


NUMBERS = (
    *(Sentence("zero"), Sentence("one"), Sentence("two"), Sentence("three"), Sentence("four")),
    *(Sentence("five"), Sentence("six"), Sentence("seven"), Sentence("eight"), Sentence("nine")),
    *(Sentence("ten"), Sentence("eleven"), Sentence("twelve"), Sentence("thirteen")),
    *(Sentence("fourteen"), Sentence("fifteen"), Sentence("sixteen"), Sentence("seventeen")),
    *(Sentence("eighteen"), Sentence("nineteen"), Sentence("twenty")),
)


def number(value: int) -> Sentence:
    """A number as a word, or as digits where it is large."""
    return NUMBERS[value] if value < len(NUMBERS) else Sentence(str(value))


def rep_number(value: int) -> Sentence:
    """The count of a rep."""
    return Sentence("Rep {count}", count=number(value))


def held(value: int, seconds: float) -> Sentence:
    """The count of a hold that is over, and how long it was."""
    return of_number(
        "{count!u} hold done: {seconds:.0f} seconds.",
        "{count!u} holds done: {seconds:.0f} seconds.",
        value,
        count=number(value),
        seconds=seconds,
    )


def after_hold(exercise: Exercise) -> Sentence:
    """What to do when a hold was long enough."""
    if exercise.rep is None:
        return Sentence("You can let go.")
    back = exercise.rep.ways[1]
    if back == "down":
        return Sentence("Lower slowly.")
    return Sentence("Slowly {way}.", way=Sentence(back))


def ending(done: int, clean: int, what: str, cues: Counter[str]) -> Sentence:
    """What a set was worth, and the one thing to work on.

    Args:
        done: reps or holds that counted.
        clean: how many of them were clean.
        what: `rep` or `hold`.
        cues: what was said of faults, and of how many reps.
    """
    parts = {"reps": COUNTS[what](done), "clean": _clean(done, clean)}
    if not cues:
        return Sentence("Done. {reps}{clean}.", **parts)
    ((cue, _),) = cues.most_common(1)
    return Sentence("Done. {reps}{clean}. Next time: {cue!l}", cue=Sentence.of(cue), **parts)


def _clean(done: int, clean: int) -> str:
    """How many of those done were clean."""
    if clean == done > 0:
        return Sentence(", all clean") if done > 1 else Sentence(", clean")
    return Sentence(", {clean} clean", clean=clean) if clean else ""
