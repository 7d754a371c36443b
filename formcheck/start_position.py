"""The start position: who is in it, what to say to who is not, and who has left it."""

from collections.abc import Sequence

from formcheck.exercise import Exercise

NOT_IN_SIGHT = "Move so that your whole body is in the picture."


class StartPosition:
    """An exercise's conditions for beginning, over its measures in their order."""

    def __init__(self, exercise: Exercise) -> None:
        places = {measure.name: i for i, measure in enumerate(exercise.measures)}
        self._starts = [(start, places[start.when.name]) for start in exercise.start]

    def is_seen(self, values: Sequence[float]) -> bool:
        """Whether all that it asks about is known."""
        return all(values[place] == values[place] for _, place in self._starts)

    def unmet(self, values: Sequence[float]) -> str:
        """What to say to someone who is not in it; nothing to one who is."""
        for start, place in self._starts:
            if values[place] != values[place]:
                return NOT_IN_SIGHT
            if not start.when.holds(values[place]):
                return start.cue
        return ""

    def is_left(self, values: Sequence[float]) -> bool:
        """Whether a condition is missed by more than its slack."""
        return any(start.is_left(values[place]) for start, place in self._starts)
