"""The sentences of the coach: short, so that they are over in time, and never to be confused.

A bare number is a second of a hold; a rep is always "rep two".
"""

from collections import Counter

from formcheck.events import PartialCode
from formcheck.exercise import Exercise
from formcheck.wording import count

READY = "Good. Start when you're ready."
GO_ON = "Go on."
HOLD = "Hold."
OTHER_SIDE = "Now the other side."
GOOD_REP = "Good rep."
HURTS = "Stopped. This exercise is left out for today."

PARTIAL_WORDS: dict[PartialCode | None, str] = {
    "too_small": "Almost. Go a little further.",
    "too_short": "That was too short to count.",
}
"""What to say after an attempt that did not count; nothing where it was no attempt at this."""

NUMBERS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    *("nineteen", "twenty"),
)


def number(value: int) -> str:
    """A number as a word, or as digits where it is large."""
    return NUMBERS[value] if value < len(NUMBERS) else str(value)


def rep_number(value: int) -> str:
    """The count of a rep."""
    return f"Rep {number(value)}"


def held(value: int, seconds: float) -> str:
    """The count of a hold that is over, and how long it was."""
    holds = "hold" if value == 1 else "holds"
    return f"{number(value).capitalize()} {holds} done: {seconds:.0f} seconds."


def after_hold(exercise: Exercise) -> str:
    """What to do when a hold was long enough."""
    if exercise.rep is None:
        return "You can let go."
    back = exercise.rep.ways[1]
    return "Lower slowly." if back == "down" else f"Slowly {back}."


def ending(counted: int, clean: int, what: str, cues: Counter[str]) -> str:
    """What a set was worth, and the one thing to work on.

    Args:
        counted: reps or holds that counted.
        clean: how many of them were clean.
        what: `rep` or `hold`.
        cues: what was said of faults, and of how many reps.
    """
    words = f"Done. {count(counted, what)}"
    if clean == counted > 0:
        words += ", all clean" if counted > 1 else ", clean"
    elif clean:
        words += f", {clean} clean"
    if not cues:
        return f"{words}."
    ((cue, _),) = cues.most_common(1)
    return f"{words}. Next time: {cue[:1].lower()}{cue[1:]}"
