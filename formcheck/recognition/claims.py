"""From claims that may contradict each other to what was done when."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import inf

from formcheck.events import Stretch

PAUSE = 20.0
"""Seconds without a claim of the same exercise after which its next claim begins a new stretch."""
CLEARLY = 2.0
"""How many times as long as its rival an exercise must have been claimed, to be preferred."""
OVERLAP = 0.2
"""Share of the shorter of two claims in which they must overlap to contradict each other."""
INSIDE = 0.8
"""Share of a claim that must lie within another one to be inside it."""
ENOUGH = 2
"""Claims that a stretch needs: one movement alone can look like anything."""
MOST = 0.5
"""Share of a whole recording that one claim must fill to be enough by itself."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A rep or hold that an exercise counted."""

    exercise: str
    start: float
    end: float
    worth: float = 1.0
    """How many reps it is as good as: 1 for a rep; a hold tells the more the longer it is."""

    @property
    def seconds(self) -> float:
        """How long it is."""
        return self.end - self.start


def resolve(claims: Iterable[Claim], length: float = inf) -> tuple[Stretch, ...]:
    """From claims that may contradict each other to what was done when.

    Args:
        claims: in any order.
        length: seconds of the whole recording; unless it is over, nobody knows.
    """
    runs = [run for group in _by_exercise(_distinct(claims)).values() for run in _runs(group)]
    weights = {claim: sum(each.seconds for each in run) for run in runs for claim in run}
    rivals = {claim: [r for r in weights if _contradict(claim, r)] for claim in weights}
    beaten = {
        claim
        for claim, others in rivals.items()
        if any(weights[other] >= CLEARLY * weights[claim] for other in others)
    }
    kept = _without_strays(set(weights) - beaten)
    contested = {claim for claim in kept if any(rival in kept for rival in rivals[claim])}
    groups = _groups(sorted(kept, key=lambda each: each.start), contested)
    return tuple(_stretch(group, contested, length) for group in groups)


def _distinct(claims: Iterable[Claim]) -> list[Claim]:
    """Leave out a claim in whose time another exercise counted several movements of its own."""
    claims = list(claims)
    return [claim for claim in claims if max(_inside(claim, claims).values(), default=0) < ENOUGH]


def _inside(claim: Claim, others: Iterable[Claim]) -> Counter[str]:
    """How many claims of each other exercise lie within this one."""
    return Counter(
        other.exercise
        for other in others
        if other.exercise != claim.exercise
        and min(claim.end, other.end) - max(claim.start, other.start) >= INSIDE * other.seconds
    )


def _by_exercise(claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    groups: dict[str, list[Claim]] = {}
    for claim in sorted(claims, key=lambda each: each.start):
        groups.setdefault(claim.exercise, []).append(claim)
    return groups


def _runs(claims: Sequence[Claim]) -> list[list[Claim]]:
    """Claims of one exercise in order of time, parted where it paused."""
    runs: list[list[Claim]] = []
    for claim in claims:
        if not runs or claim.start - runs[-1][-1].end > PAUSE:
            runs.append([])
        runs[-1].append(claim)
    return runs


def _contradict(a: Claim, b: Claim) -> bool:
    """Whether two claims are of two exercises at one time."""
    overlap = min(a.end, b.end) - max(a.start, b.start)
    return a.exercise != b.exercise and overlap > OVERLAP * min(a.seconds, b.seconds)


def _without_strays(claims: set[Claim]) -> set[Claim]:
    """Leave out what is not enough by itself and lies amid a run of another exercise."""
    runs = [run for group in _by_exercise(claims).values() for run in _runs(group)]
    solid = [run for run in runs if _is_enough(run)]
    stray = {
        claim
        for run in runs
        if not _is_enough(run)
        for claim in run
        if any(r[0].start < claim.end and claim.start < r[-1].end for r in solid)
    }
    return claims - stray


def _is_enough(run: Sequence[Claim]) -> bool:
    return sum(claim.worth for claim in run) >= ENOUGH


def _groups(claims: Sequence[Claim], contested: set[Claim]) -> Iterator[list[Claim]]:
    """Part claims in order of time where the exercise changes, pauses, or is not sure."""
    group: list[Claim] = []
    for claim in claims:
        if group and not _goes_on(group[-1], claim, contested):
            yield group
            group = []
        group.append(claim)
    if group:
        yield group


def _goes_on(before: Claim, claim: Claim, contested: set[Claim]) -> bool:
    if claim.start - before.end > PAUSE:
        return False
    if claim in contested or before in contested:
        return claim in contested and before in contested
    return claim.exercise == before.exercise


def _stretch(group: Sequence[Claim], contested: set[Claim], length: float) -> Stretch:
    counts = Counter(claim.exercise for claim in group)
    is_long = sum(claim.seconds for claim in group) > MOST * length
    is_known = group[0] not in contested and (is_long or _is_enough(group))
    return Stretch(
        exercise=group[0].exercise if is_known else None,
        start=group[0].start,
        end=max(claim.end for claim in group),
        claims=tuple(counts.most_common()),
    )
