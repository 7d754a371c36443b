"""Which exercises are so much alike that both may fit one movement, and which goes first."""

from collections.abc import Mapping, Sequence

from formcheck.exercise import Exercise, Measure


def kinship(exercises: Sequence[Exercise]) -> Mapping[str, frozenset[str]]:
    """To which of the others each gives way where both fit about as well: kin that is before it."""
    families = _families(exercises)
    return {
        exercise.name: frozenset(
            other.name
            for other in exercises[:place]
            if families[other.name] == families[exercise.name]
        )
        for place, exercise in enumerate(exercises)
    }


def _families(exercises: Sequence[Exercise]) -> dict[str, str]:
    """The first of its family for each: of its variants, its copies, and theirs."""
    families = {exercise.name: exercise.name for exercise in exercises}
    for i, one in enumerate(exercises):
        for other in exercises[:i]:
            if _are_kin(one, other):
                old, new = families[one.name], families[other.name]
                families = {name: new if f == old else f for name, f in families.items()}
    return families


def _are_kin(one: Exercise, other: Exercise) -> bool:
    is_variant = one.variant_of == other.name or other.variant_of == one.name
    return is_variant or _shape(one) == _shape(other)


def _shape(exercise: Exercise) -> tuple[object, ...]:
    """What a copy has in common with what it was copied from, whatever its limits are."""
    rep = (exercise.rep.direction, _plan(exercise.main)) if exercise.rep else None
    conditions = [start.when for start in exercise.start]
    conditions += [hallmark.when for hallmark in exercise.hallmarks]
    asked = frozenset(
        (condition.subject, _plan(exercise.measure(condition.name))) for condition in conditions
    )
    return (exercise.sides, exercise.camera.view, rep, asked)


def _plan(measure: Measure) -> tuple[object, ...]:
    return (measure.kind, measure.landmarks, measure.terms, measure.since_rest)
