"""What the page draws of a scene: words, numbers and places, as JSON holds them.

Places are in image heights, as the camera sees them; the page mirrors them if that is wanted.
"""

from math import isfinite
from typing import Any

from formcheck.coaching.scene import Rest, Scene
from formcheck.definition.routine import RoutineStep
from formcheck.definition.words import aim
from formcheck.demonstration.settings import SETTINGS
from formcheck.events import Snapshot, value_of
from formcheck.exercise import Exercise, Side, shown_measure
from formcheck.language.tongue import tr
from formcheck.measuring.kinds import KINDS
from formcheck.measuring.reader import landmarks_of
from formcheck.picture.panels import phase_words
from formcheck.picture.skeleton import BONES, believed_places, fault_joints
from formcheck.pose import better_seen
from formcheck.stage.hub import AsJson
from formcheck.wording import SIDE_WORDS

Spots = dict[str, tuple[float, float]]
"""Where points of the body lie."""


def drawn(scene: Scene, aspect: float) -> AsJson:
    """The scene, for the page."""
    exercise, snapshot = scene.exercise, scene.snapshot
    return {
        "screen": "coach",
        "aspect": round(aspect, 4),
        "title": tr(exercise.title) if exercise else tr("Which exercise?"),
        "goal": goal_of(exercise),
        "demo": demo_of(exercise),
        "message": scene.message,
        "tone": scene.tone,
        "setting": scene.state == "setting up" and exercise is not None,
        "rest": _rest(scene.rest) if scene.rest else None,
        "words": _words(scene),
        "hurt": scene.is_hurt,
        "paused": scene.is_paused,
        "sides": exercise is not None and exercise.sides == "each",
        "gesture": _gesture(scene),
        **(_count(exercise, snapshot, scene) if exercise and snapshot else {}),
        **_person(scene),
    }


def demo_of(exercise: Exercise | None) -> str:
    """The name of an exercise of which there is a moving picture; empty if there is none."""
    return exercise.name if exercise and exercise.name in SETTINGS else ""


def goal_of(exercise: Exercise | None, side: Side | None = None) -> str:
    """How much of it is to be done, on one side or wherever it is done."""
    if exercise is None:
        return tr("Begin with any.")
    amount = aim(exercise)
    is_for_both = exercise.sides == "each" and side is None
    return tr("{amount} on each side", amount=amount) if is_for_both else amount


def _rest(rest: Rest) -> AsJson:
    following: RoutineStep = rest.following
    return {
        "title": tr(following.title),
        "goal": goal_of(following.exercise, following.side),
        "summary": tr(following.exercise.summary),
        "demo": demo_of(following.exercise),
        "left": round(rest.left, 1),
        "whole": rest.whole,
    }


def _gesture(scene: Scene) -> AsJson | None:
    if scene.gesture is None:
        return None
    return {"meaning": scene.gesture.meaning, "share": round(scene.gesture.share, 2)}


def _count(exercise: Exercise, snapshot: Snapshot, scene: Scene) -> AsJson:
    """The numbers, once somebody is set up."""
    words = phase_words(exercise)
    if exercise.is_timed and snapshot.reps:
        words |= {"away": tr("Rest") if snapshot.reps < scene.target else tr("Done")}
    goal = exercise.hold.seconds
    holds = goal > 0 and snapshot.phase in ("out", "hold")
    return {
        "count": snapshot.reps,
        "target": tr("of {number}", number=scene.target),
        "side": tr(SIDE_WORDS[snapshot.side]) if snapshot.side else "",
        "phase": words[snapshot.phase],
        "ring": _ring(scene.held, goal) if holds else None,
    }


def _ring(held: float, goal: float) -> AsJson:
    words = tr("of {seconds:g} s", seconds=goal)
    return {"held": round(held, 2), "share": round(min(1.0, held / goal), 3), "words": words}


def _words(scene: Scene) -> AsJson:
    """What stands on the buttons that change, and in what is shown now and then."""
    going_on = tr("Go on") if scene.is_paused else tr("Pause")
    if scene.is_hurt:
        is_last = scene.place[0] == scene.place[1]
        going_on = tr("Go to the end") if is_last else tr("Go on with the next")
    title = tr(scene.exercise.title) if scene.exercise else ""
    unseen, borderline = ", ".join(scene.not_judged), ", ".join(scene.borderline)
    return {
        "pause": going_on,
        "skip": tr("Start now") if scene.rest else tr("Next exercise"),
        "mute": tr("Sound on") if scene.is_muted else tr("Sound off"),
        "hurt": tr("{exercises}: left out for today.", exercises=title),
        "unseen": tr("Not judged: {faults}", faults=unseen) if unseen else "",
        "borderline": tr("Borderline: {faults}", faults=borderline) if borderline else "",
    }


def _person(scene: Scene) -> AsJson:
    """Bones, what is at fault, and the main measure."""
    places = believed_places(scene.pose)
    shown: dict[str, Any] = {
        "bones": [[*_at(places, a), *_at(places, b)] for a, b in BONES if {a, b} <= places.keys()]
    }
    exercise, snapshot = scene.exercise, scene.snapshot
    if exercise is None or snapshot is None or snapshot.phase == "away":
        return shown
    side = snapshot.side or better_seen(scene.pose)
    shown["rings"] = [
        [*_at(places, joint), exercise.fault(name).severity]
        for name in reversed(snapshot.faults)
        for joint in sorted(fault_joints(exercise, name, side) & places.keys())
    ]
    shown["measure"] = _measure(exercise, snapshot, side, places)
    return shown


def _measure(exercise: Exercise, snapshot: Snapshot, side: Side, places: Spots) -> AsJson | None:
    """The main measure, where it is one of degrees that can be drawn."""
    measure = shown_measure(exercise)
    names = landmarks_of(measure, side)
    kind = "" if measure.terms else KINDS[measure.kind].drawn
    if not kind or not set(names) <= places.keys():
        return None
    value = value_of(snapshot, measure)
    return {
        "kind": "arc" if kind == "arc" else "line",
        "points": [_at(places, name) for name in names],
        "words": f"{round(value)}°" if isfinite(value) else "",
    }


def _at(places: Spots, name: str) -> tuple[float, float]:
    x, y = places[name]
    return round(x, 4), round(y, 4)
