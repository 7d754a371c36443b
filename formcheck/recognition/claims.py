"""From claims that may contradict each other to what was done when."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf

from formcheck.measuring.timing import overlap
from formcheck.observer import Stretch

PAUSE = 20.0
"""Seconds without a claim of the same exercise after which its next claim begins a new stretch."""
CLEARLY = 2.0
"""How many times as much an exercise must have been claimed as its rival, to be preferred."""
OVERLAP = 0.2
"""Share of the shorter of two claims in which they must overlap to contradict each other."""
INSIDE = 0.8
"""Share of a claim that must lie within another one to be inside it."""
SEVERAL = 2
"""Movements within one claim of another exercise that show it to be none."""
ENOUGH = 1.0
"""Worth of the claims that a stretch needs: one whole rep that shows all that makes it this
exercise."""
STRAY = 2.0
"""Worth below which claims amid or near clearly more of another exercise are a stray: somebody
who comes or goes, or lies down anew."""
SET, BUSY = 3, 0.5
"""Claims of one exercise, and share of their time that they fill, from which they are a set."""
SET_SECONDS = 8.0
"""Seconds that a set must last to be no stray, however little of its hallmarks was seen: nobody
lies down that way."""
MOST = 0.5
"""Share of a whole recording that one claim must fill to be enough by itself."""
DOUBTFUL = 0.5
"""What a claim tells, of what it would tell if all hallmarks of its exercise had been seen."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A rep or hold that an exercise counted."""

    exercise: str
    start: float
    end: float
    worth: float = 1.0
    """How many reps it is as good as: 1 for a rep; a hold tells the more the longer it is."""
    is_sure: bool = True
    """Whether all hallmarks were seen. One that was not seen is not asked for."""

    @property
    def seconds(self) -> float:
        """How long it is."""
        return self.end - self.start

    @property
    def credit(self) -> float:
        """How far it is to be believed, from 0 to 1."""
        return 1.0 if self.is_sure else DOUBTFUL

    @property
    def weight(self) -> float:
        """How much it tells against a rival: the longer it is, the more."""
        return self.credit * self.seconds


def resolve(
    claims: Iterable[Claim],
    length: float = inf,
    gives_way: Mapping[str, frozenset[str]] | None = None,
) -> tuple[Stretch, ...]:
    """From claims that may contradict each other to what was done when.

    Args:
        claims: in any order.
        length: seconds of the whole recording; unless it is over, nobody knows.
        gives_way: to which others an exercise gives way where both fit about as well.
    """
    run_of = {claim: run for run in _runs(_distinct(claims)) for claim in run}
    weights = {claim: sum(each.weight for each in run) for claim, run in run_of.items()}
    rivals = {claim: [r for r in weights if _contradict(claim, r)] for claim in weights}
    beaten = {
        claim
        for claim, others in rivals.items()
        if any(weights[other] >= CLEARLY * weights[claim] for other in others)
    }
    kept = set(weights) - beaten
    alike = {
        each
        for claim in kept
        for each in run_of[claim]
        if any(r in kept and r.exercise in _betters(claim, gives_way) for r in rivals[claim])
    }
    kept = _without_strays(kept - alike)
    contested = {claim for claim in kept if any(rival in kept for rival in rivals[claim])}
    groups = _groups(sorted(kept, key=lambda each: each.start), contested)
    return tuple(_stretch(group, contested, alike, length) for group in groups)


def _betters(claim: Claim, gives_way: Mapping[str, frozenset[str]] | None) -> frozenset[str]:
    return (gives_way or {}).get(claim.exercise, frozenset())


def _distinct(claims: Iterable[Claim]) -> list[Claim]:
    """Leave out a claim in whose time another exercise counted several movements of its own."""
    claims = list(claims)
    return [claim for claim in claims if max(_inside(claim, claims).values(), default=0) < SEVERAL]


def _inside(claim: Claim, others: Iterable[Claim]) -> Counter[str]:
    """How many claims of each other exercise lie within this one."""
    return Counter(
        other.exercise
        for other in others
        if other.exercise != claim.exercise and _common(claim, other) >= INSIDE * other.seconds
    )


def _common(a: Claim, b: Claim) -> float:
    """Seconds that two claims share; below 0, those between them."""
    return overlap((a.start, a.end), (b.start, b.end))


def _runs(claims: Iterable[Claim]) -> list[tuple[Claim, ...]]:
    """Claims of one exercise in order of time, parted where it paused."""
    groups: dict[str, list[list[Claim]]] = {}
    for claim in sorted(claims, key=lambda each: each.start):
        runs = groups.setdefault(claim.exercise, [])
        if not runs or claim.start - runs[-1][-1].end > PAUSE:
            runs.append([])
        runs[-1].append(claim)
    return [tuple(run) for runs in groups.values() for run in runs]


def _contradict(a: Claim, b: Claim) -> bool:
    """Whether two claims are of two exercises at one time."""
    return a.exercise != b.exercise and _common(a, b) > OVERLAP * min(a.seconds, b.seconds)


def _without_strays(claims: set[Claim]) -> set[Claim]:
    """Leave out what tells little by itself and lies amid or near clearly more of another."""
    runs = _runs(claims)
    strays = {claim for run in runs if any(_is_stray(run, r) for r in runs) for claim in run}
    return claims - strays


def _is_stray(run: Sequence[Claim], other: Sequence[Claim]) -> bool:
    whole, theirs = (Claim(r[0].exercise, r[0].start, r[-1].end) for r in (run, other))
    is_near = whole.exercise != theirs.exercise and _common(whole, theirs) > -PAUSE
    is_set = make_a_set(run, whole.seconds) and sum(c.seconds for c in run) >= SET_SECONDS
    is_little = _worth(run) < STRAY and not is_set
    return is_near and is_little and _worth(other) >= CLEARLY * _worth(run)


def make_a_set(claims: Sequence[Claim], span: float) -> bool:
    """Whether claims of one exercise that span so many seconds follow as the reps of a set do."""
    return len(claims) >= SET and sum(claim.seconds for claim in claims) >= BUSY * span


def _worth(claims: Iterable[Claim]) -> float:
    return sum(claim.worth * claim.credit for claim in claims)


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


def _stretch(
    group: Sequence[Claim], contested: set[Claim], alike: Iterable[Claim], length: float
) -> Stretch:
    counts = Counter(claim.exercise for claim in group)
    is_long = sum(claim.seconds for claim in group) > MOST * length
    is_known = group[0] not in contested and (is_long or _worth(group) >= ENOUGH)
    also = Counter(c.exercise for c in alike if any(_contradict(c, own) for own in group))
    return Stretch(
        exercise=group[0].exercise if is_known else None,
        start=group[0].start,
        end=max(claim.end for claim in group),
        claims=(*counts.most_common(), *also.most_common()),
    )
