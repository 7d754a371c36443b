"""The loop with what looks after it: others in the picture, and a camera that falls silent."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from formcheck.coaching.by_gesture import Guide
from formcheck.coaching.routine_coach import Mouth
from formcheck.live.bystanders import Bystanders
from formcheck.live.lookout import Lookout
from formcheck.live.loop import Screen, Watch, run
from formcheck.observer import Observer
from formcheck.sources.camera import LiveSource

if TYPE_CHECKING:
    from formcheck.landmarks.follower import Follower


def run_guarded(
    source: LiveSource,
    follower: "Follower",
    coach: Guide,
    mouth: Mouth,
    screen: Screen,
    observers: Iterable[Observer] = (),
    watches: Iterable[Watch] = (),
) -> None:
    """Coach as `run` does, and say who else is there, and when the camera sends nothing."""
    screen = Bystanders(screen, mouth, follower.sees_another)
    lookout = Lookout(coach, screen, mouth, source)
    source.waiting = lookout.wait
    run(source, follower.detect, coach, screen, observers, [lookout, *watches])
