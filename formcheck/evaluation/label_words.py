"""Other words for what formcheck has names for, as other label files have them."""

from collections.abc import Collection, Mapping

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

FAULTS = {
    "arms_not_on_the_chest": "arms_leave_chest",
    "arms_not_on_chest": "arms_leave_chest",
    "bent_knee": "knee_bends",
    "chin_to_chest": "neck_pulled",
    "comes_high": "coming_high",
    "feet_off_the_floor": "feet_lift",
    "full_sit_up": "sit_up",
    "full_sit_up_instead_of_a_crunch": "sit_up",
    "full_situp": "sit_up",
    "hips_over_arched": "over_arched",
    "knee_bent": "knee_bends",
    "over_arch": "over_arched",
    "lift_too_small": "lift_too_low",
    "raise_too_high": "lift_too_high",
    "trunk_rolls_back": "rolls_back",
    "pelvis_rolls_back": "rolls_back",
    "short_hold": "hold_too_short",
    "toes_up": "toes_turn_up",
}
"""Other names of faults, where no rule of the exercise has the name itself."""

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


def fault_name(words: str, rules: Collection[str]) -> str:
    """The name of the rule that is meant, or the words as a name if there is none."""
    name = as_name(words)
    singular = {_singular(rule): rule for rule in rules}
    for each in (name, FAULTS.get(name, name)):
        if each in rules:
            return each
        if _singular(each) in singular:
            return singular[_singular(each)]
    return name


def _singular(name: str) -> str:
    """A name without the `s` of its words: `lifts_too_high` and `lift_too_high` are the same."""
    return "_".join(word.removesuffix("s") for word in name.split("_"))
