"""`formcheck live`: joins camera, MediaPipe, page, voice and files to the live coach."""

import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from formcheck.coaching.by_gesture import Guide
from formcheck.coaching.routine_coach import Mouth
from formcheck.errors import Stopped
from formcheck.language.sentences import Sentence
from formcheck.language.tongue import tr
from formcheck.live.guarded import run_guarded
from formcheck.live.loop import Screen
from formcheck.live.notice import show_notice_once
from formcheck.live.outputs import events_log, growing_watches, whole_observers
from formcheck.live.silence import Silence
from formcheck.observer import Observer, Outcome, hand_on
from formcheck.results.hand_out import HandOut
from formcheck.results.outputs import Outputs
from formcheck.sources.camera import LiveSource, open_live
from formcheck.sources.opening import FindModel
from formcheck.terminal.lines import note, tell, tell_problems
from formcheck.terminal.signals import polite_signals
from formcheck.voice.speakers import Maker
from formcheck.voice.voice import Voice

if TYPE_CHECKING:
    from formcheck.landmarks.follower import Follower

AT_ONCE = Sentence("stopped at once; everything up to then is saved.")


@dataclass(frozen=True, slots=True)
class Venue:
    """Where somebody is coached: what they see, and how they can be heard and spoken to."""

    screen: Screen
    ways: Sequence[Maker] = ()
    """To be heard, the best first."""
    observers: Sequence[Observer] = ()
    leave: Callable[[], None] = lambda: None
    """Is called when the whole program was asked to end, as by Ctrl-C."""


Begin = Callable[[Mouth], Guide]
"""Makes whoever guides through the exercises, given what speaks."""


def coach_live(
    address: str,
    title: str,
    begin: Begin,
    find_model: FindModel,
    outputs: Outputs,
    venue: Callable[[], Venue],
    muted: bool = False,
    observers: Sequence[Observer] = (),
) -> list[Outcome]:
    """Coach someone in front of a camera, then tell how it went.

    Whatever ends it (the routine's end, `q`, Ctrl-C, a camera that is gone, a full disk), what was
    done until then is told and kept.

    Args:
        address: the camera, stream or video.
        title: of the report.
        begin: makes whoever guides.
        find_model: finds the pose model.
        outputs: what is to be written.
        venue: opens the place where it happens, once there are a camera and a model.
        muted: whether to say nothing at first.
        observers: those of every session.

    Raises:
        FormcheckError: it could not begin, or ended before its time.
    """
    troubles: list[Exception] = []
    tell = troubles.append
    with ExitStack() as stack:
        source = stack.enter_context(open_live(address))
        show_notice_once()
        observers = [*observers, *whole_observers(stack, outputs, title, tell)]
        results = stack.enter_context(HandOut.to_file(outputs, tell))
        model = find_model()
        with ExitStack() as growing:
            log = events_log(growing, outputs.events, tell)
            watches = list(growing_watches(growing, outputs, source.size, tell))
            place = venue()
            voice = stack.enter_context(Voice(place.ways, muted=muted, heard=log.heard))
            coach = begin(voice)
            follower = stack.enter_context(_loaded_follower(model))
            watchers = [*observers, *place.observers, log]
            watches.append(Silence(voice))
            with _ended_by(troubles), _stoppable(source, place.leave):
                run_guarded(source, follower, coach, voice, place.screen, watchers, watches)
        note([source.ending] if source.ending else [])
        _give_results(coach, results, observers)
    _raise_first(troubles)
    return coach.results


@contextmanager
def _ended_by(troubles: list[Exception]) -> Iterator[None]:
    """Put what ends the session before all that went wrong in it, as it is told first."""
    try:
        yield
    except KeyboardInterrupt:
        troubles.insert(0, Stopped(AT_ONCE))
    except Exception as error:
        troubles.insert(0, error)


def _give_results(coach: Guide, results: HandOut, observers: Sequence[Observer]) -> None:
    """Tell how it went; if nothing was done, the observers have not heard of that yet."""
    done = coach.results or ([coach.idle] if coach.idle else [])
    if not coach.results:
        hand_on(done, observers)
    results.give(done, indent=2 if len(done) == 1 else None)
    if not coach.results:
        tell_problems([tr("You did no reps or holds.")])


def _raise_first(troubles: Sequence[Exception]) -> None:
    """Raise the first one, if there is any, when the others are told."""
    for trouble in troubles[1:]:
        tell(trouble)
    if troubles:
        raise troubles[0]


def _loaded_follower(model: Path) -> "Follower":
    from formcheck.landmarks.follower import Follower

    return Follower(model)


@contextmanager
def kept_though_stopped() -> Iterator[None]:
    """Say of a session that Ctrl-C broke off that all is kept, be it in unfinished files."""
    try:
        yield
    except KeyboardInterrupt:
        raise Stopped(AT_ONCE) from None


@contextmanager
def _stoppable(source: LiveSource, leave: Callable[[], None]) -> Iterator[None]:
    """Let Ctrl-C end the session as `q` does, so that nothing is lost; a second one breaks it off.

    A terminal that is closed may say so more than once: that is heard once.
    """

    def stop(number: int, frame: FrameType | None) -> None:
        source.stop()
        leave()
        is_pressed = number == signal.SIGINT
        signal.signal(number, before[number] if is_pressed else signal.SIG_IGN)

    ending = (signal.SIGINT, *polite_signals())
    before = {int(number): signal.signal(number, stop) for number in ending}
    try:
        yield
    finally:
        for number, handler in before.items():
            if signal.getsignal(number) is stop:
                signal.signal(number, handler)
