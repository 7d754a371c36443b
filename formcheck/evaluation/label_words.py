"""Other words for what formcheck has names for, as other label files have them."""

from collections.abc import Collection, Mapping, Sequence

from formcheck.exercise import Fault
from formcheck.wording import as_name

EXERCISES = {
    "bridging": "bridge",
    "hip_bridge": "bridge",
    "side_leg_raise": "side_lying_leg_raise",
    "side_lying_hip_abduction": "side_lying_leg_raise",
    "curl_up": "crunch",
    "standing_side_leg_raise": "standing_leg_raise",
    "standing_hip_abduction": "standing_leg_raise",
}
"""Other names of exercises."""

TURNED_BACK = {"raise_too_low"}
"""Words for a movement that turned back too early: it is a partial, not a fault of a rep."""


def exercise_name(words: str, known: Mapping[str, Collection[str]]) -> str:
    """The name of an exercise that may go by another; the words as a name if none is known by it.

    Args:
        words: what it is called.
        known: the exercises by name, each with what else it is called.
    """
    name = as_name(words)
    if name in known:
        return name
    other = EXERCISES.get(name, name)
    called = (each for each, others in known.items() if name in map(as_name, others))
    return other if other in known else next(called, name)


def fault_name(words: str, faults: Sequence[Fault]) -> str:
    """The name of the fault that is meant, or the words as a name if there is none."""
    name = as_name(words)
    plain = {_singular(fault.name): fault.name for fault in faults}
    called = {as_name(other): fault.name for fault in faults for other in fault.also_called}
    known = {fault.name: fault.name for fault in faults}
    return known.get(name) or plain.get(_singular(name)) or called.get(name, name)


def _singular(name: str) -> str:
    """A name without the `s` of its words: `lifts_too_high` and `lift_too_high` are the same."""
    return "_".join(word.removesuffix("s") for word in name.split("_"))
