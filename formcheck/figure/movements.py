"""All movements by name: each makes scripts, and these make poses.

script = MOVEMENTS["bridge"](3, faults={"over_arched": {2}})
script.poses(camera=Viewpoint(yaw=20), noise=Noise(seed=1))
"""

from formcheck.figure.bridges import bridge, single_leg_bridge
from formcheck.figure.curls import crunch, curl_up
from formcheck.figure.face_down import bird_dog, cat_cow, superman
from formcheck.figure.legs import march, side_lying_leg_raise, standing_leg_raise
from formcheck.figure.movement import Movement
from formcheck.figure.planks import plank, push_up
from formcheck.figure.side_lying import clamshell, side_plank
from formcheck.figure.supine import dead_bug, knee_to_chest
from formcheck.figure.upright import lunge, sit_to_stand, squat, wall_sit

MOVEMENTS: dict[str, Movement] = {
    movement.name: movement
    for movement in (
        bird_dog,
        bridge,
        cat_cow,
        clamshell,
        crunch,
        curl_up,
        dead_bug,
        knee_to_chest,
        lunge,
        march,
        plank,
        push_up,
        side_lying_leg_raise,
        side_plank,
        single_leg_bridge,
        sit_to_stand,
        squat,
        standing_leg_raise,
        superman,
        wall_sit,
    )
}
"""Each exercise's movement, done cleanly unless told otherwise."""
