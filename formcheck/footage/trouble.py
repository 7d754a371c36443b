"""What is amiss in a video, and how a person is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

from formcheck.language.sentences import Sentence, in_a_row

MISSING_SECONDS = 1.0
"""So much may be missing at the end of a file before it counts as cut off."""
MOST = 3
"""Times that are told of something that is often so."""


@dataclass(frozen=True, slots=True)
class FileTrouble:
    """What is amiss in a video; times in seconds."""

    damage: tuple[float, ...]
    """After which pictures others could not be read."""
    began_anew: tuple[float, ...]
    gaps: tuple[tuple[float, float], ...]
    """Both as in `FileClock`."""
    ends_early_at: float
    """Endless if it has its whole length."""


def amiss_in_words(troubles: Sequence[FileTrouble]) -> list[str]:
    """What is amiss in successive parts of a file, in words after its name."""
    end = troubles[-1].ends_early_at
    told: list[str] = []
    damage = [time for each in troubles for time in each.damage if not end - time < MISSING_SECONDS]
    began_anew = [time for each in troubles for time in each.began_anew]
    gaps = [gap for each in troubles for gap in each.gaps]
    if damage:
        told.append(
            Sentence(
                "is damaged; formcheck skipped the frames it couldn't read{at}", at=_at(damage)
            )
        )
    if began_anew:
        told.append(
            Sentence(
                "has jumps in its time stamps{at}; formcheck evened them out", at=_at(began_anew)
            )
        )
    told += [
        Sentence("has no frames from {start:.1f} to {end:.1f} s", start=a, end=b)
        for a, b in gaps[:MOST]
    ]
    if isfinite(end):
        told.append(Sentence("is cut short: its frames end after {end:.1f} s", end=end))
    return told


def _at(times: Sequence[float]) -> Sentence:
    """When something was so, as ` at 5.1 s, 7.0 s and later`."""
    moments = [Sentence("{value:.1f} s", value=time) for time in times]
    if len(times) <= MOST:
        return Sentence(" at {times}", times=in_a_row(moments))
    return Sentence(" at {times} and later", times=in_a_row(moments[:MOST]))
