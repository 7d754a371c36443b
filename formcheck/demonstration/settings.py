"""How each exercise is shown: from where, with what around it, and which part works."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from formcheck.figure.anatomy import Proportions
from formcheck.figure.viewpoint import Viewpoint

Limb = Literal["trunk", "head", "arm", "other_arm", "leg", "other_leg"]
"""A part of the body. An arm or leg is the one of the side that works, or that is near."""
Furniture = Literal["mat", "floor", "chair", "chair beside", "wall"]

LEGS: tuple[Limb, ...] = ("leg", "other_leg")
ARMS: tuple[Limb, ...] = ("arm", "other_arm")

# A little off the exercise's own view, so that what is behind is seen as well.
LYING_BACK = Viewpoint(yaw=-18, pitch=8)
TO_THE_RIGHT = Viewpoint(yaw=22, pitch=8)
LYING_ASIDE = Viewpoint(yaw=-10, pitch=14)
FACING = Viewpoint(pitch=12)
FACING_ASKEW = Viewpoint(yaw=-14, pitch=12)


@dataclass(frozen=True, slots=True)
class Setting:
    """What the picture of one exercise shows beside the movement itself."""

    works: tuple[Limb, ...]
    """What is to be looked at, and so stands out."""
    camera: Viewpoint
    things: tuple[Furniture, ...] = ("mat",)
    how: Mapping[str, Any] = field(default_factory=dict)
    """What is asked of the movement: see `figure.movement.Movement`."""
    takes_turns: bool = False
    """Whether one rep of each side is shown, and not one of one side."""
    arms_under: bool = False
    """Whether the arms lie under the trunk."""
    unaided: tuple[str, ...] = ()
    """The faults of somebody who has no chair at hand."""
    rounds: float = 0.0
    """Metres that the back rounds for each 90 degrees that the head hangs, and sinks when it is
    lifted. The figure's own trunk is straight, as a camera finds no landmark between hips and
    shoulders."""


ALONGSIDE = {"arms": "alongside"}
RIGHT = {"near": "right"}
NARROW = Proportions(hip_width=0.11, shoulder_width=0.28)
"""Someone on the side whose heels are together though the figure's legs are level."""

SETTINGS: dict[str, Setting] = {
    "bird_dog": Setting(("leg", "other_arm"), TO_THE_RIGHT),
    "bridge": Setting(("trunk",), LYING_BACK, how=ALONGSIDE),
    "cat_cow": Setting(("trunk", "head"), TO_THE_RIGHT, rounds=0.17),
    "clamshell": Setting(("leg",), LYING_ASIDE, how={"body": NARROW}),
    "crunch": Setting(("trunk", "head"), LYING_BACK),
    "curl_up": Setting(("trunk", "head"), LYING_BACK, arms_under=True),
    "dead_bug": Setting(("leg", "other_arm"), LYING_BACK),
    "knee_to_chest": Setting(("leg",), LYING_BACK),
    "lunge": Setting(("leg",), TO_THE_RIGHT, ("floor",), how={"side": "right"}),
    "march": Setting(LEGS, FACING_ASKEW, ("floor", "chair beside"), takes_turns=True),
    "plank": Setting(("trunk",), TO_THE_RIGHT),
    "push_up": Setting(ARMS, TO_THE_RIGHT),
    "side_lying_leg_raise": Setting(("leg",), LYING_ASIDE),
    "side_plank": Setting(("trunk",), LYING_ASIDE),
    "single_leg_bridge": Setting(("trunk", "leg"), LYING_BACK, how=ALONGSIDE),
    "sit_to_stand": Setting(LEGS, TO_THE_RIGHT, ("floor", "chair"), how=RIGHT),
    "squat": Setting(LEGS, TO_THE_RIGHT, ("floor",), how=RIGHT),
    "standing_leg_raise": Setting(
        ("leg",), FACING, ("floor", "chair beside"), unaided=("balance_lost",)
    ),
    "superman": Setting(("trunk", *ARMS, *LEGS), TO_THE_RIGHT),
    "wall_sit": Setting(LEGS, TO_THE_RIGHT, ("floor", "wall"), how=RIGHT),
}
