"""Numbers, limits and names in words, the same wherever a person reads them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import floor, isfinite

from formcheck.events import FaultFound, Unjudged, titled
from formcheck.exercise import Condition, Severity, Side
from formcheck.language.sentences import Sentence, of_number
from formcheck.language.tongue import language, number, tr

SEVERITY_WORDS: dict[Severity, str] = {
    "safety": Sentence("not safe"),
    "fault": Sentence("needs work"),
    "hint": Sentence("tip"),
}
"""What a severity means to whoever exercises."""


COUNTS: dict[str, Callable[[int], Sentence]] = {
    "rep": lambda n: of_number("{number} rep", "{number} reps", n),
    "hold": lambda n: of_number("{number} hold", "{number} holds", n),
    "time": lambda n: of_number("{number} time", "{number} times", n),
    "check": lambda n: of_number("{number} check", "{number} checks", n),
    "day": lambda n: of_number("{number} day", "{number} days", n),
    "set": lambda n: of_number("{number} set", "{number} sets", n),
    "session": lambda n: of_number("{number} session", "{number} sessions", n),
    "walk": lambda n: of_number("{number} walk", "{number} walks", n),
    "clip": lambda n: of_number("{number} clip", "{number} clips", n),
    "attempt": lambda n: of_number("{number} attempt", "{number} attempts", n),
}
"""What is counted where a person may read another language."""
SIDE_WORDS: dict[Side, Sentence] = {"left": Sentence("Left"), "right": Sentence("Right")}
"""A side where it begins a line."""
ON_SIDE: dict[Side, Sentence] = {
    "left": Sentence("left side"),
    "right": Sentence("right side"),
}
"""A side within a line."""
KEEPING_CAPITALS = ("de",)
"""Languages in which a noun keeps its capital letter within a sentence."""


def count(number: int, word: str) -> str:
    """How many of something, as `1 rep` or `3 reps`."""
    if word in COUNTS:
        return tr(COUNTS[word](number))
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def spaced(name: str) -> str:
    """A name as words within a sentence: `hold_too_short` is `hold too short`."""
    return name.replace("_", " ")


def plain(name: str) -> str:
    """A name as words that begin a line: `hold_too_short` is `Hold too short`."""
    return titled(name)


def lowered(title: str) -> str:
    """A title within a sentence: `Hold too short` is `hold too short`, `TV` stays as it is."""
    if language() in KEEPING_CAPITALS:
        return title
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def lowered_titles(told: Iterable[FaultFound | Unjudged]) -> tuple[str, ...]:
    """The titles of faults, in the reader's language, as they stand within a sentence."""
    return tuple(lowered(tr(each.title)) for each in told)


def raised(words: str) -> str:
    """Words as they begin a line, with a capital letter; the others stay as they are."""
    return f"{words[:1].upper()}{words[1:]}"


def as_name(words: str) -> str:
    """Plain words written as a name: `Hold too short` is `hold_too_short`."""
    kept = "".join(letter if letter.isalnum() else " " for letter in words.lower())
    return "_".join(kept.split())


@dataclass(frozen=True, slots=True)
class Scale:
    """How a person is told a number of a unit."""

    unit: str
    """As it is written behind the number, with its space."""
    factor: float = 1.0
    decimals: int = 0

    def of(self, value: float) -> float:
        """The number to tell."""
        return round(self.factor * value, self.decimals) + 0.0  # no -0

    def number(self, value: float) -> str:
        """The number as it is written, without its unit."""
        return number(self.of(value), f".{self.decimals}f")

    def quantity(self, value: float) -> Sentence:
        """The number with its unit, to be said in any language."""
        pattern = f"{{value:.{self.decimals}f}}{self.unit}"
        return Sentence(pattern, value=self.of(value))


TORSO = 50.0
"""Centimetres from the shoulders to the hips of a grown-up of usual size."""
SCALES = {
    "degrees": Scale("°"),
    "s": Scale(" s", decimals=1),
    "torsos": Scale(" cm", TORSO),
    "of the way": Scale("%", 100.0),
    "of its rest length": Scale("%", 100.0),
}


def scale_of(unit: str) -> Scale:
    """How a person is told numbers of a unit."""
    bare = unit.strip()
    return SCALES.get(bare, Scale(f" {bare}" if bare else "", decimals=2))


def amount(value: float | None, unit: str, unknown: str = "-") -> str:
    """A number with its unit, as short as can be."""
    if value is None or not isfinite(value):
        return unknown
    scale = scale_of(unit)
    return f"{scale.number(value)}{scale.unit}"


def shortfall(went: float, needed: float, unit: str, is_down: bool = False) -> Sentence:
    """How far something got, and how far it had to: never the same number for both."""
    got, wanted = scale_of(unit).quantity(went), scale_of(unit).quantity(needed)
    if got == wanted:
        return Sentence("just short of {wanted}", wanted=wanted)
    if is_down:
        return Sentence("only down to {got}, needs {wanted}", got=got, wanted=wanted)
    return Sentence("only {got}, needs {wanted}", got=got, wanted=wanted)


ALMOST = {
    "only {got}, needs {wanted}": Sentence("Almost: {got} of {wanted}."),
    "only down to {got}, needs {wanted}": Sentence("Almost: down to {got}. It takes {wanted}."),
}
"""How a `shortfall` is told to somebody who is trying, by its pattern."""


def almost(why: str) -> Sentence | None:
    """How far an attempt got, in a few words; none where its shortfall has no two numbers."""
    if not isinstance(why, Sentence) or why.pattern not in ALMOST:
        return None
    return Sentence(ALMOST[why.pattern], **why.parts)


def seconds(value: float | None, unknown: str = "-") -> str:
    """A duration to a tenth of a second."""
    return unknown if value is None or not isfinite(value) else f"{number(value, '.1f')} s"


def clock(time: float) -> str:
    """A time as people read it: minutes and seconds."""
    whole = max(0, floor(time))
    return f"{whole // 60}:{whole % 60:02d}"


def percent(share: float) -> str:
    """A share in whole hundredths, or a dash where it is unknown."""
    return f"{100 * share:.0f}%" if isfinite(share) else "-"


def percent_of(part: int, whole: int) -> int:
    """How many hundredths of the whole a part is: 100 only if it is all of it."""
    return 100 * part // max(1, whole)


def extent(values: Sequence[float], unit: str) -> str:
    """From the lowest to the highest of some values, or the one that all are, with the unit."""
    scale = scale_of(unit)
    low, high = scale.number(min(values)), scale.number(max(values))
    if low == high:
        return f"{low}{scale.unit}"
    return tr("{low} to {high}{unit}", low=low, high=high, unit=scale.unit)


def span(start: float, end: float) -> str:
    """From when to when something went on, in seconds."""
    low, high = number(start, ".1f"), number(end, ".1f")
    return tr("{low} to {high}{unit}", low=low, high=high, unit=" s")


def bounds(low: float | None, high: float | None, unit: str = "", digits: int = 6) -> str:
    """Where a value may lie, as `at least 3 s` or `3 to 5 s`; nothing where it may be anything."""
    ends = [number(end, f".{digits}g") for end in (low, high) if end is not None]
    if len(ends) == 2:
        return tr("{low} to {high}{unit}", low=ends[0], high=ends[1], unit=unit)
    if not ends:
        return ""
    if low is None:
        return tr("at most {end}{unit}", end=ends[0], unit=unit)
    return tr("at least {end}{unit}", end=ends[0], unit=unit)


def limits(condition: Condition, unit: str = "") -> str:
    """What a value must be beyond, as `above 3 s` or `above 3 and below 5`."""
    ends = (("above", condition.above), ("below", condition.below))
    return " and ".join(f"{word} {end:g}{unit}" for word, end in ends if end is not None)


def should(condition: Condition, unit: str = "") -> str:
    """What to aim for instead of the value of a fault's condition."""
    scale = scale_of(unit)
    limits = (condition.above, condition.below)
    ends = [number(scale.of(end), "g") for end in limits if end is not None]
    if len(ends) == 2:
        return tr("keep out of {low} to {high}{unit}", low=ends[0], high=ends[1], unit=scale.unit)
    if condition.above is not None:
        return tr("stay at or below {end}{unit}", end=ends[0], unit=scale.unit)
    return tr("aim for {end}{unit} or more", end=ends[0], unit=scale.unit)
