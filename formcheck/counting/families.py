"""Faults that are one mistake: of a family only the worst is told for a rep.

Rules whose limits lie on one measure in one direction are a family by themselves, as `coming high`
and `full sit-up` are; a file may join others.
"""

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from formcheck.exercise import SEVERITIES, Fault


class OfFault(Protocol):
    """Anything that was found of a fault."""

    @property
    def name(self) -> str:
        """The fault's name."""
        ...


Found = TypeVar("Found", bound=OfFault)


class Families:
    """The families of an exercise's faults."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        """Join the faults that have something in common, and those that have it with these."""
        self._family = {fault.name: place for place, fault in enumerate(faults)}
        self._rank = {
            fault.name: (SEVERITIES.index(fault.severity), place)
            for place, fault in enumerate(faults)
        }
        known: dict[object, str] = {}
        for fault in faults:
            for mark in _marks(fault):
                self._join(fault.name, known.setdefault(mark, fault.name))

    def _join(self, one: str, other: str) -> None:
        old, new = self._family[one], self._family[other]
        self._family = {name: new if f == old else f for name, f in self._family.items()}

    def worst(self, *found: Iterable[Found]) -> tuple[tuple[Found, ...], ...]:
        """The same lists with only the worst of each family; one of an earlier list goes first."""
        taken: set[int] = set()
        kept = []
        for each in found:
            ordered = sorted(each, key=lambda one: self._rank[one.name])
            first: dict[int, Found] = {}
            for one in ordered:
                first.setdefault(self._family[one.name], one)
            kept.append(tuple(one for family, one in first.items() if family not in taken))
            taken |= set(first)
        return tuple(kept)

    def is_milder(self, name: str, others: Iterable[str]) -> bool:
        """Whether one of the others is a worse fault of the same family."""
        return any(
            self._family[other] == self._family[name] and self._rank[other] < self._rank[name]
            for other in others
        )


def _marks(fault: Fault) -> Iterable[object]:
    """What faults of one family have in common."""
    if fault.family:
        yield fault.family
    first = fault.first
    yield first.name, first.subject == "fall", first.above is None, first.below is None
