"""What to work on, as every result tells it: each fault once, and attempts that stopped short."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from formcheck.events import Partial, Summary
from formcheck.exercise import SEVERITIES, Exercise, Fault, Severity
from formcheck.language.tongue import tr
from formcheck.measuring.saying import fault_words
from formcheck.wording import SEVERITY_WORDS, count

SHORT = "not_counted"
"""What stands for a fault's name where attempts stopped short: of no fault in a file."""


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing to work on."""

    name: str
    title: str
    severity: Severity
    cue: str
    why: str
    number: int
    """In how many reps, holds or attempts."""
    details: str
    """What was seen, and what to aim for."""

    @property
    def times(self) -> str:
        """In how many, in words."""
        return count(self.number, "time")

    @property
    def urgency(self) -> str:
        """Its severity, in words for whoever exercises."""
        return tr(SEVERITY_WORDS[self.severity])


def advice(exercise: Exercise, summary: Summary) -> list[Advice]:
    """What to work on, the most urgent first, and of those the most frequent.

    Where as many attempts stopped short as had any fault, that goes first: they did not even count.
    """
    counts = Counter(fault.name for fault in summary.faults)
    faults = [fault for fault in exercise.faults if fault.name in counts]
    faults.sort(key=lambda fault: (SEVERITIES.index(fault.severity), -counts[fault.name]))
    told = [_of_fault(fault, exercise, summary) for fault in faults]
    short = list(_stopped_short(summary))
    if not short:
        return told
    is_unsafe = any(fault.severity == "safety" for fault in faults)
    is_main = not is_unsafe and len(short) >= max(counts.values(), default=0)
    at = 0 if is_main else len(told)
    return [*told[:at], _of_short(short, exercise), *told[at:]]


def _of_fault(fault: Fault, exercise: Exercise, summary: Summary) -> Advice:
    found = [each.value for each in summary.faults if each.name == fault.name]
    return Advice(
        name=fault.name,
        title=tr(fault.title),
        severity=fault.severity,
        cue=tr(fault.cue),
        why=tr(fault.why),
        number=len(found),
        details=fault_words(exercise, fault, found),
    )


def _stopped_short(summary: Summary) -> Iterator[Partial]:
    return (each for each in summary.partials if each.code in ("too_small", "too_short"))


def _of_short(short: list[Partial], exercise: Exercise) -> Advice:
    """Attempts that did not count, by the one that came nearest."""
    best = max(short, key=lambda each: exercise.sign * each.peak)
    far, reason = not exercise.is_timed, tr(best.reason)
    return Advice(
        name=SHORT,
        title=tr("Not far enough") if far else tr("Not long enough"),
        severity="fault",
        cue=tr("Go a little further.") if far else tr("Hold a little longer."),
        why=tr("Attempts that stop short don't count."),
        number=len(short),
        details=reason if len(short) == 1 else tr("at best {reason}", reason=reason),
    )
